/**
 * Events that change what an order costs beside its lines: a clerk's own discounts, coupons, tips, guests,
 * a member's tier, how it is taxed, 抹零. Each counts for the next check that is frozen, as lines do;
 * guests, tier and tax stay with the order.
 */
import type { EventId, LineId, OrderId } from "../../ids.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { TipBasis } from "../cart/types.ts";
import type { TaxTreatment } from "../rules/types.ts";

/** A clerk gave a discount, by right and reason; it takes at most what the line or the order costs. */
export interface DiscountGiven {
  readonly type: "discount_given";
  readonly order: OrderId;
  /** Null: off the whole order. */
  readonly line: LineId | null;
  /** Null: an amount. */
  readonly ratePpm: Ppm | null;
  /** 0 with a rate. */
  readonly amountMinor: Minor;
  readonly reason: string;
}
/** The customer showed a coupon. */
export interface CouponEntered {
  readonly type: "coupon_entered";
  readonly order: OrderId;
  readonly code: string;
}
/** A discount or a coupon counts no more. */
export interface AdjustmentWithdrawn {
  readonly type: "adjustment_withdrawn";
  readonly order: OrderId;
  /** The event that gave it. */
  readonly adjustment: EventId;
}
/** The newest stands; neither rate nor amount is no tip. */
export interface TipSet {
  readonly type: "tip_set";
  readonly order: OrderId;
  /** Null: an amount. */
  readonly ratePpm: Ppm | null;
  /** 0 with a rate. */
  readonly amountMinor: Minor;
  readonly basis: TipBasis;
}
/** How many guests the order is for; the newest stands. */
export interface GuestsSet {
  readonly type: "guests_set";
  readonly order: OrderId;
  readonly guestCount: number;
}
/** The tier of the member whose order it is; the newest stands, an empty one is no member. */
export interface TierSet {
  readonly type: "tier_set";
  readonly order: OrderId;
  readonly tier: string;
}
/** How the order is taxed, by right and reason; the newest stands. */
export interface TaxTreatmentSet {
  readonly type: "tax_treatment_set";
  readonly order: OrderId;
  readonly treatment: TaxTreatment;
  readonly reason: string;
}
/** What the order comes to is rounded as the house's rules say, by right; the newest stands. */
export interface OrderRoundingSet {
  readonly type: "order_rounding_set";
  readonly order: OrderId;
  readonly isGiven: boolean;
}

/** Everything that adjusts an order's price. */
export type PricingEvent =
  | DiscountGiven
  | CouponEntered
  | AdjustmentWithdrawn
  | TipSet
  | GuestsSet
  | TierSet
  | TaxTreatmentSet
  | OrderRoundingSet;
