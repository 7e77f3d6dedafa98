import { join } from "../actions/session.js";
import { html } from "../core/html.js";
import { language } from "../core/language.js";
import { place } from "../core/router.js";
import { t } from "../core/translate.js";
import { Button } from "../elements/button.js";
import { Field } from "../elements/field.js";
import { useForm } from "../elements/use_form.js";
import { Door } from "./door.js";
import { Welcome } from "./welcome.js";

/** Coming in by an invitation. */
export function JoinView() {
  return html`<${Joining} title=${t("join.title")} lead=${t("join.lead")} go=${t("join.go")} />`;
}

/** Coming in first, by the link that the server printed. */
export function SetupView() {
  return html`<${Joining} title=${t("setup.title")} lead=${t("setup.lead")} go=${t("setup.go")} />`;
}

/** @param {{title: string, lead: string, go: string}} props */
function Joining({ title, lead, go }) {
  const code = place.value.fragment;
  const form = useForm({ name: "", handle: "", email: "", password: "" }, ({ email, ...draft }) => {
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return join({ ...draft, code, language: language.value, time_zone, ...(email.trim() && { email: email.trim() }) });
  });
  return html`
    <${Door} title=${title} beside=${html`<${Welcome} />`}>
      <p class="door__lead">${lead}</p>
      ${code ? html`<${Form} form=${form} go=${go} />` : html`<p class="problem" role="alert">${t("join.noCode")}</p>`}
    <//>
  `;
}

/** @param {{form: ReturnType<typeof useForm<{name: string, handle: string, email: string, password: string}>>, go: string}} props */
function Form({ form, go }) {
  return html`
    <form class="form" onSubmit=${form.submit}>
      <${Field} ...${form.bind("name")} label=${t("join.name")} autocomplete="name" longest=${200} focus />
      <${Field} ...${form.bind("handle")} label=${t("join.handle")} hint=${t("join.handleHint")} before="@" autocomplete="username" longest=${64} />
      <${Field} ...${form.bind("email")} label=${t("join.email")} type="email" autocomplete="email" required=${false} />
      <${Field} ...${form.bind("password")} label=${t("password")} hint=${t("join.passwordHint")} type="password" autocomplete="new-password" longest=${1000} />
      ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
      <${Button} look="primary" type="submit" disabled=${form.busy}>${go}<//>
    </form>
  `;
}
