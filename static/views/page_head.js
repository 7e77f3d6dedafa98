import { useEffect } from "preact/hooks";
import { html } from "../core/html.js";
import { ConnectionStrip } from "../elements/connection_state.js";

/**
 * What a page is, and what one can do with it as a whole.
 * @param {{title: string, about?: unknown, lead?: unknown, children?: unknown}} props
 */
export function PageHead({ title, about, lead, children }) {
  useEffect(() => {
    document.title = `${title} · microblog`;
  }, [title]);
  return html`
    <header class="page-head">
      ${lead}
      <div class="page-head__words">
        <h1 class="page-head__title">${title}</h1>
        ${about && html`<p class="page-head__about">${about}</p>`}
      </div>
      <div class="page-head__acts">${children}</div>
      <${ConnectionStrip} />
    </header>
  `;
}
