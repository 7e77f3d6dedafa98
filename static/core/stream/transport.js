/**
 * One way to hear the stream. Each of the three is a file with a function `connect` of this shape.
 * @callback Connect
 * @param {import("./address.js").Position | null} position
 * @param {string[]} watched
 * @param {Handlers} handlers
 * @returns {Link}
 *
 * @typedef {object} Handlers
 * @property {(message: Message) => void} heard
 * @property {(ending: Ending) => void} ended called once, unless we close the link
 *
 * @typedef {object} Link
 * @property {() => void} close
 * @property {(ask: object) => boolean} say false where this transport can not: it must be opened anew
 *
 * What the server says: an event, or `hello`, `heartbeat`, `reset`, `watching`, `error` (docs/protocol.md).
 * @typedef {object} Message
 * @property {string} type
 * @property {number} [seq]
 * @property {string} [at]
 * @property {any} [data]
 * @property {string} [epoch]
 * @property {number} [heartbeat]
 * @property {string} [channel]
 * @property {string} [code]
 * @property {object} [person]
 *
 * @typedef {object} Ending
 * @property {"resume" | "sign in"} advice
 * @property {boolean} restart
 * @property {number | null} retryAfter seconds
 */

/** @type {Ending} */
export const BROKEN = { advice: "resume", restart: false, retryAfter: null };

/** @type {Ending} */
export const SIGNED_OUT = { advice: "sign in", restart: false, retryAfter: null };

/**
 * How an HTTP answer that is no stream ends the attempt.
 * @param {Response} response
 * @returns {Ending}
 */
export function refused(response) {
  if (response.status === 401) return SIGNED_OUT;
  const after = Number(response.headers.get("Retry-After"));
  return { ...BROKEN, retryAfter: after > 0 ? after : null };
}
