/** Carts for tests: every field has a default, so that what a test writes is what it is about. */
import { milli, minor, ppm } from "../../core/money.ts";
import { HOUSE_PIPELINE } from "../../core/price/cart/pipeline.ts";
import { priceCart } from "../../core/price/cart/price.ts";
import type {
  Cart,
  CartLine,
  PricedCart,
  Promotion,
  Rule,
  Selection,
  TaxRule,
} from "../../core/price/cart/types.ts";

/** Selects every goods line. */
export const EVERYTHING: Selection = { lines: [], skus: [], categories: [], excludedCategories: [] };

/** Prices with the tax on top, once per rate. */
export const EXCLUSIVE: TaxRule = { isInclusive: false, grain: "bucket", rounding: "HALF_UP" };

/** A line of `quantity` thousandths at a unit price in minor units. */
export function line(id: string, unitPrice: number, quantity = 1000, more: Partial<CartLine> = {}): CartLine {
  return {
    id,
    sku: id,
    category: "food",
    kind: "goods",
    quantityMilli: milli(quantity),
    unitPriceMinor: minor(unitPrice),
    overrideMinor: null,
    taxPpm: ppm(0),
    modifiers: [],
    ...more,
  };
}

/** Lines "a", "b", ... of one unit each at these prices. */
export function lines(...prices: readonly number[]): readonly CartLine[] {
  return prices.map((price, index) => line(String.fromCharCode(97 + index), price));
}

/** A promotion on everything. */
export function promotion(id: string, rule: Rule, more: Partial<Promotion> = {}): Promotion {
  return { id, stage: null, group: "", priorityIndex: 0, selection: EVERYTHING, rule, ...more };
}

/** An amount off the order. */
export function amountOff(offMinor: number, barMinor = 0): Rule {
  return { kind: "spend_once", barMinor: minor(barMinor), offMinor: minor(offMinor) };
}

/** A cart in CNY with inclusive tax and nothing else. */
export function cart(of: readonly CartLine[], more: Partial<Cart> = {}): Cart {
  return {
    currency: "CNY",
    lines: of,
    promotions: [],
    pipeline: HOUSE_PIPELINE,
    choice: "best",
    stackableGroups: null,
    tax: { isInclusive: true, grain: "bucket", rounding: "HALF_UP" },
    fees: [],
    guestCount: 0,
    tip: null,
    rounding: null,
    ...more,
  };
}

/** A cart with its money. */
export function price(of: readonly CartLine[], more: Partial<Cart> = {}): PricedCart {
  return priceCart(cart(of, more));
}

/** The shares of each line, by promotion id. */
export function sharesOf({ lines: priced }: PricedCart): readonly Readonly<Record<string, number>>[] {
  return priced.map(({ shares }) =>
    Object.fromEntries(shares.map(({ promotion: id, amountMinor }) => [id, amountMinor])),
  );
}

/** What each line still costs. */
export function nets({ lines: priced }: PricedCart): readonly number[] {
  return priced.map(({ netMinor }) => netMinor);
}

/** The tax of each line. */
export function taxes({ lines: priced }: PricedCart): readonly number[] {
  return priced.map(({ taxMinor }) => taxMinor);
}
