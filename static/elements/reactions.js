import { react } from "../actions/react.js";
import { html } from "../core/html.js";
import { emojiOf, OFFERED } from "../core/reactions.js";
import { t } from "../core/translate.js";
import { state } from "../state/store.js";

/**
 * Who was moved, and how: one chip for each kind of reaction.
 * @param {{post: import("../state/types.js").Post}} props
 */
export function Reactions({ post }) {
  const counts = Object.entries(post.reactions);
  const mine = state.value.mine[post.id]?.reactions ?? [];
  return counts.map(
    ([name, count]) => html`
      <button
        key=${name}
        class="reaction"
        type="button"
        aria-pressed=${mine.includes(name)}
        aria-label=${t("post.reaction", { name: nameOf(name), count })}
        title=${nameOf(name)}
        onClick=${() => react(post.id, name)}
      >
        <span class="reaction__emoji" aria-hidden="true">${emojiOf(name)}</span>
        <span class="reaction__count">${count}</span>
      </button>
    `,
  );
}

/** @param {string} name */
export const nameOf = (name) =>
  Object.hasOwn(OFFERED, name) ? t(/** @type {import("../core/translate.js").Phrase} */ (`reaction.${name}`)) : name;
