// Follows jobs of the hub by their events.

import { BASE, content, english, sentence, text } from "./hub.js";

export const LOST = text("script.lost");

/** The message of the API for a job that was cancelled. */
export const CANCELLED = "cancelled";

/** Why a job published nothing, as nodes. */
export function reasonOf({ message }) {
  if (message === LOST) {
    return [LOST];
  }
  const reason = message === CANCELLED ? text("script.cancelled") : english(sentence(message));
  return content("script.nothing-published", reason);
}

/** Sends a request that changes something; resolves to the JSON of the response, if it has one. */
export async function post(address, token, body, signal) {
  const headers = { Accept: "application/json", ...(token && { "X-Form-Token": token }) };
  const answer = await fetch(address, { method: "POST", body, signal, headers });
  if (answer.status === 401) {
    location.assign(`${BASE}/login-method?to=${encodeURIComponent(location.pathname.slice(BASE.length))}&unsent`);
  }
  // 409: the browser resent the form after the connection broke; the job is still running.
  return [204, 409].includes(answer.status) ? {} : answer.json();
}

export const cancel = (job, token) => post(`${BASE}/listen/${job}`, token).catch(() => {});

/** Fetches the state of a job once, without an event stream. */
export async function fetchState(job) {
  const answer = await fetch(`${BASE}/api/jobs/${job}`);
  if (answer.status === 404) {
    throw new Error(LOST);
  }
  if (!answer.ok) {
    throw new Error(answer.statusText); // the hub cannot say, which is not the end of the job
  }
  return answer.json();
}

/**
 * Follows a job to its end. `update` is called with each state, `note` with messages about the connection.
 * Returns `result`, a promise of what the job made, and `handle`, for states that arrive in other ways.
 */
export function follow(job, update, note) {
  let events;
  let finished = false;
  let handle;
  let onVisibilityChange; // hidden tabs close their event stream
  const result = new Promise((resolve, reject) => {
    handle = (state) => {
      if (state.status === "error") {
        reject(new Error(state.message));
      } else if (state.status === "info") {
        resolve(state.info);
      } else if (state.status === "update") {
        update(state);
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
        note(text("script.reconnecting"));
        if (events.readyState === EventSource.CLOSED) {
          // Either the job is unknown after a restart, or there are too many listeners. Fetch the state to find out.
          fetchState(job).then(handle).catch((problem) => problem.message === LOST && reject(problem));
          setTimeout(listen, 5000);
        }
      };
    };
    onVisibilityChange = () => document.hidden ? events?.close() : listen();
    document.addEventListener("visibilitychange", onVisibilityChange);
    listen();
  }).finally(() => {
    finished = true;
    events?.close();
    document.removeEventListener("visibilitychange", onVisibilityChange);
  });
  return { result, handle };
}
