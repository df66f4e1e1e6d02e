/**
 * Codes and set-ups for the scanner's tests. Digits of payment codes are invented.
 */

import * as fc from "fast-check";
import { compileMeasure } from "../../../drivers/scanner/measure.ts";
import type { MeasurePattern } from "../../../drivers/scanner/measure.ts";
import { READ_CONFIG } from "../../../drivers/scanner/read.ts";
import type { ReadConfig } from "../../../drivers/scanner/read.ts";

/** A pattern in grams and hundredths; throws where it does not compile. */
export function measurePattern(pattern: string): MeasurePattern {
  const compiled = compileMeasure({ pattern, weightDecimalCount: 3, priceDecimalCount: 2 });
  if (!compiled.ok) throw new Error(`The pattern is refused at ${compiled.offset}: ${pattern}`);
  return compiled.value;
}

/** A shop that weighs under 21 and prices under 22. */
export const SHOP: ReadConfig = {
  ...READ_CONFIG,
  measurePatterns: [measurePattern("21IIIIIWWWWWC"), measurePattern("22IIIIIVPPPPC")],
};

/** FNC1 as it comes behind a value of variable length. */
export const GS = "\u001d";

/** Text as the bytes that a scanner sends. */
export function scanBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Any text of characters that a byte can be, up to `charsMax`. */
export function anyByteText(charsMax: number): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength: charsMax }).map((bytes) => String.fromCharCode(...bytes));
}
