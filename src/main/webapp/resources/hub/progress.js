// Sends forms that take long as jobs, and shows how far these are. The forms work without.

const UNITS = ["kB", "MB", "GB", "TB"];
const number = new Intl.NumberFormat("en");

/** What the hub has said no to, in its words. */
class Refused extends Error {}

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
  if (answer.status >= 500) {
    throw new Error(`the hub answers with status ${answer.status}`);
  }
  const told = answer.status === 204 ? {} : await answer.json();
  if (told.status === "error") {
    throw new Refused(told.message);
  }
  return told;
}

function withJob(form, job) {
  const address = new URL(form.action);
  address.searchParams.set("job", job);
  return address;
}

function showUpdate(box, told, total) {
  const [track, counts] = box.children;
  const bar = track.firstElementChild;
  const known = total > 0;
  bar.style.width = known ? `${told.progress}%` : "100%";
  bar.classList.toggle("progress-bar-striped", !known);
  bar.classList.toggle("progress-bar-animated", !known);
  if (known) {
    track.setAttribute("aria-valuenow", told.progress);
  }
  counts.textContent = `${size(told.received)}${known ? ` of ${size(total)}` : ""} received, `
    + `${number.format(told.files)} files done, chunks: ${number.format(told.chunks_new)} new, `
    + `${number.format(told.chunks_known)} known`;
}

/** Says something at the end of a form, to screen readers as well. */
function say(status, kind, ...content) {
  status.className = kind ? `narrow mt-3 alert alert-${kind}` : "narrow mt-3";
  status.replaceChildren(...content);
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function showMade(status, info) {
  const name = info.filename ?? info.file;
  const link = document.createElement("a");
  link.href = `/${encodeURIComponent(info.repository)}/${encodeURIComponent(name)}.md`;
  link.className = "alert-link";
  link.textContent = `${info.repository}/${name}`;
  const { regular, directory, symlink, fullsize } = info.flist;
  say(status, "success", "Published ", link, `: ${number.format(regular)} files, `
    + `${number.format(directory)} directories, ${number.format(symlink)} links, ${size(fullsize)}. `
    + `Chunks: ${number.format(info.chunks_new)} new, ${number.format(info.chunks_known)} known.`);
}

/** Sends the form and waits for the end of its job, whose events decide. */
function work(form, token, job, box, status) {
  const total = form.querySelector("[type=file]")?.files[0]?.size ?? 0;
  const sending = new AbortController();
  let events;
  const ended = new Promise((resolve, reject) => {
    const cancel = () => post(`/listen/${job}`, token).catch(() => {}).then(() => sending.abort());
    box.querySelector("button").onclick = cancel;
    // Before listening: browsers have few connections for all tabs of a site, and those that only
    // listen must not keep the files of others waiting. A conversion goes on without its form.
    post(withJob(form, job), token, new FormData(form), sending.signal)
      .catch((problem) => (problem instanceof Refused ? reject(problem) : total > 0 && cancel()));
    const listen = () => {
      events = new EventSource(`/listen/${job}`);
      events.onmessage = ({ data }) => {
        const told = JSON.parse(data);
        if (told.status === "update") {
          showUpdate(box, told, total);
          if (status.textContent !== sentence(told.message)) {
            say(status, "", sentence(told.message));
          }
        } else {
          (told.status === "info" ? resolve : reject)(told.info ?? new Refused(told.message));
        }
      };
      events.onerror = () => {
        say(status, "", "The connection broke; trying again…");
        if (events.readyState === EventSource.CLOSED) {
          fetch(`/api/jobs/${job}`).then((answer) => (answer.status === 404
            ? reject(new Error("the hub was restarted: please try again"))
            : setTimeout(listen, 5000)), () => setTimeout(listen, 5000));
        }
      };
    };
    listen();
  });
  return ended.finally(() => events.close());
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
    const { jobid } = await post(withJob(form, "new"), token);
    showMade(status, await work(form, token, jobid, box, status));
  } catch (problem) {
    say(status, problem.message === "cancelled" ? "secondary" : "danger",
      `${sentence(problem.message)}. Nothing was published.`);
  } finally {
    removeEventListener("beforeunload", warn);
    box.hidden = true;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-job]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
