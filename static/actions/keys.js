import { bind } from "../core/keys.js";
import { closeThread, go, route } from "../core/router.js";
import { postPath } from "../core/routes.js";
import { composing, helping } from "../elements/asked.js";
import { state } from "../state/store.js";
import { bookmark } from "./bookmark.js";
import { react } from "./react.js";
import { standing } from "./session.js";
import { startReply } from "./start_reply.js";

/** What the single keys do. `elements/help_dialog.js` says so to people. */
export function bindKeys() {
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: compose,
    r: () => onPost(reply),
    l: () => onPost((id) => react(id, "like")),
    b: () => onPost(bookmark),
    Enter: () => onPost((id) => go(postPath(id))),
    ".": () => scrollTo({ top: 0 }),
    "?": () => {
      helping.value = true;
    },
    Escape: () => {
      if (route.value.view === "thread") closeThread();
    },
    "g h": () => go("/home"),
    "g e": () => go("/everyone"),
    "g m": () => go("/mentions"),
    "g b": () => go("/bookmarks"),
  };
  bind(Object.fromEntries(Object.entries(keys).map(([key, act]) => [key, () => standing.value === "in" && act()])));
}

const articles = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article[data-post]")]);

const focused = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest("article[data-post]") ?? null);

/** @param {1 | -1} by */
function step(by) {
  const here = focused();
  const scope = here?.closest(".thread") ?? document.querySelector(".feed") ?? document;
  const all = articles().filter((article) => scope.contains(article));
  const at = here ? all.indexOf(here) + by : all.findIndex((article) => article.getBoundingClientRect().bottom > 80);
  const next = all[Math.max(0, Math.min(all.length - 1, at))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** @param {(id: number) => void} act */
function onPost(act) {
  const id = Number(focused()?.dataset.post ?? route.value.post);
  if (id) act(id);
}

/** @param {number} id */
function reply(id) {
  const post = state.value.posts[id];
  if (!post) return;
  startReply(post);
  if (!focused()?.closest(".thread")) go(postPath(id));
}

/** The composer on the page where it is in sight, a dialog otherwise. */
function compose() {
  const field = /** @type {HTMLElement | null} */ (document.querySelector(".frame__main .composer textarea"));
  const inSight = field && !field.closest(".thread") && field.getBoundingClientRect().top >= 0;
  if (inSight) field.focus();
  else composing.value = true;
}
