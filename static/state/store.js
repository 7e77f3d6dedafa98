import { computed, signal } from "@preact/signals";
import { empty } from "./empty.js";

/**
 * @typedef {import("./types.js").State} State
 */

/** All that we know of the server. The one place that changes. */
export const state = signal(empty());

/**
 * Replace the state by what a pure function makes of it.
 * @template {unknown[]} Rest
 * @param {(state: State, ...rest: Rest) => State} change
 * @param {Rest} rest
 */
export function apply(change, ...rest) {
  state.value = change(state.value, ...rest);
}

export const me = computed(() => state.value.me);

export const groups = computed(() => state.value.groups);

export const places = computed(() => state.value.places);

/**
 * Whether this is the viewer's own.
 * @param {{author: {id: number}}} post
 */
export const isMine = (post) => post.author.id === me.value?.person.id;
