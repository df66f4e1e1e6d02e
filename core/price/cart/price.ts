/**
 * The price of a cart: discounts in the order of its pipeline, fees, tax, tip, rounding. A function
 * of the cart and nothing else. The cart was checked before (check.ts).
 *
 * I1 Line nets + fees + tax that is not inside + tip + rounding = total.
 * I8 No share is below 0, and none above what its line still costs.
 */
import { add, currencyExponent, negate, subtract, sum, sumWithin, ZERO } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import { allocateShares } from "./allocate-shares.ts";
import { discountedByChoice } from "./choose.ts";
import type { Discounted } from "./discounts.ts";
import { feeShares } from "./fees.ts";
import { orderRoundingOf } from "./order-rounding.ts";
import { STAGE_NUMBER } from "./pipeline.ts";
import { lineTaxes } from "./tax.ts";
import { tipOf } from "./tips.ts";
import type { TipBases } from "./tips.ts";
import type { Applied, Cart, PricedCart, PricedLine, RateTotal, Totals } from "./types.ts";
import { leftOf, take } from "./working.ts";

/** The promotion that 抹零 is on a line when it is a discount. */
export const ROUNDING_PROMOTION = "rounding";

/** Prices a cart. */
export function priceCart(cart: Cart): PricedCart {
  const found = discountedByChoice(cart);
  const before = pricedLines(cart, found, feeShares(cart, found.lines));
  const tipMinor = tipOf(cart.tip, tipBases(cart, before));
  const exactMinor = add(owed(cart, before), tipMinor);
  const roundingMinor =
    cart.rounding === null
      ? ZERO
      : orderRoundingOf(cart.rounding, exactMinor, currencyExponent(cart.currency));
  if (cart.rounding?.asDiscount !== true || roundingMinor >= 0)
    return {
      cart,
      lines: before,
      applied: found.applied,
      totals: totalsOf(cart, before, tipMinor, roundingMinor),
    };
  const gift = takeGift(found, negate(roundingMinor));
  const lines = pricedLines(
    cart,
    found,
    before.map(({ fees }) => fees),
  );
  const applied = [...found.applied, gift];
  return { cart, lines, applied, totals: totalsOf(cart, lines, tipMinor, ZERO) };
}

/** 抹零 as shares of the goods. */
function takeGift({ lines }: Discounted, wantedMinor: Minor): Applied {
  const goods = lines.filter(({ source }) => source.kind === "goods");
  const lefts = goods.map(leftOf);
  const promotion = { id: ROUNDING_PROMOTION };
  const taking = { promotion, stageNumber: STAGE_NUMBER.rounding, wantedMinor, lowersBar: false };
  return take(goods, allocateShares(wantedMinor, lefts, lefts), taking);
}

function pricedLines(
  cart: Cart,
  { lines }: Discounted,
  fees: readonly PricedLine["fees"][],
): readonly PricedLine[] {
  const taxes = lineTaxes(cart.tax, lines);
  return lines.map((line, index) => ({
    id: line.id,
    source: line.source.id,
    kind: line.source.kind,
    quantityMilli: line.source.quantityMilli,
    taxPpm: line.taxPpm,
    listMinor: line.listMinor,
    grossMinor: line.grossMinor,
    shares: line.shares,
    netMinor: line.leftMinor,
    taxMinor: taxes[index] ?? ZERO,
    fees: fees[index] ?? [],
  }));
}

/** What a line costs without tax. */
function baseOf({ tax }: Cart, { netMinor, taxMinor }: PricedLine): Minor {
  return tax.isInclusive ? subtract(netMinor, taxMinor) : netMinor;
}

/** What tips are counted on: goods, without fees, gift cards and deposits. */
export function tipBases(cart: Cart, lines: readonly PricedLine[]): TipBases {
  const goods = lines.filter(({ kind }) => kind === "goods");
  const beforeTaxMinor = sum(goods.map((line) => baseOf(cart, line)));
  return { beforeTaxMinor, afterTaxMinor: add(beforeTaxMinor, sum(goods.map(({ taxMinor }) => taxMinor))) };
}

/** What a line is to the customer: its net, its fees, and taxes that are not inside. */
export function owedForLine(
  { tax }: Pick<Cart, "tax">,
  line: Pick<PricedLine, "netMinor" | "taxMinor" | "fees">,
): Minor {
  const { netMinor, taxMinor, fees } = line;
  const feesMinor = sum(fees.map(({ amountMinor }) => amountMinor));
  if (tax.isInclusive) return add(netMinor, feesMinor);
  return sum([netMinor, feesMinor, taxMinor, ...fees.map((fee) => fee.taxMinor)]);
}

function owed(cart: Cart, lines: readonly PricedLine[]): Minor {
  return sum(lines.map((line) => owedForLine(cart, line)));
}

function totalsOf(cart: Cart, lines: readonly PricedLine[], tipMinor: Minor, roundingMinor: Minor): Totals {
  const grossMinor = sum(lines.map((line) => line.grossMinor));
  const netMinor = sum(lines.map((line) => line.netMinor));
  const fees = lines.flatMap((line) => line.fees);
  return {
    grossMinor,
    discountMinor: subtract(grossMinor, netMinor),
    netMinor,
    taxMinor: sum([...lines, ...fees].map(({ taxMinor }) => taxMinor)),
    feesMinor: sum(fees.map(({ amountMinor }) => amountMinor)),
    tipMinor,
    roundingMinor,
    totalMinor: sum([owed(cart, lines), tipMinor, roundingMinor]),
    rates: ratesOf(cart, lines),
  };
}

function ratesOf(cart: Cart, lines: readonly PricedLine[]): readonly RateTotal[] {
  const rates = new Map<Ppm, RateTotal>();
  const count = (ratePpm: Ppm, amountMinor: Minor, taxMinor: Minor): void => {
    const before = rates.get(ratePpm) ?? { ratePpm, baseMinor: ZERO, taxMinor: ZERO };
    const baseMinor = cart.tax.isInclusive ? subtract(amountMinor, taxMinor) : amountMinor;
    rates.set(ratePpm, {
      ratePpm,
      baseMinor: sumWithin([before.baseMinor, baseMinor]),
      taxMinor: sumWithin([before.taxMinor, taxMinor]),
    });
  };
  for (const line of lines) {
    if (line.kind !== "gift_card") count(line.taxPpm, line.netMinor, line.taxMinor);
    for (const share of line.fees) {
      const ratePpm = cart.fees.find(({ id }) => id === share.fee)?.taxPpm ?? null;
      if (ratePpm !== null) count(ratePpm, share.amountMinor, share.taxMinor);
    }
  }
  return [...rates.values()].sort((a, b) => a.ratePpm - b.ratePpm);
}
