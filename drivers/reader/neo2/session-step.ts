/**
 * The session with one NEO 2 as a pure machine: what to do next, given what happened. No clock, no port,
 * no bytes.
 *
 *   down -> opening -> greeting (05-01, 01-01, 12-01, 29-00) -> idle
 *   idle -> activating (02-40) -> authorising -> taking -> idle        -> stopping (05-01) -> idle
 *   idle -> polling (2C-01, 2C-02 ..., 2C-01) -> idle
 *   any, the link lost -> resting -> opening
 *
 * N1  A NEO 2 moves no money. Until the host was asked, every end of a payment is final, also a cut one;
 *     from then on only the host's word is, and the reader's link does not matter.
 * N2  One command is outstanding. While 02-40 runs nothing is sent but 05-01, and its reply is awaited.
 * N3  A card that came readable is charged by nobody, and its reader is not used until it was unplugged.
 * N4  Every state but down, closed, idle and taking has a timer running.
 */

import type { ReaderDeclineCode, ReaderEnd, ReaderFaultCode, ReaderPrompt } from "../reader.ts";
import {
  COMMANDS,
  PASS_THROUGH_OFF,
  PASS_THROUGH_ON,
  POLL_ON_DEMAND,
  RESET_SILENTLY,
  tokenWaitData,
} from "./commands.ts";
import type { CommandName } from "./commands.ts";
import type {
  Errand,
  GreetingStage,
  Known,
  Outcome,
  ReplyContent,
  SessionEffect,
  SessionEvent,
  SessionState,
  SessionStep,
  Stop,
} from "./session.ts";
import {
  CONNECTING,
  PRESENT_CARD,
  SESSION_TIMEOUTS,
  arm,
  bare,
  declined,
  errandOutcome,
  lost,
  notSent,
  pause,
  rest,
  send,
  show,
  stay,
  stopped,
} from "./session-words.ts";
import { STATUS, declineOf } from "./status.ts";

const NOTHING = new Uint8Array();
const REFERENCE_CHARS_MAX = 64;

type Of<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;
type Reply = Extract<SessionEvent, { kind: "reply" }>;

/** The state of a session that nobody has asked for anything. */
export const SESSION_START: SessionState = { kind: "down" };

/** True when an errand may be begun; in any other state `start` changes nothing. */
export function canStart(state: SessionState): boolean {
  if (state.kind === "opening" || state.kind === "greeting") return state.errand.kind === "watch";
  return state.kind === "down" || state.kind === "resting" || state.kind === "idle";
}

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepSession(state: SessionState, event: SessionEvent): SessionStep {
  if (state.kind === "closed") return stay(state);
  switch (event.kind) {
    case "start":
      return canStart(state) ? start(state, event.errand) : stay(state);
    case "opened":
      return state.kind === "opening" ? greet({ ...state, isTrusted: true }) : stay(state);
    case "link_down":
      return linkDown(state);
    case "reply":
      return onReply(state, event);
    case "garbled":
      return onGarbled(state);
    case "timed_out":
      return onTimeout(state);
    case "cancel":
      return onCancel(state);
    case "host_answered":
      return state.kind === "authorising" ? onHostAnswer(state, event.answer) : stay(state);
    case "taken":
      return state.kind === "taking" ? onTaken(state, event.verdict) : stay(state);
    case "close":
      return close(state);
  }
}

// Connecting, and who is there.

function start(state: SessionState, errand: Errand): SessionStep {
  if (state.kind === "opening" || state.kind === "greeting") return stay({ ...state, errand });
  if (state.kind !== "idle") return open(errand, state.kind === "resting" ? state.failureCount : 0);
  if (errand.kind === "ready") return greet({ errand, failureCount: 0, isTrusted: state.isTrusted });
  return run(state, errand);
}

function open(errand: Errand, failureCount: number): SessionStep {
  const shown = errand.kind === "pay" || errand.kind === "read_card" ? [show(CONNECTING)] : [];
  return {
    state: { kind: "opening", errand, failureCount },
    effects: [{ kind: "open" }, ...shown, arm(SESSION_TIMEOUTS.openMs)],
  };
}

function greet(from: { errand: Errand; failureCount: number; isTrusted: boolean }): SessionStep {
  const { errand, failureCount, isTrusted } = from;
  return ask({ kind: "greeting", errand, failureCount, isTrusted, stage: "cancel", serial: "" });
}

const GREETING: Readonly<Record<GreetingStage, Uint8Array>> = {
  cancel: RESET_SILENTLY,
  pollMode: POLL_ON_DEMAND,
  serial: NOTHING,
  firmware: NOTHING,
};

function ask(state: Of<"greeting">): SessionStep {
  return { state, effects: send(state.stage, GREETING[state.stage]) };
}

function onGreeting(state: Of<"greeting">, { status, content }: Reply): SessionStep {
  const isOk = status === STATUS.ok;
  switch (state.stage) {
    case "cancel":
      // At rest already is as good: any reply says that nothing runs.
      return ask({ ...state, stage: "pollMode" });
    case "pollMode":
      return isOk ? ask({ ...state, stage: "serial" }) : fail(state, "reader/not_ready");
    case "serial": {
      const serial = isOk && content.kind === "text" ? content.text : "";
      // Two readers without a number could not be told apart.
      return serial === "" ? fail(state, "reader/unsupported") : ask({ ...state, stage: "firmware", serial });
    }
    case "firmware": {
      const model = isOk && content.kind === "text" && content.text !== "" ? content.text : "ID TECH NEO 2";
      const { errand, isTrusted, serial } = state;
      return met({ identity: { model, serial }, isTrusted }, errand);
    }
  }
}

function met(known: Known, errand: Errand): SessionStep {
  const { identity, isTrusted } = known;
  const isReady = isTrusted && errand.kind === "ready";
  const { state, effects } = isReady ? rest(known, { kind: "ready", identity }) : run(known, errand);
  return { state, effects: isTrusted ? [{ kind: "note", problem: null }, ...effects] : effects };
}

function run(known: Known, errand: Errand): SessionStep {
  if (!known.isTrusted) return rest(known, errandOutcome(errand, "reader/unsupported"), "reader/unsupported");
  return errand.kind === "pay" || errand.kind === "read_card" ? begin(known, errand) : rest(known);
}

function begin(known: Known, errand: Extract<Errand, { kind: "pay" | "read_card" }>): SessionStep {
  if (errand.kind === "read_card") {
    const read = { kind: "none", code: "reader/cancelled" } as const;
    const state = { ...bare(known), kind: "polling", stage: "passThrough", read } as const;
    return {
      state: { ...state, pollsLeftCount: errand.pollCount },
      effects: [...send("passThrough", PASS_THROUGH_ON), show(PRESENT_CARD)],
    };
  }
  const { charge } = errand;
  if (charge.serial !== undefined && charge.serial !== known.identity.serial) {
    return rest(known, notSent("reader/swapped"));
  }
  return {
    state: { ...bare(known), kind: "activating", charge, hasCard: false },
    effects: [
      ...send("activate", charge.activation, charge.waitMs + SESSION_TIMEOUTS.cardMs),
      show(PRESENT_CARD),
    ],
  };
}

/** What was asked before there was a link has failed; the link is given up and tried again later. */
function fail(state: Of<"opening" | "greeting">, code: ReaderDeclineCode | ReaderFaultCode): SessionStep {
  const { errand, failureCount } = state;
  const outcome = errandOutcome(errand, code);
  const finish: readonly SessionEffect[] = outcome === undefined ? [] : [{ kind: "finish", outcome }];
  const step = pause(failureCount);
  return { state: step.state, effects: [{ kind: "note", problem: code }, ...step.effects, ...finish] };
}

function linkDown(state: SessionState): SessionStep {
  switch (state.kind) {
    case "opening":
      return fail(state, "reader/unreachable");
    case "greeting":
      return fail(state, "reader/link_lost");
    case "authorising":
    case "taking":
      // N1: the host is asked already; the reader has nothing more to say.
      return { state: { ...state, isUp: false }, effects: [{ kind: "drop" }] };
    case "idle":
      return lost();
    case "activating":
      return lost(notSent("reader/link_lost"));
    case "stopping":
      return lost(stopped(state.stop));
    case "polling":
      return lost({ kind: "card", read: state.read.kind === "uid" ? state.read : NO_CARD_LOST });
    case "down":
    case "resting":
    case "closed":
      return stay(state);
  }
}

const NO_CARD_LOST = { kind: "none", code: "reader/link_lost" } as const;

// Replies.

function onReply(state: SessionState, reply: Reply): SessionStep {
  const { command, content } = reply;
  const outstanding = outstandingOf(state);
  const isAwaited = outstanding !== undefined && COMMANDS[outstanding].command === command;
  if (!isAwaited) return stray(state, content);
  switch (state.kind) {
    case "greeting":
      return onGreeting(state, reply);
    case "activating":
      return reply.status === STATUS.uiEvent ? onCardSeen(state) : onActivated(state, reply);
    case "stopping":
      return rest(state, stopped(state.stop));
    case "polling":
      return onPolled(state, reply);
    default:
      return stray(state, content);
  }
}

/** The command whose reply is awaited (N2). */
export function outstandingOf(state: SessionState): CommandName | undefined {
  switch (state.kind) {
    case "greeting":
      return state.stage;
    case "activating":
      return "activate";
    case "stopping":
      return "cancel";
    case "polling":
      return state.stage === "leaving" ? "passThrough" : state.stage;
    default:
      return undefined;
  }
}

/** A card that comes after 05-01 was sent, or when nobody waits for one, is for nobody. */
function stray(state: SessionState, content: ReplyContent): SessionStep {
  const cryptogram = content.kind === "card" ? content.cryptogram : undefined;
  const wipe: readonly SessionEffect[] = cryptogram === undefined ? [] : [{ kind: "wipe", cryptogram }];
  return { state, effects: [{ kind: "stray" }, ...wipe] };
}

function onCardSeen(state: Of<"activating">): SessionStep {
  const prompt: ReaderPrompt = { step: "processing", text: "", canCancel: true };
  return { state: { ...state, hasCard: true }, effects: [arm(SESSION_TIMEOUTS.cardMs), show(prompt)] };
}

function onActivated(state: Of<"activating">, { status, content }: Reply): SessionStep {
  const isRead = status === STATUS.ok || status === STATUS.onlineRequested;
  if (content.kind !== "card") {
    return rest(state, isRead ? notSent("reader/protocol") : declined(declineOf(status, undefined), ""));
  }
  const { cryptogram, isClear, cardError, facts } = content;
  // N3
  if (isClear) {
    const text = "The reader sends card numbers unencrypted";
    return rest({ ...state, isTrusted: false }, declined("reader/unsupported", text), "reader/unsupported");
  }
  if (isRead && cryptogram !== undefined) {
    const { charge, identity, isTrusted } = state;
    return {
      state: { kind: "authorising", charge, identity, isTrusted, card: facts, isUp: true },
      effects: [
        { kind: "authorise", charge, serial: identity.serial, cryptogram },
        arm(SESSION_TIMEOUTS.hostMs),
        show({ step: "processing", text: "", canCancel: false }),
      ],
    };
  }
  const code = isRead ? "reader/card_unreadable" : declineOf(status, cardError);
  const step = rest(state, declined(code, ""));
  const wipe: readonly SessionEffect[] = cryptogram === undefined ? [] : [{ kind: "wipe", cryptogram }];
  return { state: step.state, effects: [...wipe, ...step.effects] };
}

function onPolled(state: Of<"polling">, { status, content }: Reply): SessionStep {
  if (state.stage === "leaving") return rest(state, { kind: "card", read: state.read });
  if (state.stage === "passThrough") {
    return status === STATUS.ok ? poll(state) : rest(state, { kind: "card", read: NOT_ALLOWED });
  }
  if (status === STATUS.ok && content.kind === "uid" && content.uid !== "") {
    return leave({ ...state, read: { kind: "uid", uid: content.uid } });
  }
  const isNobody = status === STATUS.ok || status === STATUS.timeout;
  if (!isNobody) return leave({ ...state, read: { kind: "none", code: "reader/card_unreadable" } });
  return poll(state);
}

const NOT_ALLOWED = { kind: "none", code: "reader/unsupported" } as const;

function poll(state: Of<"polling">): SessionStep {
  if (state.pollsLeftCount <= 0) return leave(state);
  const { tokenMs } = SESSION_TIMEOUTS;
  return {
    state: { ...state, stage: "pollForToken", pollsLeftCount: state.pollsLeftCount - 1 },
    effects: send("pollForToken", tokenWaitData(tokenMs), tokenMs + COMMANDS.pollForToken.replyMs),
  };
}

function leave(state: Of<"polling">): SessionStep {
  return { state: { ...state, stage: "leaving" }, effects: send("passThrough", PASS_THROUGH_OFF) };
}

// What goes wrong, and who gives up.

function onGarbled(state: SessionState): SessionStep {
  switch (state.kind) {
    case "greeting":
      return fail(state, "reader/protocol");
    case "activating":
      // The reader may be done or not: it is told to rest, and nobody was charged (N1).
      return stop(state, { kind: "fault", code: "reader/protocol" });
    case "polling":
      return lost({ kind: "card", read: { kind: "none", code: "reader/protocol" } });
    default:
      return stay(state);
  }
}

function onTimeout(state: SessionState): SessionStep {
  switch (state.kind) {
    case "resting":
      return open({ kind: "watch" }, state.failureCount);
    case "opening":
      return fail(state, "reader/unreachable");
    case "greeting":
      return fail(state, "reader/no_answer");
    case "activating":
      return stop(state, { kind: "fault", code: "reader/no_answer" });
    case "stopping":
      // It does not answer: the next connection begins with 05-01 as well.
      return lost(stopped(state.stop));
    case "authorising":
      return settled(state, { kind: "unknown", code: "reader/no_answer" });
    case "polling":
      return lost({ kind: "card", read: { kind: "none", code: "reader/no_answer" } });
    default:
      return stay(state);
  }
}

function onCancel(state: SessionState): SessionStep {
  switch (state.kind) {
    case "opening":
    case "greeting": {
      if (state.errand.kind !== "pay" && state.errand.kind !== "read_card") return stay(state);
      const outcome: Outcome =
        state.errand.kind === "pay"
          ? declined("reader/cancelled", "")
          : { kind: "card", read: NO_CARD_CANCELLED };
      return { state: { ...state, errand: { kind: "watch" } }, effects: [{ kind: "finish", outcome }] };
    }
    case "activating":
      return stop(state, { kind: "cancelled" });
    case "polling":
      return stay({ ...state, pollsLeftCount: 0 });
    default:
      return stay(state);
  }
}

const NO_CARD_CANCELLED = { kind: "none", code: "reader/cancelled" } as const;

/** N2: the only command that may be sent while 02-40 runs. */
function stop(state: Of<"activating">, reason: Stop): SessionStep {
  return {
    state: { ...bare(state), kind: "stopping", stop: reason },
    effects: send("cancel", NOTHING),
  };
}

// The host's word.

function onHostAnswer(
  state: Of<"authorising">,
  answer: Extract<SessionEvent, { kind: "host_answered" }>["answer"],
): SessionStep {
  switch (answer.kind) {
    case "declined":
      return settled(state, { kind: "declined", code: "reader/declined", text: answer.text.slice(0, 80) });
    case "unknown":
      return settled(state, { kind: "unknown", code: "reader/unknown_result" });
    case "approved": {
      const { reference, amountMinor, currency, authorisation } = answer;
      // Without a name that a refund can say, it is not known what was approved.
      if (!/^[\x21-\x7e]+$/.test(reference) || reference.length > REFERENCE_CHARS_MAX) {
        return settled(state, { kind: "unknown", code: "reader/unknown_result" });
      }
      const { identity, isTrusted, isUp, card } = state;
      const { serial } = identity;
      const result = { reference, amountMinor, currency, card, authorisation, serial, isOffline: false };
      return {
        state: { kind: "taking", reference, identity, isTrusted, isUp },
        effects: [arm(undefined), { kind: "take", result }],
      };
    }
  }
}

/** The host approved for good: what is refused here is somebody's to settle with the acquirer. */
function onTaken(state: Of<"taking">, verdict: "accept" | "refuse"): SessionStep {
  return verdict === "accept"
    ? settled(state, { kind: "captured", reference: state.reference })
    : settled(state, { kind: "unknown", code: "reader/unknown_result" });
}

function settled(state: Of<"authorising" | "taking">, end: ReaderEnd): SessionStep {
  return state.isUp ? rest(state, { kind: "paid", end }) : lost({ kind: "paid", end });
}

function close(state: SessionState): SessionStep {
  const outcome = closedOutcome(state);
  const finish: readonly SessionEffect[] = outcome === undefined ? [] : [{ kind: "finish", outcome }];
  return { state: { kind: "closed" }, effects: [arm(undefined), { kind: "drop" }, ...finish] };
}

function closedOutcome(state: SessionState): Outcome | undefined {
  switch (state.kind) {
    case "opening":
    case "greeting":
      return errandOutcome(state.errand, "reader/closed");
    case "activating":
      return notSent("reader/closed");
    case "stopping":
      return stopped(state.stop);
    case "authorising":
    case "taking":
      return { kind: "paid", end: { kind: "unknown", code: "reader/closed" } };
    case "polling":
      return { kind: "card", read: { kind: "none", code: "reader/closed" } };
    default:
      return undefined;
  }
}
