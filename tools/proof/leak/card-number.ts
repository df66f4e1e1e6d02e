/**
 * Is a run of digits a payment card number: a length and a beginning that a scheme gives out (ISO/IEC
 * 7812, the schemes' public ranges), and Luhn's check. Knows numbers, not where they stand.
 */

/** One range of beginnings, and the lengths that are given out in it. */
interface IssuerRange {
  readonly scheme: string;
  /** First and last beginning, of the same length. */
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

const LONG: readonly number[] = [16, 17, 18, 19];

const RANGES: readonly IssuerRange[] = [
  { scheme: "Visa", from: "4", to: "4", lengths: [13, 16, 19] },
  { scheme: "Mastercard", from: "51", to: "55", lengths: [16] },
  { scheme: "Mastercard", from: "2221", to: "2720", lengths: [16] },
  { scheme: "American Express", from: "34", to: "34", lengths: [15] },
  { scheme: "American Express", from: "37", to: "37", lengths: [15] },
  { scheme: "Diners Club", from: "300", to: "305", lengths: [14, 16, 19] },
  { scheme: "Diners Club", from: "36", to: "36", lengths: [14, 16, 19] },
  { scheme: "Diners Club", from: "38", to: "39", lengths: [14, 16, 19] },
  { scheme: "JCB", from: "3528", to: "3589", lengths: LONG },
  { scheme: "Discover", from: "6011", to: "6011", lengths: LONG },
  { scheme: "Discover", from: "644", to: "659", lengths: LONG },
  { scheme: "UnionPay", from: "62", to: "62", lengths: LONG },
  { scheme: "UnionPay", from: "8171", to: "8171", lengths: LONG },
  { scheme: "Maestro", from: "50", to: "50", lengths: [16, 18, 19] },
  { scheme: "Maestro", from: "56", to: "58", lengths: [16, 18, 19] },
  { scheme: "Maestro", from: "639", to: "639", lengths: [16, 18, 19] },
  { scheme: "girocard", from: "67", to: "67", lengths: [16, 18, 19] },
];

/** How numbers are grouped in print: fours with what is left, or four, six and five or four. */
const GROUPINGS = /^(?:4,4,4,[234]|4,4,4,4,[123]|4,6,[45])$/;
/** Longest card number. */
export const CARD_DIGITS_MAX = 19;

/** The scheme whose number `digits` is; undefined when it is none. */
export function schemeOf(digits: string): string | undefined {
  if (!/^[0-9]{13,19}$/.test(digits) || !isLuhn(digits) || /^(.)\1+$/.test(digits)) return undefined;
  return RANGES.find(({ from, to, lengths }) => {
    const beginning = digits.slice(0, from.length);
    return from <= beginning && beginning <= to && lengths.includes(digits.length);
  })?.scheme;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Card numbers in a run of digits that may have single blanks or dashes between them: a whole group, or
 * groups as they are printed on cards. Stretches inside an unbroken group do not count.
 */
export function cardNumbersIn(run: string): readonly { readonly digits: string; readonly index: number }[] {
  const groups = [...run.matchAll(/[0-9]+/g)].map((group) => ({ digits: group[0], index: group.index }));
  for (const [from, { digits, index }] of groups.entries()) {
    if (schemeOf(digits) !== undefined) return [{ digits, index }];
    for (const count of [3, 4, 5]) {
      const stretch = groups.slice(from, from + count);
      const whole = stretch.map((group) => group.digits).join("");
      const shape = stretch.map((group) => group.digits.length).join(",");
      if (GROUPINGS.test(shape) && schemeOf(whole) !== undefined) return [{ digits: whole, index }];
    }
  }
  return [];
}
