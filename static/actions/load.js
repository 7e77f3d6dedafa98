/** Reading lists of posts. What is being loaded, and what failed, stands in `loads`. */

import { signal } from "@preact/signals";
import { get, path, Refused } from "../core/api.js";
import { hasGap, mergeThread, mergeTimeline } from "../state/merge.js";
import { apply, state } from "../state/store.js";

/** @typedef {"loading" | "failed" | "missing"} Load */

/** @type {import("@preact/signals").Signal<Record<string, Load | undefined>>} */
export const loads = signal({});

const LIMIT = 30;

/**
 * The first page of a timeline, or the page that follows.
 * @param {string} name
 * @param {"first" | "next"} [which]
 */
export function loadTimeline(name, which = "first") {
  const next = state.value.timelines[name]?.next;
  const before = which === "next" && next ? `&before=${next}` : "";
  const address = `/timelines${path(...name.split(/\/(.*)/s, 2))}?limit=${LIMIT}${before}`;
  return load(name, address, (page) => apply(mergeTimeline, name, page, which));
}

/**
 * A thread by any of its posts, or the replies before those that are loaded.
 * @param {number} post
 * @param {"first" | "next"} [which]
 */
export function loadThread(post, which = "first") {
  const root = state.value.posts[post]?.thread ?? post;
  const next = state.value.threads[root]?.next;
  const before = which === "next" && next ? `?before=${next}` : "";
  return load(`thread/${post}`, `/posts/${post}/thread${before}`, (page) => {
    apply(mergeThread, page.items[0]?.thread ?? post, page, which);
  });
}

/**
 * @param {string} name
 * @param {string} address
 * @param {(page: import("../state/types.js").Page) => void} merge
 */
async function load(name, address, merge) {
  if (loads.value[name] === "loading") return;
  mark(name, "loading");
  try {
    const page = await get(address);
    // Events may have been missed between this page and the first that we heard: read it once more.
    merge(hasGap(state.value, page.head) ? await get(address) : page);
    mark(name, undefined);
  } catch (error) {
    mark(name, error instanceof Refused && error.status === 404 ? "missing" : "failed");
  }
}

/**
 * @param {string} name
 * @param {Load | undefined} how
 */
function mark(name, how) {
  loads.value = { ...loads.value, [name]: how };
}
