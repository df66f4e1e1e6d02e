/** Lines and what they cost. */
import { expect, test } from "vitest";
import { LINE_AMOUNT_MINOR_MAX, QUANTITY_MILLI_MAX } from "../../../core/limits.ts";
import { milli, minor } from "../../../core/money.ts";
import {
  amountOf,
  lineAmount,
  linesTotal,
  movedTotal,
  tally,
  unitsWithin,
  withQuantity,
  worthOf,
} from "../../../core/order/lines.ts";
import type { Line } from "../../../core/order/types.ts";
import { id, placed } from "../../support/core-fixtures.ts";
import { folded, less, line, more, note, opened } from "../../support/order-events.ts";

const open = placed("A", 1, 1, opened());

function lineFor(units: number): Line {
  const [its] = folded(open, placed("A", 2, 2, line(units))).lines;
  if (its === undefined) throw new Error("There is no line");
  return its;
}

test("weighed lines are priced each for itself", () => {
  const weighed = { ...withQuantity(lineFor(1), 333), unitPriceMinor: minor(2999) };
  expect(lineAmount(weighed)).toBe(999);
  expect(linesTotal([weighed, weighed])).toBe(1998);
  expect(lineAmount(withQuantity(weighed, 666))).toBe(1997);
});

test("a total that moves with one line is the total of all", () => {
  const [one, two] = [lineFor(1), lineFor(2)];
  expect(movedTotal(linesTotal([one]), null, two)).toBe(linesTotal([one, two]));
  expect(movedTotal(linesTotal([one, two]), two, one)).toBe(linesTotal([one, one]));
  expect(movedTotal(linesTotal([one]), one, null)).toBe(0);
});

test.each([
  [250, 3000, 750],
  [Number.MAX_SAFE_INTEGER, 3000, LINE_AMOUNT_MINOR_MAX],
  [-Number.MAX_SAFE_INTEGER, 3000, -LINE_AMOUNT_MINOR_MAX],
])("%i for %i thousandths comes to %i", (unitMinor, quantity, expected) => {
  expect(amountOf(minor(unitMinor), milli(quantity))).toBe(expected);
});

test("one event counts at most the units that a command may name", () => {
  expect(unitsWithin(milli(Number.MAX_SAFE_INTEGER))).toBe(QUANTITY_MILLI_MAX);
  expect(unitsWithin(milli(1))).toBe(1);
});

test("a tally counts what it is told to count, and notes always", () => {
  const events = [
    open,
    placed("A", 2, 2, line(2)),
    placed("B", 1, 3, more("A/2", 3)),
    placed("B", 2, 4, less("A/2", 1)),
    placed("B", 3, 5, note("A/2", "hot")),
    placed("B", 4, 6, more("Z/9", 1)),
  ];
  const all = tally(events, () => true);
  const own = tally(events, (recorded, entry) => recorded.terminal === "A" && entry.seq === 2);
  const [first] = all.tallies;
  const [second] = own.tallies;
  expect(first).toMatchObject({ id: id("A/2"), addedMilli: 5000, removedMilli: 1000, note: "hot" });
  expect(first?.additions).toEqual([id("A/2"), id("B/1")]);
  expect(second).toMatchObject({ addedMilli: 2000, removedMilli: 0, note: "hot", additions: [id("A/2")] });
  expect([all.lineUnknown, own.lineUnknown, tally([], () => true).lineUnknown]).toEqual([true, true, false]);
});

test.each([
  ["V17: 10.00 for 3, one at a time", 3000, 1000, [1000, 1000, 1000], [333, 334, 333]],
  ["V18: 1.255 kg for 37.53, then the rest", 1255, 3753, [500, 755], [1495, 2258]],
  ["more than was sold is worth nothing", 1000, 250, [1000, 1000], [250, 0]],
  ["what was sold for nothing is worth nothing", 1000, 0, [500, 500], [0, 0]],
])("returned units are worth their part of what was paid (%s)", (_, soldMilli, soldMinor, parts, worth) => {
  let fromMilli = 0;
  const sold = { line: id("A/9"), soldMilli: milli(soldMilli), soldMinor: minor(soldMinor) };
  const found = parts.map((part) => {
    const worthMinor = worthOf({ ...sold, fromMilli }, milli(part));
    fromMilli += part;
    return worthMinor;
  });
  expect(found).toEqual(worth);
});

test.each([-1, 0, 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
  "returned units of %s everywhere are worth something finite",
  (hostile) => {
    const sold = {
      line: id("A/9"),
      soldMilli: milli(hostile),
      soldMinor: minor(hostile),
      fromMilli: hostile,
    };
    for (const units of [hostile, 1])
      expect(Math.abs(worthOf(sold, milli(units)))).toBeLessThanOrEqual(LINE_AMOUNT_MINOR_MAX);
  },
);
