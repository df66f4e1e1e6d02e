/**
 * Clock, timers, randomness and hashing of this machine.
 * The only place of the runtime that reads a clock or draws a random byte.
 */
import { createHash, randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { wallMs } from "../../core/time.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Clock, Rng } from "../clock.ts";

/** The system's clocks. */
export const machineClock: Clock = {
  wall: () => wallMs(Math.max(0, Date.now())),
  monotonicMs: () => performance.now(),
};

/** The kernel's random numbers. */
export const machineRng: Rng = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};

/** The event loop's timers. */
export const machineTimers: Timers = {
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

/** SHA-256 of the UTF-8 bytes of `text`. */
export function sha256Text(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text, "utf8").digest());
}
