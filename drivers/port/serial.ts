/**
 * A port over a serial line (printers, scanners, scales). The library opens the line and waits for it;
 * reading and writing are our own, because the library's reader turns for ever on a line that has hung
 * up: such a line gives 0 bytes to every read (serialport 13, its issue 2323). Here 0 bytes are the end,
 * and what would block waits for the poller. Keeps P1 to P5 of port.ts; never reconnects by itself.
 * The native part is loaded by the first `open`, so that a terminal without serial devices needs none.
 */

import { read, write } from "node:fs";
import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import { ownBytes, ownCopy } from "./own-bytes.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { Port, PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** Which line, how it is set, and the bounds. */
export interface SerialPortOptions extends PortLimits {
  /** Best below /dev/serial/by-id: it names the device and not the order of plugging in. */
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
  /** RTS/CTS handshake. */
  readonly rtscts: boolean;
}

/** What a port has asked of the system; a line that hangs up must not make these run away. */
export interface SerialCounters {
  readonly readCount: number;
  /** Reads that brought no byte. */
  readonly emptyReadCount: number;
  readonly writeCount: number;
  /** Times it waited for the line to become ready. */
  readonly waitCount: number;
}

/** A port that counts. */
export interface SerialPort extends Port {
  counters(): SerialCounters;
}

/** Makes an unopened serial port. Linux only: elsewhere `open` rejects with port/unreachable. */
export function createSerialPort(options: SerialPortOptions, timers: Timers): SerialPort {
  return new LinePort(options, timers);
}

/** The part of the library's open line that is used. */
interface Line {
  readonly fd: number;
  readonly poller: {
    once(event: "readable" | "writable", callback: (error: Error | null) => void): unknown;
  };
  close(): Promise<void>;
}

interface WaitingWrite {
  readonly bytes: Uint8Array;
  readonly taken: () => void;
}

const READ_BYTES_MAX = 4_096;
/** What a call that would block says, or one that a signal has interrupted. */
const NOT_NOW = new Set(["EAGAIN", "EWOULDBLOCK", "EINTR"]);

class LinePort implements SerialPort {
  readonly #options: SerialPortOptions;
  readonly #pending: PendingWrites;
  readonly #counts = { read: 0, emptyRead: 0, write: 0, wait: 0 };
  #phase: "new" | "opening" | "open" | "closed" = "new";
  #line: Line | undefined;
  #waiting: WaitingWrite[] = [];
  #isWriting = false;
  /** Calls that are inside the system with our descriptor: it may not be closed, and so reused, under them. */
  #callsInside = 0;
  #closeLine: (() => void) | undefined;
  #dataListener: (bytes: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor(options: SerialPortOptions, timers: Timers) {
    this.#options = options;
    this.#pending = new PendingWrites(options, timers, (fault) => this.#end(fault));
  }

  async open(): Promise<void> {
    if (this.#phase === "closed") throw this.#fault("port/closed");
    assert(this.#phase === "new", "port: A port is opened once");
    this.#phase = "opening";
    const line = await openLine(this.#options).catch((error: unknown) => {
      const wasClosed = this.#isClosed();
      this.#phase = "closed";
      throw wasClosed ? this.#fault("port/closed") : this.#openFault(error);
    });
    this.#line = line;
    if (this.#isClosed()) {
      this.#letGo();
      throw this.#fault("port/closed");
    }
    this.#phase = "open";
    void this.#readOn(line);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    const line = this.#line;
    if (this.#phase !== "open" || line === undefined) return Promise.reject(this.#fault("port/not_open"));
    return this.#pending.admit(bytes.length, (taken) => {
      this.#waiting.push({ bytes, taken });
      if (!this.#isWriting) void this.#writeOn(line);
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

  counters(): SerialCounters {
    const { read: readCount, emptyRead: emptyReadCount, write: writeCount, wait: waitCount } = this.#counts;
    return { readCount, emptyReadCount, writeCount, waitCount };
  }

  /** A method, because the phase may have changed while something waited. */
  #isClosed(): boolean {
    return this.#phase === "closed";
  }

  async #readOn(line: Line): Promise<void> {
    const buffer = ownBytes(READ_BYTES_MAX);
    while (!this.#isClosed()) {
      this.#counts.read += 1;
      const result = await this.#inside((done) => read(line.fd, buffer, 0, buffer.length, null, done));
      if (result.kind !== "done" || result.byteCount === 0) this.#counts.emptyRead += 1;
      if (this.#isClosed()) return void buffer.fill(0);
      if (result.kind === "not_now") {
        if (!(await this.#ready(line, "readable"))) return;
      } else if (result.kind === "failed" || result.byteCount === 0) {
        this.#end(this.#fault("port/lost", result.kind === "failed" ? result.systemCode : "hang-up"));
      } else {
        const bytes = ownCopy(buffer.subarray(0, result.byteCount));
        // P5
        buffer.fill(0, 0, result.byteCount);
        this.#dataListener(bytes);
      }
    }
  }

  async #writeOn(line: Line): Promise<void> {
    this.#isWriting = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (!(await this.#writeAll(line, next.bytes))) return;
      next.taken();
    }
    this.#isWriting = false;
  }

  /** False when the port has ended before all was taken. */
  async #writeAll(line: Line, bytes: Uint8Array): Promise<boolean> {
    let offset = 0;
    while (offset < bytes.length) {
      this.#counts.write += 1;
      const from = offset;
      const result = await this.#inside((done) =>
        write(line.fd, bytes, from, bytes.length - from, null, done),
      );
      if (this.#isClosed()) return false;
      if (result.kind === "failed") this.#end(this.#fault("port/lost", result.systemCode));
      if (result.kind === "failed") return false;
      if (result.kind === "not_now" && !(await this.#ready(line, "writable"))) return false;
      if (result.kind === "done") offset += result.byteCount;
    }
    return true;
  }

  /** One call into the system; the descriptor stays open until it is back. */
  #inside(
    call: (done: (error: NodeJS.ErrnoException | null, byteCount: number) => void) => void,
  ): Promise<CallResult> {
    this.#callsInside += 1;
    return new Promise((resolve) => {
      call((error, byteCount) => {
        this.#callsInside -= 1;
        if (this.#callsInside === 0) this.#closeLine?.();
        if (error === null) resolve({ kind: "done", byteCount });
        else if (NOT_NOW.has(error.code ?? "")) resolve({ kind: "not_now" });
        else resolve({ kind: "failed", systemCode: error.code ?? "unknown" });
      });
    });
  }

  /** Waits for the line; false when the port has ended meanwhile. A poller that fails ends it. */
  #ready(line: Line, event: "readable" | "writable"): Promise<boolean> {
    this.#counts.wait += 1;
    return new Promise((resolve) => {
      line.poller.once(event, (error) => {
        if (error !== null && !this.#isClosed()) this.#end(this.#fault("port/lost", "poll"));
        resolve(!this.#isClosed());
      });
    });
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const wasOpen = this.#phase === "open";
    this.#phase = "closed";
    this.#waiting = [];
    this.#letGo();
    this.#pending.rejectAll(fault ?? this.#fault("port/closed"));
    if (wasOpen) this.#closeListener(fault);
  }

  #letGo(): void {
    const line = this.#line;
    if (line === undefined) return;
    this.#closeLine = () => {
      this.#closeLine = undefined;
      // A line that is gone cannot be closed well; it is given back either way.
      line.close().catch(() => {});
    };
    if (this.#callsInside === 0) this.#closeLine();
  }

  /** Nobody at the path, or somebody else holds the line. */
  #openFault(error: unknown): DriverFault {
    const text = error instanceof Error ? error.message : String(error);
    const isRefused = /no such file|no such device|cannot lock|not a directory/i.test(text);
    return this.#fault(isRefused ? "port/refused" : "port/unreachable", text);
  }

  #fault(code: DriverFault["code"], systemCode = ""): DriverFault {
    const { path, baudRate } = this.#options;
    const retry = code === "port/closed" || code === "port/not_open" ? "never" : "later";
    return new DriverFault(code, retry, { path, baudRate, systemCode });
  }
}

type CallResult =
  | { readonly kind: "done"; readonly byteCount: number }
  | { readonly kind: "not_now" }
  | { readonly kind: "failed"; readonly systemCode: string };

async function openLine(options: SerialPortOptions): Promise<Line> {
  const { SerialPort: library } = await import("serialport");
  const { path, baudRate, dataBits, parity, stopBits, rtscts } = options;
  // With hupcl closing would drop DTR, which resets some devices.
  const settings = { path, baudRate, dataBits, parity, stopBits, rtscts, hupcl: false };
  const line = await library.binding.open(settings);
  if ("poller" in line && line.fd !== null)
    return { fd: line.fd, poller: line.poller, close: () => line.close() };
  await line.close();
  throw new Error("this system's serial lines cannot be polled");
}
