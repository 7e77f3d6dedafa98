import { render } from "preact";
import { bindKeys } from "./actions/keys.js";
import { enter, standing } from "./actions/session.js";
import { html } from "./core/html.js";
import { followLinks } from "./core/links.js";
import "./core/theme.js";
import { App } from "./views/app.js";

const RETRY = 4_000;

render(html`<${App} />`, document.body);
followLinks();
bindKeys();
await enter();

/** A server that is out of reach when the page opens is asked again until it answers. */
setInterval(() => {
  if (standing.value === "unreachable") enter();
}, RETRY);
