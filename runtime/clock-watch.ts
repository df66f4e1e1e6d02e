/**
 * The watch over the clock on the wall: it tells when that clock cannot be believed, and when it can
 * again. The clock is never obeyed meanwhile (the business date stays) and never set (RELIABILITY F9).
 *
 *     at the start   before this release -> before_release; before the newest record -> behind;
 *                    a year and more after it -> jumped; else plausible
 *     each minute, and before each command
 *                    off by more than five minutes from what the steady clock says -> jumped
 *
 * K1 What is plausible moves on with the steady clock alone: a wrong clock does not become right by running.
 * K2 A plausible clock is trusted again without anybody; a person may do so at any time.
 */
import type { Command } from "../core/command.ts";
import { CLOCK_BEHIND_MS_MAX } from "../core/shift/business-day.ts";
import type { ClockFlag } from "../core/staff/events.ts";
import type { State } from "../core/state.ts";
import type { WallMs } from "../core/time.ts";
import type { Timers } from "../drivers/port/timers.ts";
import type { Clock } from "./clock.ts";

/** How often the two clocks are compared. */
export const CLOCK_LOOK_MS = 60_000;
/** How far apart they may be after a look at which they agreed. */
export const CLOCK_JUMP_MS_MAX = 300_000;

const DAY_MS = 86_400_000;
/** Between the newest record and a start: a season's break passes, a decade does not. */
export const CLOCK_PAUSE_MS_MAX = 366 * DAY_MS;
/** The same where the clock had jumped before that start: a start must not make a wrong clock right. */
export const CLOCK_DOUBTED_PAUSE_MS_MAX = 7 * DAY_MS;

export interface ClockWatchOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly timers: Timers;
  /** No clock is right that says less: when this release was made. */
  readonly releasedAt: WallMs;
  /** Brings flag_clock and trust_clock into the loop, which has folded them when this returns. */
  readonly submit: (command: Command) => void;
}

/** What the wall may show at one reading of the steady clock; both bounds move on with it (K1). */
interface Plausible {
  readonly fromMs: number;
  readonly toMs: number;
  /** What it shows if it is right, as far as is known. */
  readonly expectedMs: number;
  readonly atMonotonicMs: number;
}

/** Looks at the start and each minute until it is stopped. */
export class ClockWatch {
  readonly #options: ClockWatchOptions;
  #plausible: Plausible;
  /** Whether this watch last said that the clock is wrong. */
  #isFlagged = false;
  #stopTimer: () => void = () => {};

  /** The first look, and the next ones in their time. */
  constructor(options: ClockWatchOptions) {
    this.#options = options;
    const { clock, state, releasedAt } = options;
    const newestMs = state.clockHighWaterMs;
    const pauseMs = state.clockFlag === "jumped" ? CLOCK_DOUBTED_PAUSE_MS_MAX : CLOCK_PAUSE_MS_MAX;
    this.#plausible = {
      fromMs: Math.max(newestMs - CLOCK_BEHIND_MS_MAX, releasedAt),
      toMs: newestMs === 0 ? Infinity : Math.max(newestMs, releasedAt) + pauseMs,
      expectedMs: Math.max(newestMs, releasedAt),
      atMonotonicMs: clock.monotonicMs(),
    };
    const wall = clock.wall();
    this.#judge(wall, wall < releasedAt ? "before_release" : "behind");
    this.#arm();
  }

  /** No look any more. May be called twice. */
  stop(): void {
    this.#stopTimer();
  }

  /** Compares the two clocks now: also before a command that goes by the clock on the wall. */
  look(): void {
    const { clock, state } = this.#options;
    const wall = clock.wall();
    // K2: somebody looked at it and said that it is right.
    if (this.#isFlagged && state.clockFlag === "none") this.#believe(wall);
    else this.#judge(wall, "jumped");
  }

  #arm(): void {
    this.#stopTimer = this.#options.timers.after(CLOCK_LOOK_MS, () => {
      this.look();
      this.#arm();
    });
  }

  #judge(wall: WallMs, early: ClockFlag): void {
    const { clock, state, submit } = this.#options;
    const passedMs = clock.monotonicMs() - this.#plausible.atMonotonicMs;
    const isEarly = wall < this.#plausible.fromMs + passedMs;
    const isLate = wall > this.#plausible.toMs + passedMs;
    if (!isEarly && !isLate) {
      this.#believe(wall);
      if (state.clockFlag !== "none") submit({ type: "trust_clock" });
      return;
    }
    // Why it was doubted first is told until it is right again.
    if (this.#isFlagged && state.clockFlag !== "none") return;
    const byMs = Math.round(Math.abs(wall - this.#plausible.expectedMs - passedMs));
    submit({ type: "flag_clock", flag: isEarly ? early : "jumped", byMs });
    // A full disk may have refused it: then it is said at the next look.
    this.#isFlagged = this.#flag() !== "none";
  }

  #flag(): State["clockFlag"] {
    return this.#options.state.clockFlag;
  }

  #believe(wall: WallMs): void {
    this.#isFlagged = false;
    this.#plausible = {
      fromMs: wall - CLOCK_JUMP_MS_MAX,
      toMs: wall + CLOCK_JUMP_MS_MAX,
      expectedMs: wall,
      atMonotonicMs: this.#options.clock.monotonicMs(),
    };
  }
}
