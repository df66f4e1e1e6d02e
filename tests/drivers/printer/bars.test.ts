/**
 * Barcodes against the examples of the standards: check digits, and bars written out.
 * That readers read them was tried with zbar when the goldens were written.
 */

import { expect, test } from "vitest";
import { barModules, barcodeText } from "../../../drivers/printer/bars.ts";
import type { Symbology } from "../../../drivers/printer/bars.ts";

const texts: readonly [symbology: Symbology, text: string, content: string | undefined][] = [
  ["ean13", "400638133393", "4006381333931"],
  ["ean13", "4006381333931", "4006381333931"],
  ["ean13", "4006381333932", undefined],
  ["ean13", "40063813339", undefined],
  ["ean13", "40063813339a", undefined],
  ["ean8", "9638507", "96385074"],
  ["ean8", "96385074", "96385074"],
  ["ean8", "96385075", undefined],
  ["code128", "A-000127", "A-000127"],
  ["code128", "", undefined],
  ["code128", "Café", undefined],
  ["code128", "a\u001b@", undefined],
  ["code128", "x".repeat(25), undefined],
];

test.each(texts)("%s of %j holds %j", (symbology, text, content) => {
  expect(barcodeText(symbology, text)).toBe(content);
});

const bars: readonly [symbology: Symbology, text: string, modules: string][] = [
  [
    "ean13",
    "4006381333931",
    "10100011010100111010111101111010001001011001101010100001010000101000010111010010000101100110101",
  ],
  ["ean8", "96385074", "1010001011010111101111010110111010101001110111001010001001011100101"],
  // Start B, "A", check value 34, stop.
  ["code128", "A", "1101001000010100011000100010110001100011101011"],
];

test.each(bars)("%s of %s", (symbology, text, modules) => {
  expect(
    barModules(symbology, text)
      .map((isDark) => (isDark ? "1" : "0"))
      .join(""),
  ).toBe(modules);
});

test("every Code 128 character is 11 modules, and the stop is 13", () => {
  const all = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
  for (const character of all) expect(barModules("code128", character)).toHaveLength(3 * 11 + 13);
});
