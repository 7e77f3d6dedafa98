import { logIn } from "../actions/session.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "../elements/button.js";
import { Field } from "../elements/field.js";
import { useForm } from "../elements/use_form.js";
import { Door } from "./door.js";

export function LoginView() {
  const form = useForm({ login: "", password: "" }, ({ login, password }) => logIn(login, password));
  return html`
    <${Door} title=${t("login.title")}>
      <form class="form" onSubmit=${form.submit}>
        <${Field} ...${form.bind("login")} label=${t("login.login")} autocomplete="username" focus />
        <${Field} ...${form.bind("password")} label=${t("password")} type="password" autocomplete="current-password" longest=${1000} />
        ${form.problem && html`<p class="problem" role="alert">${form.problem}</p>`}
        <${Button} look="primary" type="submit" disabled=${form.busy}>${t("login.go")}<//>
      </form>
      <p class="door__aside">${t("login.noAccount")}</p>
    <//>
  `;
}
