/**
 * HID over the kernel's hidraw nodes in plain Node, where no native module can be had (Android,
 * minimal images). One read gives one report. The node is opened non-blocking and asked on a timer: a
 * blocking read would hold a thread that nothing can wake, and so the process's end. Feature reports
 * need an ioctl and cannot be sent. Keeps H1 to H3 of hid.ts.
 */

import { close, constants, open, read, write } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import type { HidPort } from "./hid.ts";
import { ownBytes, ownCopy } from "./own-bytes.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** Which node, and how often it is asked. */
export interface HidrawOptions extends PortLimits {
  readonly path: string;
  /** Longest input report, its id included. */
  readonly reportBytesMax: number;
  /** How long a report may wait for us; 10 ms cost no measurable time. */
  readonly pollMs: number;
  /** "read" where the node may not be written. */
  readonly access: "read" | "read_write";
}

/** Makes an unopened port over a hidraw node. */
export function createHidrawPort(options: HidrawOptions, timers: Timers): HidPort {
  return new HidrawPort(options, timers);
}

/** One hidraw node as the system describes it. */
export interface HidrawDevice {
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly reportDescriptor: Uint8Array;
}

/** Every hidraw node, by name; none where the system has no hidraw. What cannot be read is left out. */
export async function listHidraw(
  systemFolder = "/sys/class/hidraw",
  deviceFolder = "/dev",
): Promise<readonly HidrawDevice[]> {
  const names = await readdir(systemFolder).catch((): string[] => []);
  const devices = await Promise.all(
    names.toSorted().map(async (name) => {
      const folder = join(systemFolder, name, "device");
      try {
        const facts = await readFile(join(folder, "uevent"), "utf8");
        const [, vendor, product] = /^HID_ID=[0-9A-F]+:([0-9A-F]+):([0-9A-F]+)$/m.exec(facts) ?? [];
        if (vendor === undefined || product === undefined) return [];
        const reportDescriptor = new Uint8Array(await readFile(join(folder, "report_descriptor")));
        const [vendorId, productId] = [Number.parseInt(vendor, 16), Number.parseInt(product, 16)];
        return [{ path: join(deviceFolder, name), vendorId, productId, reportDescriptor }];
      } catch {
        // Unplugged while we looked.
        return [];
      }
    }),
  );
  return devices.flat();
}

/** Reports that one asking takes at most, so that a chattering device cannot hold the loop. */
const REPORTS_COUNT_MAX = 32;

const NOTHING_YET: ReadonlySet<string | undefined> = new Set(["EAGAIN", "EWOULDBLOCK", "EINTR"]);

class HidrawPort implements HidPort {
  readonly #options: HidrawOptions;
  readonly #timers: Timers;
  readonly #pending: PendingWrites;
  readonly #buffer: Uint8Array;
  #waiting: { readonly report: Uint8Array; readonly taken: () => void }[] = [];
  #isWriting = false;
  #phase: "new" | "opening" | "open" | "closed" = "new";
  #descriptor: number | undefined;
  /** Reads and writes that the system has not answered; the node is closed after the last. */
  #runningCount = 0;
  #cancelPoll: () => void = () => {};
  #reportListener: (report: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor(options: HidrawOptions, timers: Timers) {
    this.#options = options;
    this.#timers = timers;
    this.#pending = new PendingWrites(options, timers, (fault) => this.#end(fault));
    this.#buffer = ownBytes(options.reportBytesMax);
  }

  open(): Promise<void> {
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    assert(this.#phase === "new", "port: A HID port is opened once");
    this.#phase = "opening";
    const access = this.#options.access === "read" ? constants.O_RDONLY : constants.O_RDWR;
    return new Promise((resolve, reject) => {
      open(this.#options.path, access | constants.O_NONBLOCK | constants.O_NOCTTY, (error, descriptor) => {
        if (error !== null) {
          this.#phase = "closed";
          const isForbidden = error.code === "EACCES" || error.code === "EPERM";
          reject(this.#fault(isForbidden ? "port/refused" : "port/unreachable", error.code));
          return;
        }
        this.#descriptor = descriptor;
        if (this.#phase === "closed") {
          this.#letGo();
          reject(this.#fault("port/closed"));
          return;
        }
        this.#phase = "open";
        this.#poll();
        resolve();
      });
    });
  }

  write(report: Uint8Array): Promise<void> {
    const descriptor = this.#descriptor;
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    if (this.#phase !== "open" || descriptor === undefined)
      return Promise.reject(this.#fault("port/not_open"));
    return this.#pending.admit(report.length, (taken) => {
      this.#waiting.push({ report, taken });
      if (!this.#isWriting) this.#writeNext(descriptor);
    });
  }

  /** One at a time: the system's own threads would let a later report overtake. */
  #writeNext(descriptor: number): void {
    const next = this.#waiting.shift();
    this.#isWriting = next !== undefined;
    if (next === undefined) return;
    this.#runningCount += 1;
    write(descriptor, next.report, (error, writtenBytes) => {
      this.#runningCount -= 1;
      if (error === null && writtenBytes === next.report.length) next.taken();
      else this.#end(this.#fault("port/lost", error?.code));
      if (this.#phase === "open") this.#writeNext(descriptor);
      this.#letGo();
    });
  }

  sendFeature(): Promise<boolean> {
    if (this.#phase !== "open") {
      return Promise.reject(this.#fault(this.#phase === "closed" ? "port/closed" : "port/not_open"));
    }
    return Promise.resolve(false);
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

  #poll(): void {
    this.#cancelPoll = this.#timers.after(this.#options.pollMs, () => this.#read(REPORTS_COUNT_MAX));
  }

  #read(reportsLeftCount: number): void {
    const descriptor = this.#descriptor;
    if (this.#phase !== "open" || descriptor === undefined) return;
    if (reportsLeftCount === 0) return this.#poll();
    this.#runningCount += 1;
    read(descriptor, this.#buffer, 0, this.#buffer.length, null, (error, readBytes) => {
      this.#runningCount -= 1;
      if (this.#phase !== "open") {
        this.#buffer.fill(0);
        return this.#letGo();
      }
      if (error !== null && NOTHING_YET.has(error.code)) return this.#poll();
      // An unplugged node answers EIO or ENODEV; no report is empty, so nothing means the end as well.
      if (error !== null || readBytes === 0) return this.#end(this.#fault("port/lost", error?.code));
      const report = ownCopy(this.#buffer.subarray(0, readBytes));
      // Card readers send card data: no copy of them stays here.
      this.#buffer.fill(0, 0, readBytes);
      this.#reportListener(report);
      this.#read(reportsLeftCount - 1);
    });
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const wasOpen = this.#phase === "open";
    this.#phase = "closed";
    this.#cancelPoll();
    this.#waiting = [];
    this.#pending.rejectAll(fault ?? this.#fault("port/closed"));
    this.#letGo();
    if (wasOpen) this.#closeListener(fault);
  }

  /** The number of a closed node may be another file's soon, so nothing may still be running on it. */
  #letGo(): void {
    const descriptor = this.#descriptor;
    if (this.#phase !== "closed" || this.#runningCount > 0 || descriptor === undefined) return;
    this.#descriptor = undefined;
    close(descriptor);
  }

  #fault(code: DriverFault["code"], systemCode = ""): DriverFault {
    const retry = code === "port/closed" || code === "port/not_open" ? "never" : "later";
    return new DriverFault(code, retry, { path: this.#options.path, systemCode });
  }
}
