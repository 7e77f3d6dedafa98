import { effect, signal } from "@preact/signals";
import { keep, recall } from "./storage.js";

/** @typedef {"auto" | "light" | "dark"} Theme */

/** @type {Theme[]} */
export const THEMES = ["auto", "light", "dark"];

const kept = /** @type {Theme} */ (recall("theme"));

export const theme = signal(THEMES.includes(kept) ? kept : /** @type {Theme} */ ("auto"));

effect(() => {
  document.documentElement.dataset.theme = theme.value;
  keep("theme", theme.value);
});
