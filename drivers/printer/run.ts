/**
 * Performs one print session over one port: effects out, events in. Owns the port and the session's
 * one timer, and lets go of both when the session ends. Decides nothing.
 */

import { DriverFault } from "../fault.ts";
import type { PrinterFaultCode } from "../fault.ts";
import type { PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import type { PrintJob, PrintOutcome, SessionEffect, SessionEvent, SessionState } from "./session.ts";
import { beginSession, garbageByteCount, stepSession } from "./session.ts";

/** Who is told. */
export interface RunListeners {
  /** Called exactly once, never before `runPrintJob` has returned. */
  onEnd(outcome: PrintOutcome): void;
  /** How many bytes from the printer meant nothing. */
  onGarbage(byteCount: number): void;
}

/**
 * Starts a session. The returned function gives it up: it ends as printer/closed, failed or unknown
 * by what has left.
 */
export function runPrintJob(
  job: PrintJob,
  openPort: PortFactory,
  timers: Timers,
  listeners: RunListeners,
): () => void {
  const port = openPort();
  let cancelTimer = (): void => {};
  let state: SessionState;

  const dispatch = (event: SessionEvent): void => {
    const step = stepSession(state, event);
    state = step.state;
    for (const effect of step.effects) perform(effect);
  };
  const linkDown = (error: unknown): void => dispatch({ kind: "link_down", code: codeOf(error) });

  const perform = (effect: SessionEffect): void => {
    switch (effect.kind) {
      case "open":
        port.open().then(
          () => dispatch({ kind: "opened" }),
          () => dispatch({ kind: "open_failed" }),
        );
        return;
      case "send":
        port.write(effect.bytes).then(() => dispatch({ kind: "written" }), linkDown);
        return;
      case "arm":
        cancelTimer();
        cancelTimer = timers.after(effect.delayMs, () => dispatch({ kind: "timed_out" }));
        return;
      case "finish":
        cancelTimer();
        port.close();
        listeners.onEnd(effect.outcome);
    }
  };

  port.onData((bytes) => {
    listeners.onGarbage(garbageByteCount(state, bytes));
    dispatch({ kind: "received", bytes });
  });
  port.onClose(linkDown);
  const first = beginSession(job);
  state = first.state;
  for (const effect of first.effects) perform(effect);
  return () => dispatch({ kind: "link_down", code: "printer/closed" });
}

function codeOf(error: unknown): PrinterFaultCode {
  const isTimeout = error instanceof DriverFault && error.code === "port/write_timeout";
  return isTimeout ? "printer/timeout" : "printer/lost_connection";
}
