/**
 * Amounts as this protocol writes them: a JSON number in major units ("13.4" is 13.40). They are moved
 * between text and minor units digit by digit; no amount is ever multiplied in floating point.
 */

/** Minor units from the digits of a JSON number; undefined below 0, above 2^53 or finer than the currency. */
export function minorOfDigits(digits: string, exponent: number): number | undefined {
  const parts = /^([0-9]{1,15})(?:\.([0-9]{1,9}))?(?:[eE]([+-]?[0-9]{1,2}))?$/.exec(digits);
  if (parts === null) return undefined;
  const [, whole = "", fraction = "", tens = "0"] = parts;
  const shift = exponent - fraction.length + Number(tens);
  const units = BigInt(whole + fraction);
  const factor = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && units % factor !== 0n) return undefined;
  const minor = Number(shift < 0 ? units / factor : units * factor);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** The JSON number of `amountMinor`: JSON.stringify writes the same shortest digits that were put in here. */
export function wireAmount(amountMinor: number, exponent: number): number {
  const digits = String(amountMinor).padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  return Number(`${digits.slice(0, cut)}.${digits.slice(cut)}0`);
}
