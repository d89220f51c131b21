// Keeps the list of running jobs up to date. Without JavaScript it shows how far they were when the page was loaded.

import { content, element, english, pageOf, sentence, text } from "./hub.js";
import { cancel, follow, reasonOf } from "./job.js";

async function watch(row, { token, repository }) {
  const step = row.querySelector("[data-step]");
  const bar = row.querySelector("progress");
  const button = row.querySelector("button");
  const update = (state) => {
    step.replaceChildren(english(sentence(state.message)));
    bar.value = state.progress;
  };
  button.hidden = false;
  button.addEventListener("click", () => cancel(row.dataset.running, token));
  try {
    const info = await follow(row.dataset.running, update, (note) => { step.textContent = note; }).result;
    const name = info.filename ?? info.file;
    step.replaceChildren(...(name ? content("script.published", element("a", { href: pageOf(repository, name) }, `${repository}/${name}`))
      : [text("script.done")]));
  } catch (problem) {
    step.replaceChildren(...reasonOf(problem));
  }
  bar.remove();
  button.remove();
}

// Each row needs one of the few connections that a browser has for a site.
for (const row of [...document.querySelectorAll("[data-running]")].slice(0, 3)) {
  watch(row, row.parentElement.dataset);
}
