/**
 * Text that a card terminal sends: from its character sets to ours and back, cleaned and bounded. The
 * last guard against a terminal that prints a whole card number (R3 of reader.ts): such runs of digits
 * are masked here, in every text, before any object holds them. PA00P015 6.2 (tag 14), 3.5.
 */

/** Code page 437 from 80h up: the default of print and display texts. */
const CP437_UPPER =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Values of TLV tag 14. What is not listed is read as code page 437. */
export const ZVT_CHARSET = { cp437: 0xff, utf8: 0xfe, latin1: 0x01 } as const;

/** Longest text of one field that is kept, in characters; a line of a slip is shorter. */
export const ZVT_TEXT_CHARS_MAX = 999;

/**
 * Bytes to text without control characters; NUL ends it. Card numbers come out masked, and are masked in
 * `bytes` as well.
 */
export function decodeText(bytes: Uint8Array, charset: number = ZVT_CHARSET.cp437): string {
  maskCardNumbers(bytes);
  const nulIndex = bytes.indexOf(0);
  const body = nulIndex < 0 ? bytes : bytes.subarray(0, nulIndex);
  const text = charset === ZVT_CHARSET.utf8 ? new TextDecoder().decode(body) : singleBytes(body, charset);
  const clean = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, "");
  return maskedAgain(clean).slice(0, ZVT_TEXT_CHARS_MAX);
}

/** What control characters kept apart may stand together once they are gone. */
function maskedAgain(text: string): string {
  const bytes = new TextEncoder().encode(text);
  maskCardNumbers(bytes);
  return new TextDecoder().decode(bytes);
}

/** Text to bytes; a character that the set lacks becomes "?". */
export function encodeText(text: string, charset: number = ZVT_CHARSET.cp437): Uint8Array {
  if (charset === ZVT_CHARSET.utf8) return new TextEncoder().encode(text);
  return Uint8Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0x3f;
    if (point < 0x80) return point;
    if (charset === ZVT_CHARSET.latin1) return point <= 0xff ? point : 0x3f;
    const index = CP437_UPPER.indexOf(character);
    return index < 0 ? 0x3f : 0x80 + index;
  });
}

/**
 * Overwrites with "*" all but the last four digits of what may be a card number: 13 to 19 digits, single
 * spaces, dots or dashes between them, first digit 2 to 6, Luhn's check. In a longer run every
 * window counts. In place, so that no string ever holds the number.
 */
export function maskCardNumbers(bytes: Uint8Array): void {
  let places: number[] = [];
  for (let index = 0; index <= bytes.length; index += 1) {
    if (isDigit(bytes[index])) {
      places.push(index);
    } else if (places.length > 0 && !(isSeparator(bytes[index]) && isDigit(bytes[index + 1]))) {
      maskRun(bytes, places);
      places = [];
    }
  }
}

/** Shortest and longest number of a payment card (ISO/IEC 7812). */
const CARD_DIGITS_MIN = 13;
const CARD_DIGITS_MAX = 19;
const STAR = 0x2a;

function isDigit(value: number | undefined): boolean {
  return value !== undefined && value >= 0x30 && value <= 0x39;
}

function isSeparator(value: number | undefined): boolean {
  return value === 0x20 || value === 0x2d || value === 0x2e;
}

/** A number begins and ends with its group of digits, unless the group is too long to be one. */
function maskRun(bytes: Uint8Array, places: readonly number[]): void {
  const digits = places.map((place) => (bytes[place] ?? 0) - 0x30);
  const isEdge = (index: number): boolean =>
    index === 0 || index === places.length || (places[index] ?? 0) - (places[index - 1] ?? 0) > 1;
  const isAnyEdge = groupDigitsMax(places) > CARD_DIGITS_MAX;
  for (let start = 0; start + CARD_DIGITS_MIN <= digits.length; start += 1) {
    if (!isAnyEdge && !isEdge(start)) continue;
    for (let length = CARD_DIGITS_MAX; length >= CARD_DIGITS_MIN; length -= 1) {
      if (!isAnyEdge && !isEdge(start + length)) continue;
      if (!isCardNumber(digits, start, length)) continue;
      for (const place of places.slice(start, start + length - 4)) bytes[place] = STAR;
    }
  }
  digits.fill(0);
}

function groupDigitsMax(places: readonly number[]): number {
  let longest = 0;
  let length = 0;
  for (const [index, place] of places.entries()) {
    length = index > 0 && place - (places[index - 1] ?? 0) === 1 ? length + 1 : 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

function isCardNumber(digits: readonly number[], start: number, length: number): boolean {
  const first = digits[start];
  if (start + length > digits.length || first === undefined || first < 2 || first > 6) return false;
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    const digit = digits[start + index] ?? 0;
    const value = (length - index) % 2 === 0 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function singleBytes(bytes: Uint8Array, charset: number): string {
  let text = "";
  for (const value of bytes) {
    if (value < 0x80 || charset === ZVT_CHARSET.latin1) text += String.fromCharCode(value);
    else text += CP437_UPPER[value - 0x80] ?? "";
  }
  return text;
}
