/**
 * Amounts between JSON numbers and minor units.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { minorOfDigits, wireAmount } from "../../../../drivers/reader/nexo/amount.ts";

test.each([
  ["13.4", 2, 1340],
  ["13.40", 2, 1340],
  ["13.400", 2, 1340],
  ["13", 2, 1300],
  ["0.01", 2, 1],
  ["1.34E1", 2, 1340],
  ["1340e-2", 2, 1340],
  ["1340", 0, 1340],
  ["1.345", 3, 1345],
  ["13.405", 2, undefined],
  ["-1", 2, undefined],
  ["", 2, undefined],
  ["99999999999999.99", 2, undefined],
  ["1e99", 2, undefined],
  ["1e999", 2, undefined],
])("%s with %i decimals is %s minor units", (digits, exponent, minor) => {
  expect(minorOfDigits(digits, exponent)).toBe(minor);
});

test("an amount comes back from its JSON as it was put in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999_999 }),
      fc.integer({ min: 0, max: 4 }),
      (minor, exponent) => {
        expect(minorOfDigits(JSON.stringify(wireAmount(minor, exponent)), exponent)).toBe(minor);
      },
    ),
  );
});
