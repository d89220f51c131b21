// Submits long-running forms as jobs and shows their progress. The forms also work without JavaScript.

// The path of the hub: assets are at <base>/assets/<version>/hub.
const BASE = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");
const UNITS = ["kB", "MB", "GB", "TB"];
const LOST = "The hub was restarted and this job was lost. Check whether the flist was published; if not, submit the form again.";
const count = (number) => number.toLocaleString("en");
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Formats a size like the pages do. */
function size(bytes) {
  let value = bytes;
  let unit = "B";
  for (let next = 0; value >= 999.5 && next < UNITS.length; next++) {
    value /= 1000;
    unit = UNITS[next];
  }
  return `${unit === "B" || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

async function post(address, token, body, signal) {
  const headers = { Accept: "application/json", ...(token && { "X-Form-Token": token }) };
  const answer = await fetch(address, { method: "POST", body, signal, headers });
  if (answer.status === 401) {
    location.assign(`${BASE}/login-method?to=${encodeURIComponent(location.pathname.slice(BASE.length))}&unsent`);
  }
  // 409: the browser resent the form after the connection broke; the job is still running.
  return [204, 409].includes(answer.status) ? {} : answer.json();
}

/** Fetches the state of a job once, without an event stream. */
async function fetchState(job) {
  const answer = await fetch(`${BASE}/api/jobs/${job}`);
  if (answer.status === 404) {
    throw new Error(LOST);
  }
  return answer.json();
}

/** The URL of the form with a job parameter. */
const withJob = (form, job) => form.action + (form.action.includes("?") ? "&" : "?") + "job=" + job;

function showUpdate(box, state, total) {
  const [track, counts] = box.children;
  const known = total > 0 || state.progress > 0;
  track.firstElementChild.style.width = known ? `${state.progress}%` : "100%";
  track.firstElementChild.className = `progress-bar${known ? "" : " progress-bar-striped progress-bar-animated"}`;
  if (known) {
    track.setAttribute("aria-valuenow", state.progress);
  }
  counts.textContent = `${size(state.received)}${total > 0 ? ` of ${size(total)}` : ""} received, `
    + `${count(state.files)} files done, `
    + `chunks: ${count(state.chunks_new)} new, ${count(state.chunks_known)} known`;
}

/** Shows a message below the form and announces it to screen readers. */
function say(status, kind, ...content) {
  status.className = kind ? `narrow mt-3 alert alert-${kind}` : "narrow mt-3";
  status.replaceChildren(...content);
}

function showMade(status, info) {
  const name = info.filename ?? info.file;
  const link = document.createElement("a");
  link.href = `${BASE}/${encodeURIComponent(info.repository)}/${encodeURIComponent(name)}.md`;
  link.className = "alert-link";
  link.textContent = `${info.repository}/${name}`;
  const { regular, directory, symlink, fullsize } = info.flist;
  const warnings = (info.warnings ?? []).map((text) =>
    Object.assign(document.createElement("p"), { className: "mb-0 mt-2", textContent: sentence(text) }));
  say(status, warnings.length > 0 ? "warning" : "success", "Published ", link,
    `: ${count(regular)} files, ${count(directory)} directories, ${count(symlink)} links, `
    + `${size(fullsize)}. Chunks: ${count(info.chunks_new)} new, ${count(info.chunks_known)} known.`,
    ...warnings);
}

/** Submits the form and waits until the events of its job report the end. */
function run(form, token, job, box, status) {
  const total = form.querySelector("[type=file]")?.files[0]?.size ?? 0;
  const sending = new AbortController();
  let events;
  let onVisibilityChange; // hidden tabs close their event stream
  let finished = false;
  return new Promise((resolve, reject) => {
    const cancel = () => post(`${BASE}/listen/${job}`, token).catch(() => {}).then(() => sending.abort());
    const handle = (state) => {
      if (state.status === "error") {
        reject(new Error(state.message));
      } else if (state.status === "info") {
        resolve(state.info);
      } else if (state.status === "update") {
        showUpdate(box, state, total);
        if (status.textContent !== sentence(state.message)) {
          say(status, "", sentence(state.message));
        }
      }
    };
    const listen = () => {
      if (finished || document.hidden) {
        return;
      }
      events?.close();
      events = new EventSource(`${BASE}/listen/${job}`);
      events.onmessage = ({ data }) => handle(JSON.parse(data));
      events.onerror = () => {
        say(status, "", "Connection lost. Reconnecting…");
        if (events.readyState === EventSource.CLOSED) {
          // Either the job is unknown after a restart, or there are too many listeners. Fetch the state to find out.
          fetchState(job).then(handle).catch((problem) => problem.message === LOST && reject(problem));
          setTimeout(listen, 5000);
        }
      };
    };
    box.querySelector("button").onclick = cancel;
    // Submit before opening the event stream: a browser has few connections for all tabs of a site,
    // and event streams must not delay uploads. A conversion continues without its form.
    post(withJob(form, job), token, new FormData(form), sending.signal)
      .then((state) => state.status === "error" ? state : fetchState(job), () => total > 0 && cancel())
      .then((state) => state && handle(state)).catch(() => {});
    onVisibilityChange = () => document.hidden ? events?.close() : listen();
    document.addEventListener("visibilitychange", onVisibilityChange);
    listen();
  }).finally(() => {
    finished = true;
    events?.close();
    document.removeEventListener("visibilitychange", onVisibilityChange);
  });
}

async function send(form) {
  const box = form.nextElementSibling;
  const status = box.nextElementSibling;
  const button = form.querySelector("[type=submit]");
  const token = form.elements["form-token"]?.value;
  const warn = (event) => event.preventDefault();
  button.disabled = true;
  addEventListener("beforeunload", warn);
  try {
    showUpdate(box, { progress: 0, received: 0, files: 0, chunks_new: 0, chunks_known: 0 }, 1);
    box.hidden = false;
    box.querySelector("button").focus();
    const made = await post(withJob(form, "new"), token);
    if (!made.jobid) {
      throw new Error(made.message);
    }
    showMade(status, await run(form, token, made.jobid, box, status));
  } catch (problem) {
    say(status, problem.message === "cancelled" ? "secondary" : "danger",
      problem.message === LOST ? LOST : `${sentence(problem.message)}. Nothing was published.`);
  } finally {
    removeEventListener("beforeunload", warn);
    box.hidden = true;
    button.disabled = false;
    status.tabIndex = -1;
    status.focus();
  }
}

for (const form of document.querySelectorAll("form[data-job]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
