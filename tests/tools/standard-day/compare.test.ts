/** Whether a day is the same everywhere: what agrees is silent, and each difference is one sentence. */
import { expect, test } from "vitest";
import { gapsOf, paperGaps } from "../../../tools/standard-day/compare.ts";

function records(...receipts: readonly string[]) {
  return {
    recordCount: receipts.length,
    receipts: receipts.map((receipt) => ({ receipt, totalMinor: 100 })),
    shifts: [],
  };
}

test("numbers are gapless in each series apart", () => {
  expect(gapsOf(records("T1-A-1", "T1-A-2", "T1-B-1"))).toEqual({ missingCount: 0, doubledCount: 0 });
  expect(gapsOf(records("T1-A-1", "T1-A-3", "T1-A-3"))).toEqual({ missingCount: 1, doubledCount: 1 });
  expect(gapsOf(records("T1-A-2"))).toEqual({ missingCount: 1, doubledCount: 0 });
});

test("a receipt is on paper once without a mark, or at least with one", () => {
  const papers = new Map([
    ["T1-A-1", { unmarkedCount: 1, markedCount: 0 }],
    ["T1-A-2", { unmarkedCount: 0, markedCount: 1 }],
    ["T1-A-3", { unmarkedCount: 1, markedCount: 2 }],
  ]);
  expect(paperGaps(papers)).toEqual({ missingCount: 0, doubledCount: 0 });
  const wrong = new Map([
    ["T1-A-1", { unmarkedCount: 2, markedCount: 0 }],
    ["T1-A-2", { unmarkedCount: 0, markedCount: 0 }],
  ]);
  expect(paperGaps(wrong)).toEqual({ missingCount: 1, doubledCount: 1 });
});
