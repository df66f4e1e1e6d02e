/**
 * What a terminal's rules may look at beside the state, made of its configuration, its catalogue and
 * its clock: the one place where configuration becomes a Context.
 */
import type { Context } from "../core/context.ts";
import { ppm } from "../core/money.ts";
import { NO_PRICING } from "../core/price/rules/source.ts";
import type { PricingSource } from "../core/price/rules/source.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";

interface ContextParts {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly sha256: (text: string) => Uint8Array;
  /** See Context. */
  readonly serialOf: (reader: string) => string | null;
  /** Left out where everything is plain. */
  readonly pricing?: PricingSource;
}

/** The context in which this terminal decides. */
export function contextOf(parts: ContextParts): Context {
  const { config, catalogue } = parts;
  return {
    currency: config.currency,
    item: (sku) => catalogue.bySku.get(sku) ?? null,
    staff: (clerk) => config.staff.find((grant) => grant.clerk === clerk) ?? null,
    hasPin: (clerk) => config.pins.has(clerk),
    openItemTaxPpm: ppm(config.openItemTaxPpm),
    drawers: config.drawers,
    get needsShift() {
      return config.needsShift;
    },
    get cashRounding() {
      return config.cashRounding;
    },
    limits: config.limits,
    offlineCards: config.offlineCards,
    serialOf: parts.serialOf,
    wall: () => parts.clock.wall(),
    zoneMinutes: config.zoneMinutes,
    get dayStartMinutes() {
      return config.dayStartMinutes;
    },
    pricing: parts.pricing ?? NO_PRICING,
    sha256: parts.sha256,
  };
}
