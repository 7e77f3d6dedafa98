import { route } from "../core/router.js";
import { same } from "../state/belongs.js";
import { groups } from "../state/store.js";

/**
 * The group whose stream one looks at: what one says there is meant for it.
 * @returns {import("../state/types.js").GroupCard | undefined}
 */
export function groupOnScreen() {
  const [kind, ...rest] = (route.value.stream ?? "").split("/");
  if (kind !== "group") return undefined;
  return groups.value.find(({ handle }) => same(handle, rest.join("/")));
}
