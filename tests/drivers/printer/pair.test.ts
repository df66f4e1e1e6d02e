/**
 * Names and amounts on one line: tables for the shapes, a property for the promise that an amount which
 * fits is never split.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { layoutPair } from "../../../drivers/printer/pair.ts";
import { columnsOf } from "../../../drivers/printer/width.ts";
import { table } from "../../support/table.ts";

// "_" stands for a space, "/" separates lines.
const rows = table(
  ["width", "left", "right", "lines"],
  `
  width | left                  | right        | lines
  16    | Tea                   | 2.00         | Tea_________2.00
  16    |                       | 2.00         | ____________2.00
  16    | Tea                   |              | Tea_____________
  16    | Flat white            | 2.00         | Flat_white__2.00
  16    | Flat white xl         | 2.00         | Flat_white/xl__________2.00
  16    | 海港咖啡              | ￥2.00       | 海港咖啡__￥2.00
  16    | 海港咖啡店            | ￥2.00       | 海港咖啡/店________￥2.00
  16    | A longer name         | 2025-03-14   | A_longer_name/______2025-03-14  // the name's column would be too narrow
  16    | Tea                   | 1,234,567.00 | Tea_1,234,567.00
  8     | Tea                   | 1,234,567.00 | Tea/1,234,56/7.00               // wider than the paper
  `,
);

test.each(rows)("$title", ({ width, left, right, lines }) => {
  const laid = layoutPair(left, right, Number(width));
  expect(laid.join("/").replaceAll(" ", "_")).toBe(lines);
});

test("an amount that fits the paper is whole, at the right edge of the last line", () => {
  const names = fc
    .array(fc.constantFrom("茶", "Tea", " ", "longer-word", "（", "，"))
    .map((parts) => parts.join(""));
  const amounts = fc.integer({ min: 0, max: 99_999_999 }).map((amount) => `￥${amount}.00`);
  fc.assert(
    fc.property(names, amounts, fc.integer({ min: 14, max: 48 }), (left, right, columnCount) => {
      const lines = layoutPair(left, right, columnCount);
      expect(lines.at(-1)?.endsWith(right)).toBe(true);
      expect(columnsOf(lines.at(-1) ?? "")).toBe(columnCount);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columnCount);
      expect(lines.join("").replaceAll(" ", "")).toBe((left + right).replaceAll(" ", ""));
    }),
  );
});
