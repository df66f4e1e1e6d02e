/**
 * What adjusts an order's price, folded from its events. Discounts, coupons, tip and rounding belong to
 * the next check that takes what is open, and leave with it; guests, tier and tax stay.
 */
import type { EventId, LineId } from "../../ids.ts";
import { ORDER_TOTAL_MINOR_MAX } from "../../limits.ts";
import { minor, PPM_ONE, ppm, ZERO } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { TipBasis } from "../cart/types.ts";
import type { TaxTreatment } from "../rules/types.ts";
import type { PricingEvent } from "./events.ts";

/** A discount that a clerk gave and nobody took back. */
export interface GivenDiscount {
  readonly id: EventId;
  readonly line: LineId | null;
  /** Null: an amount. */
  readonly ratePpm: Ppm | null;
  readonly amountMinor: Minor;
  readonly reason: string;
}

/** A coupon that was shown. */
export interface EnteredCoupon {
  readonly id: EventId;
  readonly code: string;
}

/** A tip as it was said. */
export interface GivenTip {
  readonly ratePpm: Ppm | null;
  readonly amountMinor: Minor;
  readonly basis: TipBasis;
}

/** Everything beside its lines that an order's price depends on. */
export interface Adjustments {
  readonly discounts: readonly GivenDiscount[];
  readonly coupons: readonly EnteredCoupon[];
  readonly tip: GivenTip | null;
  readonly isRounded: boolean;
  readonly guestCount: number;
  readonly tier: string;
  readonly treatment: TaxTreatment;
}

/** Nothing: most orders share it. */
export const NO_ADJUSTMENTS: Adjustments = {
  discounts: [],
  coupons: [],
  tip: null,
  isRounded: false,
  guestCount: 0,
  tier: "",
  treatment: "standard",
};

function within(amountMinor: Minor): Minor {
  return minor(Math.min(Math.max(amountMinor, 0), ORDER_TOTAL_MINOR_MAX));
}

function rateWithin(ratePpm: Ppm | null): Ppm | null {
  return ratePpm === null || ratePpm <= PPM_ONE ? ratePpm : ppm(PPM_ONE);
}

/**
 * `before` with the event `id` that sorts after all of them. Total: what no `decide` would
 * have written is held within its bound.
 */
export function adjusted(before: Adjustments, id: EventId, event: PricingEvent): Adjustments {
  switch (event.type) {
    case "discount_given": {
      const { line, ratePpm, amountMinor, reason } = event;
      const money = { ratePpm: rateWithin(ratePpm), amountMinor: within(amountMinor) };
      return { ...before, discounts: [...before.discounts, { id, line, ...money, reason }] };
    }
    case "coupon_entered":
      return { ...before, coupons: [...before.coupons, { id, code: event.code }] };
    case "adjustment_withdrawn":
      return {
        ...before,
        discounts: before.discounts.filter((its) => its.id !== event.adjustment),
        coupons: before.coupons.filter((its) => its.id !== event.adjustment),
      };
    case "tip_set": {
      const { ratePpm, amountMinor, basis } = event;
      const isNone = ratePpm === null && amountMinor === ZERO;
      const tip = { ratePpm: rateWithin(ratePpm), amountMinor: within(amountMinor), basis };
      return { ...before, tip: isNone ? null : tip };
    }
    case "order_rounding_set":
      return { ...before, isRounded: event.isGiven };
    case "guests_set":
      return { ...before, guestCount: event.guestCount };
    case "tier_set":
      return { ...before, tier: event.tier };
    case "tax_treatment_set":
      return { ...before, treatment: event.treatment };
  }
}

/** What a check leaves behind that takes all of it. */
export function afterHold(before: Adjustments): Adjustments {
  if (before === NO_ADJUSTMENTS) return before;
  const { guestCount, tier, treatment } = before;
  return { ...NO_ADJUSTMENTS, guestCount, tier, treatment };
}

/** Whether these change anything by themselves, without rules. */
export function isAdjusted({ discounts, tip, isRounded, treatment }: Adjustments): boolean {
  return discounts.length > 0 || tip !== null || isRounded || treatment !== "standard";
}

/** Whether an event adjusts the price of an order. */
export function isPricingEvent(event: { readonly type: string }): event is PricingEvent {
  return PRICING_EVENTS.has(event.type);
}

const IS_PRICING: Readonly<Record<PricingEvent["type"], true>> = {
  discount_given: true,
  coupon_entered: true,
  adjustment_withdrawn: true,
  tip_set: true,
  guests_set: true,
  tier_set: true,
  tax_treatment_set: true,
  order_rounding_set: true,
};
const PRICING_EVENTS: ReadonlySet<string> = new Set(Object.keys(IS_PRICING));
