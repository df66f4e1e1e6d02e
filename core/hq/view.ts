/**
 * What headquarters has said, folded from its journal: the same at headquarters and at every terminal
 * that holds the same records. Which of it is in force depends on the time, see in-force.ts.
 */
import type { Parent } from "../facts.ts";
import type { ClerkId } from "../ids.ts";
import type { CatalogueStart, HouseRules, PriceStart, StaffWord } from "./events.ts";

/** Updated in place by fold.ts and by nothing else. */
export interface HqView {
  /** The last record that was taken; null before the first. */
  position: Parent | null;
  /** The newest version of all. */
  version: number;
  /** By start, then version: the newest one that has begun, the one before it, and those to come. */
  catalogues: readonly CatalogueStart[];
  /** Pricing rules, kept as catalogues are. */
  pricings: readonly CatalogueStart[];
  /** By item, the longest untouched first; each list by start, then version. */
  readonly prices: Map<string, readonly PriceStart[]>;
  /** Of all items together. */
  priceCount: number;
  readonly staff: Map<ClerkId, StaffWord>;
  rules: HouseRules;
}

/** Before headquarters said anything. */
export function emptyHqView(): HqView {
  return {
    position: null,
    version: 0,
    catalogues: [],
    pricings: [],
    prices: new Map(),
    priceCount: 0,
    staff: new Map(),
    rules: NO_RULES,
  };
}

/** Every rule as the terminal's own configuration has it. */
export const NO_RULES: HouseRules = { needsShift: null, cashRounding: null, dayStartMinutes: null };
