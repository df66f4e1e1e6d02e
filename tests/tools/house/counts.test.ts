/** How runs of tests are summed and told. */
import { expect, test } from "vitest";

import { closingLine, skipLines, total } from "../../../tools/house/counts.ts";

const unit = { passedCount: 3, failedCount: 1, skipped: [] };
const e2e = {
  passedCount: 2,
  failedCount: 0,
  skipped: [
    { title: "a", reason: "no chromium" },
    { title: "b", reason: "no chromium" },
    { title: "c", reason: "no qemu" },
  ],
};

test("runs are summed", () => {
  expect(closingLine(total([unit, e2e]))).toBe("5 passed, 1 failed, 3 skipped");
});

test("no run sums to zero", () => {
  expect(closingLine(total([]))).toBe("0 passed, 0 failed, 0 skipped");
});

test("skips are told by reason, with the first title", () => {
  expect(skipLines(e2e)).toEqual(["skipped 2: no chromium (a, …)", "skipped 1: no qemu (c)"]);
});
