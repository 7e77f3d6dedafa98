import { signal } from "@preact/signals";

/** How the live stream is: `core/stream.js` says so. */
export const health = signal(/** @type {import("../core/stream.js").Health} */ ("connecting"));

/** Whether the browser itself says that there is no network. */
export const offline = signal(!navigator.onLine);

addEventListener("online", () => {
  offline.value = false;
});
addEventListener("offline", () => {
  offline.value = true;
});
