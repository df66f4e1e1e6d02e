/**
 * Where an order's rules come from: the ones in force, and those that its first line was entered under.
 * Who holds them, and what is in force when, is the runtime's and headquarters' to say.
 */
import type { LinePricing } from "../order/types.ts";
import type { PricingRules } from "./types.ts";
import type { Place } from "./validity.ts";

/** The rules that a terminal holds, and where it stands. */
export interface PricingSource {
  /** In force at this moment; null where everything is plain. */
  inForce(): PricingRules | null;
  /** Those of this version, or null while they are not at hand. */
  of(version: number): PricingRules | null;
  readonly place: Omit<Place, "tier">;
}

/** Everything is plain: prices with the tax inside, once per rate, half up, and no promotion. */
export const NO_PRICING: PricingSource = {
  inForce: () => null,
  of: () => null,
  place: { store: "", channel: "counter", zoneMinutes: 0 },
};

/** What is asked of a line. */
type Entered = { readonly pricing: LinePricing | null };

/** The rules of an order with these lines: those of its first line, wherever they are still at hand. */
export function rulesOf(lines: readonly Entered[], source: PricingSource): PricingRules | null {
  const pricing = lines.find((line) => line.pricing !== null)?.pricing ?? null;
  if (pricing === null) return null;
  return source.of(pricing.rulesVersion) ?? source.inForce();
}

/** The rules under which a further line is entered: the order's own, or those in force for its first. */
export function rulesForNext(lines: readonly Entered[], source: PricingSource): PricingRules | null {
  const [first] = lines;
  if (first === undefined) return source.inForce();
  return first.pricing === null ? null : rulesOf([first], source);
}
