/**
 * An order is the fold of a set of events that several terminals may have written.
 *
 * F1 The result depends on the set alone, never on the order in which its events arrived.
 * F2 Total: no event is refused and nothing is thrown; what does not fit leaves a mark.
 * F3 A closing's facts are copied from its event and never computed here.
 * `extendOrder` is a short cut for the newest event of a plain order and equals `foldOrder`.
 */
import type { ClerkId, EventId, OrderId } from "../ids.ts";
import { eventId, parseEventId, terminalId } from "../ids.ts";
import { negate, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import { adjusted, isPricingEvent } from "../price/order/adjustments.ts";
import { wallMs } from "../time.ts";
import type { OrderOpened } from "../types.ts";
import { extendChecks } from "./extend.ts";
import { settle } from "./hold.ts";
import type { Hold, Settled } from "./hold.ts";
import { lineOf, linesTotal, movedTotal, unitsWithin, withQuantity } from "./lines.ts";
import { jobIdOf, marksOf } from "./marks.ts";
import { refundedTendersOf } from "./refund-plan.ts";
import { refundedOf, returnedOf, returnLinkOf } from "./returns.ts";
import { adjustmentsOf } from "./adjust.ts";
import { cardTendersOf } from "../tender/fold.ts";
import type {
  Check,
  CheckStatus,
  Closing,
  Line,
  Order,
  OrderPhase,
  PrintJob,
  RecordedOrderEvent,
  Tender,
} from "./types.ts";

/** The order `id` as these events (sorted, all of this order) make it. */
export function foldOrder(id: OrderId, events: readonly RecordedOrderEvent[]): Order {
  const settled = settle(events);
  const opening = events.find((recorded) => eventId(recorded) === id);
  const opened = opening?.event.type === "order_opened" ? opening.event : null;
  const checks = settled.holds.flatMap((hold) => checkOf(hold, events));
  const jobs = jobsOf(events);
  const returned = returnedOf(events);
  return {
    id,
    ...openingFacts(id, opening, opened),
    ...parkedLabel(events),
    note: orderNote(events),
    phase: phaseOf(settled, checks),
    lines: settled.open.lines,
    openTotalMinor: linesTotal(settled.open.lines),
    adjustments: adjustmentsOf(events),
    holdCount: settled.holds.length,
    checks,
    jobs,
    isParked: isParked(events),
    returnOf: returnLinkOf(events),
    returned,
    refunded: refundedOf(events),
    refundedTenders: refundedTendersOf(events),
    marks: marksOf(settled, checks, jobs, returned, events, opened !== null),
  };
}

function openingFacts(
  id: OrderId,
  opening: RecordedOrderEvent | undefined,
  opened: OrderOpened | null,
): Pick<Order, "kind" | "owner" | "clerk" | "currency" | "label" | "reason" | "openedAt"> {
  const clerk: ClerkId | "" = opening?.cause?.clerk ?? "";
  return {
    kind: opened?.kind ?? "sale",
    owner: opening?.terminal ?? parseEventId(id)?.terminal ?? terminalId("unknown"),
    clerk,
    currency: opened?.currency ?? "",
    label: opened?.label ?? "",
    reason: opened?.reason ?? "",
    openedAt: opening?.at ?? wallMs(0),
  };
}

function checkOf(hold: Hold, events: readonly RecordedOrderEvent[]): readonly Check[] {
  const { event } = hold.recorded;
  if (event.type !== "check_frozen") return [];
  const closings = closingsOf(hold.id, events);
  return [
    {
      id: hold.id,
      status: statusOf(hold, closings),
      lines: hold.taken.lines,
      note: orderNote(hold.past),
      dueMinor: event.dueMinor,
      adjustments: adjustmentsOf(hold.past),
      pricing: event.pricing,
      roundingMinor: roundingOf(hold.id, events),
      tenders: tendersOf(hold.id, events),
      cards: cardTendersOf(events, hold.id),
      closings,
    },
  ];
}

function statusOf(hold: Hold, closings: readonly Closing[]): CheckStatus {
  if (closings.length > 0) return "closed";
  return hold.active ? "frozen" : "thawed";
}

function roundingOf(check: EventId, events: readonly RecordedOrderEvent[]): Minor {
  return sumWithin(
    events.map(({ event }) =>
      event.type === "cash_rounded" && event.check === check ? event.adjustmentMinor : ZERO,
    ),
  );
}

function tendersOf(check: EventId, events: readonly RecordedOrderEvent[]): readonly Tender[] {
  return events.flatMap((recorded): readonly Tender[] => {
    const { event } = recorded;
    if (event.type !== "tender_captured" || event.check !== check) return [];
    const { method, amountMinor, handedMinor, changeMinor } = event;
    return [{ id: event.request ?? eventId(recorded), method, amountMinor, handedMinor, changeMinor }];
  });
}

// F3
function closingsOf(check: EventId, events: readonly RecordedOrderEvent[]): readonly Closing[] {
  return events.flatMap((recorded): readonly Closing[] => {
    const { event } = recorded;
    if (event.type !== "check_closed" || event.check !== check) return [];
    const id = eventId(recorded);
    const copyCount = events.filter(
      (e) => e.event.type === "receipt_copied" && e.event.closing === id,
    ).length;
    return [{ id, at: recorded.at, terminal: recorded.terminal, facts: event, copyCount }];
  });
}

function jobsOf(events: readonly RecordedOrderEvent[]): readonly PrintJob[] {
  return events.flatMap((recorded): readonly PrintJob[] => {
    const id = jobIdOf(recorded);
    if (id === null) return [];
    let job: PrintJob = { id, outcome: "pending", code: "", mark: "none" };
    for (const { event } of events) {
      if (event.type === "print_finished" && event.job === id)
        job = { id, outcome: event.outcome, code: event.code, mark: event.mark };
    }
    return [job];
  });
}

function isParked(events: readonly RecordedOrderEvent[]): boolean {
  const newest = events.findLast(
    ({ event }) => event.type === "order_parked" || event.type === "order_recalled",
  );
  return newest?.event.type === "order_parked";
}

// The newest name that somebody gave the order when it was laid aside.
function parkedLabel(events: readonly RecordedOrderEvent[]): Pick<Order, "label"> | undefined {
  const newest = events.findLast(({ event }) => event.type === "order_parked");
  return newest?.event.type === "order_parked" && newest.event.label !== ""
    ? { label: newest.event.label }
    : undefined;
}

function orderNote(events: readonly RecordedOrderEvent[]): string {
  let note = "";
  for (const { event } of events) if (event.type === "note_set" && event.line === null) note = event.text;
  return note;
}

function phaseOf(settled: Settled, checks: readonly Check[]): OrderPhase {
  if (checks.some((check) => check.status === "frozen")) return "frozen";
  if (settled.open.lines.length > 0) return "open";
  if (checks.some((check) => check.status === "closed")) return "closed";
  return settled.holds.some((hold) => hold.recorded.event.type === "order_voided") ? "voided" : "open";
}

/**
 * `order`, the fold of `events`, with one more event that sorts after all of these, or null when only
 * a whole fold can tell (voids, unknown lines, whatever leaves a mark). Costs the same at 5 lines and
 * at 200 but for one copy of the list of lines.
 */
export function extendOrder(
  order: Order,
  recorded: RecordedOrderEvent,
  events: readonly RecordedOrderEvent[],
): Order | null {
  const { event } = recorded;
  if (order.holdCount > 0 || order.marks.length > 0) return extendChecks(order, recorded, events);
  switch (event.type) {
    case "line_added": {
      const addedMilli = unitsWithin(event.quantityMilli);
      const line = lineOf({ id: eventId(recorded), facts: event, note: "" }, addedMilli);
      return replaced(order, [...order.lines, line], null, line);
    }
    case "units_added":
      return moved(order, event.line, unitsWithin(event.quantityMilli));
    case "units_removed":
      return moved(order, event.line, -unitsWithin(event.quantityMilli));
    default:
      if (isPricingEvent(event))
        return { ...order, adjustments: adjusted(order.adjustments, eventId(recorded), event) };
      return extendChecks(order, recorded, events);
  }
}

function moved(order: Order, lineId: EventId, byMilli: number): Order | null {
  const index = order.lines.findIndex((line) => line.id === lineId);
  const before = order.lines[index];
  if (before === undefined) return null;
  const quantityMilli = before.quantityMilli + byMilli;
  // Removed lines and shortfalls have a history that only the events know.
  if (quantityMilli <= 0) return null;
  const after = withQuantity(before, quantityMilli);
  return replaced(order, order.lines.with(index, after), before, after);
}

function replaced(order: Order, lines: readonly Line[], before: Line | null, after: Line | null): Order {
  return { ...order, lines, openTotalMinor: movedTotal(order.openTotalMinor, before, after) };
}

/** The money still to come on a check: due, as cash rounded it, less captured; negative when it is to be paid out. */
export function leftToPay(check: Check): Minor {
  return sumWithin([
    check.dueMinor,
    check.roundingMinor,
    ...check.tenders.map((tender) => negate(tender.amountMinor)),
  ]);
}
