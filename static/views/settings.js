import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";
import { PageHead } from "./page_head.js";
import { Appearance } from "./settings/appearance.js";
import { Invitations } from "./settings/invitations.js";
import { Profile } from "./settings/profile.js";
import { Sessions } from "./settings/sessions.js";
import { Tokens } from "./settings/tokens.js";

export function SettingsView() {
  return html`
    <${PageHead} title=${t("settings")} />
    <div class="settings">
      <${Profile} />
      <${Appearance} />
      ${me.value?.kind === "person" && html`<${Invitations} />`}
      <${Sessions} />
      <${Tokens} />
    </div>
  `;
}
