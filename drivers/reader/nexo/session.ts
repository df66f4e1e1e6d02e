/**
 * One request from its first byte to its end, as a step function: events in, effects out, no time, no
 * bytes. A request goes out once; when its answer is lost the terminal is asked what became of it, as
 * long as it says "in progress", and a few times when it says nothing. What is not known then is said.
 *
 *   idle -> sent -> taking -> idle              answered
 *            |  \-> idle                        refused, or nothing left
 *            v
 *          pausing <-> asking -> taking | idle  the answer was lost
 *
 * N1  The request is sent in one state alone, on the way out of idle.
 * N2  "declined" comes from a terminal's Failure, never from time, silence or "not found".
 */

import type { Verdict } from "./verdict.ts";
import type { ReaderEnd, ReaderFaultCode, ReaderPrompt, ReaderResult, ReaderSlip } from "../reader.ts";

/** Where the one request stands. */
export type NexoState =
  | { readonly kind: "idle" }
  | { readonly kind: "sent" }
  | ({ readonly kind: "pausing" } & Doubt)
  | ({ readonly kind: "asking" } & Doubt)
  | { readonly kind: "taking"; readonly slips: readonly ReaderSlip[]; readonly reference: string }
  | { readonly kind: "closed" };

/** Why it is not known, and how often that was asked. */
interface Doubt {
  readonly code: ReaderFaultCode;
  readonly doubtCount: number;
  readonly progressCount: number;
}

/** What happens to it. */
export type NexoEvent =
  | { readonly kind: "begin" }
  /** Nothing of the request left, or nothing of a question. */
  | { readonly kind: "not_sent"; readonly code: ReaderFaultCode }
  /** Sent, and no usable answer. */
  | { readonly kind: "broken"; readonly code: ReaderFaultCode }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  /** The answer to a question: the terminal does not know this request. */
  | { readonly kind: "not_found" }
  | { readonly kind: "pause_over" }
  | { readonly kind: "taken"; readonly decision: "accept" | "refuse" }
  | { readonly kind: "cancel" }
  | { readonly kind: "close" };

/** What is to be done. */
export type NexoEffect =
  | { readonly kind: "send" }
  | { readonly kind: "ask" }
  | { readonly kind: "pause"; readonly delayMs: number }
  | { readonly kind: "abort" }
  | { readonly kind: "take"; readonly result: ReaderResult }
  | { readonly kind: "slip"; readonly slip: ReaderSlip }
  | { readonly kind: "show"; readonly prompt: ReaderPrompt }
  | { readonly kind: "end"; readonly end: ReaderEnd };

/** A step. */
export interface NexoStep {
  readonly state: NexoState;
  readonly effects: readonly NexoEffect[];
}

/** How long to wait before each question while the terminal says nothing that helps. */
const DOUBT_PAUSES_MS: readonly number[] = [1000, 2000, 5000];
const PROGRESS_PAUSE_MS = 2000;
/** The terminal gives up on its own after 120 s (Terminal API, time-outs); a margin on top. */
const PROGRESS_COUNT_MAX = 90;

const IDLE: NexoState = { kind: "idle" };
const PRESENT: ReaderPrompt = { step: "present_card", text: "", canCancel: true };
const WAITING: ReaderPrompt = { step: "processing", text: "", canCancel: true };
const PROCESSING: ReaderPrompt = { step: "processing", text: "", canCancel: false };

/** The state before anything was asked. */
export function beginSession(): NexoState {
  return IDLE;
}

/** One step. An event that does not fit its state changes nothing. */
export function stepSession(state: NexoState, event: NexoEvent): NexoStep {
  if (event.kind === "close") return close(state);
  switch (state.kind) {
    case "idle":
      return event.kind === "begin"
        ? { state: { kind: "sent" }, effects: [{ kind: "show", prompt: PRESENT }, { kind: "send" }] } // N1
        : stay(state);
    case "sent":
      return stepSent(state, event);
    case "pausing":
      if (event.kind === "pause_over")
        return { state: { ...state, kind: "asking" }, effects: [{ kind: "ask" }] };
      return event.kind === "cancel" ? abort(state) : stay(state);
    case "asking":
      return stepAsking(state, event);
    case "taking":
      return event.kind === "taken" ? taken(state, event.decision) : stay(state);
    case "closed":
      return stay(state);
  }
}

function stepSent(state: NexoState, event: NexoEvent): NexoStep {
  switch (event.kind) {
    case "not_sent":
      return end({ kind: "not_sent", code: event.code });
    case "broken":
      return doubt({ code: event.code, doubtCount: 0, progressCount: 0 });
    case "verdict":
      return judge(event.verdict, { code: "reader/unknown_result", doubtCount: 0, progressCount: 0 });
    case "cancel":
      return abort(state);
    default:
      return stay(state);
  }
}

function stepAsking(state: NexoState & { readonly kind: "asking" }, event: NexoEvent): NexoStep {
  switch (event.kind) {
    case "not_sent":
    case "broken":
    case "not_found": // N2: the request may still be on its way.
      return doubt(state);
    case "verdict":
      return judge(event.verdict, state);
    case "cancel":
      return abort(state);
    default:
      return stay(state);
  }
}

function judge(verdict: Verdict, known: Doubt): NexoStep {
  switch (verdict.kind) {
    case "approved": {
      const { result, slips } = verdict;
      const effects: readonly NexoEffect[] = [
        { kind: "show", prompt: PROCESSING },
        { kind: "take", result },
      ];
      return { state: { kind: "taking", slips, reference: result.reference }, effects };
    }
    case "refused":
      return end({ kind: "declined", code: verdict.code, text: verdict.text });
    case "in_progress":
      return progress(known);
    case "not_understood":
      return doubt({ ...known, code: "reader/unknown_result" });
  }
}

function doubt(known: Doubt): NexoStep {
  const delayMs = DOUBT_PAUSES_MS[known.doubtCount];
  if (delayMs === undefined) return end({ kind: "unknown", code: known.code });
  return pause({ ...known, doubtCount: known.doubtCount + 1 }, delayMs);
}

function progress(known: Doubt): NexoStep {
  if (known.progressCount >= PROGRESS_COUNT_MAX) return end({ kind: "unknown", code: known.code });
  return pause({ ...known, doubtCount: 0, progressCount: known.progressCount + 1 }, PROGRESS_PAUSE_MS);
}

function pause({ code, doubtCount, progressCount }: Doubt, delayMs: number): NexoStep {
  const effects: readonly NexoEffect[] = [
    { kind: "show", prompt: WAITING },
    { kind: "pause", delayMs },
  ];
  return { state: { kind: "pausing", code, doubtCount, progressCount }, effects };
}

/** A refused result stands all the same: this terminal committed when it approved, and only a reversal undoes that. */
function taken(
  { slips, reference }: NexoState & { readonly kind: "taking" },
  decision: "accept" | "refuse",
): NexoStep {
  if (decision === "refuse") return end({ kind: "unknown", code: "reader/unknown_result" });
  const printed = slips.map((slip): NexoEffect => ({ kind: "slip", slip }));
  return { state: IDLE, effects: [...printed, { kind: "end", end: { kind: "captured", reference } }] };
}

function abort(state: NexoState): NexoStep {
  return { state, effects: [{ kind: "abort" }] };
}

function close(state: NexoState): NexoStep {
  const effects: readonly NexoEffect[] =
    state.kind === "idle" || state.kind === "closed"
      ? []
      : [{ kind: "end", end: { kind: "unknown", code: "reader/closed" } }];
  return { state: { kind: "closed" }, effects };
}

function end(how: ReaderEnd): NexoStep {
  return { state: IDLE, effects: [{ kind: "end", end: how }] };
}

function stay(state: NexoState): NexoStep {
  return { state, effects: [] };
}
