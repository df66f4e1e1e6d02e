/** A paper says by its marks what it is, in the words of tills of both languages. */
import { expect, test } from "vitest";
import { accountOf, markOfLine, marksOf } from "../../../../tools/sim/printer/paper.ts";
import type { Receipt } from "../../../../tools/sim/printer/paper.ts";

function paper(...texts: readonly string[]): Receipt {
  const style = { widthScale: 1, heightScale: 1, bold: false, underline: false, reverse: false };
  const lines = texts.map((text) => ({
    align: "center" as const,
    runs: [{ text, columnIndex: 0, columnCount: text.length, ...style }],
    columnCount: text.length,
    heightScale: 1,
  }));
  return { number: 1, columnCount: 48, lines, endedBy: "cut", notShown: [] };
}

test.each([
  ["*** CONTINUED ***", "continued"],
  ["      *** 续打 ***", "continued"],
  ["*** REPRINT ***", "reprint"],
  ["*** 重打 ***", "reprint"],
  ["*** COPY 12 ***", "copy"],
  ["*** 副本 1 ***", "copy"],
  ["*** COPY ***", undefined],
  ["COPY 1", undefined],
  ["*** REPRINT *** of a book", undefined],
  ["", undefined],
])("%j is the mark %s", (line, mark) => {
  expect(markOfLine(line)).toBe(mark);
});

test("papers are counted by what stands on them; a receipt without a mark is unmarked", () => {
  const papers = [
    paper("Tea 2.50"),
    paper("Tea 2.50", "*** CONTINUED ***", "Total"),
    paper("*** REPRINT ***", "Tea 2.50", "*** CONTINUED ***"),
    paper("*** COPY 1 ***", "Tea 2.50"),
  ];
  expect(papers.map(marksOf)).toEqual([[], ["continued"], ["reprint", "continued"], ["copy"]]);
  expect(accountOf(papers)).toEqual({ unmarkedCount: 1, continuedCount: 2, reprintCount: 1, copyCount: 1 });
});
