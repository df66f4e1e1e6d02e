/**
 * The checkpoint at the head of a segment: everything that a fold beginning there needs. Counters,
 * who is signed on, the newest taps, and the records of orders that are not finished, verbatim. So a
 * segment before it may go once headquarters has acknowledged past it.
 */
import type { RecordedOrderEvent } from "./order/types.ts";
import { parseEventId, terminalId } from "./ids.ts";
import { SHIFTS_OPEN_COUNT_MAX } from "./limits.ts";
import { openShifts } from "./shift/working.ts";
import { setSoldOut } from "./staff/fold.ts";
import type { OrderEntry, State } from "./state.ts";
import type { CheckpointOpened, DayCarried } from "./types.ts";

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

/** What else a fold needs: shifts, PIN tries, what is off sale, the clock. Follows checkpoint_opened. */
export function dayOf(state: State): DayCarried {
  return {
    type: "day_carried",
    businessDate: state.businessDate,
    nextZNumber: state.nextZNumber,
    shifts: openShifts(state)
      .slice(-SHIFTS_OPEN_COUNT_MAX)
      .map(({ id, report, isJoined, countedMinor }) => ({ shift: id, report, isJoined, countedMinor })),
    pins: [...state.pins].map(([clerk, { failureCount }]) => ({ clerk, failureCount })),
    soldOut: [...state.soldOut].map(([sku, isSoldOut]) => ({ sku, isSoldOut })),
    isTraining: state.isTraining,
    clock: { highWaterMs: state.clockHighWaterMs, flag: state.clockFlag },
  };
}

/** Takes up what a checkpoint carries, where a fold begins with it. A right PIN that nobody used is asked for again. */
export function restoreDay(state: State, day: DayCarried): void {
  state.businessDate = day.businessDate;
  state.nextZNumber = day.nextZNumber;
  for (const { shift, report, isJoined, countedMinor } of day.shifts) {
    const owner = parseEventId(shift)?.terminal ?? terminalId("unknown");
    const { clerk } = report;
    state.shifts.set(shift, { id: shift, owner, clerk, report, isJoined, countedMinor, closing: null });
  }
  for (const { clerk, failureCount } of day.pins)
    state.pins.set(clerk, { failureCount, passed: null, open: null });
  for (const { sku, isSoldOut } of day.soldOut) setSoldOut(state, sku, isSoldOut);
  state.isTraining = day.isTraining;
  state.clockHighWaterMs = day.clock.highWaterMs;
  state.clockFlag = day.clock.flag;
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
