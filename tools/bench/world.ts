/**
 * B13: orders that the simulated world sells in a second of one core, with faults on. Counted in the
 * processor time of this process, so that a busy machine does not make the world look slow.
 */
import { optionsOf } from "../sim/world/options.ts";
import { runWorld } from "../sim/world/run.ts";
import type { BenchRow } from "./row.ts";

const REACH = 500;
const DREAM = 2000;
/** Always the same worlds: the first ones warm up and are not counted. */
const WARM_UP_SEEDS_COUNT = 4;
const SEEDS_COUNT = 60;

/** The row, after about half a minute of work. Throws when a world breaks a law: its speed means nothing then. */
export async function benchWorld(): Promise<BenchRow> {
  let [orderCount, usedUs] = [0, 0];
  for (let seed = 1; seed <= WARM_UP_SEEDS_COUNT + SEEDS_COUNT; seed += 1) {
    const before = process.cpuUsage();
    const result = await runWorld(optionsOf(seed, { mix: "builtin" }));
    const [violation] = result.violations;
    if (violation !== undefined)
      throw new Error(`seed ${seed} breaks ${violation.law}: ${violation.message}`);
    if (seed <= WARM_UP_SEEDS_COUNT) continue;
    const { user, system } = process.cpuUsage(before);
    orderCount += result.orderCount;
    usedUs += user + system;
  }
  const ours = Math.round(orderCount / (usedUs / 1e6));
  return { id: "B13", ours, reach: REACH, dream: DREAM, met: ours >= REACH, unit: "orders/s" };
}
