/**
 * A cart as the pricing engine takes it, and as it comes out priced. Plain data: configuration
 * (promotions, taxes, fees) is pinned in it, so that the same cart is the same money on every machine.
 * Every discount ends as shares of lines; nothing floats beside them (ARITHMETIC section 3).
 */
import type { Milli, Minor, Ppm, Rounding } from "../../money.ts";

/** Gift cards and deposits take no discount; gift cards no tax either. */
export type LineKind = "goods" | "deposit" | "gift_card";

/** Something chosen with an item: "extra shot". Its price is per unit of the line and may be negative. */
export interface Modifier {
  readonly id: string;
  readonly unitPriceMinor: Minor;
  /** Null: taxed with the line. A rate of its own makes it a line of its own behind its parent. */
  readonly taxPpm: Ppm | null;
}

/** What was entered; prices and rates are pinned. */
export interface CartLine {
  readonly id: string;
  readonly sku: string;
  readonly category: string;
  readonly kind: LineKind;
  /** Above 0. */
  readonly quantityMilli: Milli;
  /** The list price. */
  readonly unitPriceMinor: Minor;
  /** A price list or a clerk's price instead of the list price (stage 20), or null. */
  readonly overrideMinor: Minor | null;
  readonly taxPpm: Ppm;
  readonly modifiers: readonly Modifier[];
}

/** Which lines a promotion is for; an empty list asks nothing. Only goods are ever chosen. */
export interface Selection {
  readonly lines: readonly string[];
  readonly skus: readonly string[];
  readonly categories: readonly string[];
  readonly excludedCategories: readonly string[];
}

/** "off" rounds what is given, "pay" (折) rounds what is paid; both half up, once on the sum. */
export interface Percent {
  readonly of: "off" | "pay";
  readonly ratePpm: Ppm;
}

/** A part of a bundle: so many units of what is selected. */
export interface BundlePart {
  readonly selection: Selection;
  /** At least 1. */
  readonly unitCount: number;
}

/** A step of a ladder. */
export interface Step {
  readonly barMinor: Minor;
  readonly offMinor: Minor;
}

/** What a promotion gives. */
export type Rule =
  | { readonly kind: "line_percent"; readonly percent: Percent }
  | { readonly kind: "line_fixed"; readonly offMinor: Minor; readonly per: "line" | "unit" }
  // Of two units, by falling price, the second.
  | { readonly kind: "second_at"; readonly percent: Percent }
  // Of `takeCount` units, by falling price, the last `freeCount`.
  | { readonly kind: "cheapest_free"; readonly takeCount: number; readonly freeCount: number }
  | { readonly kind: "n_for_price"; readonly takeCount: number; readonly priceMinor: Minor }
  | { readonly kind: "bundle"; readonly parts: readonly BundlePart[]; readonly priceMinor: Minor }
  | { readonly kind: "order_percent"; readonly percent: Percent; readonly barMinor: Minor }
  // A bar of 0 is an amount off the order.
  | { readonly kind: "spend_once"; readonly barMinor: Minor; readonly offMinor: Minor }
  | {
      readonly kind: "spend_every";
      readonly barMinor: Minor;
      readonly offMinor: Minor;
      readonly timesCountMax: number | null;
    }
  | { readonly kind: "spend_ladder"; readonly steps: readonly Step[] }
  // `perCount` points are worth `worthMinor`; at most `limitPpm` of what the lines still cost.
  | {
      readonly kind: "points";
      readonly pointsCount: number;
      readonly worthMinor: Minor;
      readonly perCount: number;
      readonly limitPpm: Ppm;
    };

/** Where discounts are taken; the order of these is data (pipeline.ts). */
export type DiscountStage =
  | "line_percent"
  | "line_fixed"
  | "sets"
  | "order_percent"
  | "order_fixed"
  | "coupons"
  | "points";

/** A discount of any kind: promotion, coupon, manual discount, points. */
export interface Promotion {
  readonly id: string;
  /** Null: where rules of its kind belong. A coupon is an order rule at "coupons". */
  readonly stage: DiscountStage | null;
  /** Of one group one promotion wins; "" is in none and always counts. */
  readonly group: string;
  /** The lower goes first; then the lower id. */
  readonly priorityIndex: number;
  readonly selection: Selection;
  readonly rule: Rule;
}

/** The order in which discounts are taken, each with the number that explanations show. */
export interface Pipeline {
  readonly name: string;
  readonly stages: readonly { readonly number: number; readonly stage: DiscountStage }[];
}

/** How a place taxes. */
export interface TaxRule {
  readonly isInclusive: boolean;
  /** "bucket": once per rate on the sum, then shared to the lines. "line": each line by itself. */
  readonly grain: "bucket" | "line";
  readonly rounding: Rounding;
}

/** Packing, delivery, service charge: at stage 70, shared to the lines so that it follows them. */
export interface Fee {
  readonly id: string;
  readonly charge:
    | { readonly kind: "fixed"; readonly amountMinor: Minor }
    | { readonly kind: "percent"; readonly ratePpm: Ppm; readonly rounding: Rounding };
  /** Null: not taxable. */
  readonly taxPpm: Ppm | null;
  /** From this many guests on. */
  readonly guestCountMin: number;
}

/** What a tip is counted on. */
export type TipBasis = "before_tax" | "after_tax";

/** A gift to the staff, outside of tax and of every discount. */
export type Tip =
  | { readonly kind: "fixed"; readonly amountMinor: Minor }
  | { readonly kind: "percent"; readonly ratePpm: Ppm; readonly basis: TipBasis };

/** 抹分, 抹角, 四舍五入到角, 四舍五入到元, 见分进角, 见角进元. */
export type RoundingForm =
  | "drop_cents"
  | "drop_tenths"
  | "nearest_tenth"
  | "nearest_unit"
  | "up_to_tenth"
  | "up_to_unit";

/** 抹零: the merchant's gift at stage 95 (ARITHMETIC section 6). */
export interface OrderRounding {
  readonly form: RoundingForm;
  /** What it gives at most, or null. */
  readonly giftMinorMax: Minor | null;
  /** Shared to the lines, so that it lowers the tax; only where tax is inclusive. */
  readonly asDiscount: boolean;
}

/** Everything that one order's price depends on. */
export interface Cart {
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly CartLine[];
  readonly promotions: readonly Promotion[];
  readonly pipeline: Pipeline;
  readonly choice: "best" | "priority";
  /** Groups whose winners may count together, or null for all of them. */
  readonly stackableGroups: readonly string[] | null;
  readonly tax: TaxRule;
  readonly fees: readonly Fee[];
  readonly guestCount: number;
  readonly tip: Tip | null;
  readonly rounding: OrderRounding | null;
}

/** What one promotion took off a line. */
export interface Share {
  readonly promotion: string;
  readonly stageNumber: number;
  readonly amountMinor: Minor;
}

/** What a line bears of a fee. */
export interface FeeShare {
  readonly fee: string;
  readonly amountMinor: Minor;
  readonly taxMinor: Minor;
}

/** A line with its money. */
export interface PricedLine {
  /** "a", and "a/m" for the modifier "m" of "a" that has a rate of its own. */
  readonly id: string;
  /** The line that was entered: splits and refunds name it, and its modifiers go with it. */
  readonly source: string;
  readonly kind: LineKind;
  readonly quantityMilli: Milli;
  readonly taxPpm: Ppm;
  /** At list prices, with modifiers; what stage 20 made of it is `grossMinor`. */
  readonly listMinor: Minor;
  readonly grossMinor: Minor;
  /** In the order in which they were taken; none is 0. */
  readonly shares: readonly Share[];
  /** Gross without the shares; tax is inside where it is inclusive. */
  readonly netMinor: Minor;
  readonly taxMinor: Minor;
  readonly fees: readonly FeeShare[];
}

/** What a promotion came to. */
export interface Applied {
  readonly promotion: string;
  readonly stageNumber: number;
  readonly givenMinor: Minor;
  /** What no line could bear. */
  readonly forfeitedMinor: Minor;
  /** Points that it used up; 0 for everything but points. */
  readonly pointsCount: number;
}

/** Base and tax of one rate. */
export interface RateTotal {
  readonly ratePpm: Ppm;
  readonly baseMinor: Minor;
  readonly taxMinor: Minor;
}

/** Sums of the order. Invariant I1: net + fees + tax that is not inside + tip + rounding = total. */
export interface Totals {
  readonly grossMinor: Minor;
  readonly discountMinor: Minor;
  readonly netMinor: Minor;
  /** Of lines and fees. */
  readonly taxMinor: Minor;
  readonly feesMinor: Minor;
  readonly tipMinor: Minor;
  readonly roundingMinor: Minor;
  readonly totalMinor: Minor;
  /** By ascending rate, fees included. */
  readonly rates: readonly RateTotal[];
}

/** A cart with its money. */
export interface PricedCart {
  readonly cart: Cart;
  readonly lines: readonly PricedLine[];
  /** Promotions that gave or forfeited something, in the order in which they were taken. */
  readonly applied: readonly Applied[];
  readonly totals: Totals;
}
