import { useState } from "preact/hooks";
import { attempt } from "../actions/attempt.js";
import { unfold } from "../actions/revise.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Tokens } from "./tokens.js";

/**
 * What a post says: the beginning of a long one, and the whole of it when one asks.
 * @param {{post: import("../state/types.js").Post}} props
 */
export function PostText({ post }) {
  return html`
    <div class="post__text" dir="auto">
      ${post.title && html`<h3 class="post__title">${post.title}</h3>`}
      <${Tokens} tokens=${post.tokens} />
    </div>
    ${post.folded && html`<${Unfold} id=${post.id} bytes=${post.length ?? 0} />`}
  `;
}

/** @param {{id: number, bytes: number}} props */
function Unfold({ id, bytes }) {
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    await attempt(() => unfold(id));
    setBusy(false);
  };
  return html`
    <button class="unfold" type="button" disabled=${busy} onClick=${show}>
      ${t("post.unfold", { size: Math.max(1, Math.round(bytes / 1024)) })}
    </button>
  `;
}
