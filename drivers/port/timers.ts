/**
 * Time as an argument. Drivers never read a clock; they ask to be called back, and tests decide
 * when that happens.
 */

/** Runs things later. The real one wraps the system's timers, the test one is moved by hand. */
export interface Timers {
  /** Calls `run` once after `delayMs`, unless the returned function is called first. Cancelling twice is harmless. */
  after(delayMs: number, run: () => void): () => void;
}
