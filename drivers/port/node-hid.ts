/**
 * HID devices by the package node-hid, for systems whose hidraw nodes cannot be opened as files (the other
 * way, hidraw.ts, needs no package). Keeps H1 to H3 of hid.ts. The package is fetched by the first `open`:
 * it is optional, it is not in the bundle, and its native part needs libusb-1.0.so.0 (Debian package
 * libusb-1.0-0), which a bare system does not have. What is missing is said as port/no_library with the
 * loader's own words.
 */

import { assert } from "../../core/bug.ts";
import { DriverFault } from "../fault.ts";
import type { HidPort } from "./hid.ts";
import { ownCopy } from "./own-bytes.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { PortLimits } from "./port.ts";
import type { Timers } from "./timers.ts";

/** Which device: the path that the system gives it, such as /dev/hidraw0. */
export interface NodeHidOptions extends PortLimits {
  readonly path: string;
}

/** An open device of the library, as far as it is used. */
export interface NodeHidDevice {
  on(event: "data", listener: (report: Uint8Array) => void): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  write(report: Uint8Array): Promise<number>;
  sendFeatureReport(report: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** The library, as far as it is used. */
export interface NodeHidLibrary {
  readonly HIDAsync: { open(path: string): Promise<NodeHidDevice> };
}

/** The package and the version that this file was written against. */
export const NODE_HID = { name: "node-hid", version: "3.4.0" } as const;

const TEXT_CHARS_MAX = 200;

/** Fetches the library. Rejects with the system's error when it is not installed. */
export async function loadNodeHid(): Promise<NodeHidLibrary> {
  // A name that bundlers do not follow: the native part could not be found from inside a bundle.
  const { name } = NODE_HID;
  const loaded: unknown = await import(name);
  if (!isLibrary(loaded)) throw new Error(`${name} is another version than ${NODE_HID.version}`);
  return loaded;
}

/** Makes an unopened port. `load` stands for the library in tests. */
export function createNodeHidPort(
  options: NodeHidOptions,
  timers: Timers,
  load: () => Promise<NodeHidLibrary> = loadNodeHid,
): HidPort {
  return new NodeHidPort(options, timers, load);
}

class NodeHidPort implements HidPort {
  readonly #options: NodeHidOptions;
  readonly #load: () => Promise<NodeHidLibrary>;
  readonly #pending: PendingWrites;
  #phase: "new" | "opening" | "open" | "closed" = "new";
  #device: NodeHidDevice | undefined;
  #reportListener: (report: Uint8Array) => void = () => {};
  #closeListener: (fault: DriverFault | undefined) => void = () => {};

  constructor(options: NodeHidOptions, timers: Timers, load: () => Promise<NodeHidLibrary>) {
    this.#options = options;
    this.#load = load;
    this.#pending = new PendingWrites(options, timers, (fault) => this.#end(fault));
  }

  async open(): Promise<void> {
    if (this.#phase === "closed") throw this.#fault("port/closed");
    assert(this.#phase === "new", "port: A HID port is opened once");
    this.#phase = "opening";
    const device = await this.#openDevice().catch((fault: unknown) => {
      const wasClosed = this.#isClosed();
      this.#phase = "closed";
      throw wasClosed ? this.#fault("port/closed") : fault;
    });
    this.#device = device;
    if (this.#isClosed()) {
      this.#letGo();
      throw this.#fault("port/closed");
    }
    this.#phase = "open";
    device.on("error", (error) => this.#end(this.#fault("port/lost", error)));
    device.on("data", (report) => {
      const copy = ownCopy(report);
      // Card readers send card data: no copy of them stays here.
      report.fill(0);
      if (this.#phase === "open") this.#reportListener(copy);
    });
  }

  write(report: Uint8Array): Promise<void> {
    const device = this.#device;
    if (this.#phase === "closed") return Promise.reject(this.#fault("port/closed"));
    if (this.#phase !== "open" || device === undefined) return Promise.reject(this.#fault("port/not_open"));
    return this.#pending.admit(report.length, (taken) => {
      device.write(Buffer.from(report)).then(taken, (error: unknown) => {
        this.#end(this.#fault("port/lost", error));
      });
    });
  }

  async sendFeature(report: Uint8Array): Promise<boolean> {
    const device = this.#device;
    if (this.#phase === "closed") throw this.#fault("port/closed");
    if (this.#phase !== "open" || device === undefined) throw this.#fault("port/not_open");
    try {
      await device.sendFeatureReport(Buffer.from(report));
      return true;
    } catch (error) {
      const fault = this.#fault("port/lost", error);
      this.#end(fault);
      throw fault;
    }
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

  /** A method, because the phase may have changed while something waited. */
  #isClosed(): boolean {
    return this.#phase === "closed";
  }

  async #openDevice(): Promise<NodeHidDevice> {
    const library = await this.#load().catch((error: unknown) => {
      throw this.#fault("port/no_library", error);
    });
    return library.HIDAsync.open(this.#options.path).catch((error: unknown) => {
      throw this.#fault(openCodeOf(error), error);
    });
  }

  #end(fault: DriverFault | undefined): void {
    if (this.#phase === "closed") return;
    const wasOpen = this.#phase === "open";
    this.#phase = "closed";
    this.#pending.rejectAll(fault ?? this.#fault("port/closed"));
    this.#letGo();
    if (wasOpen) this.#closeListener(fault);
  }

  #letGo(): void {
    const device = this.#device;
    this.#device = undefined;
    // A device that is gone cannot be closed well; it is given back either way.
    device?.close().catch(() => {});
  }

  #fault(code: DriverFault["code"], error?: unknown): DriverFault {
    const isFinal = code === "port/closed" || code === "port/not_open" || code === "port/no_library";
    const systemCode = codeOf(error);
    const reason = error instanceof Error ? error.message.slice(0, TEXT_CHARS_MAX) : "";
    const { name, version } = NODE_HID;
    const facts = { path: this.#options.path, library: `${name} ${version}`, systemCode, reason };
    return new DriverFault(code, isFinal ? "never" : "later", facts);
  }
}

/** The native part is loaded by the first call, so that its absence shows only there. */
function openCodeOf(error: unknown): "port/no_library" | "port/refused" | "port/unreachable" {
  const text = error instanceof Error ? error.message : "";
  if (codeOf(error) === "ERR_DLOPEN_FAILED" || /no native build|shared object file/i.test(text)) {
    return "port/no_library";
  }
  return /permission|access denied|not permitted/i.test(text) ? "port/refused" : "port/unreachable";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function isLibrary(value: unknown): value is NodeHidLibrary {
  if (typeof value !== "object" || value === null || !("HIDAsync" in value)) return false;
  const { HIDAsync } = value;
  return typeof HIDAsync === "function" && "open" in HIDAsync && typeof HIDAsync.open === "function";
}
