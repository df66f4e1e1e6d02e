/**
 * The taps of a page that have no answer yet, in the order in which they were made. After a
 * reconnect they are sent again under the same number, and the journal gives each one effect.
 * Knows no socket and no clock.
 */
import type { ClerkId } from "../../core/ids.ts";
import { PENDING_TAPS_COUNT_MAX } from "./limits.ts";
import type { PageMessage, ScreenCommand } from "./wire.ts";

type CommandMessage = Extract<PageMessage, { kind: "command" }>;

/** Numbered taps between being made and being answered. */
export class PendingTaps {
  readonly #waiting = new Map<number, CommandMessage>();
  #lastN = 0;

  /** How many wait. */
  get count(): number {
    return this.#waiting.size;
  }

  /** Everything that waits, oldest first. */
  get messages(): readonly CommandMessage[] {
    return [...this.#waiting.values()];
  }

  /** Numbers a tap and keeps it; null when too many wait already: nothing was numbered then. */
  add(clerk: ClerkId | "", command: ScreenCommand): CommandMessage | null {
    if (this.#waiting.size >= PENDING_TAPS_COUNT_MAX) return null;
    this.#lastN += 1;
    const message: CommandMessage = { kind: "command", n: this.#lastN, clerk, command };
    this.#waiting.set(message.n, message);
    return message;
  }

  /** The command that was answered, or null when that answer came before. */
  settle(n: number): ScreenCommand | null {
    const message = this.#waiting.get(n);
    this.#waiting.delete(n);
    return message?.command ?? null;
  }
}
