/**
 * Every seed that ever failed, with the name of what it found. They are replayed by the tests; the mix
 * of goods is the built-in one, so that they mean the same world wherever they run.
 */
import type { WorldOptions } from "./options.ts";

/** A seed that failed once, the law that it broke, and what was mended. */
export interface FoundSeed {
  readonly seed: number;
  readonly name: string;
  readonly changes: Partial<WorldOptions>;
}

const SMALL: Partial<WorldOptions> = { keys: "fast", bus: "direct", hasPrinters: false };

/** In the order in which they were found; the small worlds in which each was caught again, un-mended. */
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
];
