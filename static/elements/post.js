import { useState } from "preact/hooks";
import { html } from "../core/html.js";
import { personPath, postPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { state } from "../state/store.js";
import { Avatar } from "./avatar.js";
import { PostFoot } from "./post_foot.js";
import { PostHead } from "./post_head.js";
import { PostText } from "./post_text.js";
import { Revision } from "./revision.js";
import { Tombstone } from "./tombstone.js";

/**
 * @typedef {object} PostProps
 * @property {number} id
 * @property {number} [position] from 1, in its list
 * @property {boolean} [inGroup] whether the list is of one group, which then needs no naming
 * @property {boolean} [inThread]
 * @property {boolean} [marked] the one that the address names
 */

/**
 * One thing said, in a stream or a thread.
 * @param {PostProps} props
 */
export function PostArticle({ id, position, inGroup = false, inThread = false, marked = false }) {
  const [revising, setRevising] = useState(false);
  const post = state.value.posts[id];
  if (!post) return null;
  const gone = post.withdrawn || post.erased;
  const look = ["post", inThread && "post--in-thread", marked && "post--marked", gone && "post--gone"];
  return html`
    <article
      class=${look.filter(Boolean).join(" ")}
      id=${inThread ? `reply-${id}` : `post-${id}`}
      tabindex="0"
      data-post=${id}
      aria-posinset=${position}
      aria-setsize=${position && -1}
      aria-labelledby=${inThread ? `reply-author-${id}` : `author-${id}`}
    >
      <a class="post__face" href=${personPath(post.author.handle)} tabindex="-1" aria-hidden="true">
        <${Avatar} card=${post.author} />
      </a>
      <div class="post__body">
        <${PostHead} post=${post} inGroup=${inGroup} inThread=${inThread} />
        <${Parent} post=${post} inThread=${inThread} />
        ${gone && html`<${Tombstone} post=${post} />`}
        ${!gone && revising && html`<${Revision} post=${post} onDone=${() => setRevising(false)} />`}
        ${!gone && !revising && html`<${PostText} post=${post} />`}
        <${PostFoot} post=${post} inThread=${inThread} onRevise=${() => setRevising(true)} />
      </div>
    </article>
  `;
}

/**
 * What a reply answers, where that is not plain to see: outside its thread, and for an answer to an answer.
 * @param {{post: import("../state/types.js").Post, inThread: boolean}} props
 */
function Parent({ post, inThread }) {
  if (!post.reply_to || (inThread && post.reply_to === post.thread)) return null;
  const parent = state.value.posts[post.reply_to];
  const words = parent ? t("post.replyTo", { name: parent.author.name }) : t("post.isReply");
  return html`<a class="post__parent" href=${postPath(post.reply_to)}>${words}</a>`;
}
