/**
 * Makes a failing world small: halves what is sold and takes fault after fault away while it still
 * breaks a law, so that what is left is about the failure.
 */
import { optionsOf } from "./options.ts";
import type { WorldOptions } from "./options.ts";
import { FAULT_KINDS } from "./fault-kinds.ts";
import { runWorld } from "./run.ts";
import type { WorldResult } from "./world.ts";

/** The smallest world found, and how it failed; null when the seed does not fail at all. */
export interface Shrunk {
  readonly options: WorldOptions;
  readonly result: WorldResult;
  readonly tryCount: number;
}

/** Shrinks the world of `seed`. `onStep` hears of each smaller world that still fails. */
export async function shrink(
  seed: number,
  changes: Partial<WorldOptions>,
  onStep: (options: WorldOptions, result: WorldResult) => void,
): Promise<Shrunk | null> {
  let options = optionsOf(seed, changes);
  let result = await runWorld(options);
  let tryCount = 1;
  if (result.violations.length === 0) return null;
  const tries = async (smaller: Partial<WorldOptions>): Promise<boolean> => {
    const candidate = { ...options, ...smaller };
    tryCount += 1;
    const tried = await runWorld(candidate);
    if (tried.violations.length === 0) return false;
    options = candidate;
    result = tried;
    onStep(options, result);
    return true;
  };
  for (const kind of FAULT_KINDS) {
    if (options.rates[kind] === undefined) continue;
    const { [kind]: _, ...rates } = options.rates;
    await tries({ rates });
  }
  while (options.orderCount > 1 && (await tries({ orderCount: Math.floor(options.orderCount / 2) })));
  while (options.tillCounts.length > 1 && (await tries({ tillCounts: options.tillCounts.slice(0, -1) })));
  for (let count = (options.tillCounts[0] ?? 1) - 1; count > 0; count -= 1)
    if (!(await tries({ tillCounts: [count] }))) break;
  await tries({ hasPrinters: false });
  await tries({ linesMost: 2 });
  return { options, result, tryCount };
}
