/**
 * One connection to a registered ZVT terminal as a pure machine (PA00P015 chapter 2, PA00P016 chapter 4).
 * No clock, no bytes, no port. The host performs the effects and feeds events back.
 *
 *   idle --start--> sending --80 00--> running --06 0F, 06 1E--> idle
 *                   sending --84 xx--> idle      running --T4, down--> idle (in doubt)
 *                   sending --T3, down--> idle (in doubt)
 *
 * S1  A result of money is answered only after the desk's word, and refused without it, so that the
 *     terminal takes it back. A late one is refused, but for a copy of one that was taken; while a request
 *     is in doubt it is left unanswered: the terminal does what its kind does, the inquiry finds that.
 * S2  An end that the terminal did not say, or may have said of a second copy, is a doubt.
 * S3  Every other message is answered, in every state; nothing is sent unasked but a cancel.
 * S4  Every state but `idle` has a timer running, or the desk has.
 */

import type { ReaderFaultCode } from "../reader.ts";
import type { ZvtMessage } from "./apdu.ts";
import { COURSE_START, beginDialogue, stepDialogue } from "./session-dialogue.ts";
import { unasked } from "./session-late.ts";
import type { SessionConfig, SessionEffect, SessionEvent, SessionState, SessionStep } from "./session.ts";
import { T3_MS } from "./session.ts";

/** A session at rest. */
export const SESSION_START: SessionState = { kind: "idle", known: "" };

type Of<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepSession(state: SessionState, event: SessionEvent, config: SessionConfig): SessionStep {
  switch (state.kind) {
    case "idle":
      return stepIdle(state, event, config);
    case "sending":
      return stepSending(state, event, config);
    case "running":
      return stepDialogue(state, event, config);
  }
}

function stepIdle(state: Of<"idle">, event: SessionEvent, config: SessionConfig): SessionStep {
  if (event.kind === "start") {
    const { command } = event;
    return {
      state: { kind: "sending", known: state.known, command, isDoubled: false, isCancelled: false },
      effects: [{ kind: "send", message: command.message }],
    };
  }
  if (event.kind !== "message") return { state, effects: [] };
  return { state, effects: unasked(event.message, state.known, config) };
}

function stepSending(state: Of<"sending">, event: SessionEvent, config: SessionConfig): SessionStep {
  switch (event.kind) {
    case "arrived":
      return {
        state: { ...state, isDoubled: state.isDoubled || event.isDoubled },
        effects: [{ kind: "arm", timer: "t3", delayMs: T3_MS }],
      };
    case "message":
      return answered(state, event.message, config);
    case "cancel":
      return { state: { ...state, isCancelled: true }, effects: [] };
    case "timed_out":
      return event.timer === "t3" ? doubt(state, "reader/no_answer") : { state, effects: [] };
    case "down":
      return doubt(state, event.code);
    case "start":
    case "taken":
    case "slip_kept":
      return { state, effects: [] };
  }
}

function answered(state: Of<"sending">, message: ZvtMessage, config: SessionConfig): SessionStep {
  const { command, isDoubled, isCancelled, known } = state;
  const stop: SessionEffect = { kind: "disarm", timer: "t3" };
  // 84 00 is a yes as well (PA00P015 1.2).
  const isYes = message.name === "done" || (message.name === "refused" && (message.code & 0xff) === 0);
  if (isYes && command.endsWith === "answer") {
    const end = { kind: "completed", fields: message.fields, status: undefined, ...COURSE_START } as const;
    return { state: { kind: "idle", known }, effects: [stop, { kind: "finish", end }] };
  }
  if (isYes) {
    const begun = beginDialogue(known, command, config);
    const effects: readonly SessionEffect[] = [
      stop,
      { kind: "arm", timer: "t4", delayMs: command.t4Ms },
      ...begun.effects,
    ];
    if (!isCancelled) return { state: begun.state, effects };
    const cancelled = stepDialogue(begun.state, { kind: "cancel" }, config);
    return { state: cancelled.state, effects: [...effects, ...cancelled.effects] };
  }
  if (message.name === "refused") {
    const end = { kind: "refused", result: message.code & 0xff, isDoubled } as const;
    return { state: { kind: "idle", known }, effects: [stop, { kind: "finish", end }] };
  }
  return { state, effects: unasked(message, known, config) };
}

/** S2 */
function doubt(state: Of<"sending">, code: ReaderFaultCode): SessionStep {
  const end = { kind: "doubt", code, hasLeft: true } as const;
  return {
    state: { kind: "idle", known: state.known },
    effects: [
      { kind: "disarm", timer: "t3" },
      { kind: "finish", end },
    ],
  };
}
