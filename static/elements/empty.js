import { html } from "../core/html.js";
import { t } from "../core/translate.js";

const KNOWN = ["home", "all", "mentions", "bookmarks", "group", "person", "topic"];

/** @param {{stream: string}} props */
export function Empty({ stream }) {
  const kind = stream.split("/")[0] ?? "";
  const name = /** @type {import("../core/translate.js").Phrase} */ (`empty.${KNOWN.includes(kind) ? kind : "all"}`);
  return html`<div class="empty"><p class="empty__words">${t(name)}</p></div>`;
}
