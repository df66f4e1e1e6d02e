/**
 * Folds records of headquarters' journal into what headquarters has said. Total: what no longer fits is
 * kept out, never thrown. Terminals fold the blocks that they took, headquarters those that it wrote.
 *
 * H1 The newest word stands: of a clerk, of the rules, and of an item's availability against the
 *    terminal's own.
 * H2 Block 1 begins the history: what was folded before it is forgotten with the history it was of.
 * H3 What has not begun is kept, and so is what it replaces: which is in force is asked with a time.
 */
import {
  HQ_CATALOGUES_COUNT_MAX,
  HQ_ITEM_PRICES_COUNT_MAX,
  HQ_PRICES_COUNT_MAX,
  HQ_STAFF_COUNT_MAX,
  UNIT_PRICE_MINOR_MAX,
} from "../limits.ts";
import { setSoldOut, signOn } from "../staff/fold.ts";
import type { State } from "../state.ts";
import type { WallMs } from "../time.ts";
import type { Recorded } from "../types.ts";
import type {
  CatalogueStart,
  HqCarried,
  HqRecordsTaken,
  PriceCarried,
  PriceStart,
  StaffWord,
} from "./events.ts";
import { isBefore } from "./in-force.ts";
import { NO_RULES } from "./view.ts";
import type { HqView } from "./view.ts";

/** Folds a block that was taken; `records` are those of it that this build can read, in order. */
export function evolveTaken(state: State, taken: HqRecordsTaken, records: readonly Recorded[]): State {
  const { hq } = state;
  // H2
  if (taken.fromSeq === 1) clear(hq);
  for (const recorded of records) {
    state.lamport = Math.max(state.lamport, recorded.lamport);
    evolveWord(state, recorded);
  }
  const seq = taken.fromSeq + taken.records.length - 1;
  hq.position = { epoch: taken.epoch, seq, hash: taken.hash };
  return state;
}

function clear(hq: HqView): void {
  hq.position = null;
  hq.version = 0;
  hq.catalogues = [];
  hq.pricings = [];
  hq.prices.clear();
  hq.priceCount = 0;
  hq.staff.clear();
  hq.rules = NO_RULES;
}

// H1
function evolveWord(state: State, { event, at }: Recorded): void {
  const { hq } = state;
  switch (event.type) {
    case "catalogue_published":
      hq.catalogues = withStart(hq.catalogues, event, at);
      hq.version = Math.max(hq.version, event.version);
      break;
    case "pricing_published":
      hq.pricings = withStart(hq.pricings, event, at);
      hq.version = Math.max(hq.version, event.version);
      break;
    case "price_set":
      addPrice(hq, event, at);
      break;
    case "staff_set": {
      const { clerk, name, rights, pin } = event;
      const grant = { clerk, name, rights };
      setStaff(hq, { clerk, grant, pin });
      // Rights change for who is at work, too.
      if (state.clerks.has(clerk)) signOn(state, grant);
      break;
    }
    case "staff_removed":
      setStaff(hq, { clerk: event.clerk, grant: null, pin: null });
      state.clerks.delete(event.clerk);
      break;
    case "config_set": {
      const { needsShift, cashRounding, dayStartMinutes } = event;
      hq.rules = { needsShift, cashRounding, dayStartMinutes };
      break;
    }
    case "item_availability_set":
      setSoldOut(state, event.sku, event.isSoldOut);
      break;
    default:
      break;
  }
}

// H3: the newest that has begun, the one before it for a clock that is behind, and all to come.
function withStart(
  starts: readonly CatalogueStart[],
  published: CatalogueStart,
  at: WallMs,
): readonly CatalogueStart[] {
  const { version, sha256, byteCount, startsAt } = published;
  const others = starts.filter((its) => its.version !== version);
  const sorted = inOrder([...others, { version, sha256, byteCount, startsAt }]);
  return kept(sorted, at).slice(-HQ_CATALOGUES_COUNT_MAX);
}

function addPrice(hq: HqView, set: PriceCarried, at: WallMs): void {
  const { sku, unitPriceMinor, startsAt, version } = set;
  if (unitPriceMinor < 0 || unitPriceMinor > UNIT_PRICE_MINOR_MAX) return;
  const others = (hq.prices.get(sku) ?? []).filter((its) => its.version !== version);
  const sorted = inOrder([...others, { unitPriceMinor, startsAt, version }]);
  setPrices(hq, sku, kept(sorted, at).slice(-HQ_ITEM_PRICES_COUNT_MAX));
  hq.version = Math.max(hq.version, version);
  while (hq.priceCount > HQ_PRICES_COUNT_MAX) {
    const [longest] = hq.prices.keys();
    if (longest === undefined) return;
    setPrices(hq, longest, []);
  }
}

function setPrices(hq: HqView, sku: string, prices: readonly PriceStart[]): void {
  hq.priceCount += prices.length - (hq.prices.get(sku)?.length ?? 0);
  hq.prices.delete(sku);
  if (prices.length > 0) hq.prices.set(sku, prices);
}

type Start = Pick<CatalogueStart, "startsAt" | "version">;

function inOrder<T extends Start>(starts: readonly T[]): readonly T[] {
  return [...starts].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function kept<T extends Start>(sorted: readonly T[], at: WallMs): readonly T[] {
  const begun = sorted.findLastIndex(({ startsAt }) => startsAt <= at);
  return sorted.slice(Math.max(0, begun - 1));
}

function setStaff(hq: HqView, word: StaffWord): void {
  hq.staff.delete(word.clerk);
  hq.staff.set(word.clerk, word);
  const [longest] = hq.staff.keys();
  if (hq.staff.size > HQ_STAFF_COUNT_MAX && longest !== undefined) hq.staff.delete(longest);
}

/** What a checkpoint carries of it; null before headquarters said anything. */
export function hqCarried({ hq }: State): HqCarried | null {
  if (hq.position === null) return null;
  return {
    type: "hq_carried",
    position: hq.position,
    version: hq.version,
    catalogues: hq.catalogues,
    pricings: hq.pricings,
    prices: [...hq.prices].flatMap(([sku, its]) => its.map((price) => ({ sku, ...price }))),
    staff: [...hq.staff.values()],
    rules: hq.rules,
  };
}

/** Takes up what a checkpoint carries, where a fold begins with it; what is carried in parts adds up. */
export function restoreHq({ hq }: State, carried: HqCarried): void {
  hq.position = carried.position;
  hq.version = carried.version;
  hq.catalogues = carried.catalogues;
  hq.pricings = carried.pricings;
  hq.rules = carried.rules;
  for (const { sku, unitPriceMinor, startsAt, version } of carried.prices)
    setPrices(hq, sku, [...(hq.prices.get(sku) ?? []), { unitPriceMinor, startsAt, version }]);
  for (const word of carried.staff) setStaff(hq, word);
}
