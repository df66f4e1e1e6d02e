/**
 * A port whose device is a piece of this process: for tests and simulated worlds. Delivery is in a
 * later microtask, in order, never inside `write`. Keeps P1 to P5 of port.ts.
 */

import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import { ownCopy } from "./own-bytes.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { Port, PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** The device's end of a memory pipe. */
export interface MemoryPeer {
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Bytes to the port's data listener; dropped when the port is not open. */
  send(bytes: Uint8Array): void;
  /** The device goes away: port/lost for the other side. */
  close(): void;
  /** Takes nothing more, as a printer whose buffer is full; `resume` takes what has waited. */
  stall(): void;
  resume(): void;
  /** From now on `open` rejects with port/refused. */
  refuse(): void;
}

/** Makes an unopened port and the device's end of it. */
export function createMemoryPair(limits: PortLimits, timers: Timers): { port: Port; peer: MemoryPeer } {
  const pipe = new MemoryPipe(limits, timers);
  return { port: pipe, peer: pipe.peer };
}

interface InFlight {
  readonly bytes: Uint8Array;
  readonly taken: () => void;
}

class MemoryPipe implements Port {
  readonly peer: MemoryPeer;
  readonly #pending: PendingWrites;
  #phase: "new" | "opening" | "open" | "closed" = "new";
  #isStalled = false;
  #isRefusing = false;
  #inFlight: InFlight[] = [];
  #peerListener: (bytes: Uint8Array) => void = () => {};
  #dataListener: (bytes: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor(limits: PortLimits, timers: Timers) {
    this.#pending = new PendingWrites(limits, timers, (fault) => this.#end(fault));
    this.peer = {
      onData: (listener) => {
        this.#peerListener = listener;
      },
      send: (bytes) => this.#receive(ownCopy(bytes)),
      close: () => queueMicrotask(() => this.#end(new DriverFault("port/lost", "later"))),
      stall: () => {
        this.#isStalled = true;
      },
      resume: () => {
        this.#isStalled = false;
        queueMicrotask(() => this.#deliver());
      },
      refuse: () => {
        this.#isRefusing = true;
      },
    };
  }

  async open(): Promise<void> {
    if (this.#phase === "closed") throw new DriverFault("port/closed", "never");
    assert(this.#phase === "new", "port: A port is opened once");
    this.#phase = "opening";
    await Promise.resolve();
    if (this.#isClosed()) throw new DriverFault("port/closed", "never");
    if (this.#isRefusing) {
      this.#phase = "closed";
      throw new DriverFault("port/refused", "later");
    }
    this.#phase = "open";
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#phase === "closed") return Promise.reject(new DriverFault("port/closed", "never"));
    if (this.#phase !== "open") return Promise.reject(new DriverFault("port/not_open", "never"));
    return this.#pending.admit(bytes.length, (taken) => {
      this.#inFlight.push({ bytes: bytes.slice(), taken });
      queueMicrotask(() => this.#deliver());
    });
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#dataListener = listener;
  }

  onClose(listener: (fault: DriverFault | undefined) => void): void {
    this.#closeListener = listener;
  }

  close(): void {
    this.#end(undefined);
  }

  /** A method, because the phase may have changed while `open` waited. */
  #isClosed(): boolean {
    return this.#phase === "closed";
  }

  #receive(bytes: Uint8Array): void {
    queueMicrotask(() => {
      if (this.#phase === "open") this.#dataListener(bytes);
    });
  }

  #deliver(): void {
    if (this.#isStalled || this.#phase !== "open") return;
    const arrived = this.#inFlight;
    this.#inFlight = [];
    for (const { bytes, taken } of arrived) {
      taken();
      this.#peerListener(bytes);
    }
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const wasOpen = this.#phase === "open";
    this.#phase = "closed";
    this.#pending.rejectAll(fault ?? new DriverFault("port/closed", "never"));
    this.#inFlight = [];
    if (wasOpen) this.#closeListener(fault);
  }
}
