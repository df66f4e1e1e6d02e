/**
 * Tips (ARITHMETIC section 11): outside of tax, discounts, points and rounding. Basis before or
 * after tax, half up; up to four presets; a later tip within its window and its bound.
 */
import { minor, PPM_ONE, ppm, scale, ZERO } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { Tip } from "./types.ts";

/** Amounts that a tip may be counted on. */
export interface TipBases {
  readonly beforeTaxMinor: Minor;
  readonly afterTaxMinor: Minor;
}

/** Presets that one screen offers. */
export const TIP_PRESETS_COUNT_MAX = 4;
/** How long after the sale a tip may be added. */
export const LATER_TIP_MS_MAX = 36 * 60 * 60 * 1000;
/** What a later tip may add to what the card was authorised for: 20 %. */
export const LATER_TIP_PPM_MAX = ppm(200_000);

/** The amount of a tip. */
export function tipOf(tip: Tip | null, bases: TipBases): Minor {
  if (tip === null) return ZERO;
  if (tip.kind === "fixed") return tip.amountMinor;
  return tipAt(tip.ratePpm, tip.basis === "before_tax" ? bases.beforeTaxMinor : bases.afterTaxMinor);
}

/** What a preset of `ratePpm` comes to. */
export function tipAt(ratePpm: Ppm, basisMinor: Minor): Minor {
  return minor(scale(basisMinor, ratePpm, PPM_ONE));
}

/** Why a tip that is added later is refused, or null. */
export function refuseLaterTip(
  tipMinor: Minor,
  authorisedMinor: Minor,
  ageMs: number,
): "cart/tip_too_late" | "cart/tip_too_high" | null {
  if (ageMs > LATER_TIP_MS_MAX) return "cart/tip_too_late";
  return tipMinor > minor(scale(authorisedMinor, LATER_TIP_PPM_MAX, PPM_ONE, "DOWN"))
    ? "cart/tip_too_high"
    : null;
}
