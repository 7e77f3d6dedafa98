import { bookmark } from "../actions/bookmark.js";
import { html } from "../core/html.js";
import { go } from "../core/router.js";
import { postPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { state } from "../state/store.js";
import { startReply } from "../actions/start_reply.js";
import { IconButton } from "./button.js";
import { Icon } from "./icon.js";
import { PostMenu } from "./post_menu.js";
import { ReactionPicker } from "./reaction_picker.js";
import { Reactions } from "./reactions.js";

/**
 * Reactions, and what one can do.
 * @param {{post: import("../state/types.js").Post, inThread: boolean, onRevise: () => void}} props
 */
export function PostFoot({ post, inThread, onRevise }) {
  const gone = post.withdrawn || post.erased;
  const bookmarked = state.value.mine[post.id]?.bookmarked ?? false;
  if (gone && !post.replies) return null;
  return html`
    <footer class="post__foot">
      ${!gone && html`<${Reactions} post=${post} />`}
      <span class="post__actions">
        ${post.replies > 0 && !inThread && html`
          <a class="post__replies" href=${postPath(post.id)}>
            <${Icon} name="reply" />${t("post.replies", { count: post.replies })}
          </a>
        `}
        ${!gone && html`
          ${(inThread || post.replies === 0) && html`
            <${IconButton} icon="reply" label=${t("post.reply")} onClick=${() => reply(post, inThread)} />
          `}
          <${ReactionPicker} id=${post.id} />
          <${IconButton} icon="bookmark" filled=${bookmarked} pressed=${bookmarked}
            label=${t(bookmarked ? "post.unbookmark" : "post.bookmark")} onClick=${() => bookmark(post.id)} />
          <${PostMenu} post=${post} onRevise=${onRevise} />
        `}
      </span>
    </footer>
  `;
}

/**
 * @param {import("../state/types.js").Post} post
 * @param {boolean} inThread
 */
function reply(post, inThread) {
  startReply(post);
  if (!inThread) go(postPath(post.id));
}
