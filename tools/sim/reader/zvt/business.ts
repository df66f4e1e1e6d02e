/**
 * How a business runs through a simulated ZVT terminal: card, PIN, host, result, slips, the till's
 * answers, and what is taken back when they do not come or say no.
 *
 * B1  Before the host is asked, what is asked is in memory (N1); what must be taken back stays there
 *     until the host said yes (N2).
 * B2  "older" stands once the result and all print commands were acknowledged; the others stand as soon
 *     as the host approved.
 * B3  A till that refuses in words gets its business taken back by every generation.
 */

import { cardOf, lastFourOf } from "../cards.ts";
import { INTERMEDIATE, RESULT, CONFIG } from "./behaviour.ts";
import { numberAfter } from "./memory.ts";
import type { ToReverse, Turnover } from "./memory.ts";
import type { StatusFields, TerminalBody } from "./messages.ts";
import { fieldsOf, momentOf, totalsOf } from "./results.ts";
import { noteBooking, noteReversal, toBeReversed } from "./notes.ts";
import { businessSlips, daySlips } from "./slip.ts";
import type { AfterReversals, HolderAct, HostAnswer, HostNext, HostRequest, Next } from "./state.ts";
import type { Turn } from "./turn.ts";

const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ["0978", "EUR"],
  ["0156", "CNY"],
  ["0840", "USD"],
  ["0826", "GBP"],
  ["0756", "CHF"],
]);

/** Says all of it, one after the other, each answered by the till; then goes on. */
export function tell(turn: Turn, bodies: readonly TerminalBody[], next: Next): void {
  const { isTillGone, memory } = turn.state;
  const bits = memory.registration?.configBits ?? 0;
  const queue = bodies.filter((body) => body.kind !== "intermediate" || (bits & CONFIG.INTERMEDIATE) !== 0);
  const [head] = queue;
  if (head === undefined) proceed(turn, next);
  else if (isTillGone) unanswered(turn, head, queue, next);
  else {
    turn.enter({ kind: "telling", queue, next });
    turn.say(head);
  }
}

/** The present business was asked of the host: what is told of it is a result. */
function hasHostRef(turn: Turn): boolean {
  const { business } = turn.state;
  return business !== null && business.hostRef !== null;
}

/** Ends the command: everything was said. */
export function rest(turn: Turn): void {
  turn.update({ business: null, isTillGone: false, isAborting: false });
  turn.enter({ kind: "idle" });
}

/** The business did not come to be: its result, then 06 1E. */
export function fail(turn: Turn, code: number, text = ""): void {
  const fields: StatusFields = {
    resultCode: code,
    terminalId: turn.behaviour.terminalId,
    ...(text === "" ? {} : { text }),
  };
  const isCard = turn.state.business !== null && turn.state.business.kind !== "read_card";
  const told: readonly TerminalBody[] =
    turn.behaviour.tellsFailures && isCard ? [{ kind: "status", fields }] : [];
  turn.update({ business: null });
  tell(turn, [...told, { kind: "aborted", code }], { kind: "idle" });
}

/** The till answered what was said last. */
export function answered(turn: Turn, code: number): void {
  const { phase } = turn.state;
  if (phase.kind !== "telling") {
    turn.count("unexpected");
    return;
  }
  const [head, ...queue] = phase.queue;
  const isResult = head?.kind === "status" || head?.kind === "print_line" || head?.kind === "print_block";
  if (isResult && code !== 0 && hasHostRef(turn)) {
    if (code === RESULT.WAIT && head.kind === "status") {
      turn.enter({ ...phase, kind: "asking_again" }, turn.behaviour.askAgainMs);
      return;
    }
    const said = code === RESULT.PRINTER_NOT_READY ? RESULT.PRINTER_NOT_READY : RESULT.CANCELLED;
    takeBack(turn, "refused by the till", { kind: "abort", code: said });
    return;
  }
  tellOn(turn, queue, phase.next);
}

/** The rest of what is to be said; what was filtered out before is gone already. */
export function tellOn(turn: Turn, queue: readonly TerminalBody[], next: Next): void {
  const [head] = queue;
  if (head === undefined) proceed(turn, next);
  else {
    turn.enter({ kind: "telling", queue, next });
    turn.say(head);
  }
}

/** Nobody answered `head`, or nobody is there. */
export function unanswered(turn: Turn, head: TerminalBody, queue: readonly TerminalBody[], next: Next): void {
  const { memory } = turn.state;
  if (head.kind === "intermediate") {
    const rest_ = queue.slice(1);
    if (rest_.length === 0) proceed(turn, next);
    else if (turn.state.isTillGone) tell(turn, rest_, next);
    else tellOn(turn, rest_, next);
    return;
  }
  if (memory.pending?.stage === "approved" && hasHostRef(turn)) {
    takeBack(turn, "not acknowledged by the till", { kind: "idle" });
    return;
  }
  rest(turn);
}

/** What follows when everything was told. */
function proceed(turn: Turn, next: Next): void {
  const { behaviour, state } = turn;
  switch (next.kind) {
    case "idle":
      rest(turn);
      return;
    case "card":
    case "pin":
      if (state.isAborting) fail(turn, RESULT.CANCELLED);
      else turn.enter({ kind: next.kind }, behaviour.cardWaitMs);
      return;
    case "authorise":
      authorise(turn);
      return;
    case "commit":
      commit(turn);
      return;
    case "removal":
      turn.enter({ kind: "removal" }, behaviour.removalWaitMs);
      return;
    case "ask":
      ask(turn, next.request, next.next);
      return;
  }
}

/** Calls the host. */
export function ask(turn: Turn, request: HostRequest, next: HostNext): void {
  turn.enter({ kind: "host", request, next });
  turn.outputs.push({ kind: "ask_host", request });
}

/** Asks for a card. */
export function presentCard(turn: Turn): void {
  tell(
    turn,
    [
      {
        kind: "intermediate",
        code: INTERMEDIATE.INSERT_CARD,
        timeoutMinutes: turn.behaviour.cardWaitMinutes,
        text: "Bitte Karte",
      },
    ],
    { kind: "card" },
  );
}

/** What the card holder does. */
export function holderActs(turn: Turn, act: HolderAct): void {
  const { phase, business } = turn.state;
  if (act.kind === "remove") {
    turn.update({ isCardIn: false });
    if (phase.kind === "removal") complete(turn);
    else if (phase.kind === "pin") fail(turn, RESULT.UNREADABLE);
    return;
  }
  if (business === null) {
    if (act.kind === "present" && act.technology === "chip") turn.update({ isCardIn: true });
    return;
  }
  if (act.kind === "stop" && (phase.kind === "card" || phase.kind === "pin")) fail(turn, RESULT.CANCELLED);
  else if (act.kind === "present" && phase.kind === "card") cardCame(turn, act);
  else if (act.kind === "pin" && phase.kind === "pin") pinCame(turn, act.isRight);
}

function cardCame(turn: Turn, act: HolderAct & { readonly kind: "present" }): void {
  const { business } = turn.state;
  const card = cardOf(act.cardKey);
  if (business === null || card === undefined) return;
  turn.update({ isCardIn: act.technology === "chip" });
  if (!card.isReadable) {
    fail(turn, RESULT.UNREADABLE);
    return;
  }
  if (business.kind === "read_card") {
    const fields = { resultCode: 0, terminalId: turn.behaviour.terminalId, uid: card.uid };
    turn.update({ business: null });
    tell(turn, [{ kind: "status", fields }], { kind: "idle" });
    return;
  }
  const asks = act.technology === "contactless" ? card.tapAsks : card.chipAsks;
  const verification = asks === "pin" ? 2 : asks === "signature" ? 1 : 0;
  turn.update({ business: { ...business, cardKey: card.key, technology: act.technology, verification } });
  if (asks === "pin") tell(turn, [intermediate(INTERMEDIATE.WATCH_PIN_PAD)], { kind: "pin" });
  else tell(turn, [intermediate(INTERMEDIATE.ASKING_HOST)], { kind: "authorise" });
}

function pinCame(turn: Turn, isRight: boolean): void {
  const { business } = turn.state;
  if (business === null) return;
  if (isRight) {
    tell(turn, [intermediate(INTERMEDIATE.ASKING_HOST)], { kind: "authorise" });
    return;
  }
  const wrongPinCount = business.wrongPinCount + 1;
  if (wrongPinCount >= turn.behaviour.pinTriesMax) {
    fail(turn, RESULT.WRONG_PIN, "PIN falsch");
    return;
  }
  // A whole further round in the same command: a result that is not the last word.
  turn.update({ business: { ...business, wrongPinCount } });
  const fields = { resultCode: RESULT.WRONG_PIN, terminalId: turn.behaviour.terminalId };
  tell(
    turn,
    [
      { kind: "status", fields },
      intermediate(INTERMEDIATE.WRONG_PIN),
      intermediate(INTERMEDIATE.WATCH_PIN_PAD),
    ],
    { kind: "pin" },
  );
}

function authorise(turn: Turn): void {
  const { business, memory } = turn.state;
  const card = cardOf(business?.cardKey ?? "");
  if (business === null || business.kind === "read_card" || card === undefined) return;
  const hostRef = String(memory.nextHostRef);
  const { kind, amountMinor, technology, verification } = business;
  const turnover: Turnover = {
    kind,
    hostRef,
    amountMinor,
    cardKey: card.key,
    technology,
    verification,
    receipt: 0,
    trace: memory.nextTrace,
    originalTrace: null,
    ...momentOf(turn.nowMs),
    isOver: false,
  };
  turn.remember({
    nextHostRef: memory.nextHostRef + 1,
    nextTrace: memory.nextTrace + 1,
    pending: { stage: "asked", turnover },
  });
  turn.update({ business: { ...business, hostRef } });
  const request = {
    kind: kind === "charge" ? "authorise" : kind,
    ref: hostRef,
    amountMinor,
    currency: CURRENCIES.get(turn.behaviour.currency) ?? "XXX",
    card: { brand: card.brand, lastFour: lastFourOf(card) },
    issuerCode: card.issuerCode,
  } as const;
  ask(turn, request, { kind: "authorised" });
}

/** The host answered, or did not. */
export function hostAnswered(turn: Turn, answer: HostAnswer): void {
  const { phase } = turn.state;
  if (phase.kind !== "host") return;
  switch (phase.next.kind) {
    case "authorised":
      authorised(turn, answer);
      return;
    case "reversed":
      reversed(turn, answer, phase.next.after);
      return;
    case "booked":
      booked(turn, answer, phase.next.receipt, phase.next.amountMinor);
      return;
    case "totalled":
      totalled(turn, answer, phase.next.endsDay);
      return;
    case "pinged":
      if (answer.kind === "approved") complete(turn);
      else fail(turn, RESULT.HOST_UNREACHABLE);
      return;
  }
}

function authorised(turn: Turn, answer: HostAnswer): void {
  const { memory } = turn.state;
  const { pending } = memory;
  if (pending === null) return;
  if (answer.kind !== "approved") {
    const mayStand: readonly ToReverse[] =
      answer.kind === "silent"
        ? [{ hostRef: pending.turnover.hostRef, reason: "no answer of the host", isAsked: false }]
        : [];
    turn.remember({ pending: null, toReverse: [...memory.toReverse, ...mayStand] });
    if (answer.kind === "declined") fail(turn, answer.code, answer.text);
    else fail(turn, RESULT.HOST_UNREACHABLE);
    return;
  }
  const turnover = { ...pending.turnover, receipt: memory.nextReceipt };
  const nextReceipt = numberAfter(memory.nextReceipt);
  if (turn.behaviour.generation === "older")
    turn.remember({ nextReceipt, pending: { stage: "approved", turnover } });
  else turn.remember({ nextReceipt, pending: null, turnovers: [...memory.turnovers, turnover] });
  tellTurnover(turn, turnover);
}

/** Tells of a business that stands or will: its result and its slips, or what `wants` asks for of them. */
export function tellTurnover(
  turn: Turn,
  turnover: Turnover,
  wants: { readonly wantsStatus: boolean; readonly wantsPrint: boolean } = {
    wantsStatus: true,
    wantsPrint: true,
  },
): void {
  const { behaviour, state } = turn;
  const result: readonly TerminalBody[] = [{ kind: "status", fields: fieldsOf(turnover, behaviour) }];
  const slips = businessSlips(turnover, behaviour, state.memory);
  tell(turn, [...(wants.wantsStatus ? result : []), ...(wants.wantsPrint ? slips : [])], { kind: "commit" });
}

function commit(turn: Turn): void {
  const { memory, isCardIn } = turn.state;
  if (memory.pending !== null)
    turn.remember({ pending: null, turnovers: [...memory.turnovers, memory.pending.turnover] });
  if (isCardIn && turn.state.business !== null)
    tell(turn, [intermediate(INTERMEDIATE.REMOVE_CARD)], { kind: "removal" });
  else complete(turn);
}

/** The last word of a command that came to its end. */
export function complete(turn: Turn): void {
  turn.update({ business: null });
  tell(turn, [{ kind: "completed" }], { kind: "idle" });
}

/** Takes the present business back at the host. */
function takeBack(turn: Turn, reason: string, after: AfterReversals): void {
  const { business, memory } = turn.state;
  const hostRef = business?.hostRef ?? "";
  turn.update({ business: null });
  if (memory.pending !== null) turn.remember({ turnovers: [...memory.turnovers, memory.pending.turnover] });
  turn.remember({ pending: null });
  toBeReversed(turn, hostRef, reason);
  takeBackAll(turn, after);
}

/** Takes back what is to be taken back, oldest first; then goes on. */
export function takeBackAll(turn: Turn, after: AfterReversals): void {
  const { memory } = turn.state;
  const [first] = memory.toReverse;
  if (first === undefined) {
    afterReversals(turn, after);
    return;
  }
  const ref = String(memory.nextHostRef);
  turn.remember({ nextHostRef: memory.nextHostRef + 1 });
  ask(turn, { kind: "reverse", ref, of: first.hostRef, reason: first.reason }, { kind: "reversed", after });
}

function reversed(turn: Turn, answer: HostAnswer, after: AfterReversals): void {
  const { memory } = turn.state;
  const [first, ...toReverse] = memory.toReverse;
  if (first === undefined) return;
  if (answer.kind === "approved" || answer.kind === "declined") {
    turn.remember({ toReverse });
    if (first.isAsked || turn.behaviour.repeatsReversals) noteReversal(turn, first);
    takeBackAll(turn, after);
  } else if (after.kind === "told_reversal" && first.isAsked && answer.kind === "silent") {
    // It may have happened: it is said to have, and tried until it has.
    turn.remember({ toReverse: [{ ...first, isAsked: false }, ...toReverse] });
    noteReversal(turn, first);
    afterReversals(turn, after);
  } else if (after.kind === "idle" || after.kind === "abort") {
    // Tried again before the next business.
    afterReversals(turn, after);
  } else {
    turn.remember({ toReverse: memory.toReverse.filter((its) => !its.isAsked) });
    fail(turn, RESULT.HOST_UNREACHABLE);
  }
}

function afterReversals(turn: Turn, after: AfterReversals): void {
  switch (after.kind) {
    case "idle":
      rest(turn);
      return;
    case "present_card":
      presentCard(turn);
      return;
    case "abort":
      tell(turn, [{ kind: "aborted", code: after.code }], { kind: "idle" });
      return;
    case "told_reversal": {
      const reversal = turn.state.memory.turnovers.at(-1);
      if (reversal === undefined) fail(turn, RESULT.NOT_REVERSIBLE);
      else tellTurnover(turn, reversal);
      return;
    }
  }
}

function booked(turn: Turn, answer: HostAnswer, receipt: number, amountMinor: number): void {
  const { memory } = turn.state;
  const reservation = memory.turnovers.find((its) => its.kind === "reserve" && its.receipt === receipt);
  if (answer.kind === "declined") fail(turn, answer.code, answer.text);
  else if (answer.kind !== "approved") fail(turn, RESULT.HOST_UNREACHABLE);
  else if (reservation === undefined) fail(turn, RESULT.RESERVATION_UNKNOWN);
  else {
    const booking = noteBooking(turn, reservation, amountMinor);
    tellTurnover(turn, booking);
  }
}

function totalled(turn: Turn, answer: HostAnswer, endsDay: boolean): void {
  const { behaviour, state } = turn;
  const { memory } = state;
  if (answer.kind !== "approved") {
    fail(turn, RESULT.HOST_UNREACHABLE);
    return;
  }
  const { sumMinor, ...totals } = totalsOf(memory.turnovers);
  if (endsDay) {
    turn.remember({
      turnovers: memory.turnovers.filter((its) => its.kind === "reserve" && !its.isOver),
      mustCloseDay: false,
      maintenancePollsLeft: behaviour.updatesAfterDay ? behaviour.maintenancePolls : 0,
    });
  }
  const fields: StatusFields = {
    resultCode: 0,
    terminalId: behaviour.terminalId,
    amountMinor: sumMinor,
    currency: behaviour.currency,
    ...momentOf(turn.nowMs),
    totals,
  };
  tell(turn, [{ kind: "status", fields }, ...daySlips(totals, behaviour, memory)], { kind: "commit" });
}

/** Intermediate information without a word. */
function intermediate(code: number): TerminalBody {
  return { kind: "intermediate", code, timeoutMinutes: null, text: "" };
}
