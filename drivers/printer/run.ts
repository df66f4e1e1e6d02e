/**
 * Performs one print session: effects out, events in. Owns the port of the present connection and the
 * session's one timer, and lets go of both when the session ends. Decides nothing.
 */

import { DriverFault } from "../fault.ts";
import type { PrinterFaultCode } from "../fault.ts";
import type { Port, PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import type { PrintJob } from "./plan.ts";
import type { PrintOutcome, SessionEffect, SessionEvent, SessionState, SessionStep } from "./session.ts";
import { beginSession, garbageByteCount, stepSession } from "./session-step.ts";
import type { PrinterCondition } from "./status.ts";

/** Who is told. */
export interface RunListeners {
  /** Called exactly once, never before `runPrintJob` has returned. */
  onEnd(outcome: PrintOutcome): void;
  /** How many bytes from the printer meant nothing. */
  onGarbage(byteCount: number): void;
  /** What the printer has just said of itself. */
  onCondition(condition: PrinterCondition): void;
  /** The job waits for people, or waits no longer. */
  onBlocked(code: PrinterFaultCode | undefined): void;
  /** The link broke and the job goes on over another. */
  onLost(): void;
}

/** A running session, from outside. */
export interface PrintRun {
  /** Gives the job up: it ends as printer/closed, failed or unknown by what has left. */
  abort(): void;
  /**
   * Gives a real-time drawer pulse in the middle of a blocked job. Undefined when the job is not blocked
   * or has a pulse under way: then the pulse must wait its turn.
   */
  kick(pulse: Uint8Array): Promise<PrintOutcome> | undefined;
}

/** Starts a session. */
export function runPrintJob(
  job: PrintJob,
  openPort: PortFactory,
  timers: Timers,
  listeners: RunListeners,
): PrintRun {
  const run = new Run(job, openPort, timers, listeners);
  run.start();
  return run;
}

class Run implements PrintRun {
  readonly #openPort: PortFactory;
  readonly #timers: Timers;
  readonly #listeners: RunListeners;
  readonly #first: SessionStep;
  #state: SessionState;
  #port: Port | undefined;
  #cancelTimer = (): void => {};
  #endKick: ((outcome: PrintOutcome) => void) | undefined;
  #blockedCode: PrinterFaultCode | undefined;

  constructor(job: PrintJob, openPort: PortFactory, timers: Timers, listeners: RunListeners) {
    this.#openPort = openPort;
    this.#timers = timers;
    this.#listeners = listeners;
    this.#first = beginSession(job);
    this.#state = this.#first.state;
  }

  start(): void {
    for (const effect of this.#first.effects) this.#perform(effect);
  }

  abort(): void {
    this.#dispatch({ kind: "link_down", code: "printer/closed" });
  }

  kick(pulse: Uint8Array): Promise<PrintOutcome> | undefined {
    if (this.#state.kind !== "blocked" || this.#endKick !== undefined) return undefined;
    return new Promise((resolve) => {
      this.#endKick = resolve;
      this.#dispatch({ kind: "kick", pulse });
    });
  }

  #dispatch(event: SessionEvent): void {
    const step = stepSession(this.#state, event);
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
    if (this.#state.kind === "ended") return;
    const code = this.#state.kind === "blocked" ? this.#state.code : undefined;
    if (code === this.#blockedCode) return;
    this.#blockedCode = code;
    this.#listeners.onBlocked(code);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.kind) {
      case "open":
        this.#open();
        return;
      case "drop":
        this.#drop();
        this.#listeners.onLost();
        return;
      case "send":
        this.#write(effect.bytes);
        return;
      case "arm":
        this.#cancelTimer();
        this.#cancelTimer = this.#timers.after(effect.delayMs, () => this.#dispatch({ kind: "timed_out" }));
        return;
      case "tell":
        this.#listeners.onCondition(effect.condition);
        return;
      case "kicked":
        this.#settleKick({ kind: "printed", paperLow: false });
        return;
      case "finish":
        this.#cancelTimer();
        this.#drop();
        this.#listeners.onEnd(effect.outcome);
    }
  }

  #open(): void {
    this.#drop();
    const port = this.#openPort();
    this.#port = port;
    port.onData((bytes) => {
      if (port !== this.#port) return;
      this.#listeners.onGarbage(garbageByteCount(this.#state, bytes));
      this.#dispatch({ kind: "received", bytes });
    });
    port.onClose((fault) => this.#linkDown(port, fault));
    port.open().then(
      () => this.#dispatchFrom(port, { kind: "opened" }),
      () => this.#dispatchFrom(port, { kind: "open_failed" }),
    );
  }

  #write(bytes: Uint8Array): void {
    const port = this.#port;
    port?.write(bytes).then(
      () => this.#dispatchFrom(port, { kind: "written" }),
      (error: unknown) => this.#linkDown(port, error),
    );
  }

  #linkDown(port: Port, error: unknown): void {
    this.#dispatchFrom(port, { kind: "link_down", code: codeOf(error) });
  }

  /** What an earlier connection still has to say is not heard. */
  #dispatchFrom(port: Port, event: SessionEvent): void {
    if (port === this.#port) this.#dispatch(event);
  }

  #drop(): void {
    const port = this.#port;
    this.#port = undefined;
    port?.close();
    this.#settleKick({ kind: "unknown", code: "printer/lost_connection" });
  }

  #settleKick(outcome: PrintOutcome): void {
    this.#endKick?.(outcome);
    this.#endKick = undefined;
  }
}

function codeOf(error: unknown): PrinterFaultCode {
  const isTimeout = error instanceof DriverFault && error.code === "port/write_timeout";
  return isTimeout ? "printer/timeout" : "printer/lost_connection";
}
