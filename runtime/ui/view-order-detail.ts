/**
 * One order, whole, as a pure function of the state: its lines, its closings with what came back of
 * them, and its life event by event. Closings are shown from their recorded facts.
 */
import { eventId, parseEventId } from "../../core/ids.ts";
import type { EventId, LineId, OrderId } from "../../core/ids.ts";
import { checkAmounts, lineAmount } from "../../core/order/lines.ts";
import { findClosing, returnedMilli } from "../../core/order/returns.ts";
import type { Check, Closing, Line, Order, PrintJob, RecordedOrderEvent } from "../../core/order/types.ts";
import { isPricingEvent } from "../../core/price/order/adjustments.ts";
import { tellPricing } from "../../core/price/order/tell.ts";
import { receiptNumberText } from "../../core/receipt/layout.ts";
import type { OrderEntry, State } from "../../core/state.ts";
import type { CardResult } from "../../core/tender/events.ts";
import { TIMELINE_ROWS_COUNT_MAX } from "./limits.ts";
import type { ClosingView, OrderDetail, SoldLineView, TimelineRow } from "./panels.ts";
import { ackedWithin, printView, timeText } from "./view.ts";
import type { StatusSource } from "./view.ts";

/** The panel of an order, or null when this terminal does not hold it. */
export function orderDetail(
  state: State,
  source: StatusSource,
  id: OrderId,
  zoneMinutes: number,
): OrderDetail | null {
  const entry = state.orders.get(id);
  if (entry === undefined) return null;
  const { order } = entry;
  return {
    order: order.id,
    kind: order.kind,
    phase: order.phase,
    isParked: order.isParked,
    label: order.label,
    reason: order.reason,
    note: order.note,
    returnOf: order.returnOf === null ? "" : receiptText(state, order.returnOf.closing),
    openTotalMinor: order.openTotalMinor,
    openLines: openLines(order).map((line) => lineView(line, lineAmount(line), 0, 0)),
    closings: order.checks.flatMap((check) =>
      check.closings.map((closing) => closingView(entry, check, closing, zoneMinutes)),
    ),
    marks: order.marks,
    timeline: timelineOf(state, source, entry, zoneMinutes),
  };
}

// What waits for money is not settled either.
function openLines(order: Order): readonly Line[] {
  const frozen = order.checks.flatMap((check) => (check.status === "frozen" ? check.lines : []));
  return [...frozen, ...order.lines];
}

function lineView(
  line: Line,
  amountMinor: number,
  taxOnTopMinor: number,
  cameBackMilli: number,
): SoldLineView {
  const { id, sku, name, quantityMilli, unitPriceMinor, note } = line;
  return {
    line: id,
    sku,
    name,
    quantityMilli,
    unitPriceMinor,
    amountMinor,
    taxOnTopMinor,
    note,
    returnedMilli: cameBackMilli,
  };
}

function closingView(entry: OrderEntry, check: Check, closing: Closing, zoneMinutes: number): ClosingView {
  const { order } = entry;
  const job = newestJob(entry, closing.id);
  const amounts = checkAmounts(check);
  return {
    closing: closing.id,
    receipt: receiptNumberText(closing),
    timeText: timeText(closing.at, zoneMinutes),
    clerk: closing.facts.clerk,
    totalMinor: closing.facts.totalMinor,
    roundingMinor: closing.facts.roundingMinor,
    orderRoundingMinor: check.pricing?.roundingMinor ?? 0,
    handedMinor: check.tenders.reduce((total, tender) => total + tender.handedMinor, 0),
    changeMinor: check.tenders.reduce((total, tender) => total + tender.changeMinor, 0),
    lines: check.lines.map((line, index) =>
      lineView(line, amounts[index] ?? 0, taxOnTop(check, index), returnedMilli(order, check, line.id)),
    ),
    copyCount: closing.copyCount,
    print: printView(job),
    printMark: job?.mark ?? "none",
  };
}

function taxOnTop({ pricing }: Check, index: number): number {
  return pricing === null || pricing.isTaxInclusive ? 0 : (pricing.lines[index]?.taxMinor ?? 0);
}

// Of the original and of each copy.
function newestJob({ order, events }: OrderEntry, closing: EventId): PrintJob | undefined {
  const jobs = new Set([closing]);
  for (const recorded of events) {
    const { event } = recorded;
    if (event.type === "receipt_copied" && event.closing === closing) jobs.add(eventId(recorded));
  }
  return order.jobs.findLast((job) => jobs.has(job.id));
}

/** A receipt's number, or where its closing stands in its journal when it is not held here. */
function receiptText(state: State, closing: EventId): string {
  const found = findClosing(state, closing);
  if (found !== null) return receiptNumberText(found.closing);
  const key = parseEventId(closing);
  return key === null ? "" : `${key.terminal} ${key.seq}`;
}

function timelineOf(
  state: State,
  source: StatusSource,
  { events, order }: OrderEntry,
  zoneMinutes: number,
): readonly TimelineRow[] {
  const names = namesOf(events);
  const ackedSeq = ackedWithin(source);
  return events.slice(-TIMELINE_ROWS_COUNT_MAX).map((recorded) => {
    // What another terminal wrote came from its journal or from headquarters: it is safe there.
    const isOwn = recorded.terminal === state.terminal;
    return {
      timeText: timeText(recorded.at, zoneMinutes),
      type: recorded.event.type,
      clerk: clerkOf(recorded),
      ...factsOf(state, order, recorded, names),
      isStored: !isOwn || recorded.seq <= source.durableSeq,
      isSent: !isOwn || recorded.seq <= ackedSeq,
    };
  });
}

function clerkOf({ cause, event }: RecordedOrderEvent): TimelineRow["clerk"] {
  return event.type === "check_closed" ? event.clerk : (cause?.clerk ?? "");
}

function namesOf(events: readonly RecordedOrderEvent[]): ReadonlyMap<LineId, string> {
  const names = new Map<LineId, string>();
  for (const recorded of events)
    if (recorded.event.type === "line_added") names.set(eventId(recorded), recorded.event.name);
  return names;
}

type Facts = Pick<TimelineRow, "detail" | "quantityMilli" | "amountMinor">;

const NOTHING: Facts = { detail: "", quantityMilli: null, amountMinor: null };

function factsOf(
  state: State,
  order: Order,
  recorded: RecordedOrderEvent,
  names: ReadonlyMap<LineId, string>,
): Facts {
  const { event } = recorded;
  if (isPricingEvent(event)) return { ...NOTHING, ...tellPricing(event) };
  switch (event.type) {
    case "order_opened":
      return { ...NOTHING, detail: event.label === "" ? event.reason : event.label };
    case "line_added":
      return { detail: event.name, quantityMilli: event.quantityMilli, amountMinor: event.unitPriceMinor };
    case "units_added":
    case "units_removed":
      return { ...NOTHING, detail: names.get(event.line) ?? "", quantityMilli: event.quantityMilli };
    case "note_set":
      return { ...NOTHING, detail: event.text };
    case "order_voided":
      return { ...NOTHING, detail: event.reason };
    case "check_frozen":
      return { ...NOTHING, amountMinor: event.dueMinor };
    case "tender_captured":
      return { ...NOTHING, amountMinor: event.amountMinor };
    case "cash_rounded":
      return { ...NOTHING, amountMinor: event.adjustmentMinor };
    case "check_closed":
      return { ...NOTHING, detail: closingText(order, recorded), amountMinor: event.totalMinor };
    case "receipt_copied":
      return { ...NOTHING, detail: String(event.copyNumber) };
    case "print_finished":
      return { ...NOTHING, detail: event.code === "" ? event.outcome : event.code };
    case "order_parked":
      return { ...NOTHING, detail: event.label };
    case "return_linked":
      return { ...NOTHING, detail: receiptText(state, event.closing) };
    case "units_returned":
      return {
        ...NOTHING,
        quantityMilli: event.lines.reduce((total, line) => total + line.quantityMilli, 0),
      };
    case "tender_requested":
    case "orphan_found":
      return { ...NOTHING, amountMinor: event.amountMinor };
    case "tender_approved":
      return { ...NOTHING, detail: cardText(event.result) };
    case "tender_declined":
      return { ...NOTHING, detail: event.text === "" ? event.code : event.text };
    case "tender_doubted":
    case "tender_reversed":
    case "tender_forwarded":
      return { ...NOTHING, detail: event.code };
    case "tender_overridden":
    case "tender_judged":
    case "orphan_settled":
      return { ...NOTHING, detail: event.reason };
    case "slip_received":
      return { ...NOTHING, detail: event.copy };
    case "check_thawed":
    case "order_recalled":
    case "edit_undone":
      return NOTHING;
  }
}

function cardText({ brand, lastFour }: CardResult): string {
  return lastFour === "" ? brand : `${brand} …${lastFour}`.trim();
}

function closingText(order: Order, recorded: RecordedOrderEvent): string {
  const id = eventId(recorded);
  const closing = order.checks.flatMap((check) => check.closings).find((its) => its.id === id);
  return closing === undefined ? "" : receiptNumberText(closing);
}
