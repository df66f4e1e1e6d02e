/**
 * What goes wrong on a day with faults, and when: all of it drawn from one seed before the run, so
 * that a run can be repeated and its seed named. "When" is the number of a step, not a time.
 *
 * P1 Each value is drawn under its own name: a new kind of fault moves none of the others.
 * P2 A till sells a day faster than a link comes back. So before some of the faults the shop waits until
 *    all is acknowledged: these hit a link at work, the others a till that sells alone.
 * P3 Each of the terminal's deaths happens: behind its step enough orders are closed, each with a
 *    write of its own, for the write in which the process ends.
 */
import { createHash } from "node:crypto";
import { assert } from "../../core/bug.ts";
import type { ScriptStep } from "./day/script.ts";

/** The terminal's process ends in the middle of the `writeCount`-th write to its journal from step `n` on. */
export interface PlannedDeath {
  readonly n: number;
  readonly writeCount: number;
}

/** Nothing gets through for `durationMs` from the answer to step `n` on. */
export interface PlannedCut {
  readonly n: number;
  readonly durationMs: number;
}

export interface FaultPlan {
  readonly terminalDeaths: readonly PlannedDeath[];
  /** Headquarters' process is killed when step `n` is answered, or as soon as it runs again after that. */
  readonly hqKills: readonly { readonly n: number; readonly delayMs: number }[];
  readonly networkCuts: readonly PlannedCut[];
  /** Steps behind which no further one is sent before headquarters has acknowledged all (P2); ascending. */
  readonly waits: readonly number[];
}

/** A day on which nothing goes wrong. */
export const NO_FAULTS: FaultPlan = { terminalDeaths: [], hqKills: [], networkCuts: [], waits: [] };

/** How often each happens on a day with faults. */
export const TERMINAL_DEATHS_COUNT = 3;
export const HQ_KILLS_COUNT = 2;
const WRITES_COUNT_MAX = 4;
const HQ_KILL_DELAY_MS_MAX = 60;
/** Steps between the end of a wait and the fault that it is for. */
const LEAD_STEPS_COUNT_MAX = 60;
const CUT_MS_MIN = 200;
const CUT_MS_MAX = 1200;

/** The plan that `seed` means for these steps. */
export function planFaults(seed: string, steps: readonly ScriptStep[]): FaultPlan {
  assert(
    steps.some((step) => step.isClosing),
    "plan: A day closes an order",
  );
  const faults = {
    terminalDeaths: times(TERMINAL_DEATHS_COUNT, (index) => plannedDeath(seed, steps, index)),
    hqKills: times(HQ_KILLS_COUNT, (index) => ({
      n: drawWithin(`${seed}/hq ${index}`, steps.length, index, HQ_KILLS_COUNT),
      delayMs: draw(`${seed}/hq delay ${index}`, 0, HQ_KILL_DELAY_MS_MAX),
    })),
    networkCuts: [
      {
        n: draw(`${seed}/cut`, 1, steps.length),
        durationMs: draw(`${seed}/cut duration`, CUT_MS_MIN, CUT_MS_MAX),
      },
    ],
  };
  return { ...faults, waits: waitsFor(seed, faults) };
}

// P2
function waitsFor(seed: string, faults: Omit<FaultPlan, "waits">): readonly number[] {
  const waits = Object.entries(faults).flatMap(([kind, planned]) =>
    planned.flatMap(({ n }, index) => {
      const isAwaited = draw(`${seed}/wait ${kind} ${index}`, 0, 1) === 1;
      const leadCount = draw(`${seed}/lead ${kind} ${index}`, 0, LEAD_STEPS_COUNT_MAX);
      return isAwaited && n > leadCount ? [n - leadCount] : [];
    }),
  );
  return [...new Set(waits)].sort((a, b) => a - b);
}

/** The plan in one line for people. */
export function planText(plan: FaultPlan): string {
  const deaths = plan.terminalDeaths.map(({ n, writeCount }) => `step ${n} write ${writeCount}`);
  const kills = plan.hqKills.map(({ n, delayMs }) => `step ${n} + ${delayMs} ms`);
  const cuts = plan.networkCuts.map(({ n, durationMs }) => `step ${n} for ${durationMs} ms`);
  const waits = plan.waits.length === 0 ? "never" : `behind step ${plan.waits.join(", ")}`;
  return `terminal dies at ${deaths.join(", ")}; headquarters is killed at ${kills.join(", ")}; network is cut at ${cuts.join(", ")}; all is awaited ${waits}`;
}

/** A whole number from `min` to `max`, by `name` alone; even to one part in four thousand million. */
export function draw(name: string, min: number, max: number): number {
  const word = createHash("sha256").update(name).digest().readUInt32BE(0);
  return min + (word % (max - min + 1));
}

// P3: the last closing is done anew after each death before it, so one that is left serves for all.
function plannedDeath(seed: string, steps: readonly ScriptStep[], index: number): PlannedDeath {
  const lastN = steps.findLast((step) => step.isClosing)?.n ?? steps.length;
  const n = drawWithin(`${seed}/terminal ${index}`, lastN, index, TERMINAL_DEATHS_COUNT);
  // A death may come as late as the closing of its last write, and the next one begins to count there.
  const endN = Math.floor((lastN * (index + 1)) / TERMINAL_DEATHS_COUNT);
  const closingCount = steps.filter((step) => step.isClosing && step.n >= n && step.n <= endN).length;
  const writesMax = Math.max(1, Math.min(WRITES_COUNT_MAX, closingCount));
  return { n, writeCount: draw(`${seed}/terminal write ${index}`, 1, writesMax) };
}

/** A step of the `index`-th of `count` equal parts of 1 to `lastN`. */
function drawWithin(name: string, lastN: number, index: number, count: number): number {
  const endN = Math.max(1, Math.floor((lastN * (index + 1)) / count));
  return draw(name, Math.min(endN, Math.floor((lastN * index) / count) + 1), endN);
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
