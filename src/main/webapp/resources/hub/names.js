// Tells what a name in a repository belongs to, before something is published under it.

import { ago, BASE, text } from "./hub.js";

export const SUFFIX = ".flist";

const PAUSE = 250;

/** The name in a field, without the suffix of flists. */
export function nameIn(input) {
  const name = input.value.trim();
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
}

/** What a name in a repository belongs to now; undefined if it is free. */
async function present(repository, name) {
  const query = new URLSearchParams({ q: name, repository, limit: "10" });
  const answer = await fetch(`${BASE}/api/search?${query}`, { headers: { Accept: "application/json" } });
  const found = answer.ok ? (await answer.json()).results : [];
  return found.find((hit) => hit.name === name + SUFFIX && ["flist", "link"].includes(hit.kind));
}

/** Tells below a field for the name of a flist what has this name. Returns a function that does it at once. */
export function tellTaken(input, note, repository, hint) {
  let timer;
  const typed = () => nameIn(input);
  const look = async () => {
    const name = typed();
    const taken = name === "" ? undefined : await present(repository, name).catch(() => undefined);
    if (name === typed() && !input.readOnly) {
      note.className = `form-text mb-0${taken ? " text-warning-emphasis" : ""}`;
      note.textContent = name === "" ? hint
        : taken ? text(`script.replaces-${taken.kind}`, ago(taken.updated)) : text("script.new", repository);
    }
  };
  input.addEventListener("input", () => {
    note.className = "form-text mb-0";
    note.textContent = "\u00a0";
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  return look;
}
