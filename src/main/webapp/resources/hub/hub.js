// What several scripts of the site need: addresses, readable values, and elements.

// The path of the hub: assets are at <base>/assets/<version>/hub.
export const BASE = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");

const UNITS = ["kB", "MB", "GB", "TB"];
const AGES = [["year", 31_556_952], ["month", 2_629_746], ["day", 86_400], ["hour", 3_600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat("en");

export const count = (number) => number.toLocaleString("en");
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Formats a size like the pages do. */
export function size(bytes) {
  let value = bytes;
  let unit = "B";
  for (let next = 0; value >= 999.5 && next < UNITS.length; next++) {
    value /= 1000;
    unit = UNITS[next];
  }
  return `${unit === "B" || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

/** Formats the age of a time in Unix seconds like the pages do. */
export function ago(time) {
  const age = Date.now() / 1000 - time;
  const [unit, seconds] = AGES.find(([, length]) => age >= length) ?? [];
  return unit ? relative.format(-Math.floor(age / seconds), unit) : "just now";
}

/** Creates an element. Strings among its content become text, never HTML. */
export function element(name, properties = {}, ...content) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...content);
  return created;
}

/** The page of a flist, given its stored name. */
export const pageOf = (repository, flist) =>
  `${BASE}/${encodeURIComponent(repository)}/${encodeURIComponent(flist)}.md`;
