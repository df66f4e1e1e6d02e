/**
 * Digits with an implied decimal point as a whole number of smaller units. Exact or not at all: what a
 * label says is never rounded here, since the price of a line depends on it.
 */

const DIGITS_COUNT_MAX = 15;

/**
 * `digits` with `decimalCount` of them behind the point, in units of 10^-`unitDecimalCount`. Undefined
 * when it is zero, finer than that unit, too large for a safe integer, or not digits.
 */
export function wholeUnits(
  digits: string,
  decimalCount: number,
  unitDecimalCount: number,
): number | undefined {
  if (!/^[0-9]+$/.test(digits) || digits.length > DIGITS_COUNT_MAX) return undefined;
  const shift = unitDecimalCount - decimalCount;
  const dropped = shift < 0 ? digits.slice(shift) : "";
  if (/[1-9]/.test(dropped)) return undefined;
  const kept = shift < 0 ? digits.slice(0, shift) : digits + "0".repeat(shift);
  const value = Number(kept);
  return value > 0 && Number.isSafeInteger(value) ? value : undefined;
}
