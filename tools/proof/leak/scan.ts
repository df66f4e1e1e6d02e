/**
 * Looks for payment card numbers in bytes: as digits, in UTF-16 of either order, as hex or base64 of any
 * of these, and packed two digits a byte (BCD). What is said of a find never repeats it.
 *
 * L1  Digits in text count as a find unless their field is exempt by name (names.ts).
 * L2  BCD has no signs of its own: in bytes of chance one such run is expected in a megabyte. It counts
 *     where a tag or a length announces it, and everywhere for numbers that are known to be in use.
 */

import { CARD_DIGITS_MAX, cardNumbersIn, schemeOf } from "./card-number.ts";
import { columnAt, isExempt, nameBefore } from "./names.ts";

/** How a number was written. */
export type LeakEncoding = "ascii" | "utf16" | "hex" | "base64" | "bcd";

/** One find. */
export interface LeakFind {
  readonly encoding: LeakEncoding;
  /** The byte at which it begins; of hex and base64 the byte at which that text begins. */
  readonly offset: number;
  readonly scheme: string;
  readonly digitCount: number;
  readonly lastFour: string;
  /** The field that it stands in; empty when there is no name. */
  readonly name: string;
}

/** How to look. */
export interface LeakWish {
  /** The bytes are a table with a header line. */
  readonly isTable?: boolean;
  /** Numbers that tests use: found in BCD without any sign around them. */
  readonly known?: readonly string[];
  /** Fields that are exempt beside those of names.ts. */
  readonly exempt?: readonly string[];
}

/** Finds that are told of one piece of bytes at most; the rest are only counted by their absence of an end. */
export const FINDS_COUNT_MAX = 100;

const DIGITS = /[0-9](?:[ -]?[0-9]){12,}/g;
const UTF16_LOW_FIRST = /(?:[0-9]\0){13,}/g;
const UTF16_HIGH_FIRST = /(?:\0[0-9]){13,}/g;
const HEX = /(?:[0-9a-fA-F]{2}[ :]?){13,}/g;
const BASE64 = /[A-Za-z0-9+/_-]{18,}={0,2}/g;
/** Tags 5A, 57, DF..81 and their like with a length, or ZVT's field 22 with LLVAR, before packed digits. */
const ANNOUNCED_BCD = /(?:[\x5a\x57][\x07-\x13]|\x22[\xf0\xf1][\xf0-\xf9])([\x00-\xff]{7,19})/g;

/** Texts that hold bytes. `mayHold` is quick and never wrong with a "no". */
const WRAPPINGS: readonly {
  readonly pattern: RegExp;
  readonly encoding: "hex" | "base64";
  readonly decode: (text: string) => readonly Uint8Array[];
  readonly mayHold: (text: string) => boolean;
}[] = [
  { pattern: HEX, encoding: "hex", decode: bytesOfHex, mayHold: () => true },
  {
    pattern: BASE64,
    encoding: "base64",
    decode: bytesOfBase64,
    // Three digits in a row begin a group with M, N or O, a blank with I, a zero byte with A; packed ones
    // need a word that is base64 and nothing else.
    mayHold: (text) => /[AIMNO]...[AIMNO]...[AIMNO]/.test(text) || /[+/=]/.test(text),
  },
];

/** Every find in `bytes`. Pure; takes time by their length. */
export function scanBytes(bytes: Uint8Array, wish: LeakWish = {}): readonly LeakFind[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const finds: LeakFind[] = [];
  const add = (find: LeakFind): void => {
    if (finds.length < FINDS_COUNT_MAX) finds.push(find);
  };
  const exempt = new Set((wish.exempt ?? []).map((name) => name.toLowerCase()));
  const nameAt = (offset: number): string =>
    wish.isTable === true ? columnAt(text, offset) : nameBefore(text, offset);
  const isLetThrough = (name: string): boolean => isExempt(name) || exempt.has(name.toLowerCase());
  scanDigits(text, "ascii", (find) => {
    const name = nameAt(find.offset);
    if (!isLetThrough(name)) add({ ...find, name });
  });
  scanWide(text, add);
  for (const { pattern, encoding, decode, mayHold } of WRAPPINGS)
    for (const match of text.matchAll(pattern)) {
      if (!mayHold(match[0])) continue;
      const first = decode(match[0]).flatMap((decoded) => scanInner(decoded, wish))[0];
      if (first === undefined) continue;
      const name = nameAt(match.index);
      if (!isLetThrough(name)) add({ ...first, encoding, offset: match.index, name });
    }
  for (const find of packed(text, wish.known ?? [])) add(find);
  return finds;
}

/** Inside hex and base64: digits of any width, and packed ones. */
function scanInner(bytes: Uint8Array, wish: LeakWish): readonly LeakFind[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const finds: LeakFind[] = [];
  const add = (find: LeakFind): void => void finds.push(find);
  scanDigits(text, "ascii", add);
  scanWide(text, add);
  return [...finds, ...packed(text, wish.known ?? [])];
}

function scanDigits(text: string, encoding: LeakEncoding, found: (find: LeakFind) => void): void {
  for (const match of text.matchAll(DIGITS)) {
    if (isPartOfOther(text, match.index, match.index + match[0].length)) continue;
    for (const { digits, index } of cardNumbersIn(match[0]))
      found(findOf(encoding, match.index + index, digits));
  }
}

/** Digits behind a decimal point, and inside a word of hex, are no number of their own. */
function isPartOfOther(text: string, start: number, end: number): boolean {
  if (/[0-9]\.$/.test(text.slice(Math.max(0, start - 2), start))) return true;
  const before = /[0-9a-fA-F]*$/.exec(text.slice(Math.max(0, start - 64), start))?.[0] ?? "";
  const after = /^[0-9a-fA-F]*/.exec(text.slice(end, end + 64))?.[0] ?? "";
  return /[a-fA-F]/.test(before + after) && before.length + (end - start) + after.length >= 24;
}

function scanWide(text: string, found: (find: LeakFind) => void): void {
  for (const pattern of [UTF16_LOW_FIRST, UTF16_HIGH_FIRST])
    for (const match of text.matchAll(pattern)) {
      const digits = match[0].replaceAll("\0", "");
      if (digits.length <= CARD_DIGITS_MAX && schemeOf(digits) !== undefined)
        found(findOf("utf16", match.index, digits));
    }
}

function packed(text: string, known: readonly string[]): readonly LeakFind[] {
  const finds: LeakFind[] = [];
  for (const match of text.matchAll(ANNOUNCED_BCD)) {
    // What reads as digits was looked at as digits.
    if (/^[0-9]{7}/.test(match[1] ?? "")) continue;
    const hex = Buffer.from(match[1] ?? "", "latin1").toString("hex");
    const digits = announced(hex, match[0]);
    if (schemeOf(digits) !== undefined && (known.includes(digits) || !isLikeCounters(digits)))
      finds.push(findOf("bcd", match.index, digits));
  }
  for (const digits of known) {
    const place = packedPlace(text, digits);
    if (place >= 0) finds.push(findOf("bcd", place, digits));
  }
  return finds;
}

/** The number in as many bytes as the length before them says: padded to their end, or before an expiry. */
function announced(hex: string, match: string): string {
  const length = match.charCodeAt(1);
  const bytes = match.startsWith("\x22") ? (length & 0x0f) * 10 + (match.charCodeAt(2) & 0x0f) : length;
  const field = hex.slice(0, bytes * 2);
  return /^([0-9]{13,19})(?:f*$|d[0-9]{7})/.exec(field)?.[1] ?? "";
}

/** A number that is zeros for the most part is what empty memory looks like. */
const ZEROS_COUNT_MAX = 8;
const COUNTER_ZEROS_COUNT_MAX = 5;

/** Small numbers in wide fields, as databases keep them, behind a byte that happens to be a tag. */
function isLikeCounters(digits: string): boolean {
  return digits.endsWith("0000") || digits.replaceAll(/[^0]/g, "").length > COUNTER_ZEROS_COUNT_MAX;
}

function isMostlyZero(digits: string): boolean {
  return digits.replaceAll(/[^0]/g, "").length > ZEROS_COUNT_MAX;
}

/** Where a number is packed, beginning at the first or at the second half of a byte; -1 when nowhere. */
function packedPlace(text: string, digits: string): number {
  if (isMostlyZero(digits)) return -1;
  for (const lead of [0, 1]) {
    const whole = digits.slice(lead, digits.length - ((digits.length - lead) % 2));
    const needle = Buffer.from(whole, "hex").toString("latin1");
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      const before = lead === 0 || (text.charCodeAt(at - 1) & 0x0f) === Number(digits[0]);
      const last = digits.length - lead - whole.length;
      const after = last === 0 || text.charCodeAt(at + needle.length) >> 4 === Number(digits.at(-1));
      if (before && after) return at - lead;
    }
  }
  return -1;
}

function findOf(encoding: LeakEncoding, offset: number, digits: string): LeakFind {
  return {
    encoding,
    offset,
    scheme: schemeOf(digits) ?? "known",
    digitCount: digits.length,
    lastFour: digits.slice(-4),
    name: "",
  };
}

function bytesOfHex(text: string): readonly Uint8Array[] {
  const digits = text.replaceAll(/[ :]/g, "");
  return [0, 1].map(
    (from) =>
      new Uint8Array(Buffer.from(digits.slice(from, digits.length - ((digits.length - from) % 2)), "hex")),
  );
}

/** Base64 may begin anywhere in a word of its letters: all four places of a group are tried. */
function bytesOfBase64(text: string): readonly Uint8Array[] {
  return [0, 1, 2, 3].map((from) => new Uint8Array(Buffer.from(text.slice(from), "base64")));
}
