/** Reading the papers of a day: reports, receipts and amounts as they are printed. */
import { expect, test } from "vitest";
import { codeOn, isOfReceipt, isReport, minorOf, readReport } from "../../../tools/standard-day/papers.ts";

const Z = {
  number: 7,
  marks: [],
  lines: [
    "                 豆与茶 Bean & Leaf",
    "                       Z 1",
    "销售 143                               5312.50",
    "退货 9                                 -214.00",
    "营业额                                 5098.50",
    "作废                                         8",
    "应有                                   5598.50",
    "实点                                   5597.50",
    "差额             -1.00",
  ],
};

test("the figures of a Z are read by their words, an X has none of the drawer", () => {
  expect(isReport(Z, "Z 1")).toBe(true);
  expect(isReport(Z, "Z 11")).toBe(false);
  expect(readReport(Z, "Z 1")).toEqual({
    title: "Z 1",
    saleCount: 143,
    salesMinor: 531_250,
    returnCount: 9,
    returnsMinor: -21_400,
    netMinor: 509_850,
    voidCount: 8,
    expectedMinor: 559_850,
    countedMinor: 559_750,
    differenceMinor: -100,
  });
  const x = { ...Z, lines: Z.lines.slice(0, 6) };
  expect(readReport(x, "X")).toMatchObject({ netMinor: 509_850, expectedMinor: null, differenceMinor: null });
});

test("a receipt is known by its whole number, and its code is what a scanner reads", () => {
  const paper = {
    number: 1,
    marks: [],
    lines: ["小票 单号                  T1-3F0A-17", "   [qr TW1:T1-1-2:00ff]"],
  };
  expect(isOfReceipt(paper, "T1-3F0A-17")).toBe(true);
  expect(isOfReceipt(paper, "T1-3F0A-1")).toBe(false);
  expect(codeOn(paper)).toBe("TW1:T1-1-2:00ff");
  expect(codeOn(Z)).toBe("");
});

test.each([
  ["已付 ¥1,234.50", 123_450],
  ["-¥3.00", -300],
  ["0.05", 5],
  ["-214.00", -21_400],
])("%s is %i in minor units", (text, amountMinor) => {
  expect(minorOf(text)).toBe(amountMinor);
});
