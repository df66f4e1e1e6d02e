/**
 * The pricing rules that a shop sells by: one document with everything that an order's price depends on
 * beside its lines. Headquarters publishes it under a version, or it lies beside the catalogue as the
 * terminal's own (version 0). Rules are data: nothing here knows how they are written (read.ts) or what
 * they make of an order (cart-of.ts).
 *
 * R1 An order is sold under one version: that of its first line. Whatever is published meanwhile is for
 *    the orders that begin then.
 * R2 What is bound to a time is judged at the time at which each line was entered, so that a total on
 *    the screen does not move while the clock does.
 */
import type { Minor, Ppm } from "../../money.ts";
import type { WallMs } from "../../time.ts";
import type { Fee, OrderRounding, Pipeline, Promotion, Selection, TaxRule, TipBasis } from "../cart/types.ts";

/** Minutes after midnight. */
export type MinuteOfDay = number;
/** 1 is Monday, 7 is Sunday. */
export type Weekday = number;

/** Part of a day in the store's zone, minutes after midnight; one that ends before it begins runs over midnight. */
export interface DayPart {
  readonly fromMinute: MinuteOfDay;
  /** The first minute that is not in it any more. */
  readonly untilMinute: MinuteOfDay;
}

/** When, where and for whom something is in force. An empty list asks nothing. */
export interface Validity {
  /** Null: since ever. */
  readonly from: WallMs | null;
  /** The first instant at which it is not in force any more; null: for ever. */
  readonly until: WallMs | null;
  /** A part of a day that runs over midnight belongs to the day it began on. */
  readonly weekdays: readonly Weekday[];
  readonly dayParts: readonly DayPart[];
  readonly stores: readonly string[];
  readonly channels: readonly string[];
  /** Tiers of members; an order without a member has none of them. */
  readonly tiers: readonly string[];
}

/** What people read. */
export interface Named {
  readonly id: string;
  /** In the language of the store's receipts. */
  readonly name: string;
  readonly nameEn: string;
  readonly nameZh: string;
}

/** A promotion, or a coupon when codes ask for it. */
export interface PublishedPromotion extends Promotion, Named {
  readonly validity: Validity;
  /** One of these must be entered; empty for what is given to everybody. Upper case. */
  readonly couponCodes: readonly string[];
}

/** A fee with its conditions. */
export interface PublishedFee extends Fee, Named {
  readonly validity: Validity;
}

/** Prices in the place of list prices (stage 20): member prices, happy hours, a store's own. */
export interface PriceList extends Named {
  readonly validity: Validity;
  /** Of several in force the lowest counts, then the lower id. */
  readonly priorityIndex: number;
  readonly prices: ReadonlyMap<string, Minor>;
}

/** A rate from a time on. */
export interface DatedRate {
  /** Null: since ever. */
  readonly from: WallMs | null;
  readonly ratePpm: Ppm;
}

/** The rate of what is selected, over the catalogue's. The first row that fits an item counts. */
export interface TaxRow {
  readonly id: string;
  readonly selection: Selection;
  /** By rising start. */
  readonly rates: readonly DatedRate[];
}

/** How an order is taxed: as usual, not at all (with papers that say why), or by its buyer. */
export type TaxTreatment = "standard" | "tax_free" | "reverse_charge";

/** What tips a screen offers. */
export interface TipRules {
  /** At most four. */
  readonly presetsPpm: readonly Ppm[];
  readonly basis: TipBasis;
  /** How long after the sale a tip may still be added. */
  readonly laterMs: number;
}

/** How far a clerk's own discounts go. */
export interface ManualRules {
  readonly ratePpmMax: Ppm;
  /** Null: as far as the line or the order goes. */
  readonly amountMinorMax: Minor | null;
}

/** What comes back of what was paid. */
export interface RefundRules {
  readonly mode: "keep_share" | "recompute";
  readonly refundsFees: boolean;
  /** Refunds below it are refused, but for the last remainder. */
  readonly minimumMinor: Minor;
}

/** Everything that is in force together. */
export interface RulesDocument {
  /** ISO 4217; must be the terminal's. */
  readonly currency: string;
  readonly tax: TaxRule;
  /** Whether a price with tax inside becomes the price without it when an order is not taxed. */
  readonly lowersTaxFree: boolean;
  readonly pipeline: Pipeline;
  readonly choice: "best" | "priority";
  /** Groups whose winners may count together, or null for all of them. */
  readonly stackableGroups: readonly string[] | null;
  readonly promotions: readonly PublishedPromotion[];
  readonly priceLists: readonly PriceList[];
  readonly fees: readonly PublishedFee[];
  /** 抹零 that a clerk may give, by right; null where nobody may. */
  readonly rounding: OrderRounding | null;
  readonly tips: TipRules | null;
  readonly manual: ManualRules;
  readonly taxes: readonly TaxRow[];
  readonly refunds: RefundRules;
}

/** A document as it is in force: under which version, and which bytes it is. */
export interface PricingRules extends RulesDocument {
  /** What headquarters published it under; 0 for the terminal's own file. */
  readonly version: number;
  /** Of the document's bytes: what a total was reckoned by has one answer. */
  readonly sha256: Uint8Array;
}
