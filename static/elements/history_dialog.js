import { useEffect, useState } from "preact/hooks";
import { get } from "../core/api.js";
import { html } from "../core/html.js";
import { inWords } from "../core/problem.js";
import { t } from "../core/translate.js";
import { Dialog } from "./dialog.js";
import { RelativeTime } from "./relative_time.js";
import { Tokens } from "./tokens.js";

/**
 * @typedef {{text: string, tokens: import("../state/types.js").Token[], at: string}} Version
 */

/**
 * What a post said before, the latest first.
 * @param {{post: import("../state/types.js").Post, onClose: () => void}} props
 */
export function HistoryDialog({ post, onClose }) {
  const [versions, setVersions] = useState(/** @type {Version[] | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get(`/posts/${post.id}/history`).then(
      ({ items }) => setVersions(items),
      (error) => setProblem(inWords(error)),
    );
  }, [post.id, post.revised_at]);
  return html`
    <${Dialog} title=${t("post.history")} onClose=${onClose} look="dialog--tall">
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <ol class="versions">
        ${versions?.map((version) => html`
          <li class="version" key=${version.at}>
            <div class="version__at"><${RelativeTime} at=${version.at} /></div>
            <div class="post__text"><${Tokens} tokens=${version.tokens} /></div>
          </li>
        `)}
      </ol>
    <//>
  `;
}
