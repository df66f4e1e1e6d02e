/**
 * The session while a command runs and the terminal has the word (PA00P015 2.2): results, prompts, text
 * for paper, and the two ways it ends. Part of the machine in session-step.ts; keeps its S1 to S4.
 *
 * D1  Only the last 04 0F before the end counts; after a wrong PIN a whole further round may follow.
 * D2  While the desk is asked, what the terminal says waits, in order. A desk that is slow is bridged by
 *     84 9C: the terminal asks again, and is answered when the desk has spoken.
 * D3  Text for paper is answered when the desk has kept it, and refused when it cannot.
 * D4  A serial terminal does not notice that a line was cut: its words to the last connection may come
 *     late. What this command does not expect is no part of it, and a no behind a yes means that the yes
 *     was an old one.
 */

import type { ReaderPrompt, ReaderResult, ReaderSlip, ReaderSlipLine } from "../reader.ts";
import type { ZvtMessage } from "./apdu.ts";
import { zvtMessage } from "./apdu.ts";
import { referenceOf } from "./reference.ts";
import { answerTo, refuse, resultName, unasked } from "./session-late.ts";
import type {
  CommandEnd,
  Course,
  Dialogue,
  SessionConfig,
  SessionEffect,
  SessionEvent,
  SessionState,
  SessionStep,
  ZvtCommand,
} from "./session.ts";
import { ANSWER, ANSWER_MS, INBOX_LEN_MAX } from "./session.ts";
import { SLIP_LINES_MAX, printedBlock, printedLine, promptOf, statusFacts } from "./status.ts";
import type { StatusFacts } from "./status.ts";

type Running = Extract<SessionState, { kind: "running" }>;

/** Before anything has happened. */
export const COURSE_START: Course = {
  facts: undefined,
  accepted: undefined,
  isRefused: false,
  isSlipRefused: false,
};

/** The terminal has said yes to the command. */
export function beginDialogue(
  known: string,
  command: ZvtCommand,
  { canAbort }: SessionConfig,
): { readonly state: Running; readonly effects: readonly SessionEffect[] } {
  const prompt: ReaderPrompt = { step: "processing", text: "", canCancel: canAbort };
  const rest = {
    waiting: undefined,
    isOwing: false,
    inbox: [],
    lines: [],
    slipCount: 0,
    isCancelSent: false,
  };
  return {
    state: {
      kind: "running",
      known,
      dialogue: { command, course: COURSE_START, prompt, ...rest, t4Ms: command.t4Ms },
    },
    effects: [{ kind: "show", prompt }],
  };
}

/** The next state of a running command. */
export function stepDialogue(state: Running, event: SessionEvent, config: SessionConfig): SessionStep {
  const { dialogue } = state;
  switch (event.kind) {
    case "message":
      return dialogue.waiting === undefined
        ? heardInDialogue(state, event.message, config)
        : heardWhileAsking(state, event.message, config);
    case "taken":
      return onTaken(state, event.word, config);
    case "slip_kept":
      return onSlipKept(state, event.isKept, config);
    case "cancel":
      return onCancel(state);
    case "timed_out":
      return onTimeout(state, event.timer);
    case "down":
      return finish(state, { kind: "doubt", code: event.code, hasLeft: true });
    case "start":
    case "arrived":
      return { state, effects: [] };
  }
}

/** One message, with nothing asked of the desk. */
function heardInDialogue(state: Running, message: ZvtMessage, config: SessionConfig): SessionStep {
  const { expectsResults, takesSlips } = state.dialogue.command;
  switch (message.name) {
    case "intermediate_status":
      return onIntermediate(state, message, config);
    case "status_information":
      return expectsResults ? onResult(state, message, config) : onStranger(state, message, config);
    case "print_line":
    case "print_text_block":
      return takesSlips ? onPaper(state, message) : onStranger(state, message, config);
    case "completion":
      return onCompletion(state, message);
    case "abort":
      return onAbort(state, message);
    case "done":
      // The answer to 06 B0: how the command ends is said by what ends it.
      return { state, effects: [] };
    case "refused":
      return onLateNo(state, message);
    default:
      return { state, effects: [answerTo(message), armT4(state.dialogue)] };
  }
}

/** D4 */
function onStranger(state: Running, message: ZvtMessage, config: SessionConfig): SessionStep {
  return { state, effects: [...unasked(message, state.known, config), armT4(state.dialogue)] };
}

/** D4. Of 06 B0 a no means nothing; without one, it is the answer to the command. */
function onLateNo(state: Running, message: ZvtMessage): SessionStep {
  if (state.dialogue.isCancelSent) return { state, effects: [] };
  return finish(state, { kind: "refused", result: message.code & 0xff, isDoubled: true });
}

/** D2 */
function heardWhileAsking(state: Running, message: ZvtMessage, config: SessionConfig): SessionStep {
  const { dialogue } = state;
  const { waiting, isOwing, inbox } = dialogue;
  if (message.name === "done" || message.name === "refused") return { state, effects: [] };
  const isAskedAgain =
    !isOwing &&
    waiting?.kind === "take" &&
    message.name === "status_information" &&
    resultName(statusFacts(message), config) === resultName(statusFacts(waiting.message), config);
  if (isAskedAgain) {
    const next = change(state, { isOwing: true, waiting: { ...waiting, message } });
    return { state: next, effects: [{ kind: "arm", timer: "answer", delayMs: ANSWER_MS }] };
  }
  if (inbox.length >= INBOX_LEN_MAX)
    return finish(state, { kind: "doubt", code: "reader/protocol", hasLeft: true });
  return { state: change(state, { inbox: [...inbox, message] }), effects: [] };
}

function onIntermediate(state: Running, message: ZvtMessage, { canAbort }: SessionConfig): SessionStep {
  const { dialogue } = state;
  const { course } = dialogue;
  const { step, text } = promptOf(message);
  const isOver = course.accepted !== undefined || step === "remove_card";
  const prompt = {
    step,
    text,
    canCancel: canAbort && !isOver && !dialogue.isCancelSent && step !== "processing",
  };
  const minutes = message.lead.kind === "intermediate" ? message.lead.minutes : undefined;
  const t4Ms = minutes === undefined || minutes === 0 ? dialogue.t4Ms : minutes * 60_000;
  const next = change(state, { prompt, t4Ms });
  return { state: next, effects: [answerTo(message), armT4(next.dialogue), { kind: "show", prompt }] };
}

// Results.

/** D1, S1 */
function onResult(state: Running, message: ZvtMessage, config: SessionConfig): SessionStep {
  const { dialogue, known } = state;
  const { command, course } = dialogue;
  const facts = statusFacts(message);
  const next = changeCourse(state, { facts });
  if (command.money === null || facts.result !== 0) {
    const effects = [answerTo(message), armT4(dialogue)];
    if (command.endsWith !== "result") return { state: next, effects };
    const end = { kind: "completed", fields: [], status: undefined, ...next.dialogue.course } as const;
    const finished = finish(next, end);
    return { state: finished.state, effects: [answerTo(message), ...finished.effects] };
  }
  // Extra data for a result that was taken, or a copy of it.
  if (course.accepted !== undefined && resultName(facts, config) === known) {
    return { state: next, effects: [answerTo(message), armT4(dialogue)] };
  }
  const result = resultOf(facts, command, config);
  if (result === undefined) {
    const refused = changeCourse(next, { isRefused: true });
    return { state: refused, effects: [refuse(message, ANSWER.refused), armT4(dialogue)] };
  }
  const prompt = { ...dialogue.prompt, step: "processing", canCancel: false } as const;
  return {
    state: change(next, { waiting: { kind: "take", result, message }, isOwing: true, prompt }),
    effects: [
      { kind: "disarm", timer: "t4" },
      { kind: "arm", timer: "answer", delayMs: ANSWER_MS },
      { kind: "show", prompt },
      { kind: "take", result },
    ],
  };
}

/** What the desk is shown; undefined when the terminal did not say how much. */
function resultOf(facts: StatusFacts, command: ZvtCommand, config: SessionConfig): ReaderResult | undefined {
  const { money } = command;
  // A reversal is of the whole, and not every terminal repeats how much that was.
  const amountMinor = facts.amountMinor ?? (money?.kind === "reverse" ? money.amountMinor : undefined);
  if (amountMinor === undefined) return undefined;
  return {
    reference: referenceOf(facts),
    amountMinor,
    currency: currencyOf(facts, config),
    card: facts.card,
    authorisation: facts.authorisation,
    serial: facts.terminal === "" ? config.serial : facts.terminal,
    isOffline: false,
  };
}

/** Letters; the digits when they are of no currency that is known, which then is not what was asked for. */
function currencyOf({ currencyDigits }: StatusFacts, config: SessionConfig): string {
  if (currencyDigits === "") return config.currency;
  return config.currencyOfDigits.get(currencyDigits) ?? currencyDigits.slice(-3);
}

function onTaken(state: Running, word: "accept" | "refuse", config: SessionConfig): SessionStep {
  const { waiting, isOwing } = state.dialogue;
  if (waiting?.kind !== "take") return { state, effects: [] };
  const isAccepted = word === "accept";
  const { facts } = state.dialogue.course;
  const told = changeCourse(
    change(state, { waiting: undefined, isOwing: false }),
    isAccepted ? { accepted: waiting.result, isRefused: false } : { isRefused: true },
  );
  const known = isAccepted && facts !== undefined ? resultName(facts, config) : state.known;
  const next: Running = { ...told, known };
  const answer = isAccepted ? answerTo(waiting.message) : refuse(waiting.message, ANSWER.refused);
  return drain(
    next,
    [{ kind: "disarm", timer: "answer" }, ...(isOwing ? [answer] : []), armT4(next.dialogue)],
    config,
  );
}

// Paper.

/** D3 */
function onPaper(state: Running, message: ZvtMessage): SessionStep {
  const { dialogue } = state;
  const slip =
    message.name === "print_line"
      ? lineByLine(dialogue, message)
      : { ready: printedBlock(message), lines: dialogue.lines };
  const next = change(state, { lines: slip.lines });
  if (slip.ready === undefined || slip.ready.lines.length === 0) {
    return { state: next, effects: [answerTo(message), armT4(dialogue)] };
  }
  return {
    state: change(next, { waiting: { kind: "slip", message }, isOwing: true }),
    effects: [
      { kind: "disarm", timer: "t4" },
      { kind: "arm", timer: "answer", delayMs: ANSWER_MS },
      { kind: "slip", slip: slip.ready },
    ],
  };
}

function lineByLine(
  dialogue: Dialogue,
  message: ZvtMessage,
): { readonly ready: ReaderSlip | undefined; readonly lines: readonly ReaderSlipLine[] } {
  const printed = printedLine(message);
  const lines = [...dialogue.lines, ...printed.lines].slice(0, SLIP_LINES_MAX);
  if (!printed.isLast) return { ready: undefined, lines };
  const { slipCopies } = dialogue.command;
  const copy = slipCopies[Math.min(dialogue.slipCount, slipCopies.length - 1)] ?? "admin";
  return { ready: { copy, lines }, lines: [] };
}

function onSlipKept(state: Running, isKept: boolean, config: SessionConfig): SessionStep {
  const { waiting, isOwing, slipCount } = state.dialogue;
  if (waiting?.kind !== "slip") return { state, effects: [] };
  const rest = change(state, { waiting: undefined, isOwing: false, slipCount: slipCount + 1 });
  const next = isKept ? rest : changeCourse(rest, { isSlipRefused: true });
  const answer = isKept ? answerTo(waiting.message) : refuse(waiting.message, ANSWER.printerNotReady);
  return drain(
    next,
    [{ kind: "disarm", timer: "answer" }, ...(isOwing ? [answer] : []), armT4(next.dialogue)],
    config,
  );
}

// Ends.

function onCompletion(state: Running, message: ZvtMessage): SessionStep {
  const { fields, lead } = message;
  const status = lead.kind === "status" ? lead.status : undefined;
  const step = finish(state, { kind: "completed", fields, status, ...state.dialogue.course });
  return { state: step.state, effects: [answerTo(message), ...step.effects] };
}

function onAbort(state: Running, message: ZvtMessage): SessionStep {
  const result = message.lead.kind === "result" ? message.lead.result : 0xff;
  const step = finish(state, { kind: "aborted", result, fields: message.fields, ...state.dialogue.course });
  return { state: step.state, effects: [answerTo(message), ...step.effects] };
}

/** Best effort, once: how it ends is for the terminal to say. */
function onCancel(state: Running): SessionStep {
  const { dialogue } = state;
  if (dialogue.isCancelSent || !dialogue.prompt.canCancel) return { state, effects: [] };
  const prompt = { ...dialogue.prompt, canCancel: false };
  return {
    state: change(state, { isCancelSent: true, prompt }),
    effects: [
      { kind: "send", message: zvtMessage("abort_by_register") },
      { kind: "show", prompt },
    ],
  };
}

function onTimeout(state: Running, timer: "t3" | "t4" | "answer"): SessionStep {
  const { waiting, isOwing } = state.dialogue;
  if (timer === "t4" && waiting === undefined)
    return finish(state, { kind: "doubt", code: "reader/no_answer", hasLeft: true });
  if (timer !== "answer" || waiting === undefined || !isOwing) return { state, effects: [] };
  // D2. Text cannot be asked for again: its answer is late, and the terminal decides what that means.
  const slow: SessionEffect = { kind: "count", what: "desk_slow" };
  if (waiting.kind === "slip") return { state, effects: [slow] };
  return { state: change(state, { isOwing: false }), effects: [slow, refuse(waiting.message, ANSWER.wait)] };
}

function finish(state: Running, end: CommandEnd): SessionStep {
  return {
    state: { kind: "idle", known: state.known },
    effects: [
      { kind: "disarm", timer: "t4" },
      { kind: "disarm", timer: "answer" },
      { kind: "finish", end },
    ],
  };
}

/** What came while the desk was asked, until it is asked again or the command has ended. */
function drain(state: Running, effects: readonly SessionEffect[], config: SessionConfig): SessionStep {
  let current: SessionState = state;
  const all = [...effects];
  let waiting: readonly ZvtMessage[] = state.dialogue.inbox;
  while (current.kind === "running" && current.dialogue.waiting === undefined && waiting.length > 0) {
    const [message, ...rest] = waiting;
    waiting = rest;
    if (message === undefined) break;
    const step: SessionStep = heardInDialogue(change(current, { inbox: rest }), message, config);
    current = step.state;
    all.push(...step.effects);
  }
  // An end may have more behind it: that is answered, and means nothing.
  if (current.kind === "idle") all.push(...waiting.map(answerTo));
  return { state: current, effects: all };
}

function change(state: Running, part: Partial<Dialogue>): Running {
  return { ...state, dialogue: { ...state.dialogue, ...part } };
}

function changeCourse(state: Running, part: Partial<Course>): Running {
  return change(state, { course: { ...state.dialogue.course, ...part } });
}

function armT4({ t4Ms }: Dialogue): SessionEffect {
  return { kind: "arm", timer: "t4", delayMs: t4Ms };
}
