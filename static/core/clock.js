import { signal } from "@preact/signals";

/** Milliseconds since 1970, as of the last tick: what relative times are counted from. */
export const now = signal(Date.now());

const TICK = 15_000;

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, TICK);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) now.value = Date.now();
});
