/** The cheapest combination of promotions is the one that a search through all of them finds. */
import { expect, test } from "vitest";

import { minor, ppm, sum } from "../../../../core/money.ts";
import { cheapest } from "../../../../core/price/cart/best.ts";
import { CANDIDATES_COUNT_MAX } from "../../../../core/price/cart/choose.ts";
import { discounted } from "../../../../core/price/cart/discounts.ts";
import { lineTaxes, taxTotal } from "../../../../core/price/cart/tax.ts";
import type { Cart, Promotion } from "../../../../core/price/cart/types.ts";
import { leftOf } from "../../../../core/price/cart/working.ts";
import { cart, line, promotion } from "../../../support/cart-fixtures.ts";
import { Dice } from "../../../support/dice.ts";
import { randomCart } from "../../../support/random-cart.ts";

const SEED = Number(process.env["SEED"] ?? 1);
/** More of them: `CARTS=100000 vitest run tests/core/price/cart/best.test.ts`. */
const CARTS_COUNT = Number(process.env["CARTS"] ?? 400);
const LONG = { timeout: 3_600_000 };

function ofGroups(chosen: readonly Promotion[]): boolean {
  return new Set(chosen.map(({ group }) => group)).size === chosen.length;
}

/** Every part of the candidates, priced from its beginning. */
function cheapestOfAll(
  priced: Cart,
  always: readonly Promotion[],
  candidates: readonly Promotion[],
): readonly string[] {
  const ways = Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.filter((_promotion, index) => (bits >> index) % 2 === 1),
  ).filter(ofGroups);
  const rated = ways.map((chosen) => {
    const { lines } = discounted(priced, [...always, ...chosen]);
    const taxMinor = priced.tax.isInclusive ? 0 : sum(lineTaxes(priced.tax, lines));
    const ids = chosen.map(({ id }) => id).sort();
    return { costMinor: sum(lines.map(leftOf)) + taxMinor, ids };
  });
  rated.sort(
    (a, b) =>
      a.costMinor - b.costMinor ||
      a.ids.length - b.ids.length ||
      (a.ids.join(" ") < b.ids.join(" ") ? -1 : 1),
  );
  return rated[0]?.ids ?? [];
}

test(
  `a search that leaves what cannot win finds what the whole search finds, on ${CARTS_COUNT} carts of seed ${SEED}`,
  LONG,
  () => {
    const dice = new Dice(SEED);
    for (let index = 0; index < CARTS_COUNT; index += 1) {
      const drawn = randomCart(dice, 8);
      const groupCount = 1 + dice.below(CANDIDATES_COUNT_MAX);
      const pool = [drawn, randomCart(dice), randomCart(dice), randomCart(dice)]
        .flatMap(({ promotions }) => promotions)
        .map((its, place): Promotion => ({ ...its, id: `p${place}`, group: `g${dice.below(groupCount)}` }));
      const always = pool.slice(CANDIDATES_COUNT_MAX).map((its) => ({ ...its, group: "" }));
      const candidates = pool.slice(0, dice.chance(50) ? CANDIDATES_COUNT_MAX : 4);
      const found = cheapest(drawn, always, candidates, ofGroups).map(({ id }) => id);
      expect(found.toSorted(), `cart ${index} of seed ${SEED}`).toEqual(
        cheapestOfAll(drawn, always, candidates),
      );
      const { lines } = discounted(drawn, always);
      expect(taxTotal(drawn.tax, lines).taxMinor).toBe(sum(lineTaxes(drawn.tax, lines)));
    }
  },
);

test("eight percentages that all count are taken all eight, and one that gives nothing is not", () => {
  const of = Array.from({ length: 200 }, (_, index) => line(`l${index}`, 1000 + index));
  const percents = Array.from({ length: CANDIDATES_COUNT_MAX }, (_, index) =>
    promotion(
      `p${index}`,
      { kind: "order_percent", percent: { of: "off", ratePpm: ppm(50_000) }, barMinor: minor(0) },
      { group: `g${index}` },
    ),
  );
  let askedCount = 0;
  const asked = (chosen: readonly Promotion[]): boolean => {
    askedCount += 1;
    return ofGroups(chosen);
  };
  expect(cheapest(cart(of), [], percents, asked)).toEqual(percents);
  // Of 256 combinations one was followed to its end.
  expect(askedCount).toBe(CANDIDATES_COUNT_MAX);
  const empty = promotion(
    "z",
    { kind: "spend_once", barMinor: minor(0), offMinor: minor(0) },
    { group: "z" },
  );
  expect(cheapest(cart(of), [], [empty], ofGroups)).toEqual([]);
});
