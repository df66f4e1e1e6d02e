/**
 * One job over one connection, as a pure machine: what to do next, given what happened. No clock, no
 * port, no text. The host performs the effects and feeds events back.
 *
 *   connecting -> asking (DLE EOT 1..4) -> sending (chunk by chunk) -> marking (GS r) -> ended
 *                    | cannot print, drawer job: kicking (real-time pulse, DLE EOT 1) -> ended
 *                    | marker does not come: diagnosing (DLE EOT 1..4) -> ended
 *
 * S1  "failed" is said only while nothing of the job has left; from the first chunk on it is "unknown".
 * S2  "printed" is said only after the printer answered what was sent after the last chunk.
 * S3  Every state but `ended` has a timer running; `ended` has one outcome and gives no effects.
 */

import type { PrinterFaultCode } from "../fault.ts";
import type { PrintChunk } from "./encode.ts";
import { printedMarker, queryStatus } from "./escpos.ts";
import type { PrinterReply, StatusAnswers, StatusReader } from "./status.ts";
import { STATUS_READER_START, isPaperLow, readStatusByte, statusProblem } from "./status.ts";

/** How a job ended. "unknown": bytes left, but the printer did not confirm; paper may or may not hold them. */
export type PrintOutcome =
  | { readonly kind: "printed"; readonly paperLow: boolean }
  | { readonly kind: "failed"; readonly code: PrinterFaultCode }
  | { readonly kind: "unknown"; readonly code: PrinterFaultCode };

/** What is to be sent. `whenBlocked` goes instead, real-time, if the printer cannot print: the drawer must open without paper. */
export interface PrintJob {
  readonly chunks: readonly PrintChunk[];
  readonly whenBlocked: Uint8Array | undefined;
}

/** Where a job stands. `reader` is the unread rest of the printer's bytes, `answers` the DLE EOT bytes so far. */
export type SessionState =
  | { readonly kind: "connecting"; readonly job: PrintJob }
  | {
      readonly kind: "asking" | "diagnosing";
      readonly job: PrintJob;
      readonly reader: StatusReader;
      readonly answers: readonly number[];
    }
  | {
      readonly kind: "sending";
      readonly job: PrintJob;
      readonly reader: StatusReader;
      readonly chunkIndex: number;
      readonly paperLow: boolean;
    }
  | {
      readonly kind: "marking";
      readonly job: PrintJob;
      readonly reader: StatusReader;
      readonly paperLow: boolean;
    }
  | { readonly kind: "kicking"; readonly job: PrintJob; readonly reader: StatusReader }
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
  | { readonly kind: "timed_out" };

/** What the host must do, in this order. */
export type SessionEffect =
  | { readonly kind: "open" }
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  /** Starts the session's one timer anew. */
  | { readonly kind: "arm"; readonly delayMs: number }
  /** Stops the timer, closes the port and reports. The last effect of every session. */
  | { readonly kind: "finish"; readonly outcome: PrintOutcome };

/** A state and what to do on entering it. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** How long each wait may last. The marker waits for the paper: about 100 lines at the slowest 50 mm/s. */
export const SESSION_TIMEOUTS = {
  connectMs: 5_000,
  statusMs: 2_000,
  chunkMs: 10_000,
  markerMs: 20_000,
} as const;

const QUERIES = [1, 2, 3, 4] as const;

/** The first step of a job. */
export function beginSession(job: PrintJob): SessionStep {
  return {
    state: { kind: "connecting", job },
    effects: [{ kind: "open" }, { kind: "arm", delayMs: SESSION_TIMEOUTS.connectMs }],
  };
}

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepSession(state: SessionState, event: SessionEvent): SessionStep {
  if (state.kind === "ended") return stay(state);
  switch (event.kind) {
    case "opened":
      return state.kind === "connecting" ? ask("asking", state.job, STATUS_READER_START, []) : stay(state);
    case "open_failed":
      return end(doubtOf(state, "printer/unreachable"));
    case "link_down":
      return end(doubtOf(state, event.code));
    case "timed_out":
      return onTimeout(state);
    case "written":
      return state.kind === "sending"
        ? sendChunk({ ...state, chunkIndex: state.chunkIndex + 1 })
        : stay(state);
    case "received":
      return onReceived(state, event.bytes);
  }
}

/** Bytes of this input that mean nothing to the session's reader; for the link's counters. */
export function garbageByteCount(state: SessionState, bytes: Uint8Array): number {
  let reader = readerOf(state);
  let count = 0;
  for (const value of bytes) {
    const [next, reply] = readStatusByte(reader, value);
    reader = next;
    if (reply.kind === "garbage") count += 1;
  }
  return count;
}

function onTimeout(state: SessionState): SessionStep {
  if (state.kind === "connecting") return end(doubtOf(state, "printer/unreachable"));
  if (state.kind === "marking") return ask("diagnosing", state.job, state.reader, []);
  return end(doubtOf(state, "printer/timeout"));
}

function onReceived(state: SessionState, bytes: Uint8Array): SessionStep {
  let current = state;
  const effects: SessionEffect[] = [];
  for (const value of bytes) {
    const [reader, reply] = readStatusByte(readerOf(current), value);
    const step = onReply(withReader(current, reader), reply);
    current = step.state;
    effects.push(...step.effects);
  }
  return { state: current, effects };
}

function onReply(state: SessionState, reply: PrinterReply): SessionStep {
  if (reply.kind === "marker") {
    if (state.kind === "marking") return printed(state.paperLow);
    // A printer that was only slow: its marker comes while we ask what is wrong (S2 holds).
    if (state.kind === "diagnosing") return printed(false);
  }
  if (reply.kind === "realtime") {
    if (state.kind === "kicking") return printed(false);
    if (state.kind === "asking" || state.kind === "diagnosing") {
      return onAnswer(state, [...state.answers, reply.value]);
    }
  }
  return stay(state);
}

function onAnswer(
  state: SessionState & { kind: "asking" | "diagnosing" },
  answers: readonly number[],
): SessionStep {
  const [printer, offline, error, paper] = answers;
  if (printer === undefined || offline === undefined || error === undefined || paper === undefined) {
    return ask(state.kind, state.job, state.reader, answers);
  }
  const all: StatusAnswers = [printer, offline, error, paper];
  const problem = statusProblem(all);
  if (state.kind === "diagnosing") return end({ kind: "unknown", code: problem ?? "printer/timeout" });
  const { job, reader } = state;
  if (problem === undefined) {
    return sendChunk({ kind: "sending", job, reader, chunkIndex: 0, paperLow: isPaperLow(paper) });
  }
  return job.whenBlocked === undefined
    ? end({ kind: "failed", code: problem })
    : kick(job, reader, job.whenBlocked);
}

function ask(
  kind: "asking" | "diagnosing",
  job: PrintJob,
  reader: StatusReader,
  answers: readonly number[],
): SessionStep {
  const query = QUERIES[answers.length] ?? 1;
  return {
    state: { kind, job, reader, answers },
    effects: send(queryStatus(query), SESSION_TIMEOUTS.statusMs),
  };
}

function sendChunk(state: SessionState & { kind: "sending" }): SessionStep {
  const chunk = state.job.chunks[state.chunkIndex];
  if (chunk !== undefined) return { state, effects: send(chunk.bytes, SESSION_TIMEOUTS.chunkMs) };
  const { job, reader, paperLow } = state;
  return {
    state: { kind: "marking", job, reader, paperLow },
    effects: send(printedMarker(), SESSION_TIMEOUTS.markerMs),
  };
}

/** Real-time commands are carried out in the order they come, so the answer says that the pulse was given. */
function kick(job: PrintJob, reader: StatusReader, pulse: Uint8Array): SessionStep {
  const bytes = Uint8Array.from([...pulse, ...queryStatus(1)]);
  return { state: { kind: "kicking", job, reader }, effects: send(bytes, SESSION_TIMEOUTS.statusMs) };
}

function send(bytes: Uint8Array, delayMs: number): readonly SessionEffect[] {
  return [
    { kind: "send", bytes },
    { kind: "arm", delayMs },
  ];
}

function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

function printed(paperLow: boolean): SessionStep {
  return end({ kind: "printed", paperLow });
}

function end(outcome: PrintOutcome): SessionStep {
  return { state: { kind: "ended", outcome }, effects: [{ kind: "finish", outcome }] };
}

/** S1. */
function doubtOf(state: SessionState, code: PrinterFaultCode): PrintOutcome {
  const nothingLeft = state.kind === "connecting" || state.kind === "asking";
  return nothingLeft ? { kind: "failed", code } : { kind: "unknown", code };
}

function readerOf(state: SessionState): StatusReader {
  return state.kind === "connecting" || state.kind === "ended" ? STATUS_READER_START : state.reader;
}

function withReader(state: SessionState, reader: StatusReader): SessionState {
  return state.kind === "connecting" || state.kind === "ended" ? state : { ...state, reader };
}
