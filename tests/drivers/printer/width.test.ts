/**
 * Columns on paper in the two-byte mode, checked by table.
 * That they equal the bytes sent is a property in gbk.test.ts.
 */

import { expect, test } from "vitest";
import { columnsOf } from "../../../drivers/printer/width.ts";
import { table } from "../../support/table.ts";

const rows = table(
  ["text", "columns"],
  `
  text            | columns
                  | 0
  Tea             | 3
  茶              | 2
  茶 x2           | 5
  ￥12.50         | 7
  （热）          | 6
  ＡＢＣ          | 6
  한글            | 4
  カフェ          | 6
  `,
);

test.each(rows)("$title columns", ({ text, columns }) => {
  expect(columnsOf(text)).toBe(Number(columns));
});

test("combining marks, joiners and direction marks take no column", () => {
  expect(columnsOf("e\u0301")).toBe(1);
  expect(columnsOf("\u200d\u202e\ufeff\ufe0f")).toBe(0);
});
