import { now } from "../core/clock.js";
import { html } from "../core/html.js";
import { ago, inFull } from "../core/time.js";

/**
 * How long ago; the whole date and time when one points at it.
 * @param {{at: string | number}} props
 */
export function RelativeTime({ at }) {
  const millis = typeof at === "number" ? at : Date.parse(at);
  return html`
    <time datetime=${new Date(millis).toISOString()} title=${inFull(millis)}>${ago(millis, now.value)}</time>
  `;
}
