/** CSV that a spreadsheet opens without running anything. */
import { expect, test } from "vitest";
import { csvOf, digits } from "../../../../tools/hq/console/csv.ts";
import type { Cell } from "../../../../tools/hq/console/csv.ts";

const CELLS: readonly (readonly [Cell, string])[] = [
  ["tea", "tea"],
  ["=1+2", "'=1+2"],
  ["+44 20", "'+44 20"],
  ["-1", "'-1"],
  ["@sum", "'@sum"],
  ["\tx", "'\tx"],
  ["\rx", '"\'\rx"'],
  ['say "hi", you', '"say ""hi"", you"'],
  ["two\nlines", '"two\nlines"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  [digits("-12.50"), "-12.50"],
  [digits("0"), "0"],
  [digits("-1+2"), "'-1+2"],
];

test.for(CELLS)("the cell %j is written as %j", ([cell, written]) => {
  expect(csvOf([[cell]])).toBe(`\u{feff}${written}\r\n`);
});

test("rows have commas between their cells and an end of their own", () => {
  expect(
    csvOf([
      ["a", "b"],
      [digits("1"), ""],
    ]),
  ).toBe("\u{feff}a,b\r\n1,\r\n");
});
