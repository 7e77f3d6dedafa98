import { effect, signal } from "@preact/signals";
import { keep, recall } from "./storage.js";

/** @typedef {"nl" | "en"} Language */

/** @type {Language[]} */
export const LANGUAGES = ["nl", "en"];

/**
 * @param {string | null | undefined} text
 * @returns {text is Language}
 */
export const isLanguage = (text) => LANGUAGES.includes(/** @type {Language} */ (text));

export const language = signal(first());

effect(() => {
  document.documentElement.lang = language.value;
  keep("language", language.value);
});

/** What was chosen here before, else the first that the browser asks for and we speak. */
function first() {
  const kept = recall("language");
  const wanted = [kept, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find(isLanguage) ?? "en";
}
