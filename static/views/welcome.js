import { html } from "../core/html.js";
import { language } from "../core/language.js";

/** What is promised to whoever joins. In both languages, whichever one reads in: a promise has to be understood. */
const WORDS = {
  nl: {
    title: "Iedereen mag alles zeggen",
    body: "Geen moderatie, geen filters, geen regels. Niemand keurt je bericht vooraf goed, niemand haalt het achteraf weg, en niemand kan het veranderen behalve jij.",
    link: "Lees wat dat betekent",
  },
  en: {
    title: "Anyone may say anything",
    body: "No moderation, no filters, no rules. Nobody approves your message first, nobody takes it away afterwards, and nobody can change it but you.",
    link: "Read what that means",
  },
};

export function Welcome() {
  /** @type {import("../core/language.js").Language[]} */
  const order = language.value === "nl" ? ["nl", "en"] : ["en", "nl"];
  return html`
    <aside class="welcome">
      ${order.map((name) => html`
        <div class="welcome__words" lang=${name} key=${name}>
          <h2 class="welcome__title">${WORDS[name].title}</h2>
          <p>${WORDS[name].body} <a href="/policy#${name}">${WORDS[name].link}</a></p>
        </div>
      `)}
    </aside>
  `;
}
