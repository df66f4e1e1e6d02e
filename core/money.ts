/**
 * Money and quantity: integer minor units, integer thousandths, integer parts per million.
 * No float ever holds an amount; every result is checked to be a safe integer.
 * Implements ARITHMETIC sections 1 and 2.
 */
import { assert } from "./bug.ts";

declare const brand: unique symbol;

/** Minor units of the order's currency (pence, fen, yen), signed. */
export type Minor = number & { readonly [brand]: "Minor" };
/** Thousandths of a unit: 3 pieces are 3000, 0.755 kg is 755. */
export type Milli = number & { readonly [brand]: "Milli" };
/** Parts per million: 20 % is 200,000. */
export type Ppm = number & { readonly [brand]: "Ppm" };

/** Ties: HALF_UP away from zero, HALF_EVEN to the even neighbour, HALF_DOWN to zero; DOWN to zero, UP away from it. */
export type Rounding = "HALF_UP" | "HALF_EVEN" | "HALF_DOWN" | "DOWN" | "UP";

/** 100 % as parts per million. */
export const PPM_ONE = 1_000_000;
/** One unit in thousandths. */
export const MILLI_ONE = 1000;

/** `units` as minor units; a Bug when not a safe integer. */
export function minor(units: number): Minor {
  assert(Number.isSafeInteger(units), "money: An amount must be a safe integer");
  return (units === 0 ? 0 : units) as Minor;
}

/** `thousandths` as a quantity; a Bug when not a safe integer. */
export function milli(thousandths: number): Milli {
  assert(Number.isSafeInteger(thousandths), "money: A quantity must be a safe integer");
  return (thousandths === 0 ? 0 : thousandths) as Milli;
}

/** `parts` as a rate; a Bug when not a safe integer of at least 0. */
export function ppm(parts: number): Ppm {
  assert(Number.isSafeInteger(parts) && parts >= 0, "money: A rate must be a safe integer from 0");
  return parts as Ppm;
}

/** No money. */
export const ZERO = minor(0);

/** a + b. */
export function add(a: Minor, b: Minor): Minor {
  return minor(a + b);
}

/** a - b. */
export function subtract(a: Minor, b: Minor): Minor {
  return minor(a - b);
}

/** -a. */
export function negate(a: Minor): Minor {
  return minor(-a);
}

/** The sum of all amounts; 0 of none. */
export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) total = minor(total + amount);
  return minor(total);
}

/** The sum of all amounts held within the safe integers: for folds, which never throw. Exact wherever `sum` is. */
export function sumWithin(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) {
    total = Math.min(Math.max(total + amount, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  }
  return minor(total);
}

/**
 * numerator / denominator rounded to an integer, on magnitudes with the sign put back, so that
 * round(-x) = -round(x). `denominator` must not be 0. Exact at any size.
 */
export function divRound(numerator: bigint, denominator: bigint, mode: Rounding): bigint {
  assert(denominator !== 0n, "money: Division by zero");
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const floor = n / d;
  const magnitude = floor + (roundsUp(floor, n - floor * d, d, mode) ? 1n : 0n);
  return negative ? -magnitude : magnitude;
}

function roundsUp(floor: bigint, rest: bigint, d: bigint, mode: Rounding): boolean {
  if (rest === 0n) return false;
  if (mode === "DOWN") return false;
  if (mode === "UP") return true;
  const twice = rest * 2n;
  if (twice !== d) return twice > d;
  if (mode === "HALF_EVEN") return floor % 2n === 1n;
  return mode === "HALF_UP";
}

/** amount × multiplier / divisor, rounded once. The integer fast path and the bigint path agree. */
export function scale(
  amount: number,
  multiplier: number,
  divisor: number,
  mode: Rounding = "HALF_UP",
): number {
  const product = amount * multiplier;
  if (Number.isSafeInteger(product)) return roundedQuotient(product, divisor, mode);
  const exact = divRound(BigInt(amount) * BigInt(multiplier), BigInt(divisor), mode);
  const result = Number(exact);
  assert(Number.isSafeInteger(result), "money: A product left the safe integers");
  return result;
}

/** numerator / denominator as divRound has it, of safe integers: the remainder of such a division is exact. */
function roundedQuotient(numerator: number, denominator: number, mode: Rounding): number {
  const rest = numerator % denominator;
  const towardsZero = (numerator - rest) / denominator;
  if (rest === 0 || mode === "DOWN") return towardsZero;
  const away = numerator < 0 === denominator < 0 ? 1 : -1;
  if (mode === "UP") return towardsZero + away;
  // Twice a remainder may leave the safe integers: what is left to the divisor does not.
  const above = Math.abs(rest) - (Math.abs(denominator) - Math.abs(rest));
  if (above !== 0) return above > 0 ? towardsZero + away : towardsZero;
  const isUp = mode === "HALF_UP" || (mode === "HALF_EVEN" && towardsZero % 2 !== 0);
  return isUp ? towardsZero + away : towardsZero;
}

/** The price of a quantity: unit price × thousandths / 1000, half up on the magnitude. */
export function priceOf(unitPriceMinor: Minor, quantityMilli: Milli): Minor {
  return minor(scale(unitPriceMinor, quantityMilli, MILLI_ONE));
}

/** P(amount, q, Q): what the first q of Q units cost. Parts as prefix differences sum to the whole. */
export function prefix(amount: Minor, part: number, whole: number): Minor {
  assert(whole > 0 && part >= 0 && part <= whole, "money: A prefix must lie between 0 and the whole");
  return minor(scale(amount, part, whole));
}

/**
 * Shares of `total` by weight: floors first, leftover minor units to the largest remainders, ties to
 * the larger weight, then to the lower index. A weight of 0 gets 0. `total` is at least 0; the
 * weights must not all be 0 unless `total` is 0.
 */
export function allocate(total: Minor, weights: readonly number[]): readonly Minor[] {
  assert(
    total >= 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0),
    "money: Shares need magnitudes",
  );
  const roughSum = weights.reduce((a, w) => a + w, 0);
  // Every product and the sum are safe integers: no need of bigint.
  if (roughSum > 0 && roughSum <= Number.MAX_SAFE_INTEGER && total * roughSum <= Number.MAX_SAFE_INTEGER)
    return allocateSmall(total, weights, roughSum);
  const weightSum = weights.reduce((a, w) => a + BigInt(w), 0n);
  if (weightSum === 0n) {
    assert(total === 0, "money: Nothing to spread the total over");
    return weights.map(() => ZERO);
  }
  const parts = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, weight, share: product / weightSum, rest: product % weightSum };
  });
  let left = BigInt(total) - parts.reduce((a, part) => a + part.share, 0n);
  const byRest = [...parts].sort((a, b) =>
    a.rest !== b.rest ? (a.rest > b.rest ? -1 : 1) : b.weight - a.weight || a.index - b.index,
  );
  for (const part of byRest) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map((part) => minor(Number(part.share)));
}

function allocateSmall(total: Minor, weights: readonly number[], weightSum: number): readonly Minor[] {
  const shares: number[] = [];
  const rests: number[] = [];
  let left: number = total;
  for (const weight of weights) {
    const product = total * weight;
    const rest = product % weightSum;
    const share = (product - rest) / weightSum;
    shares.push(share);
    rests.push(rest);
    left -= share;
  }
  if (left > 0) {
    const at = (list: readonly number[], index: number): number => list[index] ?? 0;
    const byRest = shares
      .map((_, index) => index)
      .sort((a, b) => at(rests, b) - at(rests, a) || at(weights, b) - at(weights, a) || a - b);
    for (const index of byRest.slice(0, left)) shares[index] = at(shares, index) + 1;
  }
  return shares.map(minor);
}

/** Decimal text of an amount: decimalText(-1250, 2) is "-12.50"; exponent 0 to 4, no grouping. */
export function decimalText(amount: Minor, exponent: number): string {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const sign = amount < 0 ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Decimal text of a quantity without trailing zeros: 3000 is "3", 755 is "0.755". */
export function quantityText(quantity: Milli): string {
  return decimalText(minor(quantity), 3).replace(/\.?0+$/, "");
}

/** Minor units named by plain decimal text ("12.5", "-3", "2.550" at exponent 2), or null when it is not exact at that exponent. */
export function minorFromDecimal(text: string, exponent: number): Minor | null {
  const match = /^(-?)([0-9]{1,12})(?:\.([0-9]{1,6}))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  const kept = fraction.slice(0, exponent).padEnd(exponent, "0");
  if (/[1-9]/.test(fraction.slice(exponent))) return null;
  const units = Number(whole + kept);
  if (!Number.isSafeInteger(units)) return null;
  return minor(sign === "-" ? -units : units);
}

const EXPONENT_BY_CURRENCY: ReadonlyMap<string, number> = new Map([
  ...[
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
]);

/** Digits behind the point of an ISO 4217 currency code: 2 but for the listed ones. */
export function currencyExponent(code: string): number {
  return EXPONENT_BY_CURRENCY.get(code) ?? 2;
}
