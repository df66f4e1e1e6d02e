/**
 * A HID device as whole reports, the report's id in front. Made by a factory, opened once, closed once
 * and thrown away, as a Port is. Knows nothing of what reports mean. The memory port is here; the
 * kernel's is hidraw.ts.
 *
 * H1  Listeners are set before `open` and are called with one report each, in the order they came.
 * H2  After a successful `open` the close listener is called exactly once; after a failed one, never.
 * H3  After the close listener no report is delivered and every pending write has been rejected.
 * H4  A report is the listener's alone, to zero; a port keeps no copy (P5 of port.ts).
 */

import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import { ownCopy } from "./own-bytes.ts";

/** A pipe of reports; see H1 to H3. */
export interface HidPort {
  /** Rejects with port/unreachable, port/refused (no permission) or port/closed. A second call is a Bug. */
  open(): Promise<void>;
  /** One output report. Rejects with port/not_open, port/closed, port/queue_full, port/write_timeout or port/lost. */
  write(report: Uint8Array): Promise<void>;
  /** One feature report; false where the backend has no way to send one. */
  sendFeature(report: Uint8Array): Promise<boolean>;
  onReport(listener: (report: Uint8Array) => void): void;
  /** Sets the one listener for the end; `undefined` when we closed it ourselves. */
  onClose(listener: (fault: DriverFault | undefined) => void): void;
  /** May be called any number of times, and before `open`. */
  close(): void;
}

/** Makes a new, unopened port to the same device each time. */
export type HidPortFactory = () => HidPort;

/** The device's end of a memory HID port. */
export interface MemoryHidPeer {
  /** An input report to the listener, in a later microtask; dropped when the port is not open. */
  send(report: Uint8Array): void;
  /** The device is unplugged: port/lost for the other side. */
  unplug(): void;
  /** From now on `open` rejects with port/unreachable. */
  refuse(): void;
  /** Calls `listener` with each output report, in a later microtask and in order, from now on. */
  onWritten(listener: (report: Uint8Array) => void): void;
  /** Output and feature reports in the order they came. */
  readonly written: readonly Uint8Array[];
  readonly features: readonly Uint8Array[];
}

/** Makes an unopened HID port and the device's end of it. */
export function createMemoryHid(): { port: HidPort; peer: MemoryHidPeer } {
  const port = new MemoryHid();
  return { port, peer: port.peer };
}

class MemoryHid implements HidPort {
  readonly peer: MemoryHidPeer;
  readonly #written: Uint8Array[] = [];
  readonly #features: Uint8Array[] = [];
  #phase: "new" | "opening" | "open" | "closed" = "new";
  #isRefusing = false;
  #peerListener: (report: Uint8Array) => void = () => {};
  #reportListener: (report: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor() {
    this.peer = {
      send: (report) => this.#receive(ownCopy(report)),
      unplug: () => queueMicrotask(() => this.#end(new DriverFault("port/lost", "later"))),
      refuse: () => {
        this.#isRefusing = true;
      },
      onWritten: (listener) => {
        this.#peerListener = listener;
      },
      written: this.#written,
      features: this.#features,
    };
  }

  async open(): Promise<void> {
    if (this.#phase === "closed") throw new DriverFault("port/closed", "never");
    assert(this.#phase === "new", "port: A HID port is opened once");
    this.#phase = "opening";
    await Promise.resolve();
    if (this.#isClosed()) throw new DriverFault("port/closed", "never");
    if (this.#isRefusing) {
      this.#phase = "closed";
      throw new DriverFault("port/unreachable", "later");
    }
    this.#phase = "open";
  }

  async write(report: Uint8Array): Promise<void> {
    this.#refuseUnlessOpen();
    const taken = report.slice();
    this.#written.push(taken);
    queueMicrotask(() => this.#peerListener(taken.slice()));
  }

  async sendFeature(report: Uint8Array): Promise<boolean> {
    this.#refuseUnlessOpen();
    this.#features.push(report.slice());
    return true;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reportListener = listener;
  }

  onClose(listener: (fault: DriverFault | undefined) => void): void {
    this.#closeListener = listener;
  }

  close(): void {
    this.#end(undefined);
  }

  #refuseUnlessOpen(): void {
    if (this.#phase === "closed") throw new DriverFault("port/closed", "never");
    if (this.#phase !== "open") throw new DriverFault("port/not_open", "never");
  }

  /** A method, because the phase may have changed while `open` waited. */
  #isClosed(): boolean {
    return this.#phase === "closed";
  }

  #receive(report: Uint8Array): void {
    queueMicrotask(() => {
      if (this.#phase === "open") this.#reportListener(report);
    });
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const wasOpen = this.#phase === "open";
    this.#phase = "closed";
    if (wasOpen) this.#closeListener(fault);
  }
}
