/**
 * One world from its options to its result, with what escapes every hand (an unhandled rejection)
 * counted against it.
 */
import { optionsOf } from "./options.ts";
import type { WorldOptions } from "./options.ts";
import { World } from "./world.ts";
import type { WorldResult } from "./world.ts";

/** Runs the world of `options`. `live` is its course: safety, healing, books, unless a scenario brings its own. */
export async function runWorld(
  options: WorldOptions,
  live: (world: World) => Promise<WorldResult> = (world) => world.live(),
): Promise<WorldResult> {
  const world = new World(options);
  const onRejection = (cause: unknown): void => world.bug("process", cause);
  process.on("unhandledRejection", onRejection);
  try {
    const result = await live(world);
    // Rejections nobody handled are told after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  } finally {
    process.off("unhandledRejection", onRejection);
  }
}

/** Runs the world of a seed. */
export function runSeed(seed: number, changes: Partial<WorldOptions> = {}): Promise<WorldResult> {
  return runWorld(optionsOf(seed, changes));
}
