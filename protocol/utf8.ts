/**
 * Strict UTF-8 (RFC 3629) both ways, by hand: the pure folders have no TextEncoder.
 * Well-formed only: a lone surrogate has no bytes; overlong forms, encoded surrogates, code points
 * above U+10FFFF and cut sequences are no text. U+0000, U+FEFF and unnormalised text pass as they are.
 */

/** Code units handed to String.fromCharCode at once: below every engine's limit on arguments. */
const CHUNK_UNITS_MAX = 4096;

/** Bytes that `text` takes; -1 when it holds a lone surrogate. */
export function utf8Length(text: string): number {
  let lengthBytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) lengthBytes += 1;
    else if (unit < 0x800) lengthBytes += 2;
    else if (unit < 0xd800 || unit > 0xdfff) lengthBytes += 3;
    else if (isPairAt(text, index, unit)) {
      lengthBytes += 4;
      index += 1;
    } else return -1;
  }
  return lengthBytes;
}

/** Writes well-formed `text` (see utf8Length) at `start`, where there must be room; answers the end. */
export function writeUtf8(text: string, bytes: Uint8Array, start: number): number {
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes[at++] = unit;
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      index += 1;
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(index) & 0x3ff);
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  return at;
}

/** The text of `bytes` from `start` to `end`, or the offset of the first byte that is not UTF-8. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | number {
  let text = "";
  const units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      units.push(lead);
      at += 1;
    } else {
      const lengthBytes = sequenceLength(bytes, at, end);
      if (lengthBytes === 0) return at;
      pushCodePoint(units, bytes, at, lengthBytes);
      at += lengthBytes;
    }
    if (units.length >= CHUNK_UNITS_MAX - 1) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

/** Bytes of the well-formed sequence that a non-ASCII lead begins (RFC 3629 §4); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const lengthBytes = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + lengthBytes > end) return 0;
  // The second byte alone decides about overlong forms, surrogates and the top of the code space.
  const second = bytes[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let index = 2; index < lengthBytes; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return lengthBytes;
}

function pushCodePoint(units: number[], bytes: Uint8Array, at: number, lengthBytes: number): void {
  let point = (bytes[at] ?? 0) & (0x7f >> lengthBytes);
  for (let index = 1; index < lengthBytes; index += 1) {
    point = (point << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  }
  if (point < 0x10000) units.push(point);
  else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
}

function isPairAt(text: string, index: number, unit: number): boolean {
  if (unit > 0xdbff || index + 1 >= text.length) return false;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
