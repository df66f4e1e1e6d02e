/**
 * An order's adjustments as its events make them. What an active check or void covers is accounted for
 * there, as lines are (hold.ts H1); what stays with the order is the newest word of all.
 */
import { eventId } from "../ids.ts";
import { adjusted, afterHold, isPricingEvent, NO_ADJUSTMENTS } from "../price/order/adjustments.ts";
import type { Adjustments } from "../price/order/adjustments.ts";
import { activeHolds } from "./hold.ts";
import { insideFrontier } from "./sort.ts";
import type { RecordedOrderEvent } from "./types.ts";

/** The adjustments that are open among these events, which are sorted. */
export function adjustmentsOf(events: readonly RecordedOrderEvent[]): Adjustments {
  const own = events.filter(({ event }) => isPricingEvent(event));
  if (own.length === 0) return NO_ADJUSTMENTS;
  const active = activeHolds(events);
  const isCovered = (recorded: RecordedOrderEvent): boolean =>
    active.some((hold) => insideFrontier(hold.event.frontier, recorded));
  const staying = afterHold(folded(own));
  const { discounts, coupons, tip, isRounded } = folded(own.filter((each) => !isCovered(each)));
  return { ...staying, discounts, coupons, tip, isRounded };
}

function folded(events: readonly RecordedOrderEvent[]): Adjustments {
  return events.reduce<Adjustments>(
    (before, recorded) =>
      isPricingEvent(recorded.event) ? adjusted(before, eventId(recorded), recorded.event) : before,
    NO_ADJUSTMENTS,
  );
}
