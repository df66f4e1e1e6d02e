/** Implied decimals: exact or nothing. */

import { expect, test } from "vitest";
import { wholeUnits } from "../../../drivers/scanner/decimal.ts";

test.each([
  ["00755", 3, 3, 755],
  ["000755", 2, 3, 7550],
  ["007550", 4, 3, 755],
  ["1", 0, 3, 1000],
  ["500", 2, 0, 5],
  ["999999999999999", 0, 0, 999_999_999_999_999],
])("%s with %i decimals in units of %i decimals is %i", (digits, decimals, unitDecimals, units) => {
  expect(wholeUnits(digits, decimals, unitDecimals)).toBe(units);
});

test.each([
  ["nothing", "000000", 3, 3],
  ["finer than the unit", "007551", 4, 3],
  ["too large", "999999999999999", 0, 3],
  ["too long", "0000000000000001", 0, 0],
  ["no digits", "", 0, 0],
  ["a letter", "12a", 0, 0],
])("%s is no amount", (_what, digits, decimals, unitDecimals) => {
  expect(wholeUnits(digits, decimals, unitDecimals)).toBeUndefined();
});
