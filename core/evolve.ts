/**
 * evolve: folds one recorded event into the state. Total: it never throws and never refuses.
 * Folding the same records again in any order of arrival gives the same orders (core/order/fold.ts).
 */
import { eventId } from "./ids.ts";
import type { OrderId } from "./ids.ts";
import { ORDERS_KEPT_COUNT_MAX, VIEWS_KEPT_COUNT_MAX } from "./limits.ts";
import { extendOrder, foldOrder } from "./order/fold.ts";
import { insertionIndex } from "./order/sort.ts";
import type { Order, RecordedOrderEvent } from "./order/types.ts";
import { evolveShifts, restoreReport } from "./shift/fold.ts";
import { evolveHouse, signOn } from "./staff/fold.ts";
import type { OrderEntry, State } from "./state.ts";
import { evolveReaders, keepReaderDay } from "./tender/readers.ts";
import { isOpenEnded } from "./tender/types.ts";
import type { Event, OrderEvent, Recorded } from "./types.ts";

/** Folds `recorded` in; the same event twice is folded once. Updates `state` in place and returns it. */
export function evolve(state: State, recorded: Recorded): State {
  state.lamport = Math.max(state.lamport, recorded.lamport);
  const isOwn = recorded.terminal === state.terminal;
  // A record of one's own that comes back from a peer must not turn the seq back: it names the next event.
  const isFresh = !isOwn || recorded.seq > state.seq;
  if (isOwn && isFresh) {
    evolveOwn(state, recorded);
    evolveHouse(state, recorded);
    evolveReaders(state, recorded);
    state.seq = recorded.seq;
  }
  if (isFresh) evolveShifts(state, recorded);
  evolveOrder(state, recorded);
  return state;
}

/** Folds a record that a checkpoint carries: of an order, a reader's day, or figures whose paper is not out yet. */
export function evolveCarried(state: State, recorded: Recorded): State {
  restoreReport(state, recorded);
  const { event } = recorded;
  if (event.type === "reader_day_closed" && recorded.terminal === state.terminal)
    keepReaderDay(state, { ...recorded, event });
  return evolveOrder(state, recorded);
}

/** Folds only what belongs to an order: for headquarters. */
export function evolveOrder(state: State, recorded: Recorded): State {
  const id = orderOf(recorded.event, recorded);
  if (id === null || !isOfOrder(recorded)) return state;
  const entry = state.orders.get(id);
  const next = withEvent(id, entry, recorded, state.sightCount + 1);
  if (next === null) return state;
  state.orders.set(id, next);
  if (isWorking(state, next.order)) state.working.add(id);
  else state.working.delete(id);
  // Only its own terminal's recall brings an order to the front, and the newest sight is the front.
  if (next.sightIndex > state.sightCount) state.sightCount = next.sightIndex;
  if (entry === undefined) forgetOldest(state);
  return state;
}

/** The order that an event belongs to, or null for events of the terminal itself. */
export function orderOf(
  event: Event,
  recorded: Pick<Recorded, "terminal" | "epoch" | "seq">,
): OrderId | null {
  if (event.type === "order_opened") return eventId(recorded);
  return isOrderEvent(event) && "order" in event ? event.order : null;
}

/** Whether an event is folded with an order. */
export function isOrderEvent(event: Event): event is OrderEvent {
  const type: Event["type"] = event.type;
  return IS_ORDER_EVENT[type];
}

/** The record itself and no copy: it is kept as long as its order. */
function isOfOrder(recorded: Recorded): recorded is RecordedOrderEvent {
  return isOrderEvent(recorded.event);
}

const IS_ORDER_EVENT: Readonly<Record<Event["type"], boolean>> = {
  epoch_started: false,
  checkpoint_opened: false,
  records_carried: false,
  day_carried: false,
  hq_carried: false,
  hq_records_taken: false,
  catalogue_published: false,
  pricing_published: false,
  price_set: false,
  staff_set: false,
  staff_removed: false,
  config_set: false,
  clerk_signed_on: false,
  clerk_signed_off: false,
  clerk_unlocked: false,
  pin_tried: false,
  pin_passed: false,
  override_granted: false,
  item_availability_set: false,
  training_started: false,
  clock_flagged: false,
  clock_trusted: false,
  continuity_lost: false,
  shift_opened: false,
  shift_joined: false,
  cash_moved: false,
  drawer_opened: false,
  drawer_counted: false,
  shift_reported: false,
  shift_closed: false,
  report_copied: false,
  report_finished: false,
  reader_day_closed: false,
  readers_carried: false,
  order_opened: true,
  line_added: true,
  units_added: true,
  units_removed: true,
  note_set: true,
  order_voided: true,
  check_frozen: true,
  check_thawed: true,
  tender_captured: true,
  check_closed: true,
  receipt_copied: true,
  print_finished: true,
  order_parked: true,
  order_recalled: true,
  edit_undone: true,
  return_linked: true,
  units_returned: true,
  cash_rounded: true,
  discount_given: true,
  coupon_entered: true,
  adjustment_withdrawn: true,
  tip_set: true,
  guests_set: true,
  tier_set: true,
  tax_treatment_set: true,
  order_rounding_set: true,
  tender_requested: true,
  tender_approved: true,
  tender_declined: true,
  tender_doubted: true,
  tender_reversed: true,
  tender_overridden: true,
  tender_judged: true,
  orphan_found: true,
  orphan_settled: true,
  slip_received: true,
  tender_forwarded: true,
};

function withEvent(
  id: OrderId,
  entry: OrderEntry | undefined,
  recorded: RecordedOrderEvent,
  sightCount: number,
): OrderEntry | null {
  if (entry === undefined) {
    return { order: foldOrder(id, [recorded]), events: [recorded], sightIndex: sightCount };
  }
  const index = insertionIndex(entry.events, recorded);
  if (index === null) return null;
  const events = entry.events.toSpliced(index, 0, recorded);
  const isNewest = index === entry.events.length;
  const extended = isNewest ? extendOrder(entry.order, recorded, entry.events) : null;
  const isRecalled = recorded.event.type === "order_recalled";
  const sightIndex = isRecalled ? sightCount : entry.sightIndex;
  return { order: extended ?? foldOrder(id, events), events, sightIndex };
}

// What is said of an order that was let go of long ago does not bring it back to the screen.
function isWorking(state: State, order: Order): boolean {
  const isOpen = order.phase === "open" || order.phase === "frozen";
  return isOpen && order.owner === state.terminal && !order.marks.includes("order_unknown");
}

function evolveOwn(state: State, recorded: Recorded): void {
  const { event, cause } = recorded;
  if (cause !== null) rememberView(state, cause.view, cause.n);
  switch (event.type) {
    case "epoch_started":
      state.epoch = recorded.epoch;
      beginSeries(state, event.series);
      break;
    case "continuity_lost":
      beginSeries(state, event.series);
      break;
    case "checkpoint_opened":
      // Within a history the checkpoint repeats what is known; at its head it is all that is known.
      if (state.seq > 0) break;
      state.epoch = recorded.epoch;
      state.receiptSeries = event.series;
      state.nextReceiptNumber = event.nextReceiptNumber;
      state.lamport = Math.max(state.lamport, event.lamport);
      for (const grant of event.clerks) signOn(state, grant);
      for (const { view, n } of event.views) rememberView(state, view, n);
      break;
    case "check_closed":
      if (event.receipt.series === state.receiptSeries) {
        state.nextReceiptNumber = Math.max(state.nextReceiptNumber, event.receipt.number + 1);
      }
      break;
    default:
      break;
  }
}

function beginSeries(state: State, series: string): void {
  if (series === state.receiptSeries) return;
  state.receiptSeries = series;
  state.nextReceiptNumber = 1;
}

function rememberView(state: State, view: number, n: number): void {
  const newest = Math.max(n, state.views.get(view) ?? 0);
  // Mostly there is one screen, whose place among others needs no care.
  if (state.views.size > 1) state.views.delete(view);
  state.views.set(view, newest);
  const [oldest] = state.views.keys();
  if (state.views.size > VIEWS_KEPT_COUNT_MAX && oldest !== undefined) state.views.delete(oldest);
}

function forgetOldest(state: State): void {
  if (state.orders.size <= ORDERS_KEPT_COUNT_MAX) return;
  for (const [id, { order }] of state.orders) {
    const isDone = order.phase === "closed" || order.phase === "voided";
    if (!isDone && !order.marks.includes("order_unknown")) continue;
    if (order.checks.some((check) => check.cards.some(isOpenEnded))) continue;
    state.orders.delete(id);
    return;
  }
}
