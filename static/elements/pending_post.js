import { html } from "../core/html.js";
import { drop, sending } from "../core/outbox.js";
import { keepDraft } from "../core/drafts.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icon.js";

/**
 * Something said that has not arrived yet.
 * @param {{entry: import("../core/outbox.js").Entry}} props
 */
export function PendingPost({ entry }) {
  const card = me.value?.person;
  if (!card) return null;
  return html`
    <article class="post post--pending" aria-label=${card.name}>
      <span class="post__face"><${Avatar} card=${card} /></span>
      <div class="post__body">
        <header class="post__head"><span class="post__author">${card.name}</span></header>
        <div class="post__text" dir="auto">${entry.text.split(/\n{2,}/).map((part) => html`<p>${part}</p>`)}</div>
        ${entry.refused ? html`<${RefusedEntry} entry=${entry} />` : html`<${WaitingEntry} entry=${entry} />`}
      </div>
    </article>
  `;
}

/** @param {{entry: import("../core/outbox.js").Entry}} props */
function WaitingEntry({ entry }) {
  const words = sending.value === entry.key ? t("outbox.sending") : t("outbox.waiting");
  return html`<p class="post__state"><${Icon} name="clock" />${words}</p>`;
}

/** @param {{entry: import("../core/outbox.js").Entry}} props */
function RefusedEntry({ entry }) {
  const where = entry.thread ? `reply/${entry.thread}` : "new";
  const again = () => {
    keepDraft(where, entry.text);
    drop(entry.key);
  };
  return html`
    <p class="post__state post__state--bad" role="alert"><${Icon} name="warning" />${t("outbox.refused", { reason: entry.refused ?? "" })}</p>
    <p class="post__again">
      <button class="link" type="button" onClick=${again}>${t("outbox.edit")}</button>
      <button class="link" type="button" onClick=${() => drop(entry.key)}>${t("outbox.drop")}</button>
    </p>
  `;
}
