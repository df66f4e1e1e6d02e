/**
 * Clock, timers, randomness and hashing of this machine.
 * The only place of the runtime that reads a clock or draws a random byte.
 */
import { randomBytes } from "node:crypto";
import { wallMs } from "../../core/time.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { sha256 } from "../../protocol/hash.ts";
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

const utf8 = new TextEncoder();

/** SHA-256 of the UTF-8 bytes of `text`. */
export function sha256Text(text: string): Uint8Array {
  return sha256(utf8.encode(text));
}
