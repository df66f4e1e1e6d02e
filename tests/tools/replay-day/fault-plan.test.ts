/** The plan of faults: the same for the same seed, within its bounds, and possible for any day. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wallMs } from "../../../core/time.ts";
import { draw, planFaults, planText } from "../../../tools/replay-day/fault-plan.ts";
import type { ScriptStep } from "../../../tools/replay-day/day/script.ts";

/** Steps of orders with so many lines each. */
function stepsOf(lineCounts: readonly number[]): readonly ScriptStep[] {
  const steps: Omit<ScriptStep, "n">[] = [];
  const put = (isClosing: boolean): void => {
    steps.push({ at: wallMs(0), step: { do: "close" }, about: "", lineCount: 0, isClosing });
  };
  put(false);
  for (const lineCount of lineCounts) {
    for (let index = 0; index < lineCount + 1; index += 1) put(false);
    put(true);
  }
  return steps.map((step, index) => ({ n: index + 1, ...step }));
}

const days = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });

test("a seed means one plan", () => {
  const steps = stepsOf([3, 20, 1, 8, 40, 2]);
  expect(planFaults("7", steps)).toEqual(planFaults("7", steps));
  const texts = new Set(Array.from({ length: 50 }, (_, seed) => planText(planFaults(String(seed), steps))));
  expect(texts.size).toBe(50);
});

test("three deaths, two kills and a cut lie within any day, in their order", () => {
  fc.assert(
    fc.property(days, fc.nat(), (lineCounts, seed) => {
      const steps = stepsOf(lineCounts);
      const plan = planFaults(String(seed), steps);
      expect([plan.terminalDeaths.length, plan.hqKills.length, plan.networkCuts.length]).toEqual([3, 2, 1]);
      for (const faults of [plan.terminalDeaths, plan.hqKills, plan.networkCuts]) {
        const numbers = faults.map(({ n }) => n);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        for (const n of numbers) expect(n >= 1 && n <= steps.length).toBe(true);
      }
    }),
  );
});

// A closing is one write of its own at least, and the one in which the process dies is done anew.
test("each death has closings enough behind it, whatever the deaths before it left", () => {
  fc.assert(
    fc.property(days, fc.nat(), (lineCounts, seed) => {
      const steps = stepsOf(lineCounts);
      const closings = steps.filter((step) => step.isClosing).map((step) => step.n);
      let resumeN = 1;
      for (const { n, writeCount } of planFaults(String(seed), steps).terminalDeaths) {
        const left = closings.filter((closing) => closing >= Math.max(n, resumeN));
        expect(left.length).toBeGreaterThanOrEqual(writeCount);
        resumeN = left[writeCount - 1] ?? Number.NaN;
      }
    }),
  );
});

test("waits lie before the faults that they are for, ascending and each once", () => {
  fc.assert(
    fc.property(days, fc.nat(), (lineCounts, seed) => {
      const plan = planFaults(String(seed), stepsOf(lineCounts));
      expect(plan.waits).toEqual([...new Set(plan.waits)].toSorted((a, b) => a - b));
      const lastN = Math.max(
        ...[...plan.terminalDeaths, ...plan.hqKills, ...plan.networkCuts].map(({ n }) => n),
      );
      for (const n of plan.waits) expect(n >= 1 && n <= lastN).toBe(true);
    }),
  );
});

test("a draw reaches both of its ends and nothing beyond", () => {
  const drawn = new Set(Array.from({ length: 200 }, (_, index) => draw(`name ${index}`, 3, 6)));
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6]);
});
