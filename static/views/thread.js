import { useEffect, useRef } from "preact/hooks";
import { loads, loadThread } from "../actions/load.js";
import { reply } from "../actions/publish.js";
import { replying, stopReply } from "../actions/start_reply.js";
import { html } from "../core/html.js";
import { outbox, sending } from "../core/outbox.js";
import { closeThread } from "../core/router.js";
import { t } from "../core/translate.js";
import { Button, IconButton } from "../elements/button.js";
import { Composer } from "../elements/composer.js";
import { groupName } from "../elements/group_choice.js";
import { PendingPost } from "../elements/pending_post.js";
import { PostArticle } from "../elements/post.js";
import { Skeleton } from "../elements/skeleton.js";
import { Trouble } from "../elements/trouble.js";
import { useWatch } from "../elements/use_watch.js";
import { unseen } from "../state/pending.js";
import { state } from "../state/store.js";
import { NowhereView } from "./nowhere.js";

/**
 * A post and all that was said to it, oldest first.
 * @param {{post: number, beside?: boolean}} props
 */
export function ThreadView({ post, beside = false }) {
  const root = state.value.posts[post]?.thread ?? post;
  const list = state.value.threads[root];
  const load = loads.value[`thread/${post}`];
  useEffect(() => {
    loadThread(post);
  }, [post]);
  useWatch(list ? `thread:${root}` : null, list?.head);
  useScrollTo(post, root, list !== undefined);
  if (load === "missing" && !list) return html`<${NowhereView} />`;
  if (load === "failed" && !list) return html`<${Trouble} again=${() => loadThread(post)} />`;
  const first = state.value.posts[root];
  return html`
    <section class=${beside ? "thread thread--beside" : "thread"} aria-label=${t("thread")}>
      <header class="thread__head">
        <${IconButton} icon=${beside ? "close" : "back"} label=${t(beside ? "thread.close" : "back")} onClick=${closeThread} />
        <h2 class="thread__title">${t("thread")}</h2>
        ${first && html`<span class="thread__group">${groupName(first.group)}</span>`}
      </header>
      ${list && first ? html`<${Posts} list=${list} root=${root} marked=${post} />` : html`<${Skeleton} />`}
    </section>
  `;
}

/** @param {{list: import("../state/types.js").Timeline, root: number, marked: number}} props */
function Posts({ list, root, marked }) {
  const [first, ...replies] = list.ids;
  const waiting = unseen(outbox.value, sending.value, state.value).filter(({ thread }) => thread === root);
  return html`
    <div class="thread__posts">
      <${PostArticle} key=${first} id=${first} inThread />
      ${list.next !== null && html`
        <p class="thread__older">
          <${Button} look="quiet" onClick=${() => loadThread(root, "next")}>${t("thread.older")}<//>
        </p>
      `}
      ${replies.map((id) => html`<${PostArticle} key=${id} id=${id} inThread marked=${id === marked} />`)}
      ${waiting.map((entry) => html`<${PendingPost} key=${entry.key} entry=${entry} />`)}
    </div>
    <${ReplyField} root=${root} />
  `;
}

/** @param {{root: number}} props */
function ReplyField({ root }) {
  const { post: asked, asked: times } = replying.value;
  const first = state.value.posts[root];
  const to = asked?.thread === root ? asked : first;
  if (!first || !to) return null;
  return html`
    <div class="thread__reply">
      <${Composer}
        draft="reply/${root}"
        placeholder=${t("composer.reply", { name: to.author.name })}
        sendLabel=${t("post.reply")}
        focus=${asked?.thread === root ? times : 0}
        onEscape=${stopReply}
        onSend=${(/** @type {string} */ text) => {
          reply(text, to);
          stopReply();
        }}
      />
    </div>
  `;
}

/**
 * Brings the reply that the address names into view, once.
 * @param {number} post
 * @param {number} root
 * @param {boolean} there
 */
function useScrollTo(post, root, there) {
  const done = useRef(0);
  useEffect(() => {
    if (!there || post === root || done.current === post) return;
    done.current = post;
    document.querySelector(`#reply-${post}`)?.scrollIntoView({ block: "center" });
  }, [post, root, there]);
}
