/** The name that is being typed after an `@`. Pure. */

const FRAGMENT = /(?:^|[\s([{"'“‘/])@([\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{0,63})?$/u;

/**
 * @param {string} text
 * @param {number} caret
 * @returns {string | null} what was typed of the name so far; null where no mention is being written
 */
export function fragmentAt(text, caret) {
  const found = FRAGMENT.exec(text.slice(0, caret));
  return found ? (found[1] ?? "") : null;
}

/**
 * @param {string} text
 * @param {number} caret
 * @param {string} handle the one that was chosen
 * @returns {{text: string, caret: number}}
 */
export function completed(text, caret, handle) {
  const fragment = fragmentAt(text, caret) ?? "";
  const before = text.slice(0, caret - fragment.length);
  const after = text.slice(caret);
  const gap = /^[\s.,;:!?)]/.test(after) ? "" : " ";
  return { text: before + handle + gap + after, caret: before.length + handle.length + gap.length };
}
