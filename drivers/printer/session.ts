/**
 * The words of the print session: its states, what can happen to it and what it asks of its host. The
 * machine itself is session-step.ts.
 */

import type { PrinterFaultCode } from "../fault.ts";
import type { PrintJob, PrintPiece, PrintProgress } from "./plan.ts";
import type { PrinterCondition, StatusReader } from "./status.ts";

/** How a job ended. "unknown": bytes left, but the printer did not confirm; paper may or may not hold them. */
export type PrintOutcome =
  | {
      readonly kind: "printed";
      readonly paperLow: boolean;
      /** Absent when every byte was sent once. Else a mark stands on the paper: above its rest, or above a second, whole print. */
      readonly mark?: "resumed" | "reprinted";
    }
  | { readonly kind: "failed"; readonly code: PrinterFaultCode }
  | { readonly kind: "unknown"; readonly code: PrinterFaultCode };

/** What goes over the present connection, and how far it is. */
export interface Feed {
  readonly pieces: readonly PrintPiece[];
  readonly sentCount: number;
  /** Pieces whose marker was answered; never more than were sent. */
  readonly confirmedCount: number;
  /** The system has not taken the last piece yet. */
  readonly isWriting: boolean;
}

/** What every state of a job carries. `reader` is the unread rest of the printer's bytes. */
export interface Bearings {
  readonly job: PrintJob;
  readonly progress: PrintProgress;
  readonly reader: StatusReader;
  readonly paperLow: boolean;
}

/** A status question in parts: the answers to DLE EOT 1 to 4 so far. */
interface Asking {
  readonly answers: readonly number[];
}

/** Where a job stands. */
export type SessionState =
  | ({ readonly kind: "connecting" | "pausing" } & Bearings)
  /** `isCleared`: the filler for an interrupted command has been sent. */
  | ({ readonly kind: "asking"; readonly isCleared: boolean } & Bearings & Asking)
  | ({ readonly kind: "settling" } & Bearings)
  | ({ readonly kind: "printing"; readonly feed: Feed } & Bearings)
  | ({ readonly kind: "diagnosing"; readonly feed: Feed } & Bearings & Asking)
  | ({
      readonly kind: "blocked";
      /** Undefined: trouble was found on a second connection, before anything went over it. */
      readonly feed: Feed | undefined;
      readonly code: PrinterFaultCode;
      readonly waitedMs: number;
      readonly isAsking: boolean;
      /** A real-time pulse whose answer is awaited. */
      readonly isKicking: boolean;
    } & Bearings &
      Asking)
  | ({ readonly kind: "kicking" } & Bearings)
  | { readonly kind: "ended"; readonly outcome: PrintOutcome };

/** What can happen to a session. */
export type SessionEvent =
  | { readonly kind: "opened" }
  | { readonly kind: "open_failed" }
  | { readonly kind: "received"; readonly bytes: Uint8Array }
  /** The system has taken the bytes of the last `send`. */
  | { readonly kind: "written" }
  /** The link ended, with the code that says how. */
  | { readonly kind: "link_down"; readonly code: PrinterFaultCode }
  | { readonly kind: "timed_out" }
  /** Somebody wants the drawer while this job is blocked; ignored in any other state. */
  | { readonly kind: "kick"; readonly pulse: Uint8Array };

/** What the host must do, in this order. */
export type SessionEffect =
  /** On a new port: the old one, if any, is closed and heard no more. */
  | { readonly kind: "open" }
  /** Lets go of the port. */
  | { readonly kind: "drop" }
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  /** Starts the session's one timer anew. */
  | { readonly kind: "arm"; readonly delayMs: number }
  /** What the printer has just said of itself. */
  | { readonly kind: "tell"; readonly condition: PrinterCondition }
  /** The pulse of the last `kick` was given. */
  | { readonly kind: "kicked" }
  /** Stops the timer, closes the port and reports. The last effect of every session. */
  | { readonly kind: "finish"; readonly outcome: PrintOutcome };

/** A state and what to do on entering it. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}
