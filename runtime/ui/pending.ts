/**
 * The numbered messages of a page that have no answer yet, in the order in which they were made. After
 * a reconnect commands and scans are sent again under the same number, and the journal gives each one
 * effect; the others are never sent again (wire.ts, N1). Knows no socket and no clock.
 */
import { PENDING_TAPS_COUNT_MAX } from "./limits.ts";
import type { NumberedMessage } from "./wire.ts";

/** Messages between being made and being answered. */
export class PendingTaps {
  readonly #waiting = new Map<number, NumberedMessage>();
  #lastN = 0;

  /** How many wait. */
  get count(): number {
    return this.#waiting.size;
  }

  /** What is to be sent again after a reconnect, oldest first. */
  get messages(): readonly NumberedMessage[] {
    return [...this.#waiting.values()].filter(isSentAgain);
  }

  /**
   * Numbers a message and keeps it; null when too many wait already: nothing was numbered then. What is
   * kept of a PIN message holds no PIN: send what is returned, and let go of it.
   */
  add(make: (n: number) => NumberedMessage): NumberedMessage | null {
    if (this.#waiting.size >= PENDING_TAPS_COUNT_MAX) return null;
    this.#lastN += 1;
    const message = make(this.#lastN);
    this.#waiting.set(message.n, message.kind === "pin" ? { ...message, pin: "" } : message);
    return message;
  }

  /** The message that was answered, or null when that answer came before. */
  settle(n: number): NumberedMessage | null {
    const message = this.#waiting.get(n);
    this.#waiting.delete(n);
    return message ?? null;
  }

  /** Lets go of what is never sent again, once the connection is lost: nobody will answer it. */
  drop(): readonly NumberedMessage[] {
    const dropped = [...this.#waiting.values()].filter((message) => !isSentAgain(message));
    for (const { n } of dropped) this.#waiting.delete(n);
    return dropped;
  }
}

function isSentAgain({ kind }: NumberedMessage): boolean {
  return kind === "command" || kind === "scan";
}
