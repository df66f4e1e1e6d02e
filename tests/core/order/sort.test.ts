/** The one order of events of several writers, and what a frontier holds. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareRecorded, frontierOf, insertionIndex, insideFrontier } from "../../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { placed } from "../../support/core-fixtures.ts";
import { frontier, line } from "../../support/order-events.ts";

function at(terminal: string, seq: number, lamport: number, epoch = 1): RecordedOrderEvent {
  return placed(terminal, seq, lamport, line(1), epoch);
}

test("events sort by Lamport time, then terminal, then epoch, then seq", () => {
  const sorted = [
    at("B", 9, 1),
    at("A", 7, 2),
    at("A", 3, 2, 2),
    at("A", 4, 2, 2),
    at("B", 1, 2),
    at("A", 1, 3),
  ];
  const shuffled = [3, 5, 0, 4, 2, 1].flatMap((index) => sorted[index] ?? []);
  expect(shuffled.toSorted(compareRecorded)).toEqual(sorted);
  for (const event of sorted) expect(compareRecorded(event, { ...event })).toBe(0);
});

test("inserting one by one sorts, and finds what is there already", () => {
  const anyAt = fc.tuple(fc.constantFrom("A", "B", "A-1"), fc.integer({ min: 1, max: 5 }), fc.nat(4));
  fc.assert(
    fc.property(fc.array(anyAt), (places) => {
      const events: RecordedOrderEvent[] = [];
      for (const place of places) {
        const event = at(...place);
        const isThere = events.some((its) => compareRecorded(its, event) === 0);
        const index = insertionIndex(events, event);
        expect(index === null).toBe(isThere);
        if (index !== null) events.splice(index, 0, event);
      }
      expect(events.toSorted(compareRecorded)).toEqual(events);
    }),
    { numRuns: 100 },
  );
});

test("a frontier names each writer's newest event, sorted by terminal, then epoch", () => {
  const events = [
    at("B", 2, 1),
    at("A", 5, 1),
    at("A", 4, 9),
    at("A-1", 1, 2),
    at("A", 6, 3, 2),
    at("B", 3, 4),
  ];
  expect(frontierOf(events)).toEqual(frontier("A/5 A/6@2 A-1/1 B/3"));
  expect(frontierOf([])).toEqual([]);
});

test.each([
  [at("A", 5, 99), true],
  [at("A", 6, 1), false],
  [at("A", 1, 1, 2), false],
  [at("B", 1, 1), false],
])("whether an event lies inside a frontier is a matter of its writer and seq alone", (event, expected) => {
  expect(insideFrontier(frontier("A/5 C/9"), event)).toBe(expected);
});
