import { signal } from "@preact/signals";

/**
 * A media query as a signal.
 * @param {string} query
 */
function matching(query) {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", () => {
    matches.value = list.matches;
  });
  return matches;
}

/** Whether a thread fits beside the stream. The same width stands in `styles/frame.css`. */
export const wide = matching("(min-width: 1180px)");

/** Whether there is room for a side of navigation; below it, a bar at the bottom. */
export const roomy = matching("(min-width: 720px)");

/** Whether what one types on hides half the screen. */
export const touch = matching("(pointer: coarse)");
