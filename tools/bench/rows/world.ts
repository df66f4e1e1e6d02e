/**
 * B13: orders that the simulated world sells in a second of one core, with faults on. Counted in the
 * processor time of this process, so that a busy machine does not make the world look slow.
 */
import { optionsOf } from "../../sim/world/options.ts";
import { runWorld } from "../../sim/world/run.ts";
import { cpuSeconds } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";

/** Always the same worlds: the first ones warm up and are not counted. */
const WARM_UP_SEEDS_COUNT = 4;
const SEEDS_COUNT = 60;

/** The row, after about half a minute of work. Throws when a world breaks a law: its speed means nothing then. */
export async function benchWorld(): Promise<readonly BenchRow[]> {
  let [orderCount, seconds] = [0, 0];
  for (let seed = 1; seed <= WARM_UP_SEEDS_COUNT + SEEDS_COUNT; seed += 1) {
    let soldCount = 0;
    const usedSeconds = await cpuSeconds(async () => {
      const result = await runWorld(optionsOf(seed, { mix: "builtin" }));
      const [violation] = result.violations;
      if (violation !== undefined)
        throw new Error(`seed ${seed} breaks ${violation.law}: ${violation.message}`);
      soldCount = result.orderCount;
    });
    if (seed <= WARM_UP_SEEDS_COUNT) continue;
    orderCount += soldCount;
    seconds += usedSeconds;
  }
  return [
    rowOf({
      id: "B13",
      what: "orders of the simulated world, faults on, one core",
      ours: orderCount / seconds,
      peer: null,
      peerName: "",
      ratio: null,
      judged: "ours",
      better: "more",
      reach: 500,
      dream: 2000,
      unit: "orders/s",
      note: `${SEEDS_COUNT} worlds`,
    }),
  ];
}
