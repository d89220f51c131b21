// Keeps the list of running jobs up to date. Without JavaScript it shows how far they were when the page was loaded.

import { element, pageOf, sentence } from "./hub.js";
import { cancel, follow, LOST } from "./job.js";

async function watch(row, { token, repository }) {
  const text = row.querySelector("[data-step]");
  const bar = row.querySelector("progress");
  const button = row.querySelector("button");
  const update = (state) => {
    text.textContent = sentence(state.message);
    bar.value = state.progress;
  };
  button.hidden = false;
  button.addEventListener("click", () => cancel(row.dataset.running, token));
  try {
    const info = await follow(row.dataset.running, update, (note) => { text.textContent = note; }).result;
    const name = info.filename ?? info.file;
    text.replaceChildren(...(name ? ["Published ", element("a", { href: pageOf(repository, name) }, `${repository}/${name}`)] : ["Done"]));
  } catch (problem) {
    text.textContent = problem.message === LOST ? LOST : `${sentence(problem.message)}. Nothing was published.`;
  }
  bar.remove();
  button.remove();
}

// Each row needs one of the few connections that a browser has for a site.
for (const row of [...document.querySelectorAll("[data-running]")].slice(0, 3)) {
  watch(row, row.parentElement.dataset);
}
