import { useEffect, useState } from "preact/hooks";
import { revise, unfold } from "../actions/revise.js";
import { html } from "../core/html.js";
import { inWords } from "../core/problem.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";
import { TextField } from "./text_field.js";

/**
 * Saying it differently, in place. A post that is shown folded is fetched whole first, so that nothing of it is lost.
 * @param {{post: import("../state/types.js").Post, onDone: () => void}} props
 */
export function Revision({ post, onDone }) {
  const [text, setText] = useState(/** @type {string | null} */ (post.folded ? null : post.text));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (text === null) unfold(post.id).then((whole) => setText(whole.text), (error) => setProblem(inWords(error)));
  }, []);

  const save = async () => {
    if (text === null || !text.trim() || busy) return;
    setBusy(true);
    try {
      if (text !== post.text) await revise(post.id, text);
      onDone();
    } catch (error) {
      setProblem(inWords(error));
      setBusy(false);
    }
  };
  return html`
    <div class="revision">
      <${TextField} value=${text ?? ""} onInput=${setText} onSend=${save} onEscape=${onDone} label=${t("post.revise")} focus />
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <div class="revision__foot">
        <span class="hint">${t("revision.visible")}</span>
        <${Button} look="quiet" onClick=${onDone}>${t("cancel")}<//>
        <${Button} look="primary" onClick=${save} disabled=${busy || !text?.trim()}>${t("save")}<//>
      </div>
    </div>
  `;
}
