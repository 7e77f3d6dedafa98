import { enter, standing } from "../actions/session.js";
import { html } from "../core/html.js";
import { route } from "../core/router.js";
import { t } from "../core/translate.js";
import { Announcer } from "../elements/announcer.js";
import { Button } from "../elements/button.js";
import { Mark } from "../elements/mark.js";
import { Notices } from "../elements/notices.js";
import { Frame } from "./frame.js";
import { JoinView, SetupView } from "./join.js";
import { LoginView } from "./login.js";

/** Everything on screen. */
export function App() {
  return html`<${Screen} /><${Notices} /><${Announcer} />`;
}

function Screen() {
  const { view } = route.value;
  if (view === "join") return html`<${JoinView} />`;
  if (view === "setup") return html`<${SetupView} />`;
  if (standing.value === "asking") return html`<div class="splash"><${Mark} /><span class="sr-only">${t("loading")}</span></div>`;
  if (standing.value === "unreachable") return html`<${OutOfReach} />`;
  if (standing.value === "out" || view === "login") return html`<${LoginView} />`;
  return html`<${Frame} />`;
}

function OutOfReach() {
  return html`
    <div class="splash" role="alert">
      <${Mark} />
      <p>${t("problem.unreachable")}</p>
      <${Button} onClick=${enter}>${t("again")}<//>
    </div>
  `;
}
