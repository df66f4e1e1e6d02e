/** The plan of a standard day. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { planDay } from "../../../tools/standard-day/plan.ts";
import type { DayStep, PlanItem } from "../../../tools/standard-day/plan.ts";

const ITEMS: readonly PlanItem[] = Array.from({ length: 12 }, (_, index) => ({
  sku: String(101 + index),
  category: index < 6 ? "coffee" : "tea",
  priceMinor: 1800 + 100 * index,
}));
const STANDARD = { orderCount: 300, returnCount: 20, voidCount: 15, parkCount: 6 };

function count(steps: readonly DayStep[], kind: DayStep["kind"]): number {
  return steps.filter((step) => step.kind === kind).length;
}

test("the same seed plans the same day, another seed another", () => {
  expect(planDay(STANDARD, ITEMS, 1)).toEqual(planDay(STANDARD, ITEMS, 1));
  expect(planDay(STANDARD, ITEMS, 2)).not.toEqual(planDay(STANDARD, ITEMS, 1));
});

test("whatever the seed, a day holds what it is asked for, in two shifts with one of each trouble", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.integer({ min: 12, max: 400 }), (seed, orderCount) => {
      const part = Math.min(6, Math.floor(orderCount / 6));
      const size = { orderCount, returnCount: part, voidCount: part, parkCount: Math.floor(part / 2) };
      const steps = planDay(size, ITEMS, seed);
      expect(count(steps, "void")).toBe(size.voidCount);
      expect(count(steps, "park")).toBe(size.parkCount);
      expect(count(steps, "recall")).toBe(size.parkCount);
      expect(count(steps, "refund")).toBe(size.returnCount);
      expect(count(steps, "sale") + count(steps, "void") + count(steps, "park")).toBe(orderCount);
      const troubles = steps.flatMap((step) =>
        step.kind === "sale" && step.trouble !== "none" ? [step.trouble] : [],
      );
      expect(troubles).toEqual(["paper_ends", "new_roll", "power_cut"]);
      const frame = steps.flatMap(({ kind }) => (/shift|report/.test(kind) ? [kind] : []));
      expect(frame).toEqual(["open_shift", "report_x", "close_shift", "open_shift", "close_shift"]);
    }),
  );
});

test("no return is asked for before there are more receipts than returns", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), (seed) => {
      let paidCount = 0;
      for (const { kind } of planDay(STANDARD, ITEMS, seed)) {
        if (kind === "sale" || kind === "recall") paidCount += 1;
        if (kind === "refund") paidCount -= 1;
        expect(paidCount).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
