/** Points: ARITHMETIC section 9. */
import { expect, test } from "vitest";
import { milli, minor, ppm } from "../../../../core/money.ts";
import { earnBase, pointsEarned, pointsReturned } from "../../../../core/price/cart/points.ts";
import { refundAll } from "../../../../core/price/cart/refund.ts";
import type { RefundPolicy } from "../../../../core/price/cart/refund.ts";
import { EXCLUSIVE, line, lines, price, promotion } from "../../../support/cart-fixtures.ts";

const ONE = { pointsCount: 1, perMinor: minor(100), tierCount: 1, tierWholeCount: 1 };
const POLICY: RefundPolicy = {
  mode: "keep_share",
  refundsFees: false,
  minimumMinor: minor(0),
  order: "capture_order",
  cash: { incrementMinor: minor(1), mode: "HALF_UP", takesExact: false },
  earn: ONE,
};
const all = (id: string, quantity = 1000) => ({
  line: id,
  quantityMilli: milli(quantity),
  amountMinor: minor(0),
});
const request = (...of: ReturnType<typeof all>[]) => ({ lines: of, includesTip: false, tenders: [] });

test.each([
  [5497, ONE, 54],
  [5497, { ...ONE, tierCount: 3, tierWholeCount: 2 }, 82],
  [99, ONE, 0],
  [-1, ONE, 0],
])("%d earn by %o: %d, floor once at the end", (base, rule, points) => {
  expect(pointsEarned(minor(base), rule)).toBe(points);
});

test("of 54.97 come 19.30 back: 35 points are kept and 19 taken; then all of them", () => {
  const priced = price(lines(1930, 3567));
  const made = refundAll(priced, [], POLICY, [request(all("a")), request(all("b"))]);
  expect(made).toMatchObject([{ pointsTakenCount: 19 }, { pointsTakenCount: 35 }]);
});

test("tax counts, gift cards, tips, fees and what points or bonus money paid do not", () => {
  const of = [line("a", 1000, 1000, { taxPpm: ppm(100_000) }), line("g", 5000, 1000, { kind: "gift_card" })];
  const priced = price(of, {
    tax: EXCLUSIVE,
    tip: { kind: "fixed", amountMinor: minor(500) },
    fees: [{ id: "f", charge: { kind: "fixed", amountMinor: minor(300) }, taxPpm: null, guestCountMin: 0 }],
  });
  expect(earnBase(priced, [])).toBe(1100);
  const bonus = { id: "b", method: "bonus", amountMinor: minor(400), cash: null } as const;
  const card = { id: "c", method: "card", amountMinor: minor(6500), cash: null } as const;
  expect(earnBase(priced, [bonus, card])).toBe(700);
  expect(earnBase(priced, [{ ...bonus, amountMinor: minor(9000) }])).toBe(0);
});

test("points that were used come back with their share, and all of them in the end", () => {
  const rule = {
    kind: "points",
    pointsCount: 100,
    worthMinor: minor(1),
    perCount: 1,
    limitPpm: ppm(500_000),
  } as const;
  const priced = price([line("a", 333, 3000)], { promotions: [promotion("p", rule)] });
  const one = request(all("a"));
  const made = refundAll(priced, [], POLICY, [one, one, one]);
  expect(made.map((refund) => (refund.ok ? refund.pointsGivenCount : -1))).toEqual([33, 34, 33]);
  expect(pointsReturned(100, minor(0), minor(0))).toBe(0);
});

test("points that a refund takes never exceed what was earned, bonus money first", () => {
  const tenders = [
    { id: "b", method: "bonus", amountMinor: minor(3000), cash: null },
    { id: "c", method: "card", amountMinor: minor(2497), cash: null },
  ] as const;
  const priced = price(lines(1930, 3567));
  const made = refundAll(priced, tenders, POLICY, [request(all("a")), request(all("b"))]);
  // 24 points were earned on 24.97; 19.30 go back to bonus, which earned none.
  expect(made).toMatchObject([{ pointsTakenCount: 0 }, { pointsTakenCount: 24 }]);
});
