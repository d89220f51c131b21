// Submits long-running forms as jobs and shows their progress. The forms also work without JavaScript.

import { BASE, content, decimal, element, english, pageOf, sentence, size, text } from "./hub.js";
import { cancel, CANCELLED, fetchState, follow, LOST, post, reasonOf } from "./job.js";
import { tellTaken } from "./names.js";
import { Queue } from "./queue.js";

/** Speed is measured over this many milliseconds. */
const WINDOW = 8000;

/** Measures how fast bytes arrive. */
class Meter {
  samples = [];

  /** Adds a total and returns bytes per second; 0 if not known yet. */
  add(bytes) {
    const now = performance.now();
    this.samples.push([now, bytes]);
    while (this.samples.length > 2 && now - this.samples[0][0] > WINDOW) {
      this.samples.shift();
    }
    const [time, first] = this.samples[0];
    return now - time < 1000 ? 0 : (bytes - first) * 1000 / (now - time);
  }
}

function timeLeft(seconds) {
  if (seconds < 60) {
    return text("script.seconds-left", Math.max(1, Math.round(seconds)));
  }
  return seconds < 3600 ? text("script.minutes-left", Math.round(seconds / 60)) : text("script.hours-left", decimal(seconds / 3600));
}

/** The URL of the form with a job parameter. */
const withJob = (form, job) => form.action + (form.action.includes("?") ? "&" : "?") + "job=" + job;

function showUpdate(box, state, total, speed) {
  const [track, counts] = box.children;
  const known = total > 0 || state.progress > 0;
  track.firstElementChild.style.width = known ? `${state.progress}%` : "100%";
  track.firstElementChild.className = `progress-bar${known ? "" : " progress-bar-striped progress-bar-animated"}`;
  if (known) {
    track.setAttribute("aria-valuenow", state.progress);
  } else {
    track.removeAttribute("aria-valuenow");
  }
  const received = total > 0 ? text("script.received-of", size(state.received), size(total)) : text("script.received", size(state.received));
  counts.textContent = received
    + `${speed > 0 ? `, ${size(speed)}/s` : ""}`
    + `${speed > 0 && total > state.received ? `, ${timeLeft((total - state.received) / speed)}` : ""}`
    + ` · ${text("script.counts", state.files, state.chunks_new, state.chunks_known)}`;
}

/** Shows a message below the form and announces it to screen readers. */
function say(status, kind, ...content) {
  status.className = kind ? `narrow mt-3 alert alert-${kind}` : "narrow mt-3";
  status.replaceChildren(...content);
}

/** What can be done with a new flist. */
function nextSteps(repository, name) {
  const address = `${location.origin}${BASE}/${encodeURIComponent(repository)}/${encodeURIComponent(name)}`;
  const link = (to, label) => element("a", { className: "btn btn-sm btn-outline-secondary", href: `${BASE}${to}` }, label);
  const copy = element("button", { type: "button", className: "btn btn-sm btn-outline-secondary" }, text("script.copy"));
  copy.dataset.copy = "";
  copy.setAttribute("aria-label", text("script.copy-url"));
  return [
    element("p", { className: "copy d-flex mb-2" }, element("code", {}, address), copy),
    element("p", { className: "d-flex flex-wrap gap-2 mb-0" },
      element("a", { className: "btn btn-sm btn-primary", href: pageOf(repository, name) }, text("script.open")),
      link(`/${encodeURIComponent(repository)}?manage=${encodeURIComponent(name)}`, text("script.tag-link-rename")),
      link(`/merge?source=${encodeURIComponent(`${repository}/${name}`)}`, text("script.merge"))),
  ];
}

const nameOf = (info) => info.filename ?? info.file;

function showMade(status, info) {
  const name = nameOf(info);
  const link = element("a", { className: "alert-link", href: pageOf(info.repository, name) }, `${info.repository}/${name}`);
  const { regular, directory, symlink, fullsize } = info.flist;
  const warnings = (info.warnings ?? []).map((warning) => element("p", { className: "mb-0 mt-2" }, english(sentence(warning))));
  const box = element("div", { className: `alert alert-${warnings.length > 0 ? "warning" : "success"}` },
    ...content("script.made", link, regular, directory, symlink, size(fullsize), info.chunks_new, info.chunks_known), ...warnings);
  say(status, "", box, ...nextSteps(info.repository, name));
}

/** Sends the fields of a form as a job and waits for its end. */
async function run(form, fields, total, box, status) {
  const token = form.elements["form-token"]?.value;
  showUpdate(box, { progress: 0, received: 0, files: 0, chunks_new: 0, chunks_known: 0 }, 1, 0);
  const made = await post(withJob(form, "new"), token);
  if (!made.jobid) {
    throw new Error(made.message);
  }
  const sending = new AbortController();
  const meter = new Meter();
  const stop = () => cancel(made.jobid, token).then(() => sending.abort());
  box.querySelector("button").onclick = stop;
  // Submit before opening the event stream: a browser has few connections for all tabs of a site,
  // and event streams must not delay uploads. A conversion continues without its form.
  const sent = post(withJob(form, made.jobid), token, fields, sending.signal);
  const { result, handle } = follow(made.jobid, (state) => {
    showUpdate(box, state, total, meter.add(state.received));
    if (status.textContent !== sentence(state.message)) {
      say(status, "", english(sentence(state.message)));
    }
  }, (message) => say(status, "", message));
  sent.then((state) => state.status === "error" ? state : fetchState(made.jobid), () => total > 0 && stop())
    .then((state) => state && handle(state)).catch(() => {});
  return result;
}

/** Publishes the files of a queue one after the other. What fails stays in the queue. */
async function sendAll(form, queue, box, status) {
  const items = queue.waiting();
  const done = [];
  let problem;
  for (const item of items) {
    item.begin();
    try {
      const info = await run(form, queue.fields(item), item.file.size, box, status);
      done.push(info);
      item.end(info.repository, nameOf(info));
    } catch (failure) {
      problem = failure;
      item.fail(failure.message === CANCELLED ? [] : reasonOf(failure));
      if ([LOST, CANCELLED].includes(failure.message)) {
        break;
      }
    }
  }
  if (items.length === 1 && !problem) {
    queue.remove(items[0]);
    showMade(status, done[0]);
  } else if (items.length === 1) {
    throw problem;
  } else {
    say(status, done.length === items.length ? "success" : "warning",
      text("script.published-of", done.length, items.length));
  }
}

async function send(form, queue) {
  const box = form.nextElementSibling;
  const status = box.nextElementSibling;
  const button = form.querySelector("[type=submit]");
  const warn = (event) => event.preventDefault();
  button.disabled = true;
  addEventListener("beforeunload", warn);
  try {
    box.hidden = false;
    box.querySelector("button").focus();
    if (queue) {
      await sendAll(form, queue, box, status);
    } else {
      showMade(status, await run(form, new FormData(form), 0, box, status));
    }
  } catch (problem) {
    say(status, problem.message === CANCELLED ? "secondary" : "danger", ...reasonOf(problem));
  } finally {
    removeEventListener("beforeunload", warn);
    box.hidden = true;
    button.disabled = false;
    status.tabIndex = -1;
    status.focus();
  }
}

for (const form of document.querySelectorAll("form[data-job]")) {
  const queue = form.querySelector("[type=file]") ? new Queue(form) : undefined;
  const name = form.querySelector("[data-taken]");
  if (name) {
    const note = document.getElementById(name.getAttribute("aria-describedby"));
    tellTaken(name, note, form.dataset.repository, note.textContent);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, queue);
  });
}
