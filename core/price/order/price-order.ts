/**
 * What an order costs: the screen's running total, pro-forma, explain and the freeze ask the same
 * function, so that they cannot differ. It looks at every line; taps do not call it.
 */
import type { Minor } from "../../money.ts";
import { refuseCart } from "../cart/check.ts";
import { priceCart, ROUNDING_PROMOTION } from "../cart/price.ts";
import type { CartRefusalCode } from "../cart/refusal.ts";
import type { Cart, PricedCart, PricedLine } from "../cart/types.ts";
import { rulesOf } from "../rules/source.ts";
import type { PricingSource } from "../rules/source.ts";
import type { PricingRules } from "../rules/types.ts";
import { isAdjusted } from "./adjustments.ts";
import { cartOf, manualId } from "./cart-of.ts";
import type { OrderToPrice } from "./cart-of.ts";
import type { CheckPricing, FeeFact, LineFact, PromotionFact } from "./types.ts";

/** An order with its money, or why it has none. */
export type OrderPriced =
  | { readonly ok: true; readonly priced: PricedCart; readonly pricing: CheckPricing }
  | { readonly ok: false; readonly code: CartRefusalCode };

/** Prices what is open on an order; null where nothing but its lines counts and its total is their sum. */
export function priceOrder(order: OrderToPrice, source: PricingSource): OrderPriced | null {
  const rules = rulesOf(order.lines, source);
  const isPlain = rules === null && !isAdjusted(order.adjustments);
  if (isPlain || order.lines.length === 0 || order.lines.some(({ returnOf }) => returnOf !== null))
    return null;
  const cart = cartOf(order, rules, source.place);
  const refusal = refuseCart(cart, null);
  if (refusal !== null) return { ok: false, code: refusal.code };
  const priced = priceCart(cart);
  return { ok: true, priced, pricing: pricingOf(order, cart, priced, rules) };
}

/** What the order's open lines come to with everything: to be paid, or paid out. */
export function totalOf(
  order: OrderToPrice & { readonly openTotalMinor: Minor },
  source: PricingSource,
): Minor {
  const priced = priceOrder(order, source);
  return priced === null || !priced.ok ? order.openTotalMinor : priced.pricing.totalMinor;
}

function pricingOf(
  order: OrderToPrice,
  cart: Cart,
  { lines, applied, totals }: PricedCart,
  rules: PricingRules | null,
): CheckPricing {
  const promotions = applied.map((its): PromotionFact => ({
    id: its.promotion,
    name: nameOf(its.promotion, order, rules),
    stageNumber: its.stageNumber,
    forfeitedMinor: its.forfeitedMinor,
  }));
  const charged = cart.fees.filter(({ id }) => lines.some(({ fees }) => fees.some(({ fee }) => fee === id)));
  const fees = charged.map(({ id, taxPpm }): FeeFact => ({
    id,
    name: rules?.fees.find((its) => its.id === id)?.name ?? id,
    taxPpm,
  }));
  const { tipMinor, roundingMinor, totalMinor } = totals;
  return {
    rules: rules === null ? null : { version: rules.version, sha256: rules.sha256 },
    isTaxInclusive: cart.tax.isInclusive,
    treatment: order.adjustments.treatment,
    promotions,
    fees,
    lines: lines.map((line) => lineFact(line, promotions, fees)),
    tipMinor,
    roundingMinor,
    totalMinor,
  };
}

function lineFact(
  line: PricedLine,
  promotions: readonly PromotionFact[],
  fees: readonly FeeFact[],
): LineFact {
  return {
    listMinor: line.listMinor,
    grossMinor: line.grossMinor,
    shares: line.shares.map(({ promotion, amountMinor }) => ({
      promotionIndex: promotions.findIndex(({ id }) => id === promotion),
      amountMinor,
    })),
    taxMinor: line.taxMinor,
    fees: line.fees.map(({ fee, amountMinor, taxMinor }) => ({
      feeIndex: fees.findIndex(({ id }) => id === fee),
      amountMinor,
      taxMinor,
    })),
  };
}

function nameOf(id: string, { adjustments }: OrderToPrice, rules: PricingRules | null): string {
  if (id === ROUNDING_PROMOTION) return id;
  const published = rules?.promotions.find((its) => its.id === id);
  if (published !== undefined) return published.name;
  return adjustments.discounts.find((_, index) => manualId(index) === id)?.reason ?? id;
}
