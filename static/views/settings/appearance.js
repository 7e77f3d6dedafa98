import { speak } from "../../actions/account.js";
import { attempt } from "../../actions/attempt.js";
import { html } from "../../core/html.js";
import { LANGUAGES, language } from "../../core/language.js";
import { THEMES, theme } from "../../core/theme.js";
import { t } from "../../core/translate.js";
import { Segments } from "../../elements/segments.js";
import { Section } from "./section.js";

const NAMES = { nl: "Nederlands", en: "English" };

/** Language and light. */
export function Appearance() {
  return html`
    <${Section} name="appearance" title=${t("appearance")}>
      <${Segments} label=${t("language")} name="language" chosen=${language.value}
        options=${LANGUAGES.map((name) => ({ name, words: NAMES[name] }))}
        onChoose=${(/** @type {import("../../core/language.js").Language} */ name) => attempt(() => speak(name))} />
      <${Segments} label=${t("theme")} name="theme" chosen=${theme.value}
        options=${THEMES.map((name) => ({ name, words: t(`theme.${name}`) }))}
        onChoose=${(/** @type {import("../../core/theme.js").Theme} */ name) => { theme.value = name; }} />
    <//>
  `;
}
