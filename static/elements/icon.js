import { html } from "../core/html.js";

/** Drawn on a grid of 20 with a pen of 1.6: the outline of each icon, by name. */
const OUTLINES = {
  home: "M3.5 9 10 3.5 16.5 9v6.6a.9.9 0 0 1-.9.9h-3.4v-4.6H7.8v4.6H4.4a.9.9 0 0 1-.9-.9Z",
  everyone: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3.2 10h13.6M10 3c2 2 2.9 4.3 2.9 7S12 15 10 17c-2-2-2.9-4.3-2.9-7S8 5 10 3Z",
  mentions: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm0 0v1.2a2 2 0 0 0 4 0V10a7 7 0 1 0-2.7 5.5",
  bookmark: "M5.5 3.5h9a.8.8 0 0 1 .8.8v12.4L10 13.2l-5.3 3.5V4.3a.8.8 0 0 1 .8-.8Z",
  groups: "M8 9.2A2.8 2.8 0 1 0 8 3.6a2.8 2.8 0 0 0 0 5.6ZM2.8 16.2c.3-3 2.4-4.6 5.2-4.6s4.9 1.6 5.2 4.6M13.2 3.9a2.8 2.8 0 0 1 0 5M15 12.1c1.4.7 2.1 2.1 2.3 4.1",
  people: "M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10Zm-6 6.6c.4-3 2.8-4.4 6-4.4s5.6 1.4 6 4.4",
  settings: "M3 6h7.5M14.5 6H17M3 14h2.5M9.5 14H17M12.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7.5 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  reply: "M16.5 9.4c0 3.3-2.9 5.7-6.5 5.7-.9 0-1.7-.1-2.5-.4L3.8 16l1-3a5.3 5.3 0 0 1-1.3-3.6c0-3.3 2.9-5.7 6.5-5.7s6.5 2.4 6.5 5.7Z",
  smile: "M17 11.5A7 7 0 1 1 9 3.1M7.2 11.6c.6 1.3 1.6 1.9 2.8 1.9s2.2-.6 2.8-1.9M7.6 8.3v.1M12.4 8.3v.1M15 2.5v5M12.5 5h5",
  more: "M4.5 10v.01M10 10v.01M15.5 10v.01",
  plus: "M10 4v12M4 10h12",
  close: "m5 5 10 10M15 5 5 15",
  back: "M16 10H4.5M9 5l-5 5 5 5",
  pin: "M10 17.2s5.3-4.5 5.3-8.7a5.3 5.3 0 0 0-10.6 0c0 4.2 5.3 8.7 5.3 8.7ZM10 10.4a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8Z",
  lock: "M5.5 9h9a.9.9 0 0 1 .9.9v5.7a.9.9 0 0 1-.9.9h-9a.9.9 0 0 1-.9-.9V9.9a.9.9 0 0 1 .9-.9ZM7 9V6.5a3 3 0 0 1 6 0V9",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.5h12.5M3.5 12.5H16",
  check: "m4.5 10.5 3.7 3.7 7.3-8",
  copy: "M7.5 7.5h8v8.5h-8zM5 12.5H4V4h8v1",
  pencil: "m12.5 4.5 3 3L7 16l-3.5.5L4 13ZM11 6l3 3",
  withdraw: "M4 5.5h12M8 5.3V3.8h4v1.5M5.5 5.5l.7 10.7h7.6l.7-10.7M8.5 8.5v5M11.5 8.5v5",
  history: "M3.5 4.5v3.5H7M3.8 8a6.7 6.7 0 1 1-.3 3.3M10 6.5V10l2.5 1.7",
  up: "M10 16V4.5M5 9l5-5 5 5",
  down: "m5 8 5 5 5-5",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4l2.8 1.7",
  warning: "M10 3.5 17 16H3ZM10 8.5v3.5M10 14v.01",
  out: "M8 16.5H4.5v-13H8M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
  key: "M12.8 10.6a3.6 3.6 0 1 0-3.4-3.4L3.5 13.1v3.4h3.4v-2h2v-2h1.3ZM13.5 6.6v.01",
  invite: "M8.5 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 16.5c.3-2.9 2.6-4.2 5.5-4.2 1.2 0 2.3.2 3.2.7M15 12v5M12.5 14.5h5",
  devices: "M3.5 4.5h13v8.5h-13zM7.5 16.5h5M10 13v3.5",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.3M10 16.2v1.3M2.5 10h1.3M16.2 10h1.3M4.7 4.7l.9.9M14.4 14.4l.9.9M15.3 4.7l-.9.9M5.6 14.4l-.9.9",
  language: "M3 5h7.5M6.7 3.3V5M8.7 5c-.5 3-2.5 5.2-5.4 6.3M4.8 7.3c.8 1.8 2.3 3.1 4.2 3.8M9.5 17l3.5-8.5L16.5 17M10.7 14.2h4.6",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5v.01M8.5 8.5v.01M11.5 8.5v.01M14.5 8.5v.01M6.5 11.8h7",
};

/** @typedef {keyof typeof OUTLINES} IconName */

/**
 * An icon says nothing by itself: what it stands for is written beside it or on its button.
 * @param {{name: IconName, filled?: boolean}} props
 */
export function Icon({ name, filled = false }) {
  return html`
    <svg class=${`icon icon--${name}${filled ? " icon--filled" : ""}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d=${OUTLINES[name]} />
    </svg>
  `;
}
