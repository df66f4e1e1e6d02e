/**
 * One tap on money is one tap: a second one within DOUBLE_TAP_GUARD_MS, on the same button or on
 * whatever came up under the finger, is dropped.
 */
import { DOUBLE_TAP_GUARD_MS } from "../limits.ts";

let lastTapMs = Number.NEGATIVE_INFINITY;

/** Runs `run` unless a guarded tap was just made. */
export function guarded(run: () => void): void {
  const nowMs = performance.now();
  if (nowMs - lastTapMs < DOUBLE_TAP_GUARD_MS) return;
  lastTapMs = nowMs;
  run();
}

/** Begins the guard's time without a tap: for what moves away under the finger by itself. */
export function holdTaps(): void {
  lastTapMs = performance.now();
}

/** Whether a tap now would be dropped. */
export function isGuarded(): boolean {
  return performance.now() - lastTapMs < DOUBLE_TAP_GUARD_MS;
}
