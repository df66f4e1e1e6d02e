/**
 * The small steps that the session is made of: to rest, to wait for another connection, how an errand ends.
 * Pure, as session-step.ts is, which holds the machine and the invariants that are cited here.
 */

import type { ReaderDeclineCode, ReaderFaultCode, ReaderPrompt } from "../reader.ts";
import { COMMANDS } from "./commands.ts";
import type { CommandName } from "./commands.ts";
import type { Errand, Known, Outcome, SessionEffect, SessionState, SessionStep, Stop } from "./session.ts";

/** How long each wait may last, and the pauses between tries to connect. */
export const SESSION_TIMEOUTS = {
  openMs: 3_000,
  /** After a card was detected, and beyond the reader's own wait. */
  cardMs: 30_000,
  hostMs: 60_000,
  /** One look for a member card; nothing can be cancelled inside one. */
  tokenMs: 500,
  reconnectMs: 250,
  reconnectMsMax: 8_000,
} as const;

const DOUBLINGS_COUNT_MAX = 5;

/** How an errand ends for which no link or no reader could be had. */
export function errandOutcome(
  errand: Errand,
  code: ReaderDeclineCode | ReaderFaultCode,
): Outcome | undefined {
  switch (errand.kind) {
    case "watch":
      return undefined;
    case "ready":
      return { kind: "not_ready", code };
    case "read_card":
      return { kind: "card", read: { kind: "none", code } };
    case "pay":
      return isFaultCode(code) ? notSent(code) : declined(code, "");
  }
}

/** Lets go of the link and waits longer each time, up to a bound. */
export function pause(failureCount: number): SessionStep {
  const { reconnectMs, reconnectMsMax } = SESSION_TIMEOUTS;
  const delayMs = Math.min(reconnectMs * 2 ** Math.min(failureCount, DOUBLINGS_COUNT_MAX), reconnectMsMax);
  return {
    state: { kind: "resting", failureCount: failureCount + 1 },
    effects: [{ kind: "drop" }, arm(delayMs)],
  };
}

/** The link is gone; `outcome` ends what ran. */
export function lost(outcome?: Outcome): SessionStep {
  const { state, effects } = pause(0);
  const finish: readonly SessionEffect[] = outcome === undefined ? [] : [{ kind: "finish", outcome }];
  return { state, effects: [{ kind: "note", problem: "reader/unreachable" }, ...effects, ...finish] };
}

/** Before there is a link. */
export const CONNECTING: ReaderPrompt = { step: "connecting", text: "", canCancel: true };
/** The reader waits for a card. */
export const PRESENT_CARD: ReaderPrompt = { step: "present_card", text: "", canCancel: true };

const FAULTS: ReadonlySet<string> = new Set([
  "reader/none",
  "reader/unreachable",
  "reader/busy",
  "reader/link_lost",
  "reader/no_answer",
  "reader/protocol",
  "reader/unknown_result",
  "reader/swapped",
  "reader/unsupported_request",
  "reader/closed",
] satisfies readonly ReaderFaultCode[]);

/** True when nobody said no: the reader could not be reached or understood. */
export function isFaultCode(code: ReaderDeclineCode | ReaderFaultCode): code is ReaderFaultCode {
  return FAULTS.has(code);
}

/** N1: nothing that could have moved money has left. */
export function notSent(code: ReaderFaultCode): Outcome {
  return { kind: "paid", end: { kind: "not_sent", code } };
}

/** The reader's or the host's final word. */
export function declined(code: ReaderDeclineCode, text: string): Outcome {
  return { kind: "paid", end: { kind: "declined", code, text } };
}

/** Who is on the link, and nothing of what ran. */
export function bare({ identity, isTrusted }: Known): Known {
  return { identity, isTrusted };
}

/** The reader is at rest; `outcome` ends what ran, `problem` is why it cannot be used. */
export function rest(known: Known, outcome?: Outcome, problem?: ReaderDeclineCode): SessionStep {
  const finish: readonly SessionEffect[] = outcome === undefined ? [] : [{ kind: "finish", outcome }];
  const note: readonly SessionEffect[] = problem === undefined ? [] : [{ kind: "note", problem }];
  return { state: { ...bare(known), kind: "idle" }, effects: [arm(undefined), ...note, ...finish] };
}

/** One command, and how long its reply may take. */
export function send(
  command: CommandName,
  data: Uint8Array,
  replyMs: number = COMMANDS[command].replyMs,
): readonly SessionEffect[] {
  return [{ kind: "send", command, data }, arm(replyMs)];
}

/** A prompt. */
export function show(prompt: ReaderPrompt): SessionEffect {
  return { kind: "show", prompt };
}

/** The one timer. */
export function arm(delayMs: number | undefined): SessionEffect {
  return { kind: "arm", delayMs };
}

/** Nothing changes, or only the state. */
export function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

/** How a wait for a card ends that was stopped. */
export function stopped(reason: Stop): Outcome {
  return reason.kind === "cancelled" ? declined("reader/cancelled", "") : notSent(reason.code);
}
