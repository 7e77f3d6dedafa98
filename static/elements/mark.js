import { html } from "../core/html.js";

/** The mark of the product: the µ of something small, whose stem is the tail of something said. */
export function Mark() {
  return html`
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark__ground" x="1" y="1" width="30" height="30" rx="9.5" />
      <path class="mark__letter" d="M10.2 8.8v9.4c0 2.7 1.7 4.1 4.2 4.1 3 0 5.2-2 5.2-5.2V8.8m0 8.7c0 3.2 1 4.8 3.2 4.6M10.2 18v7.4" />
    </svg>
  `;
}
