// Sends forms that take long as jobs, and shows how far these are. The forms work without.

const UNITS = ["kB", "MB", "GB", "TB"];
const LOST = "The hub was restarted, and this job ended with it. Look whether it was published; if not, send it again.";
const count = (number) => number.toLocaleString("en");
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A size as the pages write it. */
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
    location.assign(`/login-method?to=${encodeURIComponent(location.pathname)}&unsent`);
  }
  // 409: browsers send forms again by themselves when a connection breaks; the job goes on.
  return [204, 409].includes(answer.status) ? {} : answer.json();
}

/** How far a job is, for those who cannot listen. */
async function look(job) {
  const answer = await fetch(`/api/jobs/${job}`);
  if (answer.status === 404) {
    throw new Error(LOST);
  }
  return answer.json();
}

/** The form's address, for a job. */
const withJob = (form, job) => form.action + (form.action.includes("?") ? "&" : "?") + "job=" + job;

function showUpdate(box, told, total) {
  const [track, counts] = box.children;
  const known = total > 0 || told.progress > 0;
  track.firstElementChild.style.width = known ? `${told.progress}%` : "100%";
  track.firstElementChild.className = `progress-bar${known ? "" : " progress-bar-striped progress-bar-animated"}`;
  if (known) {
    track.setAttribute("aria-valuenow", told.progress);
  }
  counts.textContent = `${size(told.received)}${total > 0 ? ` of ${size(total)}` : ""} received, `
    + `${count(told.files)} files done, `
    + `chunks: ${count(told.chunks_new)} new, ${count(told.chunks_known)} known`;
}

/** Says something at the end of a form, to screen readers as well. */
function say(status, kind, ...content) {
  status.className = kind ? `narrow mt-3 alert alert-${kind}` : "narrow mt-3";
  status.replaceChildren(...content);
}

function showMade(status, info) {
  const name = info.filename ?? info.file;
  const link = document.createElement("a");
  link.href = `/${encodeURIComponent(info.repository)}/${encodeURIComponent(name)}.md`;
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

/** Sends the form and waits for the end of its job, whose events decide. */
function work(form, token, job, box, status) {
  const total = form.querySelector("[type=file]")?.files[0]?.size ?? 0;
  const sending = new AbortController();
  let events;
  let turn; // tabs that nobody looks at do not listen
  let over = false;
  return new Promise((resolve, reject) => {
    const cancel = () => post(`/listen/${job}`, token).catch(() => {}).then(() => sending.abort());
    const take = (told) => {
      if (told.status === "error") {
        reject(new Error(told.message));
      } else if (told.status === "info") {
        resolve(told.info);
      } else if (told.status === "update") {
        showUpdate(box, told, total);
        if (status.textContent !== sentence(told.message)) {
          say(status, "", sentence(told.message));
        }
      }
    };
    const listen = () => {
      if (over || document.hidden) {
        return;
      }
      events?.close();
      events = new EventSource(`/listen/${job}`);
      events.onmessage = ({ data }) => take(JSON.parse(data));
      events.onerror = () => {
        say(status, "", "The connection broke; trying again…");
        if (events.readyState === EventSource.CLOSED) {
          // Unknown since a restart, or too many listen: this tells which, and how far it is.
          look(job).then(take).catch((problem) => problem.message === LOST && reject(problem));
          setTimeout(listen, 5000);
        }
      };
    };
    box.querySelector("button").onclick = cancel;
    // Before listening: browsers have few connections for all tabs of a site, and those that only
    // listen must not keep the files of others waiting. A conversion goes on without its form.
    post(withJob(form, job), token, new FormData(form), sending.signal)
      .then((told) => told.status === "error" ? told : look(job), () => total > 0 && cancel())
      .then((told) => told && take(told)).catch(() => {});
    turn = () => document.hidden ? events?.close() : listen();
    document.addEventListener("visibilitychange", turn);
    listen();
  }).finally(() => {
    over = true;
    events?.close();
    document.removeEventListener("visibilitychange", turn);
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
    showMade(status, await work(form, token, made.jobid, box, status));
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
