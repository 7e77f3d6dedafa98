import { en } from "../i18n/en.js";
import { nl } from "../i18n/nl.js";
import { language } from "./language.js";

/** @typedef {keyof typeof en} Phrase */

const PHRASES = { en, nl };

/**
 * The phrase in the language of now. `{name}` is filled in; a phrase with a plural is written `one|many` and chosen by
 * `count`.
 * @param {Phrase} phrase
 * @param {Record<string, string | number>} [filling]
 * @returns {string}
 */
export function t(phrase, filling = {}) {
  const [one = "", many = one] = PHRASES[language.value][phrase].split("|");
  const words = filling.count === 1 ? one : many;
  return words.replace(/\{(\w+)\}/g, (_, name) => String(filling[name] ?? ""));
}
