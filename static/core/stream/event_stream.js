import { query } from "./address.js";
import { EventLines } from "./event_lines.js";
import { BROKEN, refused } from "./transport.js";

/**
 * Server-sent events, for networks that let no WebSocket through. By `fetch`, not EventSource, which tells neither a
 * refusal's status nor how long to wait.
 * @type {import("./transport.js").Connect}
 */
export function connect(position, watched, { heard, ended }) {
  const leaving = new AbortController();
  listen(query(position, watched), leaving.signal, heard)
    .catch(() => BROKEN)
    .then((ending) => {
      if (!leaving.signal.aborted) ended(ending);
    });
  return { close: () => leaving.abort(), say: () => false };
}

/**
 * @param {string} asked
 * @param {AbortSignal} signal
 * @param {(message: import("./transport.js").Message) => void} heard
 * @returns {Promise<import("./transport.js").Ending>} when the stream ends
 */
async function listen(asked, signal, heard) {
  const headers = { Accept: "text/event-stream" };
  const response = await fetch(`/api/v1/stream${asked}`, { headers, signal, cache: "no-store" });
  if (!response.ok || !response.body) return refused(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new EventLines();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return BROKEN;
    for (const text of lines.take(value)) if (!signal.aborted) heard(JSON.parse(text));
  }
}
