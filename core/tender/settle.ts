/**
 * What the reader's executor reports, as events: approvals, ends, and what a reader said when it was
 * asked again after a cut (recovery.ts). Reports that say nothing new have no events.
 *
 * S1 A result counts for a tender only when device, amount and currency are what was asked for; every
 *    other movement of money is an orphan: recorded, never a tender.
 * S2 A tender that captures the last of a check closes it in the same step.
 */
import type { CommandOf as Of, ReaderCommand, ReaderMoney } from "../command.ts";
import type { Context } from "../context.ts";
import type { TenderId } from "../ids.ts";
import {
  CARD_REFERENCE_LENGTH_MAX,
  CARD_TEXT_LENGTH_MAX,
  CARD_WORD_LENGTH_MAX,
  CODE_TEXT_LENGTH_MAX,
  ORDER_TOTAL_MINOR_MAX,
  READER_BRANDS_COUNT_MAX,
  SLIP_LINE_LENGTH_MAX,
  SLIP_LINES_COUNT_MAX,
  SLIPS_COUNT_MAX,
} from "../limits.ts";
import { minor } from "../money.ts";
import { afterCardRefund } from "../order/decide-return-card.ts";
import { closed, frozenPayable } from "../order/decide-check.ts";
import { fits, heldOrder, isWhole } from "../order/decide-lines.ts";
import type { Decided } from "../order/decide-lines.ts";
import type { Order } from "../order/types.ts";
import { refuse } from "../refusal.ts";
import type { State } from "../state.ts";
import type { Event } from "../types.ts";
import type { CardResult, OrphanFound, TenderApproved } from "./events.ts";
import { dayCases } from "./day-cases.ts";
import { daySuspects } from "./day-suspects.ts";
import { offlineQueue, offlineRefused } from "./limits.ts";
import { readerKnown } from "./readers.ts";
import { recoveryRow } from "./recovery.ts";
import type { RecoveryAction } from "./recovery.ts";
import { isLive } from "./types.ts";
import type { CardTender } from "./types.ts";

const NOTHING: Decided = { ok: true, events: [] };

/** What a report of the reader's executor means. */
export function decideReader(state: State, context: Context, command: ReaderCommand): Decided {
  if (command.type === "close_reader_day") return decideReaderDay(state, command);
  const order = heldOrder(state, command.order);
  const card = order === null ? null : cardOf(order, command.tender);
  if (order === null || card === null) return refuse("tender/not_known");
  switch (command.type) {
    case "approve_tender":
      return decideApprove(state, context, order, card, command);
    case "capture_tender":
      return decideCapture(state, context, order, card);
    case "decline_tender":
      return decideDecline(card, command);
    case "doubt_tender":
      return decideDoubt(card, command);
    case "settle_tender":
      return decideSettle(state, context, order, card, command);
    case "keep_slip":
      return decideSlip(card, command);
    case "forward_tender":
      return decideForward(card, command);
  }
}

function cardOf(order: Order, tender: TenderId): CardTender | null {
  return order.checks.flatMap(({ cards }) => cards).find(({ id }) => id === tender) ?? null;
}

function decideApprove(
  state: State,
  context: Context,
  order: Order,
  card: CardTender,
  money: Of<"approve_tender">,
): Decided {
  if (!isSane(money)) return refuse("command/out_of_range", "result");
  if (card.status === "approved" && isSameMoney(card, money)) return NOTHING;
  const isAwaited = card.status === "requested" || (card.status === "unknown" && card.result === null);
  if (!isAwaited || !isAskedFor(order, card, money) || isKnownMoney(state, card, money)) {
    return { ok: true, events: orphans(card, money) };
  }
  if (money.isOffline && card.kind === "pay") {
    const now = context.wall();
    const refused = offlineRefused(context.offlineCards, offlineQueue(state), card.amountMinor, now);
    if (refused !== null) return refused;
  }
  return { ok: true, events: [approved(card, money, false)] };
}

/** S1: whether this movement of money is what the tender asked for. */
export function isAskedFor(order: Pick<Order, "currency">, card: CardTender, money: ReaderMoney): boolean {
  return (
    money.amountMinor === Math.abs(card.amountMinor) &&
    money.currency === order.currency &&
    money.result.serial === card.serial &&
    money.result.reference !== card.watermark
  );
}

/**
 * Whether another tender here is this very movement of money: a reader that repeats an old word does not
 * pay for a new customer. Of the orders that are held: a device counts further than that before it begins anew.
 */
function isKnownMoney(state: State, card: CardTender, { result }: ReaderMoney): boolean {
  for (const { order } of state.orders.values())
    for (const check of order.checks)
      for (const its of check.cards)
        if (its.id !== card.id && moved(its).some((known) => isSameWord(known, result))) return true;
  return false;
}

// What a reader said of money that it moved for a request, asked for or not.
function moved({ result, orphans }: CardTender): readonly CardResult[] {
  const others = orphans.map((its) => its.result);
  return result === null ? others : [result, ...others];
}

function isSameWord(one: CardResult, other: CardResult): boolean {
  return one.serial === other.serial && one.reference === other.reference;
}

function isSameMoney(card: CardTender, money: ReaderMoney): boolean {
  return (
    card.result !== null &&
    card.result.reference === money.result.reference &&
    money.amountMinor === Math.abs(card.amountMinor)
  );
}

function isSane({ amountMinor, currency, result }: ReaderMoney): boolean {
  const words = [result.authorisation, result.serial, result.brand];
  return (
    isWhole(amountMinor, 0, ORDER_TOTAL_MINOR_MAX) &&
    currency.length === 3 &&
    result.reference !== "" &&
    fits(result.reference, CARD_REFERENCE_LENGTH_MAX) &&
    words.every((word) => fits(word, CARD_WORD_LENGTH_MAX)) &&
    fits(result.lastFour, 4)
  );
}

function approved(card: CardTender, money: ReaderMoney, isRecovered: boolean): TenderApproved {
  const { result, isOffline } = money;
  return { type: "tender_approved", order: card.order, tender: card.id, result, isOffline, isRecovered };
}

// Once for each movement of money.
function orphans(card: CardTender, { currency, result, ...money }: ReaderMoney): readonly OrphanFound[] {
  if (card.orphans.some((its) => its.result.reference === result.reference)) return [];
  const amountMinor = minor(money.amountMinor);
  return [{ type: "orphan_found", order: card.order, tender: card.id, amountMinor, currency, result }];
}

function decideCapture(state: State, context: Context, order: Order, card: CardTender): Decided {
  if (!isLive(card)) return NOTHING;
  if (card.result === null) return refuse("tender/not_captured");
  return { ok: true, events: capturedEvents(state, context, order, card) };
}

/**
 * The capture of a card tender, and the closing when nothing is left to pay (S2). `aheadCount` events of
 * the same command stand before these.
 */
export function capturedEvents(
  state: State,
  context: Context,
  order: Order,
  card: CardTender,
  aheadCount = 0,
): readonly Event[] {
  const { amountMinor, shift } = card;
  const event: Event = {
    type: "tender_captured",
    order: card.order,
    check: card.check,
    method: "card",
    amountMinor,
    handedMinor: amountMinor,
    changeMinor: minor(0),
    shift,
    request: card.id,
  };
  const check = order.checks.find(({ id }) => id === card.check);
  if (card.kind === "refund") return [event, ...afterCardRefund(state, context, order, card, aheadCount + 1)];
  if (check === undefined || check.status !== "frozen" || card.kind !== "pay") return [event];
  const payable = frozenPayable(order, check);
  if (payable.leftMinor !== amountMinor) return [event];
  const taken = [...payable.taken, { tender: card.id, method: "card", amountMinor } as const];
  return [event, closed(state, context, card.clerk, payable, taken, shift)];
}

// The reader's final word: no money moved, or it took back what it had moved.
function decideDecline(card: CardTender, { code, text }: Of<"decline_tender">): Decided {
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  const ids = { order: card.order, tender: card.id };
  if (card.status === "orphaned")
    return {
      ok: true,
      events: card.orphans
        .filter(({ isSettled, result }) => !isSettled && result.serial === card.serial)
        .map(({ id }) => ({ type: "orphan_settled", ...ids, orphan: id, how: "taken_back", reason: code })),
    };
  if (!isLive(card)) return NOTHING;
  if (card.result !== null) return { ok: true, events: [{ type: "tender_reversed", ...ids, code }] };
  return {
    ok: true,
    events: [{ type: "tender_declined", ...ids, code, text: text.slice(0, CARD_TEXT_LENGTH_MAX) }],
  };
}

function decideDoubt(card: CardTender, { code }: Of<"doubt_tender">): Decided {
  if (!isLive(card)) return NOTHING;
  if (card.status !== "requested" && card.status !== "approved" && card.code === code) return NOTHING;
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [doubt(card, code, card.isManual)] };
}

function doubt(card: CardTender, code: string, isManual: boolean): Event {
  return { type: "tender_doubted", order: card.order, tender: card.id, code, isManual };
}

function decideSettle(
  state: State,
  context: Context,
  order: Order,
  card: CardTender,
  command: Of<"settle_tender">,
): Decided {
  const { money, serial, capabilities } = command;
  if (money !== null && !isSane(money)) return refuse("command/out_of_range", "result");
  if (!isLive(card)) return foundTooLate(state, order, card, command);
  if (card.status === "orphaned") return NOTHING;
  const says = saysOf(state, order, card, command);
  const journal = card.result === null ? "intent" : "approval";
  const { action } = recoveryRow(journal, says, serial === card.serial, capabilities);
  const isGuess = action === "approve_and_capture" && capabilities.inquiry !== "byRef";
  return settled(
    state,
    context,
    order,
    card,
    money,
    isGuess && isJudgedTwin(state, card) ? "manual" : action,
  );
}

/**
 * Whether a person judged another request for as much that this device was asked for since its newest word
 * that is known: what is found now may be that one's money, and pays for nobody before a person tells.
 */
function isJudgedTwin(state: State, card: CardTender): boolean {
  const isTwin = (its: CardTender): boolean =>
    its.id !== card.id &&
    its.serial === card.serial &&
    its.watermark === card.watermark &&
    its.amountMinor === card.amountMinor &&
    its.result === null &&
    (its.status === "captured" || its.code === "tender/judged_failed");
  return [...state.orders.values()].some(({ order }) => order.checks.some(({ cards }) => cards.some(isTwin)));
}

// A person had judged meanwhile that no money moved: that it did is not forgotten.
function foundTooLate(state: State, order: Order, card: CardTender, command: Of<"settle_tender">): Decided {
  const { money, serial } = command;
  const isFound = money !== null && card.status === "declined" && serial === card.serial;
  return isFound && saysOf(state, order, card, command) === "found"
    ? { ok: true, events: orphans(card, money) }
    : NOTHING;
}

// What the reader found is judged here again: a driver's word is no promise (S1).
function saysOf(
  state: State,
  order: Order,
  card: CardTender,
  { says, money }: Of<"settle_tender">,
): Of<"settle_tender">["says"] {
  if (money === null || (says !== "found" && says !== "other")) return says;
  const isNew = isAskedFor(order, card, money) && !isKnownMoney(state, card, money);
  const isOurs = card.result === null ? isNew : isSameMoney(card, money);
  return isOurs ? "found" : "other";
}

function settled(
  state: State,
  context: Context,
  order: Order,
  card: CardTender,
  money: ReaderMoney | null,
  action: RecoveryAction,
): Decided {
  const ids = { order: card.order, tender: card.id };
  switch (action) {
    case "capture":
      return { ok: true, events: capturedEvents(state, context, order, card) };
    case "approve_and_capture": {
      if (money === null) return refuse("command/out_of_range", "result");
      return {
        ok: true,
        events: [approved(card, money, true), ...capturedEvents(state, context, order, card, 1)],
      };
    }
    case "fail":
      return { ok: true, events: [{ type: "tender_declined", ...ids, code: "tender/absent", text: "" }] };
    case "reversed_by_reader":
      return { ok: true, events: [{ type: "tender_reversed", ...ids, code: "tender/reversed_by_reader" }] };
    case "orphan": {
      if (money === null) return refuse("command/out_of_range", "result");
      const found = orphans(card, money);
      // The case is known and the reader knows no more: a person tells what became of the request.
      return found.length > 0
        ? { ok: true, events: found }
        : settled(state, context, order, card, null, "manual");
    }
    case "keep_asking":
      return card.status === "unknown"
        ? NOTHING
        : { ok: true, events: [doubt(card, "tender/asking", false)] };
    case "manual":
      return card.status === "unknown" && card.isManual
        ? NOTHING
        : { ok: true, events: [doubt(card, "tender/manual", true)] };
  }
}

function decideSlip(card: CardTender, { copy, lines }: Of<"keep_slip">): Decided {
  const isSane =
    lines.length <= SLIP_LINES_COUNT_MAX &&
    lines.every(({ text }) => fits(text, SLIP_LINE_LENGTH_MAX)) &&
    card.slips.length < SLIPS_COUNT_MAX;
  if (!isSane) return refuse("command/out_of_range", "slip");
  return { ok: true, events: [{ type: "slip_received", order: card.order, tender: card.id, copy, lines }] };
}

function decideForward(card: CardTender, { as, code }: Of<"forward_tender">): Decided {
  if (card.status !== "accepted_offline") return NOTHING;
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "tender_forwarded", order: card.order, tender: card.id, as, code }] };
}

function decideReaderDay(state: State, { reader, serial, totals }: Of<"close_reader_day">): Decided {
  const isSane =
    serial !== "" &&
    fits(serial, CARD_WORD_LENGTH_MAX) &&
    totals.length <= READER_BRANDS_COUNT_MAX &&
    totals.every((its) => fits(its.brand, CARD_WORD_LENGTH_MAX) && isWhole(its.count, 0, 1_000_000));
  if (!isSane) return refuse("command/out_of_range", "totals");
  const { count, amountMinor, brands } = readerKnown(state, serial);
  const cases = dayCases({ totals, journal: brands, ...daySuspects(state, serial) });
  return {
    ok: true,
    events: [
      {
        type: "reader_day_closed",
        ...{ reader, serial, totals, journal: brands, cases },
        journalCount: count,
        journalMinor: amountMinor,
      },
    ],
  };
}
