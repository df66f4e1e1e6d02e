/**
 * The PIN gate: the one place where a PIN is looked at. It comes in as text, is handed to the hasher
 * and is gone: it stands in no record, log, refusal or view. Implements RELIABILITY 7.7 and F31.
 *
 * G1 A try is durable, as a wrong one, before its PIN is compared: cutting the power gives none back.
 * G2 Tries are answered one after the other, so two guesses at once both count.
 * G3 How long a clerk waits goes by the steady clock; a start of the runtime begins the wait anew.
 * G4 A name that nobody has, and a clerk without a PIN, get the answers of a wrong PIN, as late.
 * Before `check` is called for a message that may have come twice, the caller asks isRepeat.
 */
import type { ClerkId, EventId } from "../../core/ids.ts";
import { eventId } from "../../core/ids.ts";
import { PIN_TRIES_COUNT_MAX } from "../../core/limits.ts";
import { refuse } from "../../core/refusal.ts";
import type { Refusal, Refused } from "../../core/refusal.ts";
import { pinWaitMs } from "../../core/staff/decide.ts";
import type { PinPurpose } from "../../core/staff/events.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Clock } from "../clock.ts";
import type { PinHash } from "../config.ts";
import type { Loop } from "../loop.ts";

/** A PIN is 4 to 8 digits. */
export const PIN_PATTERN = /^[0-9]{4,8}$/;
/** Guesses that wait for their turn; each costs a tenth of a second and more of the processor. */
export const PIN_QUEUE_LEN_MAX = 8;
/** A wrong PIN is answered this long after it came, so that the answer's time tells nothing. */
export const PIN_WRONG_MS = 1000;
/** Names that are no clerk's and whose tries are counted; the longest untouched leave first. */
export const STRANGERS_COUNT_MAX = 32;

/** Compares PINs; bound by adapters/pin-hasher.ts. */
export interface PinHasher {
  /** Whether this is the PIN that is kept; null is compared with in the same time, and never matches. */
  matches(pin: string, kept: PinHash | null): Promise<boolean>;
}

/** The answer to a PIN: a try that may be used once, or why not and for how long nothing more is heard. */
export type PinAnswer =
  | { readonly ok: true; readonly attempt: EventId }
  | { readonly ok: false; readonly refusal: Refusal; readonly waitSeconds: number };

/** What a gate stands before, and what it compares by. */
export interface PinGateOptions {
  readonly loop: Loop;
  readonly pins: ReadonlyMap<ClerkId, PinHash>;
  readonly hasher: PinHasher;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: (code: string, detail: string) => void;
}

/** The gate before one terminal's loop. */
export class PinGate {
  readonly #options: PinGateOptions;
  /** Until when a clerk is not heard, by the steady clock. */
  readonly #waitUntilMs = new Map<ClerkId, number>();
  /** G4: tries under names that are in no staff list. */
  readonly #strangers = new Map<ClerkId, number>();
  #last: Promise<unknown> = Promise.resolve();
  #queueLen = 0;

  constructor(options: PinGateOptions) {
    this.#options = options;
    // G3
    for (const clerk of options.loop.state.pins.keys()) this.#beginWait(clerk);
  }

  /**
   * Tries a PIN. The attempt of a right one is for one sign_on, or one Approval. Refuses with
   * clerk/pin_wrong, clerk/pin_wait, clerk/locked, command/out_of_range (not 4 to 8 digits: no try)
   * and the disk's refusals. Never rejects but for a Bug.
   */
  async check(clerk: ClerkId, pin: string, purpose: PinPurpose): Promise<PinAnswer> {
    if (!PIN_PATTERN.test(pin)) return no(refuse("command/out_of_range", "pin"));
    if (this.#queueLen >= PIN_QUEUE_LEN_MAX) return no(refuse("clerk/pin_wait", clerk), 1);
    const dueMs = this.#options.clock.monotonicMs() + PIN_WRONG_MS;
    const tried = await this.#inTurn(() => this.#try(clerk, pin, purpose));
    if (tried.isLate) await this.#until(dueMs);
    return tried.answer;
  }

  /** For how many seconds this clerk is not heard; 0 when a PIN may be tried. */
  waitSeconds(clerk: ClerkId): number {
    if (pinWaitMs(this.#failureCount(clerk)) === 0) return 0;
    const leftMs = (this.#waitUntilMs.get(clerk) ?? 0) - this.#options.clock.monotonicMs();
    return Math.max(0, Math.ceil(leftMs / 1000));
  }

  // G2
  async #inTurn(run: () => Promise<Tried>): Promise<Tried> {
    this.#queueLen += 1;
    const answering = this.#last.then(run);
    this.#last = answering.catch(() => {});
    try {
      return await answering;
    } finally {
      this.#queueLen -= 1;
    }
  }

  async #try(clerk: ClerkId, pin: string, purpose: PinPurpose): Promise<Tried> {
    if (this.#isLocked(clerk)) return soon(no(refuse("clerk/locked", clerk)));
    const seconds = this.waitSeconds(clerk);
    if (seconds > 0) return soon(no(refuse("clerk/pin_wait", clerk), seconds));
    // G1
    const begun = await this.#begin(clerk, purpose);
    if (typeof begun !== "string" && begun !== null) return soon(no(begun));
    this.#beginWait(clerk);
    const isRight = await this.#compare(pin, begun === null ? null : clerk);
    if (begun === null || !isRight) return { answer: this.#wrong(clerk), isLate: true };
    const passed = await this.#options.loop.submit({ type: "pass_pin", clerk, attempt: begun });
    return soon(passed.ok ? { ok: true, attempt: begun } : no(passed));
  }

  #wrong(clerk: ClerkId): PinAnswer {
    if (this.#isLocked(clerk)) return no(refuse("clerk/locked", clerk));
    return no(refuse("clerk/pin_wrong", clerk), this.waitSeconds(clerk));
  }

  #isLocked(clerk: ClerkId): boolean {
    return this.#failureCount(clerk) >= PIN_TRIES_COUNT_MAX;
  }

  /** The journaled try; null for a stranger, whose try is counted here. */
  async #begin(clerk: ClerkId, purpose: PinPurpose): Promise<EventId | Refused | null> {
    const tried = await this.#options.loop.submit({ type: "try_pin", clerk, purpose });
    if (!tried.ok) {
      if (tried.refusal.code !== "clerk/unknown") return tried;
      this.#countStranger(clerk);
      return null;
    }
    const [recorded] = tried.events;
    return recorded === undefined ? refuse("clerk/pin_needed", clerk) : eventId(recorded);
  }

  async #compare(pin: string, clerk: ClerkId | null): Promise<boolean> {
    const { hasher, log } = this.#options;
    try {
      return await hasher.matches(pin, clerk === null ? null : this.#keptPin(clerk));
    } catch (cause) {
      // The words of such an error are not ours: only its kind is told. The try stays a wrong one.
      log("staff/pin_not_compared", cause instanceof Error ? cause.name : "unknown");
      return false;
    }
  }

  // What headquarters said of a clerk goes before the terminal's own list.
  #keptPin(clerk: ClerkId): PinHash | null {
    const { loop, pins } = this.#options;
    const word = loop.state.hq.staff.get(clerk);
    return word === undefined ? (pins.get(clerk) ?? null) : word.pin;
  }

  #failureCount(clerk: ClerkId): number {
    return this.#options.loop.state.pins.get(clerk)?.failureCount ?? this.#strangers.get(clerk) ?? 0;
  }

  #beginWait(clerk: ClerkId): void {
    const waitMs = pinWaitMs(this.#failureCount(clerk));
    if (waitMs === 0) this.#waitUntilMs.delete(clerk);
    else this.#waitUntilMs.set(clerk, this.#options.clock.monotonicMs() + waitMs);
  }

  #countStranger(clerk: ClerkId): void {
    const count = (this.#strangers.get(clerk) ?? 0) + 1;
    this.#strangers.delete(clerk);
    this.#strangers.set(clerk, count);
    const [longest] = this.#strangers.keys();
    if (this.#strangers.size <= STRANGERS_COUNT_MAX || longest === undefined) return;
    this.#strangers.delete(longest);
    this.#waitUntilMs.delete(longest);
  }

  #until(dueMs: number): Promise<void> {
    const { clock, timers } = this.#options;
    const leftMs = dueMs - clock.monotonicMs();
    if (leftMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      timers.after(leftMs, resolve);
    });
  }
}

/** An answer, and whether it is held back until its time (G4). */
interface Tried {
  readonly answer: PinAnswer;
  readonly isLate: boolean;
}

function soon(answer: PinAnswer): Tried {
  return { answer, isLate: false };
}

function no({ refusal }: Refused, waitSeconds = 0): PinAnswer {
  return { ok: false, refusal, waitSeconds };
}
