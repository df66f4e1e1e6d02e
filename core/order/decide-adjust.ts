/**
 * Commands that adjust what an order costs beside its lines: discounts by right and reason, coupons, tips,
 * guests, tier, tax, rounding. Each answers with one event or a refusal; refusals in the order in which
 * they are listed in tests.
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkGrant } from "../facts.ts";
import {
  COUPON_CODE_LENGTH_MAX,
  ORDER_COUPONS_COUNT_MAX,
  ORDER_DISCOUNTS_COUNT_MAX,
  ORDER_GUESTS_COUNT_MAX,
  ORDER_TOTAL_MINOR_MAX,
  REASON_TEXT_LENGTH_MAX,
  TIER_TEXT_LENGTH_MAX,
} from "../limits.ts";
import { minor, PPM_ONE, ppm } from "../money.ts";
import type { PricingEvent } from "../price/order/events.ts";
import { rulesForNext } from "../price/rules/source.ts";
import type { PricingRules } from "../price/rules/types.ts";
import { isValidAt } from "../price/rules/validity.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { believedNow } from "../state.ts";
import type { State } from "../state.ts";
import { changeRefused, fits, isWhole, may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import type { Order } from "./types.ts";

/** Gives a discount on a line or on the order, by right and reason, as far as the house lets a clerk go. */
export function decideGiveDiscount(
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: Of<"give_discount">,
): Decided {
  if (!may(grant, "discount")) return refuse("clerk/right_missing", "discount");
  const { line, ratePpm, amountMinor, reason } = command;
  if (!fits(reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  if (ratePpm !== null && !isWhole(ratePpm, 1, PPM_ONE)) return refuse("command/out_of_range", "rate");
  if (!isWhole(amountMinor, ratePpm === null ? 1 : 0, ratePpm === null ? ORDER_TOTAL_MINOR_MAX : 0))
    return refuse("command/out_of_range", "amount");
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  if (line !== null && !order.lines.some(({ id }) => id === line)) return refuse("line/unknown");
  if (reason.trim() === "") return refuse("order/reason_missing");
  if (order.adjustments.discounts.length >= ORDER_DISCOUNTS_COUNT_MAX)
    return refuse("command/out_of_range", "discounts");
  const limits = rulesForNext(order.lines, context.pricing)?.manual;
  if (limits !== undefined && (ratePpm ?? 0) > limits.ratePpmMax)
    return refuse("discount/too_high", String(limits.ratePpmMax));
  if (limits !== undefined && limits.amountMinorMax !== null && amountMinor > limits.amountMinorMax)
    return refuse("discount/too_high", String(limits.amountMinorMax));
  return one({
    type: "discount_given",
    order: order.id,
    line,
    ratePpm: ratePpm === null ? null : ppm(ratePpm),
    amountMinor: minor(amountMinor),
    reason,
  });
}

/** Takes a coupon that the order's rules know and that counts now. */
export function decideEnterCoupon(
  state: State,
  context: Context,
  order: Order,
  command: Of<"enter_coupon">,
): Decided {
  const code = command.code.trim().toUpperCase();
  if (code === "" || !fits(code, COUPON_CODE_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  const rules = rulesForNext(order.lines, context.pricing);
  const coupon = couponIn(rules, code);
  if (coupon === null) return refuse("coupon/unknown", code);
  const { coupons, tier } = order.adjustments;
  if (coupons.some((its) => couponIn(rules, its.code)?.id === coupon.id))
    return refuse("coupon/entered", code);
  if (!isValidAt(coupon.validity, believedNow(state, context), { ...context.pricing.place, tier }))
    return refuse("coupon/not_valid", code);
  if (coupons.length >= ORDER_COUPONS_COUNT_MAX) return refuse("command/out_of_range", "coupons");
  return one({ type: "coupon_entered", order: order.id, code });
}

/** Takes a discount or a coupon back. */
export function decideWithdraw(order: Order, command: Of<"withdraw_adjustment">): Decided {
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  const { discounts, coupons } = order.adjustments;
  const isThere = [...discounts, ...coupons].some(({ id }) => id === command.adjustment);
  if (!isThere) return refuse("discount/unknown");
  return one({ type: "adjustment_withdrawn", order: order.id, adjustment: command.adjustment });
}

/** Sets the tip; neither rate nor amount takes it away. */
export function decideSetTip(context: Context, order: Order, command: Of<"set_tip">): Decided {
  const { ratePpm, amountMinor } = command;
  if (ratePpm !== null && !isWhole(ratePpm, 1, PPM_ONE)) return refuse("command/out_of_range", "rate");
  if (!isWhole(amountMinor, 0, ratePpm === null ? ORDER_TOTAL_MINOR_MAX : 0))
    return refuse("command/out_of_range", "amount");
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  const basis = rulesForNext(order.lines, context.pricing)?.tips?.basis ?? "before_tax";
  return one({
    type: "tip_set",
    order: order.id,
    ratePpm: ratePpm === null ? null : ppm(ratePpm),
    amountMinor: minor(amountMinor),
    basis,
  });
}

/** Says how many guests the order is for. */
export function decideSetGuests(order: Order, { guestCount }: Of<"set_guests">): Decided {
  if (!isWhole(guestCount, 0, ORDER_GUESTS_COUNT_MAX)) return refuse("command/out_of_range", "guests");
  return adjustRefused(order) ?? one({ type: "guests_set", order: order.id, guestCount });
}

/** Says whose tier the order has; an empty one is no member. */
export function decideSetTier(order: Order, { tier }: Of<"set_tier">): Decided {
  if (!fits(tier, TIER_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "tier");
  return adjustRefused(order) ?? one({ type: "tier_set", order: order.id, tier });
}

/** Says how the order is taxed, by right; anything but the usual needs a reason. */
export function decideSetTaxTreatment(
  grant: ClerkGrant,
  order: Order,
  { treatment, reason }: Of<"set_tax_treatment">,
): Decided {
  if (!may(grant, "discount")) return refuse("clerk/right_missing", "discount");
  if (!fits(reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  if (treatment !== "standard" && reason.trim() === "") return refuse("order/reason_missing");
  return one({ type: "tax_treatment_set", order: order.id, treatment, reason });
}

/** Rounds what the order comes to as the house's rules say, by right, or takes that back. */
export function decideRoundOrder(
  context: Context,
  grant: ClerkGrant,
  order: Order,
  { isGiven }: Of<"round_order">,
): Decided {
  if (isGiven && !may(grant, "discount")) return refuse("clerk/right_missing", "discount");
  const closed = adjustRefused(order);
  if (closed !== null) return closed;
  const rules = rulesForNext(order.lines, context.pricing);
  if (isGiven && (rules === null || rules.rounding === null)) return refuse("discount/no_rounding");
  return one({ type: "order_rounding_set", order: order.id, isGiven });
}

function couponIn(rules: PricingRules | null, code: string): PricingRules["promotions"][number] | null {
  return rules?.promotions.find(({ couponCodes }) => couponCodes.includes(code)) ?? null;
}

function adjustRefused(order: Order): Refused | null {
  return order.kind === "sale" ? changeRefused(order) : refuse("order/wrong_kind");
}

function one(event: PricingEvent): Decided {
  return { ok: true, events: [event] };
}
