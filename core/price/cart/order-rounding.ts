/**
 * 抹零 (ARITHMETIC section 6): what the order comes to is rounded as the merchant's gift, by default as
 * an entry that does not touch the tax. Not to be mixed with cash rounding on the same order.
 */
import { divRound, minor, subtract } from "../../money.ts";
import type { Minor, Rounding } from "../../money.ts";
import type { OrderRounding, RoundingForm } from "./types.ts";

/** The nearest multiple of `incrementMinor` (at least 1) in this mode. */
export function roundTo(amountMinor: Minor, incrementMinor: Minor, mode: Rounding): Minor {
  const increment = BigInt(incrementMinor);
  return minor(Number(divRound(BigInt(amountMinor), increment, mode) * increment));
}

/** How a form rounds: to a whole unit or to its tenth. */
const FORMS: Readonly<Record<RoundingForm, { readonly to: "unit" | "tenth"; readonly mode: Rounding }>> = {
  drop_cents: { to: "tenth", mode: "DOWN" },
  drop_tenths: { to: "unit", mode: "DOWN" },
  nearest_tenth: { to: "tenth", mode: "HALF_UP" },
  nearest_unit: { to: "unit", mode: "HALF_UP" },
  up_to_tenth: { to: "tenth", mode: "UP" },
  up_to_unit: { to: "unit", mode: "UP" },
};

/** What rounding adds to `totalMinor`; below 0 it is a gift, and never more than its cap. `exponent` is the currency's, at least 1. */
export function orderRoundingOf(rounding: OrderRounding, totalMinor: Minor, exponent: number): Minor {
  const { to, mode } = FORMS[rounding.form];
  const incrementMinor = minor(10 ** (to === "unit" ? exponent : exponent - 1));
  const movedMinor = subtract(roundTo(totalMinor, incrementMinor, mode), totalMinor);
  return rounding.giftMinorMax === null ? movedMinor : minor(Math.max(movedMinor, -rounding.giftMinorMax));
}
