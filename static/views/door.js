import { useEffect } from "preact/hooks";
import { html } from "../core/html.js";
import { LANGUAGES, language } from "../core/language.js";
import { t } from "../core/translate.js";
import { Mark } from "../elements/mark.js";

const NAMES = { nl: "Nederlands", en: "English" };

/**
 * The page of whoever is not in yet.
 * @param {{title: string, children: unknown, beside?: unknown}} props
 */
export function Door({ title, children, beside }) {
  useEffect(() => {
    document.title = `${title} · microblog`;
  }, [title]);
  return html`
    <main class=${beside ? "door door--two" : "door"}>
      <header class="door__head">
        <span class="door__brand"><${Mark} />microblog</span>
        <span class="door__languages">
          ${LANGUAGES.map((name) => html`
            <button class="link" type="button" lang=${name} aria-pressed=${language.value === name}
              onClick=${() => { language.value = name; }}>${NAMES[name]}</button>
          `)}
        </span>
      </header>
      ${beside}
      <section class="door__form">
        <h1 class="door__title">${title}</h1>
        ${children}
      </section>
      ${!beside && html`<p class="door__promise">${t("promise.line")} <a href="/policy">${t("promise.link")}</a></p>`}
    </main>
  `;
}
