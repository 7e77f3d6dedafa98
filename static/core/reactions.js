/** The reactions that are offered, and how each is drawn. Any emoji is one as well, under its own name. Pure. */

/** @type {Record<string, string>} */
export const OFFERED = {
  like: "👍",
  love: "❤️",
  laugh: "😄",
  cheer: "🎉",
  thanks: "🙏",
  wow: "😮",
  sad: "😢",
};

/** @param {string} name */
export const emojiOf = (name) => (Object.hasOwn(OFFERED, name) ? OFFERED[name] : name) ?? name;

/**
 * One emoji, as a reader counts: the first of what was typed.
 * @param {string} text
 * @returns {string | null}
 */
export function firstEmoji(text) {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text.trim());
  const segment = first?.segment ?? "";
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3/u.test(segment) ? segment : null;
}
