/**
 * Set promotions (stage 40): second at half, cheapest free, N for a price, bundles. They look at
 * whole units, the dearest first; a unit is in one set at most.
 *
 * S1 A line's units are worth prefix differences of what the line cost when the stage began, so that
 *    they sum to it; which of them a set takes is a count, never a memory of single units.
 * S2 Sets follow what a unit costs, not the order of entry.
 */
import { assert } from "../../bug.ts";
import { minor, ppm, PPM_ONE, prefix, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { allocateShares } from "./allocate-shares.ts";
import type { Applied, BundlePart, Percent, Promotion, Rule, Selection } from "./types.ts";
import { isSelected, leftOf, percentOff, take } from "./working.ts";
import type { WorkLine } from "./working.ts";

/** Sets that one promotion makes of one order at most. */
export const SETS_COUNT_MAX = 1000;

/** Units of one line that a set takes. */
interface Run {
  readonly line: WorkLine;
  readonly count: number;
}

/** "Two, the second at half" and "three, the cheapest free": of each `takeCount` the last `hitCount` get the percentage. */
export function takeSetPercent(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "second_at" | "cheapest_free" }>,
  stageNumber: number,
): Applied {
  const { takeCount, hitCount, percent } = percentSetOf(rule);
  const runs = freeRuns(lines, promotion.selection);
  const unitCount = runs.reduce((total, { count }) => total + count, 0);
  let left = unitCount - (unitCount % takeCount);
  let place = 0;
  const used: Run[] = [];
  const hit = new Map<WorkLine, number>();
  for (const { line, count } of runs) {
    const taken = Math.min(count, left);
    hit.set(line, hitsUpTo(place + taken, takeCount, hitCount) - hitsUpTo(place, takeCount, hitCount));
    used.push({ line, count: taken });
    place += taken;
    left -= taken;
  }
  const bases = lines.map((line) => worthOfUnits(line, line.startMinor, hit.get(line) ?? 0));
  const wantedMinor = percentOff(sum(bases), percent);
  const shares = allocateShares(wantedMinor, bases, lines.map(leftOf));
  for (const { line, count } of used) line.usedCount += count;
  return take(lines, shares, { promotion, stageNumber, wantedMinor, lowersBar: true });
}

function percentSetOf(rule: Extract<Rule, { kind: "second_at" | "cheapest_free" }>): {
  readonly takeCount: number;
  readonly hitCount: number;
  readonly percent: Percent;
} {
  if (rule.kind === "second_at") return { takeCount: 2, hitCount: 1, percent: rule.percent };
  const percent: Percent = { of: "off", ratePpm: ppm(PPM_ONE) };
  return { takeCount: rule.takeCount, hitCount: rule.freeCount, percent };
}

/** How many of the first `place` units in sets of `takeCount` are among the last `hitCount` of theirs. */
function hitsUpTo(place: number, takeCount: number, hitCount: number): number {
  const whole = Math.floor(place / takeCount);
  return whole * hitCount + Math.max(0, (place % takeCount) - (takeCount - hitCount));
}

/**
 * So many units for a price, of one kind or of several: each set takes the dearest free units of each
 * part, as long as they cost more than the price. The discount falls on the lines by list price.
 */
export function takeSetPrice(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "n_for_price" | "bundle" }>,
  stageNumber: number,
): Applied {
  const parts =
    rule.kind === "bundle" ? rule.parts : [{ selection: promotion.selection, unitCount: rule.takeCount }];
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const { counts, setCount } = setsOf(poolsOf(own, parts), parts, rule.priceMinor);
  const bases = lines.map((line) => worthOfUnits(line, line.startMinor, counts.get(line) ?? 0));
  const weights = lines.map((line) => worthOfUnits(line, line.listMinor, counts.get(line) ?? 0));
  const wantedMinor = subtract(sum(bases), minor(setCount * rule.priceMinor));
  const shares = allocateShares(wantedMinor, weights, lines.map(leftOf));
  for (const [line, count] of counts) line.usedCount += count;
  return take(lines, shares, { promotion, stageNumber, wantedMinor, lowersBar: true });
}

/** Free units of each part; a line belongs to the first part that it fits. */
function poolsOf(lines: readonly WorkLine[], parts: readonly BundlePart[]): readonly Run[][] {
  return parts.map(({ selection }, index) => {
    const earlier = parts.slice(0, index);
    const own = lines.filter((line) => earlier.every((part) => !isSelected(line, part.selection)));
    return freeRuns(own, selection);
  });
}

function setsOf(
  pools: readonly Run[][],
  parts: readonly BundlePart[],
  priceMinor: Minor,
): { readonly counts: ReadonlyMap<WorkLine, number>; readonly setCount: number } {
  const counts = new Map<WorkLine, number>();
  let setCount = 0;
  for (; setCount < SETS_COUNT_MAX; setCount += 1) {
    const runs = nextSet(pools, parts, counts);
    if (runs === null || sum(runs.map((run) => worthOfNext(run, counts))) <= priceMinor) break;
    for (const { line, count } of runs) counts.set(line, (counts.get(line) ?? 0) + count);
    for (const pool of pools) dropSpent(pool, counts);
  }
  return { counts, setCount };
}

function dropSpent(pool: Run[], counts: ReadonlyMap<WorkLine, number>): void {
  const index = pool.findIndex(({ line, count }) => count > (counts.get(line) ?? 0));
  pool.splice(0, index < 0 ? pool.length : index);
}

/** The dearest units that are left for one more set, or null when a part is short of them. */
function nextSet(
  pools: readonly (readonly Run[])[],
  parts: readonly BundlePart[],
  counts: ReadonlyMap<WorkLine, number>,
): readonly Run[] | null {
  const set: Run[] = [];
  for (const [index, pool] of pools.entries()) {
    let need = parts[index]?.unitCount ?? 0;
    for (const { line, count } of pool) {
      const taken = Math.min(need, count - (counts.get(line) ?? 0));
      if (taken > 0) set.push({ line, count: taken });
      need -= taken;
      if (need === 0) break;
    }
    if (need > 0) return null;
  }
  return set;
}

function worthOfNext({ line, count }: Run, counts: ReadonlyMap<WorkLine, number>): Minor {
  const before = counts.get(line) ?? 0;
  return subtract(
    worthOfUnits(line, line.startMinor, before + count),
    worthOfUnits(line, line.startMinor, before),
  );
}

/** What the next `count` free units of a line are of `amountMinor` (S1). */
function worthOfUnits(line: WorkLine, amountMinor: Minor, count: number): Minor {
  if (count === 0) return ZERO;
  const from = line.usedCount;
  assert(from + count <= line.unitCount, "price: A set takes no more units than a line has");
  return subtract(
    prefix(amountMinor, from + count, line.unitCount),
    prefix(amountMinor, from, line.unitCount),
  );
}

function freeRuns(lines: readonly WorkLine[], selection: Selection): Run[] {
  return lines
    .filter((line) => line.unitCount > line.usedCount && isSelected(line, selection))
    .sort(byPrice)
    .map((line) => ({ line, count: line.unitCount - line.usedCount }));
}

/** The dearest unit first; then the larger line; then by SKU (S2). */
function byPrice(a: WorkLine, b: WorkLine): number {
  const dearer = BigInt(b.startMinor) * BigInt(a.unitCount) - BigInt(a.startMinor) * BigInt(b.unitCount);
  if (dearer !== 0n) return dearer > 0n ? 1 : -1;
  if (a.startMinor !== b.startMinor) return b.startMinor - a.startMinor;
  return a.source.sku < b.source.sku ? -1 : a.source.sku > b.source.sku ? 1 : 0;
}
