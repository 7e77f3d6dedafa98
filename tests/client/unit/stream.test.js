/** The parts of the stream that touch no network. */

import assert from "node:assert/strict";
import test from "node:test";
import { query } from "../../../static/core/stream/address.js";
import { waiting } from "../../../static/core/stream/backoff.js";
import { EventLines } from "../../../static/core/stream/event_lines.js";

test("server-sent events are read however they are cut", () => {
  const text = 'id: e:1\ndata: {"seq":1}\n\n: heartbeat\r\nid: e:2\r\ndata: a\r\ndata: b\r\n\r\ndata:c\n\n';
  for (let size = 1; size <= text.length; size += 1) {
    const lines = new EventLines();
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    assert.deepEqual(pieces.flatMap((piece) => lines.take(piece)), ['{"seq":1}', "a\nb", "c"], `pieces of ${size}`);
  }
});

test("each failure makes the next attempt wait longer, up to half a minute", () => {
  const waits = [0, 1, 2, 5, 50].map((failures) => waiting({ failures, restart: false, retryAfter: null }, 1));
  assert.deepEqual(waits, [500, 1_000, 2_000, 16_000, 30_000]);
});

test("everybody whom a restart has closed comes back spread out", () => {
  const restarted = { failures: 0, restart: true, retryAfter: null };
  assert.deepEqual([waiting(restarted, 0), waiting(restarted, 1)], [500, 4_500]);
});

test("a server that says when to come again is not asked earlier", () => {
  assert.ok(waiting({ failures: 0, restart: false, retryAfter: 7 }, 0) >= 7_000);
});

test("the address says where one stands and what one watches", () => {
  assert.equal(query(null, []), "");
  assert.equal(query({ epoch: "e", seq: 7 }, ["group:2", "thread:9"]), "?after=7&epoch=e&watch=group%3A2%2Cthread%3A9");
});
