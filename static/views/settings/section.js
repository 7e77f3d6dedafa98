import { html } from "../../core/html.js";

/** @param {{title: string, about?: string, children: unknown}} props */
export function Section({ title, about, children }) {
  return html`
    <section class="settings__section">
      <h2 class="settings__title">${title}</h2>
      ${about && html`<p class="settings__about">${about}</p>`}
      ${children}
    </section>
  `;
}
