/**
 * What the PIN pad knows: the digits keyed in, and what the runtime said to the last try. The digits
 * are gone as soon as they were sent, and whenever the pad is left.
 */
import { signal } from "@preact/signals";

import { PIN_DIGITS_COUNT_MAX } from "../limits.ts";
import type { RefusalView } from "../wire.ts";

/** What was said to the last try. `shakeCount` rises with each wrong PIN, so that each shakes the pad. */
export interface PinSaid {
  readonly sentence: string;
  readonly triesLeft: number | null;
  readonly shakeCount: number;
  /** Until when nothing is taken, in the page's own steady time; 0 for no wait. */
  readonly waitsUntilMs: number;
  readonly isLocked: boolean;
}

const NOTHING_SAID: PinSaid = {
  sentence: "",
  triesLeft: null,
  shakeCount: 0,
  waitsUntilMs: 0,
  isLocked: false,
};

/** The digits so far. */
export const pinDigits = signal("");
/** The answer to the last try. */
export const pinSaid = signal<PinSaid>(NOTHING_SAID);
/** Ticks while somebody waits. */
export const nowMs = signal(performance.now());

/** A key of the pad. */
export function keyPin(key: string): void {
  const digits = pinDigits.value;
  if (key === "back") pinDigits.value = digits.slice(0, -1);
  else if (digits.length < PIN_DIGITS_COUNT_MAX) pinDigits.value = digits + key;
}

/** Takes the digits out of the pad, to be sent. */
export function takePin(): string {
  const digits = pinDigits.value;
  pinDigits.value = "";
  return digits;
}

/** The pad is left, or another one begins. */
export function forgetPin(): void {
  pinDigits.value = "";
  pinSaid.value = NOTHING_SAID;
}

const SAID_ON_PAD: ReadonlySet<string> = new Set(["clerk/pin_wrong", "clerk/pin_wait", "clerk/locked"]);

/** Shows on the pad what was refused; false when that is not about the PIN. */
export function pinRefused(refusal: RefusalView): boolean {
  if (!SAID_ON_PAD.has(refusal.code)) return false;
  nowMs.value = performance.now();
  pinSaid.value = {
    sentence: refusal.sentence,
    triesLeft: refusal.triesLeft,
    shakeCount: pinSaid.value.shakeCount + 1,
    waitsUntilMs: refusal.waitSeconds === null ? 0 : nowMs.value + refusal.waitSeconds * 1000,
    isLocked: refusal.code === "clerk/locked",
  };
  tick();
  return true;
}

function tick(): void {
  if (pinSaid.value.waitsUntilMs <= performance.now()) {
    nowMs.value = performance.now();
    return;
  }
  nowMs.value = performance.now();
  setTimeout(tick, 500);
}
