/** The live stream and the state that it feeds. */

import { get, Refused } from "../core/api.js";
import { send } from "../core/outbox.js";
import { Stream } from "../core/stream.js";
import { foldAll } from "../state/fold.js";
import { health } from "../state/live.js";
import { apply } from "../state/store.js";
import { catchUp } from "./catch_up.js";
import { greet } from "./greet.js";
import { refresh, refreshChannel } from "./refresh.js";

/** @type {Stream | null} */
let stream = null;

/** @param {() => void} signedOut */
export function connect(signedOut) {
  disconnect();
  stream = new Stream({
    happened(events) {
      const heard = /** @type {import("../state/types.js").Event[]} */ (events);
      apply(foldAll, heard);
      catchUp(heard);
    },
    greeted(seq, _epoch, fresh) {
      if (fresh) greet(seq);
    },
    lost(channel, seq) {
      if (channel) refreshChannel(channel);
      else refresh(seq);
    },
    felt(now) {
      health.value = now;
      if (now === "live") send();
      if (now === "signed out") signedOut();
    },
    probe,
  });
  stream.open();
}

export function disconnect() {
  stream?.close();
  stream = null;
}

/**
 * Hear what is shown, beyond what one hears anyway, for as long as it is shown.
 * @param {string} channel
 * @param {number} head the seq that it was read at
 * @returns {() => void} stop
 */
export function watch(channel, head) {
  const watching = stream;
  watching?.watch(channel, head);
  return () => watching?.unwatch(channel);
}

/** Is it the stream alone that fails? */
async function probe() {
  try {
    await get("/me", { patience: 8_000 });
    return "reachable";
  } catch (error) {
    if (error instanceof Refused) return error.status === 401 ? "signed out" : "reachable";
    return "unreachable";
  }
}

