/**
 * Time and randomness as arguments of the runtime. The adapters bind them to the machine, the
 * simulated world to its own.
 */
import type { WallMs } from "../core/time.ts";

export interface Clock {
  /** What the clock on the wall says: for people, never for order. */
  wall(): WallMs;
  /** Milliseconds that only rise, from any start. */
  monotonicMs(): number;
}

export interface Rng {
  /** Unpredictable bytes. */
  bytes(count: number): Uint8Array;
}
