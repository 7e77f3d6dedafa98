import { language } from "./language.js";

const LOCALES = { en: "en-GB", nl: "nl-NL" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Formats are slow to make and are asked for by every post on every tick.
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(options) {
  const key = language.value + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language.value], options);
  formats.set(key, known);
  return known;
}

/**
 * How long ago, in as few letters as can be: `now`, `5 min`, `3 h`, then the day.
 * @param {number} at milliseconds
 * @param {number} now
 * @returns {string}
 */
export function ago(at, now) {
  const passed = Math.max(0, now - at);
  const dutch = language.value === "nl";
  if (passed < MINUTE) return dutch ? "nu" : "now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min`;
  if (passed < 12 * HOUR) return `${Math.floor(passed / HOUR)} ${dutch ? "u" : "h"}`;
  const time = format({ hour: "2-digit", minute: "2-digit" }).format(at);
  const days = daysBetween(at, now);
  if (days === 0) return time;
  if (days === 1) return `${dutch ? "gisteren" : "yesterday"} ${time}`;
  if (days < 7) return `${format({ weekday: "short" }).format(at)} ${time}`;
  return sameYear(at, now)
    ? format({ day: "numeric", month: "short" }).format(at)
    : format({ day: "numeric", month: "short", year: "numeric" }).format(at);
}

/**
 * @param {number} at
 * @returns {string} the whole of it, in the reader's own time zone
 */
export const inFull = (at) => format({ dateStyle: "full", timeStyle: "short" }).format(at);

/**
 * @param {number} at
 * @returns {string}
 */
export const day = (at) => format({ day: "numeric", month: "long", year: "numeric" }).format(at);

/**
 * @param {number} at
 * @param {number} now
 * @returns {string} until when: a time today, a day otherwise
 */
export const until = (at, now) =>
  daysBetween(now, at) === 0
    ? format({ hour: "2-digit", minute: "2-digit" }).format(at)
    : format({ weekday: "short", day: "numeric", month: "short" }).format(at);

/**
 * @param {number} from
 * @param {number} to
 */
function daysBetween(from, to) {
  return Math.round((new Date(to).setHours(0, 0, 0, 0) - new Date(from).setHours(0, 0, 0, 0)) / DAY);
}

/**
 * @param {number} one
 * @param {number} other
 */
const sameYear = (one, other) => new Date(one).getFullYear() === new Date(other).getFullYear();
