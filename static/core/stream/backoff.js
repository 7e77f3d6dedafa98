/** How long to wait before the next attempt. Pure. */

const FIRST = 500;
const LONGEST = 30_000;

/** A server that restarts has closed everybody at once: whoever returns in the same moment makes the next one stumble. */
const RESTART_SPREAD = 4_000;

/**
 * @param {object} last how the last attempt ended
 * @param {number} last.failures attempts in a row that reached nothing
 * @param {boolean} last.restart whether the server said that it restarts (close code 1012)
 * @param {number | null} last.retryAfter seconds that the server asked for
 * @param {number} chance from 0 to 1
 * @returns {number} milliseconds
 */
export function waiting({ failures, restart, retryAfter }, chance) {
  if (retryAfter !== null) return (retryAfter + chance) * 1_000;
  if (restart && failures === 0) return FIRST + chance * RESTART_SPREAD;
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 16));
  return ceiling * (0.5 + chance / 2);
}
