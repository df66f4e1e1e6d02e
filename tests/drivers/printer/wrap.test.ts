/**
 * Line breaking as a table, and W1 and W2 of wrap.ts as properties over mixed Latin and Chinese.
 * Nothing here knows of ESC/POS.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "../../../drivers/printer/gbk.ts";
import { columnsOf } from "../../../drivers/printer/width.ts";
import { wrapText } from "../../../drivers/printer/wrap.ts";
import { table } from "../../support/table.ts";

// Lines are separated by "/" in the last column; "_" stands for a space that counts.
const rows = table(
  ["width", "text", "lines"],
  `
  width | text                       | lines
  10    |                            |
  10    | tea                        | tea
  10    | black tea                  | black tea
  10    | black teapot               | black/teapot
  10    | a__b                       | a__b
  10    | black tea_______pot        | black tea/pot
  10    | internationalisation       | internatio/nalisation
  10    | an internationalisation    | an/internatio/nalisation
  10    | 云南普洱茶                 | 云南普洱茶
  10    | 云南普洱古茶               | 云南普洱古/茶
  9     | 云南普洱茶                 | 云南普洱/茶
  10    | 云南普洱茶，好             | 云南普洱/茶，好    // a comma never begins a line
  10    | 云南普洱（好）             | 云南普洱/（好）    // an opening bracket never ends one
  10    | 共计四元￥5.00             | 共计四元/￥5.00    // a currency sign stays with its amount
  10    | 500g酸种面包               | 500g酸种面/包
  10    | Earl Grey茶                | Earl Grey/茶
  10    | __oat milk please          | __oat milk/__please
  10    | ________________deep       | ____deep
  2     | 茶x茶                      | 茶/x/茶
  `,
);

test.each(rows)("$title", ({ width, text, lines }) => {
  const wrapped = wrapText(text.replaceAll("_", " "), Number(width));
  expect(wrapped.join("/").replaceAll(" ", "_")).toBe(lines.replaceAll(" ", "_"));
});

const texts = fc
  .array(fc.oneof(fc.string(), fc.constantFrom("茶", "（热）", "，", "￥12.50", " ", "   ", "500g", "“”")))
  .map((parts) => printable(parts.join("")));

test("no line is wider than asked, and no character but spaces is lost or moved", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 60 }), (text, columnCount) => {
      const lines = wrapText(text, columnCount);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columnCount);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});
