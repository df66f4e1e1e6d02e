/**
 * The business view: what "the same state" means. Lines, checks, money and links; no Lamport times,
 * versions, marks, print jobs or audit. Its text is canonical, so that equal views hash alike on
 * every machine. The text of a check is hashed into check_closed and must never change its form.
 */
import type { ReceiptNumber, TaxFact, TenderFact } from "../facts.ts";
import { NO_ADJUSTMENTS } from "../price/order/adjustments.ts";
import type { CheckPricing } from "../price/order/types.ts";
import type { Check, Line, Order } from "./types.ts";

/** A JSON array of strings and integers only: one text for one value. */
type Canonical = string | number | readonly Canonical[];

function text(value: Canonical): string {
  return JSON.stringify(value);
}

function lineView(line: Line): readonly Canonical[] {
  return [line.id, line.sku, line.name, line.quantityMilli, line.unitPriceMinor, line.taxPpm, line.note];
}

// The units that come back are part of what a line is; lines without them keep their first form.
function lineViewWithReturn(line: Line): Canonical {
  if (line.returnOf === null) return lineView(line);
  const { line: sold, soldMilli, soldMinor, fromMilli } = line.returnOf;
  return [...lineView(line), [sold, soldMilli, soldMinor, fromMilli]];
}

/** What a closing says of itself, before it has an identity. */
export interface ClosingFacts {
  readonly totalMinor: number;
  readonly taxes: readonly TaxFact[];
  readonly tenders: readonly TenderFact[];
  readonly receipt: ReceiptNumber;
  readonly roundingMinor: number;
}

/**
 * The canonical text of one check at its closing; what check_closed.viewHash is the SHA-256 of.
 * "check/2" says what the first form has no place for, and is used where there is any of it.
 */
export function closingView(
  order: Pick<Order, "id" | "kind" | "currency">,
  lines: readonly Line[],
  facts: ClosingFacts,
  pricing: CheckPricing | null = null,
): string {
  if (pricing !== null) return pricedView(order, lines, facts, pricing);
  const isPlain = facts.roundingMinor === 0 && lines.every((line) => line.returnOf === null);
  return text([
    isPlain ? "check/1" : "check/2",
    order.id,
    order.kind,
    order.currency,
    lines.map(isPlain ? lineView : lineViewWithReturn),
    facts.totalMinor,
    facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
    facts.tenders.map((tender) => [tender.tender, tender.method, tender.amountMinor]),
    [facts.receipt.series, facts.receipt.number],
    ...(isPlain ? [] : [facts.roundingMinor]),
  ]);
}

// "check/3": what the lines cost and why is a part of it.
function pricedView(
  order: Pick<Order, "id" | "kind" | "currency">,
  lines: readonly Line[],
  facts: ClosingFacts,
  pricing: CheckPricing,
): string {
  return text([
    "check/3",
    order.id,
    order.kind,
    order.currency,
    lines.map(lineViewWithReturn),
    pricingView(pricing),
    facts.totalMinor,
    facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
    facts.tenders.map((tender) => [tender.tender, tender.method, tender.amountMinor]),
    [facts.receipt.series, facts.receipt.number],
    facts.roundingMinor,
  ]);
}

function pricingView(pricing: CheckPricing): Canonical {
  const { rules, isTaxInclusive, treatment, promotions, fees, lines } = pricing;
  return [
    rules === null ? [] : [rules.version, hexOf(rules.sha256)],
    isTaxInclusive ? 1 : 0,
    treatment,
    promotions.map((its) => [its.id, its.name, its.stageNumber, its.forfeitedMinor]),
    fees.map((its) => [its.id, its.name, its.taxPpm ?? -1]),
    lines.map((line) => [
      line.listMinor,
      line.grossMinor,
      line.shares.map(({ promotionIndex, amountMinor }) => [promotionIndex, amountMinor]),
      line.taxMinor,
      line.fees.map((fee) => [fee.feeIndex, fee.amountMinor, fee.taxMinor]),
    ]),
    pricing.tipMinor,
    pricing.roundingMinor,
    pricing.totalMinor,
  ];
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Pricing stands last, where there is any, and before it cash rounding: a check without keeps its first
// form.
function moneyView({ roundingMinor, pricing }: Check): readonly Canonical[] {
  if (pricing !== null) return [roundingMinor, pricingView(pricing)];
  return roundingMinor === 0 ? [] : [roundingMinor];
}

// Cash rounding stands last, where there is any: a check without keeps its first form.
function checkView(check: Check): Canonical {
  return [
    check.id,
    check.status,
    check.lines.map(lineViewWithReturn),
    check.note,
    check.dueMinor,
    check.tenders.map((tender) => [tender.id, tender.method, tender.amountMinor]),
    check.closings.map((closing) => [
      closing.id,
      closing.facts.totalMinor,
      closing.facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
      closing.facts.receipt.series,
      closing.facts.receipt.number,
    ]),
    ...moneyView(check),
  ];
}

function adjustmentsView({ adjustments, refunded }: Order): readonly Canonical[] {
  if (adjustments === NO_ADJUSTMENTS && refunded.length === 0) return [];
  const { discounts, coupons, tip, isRounded, guestCount, tier, treatment } = adjustments;
  return [
    discounts.map((its) => [its.id, its.line ?? "", its.ratePpm ?? -1, its.amountMinor, its.reason]),
    coupons.map(({ id, code }) => [id, code]),
    tip === null ? [] : [tip.ratePpm ?? -1, tip.amountMinor, tip.basis],
    [isRounded ? 1 : 0, guestCount, tier, treatment],
    refunded.map((its) => [its.closing, its.linesMinor, its.taxMinor, its.tipMinor, its.roundingMinor]),
  ];
}

function returnView({ returnOf, returned }: Order): readonly Canonical[] {
  if (returnOf === null && returned.length === 0) return [];
  return [
    returnOf === null ? [] : [returnOf.original, returnOf.closing],
    returned.map(({ closing, line, quantityMilli }) => [closing, line, quantityMilli]),
  ];
}

/**
 * The canonical text of a whole order. Equal on any two machines that hold the same events. "order/2"
 * adds what returns are about, "order/3" what adjusts its price, and each is used where there is any of it.
 */
export function businessView(order: Order): string {
  const returns = returnView(order);
  const adjustments = adjustmentsView(order);
  return text([
    adjustments.length > 0 ? "order/3" : returns.length === 0 ? "order/1" : "order/2",
    order.id,
    order.kind,
    order.owner,
    order.currency,
    order.label,
    order.note,
    order.phase,
    order.lines.map(lineViewWithReturn),
    order.checks.map(checkView),
    ...returns,
    ...adjustments,
  ]);
}
