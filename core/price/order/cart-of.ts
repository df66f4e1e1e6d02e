/**
 * The cart that an order is under its rules: lines with what was pinned on them, the promotions that each
 * of them may have, coupons that were shown, a clerk's own discounts, fees, tip, rounding.
 *
 * C1 A promotion is for the lines that were entered while it was in force.
 * C2 A fee that is an amount is charged once for an order, with its first check.
 * C3 What a clerk gives comes after the house's promotions of its stage.
 */
import { minor, PPM_ONE, ppm, scale } from "../../money.ts";
import type { Minor } from "../../money.ts";
import type { Line, Order } from "../../order/types.ts";
import { HOUSE_PIPELINE } from "../cart/pipeline.ts";
import type { Cart, CartLine, Fee, Promotion, Selection, Tip } from "../cart/types.ts";
import type { PricingRules, PublishedPromotion } from "../rules/types.ts";
import { isValidAt } from "../rules/validity.ts";
import type { Place } from "../rules/validity.ts";
import type { Adjustments, GivenDiscount } from "./adjustments.ts";
import { listedPrice } from "./entry.ts";

/** What of an order its price depends on. */
export type OrderToPrice = Pick<Order, "kind" | "currency" | "lines" | "adjustments" | "checks">;

/** Before every promotion of a house: priorities of rules end below it. */
const MANUAL_PRIORITY_INDEX = 10_000_000;
const EVERYTHING: Selection = { lines: [], skus: [], categories: [], excludedCategories: [] };

/** The cart of the order's open lines; `rules` null are the plain ones. */
export function cartOf(order: OrderToPrice, rules: PricingRules | null, where: Omit<Place, "tier">): Cart {
  const { lines, adjustments } = order;
  const place = { ...where, tier: adjustments.tier };
  const isSale = order.kind === "sale";
  return {
    currency: order.currency,
    lines: lines.map((line, index) => cartLine(line, index, adjustments, rules, place)),
    promotions: isSale
      ? [...housePromotions(order, rules, place), ...manualPromotions(lines, adjustments)]
      : [],
    pipeline: rules?.pipeline ?? HOUSE_PIPELINE,
    choice: rules?.choice ?? "best",
    stackableGroups: rules?.stackableGroups ?? null,
    tax: rules?.tax ?? { isInclusive: true, grain: "bucket", rounding: "HALF_UP" },
    fees: isSale ? feesOf(order, rules, place) : [],
    guestCount: adjustments.guestCount,
    tip: isSale ? tipOf(adjustments) : null,
    rounding: isSale && adjustments.isRounded ? (rules?.rounding ?? null) : null,
  };
}

/** The cart's name of the line at this place. */
export function cartLineId(index: number): string {
  return String(index + 1);
}

/** The name of the clerk's discount at this place; no rule may be called so. */
export function manualId(index: number): string {
  return `manual/${index + 1}`;
}

function cartLine(
  line: Line,
  index: number,
  { treatment }: Adjustments,
  rules: PricingRules | null,
  place: Place,
): CartLine {
  const isTaxed = treatment === "standard";
  const priceMinor = entryPrice(line, rules, place);
  const listMinor = line.pricing?.listPriceMinor ?? line.unitPriceMinor;
  const isLowered = !isTaxed && rules?.lowersTaxFree !== false && rules?.tax.isInclusive !== false;
  const unitMinor = isLowered ? withoutTax(priceMinor, line) : priceMinor;
  return {
    id: cartLineId(index),
    sku: line.sku,
    category: line.pricing?.category ?? "",
    kind: "goods",
    quantityMilli: line.quantityMilli,
    unitPriceMinor: listMinor,
    overrideMinor: unitMinor === listMinor ? null : unitMinor,
    taxPpm: isTaxed ? line.taxPpm : ppm(0),
    modifiers: [],
  };
}

// Who shows the member's card at the end gets the member's price: lists are judged with the tier of now.
function entryPrice(line: Line, rules: PricingRules | null, place: Place): Minor {
  const { pricing, priceSource, unitPriceMinor } = line;
  if (pricing === null || rules === null || priceSource !== "list") return unitPriceMinor;
  const listed = listedPrice(rules, line.sku, pricing.at, place);
  return listed?.unitPriceMinor ?? pricing.listPriceMinor ?? unitPriceMinor;
}

function withoutTax(priceMinor: Minor, { taxPpm }: Line): Minor {
  return minor(scale(priceMinor, PPM_ONE, PPM_ONE + taxPpm));
}

function housePromotions(
  { lines, adjustments }: OrderToPrice,
  rules: PricingRules | null,
  place: Place,
): readonly Promotion[] {
  if (rules === null) return [];
  const codes = new Set(adjustments.coupons.map(({ code }) => code));
  return rules.promotions.flatMap((published) => {
    if (published.couponCodes.length > 0 && !published.couponCodes.some((code) => codes.has(code))) return [];
    const selection = selectionIn(published, lines, place);
    if (selection === null) return [];
    const { id, stage, group, priorityIndex, rule } = published;
    return [{ id, stage, group, priorityIndex, selection, rule }];
  });
}

// C1
function selectionIn(
  { selection, validity }: PublishedPromotion,
  lines: readonly Line[],
  place: Place,
): Selection | null {
  const own = lines.flatMap(({ pricing }, index) =>
    pricing !== null && isValidAt(validity, pricing.at, place) ? [cartLineId(index)] : [],
  );
  if (own.length === 0) return null;
  return own.length === lines.length ? selection : { ...selection, lines: own };
}

// C3
function manualPromotions(lines: readonly Line[], { discounts }: Adjustments): readonly Promotion[] {
  return discounts.flatMap((discount, place): readonly Promotion[] => {
    const index = lines.findIndex(({ id }) => id === discount.line);
    if (discount.line !== null && index < 0) return [];
    const selection = discount.line === null ? EVERYTHING : { ...EVERYTHING, lines: [cartLineId(index)] };
    const common = { id: manualId(place), stage: null, group: "", priorityIndex: MANUAL_PRIORITY_INDEX };
    return [{ ...common, selection, rule: manualRule(discount) }];
  });
}

function manualRule({ line, ratePpm, amountMinor }: GivenDiscount): Promotion["rule"] {
  if (ratePpm !== null) {
    const percent = { of: "off", ratePpm } as const;
    return line === null
      ? { kind: "order_percent", percent, barMinor: minor(0) }
      : { kind: "line_percent", percent };
  }
  return line === null
    ? { kind: "spend_once", barMinor: minor(0), offMinor: amountMinor }
    : { kind: "line_fixed", offMinor: amountMinor, per: "line" };
}

function feesOf({ lines, checks }: OrderToPrice, rules: PricingRules | null, place: Place): readonly Fee[] {
  const at = lines.find(({ pricing }) => pricing !== null)?.pricing?.at;
  if (rules === null || at === undefined) return [];
  const isFirst = checks.every(({ status }) => status === "thawed");
  return rules.fees.flatMap(({ id, charge, taxPpm, guestCountMin, validity }) => {
    // C2
    const isDue = charge.kind === "percent" || isFirst;
    return isDue && isValidAt(validity, at, place) ? [{ id, charge, taxPpm, guestCountMin }] : [];
  });
}

function tipOf({ tip }: Adjustments): Tip | null {
  if (tip === null) return null;
  if (tip.ratePpm === null) return { kind: "fixed", amountMinor: tip.amountMinor };
  return { kind: "percent", ratePpm: tip.ratePpm, basis: tip.basis };
}
