/**
 * The list of orders as a pure function of the state: one row for each, newest first. A row of money
 * that is not on disk yet says so (isStored).
 */
import type { Order } from "../../core/order/types.ts";
import { receiptNumberText } from "../../core/receipt/layout.ts";
import type { OrderEntry, State } from "../../core/state.ts";
import { wallText } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import { ORDERS_LISTED_COUNT_MAX } from "./limits.ts";
import { ackedWithin, itemCount, printView, timeText } from "./view.ts";
import type { StatusSource } from "./view.ts";
import type { OrderRow } from "./wire.ts";

/**
 * The orders of today in the store's zone and those that are not finished, newest first, at most
 * ORDERS_LISTED_COUNT_MAX.
 */
export function orderRows(
  state: State,
  source: StatusSource,
  now: WallMs,
  zoneMinutes: number,
): readonly OrderRow[] {
  const today = dayText(now, zoneMinutes);
  const rows: OrderRow[] = [];
  for (const entry of [...state.orders.values()].reverse()) {
    if (rows.length === ORDERS_LISTED_COUNT_MAX) break;
    const at = lastAt(entry);
    // What was parked yesterday waits for its customer still.
    const isListed = dayText(at, zoneMinutes) === today || state.working.has(entry.order.id);
    if (isListed && hasContent(entry.order)) rows.push(orderRow(state, source, entry, at, zoneMinutes));
  }
  return rows;
}

// An order whose every line was taken off again is nothing that anyone looks for.
function hasContent(order: Order): boolean {
  return order.lines.length > 0 || order.checks.length > 0 || order.phase === "voided";
}

function lastAt(entry: OrderEntry): WallMs {
  return entry.order.checks.flatMap((check) => check.closings).at(-1)?.at ?? entry.order.openedAt;
}

function orderRow(
  state: State,
  source: StatusSource,
  entry: OrderEntry,
  at: WallMs,
  zoneMinutes: number,
): OrderRow {
  const { order } = entry;
  const newestSeq = newestOwnSeq(state, entry);
  const closing = order.checks.flatMap((check) => check.closings).at(-1);
  const heldLines = order.checks.flatMap((check) => (check.status === "thawed" ? [] : check.lines));
  return {
    order: order.id,
    kind: order.kind,
    timeText: timeText(at, zoneMinutes),
    phase: order.phase,
    isParked: order.isParked,
    label: order.label,
    receipt: closing === undefined ? "" : receiptNumberText(closing),
    totalMinor: orderTotal(order),
    itemCount: itemCount([...heldLines, ...order.lines]),
    isReturned: order.returned.length > 0,
    markCount: order.marks.length,
    isStored: newestSeq <= source.durableSeq,
    isUnsent: newestSeq > ackedWithin(source),
    print: printView(order.jobs.at(-1)),
  };
}

function orderTotal(order: Order): number {
  const sign = order.kind === "sale" ? 1 : -1;
  let totalMinor: number = sign * order.openTotalMinor;
  for (const check of order.checks) {
    if (check.status === "frozen") totalMinor += check.dueMinor;
    for (const closing of check.closings) totalMinor += closing.facts.totalMinor;
  }
  return totalMinor;
}

/** The seq of the newest event of an order that this terminal recorded; 0 when it recorded none. */
export function newestOwnSeq(state: State, entry: OrderEntry): number {
  let newest = 0;
  for (const { terminal, seq } of entry.events) {
    if (terminal === state.terminal && seq > newest) newest = seq;
  }
  return newest;
}

function dayText(at: WallMs, zoneMinutes: number): string {
  return wallText(at, zoneMinutes).slice(0, 10);
}
