/**
 * Short cuts for the newest event of a plain order, from its freeze to its paper: what a whole fold
 * (fold.ts) would say, at the cost of one copy. Null where only the fold can tell: whatever would
 * leave a mark, and whatever is not said by the order as it stands.
 *
 * S1 Only for an order without marks and without returns, and an event that sorts after all others.
 * S2 Equal to the fold in every field; merge histories compare both after each event.
 */
import { eventId } from "../ids.ts";
import type { EventId } from "../ids.ts";
import { sumWithin, ZERO } from "../money.ts";
import type { CashRounded, CheckClosed, CheckFrozen, PrintFinished, TenderCaptured } from "../types.ts";
import { afterHold } from "../price/order/adjustments.ts";
import { insideFrontier } from "./sort.ts";
import type { Check, Order, PrintJob, RecordedOrderEvent } from "./types.ts";

/** `order`, the fold of `events`, with one more event, or null (S1). */
export function extendChecks(
  order: Order,
  recorded: RecordedOrderEvent,
  events: readonly RecordedOrderEvent[],
): Order | null {
  if (order.marks.length > 0 || order.returned.length > 0) return null;
  const { event } = recorded;
  switch (event.type) {
    case "check_frozen":
      return frozen(order, recorded, event, events);
    case "tender_captured":
      return withTender(order, recorded, event);
    case "cash_rounded":
      return withRounding(order, event);
    case "check_closed":
      return closed(order, recorded, event, events);
    case "print_finished":
      return printed(order, event);
    default:
      return null;
  }
}

// The first hold, and it takes all there is: its author held every event.
function frozen(
  order: Order,
  recorded: RecordedOrderEvent,
  { frontier, dueMinor, pricing }: CheckFrozen,
  events: readonly RecordedOrderEvent[],
): Order | null {
  if (order.holdCount > 0 || !events.every((each) => insideFrontier(frontier, each))) return null;
  const check: Check = {
    id: eventId(recorded),
    status: "frozen",
    lines: order.lines,
    note: order.note,
    dueMinor,
    adjustments: order.adjustments,
    pricing,
    roundingMinor: ZERO,
    tenders: [],
    cards: [],
    closings: [],
  };
  const adjustments = afterHold(order.adjustments);
  const open = { lines: [], openTotalMinor: ZERO, adjustments };
  return { ...order, ...open, phase: "frozen", holdCount: 1, checks: [check] };
}

function withTender(order: Order, recorded: RecordedOrderEvent, event: TenderCaptured): Order | null {
  // What ends a card request is heard by the fold alone.
  const check = event.request === null ? frozenCheck(order, event.check) : null;
  if (check === null) return null;
  const { method, amountMinor, handedMinor, changeMinor } = event;
  const tender = { id: eventId(recorded), method, amountMinor, handedMinor, changeMinor };
  return withCheck(order, { ...check, tenders: [...check.tenders, tender] });
}

function withRounding(order: Order, event: CashRounded): Order | null {
  const check = frozenCheck(order, event.check);
  if (check === null || check.roundingMinor !== 0) return null;
  return withCheck(order, { ...check, roundingMinor: sumWithin([event.adjustmentMinor]) });
}

function closed(
  order: Order,
  recorded: RecordedOrderEvent,
  event: CheckClosed,
  events: readonly RecordedOrderEvent[],
): Order | null {
  const check = frozenCheck(order, event.check);
  // What speaks of a receipt before its closing is heard by the fold alone.
  const isSpokenOf = events.some(
    ({ event: { type } }) => type === "print_finished" || type === "receipt_copied",
  );
  if (check === null || isSpokenOf) return null;
  const id = eventId(recorded);
  const closing = { id, at: recorded.at, terminal: recorded.terminal, facts: event, copyCount: 0 };
  const job: PrintJob = { id, outcome: "pending", code: "", mark: "none" };
  const next = withCheck(order, { ...check, status: "closed", closings: [closing] });
  if (next === null) return null;
  const isFrozen = next.checks.some(({ status }) => status === "frozen");
  const phase = isFrozen ? "frozen" : order.lines.length > 0 ? "open" : "closed";
  return { ...next, phase, jobs: [...order.jobs, job] };
}

function printed(order: Order, { job, outcome, code, mark }: PrintFinished): Order | null {
  if (outcome !== "printed" || mark !== "none") return null;
  const index = order.jobs.findIndex(({ id }) => id === job);
  return index < 0 ? null : { ...order, jobs: order.jobs.with(index, { id: job, outcome, code, mark }) };
}

function frozenCheck(order: Order, id: EventId): Check | null {
  const check = order.checks.find((its) => its.id === id);
  return check?.status === "frozen" ? check : null;
}

/** The order with a check changed; null when more was paid than is due, which is marked. */
function withCheck(order: Order, check: Check): Order | null {
  const paidMinor = sumWithin(check.tenders.map(({ amountMinor }) => amountMinor));
  const dueMinor = sumWithin([check.dueMinor, check.roundingMinor]);
  if (Math.abs(paidMinor) > Math.abs(dueMinor)) return null;
  return { ...order, checks: order.checks.map((its) => (its.id === check.id ? check : its)) };
}
