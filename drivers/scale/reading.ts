/**
 * What a scale says of what lies on it, and what it may be told to do. Only "stable" is a weight; the
 * others say why there is none (Toledo 8217; DEVICES section 5).
 */

import type { DriverFaultCode } from "../fault.ts";
import { STATUS } from "./reply.ts";
import type { ScaleReply } from "./reply.ts";

/** One reading. */
export type ScaleReading =
  /** Whole grams, 0 on an empty plate; `isNet`: less the tare. */
  | { readonly kind: "stable"; readonly weightGrams: number; readonly isNet: boolean }
  | { readonly kind: "motion" }
  /** More than it can weigh. */
  | { readonly kind: "over" }
  /** Something was taken off the plate that lay there when it was zeroed. */
  | { readonly kind: "under_zero" }
  /** Something lay on it when it was switched on: it must be cleared and zeroed. */
  | { readonly kind: "outside_zero" }
  /** Nothing lies on it. */
  | { readonly kind: "empty" };

/** A reading, or why there is none. */
export type ScaleAnswer = ScaleReading | { readonly kind: "down"; readonly code: DriverFaultCode };

/** What it may be told. */
export type ScaleOrder =
  /** What the empty plate shows now is zero. */
  | { readonly kind: "zero" }
  /** What lies on it now is the tare. */
  | { readonly kind: "tare" }
  /** A tare that is known: 1 to 99,999 g. */
  | { readonly kind: "tare_of"; readonly tareGrams: number }
  | { readonly kind: "clear_tare" };

/** The heaviest tare of five digits. */
export const TARE_GRAMS_MAX = 99_999;
const TARE_DIGITS_COUNT = 5;

/** What a reply to "W" means; null for one that is none. */
export function readingOf(reply: ScaleReply): ScaleReading | null {
  if (reply.kind === "weight") return { kind: "stable", weightGrams: reply.weightGrams, isNet: reply.isNet };
  if (reply.kind !== "status" || (reply.bits & STATUS.BAD_COMMAND) !== 0) return null;
  // Goods that are put down may push it beyond its range for a moment: motion says to wait.
  if ((reply.bits & STATUS.MOTION) !== 0) return { kind: "motion" };
  if ((reply.bits & STATUS.OVER) !== 0) return { kind: "over" };
  if ((reply.bits & STATUS.UNDER_ZERO) !== 0) return { kind: "under_zero" };
  if ((reply.bits & STATUS.OUTSIDE_ZERO) !== 0) return { kind: "outside_zero" };
  return { kind: "empty" };
}

/** The bytes of an order; undefined for a tare that it cannot be told. */
export function orderText(order: ScaleOrder): string | undefined {
  switch (order.kind) {
    case "zero":
      return "Z";
    case "tare":
      return "T";
    case "clear_tare":
      return "C";
    case "tare_of": {
      const { tareGrams } = order;
      const isSayable = Number.isInteger(tareGrams) && tareGrams > 0 && tareGrams <= TARE_GRAMS_MAX;
      return isSayable ? `T${String(tareGrams).padStart(TARE_DIGITS_COUNT, "0")}` : undefined;
    }
  }
}
