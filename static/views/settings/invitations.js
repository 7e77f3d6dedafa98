import { useState } from "preact/hooks";
import { attempt } from "../../actions/attempt.js";
import { post, remove } from "../../core/api.js";
import { html } from "../../core/html.js";
import { newKey } from "../../core/key.js";
import { day } from "../../core/time.js";
import { t } from "../../core/translate.js";
import { Button } from "../../elements/button.js";
import { Field } from "../../elements/field.js";
import { Secret } from "../../elements/secret.js";
import { useForm } from "../../elements/use_form.js";
import { useList } from "../../elements/use_list.js";
import { Section } from "./section.js";

/**
 * @typedef {{id: number, note: string | null, email: string | null, created_at: string, expires_at: string,
 *   withdrawn: boolean, joined: import("../../state/types.js").Card | null}} Invitation
 */

/** Anyone may ask anyone in. */
export function Invitations() {
  const [invitations, reload] = /** @type {ReturnType<typeof useList<Invitation>>} */ (useList("/invitations"));
  const [link, setLink] = useState("");
  const form = useForm({ note: "" }, async ({ note }) => {
    const made = await post("/invitations", note.trim() ? { note: note.trim() } : {}, { key: newKey() });
    setLink(new URL(made.link, location.origin).href);
    form.setValues({ note: "" });
    await reload();
  });
  const withdraw = (/** @type {number} */ id) => attempt(async () => {
    await remove(`/invitations/${id}`);
    await reload();
  });
  return html`
    <${Section} name="invitations" title=${t("invitations")} about=${t("invitations.about")}>
      <form class="form form--line" onSubmit=${form.submit}>
        <${Field} ...${form.bind("note")} label=${t("invitations.note")} required=${false} longest=${500} />
        <${Button} type="submit" icon="invite" disabled=${form.busy}>${t("invitations.make")}<//>
      </form>
      ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
      ${link && html`<${Secret} text=${link} about=${t("invitations.once")} />`}
      <ul class="rows">
        ${invitations?.map((invitation) => html`
          <li class="row" key=${invitation.id}>
            <span class="row__words">
              <span class="row__title">${invitation.note || invitation.email || t("invitations.unnamed")}</span>
              <span class="row__about">${stateOf(invitation)}</span>
            </span>
            ${isOpen(invitation) && html`<${Button} look="quiet" onClick=${() => withdraw(invitation.id)}>${t("invitations.withdraw")}<//>`}
          </li>
        `)}
      </ul>
    <//>
  `;
}

/** @param {Invitation} invitation */
const isOpen = ({ joined, withdrawn, expires_at }) => !joined && !withdrawn && Date.parse(expires_at) > Date.now();

/** @param {Invitation} invitation */
function stateOf({ joined, withdrawn, expires_at }) {
  if (joined) return t("invitations.joined", { name: joined.name });
  if (withdrawn) return t("invitations.withdrawn");
  const until = Date.parse(expires_at);
  return t(until > Date.now() ? "invitations.until" : "invitations.expired", { day: day(until) });
}
