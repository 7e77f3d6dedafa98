import { reviseMe } from "../../actions/account.js";
import { html } from "../../core/html.js";
import { notify } from "../../core/notice.js";
import { t } from "../../core/translate.js";
import { Button } from "../../elements/button.js";
import { Field } from "../../elements/field.js";
import { useForm } from "../../elements/use_form.js";
import { me } from "../../state/store.js";
import { Section } from "./section.js";

/** How others see one. */
export function Profile() {
  const own = me.value;
  const initial = { name: own?.person.name ?? "", email: own?.email ?? "", department: own?.department ?? "" };
  const form = useForm(initial, async (values) => {
    await reviseMe(values);
    notify(t("saved"));
  });
  return html`
    <${Section} name="profile" title=${t("profile")} about=${`@${own?.person.handle ?? ""}`}>
      <form class="form" onSubmit=${form.submit}>
        <${Field} ...${form.bind("name")} label=${t("join.name")} autocomplete="name" longest=${200} />
        <${Field} ...${form.bind("email")} label=${t("join.email")} type="email" autocomplete="email" required=${false} />
        <${Field} ...${form.bind("department")} label=${t("profile.department")} required=${false} longest=${200} />
        ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
        <div class="form__foot"><${Button} type="submit" disabled=${form.busy}>${t("save")}<//></div>
      </form>
    <//>
  `;
}
