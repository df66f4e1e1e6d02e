/** Money: rounding, shares and prefixes against the arithmetic's vectors and naive references. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import {
  add,
  allocate,
  currencyExponent,
  decimalText,
  divRound,
  milli,
  minor,
  minorFromDecimal,
  negate,
  ppm,
  prefix,
  priceOf,
  quantityText,
  scale,
  subtract,
  sum,
  sumWithin,
  ZERO,
} from "../../core/money.ts";
import type { Rounding } from "../../core/money.ts";
import { table } from "../support/table.ts";

const MODES: readonly Rounding[] = ["HALF_UP", "HALF_EVEN", "HALF_DOWN", "DOWN", "UP"];
const MAX = Number.MAX_SAFE_INTEGER;

/** The nearest multiples below and above, and which of them a mode chooses: by comparing distances. */
function naive(numerator: bigint, denominator: bigint, mode: Rounding): bigint {
  let below = numerator / denominator;
  while (below * denominator > numerator) below -= 1n;
  if (below * denominator === numerator) return below;
  const above = below + 1n;
  const [inner, outer] = numerator < 0n ? [above, below] : [below, above];
  if (mode === "DOWN") return inner;
  if (mode === "UP") return outer;
  const distance = (to: bigint): bigint => {
    const difference = numerator - to * denominator;
    return difference < 0n ? -difference : difference;
  };
  if (distance(inner) !== distance(outer)) return distance(inner) < distance(outer) ? inner : outer;
  if (mode === "HALF_EVEN") return inner % 2n === 0n ? inner : outer;
  return mode === "HALF_UP" ? outer : inner;
}

test("rounding agrees with a naive reference in every mode and sign", () => {
  const small = fc.bigInt({ min: -400n, max: 400n });
  const large = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
  const denominators = fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: 2n ** 60n }));
  fc.assert(
    fc.property(fc.oneof(small, large), denominators, fc.constantFrom(...MODES), (n, d, mode) => {
      const expected = naive(n, d, mode);
      expect(divRound(n, d, mode)).toBe(expected);
      expect(divRound(-n, d, mode)).toBe(-expected);
      expect(divRound(n, -d, mode)).toBe(-expected);
    }),
    { numRuns: 500 },
  );
});

const tenths = table(
  ["amount", "HALF_EVEN", "HALF_UP", "HALF_DOWN", "DOWN", "UP"],
  `
  amount | HALF_EVEN | HALF_UP | HALF_DOWN | DOWN | UP
  1120   | 11        | 11      | 11        | 11   | 12
  1150   | 12        | 12      | 11        | 11   | 12
  1250   | 12        | 13      | 12        | 12   | 13
  1350   | 14        | 14      | 13        | 13   | 14
  `,
);

test.each(tenths)("ten-thousandths to hundredths: $title", (row) => {
  for (const mode of MODES) {
    expect(divRound(BigInt(row.amount), 100n, mode)).toBe(BigInt(row[mode]));
    expect(divRound(-BigInt(row.amount), 100n, mode)).toBe(-BigInt(row[mode]));
  }
});

test("division by zero is a Bug", () => {
  expect(() => divRound(1n, 0n, "HALF_UP")).toThrow(Bug);
});

test.each([
  ["129.33 back to whole tenths, down", -12933, 1, 10, "DOWN", -1293],
  ["348.35 × 16 less 4 % is 222.94 off", 557_360, 40_000, 1_000_000, "HALF_UP", 22_294],
  ["22 % of 5350.66", 535_066, 220_000, 1_000_000, "HALF_UP", 117_715],
  ["21 % of 9.37 in one bucket", 937, 210_000, 1_000_000, "HALF_UP", 197],
  ["21 % of 5.92, the first of four lines", 592, 210_000, 1_000_000, "HALF_UP", 124],
  ["50.75 at 6.25 %", 5075, 62_500, 1_000_000, "HALF_UP", 317],
  ["50.75 at 6.25 %, up", 5075, 62_500, 1_000_000, "UP", 318],
  ["54.30 at 8.875 %", 5430, 88_750, 1_000_000, "HALF_UP", 482],
  ["3 × 98 at 10 %, down, in one bucket", 294, 100_000, 1_000_000, "DOWN", 29],
  ["98 at 10 %, down, a line alone", 98, 100_000, 1_000_000, "DOWN", 9],
  ["18 % tip of 54.30", 5430, 180_000, 1_000_000, "HALF_UP", 977],
  ["10 % service of 123.45", 12_345, 100_000, 1_000_000, "HALF_UP", 1235],
  ["10 % service of 123.45, to even", 12_345, 100_000, 1_000_000, "HALF_EVEN", 1234],
  ["6 % of that service", 1235, 60_000, 1_000_000, "HALF_UP", 74],
] as const)("%s", (_, amount, multiplier, divisor, mode, expected) => {
  expect(scale(amount, multiplier, divisor, mode)).toBe(expected);
});

test("the fast path of scale and its exact one agree in every mode", () => {
  const mode = fc.constantFrom("HALF_UP", "HALF_EVEN", "HALF_DOWN", "DOWN", "UP" as const);
  const amount = fc.integer({ min: -2_000_000, max: 2_000_000 });
  fc.assert(
    fc.property(amount, fc.nat(5_000_000), fc.integer({ min: 1, max: 2_000_000 }), mode, (n, m, d, its) => {
      expect(scale(n, m, d, its) + 0).toBe(Number(divRound(BigInt(n) * BigInt(m), BigInt(d), its)));
    }),
    { numRuns: 1000 },
  );
  // Ties, and divisors as large as integers come.
  const tie = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(tie, fc.constantFrom(2, 4, 10, 2_000_000, MAX - 1), mode, (n, d, its) => {
      const half = d / 2;
      for (const by of [half, half - 1, half + 1].filter((each) => Number.isSafeInteger(n * each)))
        expect(scale(n, by, d, its) + 0).toBe(Number(divRound(BigInt(n) * BigInt(by), BigInt(d), its)));
    }),
    { numRuns: 1000 },
  );
  expect(scale(MAX, MAX, MAX)).toBe(MAX);
  expect(() => scale(MAX, 2, 1)).toThrow(Bug);
});

test.each([
  ["0.333 kg at 29.99", 2999, 333, 999],
  ["0.666 kg at 29.99, which no two of 0.333 are", 2999, 666, 1997],
  ["0.755 kg at 29.90", 2990, 755, 2257],
  ["16 at 348.35", 34_835, 16_000, 557_360],
  ["half a unit of 0.01", 1, 500, 1],
  ["half a unit of 0.01, back", -1, 500, -1],
])("the price of %s", (_, unitMinor, quantityMilli, expected) => {
  expect(priceOf(minor(unitMinor), milli(quantityMilli))).toBe(expected);
});

test.each([
  ["a tier over three dishes", 3000, [5800, 4200, 3600], [1279, 927, 794]],
  ["10.00 over 89.00 and 45.00", 1000, [8900, 4500], [664, 336]],
  ["10.00 over three nearly equal lines", 1000, [3333, 3333, 3334], [333, 333, 334]],
  ["0.01 over three equal lines", 1, [10, 10, 10], [1, 0, 0]],
  ["10.00 over 29.97 and 15.00", 1000, [2997, 1500], [666, 334]],
  ["15.00 over three seats and a shared bottle", 1500, [8000, 6500, 4200, 10_000], [418, 340, 219, 523]],
  ["1.97 of tax over four lines", 197, [592, 152, 154, 39], [125, 32, 32, 8]],
  ["a weight of nothing", 5, [0, 1, 0], [0, 5, 0]],
  ["a tie between remainders goes to the larger weight", 1, [1, 3, 0], [0, 1, 0]],
  ["100.00 in three", 10_000, [1, 1, 1], [3334, 3333, 3333]],
  ["10.00 in seven", 1000, [1, 1, 1, 1, 1, 1, 1], [143, 143, 143, 143, 143, 143, 142]],
  ["nothing over nothing", 0, [0, 0], [0, 0]],
  ["no weights", 0, [], []],
])("shares: %s", (_, total, weights, expected) => {
  expect(allocate(minor(total), weights)).toEqual(expected);
});

test.each([
  ["a negative total", -1, [1]],
  ["a negative weight", 1, [2, -1]],
  ["a weight that is no integer", 1, [0.5]],
  ["a total that nobody can take", 1, [0, 0]],
])("shares of %s are a Bug", (_, total, weights) => {
  expect(() => allocate(minor(total), weights)).toThrow(Bug);
});

test("shares sum to the total, stay within one of the exact share, and are the same multiset in any order", () => {
  const weights = fc
    .array(fc.nat(10_000), { minLength: 1, maxLength: 12 })
    .filter((each) => each.some((w) => w > 0));
  const descending = (shares: readonly number[]): readonly number[] => [...shares].sort((a, b) => b - a);
  fc.assert(
    fc.property(fc.nat(1_000_000_000), weights, fc.nat(100), (total, each, turn) => {
      const shares = allocate(minor(total), each);
      const weightSum = each.reduce((a, b) => a + b, 0);
      expect(sum(shares)).toBe(total);
      shares.forEach((share, index) => {
        expect(Math.abs(share - (total * (each[index] ?? 0)) / weightSum)).toBeLessThan(1);
      });
      const pivot = turn % each.length;
      const turned = [...each.slice(pivot), ...each.slice(0, pivot)];
      expect(descending(allocate(minor(total), turned))).toEqual(descending(shares));
      expect(descending(allocate(minor(total), each.toReversed()))).toEqual(descending(shares));
    }),
    { numRuns: 300 },
  );
});

test("shares by small weights and by the same ones a billion times as large are the same", () => {
  const weights = fc
    .array(fc.nat(1000), { minLength: 1, maxLength: 12 })
    .filter((each) => each.some((w) => w > 0));
  fc.assert(
    fc.property(fc.nat(1_000_000), weights, (total, each) => {
      const large = each.map((weight) => weight * 1_000_000_000);
      expect(allocate(minor(total), each)).toEqual(allocate(minor(total), large));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["10.00 for three, one at a time", 1000, [1, 2, 3], 3, [333, 334, 333]],
  ["37.53 for 1.255 kg, 0.500 kg first", 3753, [500, 1255], 1255, [1495, 2258]],
  ["94.77 in three", 9477, [1, 2, 3], 3, [3159, 3159, 3159]],
  ["23.31 for three of a set", 2331, [1, 2, 3], 3, [777, 777, 777]],
  ["23.31 back", -2331, [1, 2, 3], 3, [-777, -777, -777]],
])("parts: %s", (_, amount, ends, whole, expected) => {
  const at = ends.map((end) => prefix(minor(amount), end, whole));
  expect(at.map((end, index) => end - (at[index - 1] ?? 0))).toEqual(expected);
});

test("parts of an amount sum to the whole however it is cut", () => {
  const cuts = fc.array(fc.nat(5000), { maxLength: 10 });
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: 1, max: 5000 }),
      cuts,
      (n, whole, at) => {
        const ends = [0, ...at.map((cut) => cut % (whole + 1)).sort((a, b) => a - b), whole];
        const parts = ends.slice(1).map((end, index) => {
          return subtract(prefix(minor(n), end, whole), prefix(minor(n), ends[index] ?? 0, whole));
        });
        expect(sum(parts)).toBe(n);
        if (n >= 0) expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
  expect(() => prefix(minor(1), 2, 1)).toThrow(Bug);
  expect(() => prefix(minor(1), -1, 1)).toThrow(Bug);
  expect(() => prefix(minor(1), 0, 0)).toThrow(Bug);
});

test.each([
  ["minor", () => minor(0.5)],
  ["minor", () => minor(MAX + 1)],
  ["minor", () => minor(Number.NaN)],
  ["milli", () => milli(1.5)],
  ["ppm", () => ppm(-1)],
  ["ppm", () => ppm(0.1)],
  ["add", () => add(minor(MAX), minor(1))],
  ["subtract", () => subtract(minor(-MAX), minor(1))],
  ["sum", () => sum([minor(MAX), minor(1), minor(-1)])],
  ["priceOf", () => priceOf(minor(MAX), milli(2000))],
])("%s of what is no safe integer is a Bug", (_, attempt) => {
  expect(attempt).toThrow(Bug);
});

test("there is one zero", () => {
  for (const zero of [minor(-0), milli(-0), negate(ZERO), priceOf(minor(-1), milli(0)), sum([])]) {
    expect(zero).toBe(0);
  }
});

test("a sum that is held within the safe integers is exact wherever they hold it", () => {
  expect(sumWithin([minor(MAX), minor(MAX)])).toBe(MAX);
  expect(sumWithin([minor(-MAX), minor(-5)])).toBe(-MAX);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }).map(minor)), (amounts) => {
      expect(sumWithin(amounts)).toBe(sum(amounts));
    }),
    { numRuns: 100 },
  );
});

test.each([
  [-1250, 2, "-12.50"],
  [5, 2, "0.05"],
  [-5, 2, "-0.05"],
  [0, 2, "0.00"],
  [1234, 0, "1234"],
  [-1, 0, "-1"],
  [1, 3, "0.001"],
  [MAX, 2, "90071992547409.91"],
])("%i at exponent %i reads %s", (amount, exponent, text) => {
  expect(decimalText(minor(amount), exponent)).toBe(text);
});

test("an amount survives its decimal text", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 - 1e12, max: 1e12 - 1 }), fc.nat(4), (amount, exponent) => {
      expect(minorFromDecimal(decimalText(minor(amount), exponent), exponent)).toBe(amount);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["12.5", 2, 1250],
  ["-3", 2, -300],
  ["2.550", 2, 255],
  ["2.551", 2, null],
  ["-0.00", 2, 0],
  ["7.0", 0, 7],
  ["7.5", 0, null],
  ["999999999999.99", 2, 99_999_999_999_999],
  ["9999999999999", 2, null],
  ["999999999999.9999", 4, null],
  ["", 2, null],
  [".5", 2, null],
  ["5.", 2, null],
  ["1e3", 2, null],
  ["+1", 2, null],
  [" 1", 2, null],
  ["1,5", 2, null],
  ["１", 2, null],
])("%j at exponent %i is %s", (text, exponent, expected) => {
  expect(minorFromDecimal(text, exponent)).toBe(expected);
});

test.each([
  [3000, "3"],
  [755, "0.755"],
  [10_000, "10"],
  [1500, "1.5"],
  [0, "0"],
])("%i thousandths read %s", (quantity, text) => {
  expect(quantityText(milli(quantity))).toBe(text);
});

test.each([
  ["SEK", 2],
  ["CNY", 2],
  ["JPY", 0],
  ["KWD", 3],
  ["TND", 3],
])("%s has %i digits behind the point", (code, exponent) => {
  expect(currencyExponent(code)).toBe(exponent);
});
