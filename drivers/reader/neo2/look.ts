/**
 * Tells a card number that can be read from one that cannot, by its look: as packed digits (EMV tags 5A
 * and 57) and as characters (tracks). Errs towards "clear": a value that is wrongly taken for clear costs a
 * tap, the other mistake would let a number pass. Makes no text of what it looks at.
 */

import { ownBytes } from "../../port/own-bytes.ts";

const NUMBER_DIGITS_MIN = 13;
const NUMBER_DIGITS_MAX = 19;
const MASK_NIBBLE = 0xc;
const SEPARATOR_NIBBLE = 0xd;
const PADDING_NIBBLE = 0xf;
/** Fewer happen by chance in a ciphertext. */
const MASKS_COUNT_MIN = 5;
const STAR = 0x2a;
const ZERO = 0x30;
const NINE = 0x39;
const LAST_DIGITS = 4;

/** True when a whole card number stands in it: from its first packed digit on, or anywhere as characters. */
export function looksClear(value: Uint8Array): boolean {
  return startsWithNumber(value) || hasDigitRun(value);
}

/** Runs over the nibbles of a value and zeroes them: they are a card number in another form. */
function withNibbles<Found>(value: Uint8Array, look: (nibbles: Uint8Array) => Found): Found {
  const nibbles = nibblesOf(value);
  const found = look(nibbles);
  nibbles.fill(0);
  return found;
}

/** True when digits in it were replaced: nibbles C, or characters "*". */
export function looksMasked(value: Uint8Array): boolean {
  const isPacked = withNibbles(value, (nibbles) => longestRun(nibbles, MASK_NIBBLE) >= MASKS_COUNT_MIN);
  return isPacked || longestRun(value, STAR) >= MASKS_COUNT_MIN;
}

/** The last four digits of a masked number, or "" when they were masked too. */
export function maskedLastFour(value: Uint8Array): string {
  return longestRun(value, STAR) >= MASKS_COUNT_MIN ? afterStars(value) : withNibbles(value, afterMask);
}

function afterMask(nibbles: Uint8Array): string {
  const end = nibbles.findIndex((nibble) => nibble === SEPARATOR_NIBBLE || nibble === PADDING_NIBBLE);
  return digitsOf(nibbles.subarray(0, end < 0 ? nibbles.length : end).slice(-LAST_DIGITS));
}

function afterStars(value: Uint8Array): string {
  const start = value.indexOf(STAR);
  const end = value.findIndex((byte, index) => index > start && byte !== STAR);
  return digitsOf(value.slice(end, end + LAST_DIGITS).map((byte) => byte - ZERO));
}

function digitsOf(digits: Uint8Array): string {
  return digits.length === LAST_DIGITS && digits.every((digit) => digit <= 9) ? digits.join("") : "";
}

/** Digits, then a separator, padding or the end; and the check digit of ISO 7812 is right. */
function startsWithNumber(value: Uint8Array): boolean {
  return withNibbles(value, (nibbles) => {
    const end = nibbles.findIndex((nibble) => nibble > 9);
    const count = end < 0 ? nibbles.length : end;
    const next = nibbles[count] ?? PADDING_NIBBLE;
    const isEnded = next === SEPARATOR_NIBBLE || next === PADDING_NIBBLE;
    const isNumber = count >= NUMBER_DIGITS_MIN && count <= NUMBER_DIGITS_MAX && isEnded;
    return isNumber && isLuhn(nibbles.subarray(0, count));
  });
}

function hasDigitRun(value: Uint8Array): boolean {
  let run = 0;
  for (const byte of value) {
    run = byte >= ZERO && byte <= NINE ? run + 1 : 0;
    if (run >= NUMBER_DIGITS_MIN) return true;
  }
  return false;
}

function isLuhn(digits: Uint8Array): boolean {
  let sum = 0;
  digits.forEach((digit, index) => {
    const doubled = (digits.length - index) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}

function longestRun(values: Uint8Array, wanted: number): number {
  let [run, longest] = [0, 0];
  for (const value of values) {
    run = value === wanted ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function nibblesOf(value: Uint8Array): Uint8Array {
  const nibbles = ownBytes(value.length * 2);
  value.forEach((byte, index) => {
    nibbles[index * 2] = byte >>> 4;
    nibbles[index * 2 + 1] = byte & 0x0f;
  });
  return nibbles;
}
