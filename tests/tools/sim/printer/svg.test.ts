/**
 * The picture of a receipt: where characters stand, and that no text becomes markup.
 * How it looks is for eyes.
 */

import { expect, test } from "vitest";
import type { PaperLine, PaperRun, Receipt } from "../../../../tools/sim/printer/paper.ts";
import { receiptSvg } from "../../../../tools/sim/printer/svg.ts";

const RUN: PaperRun = {
  text: "",
  columnIndex: 0,
  columnCount: 0,
  widthScale: 1,
  heightScale: 1,
  bold: false,
  underline: false,
  reverse: false,
};

function receipt(...lines: readonly (Partial<PaperRun> & { align?: PaperLine["align"] })[]): Receipt {
  return {
    number: 1,
    columnCount: 32,
    endedBy: "cut",
    notShown: [],
    lines: lines.map(({ align = "left", ...run }) => ({
      align,
      runs: [{ ...RUN, ...run }],
      columnCount: run.columnCount ?? 0,
      heightScale: run.heightScale ?? 1,
    })),
  };
}

test("Latin stands on every column, Chinese in the middle of two", () => {
  const svg = receiptSvg(receipt({ text: "A茶B", columnCount: 4 }));
  expect(svg).toMatch(/<text x="0 36" [^>]*>AB<\/text>/);
  expect(svg).toMatch(/<text x="24" [^>]*CJK[^>]*text-anchor="middle">茶<\/text>/);
});

test("the paper is as wide as its columns and its margins, and grows with each line", () => {
  const heightOf = (svg: string): number => Number(/viewBox="0 0 448 (\d+)"/.exec(svg)?.[1]);
  const one = heightOf(receiptSvg(receipt({})));
  const two = heightOf(receiptSvg(receipt({}, { heightScale: 2 })));
  expect(two).toBeGreaterThan(one + 32);
});

test("a centred line stands in by half of what is left", () => {
  const svg = receiptSvg(receipt({ text: "AB", columnCount: 2, align: "center" }));
  expect(svg).toContain("translate(212 ");
});

test("text cannot become markup", () => {
  const svg = receiptSvg(receipt({ text: `<script>&"'`, columnCount: 11 }));
  expect(svg).toContain("&lt;script&gt;&amp;&quot;&apos;</text>");
  expect(svg).not.toContain("<script>");
});

test("bold, underline and reverse are drawn", () => {
  const svg = receiptSvg(receipt({ text: "A", columnCount: 1, bold: true, underline: true, reverse: true }));
  expect(svg).toContain('font-weight="700"');
  expect(svg.match(/<rect /g)).toHaveLength(2);
});
