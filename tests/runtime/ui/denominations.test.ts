/** Notes and coins for counting a drawer. */
import { expect, test } from "vitest";

import { DENOMINATIONS_COUNT_MAX } from "../../../core/limits.ts";
import { denominationsOf } from "../../../runtime/ui/denominations.ts";

const CURRENCIES = [
  ["CNY", 2],
  ["HKD", 2],
  ["GBP", 2],
  ["EUR", 2],
  ["USD", 2],
  ["JPY", 0],
  ["KRW", 0],
  ["KWD", 3],
  ["BHD", 3],
  ["XXX", 0],
  ["XXX", 4],
] as const;

test.each(CURRENCIES)(
  "notes and coins of %s with %i decimals fall, repeat none and fit one count",
  (code, exponent) => {
    const values = denominationsOf(code, exponent);
    expect(values.length).toBeGreaterThan(5);
    expect(values.length).toBeLessThanOrEqual(DENOMINATIONS_COUNT_MAX);
    expect(values).toEqual([...new Set(values)].sort((a, b) => b - a));
    expect(values.at(-1)).toBeGreaterThan(0);
  },
);

test("a currency that is not listed counts by 1, 2 and 5 up to five hundred", () => {
  expect(denominationsOf("XXX", 0)).toEqual([500, 200, 100, 50, 20, 10, 5, 2, 1]);
});

test("yuan are counted by their notes, jiao coins, and the fen that a sum may need", () => {
  expect(denominationsOf("CNY", 2)).toEqual([10_000, 5000, 2000, 1000, 500, 100, 50, 10, 1]);
});
