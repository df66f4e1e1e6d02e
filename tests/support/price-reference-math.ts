/**
 * The reference's own arithmetic: rounding by looking at both neighbours, leftover units handed out
 * one by one. It shares nothing with the engine's.
 */

/** How ties and rests go. */
export type Mode = "HALF_UP" | "HALF_EVEN" | "HALF_DOWN" | "DOWN" | "UP";
type Big = bigint;

/** Parts per million in one. */
export const MILLION = 1_000_000n;

/** a / b on magnitudes, by looking at both neighbours. */
export function round(a: Big, b: Big, mode: Mode): Big {
  if (a < 0n) return -round(-a, b, mode);
  let low = a / b;
  if (low * b === a) return low;
  const toLow = a - low * b;
  const toHigh = (low + 1n) * b - a;
  if (mode === "UP") low += 1n;
  else if (mode !== "DOWN") {
    if (toHigh < toLow) low += 1n;
    else if (toHigh === toLow && (mode === "HALF_UP" || (mode === "HALF_EVEN" && low % 2n === 1n))) low += 1n;
  }
  return low;
}

/** The part of an amount that belongs to the first of its units. */
export const upTo = (amount: Big, part: Big, whole: Big): Big => round(amount * part, whole, "HALF_UP");
/** The sum. */
export const total = (values: readonly Big[]): Big => values.reduce((a, b) => a + b, 0n);
/** The item at an index; throws where there is none. */
export const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error(`Nothing at ${index}`);
  return item;
};

/** Largest remainders, one unit at a time. */
export function spread(amount: Big, weights: readonly Big[]): Big[] {
  const all = total(weights);
  const shares = weights.map((weight) => (all === 0n ? 0n : (amount * weight) / all));
  if (all === 0n) return shares;
  const served = new Set<number>();
  while (total(shares) < amount) {
    let best = -1;
    weights.forEach((weight, index) => {
      if (served.has(index)) return;
      if (best < 0) best = index;
      const mine = (amount * weight) % all;
      const its = (amount * at(weights, best)) % all;
      if (mine > its || (mine === its && weight > at(weights, best))) best = index;
    });
    shares[best] = at(shares, best) + 1n;
    served.add(best);
  }
  return shares;
}

/** Shares of which none is above its cap; what nobody can bear is lost. */
export function spreadCapped(amount: Big, weights: readonly Big[], caps: readonly Big[]): Big[] {
  const capped = new Map<number, Big>();
  for (;;) {
    const rest = amount - total([...capped.values()]);
    const open = weights.map((weight, index) => (capped.has(index) ? 0n : weight));
    const shares = spread(rest, open);
    const over = shares.flatMap((share, index) => (share > at(caps, index) ? [index] : []));
    if (over.length === 0) return shares.map((share, index) => capped.get(index) ?? share);
    for (const index of over) capped.set(index, at(caps, index));
  }
}
