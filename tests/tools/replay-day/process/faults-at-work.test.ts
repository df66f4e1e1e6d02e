/** Planned faults happen once, in their turn, and are waited for. */
import { expect, test } from "vitest";
import { NO_FAULTS } from "../../../../tools/replay-day/fault-plan.ts";
import type { FaultPlan } from "../../../../tools/replay-day/fault-plan.ts";
import { FaultsAtWork } from "../../../../tools/replay-day/process/faults-at-work.ts";

function atWork(plan: Partial<FaultPlan>, start: () => Promise<void> = async () => {}) {
  const happened: string[] = [];
  const did = (what: string) => async (): Promise<void> => void happened.push(what);
  const hq = {
    kill: did("kill"),
    start: async (): Promise<void> => {
      await start();
      happened.push("start");
    },
  };
  const proxy = { cut: () => void happened.push("cut"), heal: () => void happened.push("heal") };
  const faults = new FaultsAtWork({ plan: { ...NO_FAULTS, ...plan }, hq, proxy, say: () => {} });
  return { faults, happened };
}

test("a kill that falls due while headquarters is away waits until it runs again", async () => {
  const { faults, happened } = atWork({ hqKills: [2, 3].map((n) => ({ n, delayMs: 0 })) });
  for (const n of [1, 2, 3, 2, 3]) faults.onAnswered(n);
  await faults.done();
  expect(happened).toEqual(["kill", "start", "kill", "start"]);
});

test("a step beyond the planned one sets the fault off as well", async () => {
  const { faults, happened } = atWork({ networkCuts: [{ n: 4, durationMs: 1 }] });
  faults.onAnswered(3);
  expect(happened).toEqual([]);
  faults.onAnswered(6);
  expect(happened).toEqual(["cut"]);
  await faults.done();
  expect(happened).toEqual(["cut", "heal"]);
});

test("a fault that did not happen is told with replay/fault_missed", async () => {
  const { faults } = atWork({ networkCuts: [{ n: 4, durationMs: 1 }] });
  faults.onAnswered(3);
  await expect(faults.done()).rejects.toThrow("replay/fault_missed");
});

test("a headquarters that does not start again is told when the faults are waited for", async () => {
  const { faults } = atWork({ hqKills: [{ n: 1, delayMs: 0 }] }, () => Promise.reject(new Error("no start")));
  faults.onAnswered(1);
  await expect(faults.done()).rejects.toThrow("no start");
});
