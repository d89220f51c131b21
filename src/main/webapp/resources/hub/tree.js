// Expands the directories of a flist in place. Without JavaScript they are links. The entries of a directory
// are read from the table in its page.

import { text } from "./hub.js";

const MAX_INDENT = 8;
const opened = new Set(history.state?.opened ?? []);

const level = (row) => Number(row.dataset.level);

function make(name, className, label, act) {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = label;
  if (act) {
    created.type = "button";
    created.addEventListener("click", act);
  }
  return created;
}

function place(row, depth, ...first) {
  row.dataset.level = depth;
  row.cells[0].classList.add(`level-${Math.min(depth, MAX_INDENT)}`);
  row.cells[0].prepend(...first);
  return row;
}

/** Creates a row below a directory that is not an entry, such as "Loading…". */
function messageRow(depth, columns, ...content) {
  const row = document.createElement("tr");
  row.insertCell().colSpan = columns;
  return place(row, depth, make("span", "twist", ""), ...content);
}

/** Replaces a row by the entries of a directory, or shows in it why loading failed. Does nothing if the row was removed. */
async function load(address, row, focus) {
  const status = make("span", "text-body-secondary me-2", text("script.loading"));
  status.setAttribute("role", "status");
  row.cells[0].replaceChildren(make("span", "twist", ""), status);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      throw new Error(page.querySelector("[role=alert]")?.textContent.trim() ?? text("script.status", String(answer.status)));
    }
    const rows = [...page.querySelectorAll("table[data-tree] > tbody > tr")].map((each) => document.importNode(each, true));
    if (rows.length === 0) {
      status.textContent = text("script.empty");
    } else if (row.isConnected) {
      row.replaceWith(...rows);
      rows.forEach((each) => show(each, level(row)));
      const more = page.querySelector("main a[rel=next]")?.href;
      if (more) {
        const rest = make("button", "btn btn-sm btn-outline-secondary", text("script.more"), () => load(more, restRow, true));
        const restRow = messageRow(level(row), row.cells[0].colSpan, rest);
        rows.at(-1).after(restRow);
      }
      if (focus) {
        rows[0].querySelector("a").focus();
      }
    }
  } catch (problem) {
    status.textContent = text("script.load-failed", problem.message);
    row.cells[0].append(make("button", "btn btn-sm btn-outline-secondary", text("script.again"), () => load(address, row, true)));
  }
}

function setOpen(row, twist, open) {
  twist.setAttribute("aria-expanded", open);
  while (level(row.nextElementSibling ?? row) > level(row)) {
    row.nextElementSibling.remove();
  }
  if (open) {
    const first = messageRow(level(row) + 1, row.cells.length);
    row.after(first);
    load(row.querySelector("a").href, first);
  }
}

/** Adds an entry to the tree. Directories that were open before the visitor left the page are reopened. */
function show(row, depth) {
  const link = row.querySelector("a");
  if (link.dataset.kind !== "directory") {
    place(row, depth, make("span", "twist", ""));
    return;
  }
  const twist = make("button", "twist", "", () => {
    if (!opened.delete(link.href)) {
      opened.add(link.href);
    }
    history.replaceState({ opened: [...opened] }, "");
    setOpen(row, twist, opened.has(link.href));
  });
  twist.setAttribute("aria-label", text("script.contents", link.textContent));
  place(row, depth, twist);
  setOpen(row, twist, opened.has(link.href));
}

/** Handles arrow keys: up and down move between directories, right and left open and close them. */
function onArrowKey(event) {
  const twists = [...document.querySelectorAll("button.twist")];
  const at = twists.indexOf(event.target);
  const beside = twists[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0)];
  const now = { ArrowRight: "false", ArrowLeft: "true" }[event.key];
  if (at >= 0 && (beside !== event.target || now)) {
    event.preventDefault();
    beside?.focus();
    if (event.target.getAttribute("aria-expanded") === now) {
      event.target.click();
    }
  }
}

for (const table of document.querySelectorAll("table[data-tree]")) {
  [...table.tBodies[0].rows].forEach((row) => show(row, 0));
  table.addEventListener("keydown", onArrowKey);
}
