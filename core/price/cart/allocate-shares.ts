/**
 * Shares of a discount that no line bears beyond what it still costs (ARITHMETIC sections 2 and 7):
 * a share above its cap is cut to the cap and the rest is spread over the others, again by weight;
 * what nobody can bear is forfeited.
 */
import { allocate, minor, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";

/** Shares of `wantedMinor` (at least 0) by weight, none above its cap; their sum may be less than wanted. */
export function allocateShares(
  wantedMinor: Minor,
  weights: readonly Minor[],
  capsMinor: readonly Minor[],
): readonly Minor[] {
  const cappedMinor = new Map<number, Minor>();
  // Each round caps at least one line more.
  for (;;) {
    const open = weights.map((weight, index) => (cappedMinor.has(index) ? ZERO : weight));
    const restMinor = subtract(wantedMinor, sum(cappedMinor.values()));
    const shares = open.every((weight) => weight === 0) ? open : allocate(restMinor, open);
    const over = shares.flatMap((share, index) => (share > capOf(capsMinor, index) ? [index] : []));
    if (over.length === 0) return shares.map((share, index) => cappedMinor.get(index) ?? share);
    for (const index of over) cappedMinor.set(index, capOf(capsMinor, index));
  }
}

function capOf(capsMinor: readonly Minor[], index: number): Minor {
  return capsMinor[index] ?? minor(0);
}
