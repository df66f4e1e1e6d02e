/**
 * The scanner as the runtime knows it: results come to a listener, one for each code, in the order of
 * the codes; the link mends itself. Owns the link and one timer, and lets go of both when closed.
 * Decides nothing and keeps no code: what was read is handed on or dropped (R2 in result.ts).
 */

import { DriverFault } from "../fault.ts";
import type { DriverFaultCode } from "../fault.ts";
import type { HidPort, HidPortFactory } from "../port/hid.ts";
import type { Port, PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import type { FrameConfig } from "./frame.ts";
import type { Expected, ReadConfig } from "./read.ts";
import { readFrame } from "./read.ts";
import type { ScanResult } from "./result.ts";
import type { LinkStatus, ScannerInput, SessionEffect, SessionEvent, SessionState } from "./session.ts";
import { beginSession, stepSession } from "./session.ts";

/** How the scanner is set up and how its codes are read. */
export interface ScannerConfig {
  readonly frame: FrameConfig;
  readonly read: ReadConfig;
}

/** Who is told. Neither may throw. */
export interface ScannerListeners {
  onScan(result: ScanResult): void;
  onLink(status: LinkStatus): void;
}

/** What happened since the driver was made. No code and no part of one is kept. */
export interface ScannerCounters {
  readonly itemCount: number;
  readonly ownCodeCount: number;
  readonly walletCodeCount: number;
  readonly rejectedCount: number;
  readonly receivedBytes: number;
  readonly connectCount: number;
}

/** A scanner that is being listened to. */
export interface Scanner {
  /** What the till waits for from now on; "goods" at first. */
  expect(expected: Expected): void;
  counters(): ScannerCounters;
  /** Lets go of the link; no listener is called afterwards. May be called twice. */
  close(): void;
}

/** Listens to a scanner on a line of bytes: serial, TCP or memory. Connects at once, and again after each loss. */
export function createScanner(
  openPort: PortFactory,
  timers: Timers,
  config: ScannerConfig,
  listeners: ScannerListeners,
): Scanner {
  return new ListeningScanner("line", () => linkOverPort(openPort()), timers, config, listeners);
}

/** Listens to a scanner that sends HID POS reports. `switchReport`, a feature report, turns a keyboard scanner into one. */
export function createHidScanner(
  openHid: HidPortFactory,
  timers: Timers,
  config: ScannerConfig,
  listeners: ScannerListeners,
  switchReport?: Uint8Array,
): Scanner {
  const openLink = (): Link => linkOverHid(openHid(), switchReport);
  return new ListeningScanner("hid_reports", openLink, timers, config, listeners);
}

interface LinkListeners {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onEnd: (error: unknown) => void;
}

/** What both kinds of port have in common. */
interface Link {
  open(listeners: LinkListeners): Promise<void>;
  close(): void;
}

function linkOverPort(port: Port): Link {
  return {
    open: ({ onBytes, onEnd }) => {
      port.onData(onBytes);
      port.onClose(onEnd);
      return port.open();
    },
    close: () => port.close(),
  };
}

function linkOverHid(port: HidPort, switchReport: Uint8Array | undefined): Link {
  return {
    open: async ({ onBytes, onEnd }) => {
      port.onReport(onBytes);
      port.onClose(onEnd);
      await port.open();
      // A backend that cannot send it answers false: the scanner may be in that mode already.
      if (switchReport !== undefined) await port.sendFeature(switchReport);
    },
    close: () => port.close(),
  };
}

class ListeningScanner implements Scanner {
  readonly #input: ScannerInput;
  readonly #openLink: () => Link;
  readonly #timers: Timers;
  readonly #config: ScannerConfig;
  readonly #listeners: ScannerListeners;
  readonly #counts = { item: 0, own_code: 0, payment_code: 0, rejected: 0, receivedBytes: 0, connects: 0 };
  #state: SessionState;
  #link: Link | undefined;
  #cancelTimer: () => void = () => {};
  #expected: Expected = "goods";

  constructor(
    input: ScannerInput,
    openLink: () => Link,
    timers: Timers,
    config: ScannerConfig,
    listeners: ScannerListeners,
  ) {
    this.#input = input;
    this.#openLink = openLink;
    this.#timers = timers;
    this.#config = config;
    this.#listeners = listeners;
    const first = beginSession();
    this.#state = first.state;
    for (const effect of first.effects) this.#perform(effect);
  }

  expect(expected: Expected): void {
    this.#expected = expected;
  }

  counters(): ScannerCounters {
    const { item, own_code, payment_code, rejected, receivedBytes, connects } = this.#counts;
    return {
      itemCount: item,
      ownCodeCount: own_code,
      walletCodeCount: payment_code,
      rejectedCount: rejected,
      receivedBytes,
      connectCount: connects,
    };
  }

  close(): void {
    this.#dispatch({ kind: "close" });
  }

  #dispatch(event: SessionEvent): void {
    const config = { input: this.#input, frame: this.#config.frame };
    const step = stepSession(this.#state, event, config);
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.kind) {
      case "open":
        return this.#open();
      case "arm":
        return this.#arm(effect.delayMs);
      case "deliver": {
        const result = readFrame(effect.frame, this.#config.read, this.#expected);
        this.#counts[result.kind] += 1;
        return this.#unlessClosed(() => this.#listeners.onScan(result));
      }
      case "tell":
        if (effect.link.kind === "up") this.#counts.connects += 1;
        return this.#unlessClosed(() => this.#listeners.onLink(effect.link));
      case "close":
        this.#link?.close();
    }
  }

  #arm(delayMs: number | undefined): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (delayMs === undefined || this.#state.kind === "closed") return;
    this.#cancelTimer = this.#timers.after(delayMs, () => this.#dispatch({ kind: "timed_out" }));
  }

  /** A listener may close the scanner while effects are still to be performed. */
  #unlessClosed(tell: () => void): void {
    if (this.#state.kind !== "closed") tell();
  }

  #open(): void {
    const link = this.#openLink();
    this.#link = link;
    let isDown = false;
    // What a link says after the next one was opened is no longer of interest.
    const ifCurrent = (event: SessionEvent): void => {
      if (this.#link === link) this.#dispatch(event);
    };
    const down = (error: unknown): void => {
      if (isDown) return;
      isDown = true;
      link.close();
      ifCurrent({ kind: "link_down", code: codeOf(error) });
    };
    const onBytes = (bytes: Uint8Array): void => {
      this.#counts.receivedBytes += bytes.length;
      ifCurrent({ kind: "received", bytes });
    };
    link.open({ onBytes, onEnd: down }).then(() => ifCurrent({ kind: "opened" }), down);
  }
}

function codeOf(error: unknown): DriverFaultCode {
  return error instanceof DriverFault ? error.code : "port/closed";
}
