/**
 * The checkpoint at the head of a segment: everything that a fold beginning there needs. Counters,
 * who is signed on, the newest taps, and the records of orders that are not finished, verbatim. So a
 * segment before it may go once headquarters has acknowledged past it.
 */
import { parseEventId, terminalId } from "./ids.ts";
import { PINS_CARRIED_COUNT_MAX, SHIFTS_OPEN_COUNT_MAX } from "./limits.ts";
import type { ShiftCarried } from "./shift/events.ts";
import type { PinCarried } from "./staff/events.ts";
import { openShifts } from "./shift/working.ts";
import { setSoldOut } from "./staff/fold.ts";
import type { OrderEntry, State } from "./state.ts";
import { isOpenEnded } from "./tender/types.ts";
import type { CheckpointOpened, DayCarried, Recorded } from "./types.ts";

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
    shifts: carriedShifts(state),
    pins: carriedPins(state),
    soldOut: [...state.soldOut].map(([sku, isSoldOut]) => ({ sku, isSoldOut })),
    isTraining: state.isTraining,
    clock: { highWaterMs: state.clockHighWaterMs, flag: state.clockFlag },
  };
}

// Those whose cash goes through here before those that this terminal might still join.
function carriedShifts(state: State): readonly ShiftCarried[] {
  const used = openShifts(state);
  const joinable = [...state.shifts.values()].filter((its) => its.closing === null && !used.includes(its));
  const kept = [...used, ...joinable].slice(0, SHIFTS_OPEN_COUNT_MAX);
  return [...state.shifts.values()]
    .filter((its) => kept.includes(its))
    .map(({ id, report, isJoined, countedMinor }) => ({ shift: id, report, isJoined, countedMinor }));
}

// Of too many the most wrong ones stay: a lock is never lost.
function carriedPins(state: State): readonly PinCarried[] {
  return [...state.pins]
    .map(([clerk, { failureCount }]) => ({ clerk, failureCount }))
    .filter(({ failureCount }) => failureCount > 0)
    .sort((a, b) => b.failureCount - a.failureCount)
    .slice(0, PINS_CARRIED_COUNT_MAX);
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
    state.pins.set(clerk, { failureCount, passed: null, open: null, purpose: "sign_on" });
  for (const { sku, isSoldOut } of day.soldOut) setSoldOut(state, sku, isSoldOut);
  state.isTraining = day.isTraining;
  state.clockHighWaterMs = day.clock.highWaterMs;
  state.clockFlag = day.clock.flag;
}

/**
 * The records that a checkpoint carries: those of every order that is not finished, by order, sorted,
 * of figures whose paper is not out yet, and of each reader's newest day close.
 */
export function carriedEvents(state: State): readonly Recorded[] {
  const orders = [...state.orders.values()].flatMap((entry) =>
    isFinished(state, entry) ? [] : entry.events,
  );
  const reports = [...state.reports].filter(([id]) => state.reportJobs.has(id)).map(([, its]) => its);
  return [...orders, ...reports, ...state.readerDays.values()];
}

// A finished order with a print job under way still waits for its end.
function isFinished({ terminal }: State, { order }: OrderEntry): boolean {
  // What is said of an own order that was let go of: its opening will not come again.
  if (order.owner === terminal && order.marks.includes("order_unknown")) return true;
  if (order.phase !== "closed" && order.phase !== "voided") return false;
  if (order.checks.some((check) => check.cards.some(isOpenEnded))) return false;
  return order.jobs.every((job) => job.outcome !== "pending");
}
