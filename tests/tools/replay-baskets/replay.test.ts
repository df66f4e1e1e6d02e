/** Baskets as carts: what becomes a promotion, what a coupon does, which rows are named and why. */
import { expect, test } from "vitest";
import { replayBaskets } from "../../../tools/replay-baskets/replay.ts";
import type { ReplayOutcome } from "../../../tools/replay-baskets/replay.ts";
import { reportLines, summaryWords } from "../../../tools/replay-baskets/report.ts";
import type { BasketRow } from "../../../tools/replay-baskets/rows.ts";

const PRODUCTS = new Map([["fuel", { category: "FUEL", type: "GASOLINE-REG UNLEADED" }]]);

/** A piece of "tea" for 3.00 in basket "b"; each test writes what it is about. */
function row(rowNumber: number, more: Partial<BasketRow> = {}): BasketRow {
  return {
    rowNumber,
    household: "h",
    store: "s",
    basket: "b",
    product: "tea",
    quantityCount: 1,
    salesMinor: 300,
    storeOffMinor: 0,
    couponMinor: 0,
    matchMinor: 0,
    weekNumber: 1,
    dayNumber: 17_000,
    ...more,
  };
}

function replay(...rows: readonly BasketRow[]): ReplayOutcome {
  return replayBaskets({ rows, unread: [] }, PRODUCTS);
}

test("a discount that all sales of a week share is a promotion, one that differs is given by hand", () => {
  const agreed = replay(
    row(2, { storeOffMinor: 50 }),
    row(3, { basket: "c", store: "t", quantityCount: 2, salesMinor: 600, storeOffMinor: 100 }),
  );
  expect([...agreed.offers]).toEqual([["chain_promotion", 2]]);
  const byStore = replay(row(2, { storeOffMinor: 50 }), row(3, { basket: "c", store: "t" }));
  expect([...byStore.offers]).toEqual([["store_promotion", 1]]);
  const apart = replay(row(2, { storeOffMinor: 50 }), row(3, { basket: "c", storeOffMinor: 60 }));
  expect([...apart.offers]).toEqual([["manual", 2]]);
  for (const outcome of [agreed, byStore, apart])
    expect([outcome.equalCount, outcome.disagreements]).toEqual([2, []]);
});

test("a coupon is taken off its own goods, what the store matches before it", () => {
  const outcome = replay(row(2, { couponMinor: 100, matchMinor: 50 }));
  expect(outcome).toMatchObject({ equalCount: 1, fileMinor: 200, cartMinor: 200, couponOffMinor: 100 });
  expect(outcome.storeOffMinor).toBe(50);
});

test("a coupon above its own goods, and one without goods, go to the rest of the basket", () => {
  const above = replay(row(2, { salesMinor: 40, couponMinor: 100 }), row(3, { product: "rice" }));
  expect(above).toMatchObject({ equalCount: 1, cartMinor: 240, spreadCount: 1, named: [] });
  const alone = replay(row(2, { quantityCount: 0, salesMinor: 0, couponMinor: 100 }), row(3));
  expect(alone).toMatchObject({ equalCount: 1, cartMinor: 200, spreadCount: 1, named: [] });
});

test("a coupon above the basket is named with what is missing, and the sums agree with it", () => {
  const outcome = replay(row(2, { salesMinor: 40, couponMinor: 100 }));
  expect(outcome).toMatchObject({ equalCount: 0, explainedCount: 1, disagreements: [] });
  expect(outcome).toMatchObject({ fileMinor: -60, cartMinor: 0, missingMinor: 60 });
  const words = "coupon of 100 cents, of which the basket bears 40";
  const named = { rowNumber: 2, basket: "b", reason: "coupon_above_basket", words, missingMinor: 60 };
  expect(outcome.named).toEqual([named]);
});

test("an amount that is no whole number of cents a piece is exact by a step on the line", () => {
  const chickens = replay(row(2, { quantityCount: 2, salesMinor: 655, storeOffMinor: 444 }));
  expect([...chickens.forms]).toEqual([["line_with_step", 1]]);
  expect(chickens).toMatchObject({ equalCount: 1, cartMinor: 655 });
  expect(chickens.stepped.map(({ stepMinor }) => stepMinor)).toEqual([1]);
});

test("fuel is weighed: its quantity is thousandths of a gallon", () => {
  const fuel = replay(
    row(2, { product: "fuel", quantityCount: 15_831, salesMinor: 3323, storeOffMinor: 158 }),
  );
  expect(fuel).toMatchObject({ equalCount: 1, cartMinor: 3323 });
  // 15.831 × 2.20 is 34.83, and 34.81 is the price without the discount.
  expect(fuel.stepped.map(({ stepMinor }) => stepMinor)).toEqual([2]);
});

test("rows that sell nothing are named, and their basket is the file's", () => {
  const none = { quantityCount: 0, salesMinor: 0 };
  const outcome = replay(row(2, none), row(3, { ...none, storeOffMinor: 20 }), row(4));
  expect(outcome.named.map(({ reason }) => reason)).toEqual(["empty", "discount_alone"]);
  expect(outcome).toMatchObject({ equalCount: 1, basketCount: 1, rowCount: 3 });
});

test("a basket beyond what a till sells disagrees and says why", () => {
  const outcome = replay(row(2, { salesMinor: 90_000_000_000_000 }));
  expect(outcome.disagreements).toEqual([{ basket: "b", words: "cart/amount_range at lines[0]" }]);
});

test("the report names each row in the order of the file", () => {
  const unread = [{ rowNumber: 9, basket: "z", why: "quantity is 0.5" }];
  const rows = [row(3, { quantityCount: 2, salesMinor: 655 }), row(2, { quantityCount: 0, salesMinor: 0 })];
  const outcome = replayBaskets({ rows, unread }, PRODUCTS);
  expect(reportLines(outcome)).toEqual([
    "row,basket,reason,missing,words",
    '2,b,empty,0.00,"nothing sold, nothing given"',
    '3,b,unit_price_step,0.00,"1 cents back on the line"',
    '9,z,unreadable,0.00,"quantity is 0.5"',
  ]);
  expect(summaryWords(outcome, 2)).toContain("1 baskets/s, 2 rows/s");
});

test("only the first so many baskets are priced when that is asked", () => {
  const rows = [row(2), row(3, { basket: "c" }), row(4, { basket: "d" })];
  const seen: number[] = [];
  const outcome = replayBaskets({ rows, unread: [] }, PRODUCTS, 2, (doneCount) => seen.push(doneCount));
  expect([outcome.basketCount, outcome.rowCount, seen]).toEqual([2, 2, [1, 2]]);
});
