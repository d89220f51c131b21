// Suggests flists to merge, and lets their order be changed by dragging. Without JavaScript the page has a search and buttons.

import { BASE } from "./hub.js";
import { tellTaken } from "./names.js";

const PAUSE = 200;

/** Adds what the search finds to the suggestions of a field. */
function suggest(input) {
  const known = new Set([...input.list.options].map((option) => option.value));
  let timer;
  const look = async () => {
    const text = input.value.trim();
    if (text.length < 2 || known.has(text)) {
      return;
    }
    const query = new URLSearchParams({ q: text, limit: "30" });
    const answer = await fetch(`${BASE}/api/search?${query}`, { headers: { Accept: "application/json" } });
    for (const hit of answer.ok ? (await answer.json()).results : []) {
      const name = `${hit.repository}/${hit.name}`;
      if (["flist", "link"].includes(hit.kind) && !known.has(name)) {
        known.add(name);
        input.list.append(new Option("", name));
      }
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), PAUSE);
  });
}

/** Lets the rows of a list be dragged. The order is in the address of the page. */
function drag(list) {
  const order = () => [...list.children].map((row) => row.dataset.source);
  const before = order().join("\n");
  let dragged;
  for (const row of list.children) {
    row.draggable = true;
  }
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-source]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.source);
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-source]");
    if (dragged && over) {
      event.preventDefault();
      const { top, height } = over.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextSibling);
    }
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged.classList.remove("dragged");
    dragged = undefined;
    if (order().join("\n") !== before) {
      location.assign(`${BASE}/merge?${new URLSearchParams(order().map((name) => ["source", name]))}`);
    }
  });
}

suggest(document.getElementById("add"));
document.querySelectorAll("[data-sources]").forEach(drag);
const name = document.getElementById("merge:name");
if (name) {
  const hint = document.getElementById("merge:name-hint");
  tellTaken(name, hint, hint.closest("[data-repository]").dataset.repository, hint.textContent);
}
