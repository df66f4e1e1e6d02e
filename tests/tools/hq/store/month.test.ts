/** Months of UTC and which of them lie wholly in a span. */
import { expect, test } from "vitest";
import { monthOf, monthsWithin, startOfMonth } from "../../../../tools/hq/store/month.ts";

test("a month begins at its first instant and ends before the next one's", () => {
  const month = monthOf(Date.UTC(2026, 10, 30, 23, 59, 59, 999));
  expect(startOfMonth(month).toISOString()).toBe("2026-11-01T00:00:00.000Z");
  expect(monthOf(Date.UTC(2026, 11, 1))).toBe(month + 1);
});

test.for([
  ["2026-01-01T00:00Z", "2027-01-01T00:00Z", 12],
  ["2025-12-31T16:00Z", "2026-12-31T16:00Z", 11],
  ["2026-01-15T00:00Z", "2026-02-15T00:00Z", 0],
  ["2026-01-15T00:00Z", "2026-01-16T00:00Z", -1],
] as const)("from %s to %s there are %i whole months", ([from, to, count]) => {
  const { fromMonth, toMonth } = monthsWithin({ fromMs: Date.parse(from), toMs: Date.parse(to) });
  expect(toMonth - fromMonth).toBe(count);
});
