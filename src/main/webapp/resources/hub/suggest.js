// Suggests what the search finds while the visitor types. Without JavaScript the field is part of a plain form.

import { ago, BASE, element, size, text } from "./hub.js";

const PAUSE = 150;
const MOST = 8;
let fields = 0;

const segment = encodeURIComponent;

/** The page of a result; of a path in it, if it was found by that. */
function addressOf(hit) {
  const repository = `${BASE}/${segment(hit.repository)}`;
  switch (hit.kind) {
    case "repository": return repository;
    case "tag": return `${repository}/tags/${segment(hit.name)}`;
    case "tag-link": return `${repository}/${segment(hit.name)}`;
    default: {
      const path = hit.paths?.[0].split("/").map(segment).join("/");
      return `${repository}/${segment(hit.name)}.md${path ? `?path=${path}` : ""}`;
    }
  }
}

function option(hit, id) {
  const name = hit.kind === "repository" ? hit.name : `${hit.repository}/${hit.name}`;
  const about = [text(`kind.${hit.kind}`), ...(hit.content_size === undefined ? [] : [size(hit.content_size)]), ago(hit.updated)];
  const created = element("li", { id, className: "px-3 py-1" },
    element("span", { className: "file d-block text-truncate" }, name),
    ...(hit.paths ?? []).slice(0, 1).map((path) => element("span", { className: "file d-block text-truncate text-body-secondary" }, path)),
    element("span", { className: "small text-body-secondary" }, about.join(" · ")));
  created.setAttribute("role", "option");
  created.dataset.address = addressOf(hit);
  return created;
}

/** A search field with a list of suggestions: a combobox. */
class Combobox {
  constructor(input) {
    this.input = input;
    this.id = `suggestions-${fields++}`;
    this.list = element("ul", { id: this.id, className: "suggestions list-unstyled border rounded shadow-sm bg-body py-1 mb-0", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text("script.suggestions"));
    input.form.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id })) {
      input.setAttribute(name, value);
    }
    input.autocomplete = "off";
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    // The field keeps the focus, so that the click arrives before the list is closed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) {
        location.assign(chosen.dataset.address);
      }
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look().catch(() => {}), PAUSE);
  }

  async look() {
    this.request?.abort();
    const typed = this.input.value.trim();
    if (typed.length < 2) {
      this.close();
      return;
    }
    this.request = new AbortController();
    const query = new URLSearchParams({ q: typed, limit: MOST });
    const answer = await fetch(`${BASE}/api/search?${query}`,
      { headers: { Accept: "application/json" }, signal: this.request.signal });
    if (answer.ok && document.activeElement === this.input) {
      this.show((await answer.json()).results);
    }
  }

  show(results) {
    this.list.replaceChildren(...results.map((hit, number) => option(hit, `${this.id}-${number}`)));
    this.open(results.length > 0);
    this.choose(undefined);
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", open);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open(false);
    this.choose(undefined);
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  onKey(event) {
    const options = [...this.list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      location.assign(this.chosen.dataset.address);
    } else if (step && this.list.hidden) {
      this.later();
    } else if (step) {
      event.preventDefault();
      // The field itself is between the last option and the first.
      const next = options.indexOf(this.chosen) + step;
      this.choose(next === -2 ? options.at(-1) : options[next]);
    }
  }
}

for (const input of document.querySelectorAll("[data-suggest]")) {
  new Combobox(input);
}
