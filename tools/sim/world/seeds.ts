/**
 * Every seed that ever failed, with the name of what it found. They are replayed by the tests. Small
 * worlds that were made to catch a bug again sell the built-in goods; seeds that chance found keep the
 * mix that they were found with, and mean another world where the real day is missing.
 */
import type { WorldOptions } from "./options.ts";

/** A seed that failed once, the law that it broke, and what was mended. */
export interface FoundSeed {
  readonly seed: number;
  readonly name: string;
  readonly changes: Partial<WorldOptions>;
}

const SMALL: Partial<WorldOptions> = { keys: "fast", bus: "direct", hasPrinters: false };

/** As chance found it. */
const FOUND: Partial<WorldOptions> = { mix: "retail" };

/** Bugs of the product first, each in a small world that catches it un-mended, then mistakes of the world. */
export const FOUND_SEEDS: readonly FoundSeed[] = [
  {
    seed: 3,
    name: "damage that was found by a start that was cut is told by the next one",
    changes: {
      ...SMALL,
      tillCounts: [2],
      orderCount: 24,
      linesMost: 2,
      thinkMs: 1000,
      segmentBytes: 81_920,
      crashModes: ["drop"],
      rates: { rot: 64, power_cut: 200 },
      safetySecondsMax: 1100,
    },
  },
  {
    seed: 74,
    name: "a restored image whose other past arrives late at headquarters is told of it",
    changes: {
      ...SMALL,
      tillCounts: [2],
      orderCount: 12,
      linesMost: 4,
      thinkMs: 100,
      rates: { restored_image: 8, hq_slow: 8, restart: 7 },
    },
  },
  { seed: 284, name: "the same, as it was found: a slow commit of the other past", changes: FOUND },
  { seed: 753, name: "the same: the other past is late in the broker", changes: FOUND },
  { seed: 1178, name: "the same: the other past was under way when headquarters died", changes: FOUND },
  {
    seed: 774_709_764,
    name: "a header copy that an older image brings back is no damage",
    changes: FOUND,
  },
  {
    seed: 2305,
    name: "a terminal with rot below it is started again when faults end",
    changes: FOUND,
  },
  {
    seed: 12_270,
    name: "what only the page cache holds is not durable because a bit flipped elsewhere",
    changes: FOUND,
  },
  { seed: 14_696, name: "nobody is done before its last greeting is answered", changes: FOUND },
];
