import { computed, signal } from "@preact/signals";
import { wide } from "./media.js";
import { read } from "./routes.js";

/**
 * Where we are. `entry` names the entry of the browser's history, so that it gets its scroll position back; `beside` is
 * the path of the stream that a thread was opened from.
 * @typedef {{path: string, fragment: string, entry: string, beside: string | null}} Place
 */

/** @type {Map<string, number>} */
const scrolled = new Map();
let count = 0;

const origin = `${Date.now().toString(36)}.`;

/** @type {import("@preact/signals").Signal<Place>} */
export const place = signal(here());

export const route = computed(() => read(place.value.path));

history.scrollRestoration = "manual";

addEventListener("popstate", () => {
  leave();
  place.value = here();
  settle();
});

/**
 * Go to another page of the client. A thread that is opened from a stream remembers that stream.
 * @param {string} path
 * @param {{replace?: boolean}} [options]
 */
export function go(path, { replace = false } = {}) {
  leave();
  const before = place.value;
  count += 1;
  const state = { entry: origin + count, beside: besides(path) };
  if (replace) history.replaceState(state, "", path);
  else history.pushState(state, "", path);
  place.value = here();
  const stays = shown(before) === shown(place.value);
  if (place.value.fragment || !(wide.value && stays)) settle();
}

/** Leave a thread for the stream that it was opened from; on a phone by going back, to where one was in it. */
export function closeThread() {
  const { beside } = place.value;
  if (beside !== null && !wide.value) history.back();
  else go(beside ?? "/home");
}

/**
 * The stream that stays on screen, on a wide one, when this page is opened.
 * @param {string} path
 */
function besides(path) {
  if (read(path.replace(/#.*/, "")).view !== "thread") return null;
  return read(place.value.path).view === "stream" ? place.value.path : place.value.beside;
}

/** @param {Place} at */
const shown = (at) => at.beside ?? at.path;

/** The scroll position of the entry that we leave. */
function leave() {
  scrolled.set(place.value.entry, scrollY);
}

/** Scroll to where this entry was left, or to the part that it names, once what it shows is there. */
function settle() {
  const { entry, fragment } = place.value;
  const left = scrolled.get(entry);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const part = left === undefined && fragment ? document.getElementById(fragment) : null;
      if (!part) return scrollTo({ top: left ?? 0, behavior: "instant" });
      part.focus({ preventScroll: true });
      part.scrollIntoView({ behavior: "instant" });
    }),
  );
}

/** @returns {Place} */
function here() {
  return {
    path: location.pathname,
    fragment: location.hash.slice(1),
    entry: history.state?.entry ?? "",
    beside: history.state?.beside ?? null,
  };
}
