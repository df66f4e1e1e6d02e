/**
 * A port over a TCP socket (printers on 9100, terminals on 20007). Nagle's delay is off: a status
 * query of three bytes must leave at once. Keeps P1 to P5 of port.ts; never reconnects by itself. Reads into a
 * buffer of its own: Node's would be freed as they are, with what came in them (P5).
 */

import { connect } from "node:net";
import type { Socket } from "node:net";
import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import { ownBytes, ownCopy } from "./own-bytes.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { Port, PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** Where to connect, and the bounds. */
export interface TcpPortOptions extends PortLimits {
  readonly host: string;
  readonly tcpPort: number;
  readonly connectTimeoutMs: number;
}

/** Makes an unopened TCP port. */
export function createTcpPort(options: TcpPortOptions, timers: Timers): Port {
  return new TcpPort(options, timers);
}

/** Taken from the system at one time. */
const READ_BYTES_MAX = 16 * 1024;

type Phase = "new" | "opening" | "open" | "closed";

class TcpPort implements Port {
  readonly #options: TcpPortOptions;
  readonly #timers: Timers;
  readonly #pending: PendingWrites;
  readonly #buffer = ownBytes(READ_BYTES_MAX);
  #phase: Phase = "new";
  #socket: Socket | undefined;
  #endOpening: (fault: DriverFault) => void = () => {};
  #dataListener: (bytes: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor(options: TcpPortOptions, timers: Timers) {
    this.#options = options;
    this.#timers = timers;
    this.#pending = new PendingWrites(options, timers, (fault) => this.#end(fault));
  }

  open(): Promise<void> {
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    assert(this.#phase === "new", "port: A port is opened once");
    this.#phase = "opening";
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: this.#options.host,
        port: this.#options.tcpPort,
        noDelay: true,
        onread: { buffer: this.#buffer, callback: (byteCount) => this.#received(byteCount) },
      });
      this.#socket = socket;
      const cancelTimeout = this.#timers.after(this.#options.connectTimeoutMs, () =>
        this.#end(this.#fault("port/connect_timeout")),
      );
      this.#endOpening = (fault) => {
        cancelTimeout();
        reject(fault);
      };
      socket.on("connect", () => {
        if (this.#phase !== "opening") return;
        cancelTimeout();
        this.#phase = "open";
        resolve();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => this.#end(this.#faultOf(error.code ?? "unknown")));
      socket.on("end", () => this.#end(this.#fault("port/lost")));
      socket.on("close", () => this.#end(this.#fault("port/lost")));
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    const socket = this.#socket;
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    if (this.#phase !== "open" || socket === undefined) return Promise.reject(this.#fault("port/not_open"));
    return this.#pending.admit(bytes.length, (taken) => {
      // A failed write also raises "error" on the socket, which ends the port and rejects it.
      socket.write(bytes, (error) => {
        if (!error) taken();
      });
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

  /** P5. True: go on reading. */
  #received(byteCount: number): boolean {
    const bytes = this.#phase === "open" ? ownCopy(this.#buffer.subarray(0, byteCount)) : undefined;
    this.#buffer.fill(0, 0, byteCount);
    if (bytes !== undefined) this.#dataListener(bytes);
    return true;
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const phase = this.#phase;
    this.#phase = "closed";
    // What the system has taken may still leave; a stalled peer must not keep the socket for ever.
    if (fault === undefined && this.#pending.isEmpty && phase === "open") this.#socket?.destroySoon();
    else this.#socket?.destroy();
    const reason = fault ?? this.#fault("port/closed");
    this.#pending.rejectAll(reason);
    if (phase === "opening") this.#endOpening(reason);
    if (phase === "open") this.#closeListener(fault);
  }

  #faultOf(systemCode: string): DriverFault {
    if (this.#phase === "open") return this.#fault("port/lost", systemCode);
    return this.#fault(systemCode === "ECONNREFUSED" ? "port/refused" : "port/unreachable", systemCode);
  }

  #fault(code: DriverFault["code"], systemCode = ""): DriverFault {
    const { host, tcpPort } = this.#options;
    const retry = code === "port/closed" || code === "port/not_open" ? "never" : "later";
    return new DriverFault(code, retry, { host, tcpPort, systemCode });
  }
}
