/**
 * Check digits of the retail codes, and UPC-E told in full (GS1 General Specifications, sections 7.9
 * and 5.2). A check digit finds every single wrong digit, but only most swaps of neighbours.
 */

const DIGITS = /^[0-9]+$/;

/** True for a text of one or more digits and nothing else. */
export function isDigits(text: string): boolean {
  return DIGITS.test(text);
}

/** The modulo 10 check digit that belongs behind `digits`: weights 3, 1, 3, … from the right. */
export function checkDigitFor(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 1 ? 3 : 1;
    sum += weight * Number(digits[index]);
  }
  return (10 - (sum % 10)) % 10;
}

/** True when the last digit is the check digit of those before it. */
export function hasGoodCheckDigit(digits: string): boolean {
  return (
    isDigits(digits) && digits.length > 1 && checkDigitFor(digits.slice(0, -1)) === Number(digits.at(-1))
  );
}

/**
 * GTIN-8, -12, -13 or -14 as 14 digits, so that one item has one name; undefined for another length, a
 * wrong check digit, or zeros only.
 */
export function gtin14(digits: string): string | undefined {
  if (![8, 12, 13, 14].includes(digits.length)) return undefined;
  if (!hasGoodCheckDigit(digits) || /^0+$/.test(digits)) return undefined;
  return digits.padStart(14, "0");
}

/** UPC-E of 8 digits (number system 0 or 1, six digits, check digit) as UPC-A of 12; undefined when it is none. */
export function upcAOfUpcE(digits: string): string | undefined {
  if (!/^[01][0-9]{7}$/.test(digits)) return undefined;
  const system = digits.slice(0, 1);
  const six = digits.slice(1, 7);
  const check = digits.slice(7);
  const upcA = `${system}${tenDigits(six)}${check}`;
  return hasGoodCheckDigit(upcA) ? upcA : undefined;
}

/** Manufacturer and item, five digits each, by the last of the six. */
function tenDigits(six: string): string {
  const last = six.slice(5);
  if (last <= "2") return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === "3") return `${six.slice(0, 3)}00000${six.slice(3, 5)}`;
  if (last === "4") return `${six.slice(0, 4)}00000${six.slice(4, 5)}`;
  return `${six.slice(0, 5)}0000${last}`;
}

/** Weighted products by digit: "2-" is twice the digit, units less tens, and so on. */
const TIMES_2_MINUS = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7] as const;
const TIMES_3 = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7] as const;
const TIMES_5_PLUS = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9] as const;
const TIMES_5_MINUS = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1] as const;
const WEIGHTS_4 = [TIMES_2_MINUS, TIMES_2_MINUS, TIMES_3, TIMES_5_MINUS] as const;
const WEIGHTS_5 = [TIMES_5_PLUS, TIMES_2_MINUS, TIMES_5_MINUS, TIMES_5_PLUS, TIMES_2_MINUS] as const;

/** The inner check digit of a price or weight of 4 or 5 digits; undefined for another length. */
export function measureCheckDigitFor(digits: string): number | undefined {
  if (!isDigits(digits)) return undefined;
  if (digits.length === 4) return (weighted(digits, WEIGHTS_4) * 3) % 10;
  if (digits.length !== 5) return undefined;
  const complement = (10 - (weighted(digits, WEIGHTS_5) % 10)) % 10;
  return TIMES_5_MINUS.findIndex((product) => product === complement);
}

function weighted(digits: string, weights: readonly (readonly number[])[]): number {
  return weights.reduce((sum, products, index) => sum + (products[Number(digits[index])] ?? 0), 0);
}
