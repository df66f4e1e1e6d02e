/**
 * One basket as a cart: a line for each product, the store's discounts as promotions or manual
 * discounts, coupons as coupons. Nothing is priced here.
 *
 * Tills hold unit prices in whole cents. Where an amount is not a whole number of cents a piece (two
 * chickens of two weights in one row; fuel at tenths of a cent) the line has the next higher unit
 * price and a manual discount, "price step", gives the difference back: what is paid is exact.
 */
import { milli, MILLI_ONE, minor, ppm } from "../../core/money.ts";
import { HOUSE_PIPELINE } from "../../core/price/cart/pipeline.ts";
import type { Cart, CartLine, Promotion, Rule, Selection } from "../../core/price/cart/types.ts";
import type { Offer } from "./offers.ts";
import type { BasketRow } from "./rows.ts";

/** What a row is to a till. */
export type RowForm =
  /** A line at a unit price in whole cents. */
  | "line"
  /** A line with a price step of `stepMinor`. */
  | "line_with_step"
  /** Nothing was sold and nothing given. */
  | "empty"
  /** A coupon without goods of its own: it is taken off the basket. */
  | "coupon_alone"
  /** A discount of the store's on nothing at all. */
  | "discount_alone";

/** A row with its place in the cart. */
export interface PlacedRow {
  readonly row: BasketRow;
  readonly form: RowForm;
  readonly stepMinor: number;
  readonly offer: Offer["kind"] | null;
}

/** A cart with the rows that it was made of, in their order. */
export interface BasketCart {
  readonly cart: Cart;
  readonly placed: readonly PlacedRow[];
}

/** How a basket's rows become lines. */
export interface BasketRules {
  readonly categoryOf: (row: BasketRow) => string;
  /** Whether the quantity counts pieces, not thousandths. */
  readonly isPieces: (row: BasketRow) => boolean;
  readonly offerOf: (row: BasketRow) => Offer;
}

/** Promotions of a row carry its number, so that what is left of them can be told of the row. */
export const couponId = (row: BasketRow): string => `coupon:${row.rowNumber}`;
/** What of a coupon its own goods do not bear, taken off the basket. */
export const couponRestId = (row: BasketRow): string => `coupon_rest:${row.rowNumber}`;

/** Line ids are row numbers. */
export const lineIdOf = (row: BasketRow): string => String(row.rowNumber);

const EVERYTHING: Selection = { lines: [], skus: [], categories: [], excludedCategories: [] };

/** The cart of one basket. */
export function basketCart(rows: readonly BasketRow[], rules: BasketRules): BasketCart {
  const lines: CartLine[] = [];
  const promotions: Promotion[] = [];
  const placed = rows.map((row): PlacedRow => {
    const form = formOf(row);
    promotions.push(...coupons(row));
    if (form !== "line") return { row, form, stepMinor: 0, offer: null };
    const { line, stepMinor } = lineOf(row, rules);
    lines.push(line);
    const offer = row.storeOffMinor > 0 ? rules.offerOf(row) : null;
    if (stepMinor > 0) promotions.push(manual(`step:${row.rowNumber}`, row, stepMinor));
    if (offer !== null) promotions.push(storeDiscount(row, offer));
    return { row, form: stepMinor > 0 ? "line_with_step" : "line", stepMinor, offer: offer?.kind ?? null };
  });
  return { cart: cartOf(lines, promotions), placed };
}

function cartOf(lines: readonly CartLine[], promotions: readonly Promotion[]): Cart {
  return {
    currency: "USD",
    lines,
    promotions,
    pipeline: HOUSE_PIPELINE,
    choice: "best",
    stackableGroups: null,
    // The data says nothing of taxes.
    tax: { isInclusive: true, grain: "bucket", rounding: "HALF_UP" },
    fees: [],
    guestCount: 0,
    tip: null,
    rounding: null,
  };
}

function formOf(row: BasketRow): RowForm {
  if (row.quantityCount > 0) return "line";
  if (row.couponMinor > 0) return "coupon_alone";
  return row.salesMinor === 0 && row.storeOffMinor === 0 && row.matchMinor === 0 ? "empty" : "discount_alone";
}

/** The lowest unit price whose amount is not below the row's, and what it is above it. */
function lineOf(row: BasketRow, rules: BasketRules): { readonly line: CartLine; readonly stepMinor: number } {
  const listMinor = row.salesMinor + row.storeOffMinor + row.matchMinor;
  const quantityMilli = rules.isPieces(row) ? row.quantityCount * MILLI_ONE : row.quantityCount;
  const amountOf = (unitMinor: number): number => Math.floor((unitMinor * quantityMilli + 500) / MILLI_ONE);
  let unitMinor = Math.floor((listMinor * MILLI_ONE) / quantityMilli);
  while (amountOf(unitMinor) < listMinor) unitMinor += 1;
  const line: CartLine = {
    id: lineIdOf(row),
    sku: row.product,
    category: rules.categoryOf(row),
    kind: "goods",
    quantityMilli: milli(quantityMilli),
    unitPriceMinor: minor(unitMinor),
    overrideMinor: null,
    taxPpm: ppm(0),
    modifiers: [],
  };
  return { line, stepMinor: amountOf(unitMinor) - listMinor };
}

function storeDiscount(row: BasketRow, offer: Offer): Promotion {
  if (offer.kind === "manual") return manual(`manual:${row.rowNumber}`, row, row.storeOffMinor);
  const rule: Rule = { kind: "line_fixed", offMinor: minor(offer.unitOffMinor), per: "unit" };
  return promotion(offer.id, rule, { ...EVERYTHING, skus: [row.product] });
}

function manual(id: string, row: BasketRow, offMinor: number): Promotion {
  return promotion(id, { kind: "line_fixed", offMinor: minor(offMinor), per: "line" }, onlyLineOf(row));
}

/** The store's match of a coupon, the coupon on its own goods, and what is left of it on the basket. */
function coupons(row: BasketRow): readonly Promotion[] {
  const isSold = row.quantityCount > 0;
  const ownMinor = isSold ? Math.min(row.couponMinor, row.salesMinor) : 0;
  const restMinor = row.couponMinor - ownMinor;
  const own = onlyLineOf(row);
  return [
    ...(isSold && row.matchMinor > 0 ? [coupon(`match:${row.rowNumber}`, row.matchMinor, own, 0)] : []),
    ...(ownMinor > 0 ? [coupon(couponId(row), ownMinor, own, 1)] : []),
    ...(restMinor > 0 ? [coupon(couponRestId(row), restMinor, EVERYTHING, 2)] : []),
  ];
}

function coupon(id: string, offMinor: number, selection: Selection, priorityIndex: number): Promotion {
  const rule: Rule = { kind: "spend_once", barMinor: minor(0), offMinor: minor(offMinor) };
  return { ...promotion(id, rule, selection), stage: "coupons", priorityIndex };
}

function onlyLineOf(row: BasketRow): Selection {
  return { ...EVERYTHING, lines: [lineIdOf(row)] };
}

function promotion(id: string, rule: Rule, selection: Selection): Promotion {
  return { id, stage: null, group: "", priorityIndex: 0, selection, rule };
}
