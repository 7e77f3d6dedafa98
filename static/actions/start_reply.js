import { signal } from "@preact/signals";

/**
 * What the composer of a thread answers, and how often it was asked to: asked again for the same post it takes the focus
 * again.
 * @type {import("@preact/signals").Signal<{post: import("../state/types.js").Post | null, asked: number}>}
 */
export const replying = signal({ post: null, asked: 0 });

/** @param {import("../state/types.js").Post} post */
export function startReply(post) {
  replying.value = { post, asked: replying.value.asked + 1 };
}

export function stopReply() {
  replying.value = { post: null, asked: 0 };
}
