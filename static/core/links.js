import { go, place } from "./router.js";
import { read } from "./routes.js";

/** Links to our own pages are followed without loading a document. Everything else is left to the browser. */
export function followLinks() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (read(link.pathname).view === "nowhere") return;
    event.preventDefault();
    if (link.pathname !== place.value.path || link.hash.slice(1) !== place.value.fragment) go(link.pathname + link.hash);
    else scrollTo({ top: 0 });
  });
}
