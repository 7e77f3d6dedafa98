import { html } from "../core/html.js";
import { roomy, wide } from "../core/media.js";
import { place, route } from "../core/router.js";
import { read } from "../core/routes.js";
import { t } from "../core/translate.js";
import { BottomBar } from "../elements/bottom_bar.js";
import { Nav } from "../elements/nav.js";
import { Aside } from "./aside.js";
import { Dialogs } from "./dialogs.js";
import { GroupsView } from "./groups.js";
import { NowhereView } from "./nowhere.js";
import { PeopleView } from "./people.js";
import { SettingsView } from "./settings.js";
import { StreamView } from "./stream.js";
import { ThreadView } from "./thread.js";

/** The page of whoever is in: navigation, what one reads, and what stands beside it. */
export function Frame() {
  const { post } = route.value;
  const beside = post !== undefined && place.value.beside !== null && wide.value;
  const main = beside ? read(place.value.beside ?? "") : route.value;
  return html`
    <a class="skip" href="#main">${t("skip")}</a>
    <div class="frame">
      ${roomy.value && html`<${Nav} />`}
      <main class="frame__main" id="main" tabindex="-1"><${View} route=${main} /></main>
      ${wide.value && html`
        <aside class="frame__aside" aria-label=${t(beside ? "thread" : "aside")}>
          ${beside ? html`<${ThreadView} key=${post} post=${post} beside />` : html`<${Aside} />`}
        </aside>
      `}
    </div>
    ${!roomy.value && html`<${BottomBar} />`}
    <${Dialogs} />
  `;
}

/** @param {{route: import("../core/routes.js").Route}} props */
function View({ route: { view, stream, post } }) {
  if (view === "stream" && stream) return html`<${StreamView} stream=${stream} />`;
  if (view === "thread" && post) return html`<${ThreadView} key=${post} post=${post} />`;
  if (view === "settings") return html`<${SettingsView} />`;
  if (view === "groups") return html`<${GroupsView} />`;
  if (view === "people") return html`<${PeopleView} />`;
  return html`<${NowhereView} />`;
}
