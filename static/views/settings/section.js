import { html } from "../../core/html.js";

/** @param {{title: string, name: string, about?: string, children: unknown}} props `name` is its fragment in the address */
export function Section({ title, name, about, children }) {
  return html`
    <section class="settings__section" id=${name} tabindex="-1" aria-label=${title}>
      <h2 class="settings__title">${title}</h2>
      ${about && html`<p class="settings__about">${about}</p>`}
      ${children}
    </section>
  `;
}
