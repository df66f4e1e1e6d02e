/** The business view: a canonical text, and a form that closed checks were hashed with and that stays. */
import { expect, test } from "vitest";
import { businessView, closingView } from "../../../core/order/view.ts";
import { minor, ppm } from "../../../core/money.ts";
import { Shop } from "../../support/attempts.ts";
import { id, placed } from "../../support/core-fixtures.ts";
import { cash, closed, folded, freeze, line, note, opened, printed } from "../../support/order-events.ts";

const events = [
  placed("A", 1, 1, opened()),
  placed("A", 2, 2, line(2)),
  placed("A", 3, 3, note("A/2", 'so-called "hot"')),
  placed("A", 4, 4, freeze("A/3", 500)),
  placed("A", 5, 5, cash("A/4", 500)),
  placed("A", 6, 6, closed("A/4", 500)),
];

test("the view of a closing has the form that is hashed for ever", () => {
  const order = folded(...events.slice(0, 3));
  const facts = {
    totalMinor: 500,
    taxes: [{ ratePpm: ppm(250_000), netMinor: minor(400), taxMinor: minor(100) }],
    tenders: [{ tender: id("A/5"), method: "cash", amountMinor: minor(500) }],
    receipt: { series: "S1", number: 7 },
    roundingMinor: 0,
  } as const;
  expect(closingView(order, order.lines, facts)).toBe(
    '["check/1","A/0000000000000001/1","sale","SEK",' +
      '[["A/0000000000000001/2","tea","Tea",2000,250,250000,"so-called \\"hot\\""]],' +
      '500,[[250000,400,100]],[["A/0000000000000001/5","cash",500]],["S1",7]]',
  );
});

test("the view of an order does not see Lamport times, marks, print jobs and clerks", () => {
  const later = events.map((recorded) => ({ ...recorded, lamport: recorded.lamport + 100, at: 5 as never }));
  const order = folded(...events);
  expect(businessView(folded(...later, placed("A", 7, 200, printed("A/6", "failed"))))).toBe(
    businessView(order),
  );
  expect(folded(...later, placed("A", 7, 200, printed("A/6", "failed"))).marks).not.toEqual(order.marks);
});

test.each([
  ["a line", "add bun 1"],
  ["units", "more 1 1"],
  ["a note", "note 1 hot"],
  ["the order's note", "note 0 window"],
  ["a freeze", "freeze"],
  ["money", "cash 1"],
  ["a closing", "cash 5"],
  ["a void", "void left"],
])("the view of an order sees %s", (_, step) => {
  const shop = new Shop("sell tea 1");
  const before = shop.order;
  shop.tap(step);
  if (before === null || shop.order === null) throw new Error("There is no order");
  expect(businessView(shop.order)).not.toBe(businessView(before));
});
