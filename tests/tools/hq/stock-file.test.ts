/** Counts of stock as a file: what is taken, and every way in which a row is refused. */
import { expect, test } from "vitest";
import { readStockFile, STOCK_THRESHOLD_PPM } from "../../../tools/hq/stock-file.ts";

test("quantities are read in thousandths, a threshold in percent, half of the target without one", () => {
  expect(
    readStockFile(
      "\u{feff}SKU,Counted,Target,threshold\r\ntea,12,20,\r\nrice,0.755,10,33.5\r\n\r\nbun,1,2\n",
    ),
  ).toEqual({
    ok: true,
    counts: [
      { sku: "tea", countedMilli: 12_000, targetMilli: 20_000, thresholdPpm: STOCK_THRESHOLD_PPM },
      { sku: "rice", countedMilli: 755, targetMilli: 10_000, thresholdPpm: 335_000 },
      { sku: "bun", countedMilli: 1000, targetMilli: 2000, thresholdPpm: STOCK_THRESHOLD_PPM },
    ],
  });
});

test.each([
  ["tea,1", "row 2: has 2 cells"],
  ["tea,1,2,3,4", "row 2: has 5 cells"],
  [",1,2", "row 2: sku must be text without control characters"],
  ["t\u0007ea,1,2", "row 2: sku must be text without control characters"],
  ["tea,-1,2", "row 2: counted -1 must be a quantity with up to 3 decimals"],
  ["tea,1.0005,2", "row 2: counted 1.0005 must be a quantity with up to 3 decimals"],
  ["tea,1,=2+2", "row 2: target =2+2 must be a quantity with up to 3 decimals"],
  ["tea,1,2,101", "row 2: threshold 101 must be a percentage from 0 to 100"],
  ["tea,1,2\ntea,2,2", "row 3: tea stands in row 2 already"],
])("%j is refused with its row", (rows, refusal) => {
  expect(readStockFile(`sku,counted,target\n${rows}`)).toEqual({ ok: false, refusals: [refusal] });
});

test("every wrong row is named, and the right ones beside them are not taken", () => {
  const file = readStockFile("sku,counted,target\ntea,1,2\nbun,x,2\nrice,1,x");
  expect(file.ok ? [] : file.refusals.map((refusal) => refusal.slice(0, 6))).toEqual(["row 3:", "row 4:"]);
});

test("another header is refused", () => {
  expect(readStockFile("item,count\n").ok).toBe(false);
});
