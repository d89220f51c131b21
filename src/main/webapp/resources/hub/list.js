// Filters lists while the visitor types, and selects rows. Without JavaScript the filter is a form, and rows have check boxes.

import { element, text } from "./hub.js";

const PAUSE = 200;

/** Adds a check box for all rows, and counts what is selected. */
function prepareSelection() {
  const boxes = [...document.querySelectorAll("td.select input")];
  const heading = document.querySelector("th.select");
  const legend = document.querySelector("[data-selected]");
  if (boxes.length === 0) {
    return;
  }
  const all = element("input", { type: "checkbox", className: "form-check-input", id: "select-all" });
  all.setAttribute("aria-label", text("script.select-all"));
  heading.replaceChildren(all);
  const show = () => {
    const selected = boxes.filter((box) => box.checked).length;
    all.checked = selected === boxes.length;
    all.indeterminate = selected > 0 && !all.checked;
    legend.textContent = selected === 0 ? text("script.select") : text("script.count-selected", selected);
    legend.parentElement.disabled = selected === 0;
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
}

/** Loads the page of a filter form, and puts its list in the place of the present one. */
async function load(form, controller) {
  const address = new URL(location.href);
  address.search = new URLSearchParams(new FormData(form));
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: controller.signal });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = document.importNode(page.getElementById(form.dataset.live), true);
  document.getElementById(form.dataset.live).replaceWith(list);
  history.replaceState(history.state, "", address);
  form.querySelector("[aria-live]").textContent = text("script.entries", list.querySelectorAll("tbody tr").length);
  prepareSelection();
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer;
  let controller = new AbortController();
  form.querySelector("[type=search]").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      controller.abort();
      controller = new AbortController();
      load(form, controller).catch(() => {});
    }, PAUSE);
  });
}
prepareSelection();
