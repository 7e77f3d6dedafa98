import { query } from "./address.js";
import { BROKEN, refused } from "./transport.js";

const WAIT = 25;
const PATIENCE = (WAIT + 15) * 1_000;

/**
 * One request after the other, for networks through which nothing else comes. What it is answered is told on in the
 * words of the other two: `hello` first, a `heartbeat` after each answer.
 * @type {import("./transport.js").Connect}
 */
export function connect(position, watched, { heard, ended }) {
  const leaving = new AbortController();
  poll(position, watched, leaving.signal, heard)
    .catch(() => BROKEN)
    .then((ending) => {
      if (!leaving.signal.aborted) ended(ending);
    });
  return { close: () => leaving.abort(), say: () => false };
}

/**
 * @param {import("./address.js").Position | null} position
 * @param {string[]} watched
 * @param {AbortSignal} leaving
 * @param {(message: import("./transport.js").Message) => void} heard
 * @returns {Promise<import("./transport.js").Ending>}
 */
async function poll(position, watched, leaving, heard) {
  // The first answer comes at once: it says that this way is open.
  let wait = 0;
  let greeted = false;
  for (;;) {
    const asked = new URLSearchParams(query(position, watched));
    asked.set("wait", String(wait));
    const signal = AbortSignal.any([leaving, AbortSignal.timeout(PATIENCE)]);
    const response = await fetch(`/api/v1/events?${asked}`, { signal, cache: "no-store" });
    if (!response.ok) return refused(response);
    const { epoch, items, head, reset } = await response.json();
    if (leaving.aborted) return BROKEN;
    if (!greeted) heard({ type: "hello", seq: head, epoch, heartbeat: WAIT });
    greeted = true;
    for (const item of items) heard(item);
    heard({ type: reset ? "reset" : "heartbeat", seq: head });
    position = { epoch, seq: head };
    wait = WAIT;
  }
}
