/**
 * The price of the order that a screen works on: of what is open by the same function that a freeze asks,
 * of a check that waits for money by the facts that it froze. So what is shown is what is due.
 */
import { negate, ZERO } from "../../core/money.ts";
import type { Line, Order } from "../../core/order/types.ts";
import { tipBases } from "../../core/price/cart/price.ts";
import { tipAt } from "../../core/price/cart/tips.ts";
import type { PricedCart } from "../../core/price/cart/types.ts";
import type { Adjustments } from "../../core/price/order/adjustments.ts";
import { manualId } from "../../core/price/order/cart-of.ts";
import { explainPricedLine } from "../../core/price/order/explain.ts";
import { chargedBy, givenBy } from "../../core/price/order/facts.ts";
import type { CheckPricing } from "../../core/price/order/types.ts";
import { priceOrder } from "../../core/price/order/price-order.ts";
import { rulesForNext, rulesOf } from "../../core/price/rules/source.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import type { PricingRules } from "../../core/price/rules/types.ts";
import type { LinePriceView, PriceRow, PricingView, TipPreset } from "./wire-pricing.ts";

/** What is open on an order, priced; `pricing` null where each line costs its price and no more is due. */
export interface OpenPrice {
  readonly totalMinor: number;
  readonly pricing: PricingView | null;
}

/** Orders are never changed, only followed by others: what one costs under the same rules is reckoned once. */
const PRICED = new WeakMap<Order, { readonly rules: PricingRules | null; readonly price: OpenPrice }>();

/** The price of an order's open lines, reckoned once for each state of it. */
export function openPrice(order: Order, source: PricingSource): OpenPrice {
  const rules = rulesOf(order.lines, source);
  const known = PRICED.get(order);
  if (known !== undefined && known.rules === rules) return known.price;
  const price = priceOpen(order, source);
  PRICED.set(order, { rules, price });
  return price;
}

/** One that cannot be priced shows the sum of its lines, and is refused at the freeze. */
function priceOpen(order: Order, source: PricingSource): OpenPrice {
  const priced = priceOrder(order, source);
  const { openTotalMinor, lines, adjustments } = order;
  if (priced === null || !priced.ok) return { totalMinor: openTotalMinor, pricing: null };
  const rules = rulesForNext(lines, source);
  const presets = rules === null ? [] : tipPresets(rules, priced.priced);
  return {
    totalMinor: priced.pricing.totalMinor,
    pricing: {
      ...viewOf(lines, priced.pricing, adjustments),
      tipPresets: presets,
      canRound: rules !== null && rules.rounding !== null,
      isRounded: adjustments.isRounded,
    },
  };
}

/** The price of a check that waits for money. */
export function frozenPrice(
  lines: readonly Line[],
  pricing: CheckPricing | null,
  adjustments: Adjustments,
): PricingView | null {
  if (pricing === null) return null;
  const { isRounded } = adjustments;
  // Nothing is given while the customer pays.
  const rows = viewOf(lines, pricing, adjustments).rows.map((row) => ({ ...row, adjustment: null }));
  return { ...viewOf(lines, pricing, adjustments), rows, tipPresets: [], canRound: false, isRounded };
}

function viewOf(
  lines: readonly Line[],
  pricing: CheckPricing,
  adjustments: Adjustments,
): Pick<PricingView, "rows" | "lines" | "version"> {
  return {
    rows: rowsOf(pricing, adjustments),
    lines: lines.flatMap((line, index) => lineOf(line, index, pricing)),
    version: pricing.rules?.version ?? null,
  };
}

function rowsOf(pricing: CheckPricing, adjustments: Adjustments): readonly PriceRow[] {
  const given = givenBy(pricing);
  const charged = chargedBy(pricing);
  const rows: readonly PriceRow[] = [
    ...pricing.promotions.map(({ id, name }, index): PriceRow => {
      const amountMinor = negate(given[index] ?? ZERO);
      return { kind: "discount", name, amountMinor, adjustment: manualOf(id, adjustments) };
    }),
    ...pricing.fees.map(({ name }, index) => row("fee", name, charged[index] ?? 0)),
    ...(pricing.isTaxInclusive ? [] : [row("tax", "", taxOf(pricing))]),
    row("tip", "", pricing.tipMinor),
    row("rounding", "", pricing.roundingMinor),
  ];
  const coupons = adjustments.coupons.map(({ id, code }): PriceRow => ({
    kind: "coupon",
    name: code,
    amountMinor: 0,
    adjustment: id,
  }));
  return [
    ...rows.filter(({ amountMinor, adjustment }) => amountMinor !== 0 || adjustment !== null),
    ...coupons,
  ];
}

function row(kind: PriceRow["kind"], name: string, amountMinor: number): PriceRow {
  return { kind, name, amountMinor, adjustment: null };
}

function manualOf(id: string, { discounts }: Adjustments): PriceRow["adjustment"] {
  return discounts.find((_, index) => manualId(index) === id)?.id ?? null;
}

function taxOf({ lines }: CheckPricing): number {
  return lines.reduce(
    (total, line) => line.fees.reduce((sum, fee) => sum + fee.taxMinor, total + line.taxMinor),
    0,
  );
}

function lineOf(line: Line, index: number, pricing: CheckPricing): readonly LinePriceView[] {
  const explained = explainPricedLine(line, index, pricing);
  if (explained === null) return [];
  const steps = explained.parts.map(({ kind, name, stageNumber, amountMinor }) => ({
    kind,
    name,
    stageNumber,
    amountMinor,
  }));
  return [{ line: line.id, paidMinor: explained.amountMinor, steps }];
}

function tipPresets({ tips }: PricingRules, { cart, lines }: PricedCart): readonly TipPreset[] {
  if (tips === null) return [];
  const { beforeTaxMinor, afterTaxMinor } = tipBases(cart, lines);
  const basisMinor = tips.basis === "before_tax" ? beforeTaxMinor : afterTaxMinor;
  return tips.presetsPpm.map((ratePpm) => ({ ratePpm, amountMinor: tipAt(ratePpm, basisMinor) }));
}
