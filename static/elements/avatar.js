import { html } from "../core/html.js";

const TONES = 8;

/**
 * A face: the photo, or else initials on a tone that stays with the person.
 * @param {{card: import("../state/types.js").Card, size?: "small" | "medium" | "large"}} props
 */
export function Avatar({ card, size = "medium" }) {
  const look = `avatar avatar--${size} avatar--${card.kind} tone-${card.id % TONES}`;
  if (card.photo) return html`<img class=${look} src=${card.photo} alt="" loading="lazy" />`;
  return html`<span class=${look} aria-hidden="true">${initials(card.name)}</span>`;
}

/**
 * Of the first and the last word that begin with a capital; "Ada van den Berg" is AB.
 * @param {string} name
 */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const capital = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word));
  const [first, ...others] = capital.length ? capital : words;
  const last = others.at(-1);
  return [first, last].map((word) => (word ? String.fromCodePoint(word.codePointAt(0) ?? 32) : "")).join("").toUpperCase();
}
