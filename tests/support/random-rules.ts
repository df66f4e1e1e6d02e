/** Documents of pricing rules at random: every kind of promotion, validities, lists, fees, taxes, rounding. */
import type { Dice } from "./dice.ts";

const CATEGORIES = ["a", "b", "c"];
const MODES = ["HALF_UP", "HALF_EVEN", "HALF_DOWN", "DOWN", "UP"];

/** A document that is never refused. */
export function randomRules(dice: Dice): object {
  const isExclusive = dice.chance(40);
  const amount = (bound = 3000): number => dice.below(bound);
  const percent = (): object =>
    dice.chance(50) ? { offPpm: dice.below(1_000_001) } : { payPpm: dice.below(1_000_001) };
  const kinds: readonly (() => object)[] = [
    () => ({ kind: "line_percent", ...percent() }),
    () => ({ kind: "line_fixed", offMinor: amount(), per: dice.pick(["line", "unit"]) }),
    () => ({ kind: "second_at", ...percent() }),
    () => ({ kind: "cheapest_free", takeCount: 3, freeCount: 1 + dice.below(2) }),
    () => ({ kind: "n_for_price", takeCount: 1 + dice.below(3), priceMinor: amount() }),
    () => ({ kind: "bundle", parts: [{ categories: ["a"] }, { categories: ["b"] }], priceMinor: amount() }),
    () => ({ kind: "order_percent", ...percent(), barMinor: amount() }),
    () => ({ kind: "spend_once", barMinor: 3000 + amount(), offMinor: amount() }),
    () => ({ kind: "spend_every", barMinor: 3000, offMinor: amount() }),
    () => ({
      kind: "spend_ladder",
      steps: [
        { barMinor: 1000, offMinor: 100 },
        { barMinor: 5000, offMinor: amount() },
      ],
    }),
  ];
  const promotions = Array.from({ length: dice.below(6) }, (_, index) => ({
    id: `p${index}`,
    ...dice.pick(kinds)(),
    ...(dice.chance(40) ? { group: dice.pick(["g", "h"]), priorityIndex: index } : {}),
    ...(dice.chance(40) ? { categories: [dice.pick(CATEGORIES)] } : {}),
    ...(dice.chance(20) ? { weekdays: [dice.pick([5, 6])] } : {}),
    ...(dice.chance(20) ? { tiers: ["gold"] } : {}),
    ...(dice.chance(20) ? { couponCodes: [`C${index}`] } : {}),
  }));
  return {
    tax: {
      mode: isExclusive ? "exclusive" : "inclusive",
      grain: dice.pick(["bucket", "line"]),
      rounding: dice.pick(MODES),
    },
    taxFreeKeepsPrice: dice.chance(50),
    pipeline: dice.pick(["house", "square", "clover"]),
    choice: dice.pick(["best", "priority"]),
    promotions,
    priceLists: dice.chance(50)
      ? [
          {
            id: "l",
            tiers: dice.chance(50) ? ["gold"] : [],
            prices: [{ sku: "a10.00@6", priceMinor: amount() }],
          },
        ]
      : [],
    fees: [
      {
        id: "s",
        ratePpm: dice.below(200_000),
        taxPpm: dice.pick([0, 60_000]),
        guestCountMin: dice.pick([0, 4]),
      },
      { id: "box", amountMinor: amount(200), taxPpm: 250_000 },
    ].filter(() => dice.chance(40)),
    rounding: {
      form: dice.pick(["drop_cents", "drop_tenths", "nearest_unit", "up_to_tenth"]),
      asDiscount: !isExclusive && dice.chance(50),
    },
    taxes: dice.chance(30) ? [{ id: "t", categories: ["b"], rates: [{ ratePpm: 88_750 }] }] : [],
    refunds: { mode: dice.pick(["keep_share", "recompute"]), refundsFees: dice.chance(50) },
  };
}
