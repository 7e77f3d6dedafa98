import { html } from "../core/html.js";
import { groupPath, personPath, postPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { iconOf } from "./group_choice.js";
import { Icon } from "./icon.js";
import { RelativeTime } from "./relative_time.js";
import { WhereaboutsOf } from "./whereabouts.js";

/** @typedef {import("../state/types.js").Post} Post */

/**
 * Who, where they are, in which group, when.
 * @param {{post: Post, inGroup: boolean, inThread: boolean}} props
 */
export function PostHead({ post, inGroup, inThread }) {
  const { author } = post;
  const id = inThread ? `reply-author-${post.id}` : `author-${post.id}`;
  return html`
    <header class="post__head">
      <a class="post__author" id=${id} href=${personPath(author.handle)} title="@${author.handle}">${author.name}</a>
      <${KindOf} card=${author} />
      <span class="post__context">
        <${WhereaboutsOf} person=${author.id} />
        ${!inGroup && !inThread && html`<${GroupOf} group=${post.group} />`}
        ${post.revised_at && html`<span class="post__revised">${t("post.revised")}</span>`}
      </span>
      <a class="post__time" href=${postPath(post.id)}><${RelativeTime} at=${post.created_at} /></a>
    </header>
  `;
}

/** @param {{card: import("../state/types.js").Card}} props */
export function KindOf({ card }) {
  if (card.kind === "person") return null;
  if (card.kind === "guest") return html`<span class="tag">${card.organisation || t("kind.guest")}</span>`;
  return html`<span class="tag">${t(card.kind === "feed" ? "kind.feed" : "kind.bot")}</span>`;
}

/** @param {{group: import("../state/types.js").GroupCard}} props */
function GroupOf({ group }) {
  if (group.kind === "all") return null;
  return html`
    <a class="post__group" href=${groupPath(group.handle)}>
      <${Icon} name=${iconOf(group)} />${group.name}
    </a>
  `;
}
