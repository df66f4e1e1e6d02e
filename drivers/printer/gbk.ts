/**
 * Text for a GBK printer: first into characters it has (`printable`), then into bytes (`encodeGbk`).
 * Only two-byte GBK is used; 4-byte GB18030 and the single byte 80 (the euro of code page 936) are not
 * printed alike by all models.
 * G1  No control character of the input becomes a byte below 20 or the byte 7F.
 * G2  Every printable character is one byte (ASCII) or two (81-FE, 40-FE); its columns are its bytes.
 */

import { assert } from "../../core/bug.ts";

/** Printed for what GBK has no character for; one for a whole emoji, however it is composed. */
const SUBSTITUTE = "?";
const SUBSTITUTE_BYTE = 0x3f;

/** Characters that print better, or only, as others; shared with the single-byte pages. The yen of Latin-1 is not in GBK, the full-width one is. */
export const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ["\u00a5", "\uffe5"],
  ["\u00a3", "\uffe1"],
  ["\u20ac", "EUR"],
  ["\u2013", "-"],
  ["\u2212", "-"],
  ["\u2011", "-"],
  ["\u2018", "'"],
  ["\u2019", "'"],
  ["\u2022", "\u00b7"],
  ["\u2044", "/"],
  ["\u3000", "  "],
  // Letters of Europe that Unicode does not decompose.
  ["ß", "ss"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ø", "o"],
  ["Ø", "O"],
  ["ł", "l"],
  ["Ł", "L"],
  ["đ", "d"],
  ["Đ", "D"],
]);

/** One character that does something instead of showing. */
export const CONTROL = /^[\p{Cc}\p{Zl}\p{Zp}]$/u;
/** One character without a column of its own. */
export const INVISIBLE = /^[\p{M}\p{Cf}\p{Emoji_Modifier}]$/u;
const ASCII_PRINTABLE = /^[\x20-\x7e]+$/;

let segmenterOnce: Intl.Segmenter | undefined;

/** The characters of a text as people count them. The rules behind it are loaded by the first call, 10 ms, and so not by a start. */
export function graphemesOf(text: string): Iterable<{ readonly segment: string }> {
  segmenterOnce ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenterOnce.segment(text);
}

/**
 * The same text in characters that a GBK printer has, for measuring, wrapping and encoding: controls
 * become spaces, accents on Latin letters fall away, what is left over becomes "?". Idempotent.
 */
export function printable(text: string): string {
  if (ASCII_PRINTABLE.test(text)) return text;
  let result = "";
  for (const { segment } of graphemesOf(text.normalize("NFC"))) result += printableGrapheme(segment);
  return result;
}

/** Bytes of printable text; anything else becomes "?" (G1 holds for every string). */
export function encodeGbk(text: string): Uint8Array {
  const codes = gbkCodes();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = codes.get(code);
    if (code >= 0x20 && code <= 0x7e) bytes.push(code);
    else if (CONTROL.test(character)) bytes.push(0x20);
    else if (pair === undefined) bytes.push(SUBSTITUTE_BYTE);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
}

function printableGrapheme(grapheme: string): string {
  let result = "";
  for (const character of grapheme) {
    const shown = printableCharacter(character);
    // The first part decides: a family emoji is one "?", a keycap its digit.
    if (shown === undefined) return result === "" ? SUBSTITUTE : result;
    result += shown;
  }
  return result;
}

function printableCharacter(character: string): string | undefined {
  if (ASCII_PRINTABLE.test(character)) return character;
  if (CONTROL.test(character)) return " ";
  if (INVISIBLE.test(character)) return "";
  const replacement = REPLACEMENTS.get(character);
  if (replacement !== undefined) return replacement;
  // Before the look-up: GBK's few accented letters are full-width and tear a Latin word apart.
  const plain = character.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("\u2044", "/");
  const isLatin = ASCII_PRINTABLE.test(plain);
  if (isLatin && /\p{Script=Latin}/u.test(character) && !isFullWidth(character)) return plain;
  if (gbkCodes().has(character.codePointAt(0) ?? 0)) return character;
  return isLatin ? plain : undefined;
}

function isFullWidth(character: string): boolean {
  return character >= "\uff01" && character <= "\uff5e";
}

let codesOnce: ReadonlyMap<number, number> | undefined;

/** Code point to two-byte code, high byte first; made once, about 10 ms. */
function gbkCodes(): ReadonlyMap<number, number> {
  codesOnce ??= buildGbkCodes();
  return codesOnce;
}

/** Decodes all pairs in one call, a line feed after each: an invalid pair then spoils only its own line. */
function buildGbkCodes(): ReadonlyMap<number, number> {
  const pairs: number[] = [];
  const bytes: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      pairs.push((lead << 8) | trail);
      bytes.push(lead, trail, 0x0a);
    }
  }
  const lines = new TextDecoder("gbk").decode(Uint8Array.from(bytes)).split("\n");
  const codes = new Map<number, number>();
  for (const [index, pair] of pairs.entries()) {
    const line = lines[index] ?? "";
    const code = line.codePointAt(0) ?? 0xfffd;
    const isPrivateUse = code >= 0xe000 && code <= 0xf8ff;
    if (line.length === 1 && code !== 0xfffd && !isPrivateUse && !codes.has(code)) codes.set(code, pair);
  }
  assert(codes.size > 20_000, "gbk: The decoder has all of GBK");
  return codes;
}
