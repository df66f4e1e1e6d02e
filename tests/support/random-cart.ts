/**
 * Carts drawn from a seed: currencies of 0, 2 and 3 decimals, weighed and whole lines, every kind of
 * rule, groups, fees, tips, roundings. Small numbers are frequent, so that ties and empty lines are too.
 */
import { milli, minor, ppm } from "../../core/money.ts";
import { PIPELINES, HOUSE_PIPELINE } from "../../core/price/cart/pipeline.ts";
import type {
  Cart,
  CartLine,
  Fee,
  Percent,
  Promotion,
  Rule,
  Selection,
  TaxRule,
  Tip,
} from "../../core/price/cart/types.ts";
import type { Dice } from "./dice.ts";

const CATEGORIES = ["food", "drink", "other"];
const RATES = [0, 60_000, 88_750, 100_000, 120_000, 130_000, 250_000, 1_000_000];
const MODES = ["HALF_UP", "HALF_EVEN", "HALF_DOWN", "DOWN", "UP"] as const;

const ALL: Selection = { lines: [], skus: [], categories: [], excludedCategories: [] };

function amount(dice: Dice): number {
  return dice.pick([0, 1, 2, 5, 100, dice.below(10), dice.below(1000), dice.below(100_000)]);
}

function rate(dice: Dice): ReturnType<typeof ppm> {
  return ppm(dice.pick([0, 40_000, 100_000, 125_000, 500_000, 880_000, 1_000_000, dice.below(1_000_001)]));
}

function percent(dice: Dice): Percent {
  return { of: dice.chance(50) ? "off" : "pay", ratePpm: rate(dice) };
}

function line(dice: Dice, index: number): CartLine {
  const isWeighed = dice.chance(25);
  const own = dice.chance(10)
    ? [{ id: "m", unitPriceMinor: minor(dice.below(300)), taxPpm: ppm(dice.pick(RATES)) }]
    : [];
  const inside = dice.chance(15) ? [{ id: "n", unitPriceMinor: minor(dice.below(200)), taxPpm: null }] : [];
  return {
    id: `l${index}`,
    sku: `s${dice.below(4)}`,
    category: dice.pick(CATEGORIES),
    kind: dice.chance(90) ? "goods" : dice.pick(["deposit", "gift_card"] as const),
    quantityMilli: milli(
      isWeighed ? 1 + dice.below(5000) : 1000 * (1 + dice.below(dice.chance(80) ? 4 : 12)),
    ),
    unitPriceMinor: minor(amount(dice)),
    overrideMinor: dice.chance(10) ? minor(amount(dice)) : null,
    taxPpm: ppm(dice.pick(RATES)),
    modifiers: [...inside, ...own],
  };
}

function selection(dice: Dice, lineCount: number): Selection {
  return {
    lines: dice.chance(20) ? [`l${dice.below(lineCount)}`, `l${dice.below(lineCount)}`] : [],
    skus: dice.chance(20) ? [`s${dice.below(4)}`, `s${dice.below(4)}`] : [],
    categories: dice.chance(20) ? [dice.pick(CATEGORIES)] : [],
    excludedCategories: dice.chance(20) ? [dice.pick(CATEGORIES)] : [],
  };
}

function rule(dice: Dice, lineCount: number): Rule {
  const barMinor = minor(1 + amount(dice));
  const offMinor = minor(amount(dice));
  const takeCount = 2 + dice.below(3);
  return dice.pick<() => Rule>([
    () => ({ kind: "line_percent", percent: percent(dice) }),
    () => ({ kind: "line_fixed", offMinor, per: dice.chance(50) ? "line" : "unit" }),
    () => ({ kind: "second_at", percent: percent(dice) }),
    () => ({ kind: "cheapest_free", takeCount, freeCount: 1 + dice.below(takeCount - 1) }),
    () => ({ kind: "n_for_price", takeCount, priceMinor: offMinor }),
    () => ({
      kind: "bundle",
      parts: [
        { selection: selection(dice, lineCount), unitCount: 1 + dice.below(2) },
        { selection: selection(dice, lineCount), unitCount: 1 },
      ],
      priceMinor: offMinor,
    }),
    () => ({ kind: "order_percent", percent: percent(dice), barMinor: minor(amount(dice)) }),
    () => ({ kind: "spend_once", barMinor, offMinor }),
    () => ({ kind: "spend_once", barMinor: minor(0), offMinor }),
    () => ({
      kind: "spend_every",
      barMinor: minor(barMinor + 500),
      offMinor,
      timesCountMax: dice.chance(50) ? null : dice.below(4),
    }),
    () => ({
      kind: "spend_ladder",
      steps: [
        { barMinor, offMinor },
        { barMinor: minor(barMinor * 2), offMinor: minor(offMinor * 2) },
        { barMinor: minor(barMinor * 3), offMinor: minor(offMinor * 4) },
      ],
    }),
    () => ({
      kind: "points",
      pointsCount: amount(dice),
      worthMinor: minor(1 + dice.below(100)),
      perCount: 1 + dice.below(200),
      limitPpm: rate(dice),
    }),
  ])();
}

function promotion(dice: Dice, index: number, lineCount: number): Promotion {
  const own = rule(dice, lineCount);
  const isCoupon = dice.chance(25) && (own.kind === "spend_once" || own.kind === "order_percent");
  return {
    id: `p${index}`,
    stage: isCoupon ? "coupons" : null,
    group: dice.chance(70) ? "" : dice.pick(["g", "h", "i"]),
    priorityIndex: dice.below(3),
    selection: dice.chance(40) ? ALL : selection(dice, lineCount),
    rule: own,
  };
}

function fee(dice: Dice, index: number): Fee {
  const charge = dice.chance(50)
    ? ({ kind: "fixed", amountMinor: minor(amount(dice)) } as const)
    : ({ kind: "percent", ratePpm: ppm(dice.below(200_000)), rounding: dice.pick(MODES) } as const);
  const taxPpm = dice.chance(30) ? null : ppm(dice.pick(RATES));
  return { id: `f${index}`, charge, taxPpm, guestCountMin: dice.pick([0, 0, 6]) };
}

function tip(dice: Dice): Tip | null {
  return dice.pick([
    null,
    { kind: "fixed", amountMinor: minor(dice.below(2000)) } as const,
    { kind: "percent", ratePpm: ppm(180_000), basis: "before_tax" } as const,
    { kind: "percent", ratePpm: rate(dice), basis: "after_tax" } as const,
  ]);
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A cart of at most `lineCountMax` lines. */
export function randomCart(dice: Dice, lineCountMax = 6): Cart {
  const currency = dice.pick(["CNY", "CNY", "SEK", "JPY", "BHD"]);
  const lines = times(1 + dice.below(lineCountMax), (index) => line(dice, index));
  const tax: TaxRule = {
    isInclusive: dice.chance(50),
    grain: dice.chance(60) ? "bucket" : "line",
    rounding: dice.pick(MODES),
  };
  const form = dice.pick([
    "drop_cents",
    "drop_tenths",
    "nearest_tenth",
    "nearest_unit",
    "up_to_tenth",
    "up_to_unit",
  ] as const);
  const giftMinorMax = dice.chance(50) ? null : minor(dice.below(100));
  return {
    currency,
    lines,
    promotions: times(dice.below(5), (index) => promotion(dice, index, lines.length)),
    pipeline: dice.chance(50) ? HOUSE_PIPELINE : dice.pick(PIPELINES),
    choice: dice.chance(60) ? "best" : "priority",
    stackableGroups: dice.chance(50) ? null : ["g", "h"],
    tax,
    fees: times(dice.pick([0, 0, 1, 2]), (index) => fee(dice, index)),
    guestCount: dice.below(9),
    tip: tip(dice),
    rounding:
      currency === "JPY" || dice.chance(60)
        ? null
        : { form, giftMinorMax, asDiscount: tax.isInclusive && dice.chance(50) },
  };
}
