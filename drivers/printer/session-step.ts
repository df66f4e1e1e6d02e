/**
 * One job as a pure machine: what to do next, given what happened. No clock, no port, no text. The host
 * performs the effects and feeds events back.
 *
 *   connecting -> asking (DLE EOT 1..4) -> [settling] -> printing (piece, marker, piece, ...) -> ended
 *     asking:    cannot print, drawer job: kicking (real-time pulse, DLE EOT 1) -> ended
 *     printing:  marker does not come: diagnosing (DLE EOT 1..4) -> blocked | printing | ended
 *                no paper, cover open: blocked (asks again and again) -> printing | ended
 *     link lost: pausing -> connecting, as often as the job's patience says, else ended
 *
 * S1  "failed" is said only while nothing of the job has left; from the first piece on it is "unknown".
 * S2  "printed" is said only after the printer answered what was sent after the last piece.
 * S3  Every state but `ended` has a timer running; `ended` has one outcome and gives no effects.
 * S4  On a second connection, answers to markers of the first are waited out (settling) before counting.
 */

import type { PrinterFaultCode } from "../fault.ts";
import { clearHalfCommand, printedMarker, queryStatus } from "./escpos.ts";
import { PROGRESS_START, planPieces } from "./plan.ts";
import type { PrintJob } from "./plan.ts";
import type {
  Bearings,
  Feed,
  PrintOutcome,
  SessionEffect,
  SessionEvent,
  SessionState,
  SessionStep,
} from "./session.ts";
import { STATUS_READER_START, isPaperLow, readStatusByte, statusProblem } from "./status.ts";
import type { PrinterCondition, PrinterReply, StatusAnswers } from "./status.ts";

/** How long each wait may last. The marker of one piece waits for its paper, and for the cutter. */
export const SESSION_TIMEOUTS = {
  connectMs: 5_000,
  statusMs: 2_000,
  writeMs: 10_000,
  markerMs: 20_000,
  /** Silence after which no answer of an earlier connection is still to come (S4). */
  settleMs: 1_000,
  /** Between two questions to a printer that is blocked. */
  pollMs: 2_000,
} as const;

/**
 * Bytes sent ahead of the last answered marker. Less than the smallest receive buffer, so that a write
 * is taken even by a printer that has stopped.
 */
export const UNCONFIRMED_BYTES_MAX = 3_500;

const QUERIES = [1, 2, 3, 4] as const;

type Of<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;
type Live = Exclude<SessionState, { kind: "ended" }>;

/** The first step of a job. */
export function beginSession(job: PrintJob): SessionStep {
  return connect({ job, progress: PROGRESS_START, reader: STATUS_READER_START, paperLow: false });
}

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepSession(state: SessionState, event: SessionEvent): SessionStep {
  if (state.kind === "ended") return stay(state);
  switch (event.kind) {
    case "opened":
      return state.kind === "connecting"
        ? ask({ ...state, kind: "asking", isCleared: false, answers: [] })
        : stay(state);
    case "open_failed":
      return state.kind === "connecting" ? lose(state, "printer/unreachable", true) : stay(state);
    case "link_down":
      return event.code === "printer/closed" ? end(doubt(state, event.code)) : lose(state, event.code, false);
    case "timed_out":
      return onTimeout(state);
    case "written":
      return onWritten(state);
    case "received":
      return onReceived(state, event.bytes);
    case "kick":
      return state.kind === "blocked" ? kickWhileBlocked(state, event.pulse) : stay(state);
  }
}

/** Bytes of this input that mean nothing to the session's reader; for the link's counters. */
export function garbageByteCount(state: SessionState, bytes: Uint8Array): number {
  let reader = state.kind === "ended" ? STATUS_READER_START : state.reader;
  let count = 0;
  for (const value of bytes) {
    const [next, reply] = readStatusByte(reader, value);
    reader = next;
    if (reply.kind === "garbage") count += 1;
  }
  return count;
}

function onTimeout(state: Live): SessionStep {
  switch (state.kind) {
    case "connecting":
      return lose(state, "printer/unreachable", true);
    case "pausing":
      return connect(state);
    case "asking":
      // A command that was cut in two on the last connection may have swallowed the question.
      return state.progress.hasLeft && !state.isCleared
        ? {
            state: { ...state, isCleared: true },
            effects: send(clearHalfCommand(), SESSION_TIMEOUTS.statusMs),
          }
        : lose(state, "printer/timeout", true);
    case "settling":
      return pump(startFeed(state));
    case "printing":
      return state.feed.isWriting
        ? lose(state, "printer/timeout", false)
        : ask({ ...state, kind: "diagnosing", answers: [] });
    case "diagnosing":
    case "kicking":
      return lose(state, "printer/timeout", false);
    case "blocked":
      return onBlockedTimeout(state);
  }
}

function onWritten(state: Live): SessionStep {
  if (!("feed" in state) || state.feed === undefined) return stay(state);
  const feed = { ...state.feed, isWriting: false };
  return state.kind === "printing" ? pump({ ...state, feed }) : stay({ ...state, feed });
}

function onReceived(state: Live, bytes: Uint8Array): SessionStep {
  let current: SessionState = state;
  const effects: SessionEffect[] = [];
  for (const value of bytes) {
    if (current.kind === "ended") break;
    const [reader, reply] = readStatusByte(current.reader, value);
    const step: SessionStep = onReply({ ...current, reader }, reply);
    current = step.state;
    effects.push(...step.effects);
  }
  return { state: current, effects };
}

function onReply(state: Live, reply: PrinterReply): SessionStep {
  switch (reply.kind) {
    case "marker":
      return onMarker(state);
    case "realtime":
      return onRealtime(state, reply.value);
    case "automatic":
      return onAutomatic(state, reply.condition);
    case "partial":
    case "garbage":
      return stay(state);
  }
}

function onMarker(state: Live): SessionStep {
  if (state.kind === "settling") return { state, effects: [arm(SESSION_TIMEOUTS.settleMs)] };
  if (!("feed" in state) || state.feed === undefined) return stay(state);
  const { feed } = state;
  const piece = feed.pieces[feed.confirmedCount];
  // A marker that nobody has asked for means nothing.
  if (piece === undefined || feed.confirmedCount >= feed.sentCount) return stay(state);
  const progress = { ...state.progress, doneCount: Math.max(state.progress.doneCount, piece.doneCount) };
  const { job, reader, paperLow } = state;
  const next = { ...feed, confirmedCount: feed.confirmedCount + 1 };
  // Also a printer that was only slow, or has its paper back: its marker comes while we ask.
  return pump({ kind: "printing", job, progress, reader, paperLow, feed: next });
}

function onRealtime(state: Live, value: number): SessionStep {
  if (state.kind === "kicking") return printed(state);
  if (state.kind !== "asking" && state.kind !== "diagnosing" && state.kind !== "blocked") return stay(state);
  if (state.kind === "blocked" && !state.isAsking) return stay(state);
  const answers = [...state.answers, value];
  const [printer, offline, error, paper] = answers;
  if (printer === undefined || offline === undefined || error === undefined || paper === undefined) {
    return onPart({ ...state, answers });
  }
  const all: StatusAnswers = [printer, offline, error, paper];
  const condition = { problem: statusProblem(all), paperLow: isPaperLow(paper) };
  return tell(condition, onCondition({ ...state, paperLow: condition.paperLow }, condition));
}

function onPart(state: Of<"asking" | "diagnosing" | "blocked">): SessionStep {
  if (state.kind !== "blocked" || !state.isKicking) return ask(state);
  const step = ask({ ...state, isKicking: false });
  return { state: step.state, effects: [{ kind: "kicked" }, ...step.effects] };
}

function onCondition(
  state: Of<"asking" | "diagnosing" | "blocked">,
  condition: PrinterCondition,
): SessionStep {
  const { problem } = condition;
  if (state.kind === "blocked") return problem === undefined ? unblock(state) : waitOn(state, problem);
  if (state.kind === "asking") return problem === undefined ? ready(state) : notReady(state, problem);
  if (problem !== undefined) return block(state, problem);
  // It is well, and yet it does not answer the marker: what was sent is gone, as after a power cut.
  return canGoOn(state) ? startOver(state) : end(doubt(state, "printer/timeout"));
}

function onAutomatic(state: Live, condition: PrinterCondition): SessionStep {
  const { problem } = condition;
  const next = { ...state, paperLow: condition.paperLow };
  if (next.kind === "printing" && problem !== undefined && next.job.patience.blockedMs > 0) {
    return tell(condition, block(next, problem));
  }
  if (next.kind === "blocked" && !next.isAsking) {
    const step = problem === undefined ? unblock(next) : stay({ ...next, code: problem });
    return tell(condition, step);
  }
  return tell(condition, stay(next));
}

// Before and between connections.

function connect(bearings: Bearings): SessionStep {
  const { job, progress } = bearings;
  const state = { kind: "connecting", job, progress, reader: STATUS_READER_START, paperLow: false } as const;
  return { state, effects: [{ kind: "open" }, arm(SESSION_TIMEOUTS.connectMs)] };
}

/** S1. The printer was away when nobody answered a new connection: then it has lost what it held. */
function lose(state: Live, code: PrinterFaultCode, wasAway: boolean): SessionStep {
  const { job, progress } = state;
  const delayMs = job.patience.reconnectDelaysMs[progress.lostCount];
  if (!canGoOn(state) || delayMs === undefined) return end(doubt(state, code));
  const mustReprint = progress.mustReprint || wasAway;
  const next = { ...progress, lostCount: progress.lostCount + 1, mustReprint };
  return {
    state: { kind: "pausing", job, progress: next, reader: STATUS_READER_START, paperLow: false },
    effects: [{ kind: "drop" }, arm(delayMs)],
  };
}

function canGoOn({ job, progress }: Live): boolean {
  const isLeft = progress.lostCount < job.patience.reconnectDelaysMs.length;
  return progress.hasLeft && job.marks !== undefined && isLeft;
}

function ready(state: Of<"asking">): SessionStep {
  if (state.job.chunks.length === 0) return printed(state);
  return state.progress.hasLeft ? settle(state) : pump(startFeed(state));
}

function notReady(state: Of<"asking">, problem: PrinterFaultCode): SessionStep {
  const { job, progress } = state;
  if (progress.hasLeft) return block(state, problem);
  return job.whenBlocked === undefined
    ? end({ kind: "failed", code: problem })
    : kick({ ...state, kind: "kicking" }, job.whenBlocked);
}

/** S4. */
function settle(state: Bearings): SessionStep {
  const { job, progress, reader, paperLow } = state;
  return {
    state: { kind: "settling", job, progress, reader, paperLow },
    effects: [arm(SESSION_TIMEOUTS.settleMs)],
  };
}

/** The buffer is lost but the link stands: the whole again, below a mark, on this connection. */
function startOver(state: Bearings): SessionStep {
  const { progress } = state;
  const next = { ...progress, lostCount: progress.lostCount + 1, mustReprint: true };
  return settle({ ...state, progress: next });
}

// While printing.

function startFeed(state: Bearings): Of<"printing"> {
  const { job, reader, paperLow } = state;
  const { pieces, progress } = planPieces(job, state.progress);
  const feed = { pieces, sentCount: 0, confirmedCount: 0, isWriting: false };
  return { kind: "printing", job, progress, reader, paperLow, feed };
}

/** Sends what may be sent; S2 when nothing is left to confirm. */
function pump(state: Of<"printing">): SessionStep {
  const { feed } = state;
  if (feed.confirmedCount === feed.pieces.length) return printed(state);
  const piece = feed.pieces[feed.sentCount];
  if (feed.isWriting) return { state, effects: [arm(SESSION_TIMEOUTS.writeMs)] };
  if (piece === undefined || !fits(feed, piece.bytes.length)) {
    return { state, effects: [arm(SESSION_TIMEOUTS.markerMs)] };
  }
  const bytes = Uint8Array.from([...piece.bytes, ...printedMarker()]);
  return {
    state: { ...state, feed: { ...feed, sentCount: feed.sentCount + 1, isWriting: true } },
    effects: send(bytes, SESSION_TIMEOUTS.writeMs),
  };
}

function fits(feed: Feed, byteCount: number): boolean {
  const ahead = feed.pieces.slice(feed.confirmedCount, feed.sentCount);
  const aheadBytes = ahead.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return ahead.length === 0 || aheadBytes + byteCount <= UNCONFIRMED_BYTES_MAX;
}

// While people are needed.

function block(state: Of<"asking" | "printing" | "diagnosing">, code: PrinterFaultCode): SessionStep {
  const { job, progress, reader, paperLow } = state;
  if (job.patience.blockedMs <= 0) return end(doubt(state, code));
  const feed = "feed" in state ? state.feed : undefined;
  const idle = { waitedMs: 0, isAsking: false, isKicking: false, answers: [] } as const;
  return {
    state: { kind: "blocked", job, progress, reader, paperLow, feed, code, ...idle },
    effects: [arm(SESSION_TIMEOUTS.pollMs)],
  };
}

function onBlockedTimeout(state: Of<"blocked">): SessionStep {
  if (state.isAsking) return lose(state, "printer/timeout", false);
  const waitedMs = state.waitedMs + SESSION_TIMEOUTS.pollMs;
  if (waitedMs >= state.job.patience.blockedMs) return end(doubt(state, state.code));
  return ask({ ...state, waitedMs, isAsking: true, answers: [] });
}

function waitOn(state: Of<"blocked">, code: PrinterFaultCode): SessionStep {
  return { state: { ...state, code, isAsking: false, answers: [] }, effects: [arm(SESSION_TIMEOUTS.pollMs)] };
}

/** The printer goes on with what it holds; the next marker says so, or does not. */
function unblock(state: Of<"blocked">): SessionStep {
  const { job, progress, reader, paperLow, feed } = state;
  if (feed === undefined) return settle(state);
  return pump({ kind: "printing", job, progress, reader, paperLow, feed });
}

function kickWhileBlocked(state: Of<"blocked">, pulse: Uint8Array): SessionStep {
  return kick({ ...state, isAsking: true, isKicking: true, answers: [] }, pulse);
}

/** Real-time commands are carried out in the order they come, so the answer says that the pulse was given. */
function kick(state: Live, pulse: Uint8Array): SessionStep {
  return { state, effects: send(Uint8Array.from([...pulse, ...queryStatus(1)]), SESSION_TIMEOUTS.statusMs) };
}

function ask(state: Of<"asking" | "diagnosing" | "blocked">): SessionStep {
  const query = QUERIES[state.answers.length] ?? 1;
  return { state, effects: send(queryStatus(query), SESSION_TIMEOUTS.statusMs) };
}

function send(bytes: Uint8Array, delayMs: number): readonly SessionEffect[] {
  return [{ kind: "send", bytes }, arm(delayMs)];
}

function arm(delayMs: number): SessionEffect {
  return { kind: "arm", delayMs };
}

function tell(condition: PrinterCondition, { state, effects }: SessionStep): SessionStep {
  return { state, effects: [{ kind: "tell", condition }, ...effects] };
}

function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

function printed({ paperLow, progress }: Live): SessionStep {
  const { mark } = progress;
  return end({ kind: "printed", paperLow, ...(mark === "none" ? {} : { mark }) });
}

function end(outcome: PrintOutcome): SessionStep {
  return { state: { kind: "ended", outcome }, effects: [{ kind: "finish", outcome }] };
}

/** S1: what waits for a first answer has sent nothing but questions; a pulse may have been given. */
function doubt(state: Live, code: PrinterFaultCode): PrintOutcome {
  const isClean = !state.progress.hasLeft && state.kind !== "kicking";
  return isClean ? { kind: "failed", code } : { kind: "unknown", code };
}
