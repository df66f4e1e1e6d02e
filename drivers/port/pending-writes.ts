/**
 * The book of writes that the system has not taken yet: one bound over all of them, one time limit
 * for each. Shared by the bindings so that they fail in the same way (P3, P4 in port.ts).
 */

import { DriverFault } from "../fault.ts";
import type { PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** Counts what is pending; owns the time limits of the writes. */
export class PendingWrites {
  readonly #limits: PortLimits;
  readonly #timers: Timers;
  readonly #onTimeout: (fault: DriverFault) => void;
  readonly #rejectors = new Set<(fault: DriverFault) => void>();
  #queuedBytes = 0;

  constructor(limits: PortLimits, timers: Timers, onTimeout: (fault: DriverFault) => void) {
    this.#limits = limits;
    this.#timers = timers;
    this.#onTimeout = onTimeout;
  }

  /** True when the system has taken everything. */
  get isEmpty(): boolean {
    return this.#rejectors.size === 0;
  }

  /** Admits one write and hands it to `send`, which calls `taken` when the system has it. */
  admit(byteCount: number, send: (taken: () => void) => void): Promise<void> {
    const queueBytesMax = this.#limits.queueBytesMax;
    if (this.#queuedBytes + byteCount > queueBytesMax) {
      const facts = { queuedBytes: this.#queuedBytes, byteCount, queueBytesMax };
      return Promise.reject(new DriverFault("port/queue_full", "later", facts));
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        cancelTimeout();
        this.#rejectors.delete(rejector);
        this.#queuedBytes -= byteCount;
      };
      const rejector = (fault: DriverFault): void => {
        settle();
        reject(fault);
      };
      const cancelTimeout = this.#timers.after(this.#limits.writeTimeoutMs, () => {
        this.#onTimeout(
          new DriverFault("port/write_timeout", "later", { writeTimeoutMs: this.#limits.writeTimeoutMs }),
        );
      });
      this.#rejectors.add(rejector);
      this.#queuedBytes += byteCount;
      send(() => {
        if (!this.#rejectors.has(rejector)) return;
        settle();
        resolve();
      });
    });
  }

  /** Rejects everything pending: the pipe has ended. */
  rejectAll(fault: DriverFault): void {
    for (const reject of this.#rejectors) reject(fault);
  }
}
