/** Set promotions: second at half, cheapest free, N for a price, bundles. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import type { Rule } from "../../../../core/price/cart/types.ts";
import { EVERYTHING, line, lines, nets, price, promotion, sharesOf } from "../../../support/cart-fixtures.ts";

const HALF: Rule = { kind: "second_at", percent: { of: "off", ratePpm: ppm(500_000) } };
const THREE_FOR_TWO: Rule = { kind: "cheapest_free", takeCount: 3, freeCount: 1 };

test.each([
  ["a pair", lines(1000, 600), [1000, 300]],
  ["three: the cheapest is in no pair", lines(1000, 600, 400), [1000, 300, 400]],
  ["one line of three", [line("a", 999, 3000)], [2497]],
  ["weighed goods are in no set", [line("a", 1000, 1500), line("b", 600)], [1500, 600]],
] as const)("the second at half: %s", (_, of, expected) => {
  expect(nets(price(of, { promotions: [promotion("p", HALF)] }))).toEqual(expected);
});

test.each([
  ["3 for 2", lines(300, 200, 100), [300, 200, 0]],
  ["six in two sets by price", lines(100, 200, 300, 400, 500, 600), [0, 200, 300, 0, 500, 600]],
  ["two are not enough", lines(300, 200), [300, 200]],
] as const)("the cheapest free: %s", (_, of, expected) => {
  expect(nets(price(of, { promotions: [promotion("p", THREE_FOR_TWO)] }))).toEqual(expected);
});

test("three for 10.00: the dearest first, and no set that would cost more than its units", () => {
  const rule: Rule = { kind: "n_for_price", takeCount: 3, priceMinor: minor(1000) };
  const priced = price([line("a", 500, 4000), line("b", 200, 3000)], { promotions: [promotion("p", rule)] });
  // 3 × 5.00 for 10.00; 5.00 + 2.00 + 2.00 stay as they are.
  expect(sharesOf(priced)).toEqual([{ p: 500 }, {}]);
});

test("a bundle's price is shared to its parts by list price", () => {
  const parts = ["a", "b"].map((id) => ({ selection: { ...EVERYTHING, skus: [id] }, unitCount: 1 }));
  const rule: Rule = { kind: "bundle", parts, priceMinor: minor(3000) };
  const priced = price([line("a", 2500, 2000), line("b", 1500), line("c", 900)], {
    promotions: [promotion("p", rule)],
  });
  expect(sharesOf(priced)).toEqual([{ p: 625 }, { p: 375 }, {}]);
});

test("a unit is in one set at most: the promotion of higher priority takes it", () => {
  const promotions = [promotion("p", THREE_FOR_TWO), promotion("q", HALF, { priorityIndex: 1 })];
  const priced = price([line("a", 100, 5000)], { promotions });
  // Three units in the first, two in the second.
  expect(sharesOf(priced)).toEqual([{ p: 100, q: 50 }]);
});

test("lines in any order give the same sets", () => {
  const of = [line("a", 300, 2000), line("b", 300), line("c", 200), line("d", 100, 3000)];
  const nets4 = (its: typeof of) =>
    new Map(
      price(its, { promotions: [promotion("p", THREE_FOR_TWO)] }).lines.map(({ id, netMinor }) => [
        id,
        netMinor,
      ]),
    );
  expect(nets4([...of].reverse())).toEqual(new Map([...nets4(of)].reverse()));
});
