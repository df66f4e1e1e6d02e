/**
 * The checkpoint at the head of a segment: everything that a fold beginning there needs. Counters,
 * who is signed on, the newest taps, and the records of orders that are not finished, verbatim. So a
 * segment before it may go once headquarters has acknowledged past it.
 */
import type { RecordedOrderEvent } from "./order/types.ts";
import type { OrderEntry, State } from "./state.ts";
import type { CheckpointOpened } from "./types.ts";

/** The counters of a checkpoint; `carriedCount` is how many records_carried events follow. */
export function checkpointOf(state: State, carriedCount: number): CheckpointOpened {
  return {
    type: "checkpoint_opened",
    series: state.receiptSeries,
    nextReceiptNumber: state.nextReceiptNumber,
    lamport: state.lamport,
    clerks: [...state.clerks.values()],
    views: [...state.views.entries()].map(([view, n]) => ({ view, n })),
    carriedCount,
  };
}

/** The events that a checkpoint carries: those of every order that is not finished, by order, sorted. */
export function carriedEvents(state: State): readonly RecordedOrderEvent[] {
  return [...state.orders.values()].flatMap((entry) => (isFinished(entry) ? [] : entry.events));
}

// A finished order with a print job under way still waits for its end.
function isFinished({ order }: OrderEntry): boolean {
  if (order.phase !== "closed" && order.phase !== "voided") return false;
  return order.jobs.every((job) => job.outcome !== "pending");
}
