/**
 * What a simulated ZVT terminal does when the till commands it: the answer that comes at once, and how
 * the command begins. How it goes on is business.ts.
 */

import { RESULT } from "./behaviour.ts";
import { ask, complete, fail, presentCard, takeBackAll, tell, tellTurnover } from "./business.ts";
import { numberAfter } from "./memory.ts";
import { toBeReversed } from "./notes.ts";
import type { Turnover } from "./memory.ts";
import type { TillBody } from "./messages.ts";
import type { Business } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Takes a command of the till; `id` is its message sequence id. */
export function commanded(turn: Turn, body: TillBody, id: number | null): void {
  const { phase, conditions, memory } = turn.state;
  if (body.kind === "abort") {
    abort(turn);
    return;
  }
  if (phase.kind !== "idle" || (conditions.isWaiting && body.kind !== "enquire")) {
    turn.answer(RESULT.WAIT);
    return;
  }
  if (body.kind === "register") {
    register(turn, body, id);
    return;
  }
  if (memory.registration === null && body.kind !== "enquire") {
    turn.answer(RESULT.NOT_REGISTERED);
    return;
  }
  registeredCommand(turn, body);
}

function registeredCommand(turn: Turn, body: TillBody): void {
  switch (body.kind) {
    case "charge":
    case "refund":
    case "reserve":
      turn.answer(0);
      beginBusiness(turn, body);
      return;
    case "reverse":
    case "release":
      turn.answer(0);
      beginReversal(turn, body);
      return;
    case "book":
    case "release_part":
      turn.answer(0);
      beginBooking(turn, body.receipt, body.amountMinor);
      return;
    case "repeat_receipt":
      turn.answer(0);
      repeatReceipt(turn, body);
      return;
    case "list_reservations": {
      turn.answer(0);
      const open = turn.state.memory.turnovers.filter((its) => its.kind === "reserve" && !its.isOver);
      tell(turn, [{ kind: "reservations", receipts: open.map((its) => its.receipt) }], { kind: "idle" });
      return;
    }
    case "end_day":
    case "totals":
      turn.answer(0);
      ask(turn, { kind: "ping" }, { kind: "totalled", endsDay: body.kind === "end_day" });
      return;
    case "diagnose":
    case "initialise":
      turn.answer(0);
      ask(turn, { kind: "ping" }, { kind: "pinged" });
      return;
    case "enquire":
      turn.answer(0);
      enquire(turn);
      return;
    case "read_card":
      turn.answer(0);
      turn.update({ business: businessOf("read_card", 0) });
      presentCard(turn);
      return;
    case "display":
      turn.answer(0);
      complete(turn);
      return;
    case "set_time":
      turn.answer(0);
      return;
    case "log_off":
      turn.answer(0);
      turn.remember({ registration: null });
      return;
    case "unknown":
    case "register":
    case "abort":
    case "answer":
      turn.answer(RESULT.NOT_POSSIBLE);
      return;
  }
}

function register(turn: Turn, body: TillBody & { readonly kind: "register" }, id: number | null): void {
  const { behaviour } = turn;
  const { configBits, takesBlocks } = body;
  const isOn = id === 0 && behaviour.hasMessageIds;
  turn.remember({ registration: { configBits, takesBlocks } });
  turn.answer(0, isOn);
  turn.update({ ids: { ...turn.state.ids, isOn, nextOut: 1, lastIn: null } });
  tell(
    turn,
    [
      {
        kind: "registered",
        statusBits: 0,
        terminalId: behaviour.terminalId,
        currency: behaviour.currency,
      },
    ],
    { kind: "idle" },
  );
}

function enquire(turn: Turn): void {
  const { conditions, memory, isCardIn } = turn.state;
  const { maintenancePollsLeft } = memory;
  const status = conditions.isWaiting
    ? RESULT.WAIT
    : maintenancePollsLeft > 0
      ? RESULT.MAINTENANCE
      : memory.mustCloseDay
        ? RESULT.CLOSE_DAY
        : isCardIn
          ? 0xdc
          : 0;
  // Each enquiry brings the end of a maintenance nearer.
  if (maintenancePollsLeft > 0) turn.remember({ maintenancePollsLeft: maintenancePollsLeft - 1 });
  tell(turn, [{ kind: "enquired", version: turn.behaviour.version, status }], { kind: "idle" });
}

function businessOf(kind: Business["kind"], amountMinor: number): Business {
  return {
    kind,
    amountMinor,
    cardKey: null,
    technology: "chip",
    verification: 0,
    wrongPinCount: 0,
    hostRef: null,
  };
}

function beginBusiness(
  turn: Turn,
  body: TillBody & { readonly kind: "charge" | "refund" | "reserve" },
): void {
  const { behaviour, state } = turn;
  const { memory } = state;
  turn.update({ business: businessOf(body.kind, body.amountMinor) });
  const obstacle =
    memory.maintenancePollsLeft > 0
      ? RESULT.MAINTENANCE
      : memory.mustCloseDay
        ? RESULT.CLOSE_DAY
        : body.currency !== null && body.currency !== behaviour.currency
          ? RESULT.WRONG_CURRENCY
          : memory.turnovers.length >= behaviour.turnoverCountMax
            ? RESULT.TURNOVER_FULL
            : null;
  if (obstacle !== null) {
    fail(turn, obstacle);
    return;
  }
  compareReceipts(turn, body.syncReceipt);
  takeBackAll(turn, { kind: "present_card" });
}

/** A till whose newest receipt is exactly one behind does not know of the newest business: it is taken back. */
function compareReceipts(turn: Turn, syncReceipt: number | null): void {
  const { memory } = turn.state;
  const newest = memory.turnovers.at(-1);
  const isComparable = turn.behaviour.generation === "newer" && syncReceipt !== null;
  if (!isComparable || newest === undefined || newest.isOver || newest.kind === "reversal") return;
  if (newest.receipt !== numberAfter(syncReceipt) || numberAfter(newest.receipt) !== memory.nextReceipt)
    return;
  toBeReversed(turn, newest.hostRef, "unknown to the till");
}

function beginReversal(turn: Turn, body: TillBody & { readonly kind: "reverse" | "release" }): void {
  const { memory } = turn.state;
  const isFit = (its: Turnover): boolean =>
    body.kind === "release" ? its.kind === "reserve" : its.kind !== "reserve" && its.kind !== "reversal";
  const original = memory.turnovers.findLast((its) => its.receipt === body.receipt && isFit(its));
  if (original === undefined) fail(turn, RESULT.NOT_REVERSIBLE);
  else if (original.isOver) fail(turn, RESULT.ALREADY_REVERSED);
  else {
    const reason = "asked for by the till";
    turn.remember({ toReverse: [...memory.toReverse, { hostRef: original.hostRef, reason, isAsked: true }] });
    takeBackAll(turn, { kind: "told_reversal" });
  }
}

function beginBooking(turn: Turn, receipt: number, amountMinor: number): void {
  const { memory } = turn.state;
  const reservation = memory.turnovers.findLast((its) => its.kind === "reserve" && its.receipt === receipt);
  if (reservation === undefined || reservation.isOver) {
    fail(turn, RESULT.RESERVATION_UNKNOWN);
    return;
  }
  const ref = String(memory.nextHostRef);
  turn.remember({ nextHostRef: memory.nextHostRef + 1 });
  ask(
    turn,
    { kind: "book", ref, of: reservation.hostRef, amountMinor },
    { kind: "booked", receipt, amountMinor },
  );
}

function repeatReceipt(turn: Turn, body: TillBody & { readonly kind: "repeat_receipt" }): void {
  const newest = turn.state.memory.turnovers.findLast((its) => !its.isOver);
  if (newest === undefined) {
    fail(turn, RESULT.NOT_POSSIBLE);
    return;
  }
  tellTurnover(turn, newest, body);
}

function abort(turn: Turn): void {
  const { phase } = turn.state;
  turn.answer(0);
  if (phase.kind === "card" || phase.kind === "pin") fail(turn, RESULT.CANCELLED);
  else if (phase.kind === "telling") turn.update({ isAborting: true });
}
