/**
 * How long to wait before the next try: 1 s doubling to 60 s, with full jitter, so that a thousand
 * terminals that lost headquarters together do not come back together.
 */
import type { Rng } from "../clock.ts";

/** The first wait's ceiling. */
export const RETRY_DELAY_MS_MIN = 1000;
/** The longest wait there is. */
export const RETRY_DELAY_MS_MAX = 60_000;
/** How long an acknowledgement may take before the window is sent again; doubles to RETRY_DELAY_MS_MAX. */
export const ACK_DELAY_MS_MIN = 3000;

/** The bound of the wait before try number `tryCount` (from 0). */
export function delayCeilingMs(tryCount: number, minMs: number): number {
  return Math.min(RETRY_DELAY_MS_MAX, minMs * 2 ** Math.min(tryCount, 16));
}

/** A wait between 10 % of the ceiling and the ceiling, by `rng`: never zero, so that a refusing port is not hammered. */
export function jitteredDelayMs(tryCount: number, rng: Rng): number {
  const ceilingMs = delayCeilingMs(tryCount, RETRY_DELAY_MS_MIN);
  const [high = 0, low = 0] = rng.bytes(2);
  const share = (high * 256 + low) / 65_536;
  return Math.round(ceilingMs * (0.1 + 0.9 * share));
}
