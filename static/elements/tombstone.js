import { html } from "../core/html.js";
import { t } from "../core/translate.js";

/**
 * That something stood here, and why it no longer does.
 * @param {{post: import("../state/types.js").Post}} props
 */
export function Tombstone({ post }) {
  if (!post.erased) return html`<p class="tombstone">${t("post.withdrawn")}</p>`;
  return html`
    <p class="tombstone">
      ${t("post.erased", { reason: post.reason ?? "" })} <a href="/policy">${t("post.erasedLog")}</a>
    </p>
  `;
}
