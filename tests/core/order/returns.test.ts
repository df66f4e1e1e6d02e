/** What came back of a receipt, counted from events: of any writer, per closing and line, never below zero. */
import { expect, test } from "vitest";
import { milli } from "../../../core/money.ts";
import { findClosing, isReturnedTwice, returnedMilli, worthReturned } from "../../../core/order/returns.ts";
import { refundOf, Till } from "../../support/day-till.ts";

test("returns of one line add up, and their worth ends at what was paid", () => {
  const till = new Till("A");
  const sold = till.sell(3, 1000).id;
  const left: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    till.must(refundOf(till.order(sold), 1000));
    const order = till.order(sold);
    const [check] = order.checks;
    const [line] = check?.lines ?? [];
    if (check === undefined || line === undefined) throw new Error("returns: There must be a line");
    expect(returnedMilli(order, check, line.id)).toBe((count + 1) * 1000);
    expect(isReturnedTwice(order.checks, order.returned)).toBe(false);
    left.push(check.dueMinor - worthReturned(order, check, () => true));
  }
  expect(left.at(-1)).toBe(0);
  expect([...left].sort((a, b) => b - a)).toEqual(left);
});

test("more units than were sold are returned twice, whichever return brought the last", () => {
  const till = new Till("A");
  const order = till.sell(3, 1000);
  const [check] = order.checks;
  const [closing] = check?.closings ?? [];
  const [line] = check?.lines ?? [];
  if (closing === undefined || line === undefined) throw new Error("returns: There must be a closing");
  const came = (units: number) => [{ closing: closing.id, line: line.id, quantityMilli: milli(units) }];
  expect(isReturnedTwice(order.checks, came(line.quantityMilli))).toBe(false);
  expect(isReturnedTwice(order.checks, came(line.quantityMilli + 1))).toBe(true);
  expect(isReturnedTwice(order.checks, [])).toBe(false);
});

test("a closing is found by its id, and none by another", () => {
  const till = new Till("A");
  const order = till.sell(1, 1000);
  const closing = order.checks[0]?.closings[0];
  if (closing === undefined) throw new Error("returns: There must be a closing");
  expect(findClosing(till.state, closing.id)?.order.id).toBe(order.id);
  expect(findClosing(till.state, order.id)).toBeNull();
});
