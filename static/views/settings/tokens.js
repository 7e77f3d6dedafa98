import { useState } from "preact/hooks";
import { attempt } from "../../actions/attempt.js";
import { post, remove } from "../../core/api.js";
import { html } from "../../core/html.js";
import { newKey } from "../../core/key.js";
import { day } from "../../core/time.js";
import { t } from "../../core/translate.js";
import { Button } from "../../elements/button.js";
import { Field } from "../../elements/field.js";
import { RelativeTime } from "../../elements/relative_time.js";
import { Secret } from "../../elements/secret.js";
import { useForm } from "../../elements/use_form.js";
import { useList } from "../../elements/use_list.js";
import { Section } from "./section.js";

/** @typedef {{id: number, name: string, scopes: string[], created_at: string, used_at: string | null}} Token */

/** How one's programs say who they are. */
export function Tokens() {
  const [tokens, reload] = /** @type {ReturnType<typeof useList<Token>>} */ (useList("/tokens"));
  const [secret, setSecret] = useState("");
  const form = useForm({ name: "" }, async ({ name }) => {
    const made = await post("/tokens", { name: name.trim(), scopes: ["read", "write"] }, { key: newKey() });
    setSecret(made.secret);
    form.setValues({ name: "" });
    await reload();
  });
  const end = (/** @type {number} */ id) => attempt(async () => {
    await remove(`/tokens/${id}`);
    await reload();
  });
  return html`
    <${Section} name="tokens" title=${t("tokens")} about=${t("tokens.about")}>
      <form class="form form--line" onSubmit=${form.submit}>
        <${Field} ...${form.bind("name")} label=${t("tokens.name")} longest=${200} />
        <${Button} type="submit" icon="key" disabled=${form.busy}>${t("tokens.make")}<//>
      </form>
      ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
      ${secret && html`<${Secret} text=${secret} about=${t("tokens.once")} />`}
      <ul class="rows">
        ${tokens?.map(({ id, name, created_at, used_at }) => html`
          <li class="row" key=${id}>
            <span class="row__words">
              <span class="row__title">${name}</span>
              <span class="row__about">
                ${t("tokens.made", { day: day(Date.parse(created_at)) })} · ${used_at ? html`${t("tokens.used")} <${RelativeTime} at=${used_at} />` : t("tokens.unused")}
              </span>
            </span>
            <${Button} look="quiet" onClick=${() => end(id)}>${t("tokens.end")}<//>
          </li>
        `)}
      </ul>
    <//>
  `;
}
