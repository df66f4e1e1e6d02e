/**
 * Numbers and bytes of the ZVT protocol: binary coded decimals, hexadecimal, joining. No meanings. What
 * does not fit its form is undefined when it is read, and a Bug when it is written.
 */

import { assert } from "../../../core/bug.ts";

/** Joins parts into one array. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Upper case, two characters a byte, no spaces. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => value.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

/** The inverse of `toHex`; spaces are allowed. A Bug for anything else. */
export function fromHex(hex: string): Uint8Array {
  const packed = hex.replaceAll(" ", "");
  assert(/^([0-9a-fA-F]{2})*$/.test(packed), "zvt: Hexadecimal has two digits a byte");
  return Uint8Array.from({ length: packed.length / 2 }, (_, index) =>
    Number.parseInt(packed.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Decimal digits of a BCD field, leading zeros kept. All nibbles F stand for "none" and stay. Undefined for others. */
export function bcdDigits(bytes: Uint8Array): string | undefined {
  const nibbles = toHex(bytes);
  return /^(\d*|F*)$/.test(nibbles) ? nibbles : undefined;
}

/** The bytes of digits, padded with zeros on the left to `byteCount`. */
export function bcdBytes(digits: string, byteCount: number): Uint8Array {
  const padded = digits.padStart(byteCount * 2, "0");
  assert(/^(\d*|F*)$/.test(padded) && padded.length === byteCount * 2, "zvt: Digits fit their BCD field");
  return fromHex(padded);
}
