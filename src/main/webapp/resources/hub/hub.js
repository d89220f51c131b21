// What several scripts of the site need: texts, addresses, readable values, and elements.

// The path of the hub: assets are at <base>/assets/<version>/hub.
export const BASE = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");

const UNITS = ["kB", "MB", "GB", "TB"];
const AGES = [["year", 31_556_952], ["month", 2_629_746], ["day", 86_400], ["hour", 3_600], ["minute", 60]];
const LANGUAGE = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(LANGUAGE);
const { default: texts } = await import(`./texts.${LANGUAGE}.js`);

export const count = (number) => number.toLocaleString(LANGUAGE);
export const decimal = (number) => number.toLocaleString(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A text of the bundle as nodes and strings: `{0}` is a parameter, which may be an element, and `{0|file|files}` a number
 * with the word that belongs to it.
 */
export function content(key, ...values) {
  return texts[key].split(/(\{\d[^}]*\})/).filter((part) => part !== "").map((part) => {
    if (!part.startsWith("{")) {
      return part;
    }
    const [index, one, many] = part.slice(1, -1).split("|");
    const value = values[index];
    const shown = typeof value === "number" ? count(value) : value;
    return one === undefined ? shown : `${shown} ${value === 1 ? one : many}`;
  });
}

/** The same for parameters that are not elements. */
export const text = (key, ...values) => content(key, ...values).join("");

/** Formats a size like the pages do. */
export function size(bytes) {
  let value = bytes;
  let unit = "B";
  for (let next = 0; value >= 999.5 && next < UNITS.length; next++) {
    value /= 1000;
    unit = UNITS[next];
  }
  return `${unit === "B" || value >= 9.95 ? Math.round(value) : decimal(value)} ${unit}`;
}

/** Formats the age of a time in Unix seconds like the pages do. */
export function ago(time) {
  const age = Date.now() / 1000 - time;
  const [unit, seconds] = AGES.find(([, length]) => age >= length) ?? [];
  return unit ? relative.format(-Math.floor(age / seconds), unit) : texts["script.now"];
}

/** Creates an element. Strings among its content become text, never HTML. */
export function element(name, properties = {}, ...content) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...content);
  return created;
}

/** A message of the API, which is in English. */
export const english = (message) => element("span", { lang: "en" }, message);

/** The page of a flist, given its stored name. */
export const pageOf = (repository, flist) =>
  `${BASE}/${encodeURIComponent(repository)}/${encodeURIComponent(flist)}.md`;
