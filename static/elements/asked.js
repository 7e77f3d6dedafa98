import { signal } from "@preact/signals";

/** Dialogs that are opened from more than one place. */

export const helping = signal(false);

/** Saying where one is. */
export const saying = signal(false);

/** Writing a new post, where no composer is in sight. */
export const composing = signal(false);

/** All that does not fit in the bar at the bottom of a phone. */
export const browsing = signal(false);
