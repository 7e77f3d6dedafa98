/**
 * What was said and has not arrived yet. Each entry has a key that the server knows it by: sent twice is said once,
 * whatever became of the first answer. Entries outlive a reload; they leave in the order in which they were written.
 */

import { signal } from "@preact/signals";
import { post, Refused } from "./api.js";
import { newKey } from "./key.js";
import { forget, keep, kept, onChange, recall } from "./storage.js";
import { waiting } from "./stream/backoff.js";

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} text
 * @property {import("../state/types.js").GroupCard | null} group null for a reply: it goes where its parent is
 * @property {number | null} reply_to
 * @property {number | null} thread the first post of the thread that is replied in
 * @property {number} at milliseconds
 * @property {string} [refused] the server's words, where it said no
 */

/** @type {import("@preact/signals").Signal<Entry[]>} */
export const outbox = signal([]);

/** The key of the entry that is on its way just now. */
export const sending = signal("");

let owner = 0;
let failures = 0;
let timer = 0;
/** @type {(post: import("../state/types.js").Post) => void} */
let arrived = () => {};

/** @param {string} key */
const nameOf = (key) => `outbox:${owner}:${key}`;

/**
 * Take up what this person left behind.
 * @param {number} person
 * @param {typeof arrived} onArrived is handed each post as the server answered it
 */
export function openOutbox(person, onArrived) {
  owner = person;
  arrived = onArrived;
  read();
  send();
}

export function closeOutbox() {
  owner = 0;
  clearTimeout(timer);
  outbox.value = [];
}

/** @param {Omit<Entry, "key" | "at">} draft */
export function put(draft) {
  const entry = { ...draft, key: newKey(), at: Date.now() };
  keep(nameOf(entry.key), JSON.stringify(entry));
  outbox.value = [...outbox.value, entry];
  send();
}

/** @param {string} key */
export function drop(key) {
  forget(nameOf(key));
  outbox.value = outbox.value.filter((entry) => entry.key !== key);
}

/** Send what waits, now rather than later: the network is back. */
export async function send() {
  clearTimeout(timer);
  if (sending.value || !owner) return;
  const entry = outbox.value.find(({ refused }) => !refused);
  if (!entry) return;
  const person = owner;
  sending.value = entry.key;
  const next = await attempt(entry, person);
  sending.value = "";
  if (person !== owner) return;
  if (next === "again later") timer = setTimeout(send, waiting({ failures, restart: false, retryAfter: null }, Math.random()));
  else send();
}

/**
 * @param {Entry} entry
 * @param {number} person
 * @returns {Promise<"next" | "again later">}
 */
async function attempt(entry, person) {
  const { key, text, group, reply_to } = entry;
  const where = reply_to ? { reply_to } : { group: group?.handle };
  try {
    const answer = await post("/posts", { text, ...where }, { key });
    if (person !== owner) return "next";
    arrived(answer);
    drop(key);
    failures = 0;
    return "next";
  } catch (error) {
    if (error instanceof Refused && !error.passing && error.status !== 401) {
      refuse({ ...entry, refused: error.message });
      return "next";
    }
    failures += 1;
    return "again later";
  }
}

/** @param {Entry} entry */
function refuse(entry) {
  keep(nameOf(entry.key), JSON.stringify(entry));
  outbox.value = outbox.value.map((other) => (other.key === entry.key ? entry : other));
}

/** As the browser keeps it, plus what it would not keep. */
function read() {
  const found = kept(`outbox:${owner}:`).flatMap((name) => parsed(recall(name)));
  outbox.value = found.sort((one, other) => one.at - other.at);
}

/**
 * @param {string | null} text
 * @returns {Entry[]}
 */
function parsed(text) {
  try {
    return text ? [JSON.parse(text)] : [];
  } catch {
    return [];
  }
}

onChange("outbox:", () => {
  if (!owner) return;
  read();
  send();
});
