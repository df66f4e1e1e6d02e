/** Whole carts: the engine against the slow reference, and the invariants that every cart keeps. */
import { expect, test } from "vitest";
import { currencyExponent, milli, minor } from "../../../../core/money.ts";
import { refuseCart } from "../../../../core/price/cart/check.ts";
import { explainLine, explainTotal } from "../../../../core/price/cart/explain.ts";
import type { Explained } from "../../../../core/price/cart/explain.ts";
import { priceCart } from "../../../../core/price/cart/price.ts";
import { refundAll } from "../../../../core/price/cart/refund.ts";
import type { RefundPolicy, RefundRequest } from "../../../../core/price/cart/refund.ts";
import { splitCart } from "../../../../core/price/cart/split.ts";
import type { CheckPlan, PricedCheck } from "../../../../core/price/cart/split.ts";
import { captureTenders } from "../../../../core/price/cart/tenders.ts";
import type { CapturedTender, FillOrder } from "../../../../core/price/cart/tenders.ts";
import type { PricedCart } from "../../../../core/price/cart/types.ts";
import { Dice } from "../../../support/dice.ts";
import { referenceField, referencePrice } from "../../../support/price-reference.ts";
import type { Reference } from "../../../support/price-reference.ts";
import { randomCart } from "../../../support/random-cart.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const REFERENCE_COUNT = Number(process.env["CARTS"] ?? 20_000);
const CART_COUNT = Number(process.env["CARTS"] ?? 2000);
/** A bound against hanging: CARTS=1000000 takes its time. */
const LONG = { timeout: Math.max(600_000, 10 * CART_COUNT) };

/** Runs `judge` on carts of this seed; what it throws names the cart. */
function forCarts(count: number, judge: (priced: PricedCart, dice: Dice) => void): void {
  const dice = new Dice(SEED);
  for (let index = 0; index < count; index += 1) {
    const cart = randomCart(dice);
    try {
      judge(priceCart(cart), dice);
    } catch (cause) {
      throw new Error(`cart ${index} of seed ${SEED}: ${JSON.stringify(cart)}`, { cause });
    }
  }
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

function asReference({ lines, totals }: PricedCart): Reference {
  return {
    lines: lines.map(({ id, grossMinor, shares, netMinor, taxMinor, fees }) => ({
      id,
      gross: grossMinor,
      shares: shares.map(({ promotion, amountMinor }) => [promotion, amountMinor] as const),
      net: netMinor,
      tax: taxMinor,
      fees: fees.map((its) => [its.fee, its.amountMinor, its.taxMinor] as const),
    })),
    tip: totals.tipMinor,
    rounding: totals.roundingMinor,
    total: totals.totalMinor,
  };
}

test(`the slow reference agrees on ${REFERENCE_COUNT} carts of seed ${SEED}`, LONG, () => {
  const seen = new Set<string>();
  forCarts(REFERENCE_COUNT, (priced) => {
    const reference = referencePrice(priced.cart, currencyExponent(priced.cart.currency));
    expect(JSON.stringify(asReference(priced))).toBe(JSON.stringify(reference));
    for (const { id, rule } of priced.cart.promotions)
      if (priced.applied.some((its) => its.promotion === id && its.givenMinor > 0)) seen.add(rule.kind);
    if (priced.applied.some(({ forfeitedMinor }) => forfeitedMinor > 0)) seen.add("forfeited");
    if (priced.applied.some(({ promotion }) => promotion === "rounding")) seen.add("rounding");
  });
  // Every rule gave something somewhere: 11 kinds, a forfeit, a rounding on the lines.
  expect(seen.size).toBe(13);
});

test(
  `I1, I8: net, fees, tax, tip and rounding are the total, and shares stay within their lines (seed ${SEED})`,
  LONG,
  () => {
    forCarts(CART_COUNT, ({ cart, lines, totals, applied }) => {
      const fees = lines.flatMap((line) => line.fees);
      const onTop = cart.tax.isInclusive ? [] : [...lines, ...fees].map(({ taxMinor }) => taxMinor);
      const parts = [
        ...lines.map(({ netMinor }) => netMinor),
        ...fees.map(({ amountMinor }) => amountMinor),
        ...onTop,
      ];
      const isTotal = total([...parts, totals.tipMinor, totals.roundingMinor]) === totals.totalMinor;
      const areLines = lines.every(
        ({ grossMinor, netMinor, taxMinor, shares }) =>
          netMinor >= 0 &&
          taxMinor >= 0 &&
          taxMinor <= netMinor &&
          shares.every(({ amountMinor }) => amountMinor > 0) &&
          grossMinor - total(shares.map(({ amountMinor }) => amountMinor)) === netMinor,
      );
      const given = total(applied.map(({ givenMinor }) => givenMinor));
      const areRates = total(totals.rates.map(({ taxMinor }) => taxMinor)) === totals.taxMinor;
      expect([isTotal, areLines, given, areRates]).toEqual([true, true, totals.discountMinor, true]);
    });
  },
);

function sumsOf(node: Explained): boolean {
  const isSum =
    node.parts.length === 0 || total(node.parts.map(({ amountMinor }) => amountMinor)) === node.amountMinor;
  return isSum && node.parts.every(sumsOf);
}

test(`explanations sum to every line and to the total (seed ${SEED})`, LONG, () => {
  forCarts(CART_COUNT, (priced) => {
    const trees = [explainTotal(priced), ...priced.lines.map((line) => explainLine(priced.cart, line))];
    expect(trees.every(sumsOf)).toBe(true);
  });
});

/** Two to four checks that own all lines, whole or in fractions. */
function plansFor({ cart }: PricedCart, dice: Dice): readonly CheckPlan[] {
  const count = 2 + dice.below(3);
  const plans = Array.from({ length: count }, (_, index) => ({
    id: String(index),
    parts: [] as CheckPlan["parts"][number][],
  }));
  for (const { id } of cart.lines) {
    if (dice.chance(50)) dice.pick(plans).parts.push({ line: id, partCount: 1, wholeCount: 1 });
    else {
      const weights = plans.map(() => dice.below(5));
      weights[0] = (weights[0] ?? 0) + 1;
      const wholeCount = total(weights);
      plans.forEach(({ parts }, index) =>
        parts.push({ line: id, partCount: weights[index] ?? 0, wholeCount }),
      );
    }
  }
  return plans;
}

function fieldsOf({
  netMinor,
  taxMinor,
  feesMinor,
  tipMinor,
  roundingMinor,
  totalMinor,
}: Omit<PricedCheck, "id" | "portions">) {
  return [netMinor, taxMinor, feesMinor, tipMinor, roundingMinor, totalMinor];
}

test(`I2: the checks are the order, per field and per line (seed ${SEED})`, LONG, () => {
  forCarts(CART_COUNT, (priced, dice) => {
    const split = splitCart(priced, plansFor(priced, dice));
    if (!split.ok) throw new Error(split.code);
    const sums = fieldsOf(priced.totals).map((_, index) =>
      total(split.checks.map((check) => fieldsOf(check)[index] ?? 0)),
    );
    expect(sums).toEqual(fieldsOf(priced.totals));
    const portions = split.checks.flatMap((check) => check.portions);
    for (const line of priced.lines) {
      const own = portions.filter(({ id }) => id === line.id);
      line.shares.forEach(({ amountMinor }, index) => {
        expect(total(own.map(({ shares }) => shares[index]?.amountMinor ?? 0))).toBe(amountMinor);
      });
      expect(total(own.map(({ grossMinor }) => grossMinor))).toBe(line.grossMinor);
      for (const { netMinor, taxMinor } of own) expect(taxMinor >= 0 && taxMinor <= netMinor).toBe(true);
    }
  });
});

function policyFor(dice: Dice): RefundPolicy {
  return {
    mode: "keep_share",
    refundsFees: dice.chance(50),
    minimumMinor: minor(0),
    order: dice.pick<FillOrder>(["capture_order", "reverse", "proportional"]),
    cash: { incrementMinor: minor(dice.pick([1, 5, 100])), mode: "HALF_UP", takesExact: false },
    earn: { pointsCount: 1, perMinor: minor(100), tierCount: 3, tierWholeCount: 2 },
  };
}

function tendersFor({ totals }: PricedCart, policy: RefundPolicy, dice: Dice): readonly CapturedTender[] {
  const amountMinor = minor(dice.below(totals.totalMinor + 1));
  const captured = captureTenders(
    totals.totalMinor,
    [
      { id: "first", method: dice.pick(["card", "bonus"]), amountMinor, handedMinor: null },
      { id: "cash", method: "cash", amountMinor: null, handedMinor: null },
    ],
    policy.cash,
  );
  if (!captured.ok) throw new Error(captured.code);
  return captured.tenders;
}

/** Refunds of everything, in parts and in any order of lines; the tip is named once. */
function partsFor({ cart }: PricedCart, dice: Dice): readonly RefundRequest[] {
  const parts = cart.lines.flatMap(({ id, quantityMilli }) => {
    const first = 1 + dice.below(quantityMilli);
    const quantities = [first, quantityMilli - first].filter((quantity) => quantity > 0);
    return quantities.map((quantity) => ({
      line: id,
      quantityMilli: milli(quantity),
      amountMinor: minor(0),
    }));
  });
  for (let index = parts.length - 1; index > 0; index -= 1) {
    const other = dice.below(index + 1);
    const [a, b] = [parts[index], parts[other]];
    if (a !== undefined && b !== undefined) [parts[index], parts[other]] = [b, a];
  }
  return parts.map((part, index) => ({ lines: [part], includesTip: index === 0, tenders: [] }));
}

test(
  `I4, I7: refunds in parts sum to the refund in one go, and no tender gives back more than it took (seed ${SEED})`,
  LONG,
  () => {
    forCarts(CART_COUNT, (priced, dice) => {
      const policy = policyFor(dice);
      const tenders = tendersFor(priced, policy, dice);
      const parts = partsFor(priced, dice);
      const whole: RefundRequest = {
        lines: parts.flatMap(({ lines }) => lines),
        includesTip: true,
        tenders: [],
      };
      const sums = [parts, [whole]].map((requests) => {
        const made = refundAll(priced, tenders, policy, requests).map((refund) => {
          if (!refund.ok) throw new Error(refund.code);
          return refund;
        });
        expect(made.every(({ totalMinor }) => totalMinor >= 0)).toBe(true);
        const back = made.flatMap((refund) => refund.tenders);
        for (const { id, amountMinor, cash } of tenders) {
          const own = back.filter((its) => its.id === id);
          expect(total(own.map((its) => its.amountMinor))).toBeLessThanOrEqual(amountMinor);
          if (cash !== null)
            expect(total(own.map((its) => its.cashMinor ?? 0))).toBeLessThanOrEqual(cash.cashMinor);
        }
        return [
          total(made.map(({ totalMinor }) => totalMinor)),
          total(made.map(({ taxMinor }) => taxMinor)),
          total(made.map(({ roundingMinor }) => roundingMinor)),
          total(made.map(({ pointsGivenCount }) => pointsGivenCount)),
        ];
      });
      expect(sums[0]).toEqual(sums[1]);
      const { totalMinor, roundingMinor } = priced.totals;
      const exact = totalMinor - roundingMinor;
      const back = exact - (policy.refundsFees ? 0 : feesWithTax(priced));
      expect(sums[0]?.[0]).toBe(back + (exact === 0 ? 0 : referenceField(exact, roundingMinor, back, exact)));
    });
  },
);

function feesWithTax({ cart, lines }: PricedCart): number {
  const fees = lines.flatMap((line) => line.fees);
  return total(fees.map(({ amountMinor, taxMinor }) => amountMinor + (cart.tax.isInclusive ? 0 : taxMinor)));
}

test(`the slow reference agrees on what the first units of each line give back (seed ${SEED})`, LONG, () => {
  forCarts(CART_COUNT, (priced, dice) => {
    const policy: RefundPolicy = { ...policyFor(dice), refundsFees: true };
    for (const line of priced.cart.lines) {
      const quantity = 1 + dice.below(line.quantityMilli);
      const request = {
        lines: [{ line: line.id, quantityMilli: milli(quantity), amountMinor: minor(0) }],
        includesTip: false,
        tenders: [],
      };
      const [made] = refundAll(priced, [], policy, [request]);
      if (made?.ok !== true) throw new Error(made?.code);
      for (const portion of made.portions) {
        const whole = priced.lines.find(({ id }) => id === portion.id);
        const field = (amount: number) =>
          referenceField(whole?.netMinor ?? 0, amount, quantity, line.quantityMilli);
        expect([portion.taxMinor, ...portion.shares.map(({ amountMinor }) => amountMinor)]).toEqual(
          [whole?.taxMinor ?? 0, ...(whole?.shares ?? []).map(({ amountMinor }) => amountMinor)].map(field),
        );
      }
    }
  });
});

test(
  `judged anew, refunds never go below zero, and all of them give back what was paid (seed ${SEED})`,
  LONG,
  () => {
    forCarts(CART_COUNT, (priced, dice) => {
      const policy: RefundPolicy = { ...policyFor(dice), mode: "recompute", refundsFees: true };
      const made = refundAll(priced, [], policy, partsFor(priced, dice));
      const back = made.map((refund) => (refund.ok ? refund.totalMinor : Number.NaN));
      expect(total(back)).toBe(priced.totals.totalMinor);
    });
  },
);

test(
  `carts in any order of lines keep their total where tax is counted per rate and no tie is broken by place (seed ${SEED})`,
  LONG,
  () => {
    forCarts(CART_COUNT, (priced) => {
      const spread = new Set(["line_percent", "spend_once", "spend_every", "spend_ladder", "order_percent"]);
      const { cart } = priced;
      const isPlain =
        cart.promotions.length < 2 && cart.promotions.every(({ rule }) => spread.has(rule.kind));
      if (!isPlain || cart.fees.length > 0 || new Set(cart.lines.map(({ taxPpm }) => taxPpm)).size > 1)
        return;
      if (
        cart.tax.grain === "line" ||
        cart.lines.some(({ modifiers, kind }) => modifiers.length > 0 || kind !== "goods")
      )
        return;
      const turned = priceCart({ ...cart, lines: [...cart.lines].reverse() });
      expect(turned.totals).toEqual(priced.totals);
      const shares = (its: PricedCart) =>
        its.lines
          .map((line) => total(line.shares.map(({ amountMinor }) => amountMinor)))
          .sort((a, b) => a - b);
      expect(shares(turned)).toEqual(shares(priced));
    });
  },
);

test("drawn carts are such as are taken", () => {
  const codes = new Map<string, number>();
  forCarts(500, ({ cart }) => {
    const code = refuseCart(cart, null)?.code ?? "taken";
    codes.set(code, (codes.get(code) ?? 0) + 1);
  });
  // What a gift above its bar comes to is priced all the same: authoring refuses it.
  expect([...codes.keys()].sort()).toEqual(["cart/bar_below_gift", "taken"]);
});
