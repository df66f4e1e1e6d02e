/**
 * Timers that a test moves by hand. Nothing here waits: what is due runs inside `advance`, in the order
 * of its time.
 */

import type { Timers } from "../../drivers/port/timers.ts";

interface Armed {
  readonly dueMs: number;
  readonly run: () => void;
}

/** Virtual time from 0. */
export class ManualTimers implements Timers {
  #nowMs = 0;
  #armed: readonly Armed[] = [];

  /** Timers that would still fire. */
  get armedCount(): number {
    return this.#armed.length;
  }

  after(delayMs: number, run: () => void): () => void {
    const armed = { dueMs: this.#nowMs + delayMs, run };
    this.#armed = [...this.#armed, armed];
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  /** Moves time on by `delayMs` and runs what falls due, also what that arms in turn. */
  advance(delayMs: number): void {
    const untilMs = this.#nowMs + delayMs;
    for (let next = this.#first(); next !== undefined && next.dueMs <= untilMs; next = this.#first()) {
      this.#fire(next);
    }
    this.#nowMs = untilMs;
  }

  /** Moves time to the next timer and runs it; false when there is none. */
  advanceToNext(): boolean {
    const next = this.#first();
    if (next === undefined) return false;
    this.#fire(next);
    return true;
  }

  #first(): Armed | undefined {
    return this.#armed.reduce<Armed | undefined>(
      (first, armed) => (first === undefined || armed.dueMs < first.dueMs ? armed : first),
      undefined,
    );
  }

  #fire(armed: Armed): void {
    this.#armed = this.#armed.filter((other) => other !== armed);
    this.#nowMs = armed.dueMs;
    armed.run();
  }
}
