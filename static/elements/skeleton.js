import { html } from "../core/html.js";
import { t } from "../core/translate.js";

/** The shape of what is on its way. */
export function Skeleton() {
  return html`
    <div class="skeleton" role="status">
      <span class="sr-only">${t("loading")}</span>
      ${[0, 1, 2, 3].map(() => html`
        <div class="skeleton__post" aria-hidden="true">
          <span class="skeleton__face"></span>
          <span class="skeleton__lines"><i></i><i></i><i></i></span>
        </div>
      `)}
    </div>
  `;
}
