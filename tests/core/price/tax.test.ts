/** Inclusive tax: the arithmetic's vectors, and that net and tax come to gross for every set of lines. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { milli, minor, ppm } from "../../../core/money.ts";
import { linesTotal } from "../../../core/order/lines.ts";
import type { Line } from "../../../core/order/types.ts";
import { inclusiveTax, taxesOf } from "../../../core/price/tax.ts";
import { id } from "../../support/core-fixtures.ts";

function line(unitPriceMinor: number, taxPpm: number, quantityMilli = 1000): Line {
  return {
    id: id("A/1"),
    sku: "",
    name: "",
    quantityMilli: milli(quantityMilli),
    unitPriceMinor: minor(unitPriceMinor),
    taxPpm: ppm(taxPpm),
    priceSource: "list",
    note: "",
    returnOf: null,
    pricing: null,
  };
}

test.each([
  [10_000, 250_000, 2000],
  [4500, 120_000, 482],
  [1999, 60_000, 113],
  [8800, 130_000, 1012],
  [8800, 60_000, 498],
  [8236, 120_000, 882],
  [4164, 250_000, 833],
  [-10_000, 250_000, -2000],
  [999, 0, 0],
])("the tax inside %i at %i ppm is %i", (gross, rate, tax) => {
  expect(inclusiveTax(minor(gross), ppm(rate))).toBe(tax);
});

test("tax is reckoned once per rate on the sum of its lines, by ascending rate", () => {
  const lines = [line(333, 250_000), line(120, 120_000, 2000), line(333, 250_000), line(333, 250_000)];
  // 9.99 at 25 % hold 2.00; three times 3.33 would have held 0.67 each.
  expect(taxesOf(lines, 1)).toEqual([
    { ratePpm: 120_000, netMinor: 214, taxMinor: 26 },
    { ratePpm: 250_000, netMinor: 799, taxMinor: 200 },
  ]);
  expect(taxesOf(lines, -1)).toEqual([
    { ratePpm: 120_000, netMinor: -214, taxMinor: -26 },
    { ratePpm: 250_000, netMinor: -799, taxMinor: -200 },
  ]);
  expect(taxesOf([], 1)).toEqual([]);
});

test("net and tax of all rates come to the total of the lines, and mirror when money goes back", () => {
  const lines = fc.array(
    fc
      .tuple(
        fc.nat(1_000_000),
        fc.constantFrom(0, 60_000, 120_000, 250_000),
        fc.integer({ min: 1, max: 9000 }),
      )
      .map(([price, rate, quantity]) => line(price, rate, quantity)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(lines, (each) => {
      const facts = taxesOf(each, 1);
      const back = taxesOf(each, -1);
      expect(facts.reduce((total, tax) => total + tax.netMinor + tax.taxMinor, 0)).toBe(linesTotal(each));
      expect(back.map((tax) => tax.taxMinor + 0)).toEqual(facts.map((tax) => 0 - tax.taxMinor));
      expect(back.map((tax) => tax.netMinor + 0)).toEqual(facts.map((tax) => 0 - tax.netMinor));
    }),
    { numRuns: 200 },
  );
});
