import { html } from "../core/html.js";
import { t } from "../core/translate.js";

/** What is promised to everyone, where they speak. */
export function PromiseLine() {
  return html`<p class="promise">${t("promise.line")} <a href="/policy">${t("promise.link")}</a></p>`;
}
