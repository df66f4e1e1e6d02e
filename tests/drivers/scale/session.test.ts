/** The session of a scale by itself: what it sends and says, and that nothing brings it out of step. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ScaleReading } from "../../../drivers/scale/reading.ts";
import { orderText, readingOf } from "../../../drivers/scale/reading.ts";
import {
  beginScale,
  ORDERS_COUNT_MAX,
  POLL_MS_MIN,
  stepScale,
  takesOrders,
} from "../../../drivers/scale/session.ts";
import type { ScaleEffect, ScaleEvent, ScaleState } from "../../../drivers/scale/session.ts";

const text = (letters: string): ScaleEvent => ({
  kind: "received",
  bytes: Uint8Array.from(letters, (letter) => letter.charCodeAt(0)),
});
const OPENED: ScaleEvent = { kind: "opened" };
const LATE: ScaleEvent = { kind: "timed_out" };
const ECHO = text("\u0002E\rtill");
const UP = [OPENED, ECHO, LATE];
const WEIGHT = text("\u000200.755\r");

function run(events: readonly ScaleEvent[]): { readonly state: ScaleState; readonly effects: ScaleEffect[] } {
  const first = beginScale();
  let { state } = first;
  let effects: readonly ScaleEffect[] = first.effects;
  for (const event of events) ({ state, effects } = stepScale(state, event));
  return { state, effects: [...effects] };
}

test("it is probed by an echo, told to stop, and asked after a pause", () => {
  expect(run([OPENED]).effects).toEqual([
    { kind: "send", text: "Etill" },
    { kind: "arm", delayMs: 500 },
  ]);
  expect(run([OPENED, ECHO]).effects).toEqual([
    { kind: "send", text: "F" },
    { kind: "arm", delayMs: 100 },
  ]);
  expect(run(UP).effects).toEqual([{ kind: "up" }, { kind: "ask" }, { kind: "arm", delayMs: 500 }]);
});

test("an answer is a reading, and the next question comes after 200 ms at the earliest", () => {
  const reading = { kind: "stable", weightGrams: 755, isNet: false };
  expect(run([...UP, WEIGHT]).effects).toEqual([
    { kind: "reading", reading },
    { kind: "arm", delayMs: POLL_MS_MIN },
  ]);
  expect(POLL_MS_MIN).toBeGreaterThanOrEqual(200);
});

test("an answer that nobody asked for is dropped", () => {
  expect(run([...UP, WEIGHT, WEIGHT]).effects).toEqual([{ kind: "dropped" }]);
  expect(run([OPENED, WEIGHT]).effects).toEqual([{ kind: "dropped" }]);
});

test("after a missed answer it is probed anew: a late weight is never the next one", () => {
  const missed = [...UP, LATE];
  expect(run(missed).effects[0]).toEqual({ kind: "send", text: "Etill" });
  expect(run([...missed, WEIGHT]).effects).toEqual([{ kind: "dropped" }]);
  expect(run([...missed, WEIGHT, ECHO, LATE]).effects.map(({ kind }) => kind)).toEqual(["up", "ask", "arm"]);
});

test("what does not echo is no scale: scale/silent, and it is tried again, at most every 4 s", () => {
  const silent = [OPENED, LATE];
  expect(run(silent).effects).toEqual([
    { kind: "close" },
    { kind: "down", code: "scale/silent" },
    { kind: "arm", delayMs: 500 },
  ]);
  const again = (times: number): readonly ScaleEvent[] =>
    Array.from({ length: times }, () => [...silent, LATE]).flat();
  const delays = [1, 2, 3, 4, 9].map((times) => run([...again(times), ...silent]).effects.at(-1));
  expect(delays).toEqual([1000, 2000, 4000, 4000, 4000].map((delayMs) => ({ kind: "arm", delayMs })));
});

test("a wrong echo is dropped and does not pass for a scale", () => {
  expect(run([OPENED, text("\u0002E\rtilt")]).state.kind).toBe("probing");
  expect(run([OPENED, text("till")]).state.kind).toBe("probing");
});

test("an order is sent between two questions, and silence to it is no failure", () => {
  const ordered = [...UP, { kind: "order", order: { kind: "zero" } } as const, WEIGHT];
  expect(run([...ordered, LATE]).effects[0]).toEqual({ kind: "send", text: "Z" });
  expect(run([...ordered, LATE, text("\u0002?\u0010\r")]).effects).toEqual([{ kind: "arm", delayMs: 200 }]);
  expect(run([...ordered, LATE, LATE, LATE]).effects[0]).toEqual({ kind: "ask" });
});

test("at most four orders wait, and none while it is not connected", () => {
  const zero: ScaleEvent = { kind: "order", order: { kind: "zero" } };
  expect(takesOrders(beginScale().state)).toBe(false);
  expect(run([OPENED, zero]).state).toMatchObject({ kind: "probing", orders: [] });
  const many = run([...UP, ...Array.from({ length: 9 }, () => zero)]).state;
  expect(many).toMatchObject({ kind: "asking" });
  expect(many.kind === "asking" && many.orders.length).toBe(ORDERS_COUNT_MAX);
  expect(takesOrders(many)).toBe(false);
});

test.each([
  [0x01, "motion"],
  [0x03, "motion"],
  [0x02, "over"],
  [0x04, "under_zero"],
  [0x0c, "under_zero"],
  [0x08, "outside_zero"],
  [0x10, "empty"],
  [0x30, "empty"],
])("status %i is %s", (bits, kind) => {
  expect(readingOf({ kind: "status", bits })).toEqual({ kind });
});

test("a command that it does not know is no reading", () => {
  expect(readingOf({ kind: "status", bits: 0x40 })).toBeNull();
});

test.each([
  [{ kind: "tare" }, "T"],
  [{ kind: "clear_tare" }, "C"],
  [{ kind: "tare_of", tareGrams: 35 }, "T00035"],
  [{ kind: "tare_of", tareGrams: 99_999 }, "T99999"],
  [{ kind: "tare_of", tareGrams: 100_000 }, undefined],
  [{ kind: "tare_of", tareGrams: 0 }, undefined],
  [{ kind: "tare_of", tareGrams: 1.5 }, undefined],
] as const)("the order %j is %j", (order, sent) => {
  expect(orderText(order)).toBe(sent);
});

test("whatever happens in whatever order, it says a reading only to a question, and closed is the end", () => {
  const events: fc.Arbitrary<ScaleEvent> = fc.oneof(
    fc.constantFrom<ScaleEvent>(OPENED, LATE, LATE, ECHO, WEIGHT, text("\u0002?\u0001\r"), text("\u0002")),
    fc.constantFrom<ScaleEvent>(
      { kind: "order", order: { kind: "tare" } },
      { kind: "link_down", code: "port/lost" },
    ),
    fc.uint8Array({ maxLength: 20 }).map((bytes): ScaleEvent => ({ kind: "received", bytes })),
  );
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (happened) => {
      let { state } = beginScale();
      let openQuestions = 0;
      const readings: ScaleReading[] = [];
      for (const event of happened) {
        const step = stepScale(state, event);
        state = step.state;
        for (const effect of step.effects) {
          if (effect.kind === "ask") openQuestions = 1;
          if (effect.kind !== "reading") continue;
          openQuestions -= 1;
          readings.push(effect.reading);
          expect(openQuestions).toBe(0);
        }
      }
      const closed = stepScale(state, { kind: "close" });
      expect(stepScale(closed.state, WEIGHT)).toEqual({ state: { kind: "closed" }, effects: [] });
    }),
    { numRuns: 2000 },
  );
});
