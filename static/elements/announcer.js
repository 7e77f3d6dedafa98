import { announcement } from "../core/announce.js";
import { html } from "../core/html.js";

/** Unseen; read out when its text changes. */
export function Announcer() {
  return html`<div class="sr-only" role="status" aria-live="polite">${announcement.value}</div>`;
}
