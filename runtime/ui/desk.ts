/**
 * What the server remembers of one view, over its connections: who signed on at it, and the numbered
 * messages that wait behind a PIN. A view is one load of a page; a new one begins with nobody, and so
 * does every view when the runtime starts.
 *
 * K1 Numbered messages of a view take effect in the order of their numbers: the journal knows the
 *    newest number alone, and one that comes late would count as a repeat. So whatever arrives
 *    while a PIN is compared waits for it.
 */
import type { ClerkId } from "../../core/ids.ts";
import { DESKS_COUNT_MAX, WAITING_TAPS_COUNT_MAX } from "./limits.ts";

/** See the header. */
export class Desk {
  readonly view: number;
  /** Who signed on at this view; empty for nobody. */
  clerk: ClerkId | "" = "";
  /** Open connections of this view: one, or two while the older has not heard that it is dead. */
  connectionCount = 0;
  #last: Promise<void> | null = null;
  #waitingCount = 0;

  constructor(view: number) {
    this.view = view;
  }

  /**
   * Runs what a message asks for: at once, unless something slow is under way (K1). `isSlow` makes what
   * comes later wait for this. False when too many wait already; then nothing runs. `run` may not reject.
   */
  take(run: () => Promise<void>, isSlow: boolean): boolean {
    if (this.#last === null && !isSlow) {
      void run();
      return true;
    }
    if (this.#waitingCount >= WAITING_TAPS_COUNT_MAX) return false;
    this.#waitingCount += 1;
    const running = this.#last === null ? run() : this.#last.then(run);
    const ended = running.then(() => {
      this.#waitingCount -= 1;
      if (this.#last === ended) this.#last = null;
    });
    this.#last = ended;
    return true;
  }
}

/** The desks of a terminal; the longest unused leave first. */
export class Desks {
  readonly #desks = new Map<number, Desk>();

  /** The desk of a view, as it was left or new. */
  of(view: number): Desk {
    const desk = this.#desks.get(view) ?? new Desk(view);
    this.#desks.delete(view);
    this.#desks.set(view, desk);
    const [longest] = this.#desks.keys();
    if (this.#desks.size > DESKS_COUNT_MAX && longest !== undefined) this.#desks.delete(longest);
    return desk;
  }

  /** Whether this clerk is signed on at a page that is connected. */
  isAtAnother(clerk: ClerkId): boolean {
    return [...this.#desks.values()].some((desk) => desk.clerk === clerk && desk.connectionCount > 0);
  }

  /** Signs a clerk off at every view. */
  forget(clerk: ClerkId): void {
    for (const desk of this.#desks.values()) if (desk.clerk === clerk) desk.clerk = "";
  }

  /** Nobody is signed on anywhere: training began or ended. */
  clear(): void {
    for (const desk of this.#desks.values()) desk.clerk = "";
  }
}
