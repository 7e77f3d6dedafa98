/**
 * Where a client stands in the journal: everything up to `seq` of the store `epoch` was processed.
 * @typedef {{epoch: string, seq: number}} Position
 */

/**
 * What the address of a stream asks for.
 * @param {Position | null} position
 * @param {Iterable<string>} watched
 * @returns {string} a query with its question mark, or nothing
 */
export function query(position, watched) {
  const asked = new URLSearchParams();
  if (position) {
    asked.set("after", String(position.seq));
    asked.set("epoch", position.epoch);
  }
  const channels = [...watched].join(",");
  if (channels) asked.set("watch", channels);
  const text = asked.toString();
  return text && `?${text}`;
}
