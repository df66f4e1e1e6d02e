/**
 * What an event that adjusts an order's price says in a line: for histories of orders, on the screen, at
 * headquarters and in tools. Words of a language belong to whoever shows it.
 */
import type { Minor } from "../../money.ts";
import { ratePercent } from "../../receipt/parts.ts";
import type { PricingEvent } from "./events.ts";

/** What it says, and the amount that it is about. */
export interface PricingTold {
  readonly detail: string;
  readonly amountMinor: Minor | null;
}

/** What this event says. */
export function tellPricing(event: PricingEvent): PricingTold {
  switch (event.type) {
    case "discount_given": {
      const { ratePpm, amountMinor, reason } = event;
      if (ratePpm === null) return { detail: reason, amountMinor };
      return { detail: [`${ratePercent(ratePpm)} %`, reason].filter(Boolean).join(" "), amountMinor: null };
    }
    case "coupon_entered":
      return { detail: event.code, amountMinor: null };
    case "adjustment_withdrawn":
      return { detail: "", amountMinor: null };
    case "tip_set":
      return event.ratePpm === null
        ? { detail: "", amountMinor: event.amountMinor }
        : { detail: `${ratePercent(event.ratePpm)} %`, amountMinor: null };
    case "guests_set":
      return { detail: String(event.guestCount), amountMinor: null };
    case "tier_set":
      return { detail: event.tier, amountMinor: null };
    case "tax_treatment_set":
      return { detail: [event.treatment, event.reason].filter(Boolean).join(" "), amountMinor: null };
    case "order_rounding_set":
      return { detail: event.isGiven ? "+" : "-", amountMinor: null };
  }
}
