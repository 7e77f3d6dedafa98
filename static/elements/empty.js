import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";

const KNOWN = ["home", "all", "mentions", "bookmarks", "group", "person", "topic"];

/** @param {{stream: string}} props */
export function Empty({ stream }) {
  const kind = stream.split("/")[0] ?? "";
  const name = /** @type {import("../core/translate.js").Phrase} */ (`empty.${KNOWN.includes(kind) ? kind : "all"}`);
  return html`
    <div class="empty">
      <p class="empty__words">${t(name)}</p>
      ${(kind === "home" || kind === "all") && me.value?.kind === "person" && html`<${Ways} kind=${kind} />`}
    </div>
  `;
}

/** Where a newcomer can go from an empty page. @param {{kind: string}} props */
function Ways({ kind }) {
  return html`
    <p class="empty__ways">
      ${kind === "home" && html`<a class="button button--plain" href="/everyone">${t("everyone")}</a>`}
      ${kind === "home" && html`<a class="button button--plain" href="/people">${t("people")}</a>`}
      <a class="button button--plain" href="/settings#invitations">${t("people.invite")}</a>
    </p>
  `;
}
