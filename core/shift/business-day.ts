/**
 * The business date: which day a shift belongs to. It follows the clock on the wall while that is
 * plausible, and never goes back by itself (RELIABILITY F9).
 */
import type { Context } from "../context.ts";
import type { State } from "../state.ts";
import { wallMs, wallText } from "../time.ts";
import type { WallMs } from "../time.ts";

/** How far behind the newest record the clock may be without being called wrong: drift and corrections. */
export const CLOCK_BEHIND_MS_MAX = 120_000;

const MINUTE_MS = 60_000;

/** The business date of a shift that opens now, as "2026-11-22". */
export function businessDateAt(state: State, context: Context): string {
  const now = context.wall();
  const isDoubted = state.clockFlag !== "none" || isBehind(state, now);
  if (isDoubted && state.businessDate !== "") return state.businessDate;
  const today = dateText(now, context);
  return today > state.businessDate ? today : state.businessDate;
}

/** Whether `now` lies before what was recorded already. */
export function isBehind(state: State, now: WallMs): boolean {
  return now + CLOCK_BEHIND_MS_MAX < state.clockHighWaterMs;
}

function dateText(now: WallMs, context: Context): string {
  const shifted = Math.max(0, now - context.dayStartMinutes * MINUTE_MS);
  return wallText(wallMs(shifted), context.zoneMinutes).slice(0, 10);
}
