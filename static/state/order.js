/** Lists of ids in order, without repeats. Pure. */

/**
 * @param {number[]} ids newest first
 * @param {number} id
 * @returns {number[]} the same array where the id is in it already
 */
export function placed(ids, id) {
  const at = ids.findIndex((other) => other <= id);
  if (ids[at] === id) return ids;
  return at < 0 ? [...ids, id] : [...ids.slice(0, at), id, ...ids.slice(at)];
}

/**
 * @param {number[]} ids oldest first
 * @param {number} id
 * @returns {number[]}
 */
export function appended(ids, id) {
  const at = ids.findLastIndex((other) => other <= id);
  if (ids[at] === id) return ids;
  return [...ids.slice(0, at + 1), id, ...ids.slice(at + 1)];
}
