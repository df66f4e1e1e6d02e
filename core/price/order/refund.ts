/**
 * What units of a priced check bring back: what was paid for them, by prefix differences of the facts
 * that the check froze (keep_share), or what remains of the discounts when the rest is judged anew
 * (recompute). A rule set that is no longer at hand falls back to keep_share.
 *
 * P1 Under keep_share refunds in parts sum to the refund in one go, in any order (I7).
 * P2 Rounding of the order goes back by prefix of everything that was rounded; tips only when they are
 *    named, and no refund here names them.
 */
import { allocate, minor, negate, prefix, subtract, sumWithin, ZERO } from "../../money.ts";
import type { Milli, Minor } from "../../money.ts";
import type { Check, Order, RefundedTally } from "../../order/types.ts";
import type { ReturnedMoney } from "../../types.ts";
import { refuseCart } from "../cart/check.ts";
import { priceCart } from "../cart/price.ts";
import { keptShares, recomputed } from "../cart/refund-lines.ts";
import type { LineRefund, LinesRefunded, ReturnedLines } from "../cart/refund-lines.ts";
import type { Cart, PricedCart, PricedLine } from "../cart/types.ts";
import { HOUSE_PIPELINE } from "../cart/pipeline.ts";
import type { PricingSource } from "../rules/source.ts";
import type { PricingRules, RefundRules } from "../rules/types.ts";
import { cartLineId, cartOf } from "./cart-of.ts";
import { feesOfLine, netOfFact, paidForLine, ratesOf } from "./facts.ts";
import type { CheckPricing, LineFact } from "./types.ts";

/** A check with its prices, and what came back of it before. */
export interface SoldCheck {
  readonly order: Pick<Order, "currency">;
  readonly check: Pick<Check, "lines" | "adjustments">;
  readonly pricing: CheckPricing;
  /** Units of each line that came back before, side by side with the check's. */
  readonly returnedMilli: readonly number[];
  readonly refunded: RefundedTally | null;
}

/** Units of the line at a place that come back now. */
export interface ChosenUnits {
  readonly lineIndex: number;
  readonly quantityMilli: Milli;
}

/** What a return pays back: its own prices, magnitudes, and what is recorded on the sale. */
export interface PricedReturn {
  readonly ok: true;
  /** Side by side with what was chosen. */
  readonly pricing: CheckPricing;
  readonly money: ReturnedMoney;
}

/** The return, or why there is none. */
export type ReturnPriced =
  | PricedReturn
  | { readonly ok: false; readonly code: "return/units_gone" | "return/below_minimum" };

const KEEP_SHARE: RefundRules = { mode: "keep_share", refundsFees: false, minimumMinor: minor(0) };

/** What these units bring back. */
export function priceReturn(
  sold: SoldCheck,
  chosen: readonly ChosenUnits[],
  source: PricingSource,
): ReturnPriced {
  const rules = rulesOfSale(sold, source);
  const policy = rules?.refunds ?? KEEP_SHARE;
  const requests = chosen.map(({ lineIndex, quantityMilli }): LineRefund => ({
    line: cartLineId(lineIndex),
    quantityMilli,
    amountMinor: ZERO,
  }));
  const before = returnedBefore(sold);
  const shares = keptShares(cartOfFacts(sold), before, requests, policy.refundsFees, "");
  if (!shares.ok) return { ok: false, code: "return/units_gone" };
  const kept = shares.portions.map((portion) => lineOfPortion(portion, sold.pricing));
  const anew = policy.mode === "recompute" ? recomputedFor(sold, rules, source, before, requests) : null;
  const lines = anew === null ? kept : spread(anew, kept, sold.pricing);
  const result = returnOf(sold, lines);
  const isLast = isAllBack(sold, chosen);
  const paidMinor = sumWithin([result.money.linesMinor, result.money.roundingMinor]);
  return paidMinor < policy.minimumMinor && !isLast ? { ok: false, code: "return/below_minimum" } : result;
}

function rulesOfSale({ pricing }: SoldCheck, source: PricingSource): PricingRules | null {
  if (pricing.rules === null) return source.inForce();
  return source.of(pricing.rules.version) ?? source.inForce();
}

function returnedBefore({ check, returnedMilli, refunded }: SoldCheck): ReturnedLines {
  // Two terminals that gave the same unit back apart gave back no more than there was.
  const returned = new Map(
    check.lines.map((line, index) => [
      cartLineId(index),
      { quantityMilli: Math.min(returnedMilli[index] ?? 0, line.quantityMilli), amountMinor: ZERO },
    ]),
  );
  const { linesMinor, taxMinor } = refunded ?? { linesMinor: ZERO, taxMinor: ZERO };
  return { returned, owedMinor: linesMinor, taxMinor, goodsMinor: ZERO, pointSharesMinor: ZERO };
}

/** The check as the engine priced it, read back from its facts. */
function cartOfFacts({ order, check, pricing }: SoldCheck): Pick<PricedCart, "cart" | "lines"> {
  const rates = ratesOf(pricing, check.lines);
  const lines = pricing.lines.flatMap((fact, index): readonly PricedLine[] => {
    const line = check.lines[index];
    if (line === undefined) return [];
    const id = cartLineId(index);
    return [
      {
        ...{ id, source: id, kind: "goods", quantityMilli: line.quantityMilli },
        taxPpm: rates[index] ?? line.taxPpm,
        listMinor: fact.listMinor,
        grossMinor: fact.grossMinor,
        shares: fact.shares.map(({ promotionIndex, amountMinor }) => ({
          promotion: String(promotionIndex),
          stageNumber: promotionIndex,
          amountMinor,
        })),
        netMinor: netOfFact(fact),
        taxMinor: fact.taxMinor,
        fees: fact.fees.map(({ feeIndex, amountMinor, taxMinor }) => ({
          fee: String(feeIndex),
          amountMinor,
          taxMinor,
        })),
      },
    ];
  });
  const cart: Cart = {
    currency: order.currency,
    lines: check.lines.map((line, index) => ({
      id: cartLineId(index),
      sku: line.sku,
      category: "",
      kind: "goods",
      quantityMilli: line.quantityMilli,
      unitPriceMinor: line.unitPriceMinor,
      overrideMinor: null,
      taxPpm: line.taxPpm,
      modifiers: [],
    })),
    promotions: [],
    pipeline: HOUSE_PIPELINE,
    choice: "best",
    stackableGroups: null,
    tax: { isInclusive: pricing.isTaxInclusive, grain: "bucket", rounding: "HALF_UP" },
    fees: [],
    guestCount: 0,
    tip: null,
    rounding: null,
  };
  return { cart, lines };
}

type Kept = LinesRefunded["portions"][number];

function lineOfPortion({ netMinor, taxMinor, fees }: Kept, { fees: known }: CheckPricing): LineFact {
  return {
    listMinor: netMinor,
    grossMinor: netMinor,
    shares: [],
    taxMinor,
    fees: fees
      .map(({ fee, amountMinor, taxMinor: feeTaxMinor }) => ({
        feeIndex: Math.min(Number(fee), Math.max(0, known.length - 1)),
        amountMinor,
        taxMinor: feeTaxMinor,
      }))
      .filter((share) => share.amountMinor !== 0 || share.taxMinor !== 0),
  };
}

/** Null when the sale cannot be judged anew: its rules are gone, or say another price than was paid. */
function recomputedFor(
  sold: SoldCheck,
  rules: PricingRules | null,
  source: PricingSource,
  before: ReturnedLines,
  requests: readonly LineRefund[],
): LinesRefunded | null {
  const { order, check, pricing } = sold;
  const { lines, adjustments } = check;
  const cart = cartOf({ kind: "sale", ...order, lines, adjustments, checks: [] }, rules, source.place);
  const charged = new Set(pricing.fees.map(({ id }) => id));
  const own = { ...cart, fees: cart.fees.filter(({ id }) => charged.has(id)) };
  if (refuseCart(own, null) !== null) return null;
  const priced = priceCart(own);
  if (priced.totals.totalMinor !== pricing.totalMinor) return null;
  const refundsFees = rules?.refunds.refundsFees ?? false;
  const anew = recomputed(priced, before, requests, refundsFees, "");
  return anew.ok ? anew : null;
}

/** What an order brings back as a whole, on the lines that come back, by what they would bring back alone. */
function spread(
  { owedMinor, taxMinor }: LinesRefunded,
  kept: readonly LineFact[],
  pricing: CheckPricing,
): readonly LineFact[] {
  const weights = kept.map((line) => sumWithin([paidForLine(pricing, line), feesOfLine(pricing, line)]));
  const owed = allocateOver(owedMinor, weights);
  const taxes = allocateOver(minor(Math.min(Math.max(taxMinor, 0), owedMinor)), owed);
  return kept.map((_, index) => {
    const lineTaxMinor = taxes[index] ?? ZERO;
    const paidMinor = owed[index] ?? ZERO;
    const netMinor = pricing.isTaxInclusive ? paidMinor : subtract(paidMinor, lineTaxMinor);
    return { listMinor: netMinor, grossMinor: netMinor, shares: [], taxMinor: lineTaxMinor, fees: [] };
  });
}

function allocateOver(amountMinor: Minor, weights: readonly Minor[]): readonly Minor[] {
  const isEmpty = weights.every((weight) => weight <= 0);
  return allocate(
    amountMinor,
    weights.map((weight) => (isEmpty ? 1 : Math.max(0, weight))),
  );
}

function returnOf({ pricing, refunded }: SoldCheck, lines: readonly LineFact[]): PricedReturn {
  const linesMinor = sumWithin(
    lines.flatMap((line) => [paidForLine(pricing, line), feesOfLine(pricing, line)]),
  );
  const taxMinor = sumWithin(
    lines.flatMap((line) => [line.taxMinor, ...line.fees.map((fee) => fee.taxMinor)]),
  );
  // P2
  const beforeMinor = refunded === null ? ZERO : sumWithin([refunded.linesMinor, refunded.tipMinor]);
  const afterMinor = sumWithin([beforeMinor, linesMinor]);
  const roundingMinor = subtract(roundingUpTo(pricing, afterMinor), roundingUpTo(pricing, beforeMinor));
  return {
    ok: true,
    money: { linesMinor, taxMinor, tipMinor: ZERO, roundingMinor },
    pricing: {
      rules: pricing.rules,
      isTaxInclusive: pricing.isTaxInclusive,
      treatment: pricing.treatment,
      promotions: [],
      fees: pricing.fees,
      lines,
      tipMinor: ZERO,
      roundingMinor,
      totalMinor: sumWithin([linesMinor, roundingMinor]),
    },
  };
}

function roundingUpTo({ roundingMinor, totalMinor }: CheckPricing, exactMinor: Minor): Minor {
  const wholeMinor = sumWithin([totalMinor, negate(roundingMinor)]);
  if (roundingMinor === 0 || wholeMinor <= 0) return ZERO;
  return prefix(roundingMinor, Math.min(Math.max(exactMinor, 0), wholeMinor), wholeMinor);
}

function isAllBack({ check, returnedMilli }: SoldCheck, chosen: readonly ChosenUnits[]): boolean {
  return check.lines.every(({ quantityMilli }, index) => {
    const now = chosen.find(({ lineIndex }) => lineIndex === index)?.quantityMilli ?? 0;
    return (returnedMilli[index] ?? 0) + now >= quantityMilli;
  });
}
