import { useEffect, useState } from "preact/hooks";
import { loadGroups } from "../actions/account.js";
import { createGroup } from "../actions/group.js";
import { html } from "../core/html.js";
import { go } from "../core/router.js";
import { groupPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { Button } from "../elements/button.js";
import { Dialog } from "../elements/dialog.js";
import { Field } from "../elements/field.js";
import { iconOf } from "../elements/group_choice.js";
import { Icon } from "../elements/icon.js";
import { useForm } from "../elements/use_form.js";
import { groups, me } from "../state/store.js";
import { PageHead } from "./page_head.js";

/** The groups that one may see. */
export function GroupsView() {
  const [making, setMaking] = useState(false);
  useEffect(() => {
    loadGroups().catch(() => {});
  }, []);
  const shown = groups.value.filter(({ kind }) => kind !== "direct");
  return html`
    <${PageHead} title=${t("groups")}>
      ${me.value?.kind === "person" && html`<${Button} icon="plus" onClick=${() => setMaking(true)}>${t("group.new")}<//>`}
    <//>
    <ul class="list">
      ${shown.map((group) => html`
        <li key=${group.id}>
          <a class="list__line" href=${groupPath(group.handle)}>
            <span class="list__icon"><${Icon} name=${iconOf(group)} /></span>
            <span class="list__words">
              <span class="list__title">${group.kind === "all" ? t("everyone") : group.name}</span>
              <span class="list__about">${group.description || t(group.kind === "private" ? "group.private" : "group.public")}</span>
            </span>
            ${group.role && html`<span class="tag">${t("group.member")}</span>`}
          </a>
        </li>
      `)}
    </ul>
    ${making && html`<${NewGroup} onClose=${() => setMaking(false)} />`}
  `;
}

/** @param {{onClose: () => void}} props */
function NewGroup({ onClose }) {
  const [kind, setKind] = useState("public");
  const form = useForm({ name: "", handle: "" }, async ({ name, handle }) => {
    await createGroup({ name, handle, kind });
    onClose();
    go(groupPath(handle));
  });

  /** The short name goes along for as long as nobody has chosen another. @param {string} name */
  const rename = (name) =>
    form.setValues((before) => ({ name, handle: before.handle === shortened(before.name) ? shortened(name) : before.handle }));
  return html`
    <${Dialog} title=${t("group.new")} onClose=${onClose}>
      <form class="form" onSubmit=${form.submit}>
        <${Field} ...${form.bind("name")} label=${t("group.name")} longest=${200} focus onInput=${rename} />
        <${Field} ...${form.bind("handle")} label=${t("group.handle")} hint=${t("group.handleHint")} longest=${64} />
        <fieldset class="choice">
          <legend class="field__label">${t("group.kind")}</legend>
          ${/** @type {const} */ (["public", "private"]).map((name) => html`
            <label class="choice__one">
              <input type="radio" name="kind" checked=${kind === name} onChange=${() => setKind(name)} />
              <span>${t(`group.${name}`)}</span>
            </label>
          `)}
        </fieldset>
        ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
        <div class="dialog__foot"><${Button} look="primary" type="submit" disabled=${form.busy}>${t("group.make")}<//></div>
      </form>
    <//>
  `;
}

/** @param {string} name */
const shortened = (name) =>
  name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim().replaceAll(" ", "-").slice(0, 64);
