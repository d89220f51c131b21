// Renders the OpenAPI description of the hub. All values are inserted as text nodes, never as HTML.

import { text } from "./hub.js";

const COLOURS = { get: "primary", put: "success", post: "success", delete: "danger", head: "primary" };
const METHODS = Object.keys(COLOURS);

/** Creates an element with attributes and children (strings or elements). */
function element(name, attributes = {}, ...content) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    created.setAttribute(key, value);
  }
  created.append(...content.filter((part) => part !== undefined && part !== ""));
  return created;
}

/** Converts text of the description, which is in English, with `code` spans to nodes. */
function prose(words = "") {
  return [element("span", { lang: "en" }, ...words.split("`").map((part, i) => (i % 2 === 0 ? part : element("code", {}, part))))];
}

/** Resolves a {"$ref": "#/…"}. */
function resolved(description, part) {
  if (!part?.$ref) {
    return part ?? {};
  }
  const found = part.$ref.slice(2).split("/").reduce((at, key) => at?.[key], description);
  return resolved(description, found);
}

function exampleOf(content) {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  const example = media?.example;
  if (example === undefined) {
    return { type, shown: undefined };
  }
  return { type, shown: typeof example === "string" ? example : JSON.stringify(example, null, 2) };
}

function parameterRow(parameter) {
  return element("tr", {},
    element("td", {}, element("code", {}, parameter.name)),
    element("td", {}, parameter.in),
    element("td", {}, ...prose(parameter.description)));
}

function table(headings, rows) {
  const head = element("tr", {}, ...headings.map((heading) => element("th", { scope: "col" }, heading)));
  return element("div", { class: "table-responsive" },
    element("table", { class: "table table-sm" }, element("thead", {}, head), element("tbody", {}, ...rows)));
}

function parametersOf(description, path, operation) {
  const all = [...(path.parameters ?? []), ...(operation.parameters ?? [])]
    .map((part) => resolved(description, part));
  return all.length === 0 ? [] : [
    element("h4", { class: "h6" }, text("script.api-parameters")),
    table([text("script.api-name"), text("script.api-in"), text("script.api-description")], all.map(parameterRow)),
  ];
}

function bodyOf(description, operation) {
  const body = resolved(description, operation.requestBody);
  if (!body.content) {
    return [];
  }
  const example = exampleOf(body.content);
  return [
    element("h4", { class: "h6" }, text("script.api-body")),
    element("p", {}, ...prose(body.description), " ", element("code", {}, example.type ?? "")),
    ...(example.shown ? [element("pre", {}, example.shown)] : []),
  ];
}

function answerRow(description, status, part) {
  const answer = resolved(description, part);
  const example = exampleOf(answer.content);
  const cell = element("td", {}, ...prose(answer.description));
  if (example.shown) {
    cell.append(element("pre", {}, example.shown));
  }
  return element("tr", {}, element("td", {}, element("code", {}, status)), cell);
}

function operationPart(description, address, path, method) {
  const operation = path[method];
  const title = element("summary", {},
    element("code", { class: `method text-${COLOURS[method]}-emphasis` }, method.toUpperCase()), " ",
    element("code", {}, address), " ",
    element("span", { class: "text-body-secondary", lang: "en" }, operation.summary ?? ""));
  const rows = Object.entries(operation.responses ?? {})
    .map(([status, part]) => answerRow(description, status, part));
  return element("details", { class: "operation", id: operation.operationId ?? "" },
    title,
    element("p", {}, ...prose(operation.description)),
    operation.security?.length ? element("p", { class: "text-body-secondary" }, text("script.api-token")) : undefined,
    ...parametersOf(description, path, operation),
    ...bodyOf(description, operation),
    element("h4", { class: "h6" }, text("script.api-responses")),
    table([text("script.api-status"), text("script.api-description")], rows));
}

function show(description, place) {
  place.replaceChildren(element("p", {}, ...prose(description.info.description)));
  for (const tag of description.tags ?? []) {
    const parts = Object.entries(description.paths).flatMap(([address, path]) =>
      METHODS.filter((method) => path[method]?.tags?.includes(tag.name))
        .map((method) => operationPart(description, address, path, method)));
    place.append(element("h2", { class: "h5 mt-4" }, tag.name), element("p", {}, ...prose(tag.description)), ...parts);
  }
  document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
}

const place = document.getElementById("api");
try {
  const answer = await fetch(place.dataset.source, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(text("script.status", String(answer.status)));
  }
  show(await answer.json(), place);
} catch (problem) {
  place.replaceChildren(element("p", { class: "text-danger-emphasis" },
    text("script.api-failed", problem.message)));
}
