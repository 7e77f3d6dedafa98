/**
 * The live stream of events: opens, resumes where it stood, falls back where a network is locked down.
 *
 * Position is the seq of the last event or heartbeat that was *processed*; whatever came after it is replayed by the
 * server, so nothing is missed, and what comes twice changes nothing (`state/fold.js`).
 */

import { keep, recall } from "./storage.js";
import { waiting } from "./stream/backoff.js";
import * as eventStream from "./stream/event_stream.js";
import * as longPoll from "./stream/long_poll.js";
import * as websocket from "./stream/websocket.js";

/** From the best to the one that comes through everything. */
const LADDER = [websocket.connect, eventStream.connect, longPoll.connect];

/** The name under which the browser keeps which of them came through. */
const RUNG = "transport";

const HELLO_WITHIN = 10_000;
const STALLED_AFTER = 2;

/** Failures in a row, while the server answers otherwise, after which the next transport is tried. */
const TRIES = 2;

/** Milliseconds on a lower rung after which a reconnection tries the best one again. */
const CONTENT = 600_000;

/** Milliseconds within which events that follow another are gathered, so that a flood is drawn once, not a thousand times. */
const GATHER = 40;

/**
 * @typedef {import("./stream/transport.js").Message} Message
 * @typedef {"connecting" | "live" | "reconnecting" | "signed out"} Health
 *
 * @typedef {object} Listener
 * @property {(events: Message[]) => void} happened events, in order
 * @property {(seq: number, epoch: string, fresh: boolean) => void} greeted `fresh` where we had no position
 * @property {(channel: string | null, seq: number) => void} lost what was missed can not be replayed: load as at first
 * @property {(health: Health) => void} felt
 * @property {() => Promise<"signed out" | "reachable" | "unreachable">} probe how the server is otherwise
 */

export class Stream {
  /** @type {Listener} */
  #listener;
  /** @type {import("./stream/address.js").Position | null} */
  #position = null;
  /** @type {Map<string, number>} */
  #watched = new Map();
  /** @type {import("./stream/transport.js").Link | null} */
  #link = null;
  /** @type {Message[]} */
  #inbox = [];
  #drawn = 0;
  #gathering = 0;
  #rung = 0;
  #steppedDown = 0;
  #failures = 0;
  #blocked = 0;
  #timer = 0;
  #greeted = false;
  #heartbeat = 25_000;
  #heardAt = 0;
  #closed = false;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** The seq up to which everything was processed; null before the first greeting. */
  get seq() {
    return this.#position?.seq ?? null;
  }

  open() {
    this.#closed = false;
    this.#recall();
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#look);
    this.#listener.felt("connecting");
    this.#connect();
  }

  close() {
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#look);
    clearTimeout(this.#timer);
    clearTimeout(this.#gathering);
    this.#link?.close();
    this.#link = null;
  }

  /**
   * Hear this channel too, from `after` on.
   * @param {string} channel
   * @param {number} after the head that what is shown was read at
   */
  watch(channel, after) {
    if (this.#watched.has(channel)) return;
    this.#watched.set(channel, after);
    if (!this.#greeted || this.#link?.say({ watch: channel, after })) return;
    // This transport takes no questions: come again, from where this channel must begin. Repeats change nothing.
    if (this.#position) this.#position = { ...this.#position, seq: Math.min(this.#position.seq, after) };
    this.#connect();
  }

  /** @param {string} channel */
  unwatch(channel) {
    if (this.#watched.delete(channel) && this.#greeted) this.#link?.say({ unwatch: channel });
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#flush();
    this.#link?.close();
    this.#greeted = false;
    this.#expect(HELLO_WITHIN);
    const transport = /** @type {import("./stream/transport.js").Connect} */ (LADDER[this.#rung]);
    this.#link = transport(this.#position, [...this.#watched.keys()], {
      heard: (message) => this.#hear(message),
      ended: (ending) => this.#ended(ending),
    });
  }

  /** @param {Message} message */
  #hear(message) {
    this.#heardAt = Date.now();
    this.#expect(STALLED_AFTER * this.#heartbeat);
    if (message.type === "hello") this.#greet(message);
    else if (message.type === "error") this.#watched.delete(message.channel ?? "");
    else if (message.type !== "watching") this.#gather(message);
  }

  /** @param {Message} hello */
  #greet({ seq = 0, epoch = "", heartbeat = 25 }) {
    const fresh = this.#position === null;
    if (fresh) this.#position = { epoch, seq };
    this.#heartbeat = heartbeat * 1_000;
    this.#greeted = true;
    this.#failures = 0;
    this.#blocked = 0;
    this.#listener.greeted(seq, epoch, fresh);
    this.#position = { epoch, seq: this.#position?.seq ?? seq };
    this.#listener.felt("live");
  }

  /** @param {Message} message */
  #gather(message) {
    this.#inbox.push(message);
    if (this.#gathering) return;
    const since = Date.now() - this.#drawn;
    if (since > GATHER) this.#flush();
    else this.#gathering = setTimeout(() => this.#flush(), GATHER - since);
  }

  /** Process what was gathered, and only then move. */
  #flush() {
    clearTimeout(this.#gathering);
    this.#gathering = 0;
    const inbox = this.#inbox;
    if (!inbox.length) return;
    this.#inbox = [];
    this.#drawn = Date.now();
    const events = inbox.filter(({ type }) => type !== "heartbeat" && type !== "reset");
    if (events.length) this.#listener.happened(events);
    for (const { type, channel, seq } of inbox) if (type === "reset") this.#listener.lost(channel ?? null, seq ?? 0);
    const moving = inbox.filter(({ seq, channel }) => seq !== undefined && channel === undefined);
    const last = moving.at(-1)?.seq;
    if (last !== undefined && this.#position) this.#position = { ...this.#position, seq: last };
  }

  /** @param {import("./stream/transport.js").Ending} ending */
  async #ended(ending) {
    this.#flush();
    clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = null;
    this.#listener.felt("reconnecting");
    const inVain = !this.#greeted;
    if (inVain) this.#failures += 1;
    const found = inVain || ending.advice === "sign in" ? await this.#listener.probe() : "reachable";
    if (this.#closed || this.#link) return;
    if (found === "signed out") return this.#listener.felt("signed out");
    this.#choose(inVain && found === "reachable" && ending.retryAfter === null);
    const wait = waiting({ ...ending, failures: this.#failures }, Math.random());
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /**
   * The next rung down where this one leads nowhere though the server answers, and up again after a while.
   * @param {boolean} blocked
   */
  #choose(blocked) {
    this.#blocked = blocked ? this.#blocked + 1 : 0;
    if (this.#blocked >= TRIES) {
      this.#rung = (this.#rung + 1) % LADDER.length;
      this.#steppedDown = Date.now();
      this.#blocked = 0;
      this.#failures = 0;
      keep(RUNG, `${this.#rung} ${this.#steppedDown}`);
    } else if (this.#rung && Date.now() - this.#steppedDown > CONTENT) {
      this.#rung = 0;
    }
  }

  /** Where a network lets little through, the next page need not find that out again. */
  #recall() {
    const [rung = 0, at = 0] = (recall(RUNG) ?? "").split(" ").map(Number);
    if (rung in LADDER && Date.now() - at < CONTENT) [this.#rung, this.#steppedDown] = [rung, at];
  }

  /**
   * Something must be heard within this time, or the line is dead though nobody said so.
   * @param {number} within milliseconds
   */
  #expect(within) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ended({ advice: "resume", restart: false, retryAfter: null }), within);
  }

  /** The network is back, or somebody looks: no reason to wait any longer. */
  #hurry = () => {
    if (!this.#link) this.#connect();
  };

  /** A machine that slept has stood still timers and, as like as not, a dead line. */
  #look = () => {
    if (document.hidden) return;
    const silent = Date.now() - this.#heardAt;
    if (!this.#link || (this.#greeted && silent > 1.5 * this.#heartbeat)) this.#connect();
  };
}
