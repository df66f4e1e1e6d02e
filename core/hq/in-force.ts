/**
 * What of headquarters' word is in force at a time: of everything that has begun, the latest start
 * stands; of two with one start, the newer version. So a price for the holidays comes when it was said
 * to come, whatever was corrected meanwhile, and a catalogue ends the prices that began before it.
 */
import type { WallMs } from "../time.ts";
import type { CatalogueStart, PriceStart } from "./events.ts";
import type { HqView } from "./view.ts";

type Start = Pick<CatalogueStart, "startsAt" | "version">;

/** Whether `a` is replaced by `b` once both have begun. */
export function isBefore(a: Start, b: Start): boolean {
  return a.startsAt === b.startsAt ? a.version < b.version : a.startsAt < b.startsAt;
}

/** The catalogue in force at `at` among those whose file is here; null for the terminal's own. */
export function catalogueInForce(
  { catalogues }: HqView,
  at: WallMs,
  isHere: (catalogue: CatalogueStart) => boolean = () => true,
): CatalogueStart | null {
  return latestBegun(catalogues, at, isHere);
}

/** The pricing rules in force at `at` among those whose document is here; null for the terminal's own. */
export function pricingInForce(
  { pricings }: HqView,
  at: WallMs,
  isHere: (pricing: CatalogueStart) => boolean = () => true,
): CatalogueStart | null {
  return latestBegun(pricings, at, isHere);
}

/** The latest of these files that has begun and is here, or null. They are sorted by start, then version. */
export function latestBegun(
  starts: readonly CatalogueStart[],
  at: WallMs,
  isHere: (start: CatalogueStart) => boolean = () => true,
): CatalogueStart | null {
  return starts.findLast((its) => its.startsAt <= at && isHere(its)) ?? null;
}

/** The item's own price in force at `at` over this catalogue; null where the catalogue's stands. */
export function priceInForce(
  { prices }: HqView,
  sku: string,
  at: WallMs,
  catalogue: CatalogueStart | null,
): PriceStart | null {
  const begun = prices.get(sku)?.findLast(({ startsAt }) => startsAt <= at) ?? null;
  if (begun === null || catalogue === null) return begun;
  return isBefore(catalogue, begun) ? begun : null;
}

/** When something begins next after `at`; null when nothing is to come. */
export function nextStart(
  { catalogues, prices }: Pick<HqView, "catalogues" | "prices">,
  at: WallMs,
): WallMs | null {
  let next: WallMs | null = null;
  const look = ({ startsAt }: Start): void => {
    if (startsAt > at && (next === null || startsAt < next)) next = startsAt;
  };
  catalogues.forEach(look);
  for (const its of prices.values()) its.forEach(look);
  return next;
}
