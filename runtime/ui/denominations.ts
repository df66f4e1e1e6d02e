/**
 * Notes and coins of a currency, for counting a drawer: the ones in circulation, and the smallest unit
 * where any sum must come out. From the issuing banks' lists of current notes and coins.
 */

/** In minor units, largest first. */
const DENOMINATIONS: ReadonlyMap<string, readonly number[]> = new Map([
  ["CNY", [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 1]],
  ["HKD", [100_000, 50_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10]],
  ["GBP", [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]],
  ["EUR", [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]],
  ["USD", [10_000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1]],
  ["JPY", [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1]],
  ["KRW", [50_000, 10_000, 5000, 1000, 500, 100, 50, 10, 1]],
  ["KWD", [20_000, 10_000, 5000, 1000, 500, 250, 100, 50, 20, 10, 5, 1]],
  ["BHD", [20_000, 10_000, 5000, 1000, 500, 100, 50, 25, 10, 5, 1]],
]);

/** Whole units of the ladder that stands in for a currency that is not listed. */
const LADDER_UNITS_MAX = 500;

/** Notes and coins of a currency in minor units, largest first; the 1-2-5 ladder for one that is not listed. */
export function denominationsOf(currency: string, exponent: number): readonly number[] {
  return DENOMINATIONS.get(currency) ?? ladder(LADDER_UNITS_MAX * 10 ** exponent);
}

function ladder(maxMinor: number): readonly number[] {
  const values: number[] = [];
  for (let step = 1; step <= maxMinor; step *= 10)
    for (const times of [1, 2, 5]) if (step * times <= maxMinor) values.unshift(step * times);
  return values;
}
