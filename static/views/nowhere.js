import { html } from "../core/html.js";
import { t } from "../core/translate.js";

/** Nothing here, or nothing for us: the two are not told apart. */
export function NowhereView() {
  return html`
    <section class="empty">
      <h1 class="empty__title">${t("nowhere.title")}</h1>
      <p class="empty__words">${t("nowhere.words")}</p>
      <a class="button button--plain" href="/home">${t("home")}</a>
    </section>
  `;
}
