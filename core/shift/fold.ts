/**
 * Shifts folded from events: which drawers are open, and what went through them.
 *
 * S1 What belongs to a shift is named by the event itself (its `shift`); no clock plays a part.
 * S2 A closed shift never moves: what names it later counts for nothing here and is for headquarters to tell.
 * S3 Total: nothing throws, nothing is refused.
 * S4 Only the terminal that opened a shift counts and closes it, whatever another one says.
 */
import type { ShiftId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { SHIFTS_KEPT_COUNT_MAX } from "../limits.ts";
import type { State } from "../state.ts";
import type { ShiftOpened } from "./events.ts";
import type { Recorded } from "../types.ts";
import { emptyReport, hasCounted, withEvent } from "./report.ts";
import type { Shift } from "./types.ts";
import { workingShift } from "./working.ts";

/** Folds one event in; updates `state.shifts`, `state.reports` and their counters in place. */
export function evolveShifts(state: State, recorded: Recorded): void {
  const { event } = recorded;
  const isOwn = recorded.terminal === state.terminal;
  switch (event.type) {
    case "shift_opened":
      opened(state, recorded, event);
      break;
    case "shift_joined":
      if (isOwn) change(state, event.shift, (shift) => ({ ...shift, isJoined: true }));
      break;
    case "drawer_counted":
      changeByOwner(state, recorded, event.shift, (shift) => ({
        ...shift,
        countedMinor: event.countedMinor,
      }));
      break;
    case "shift_reported":
      if (isOwn) keepReport(state, { ...recorded, event });
      break;
    case "shift_closed":
      changeByOwner(state, recorded, event.shift, (shift) => ({
        ...shift,
        report: event.report,
        countedMinor: event.countedMinor,
        closing: eventId(recorded),
      }));
      if (!isOwn) break;
      keepReport(state, { ...recorded, event });
      state.nextZNumber = Math.max(state.nextZNumber, event.zNumber + 1);
      forgetOldest(state);
      break;
    case "report_copied":
      if (isOwn) state.reportJobs.add(eventId(recorded));
      break;
    case "report_finished":
      if (isOwn) state.reportJobs.delete(event.job);
      break;
    default:
      count(state, recorded);
  }
}

function opened(state: State, recorded: Recorded, event: ShiftOpened): void {
  const id = eventId(recorded);
  const isOwn = recorded.terminal === state.terminal;
  if (isOwn && event.businessDate > state.businessDate) state.businessDate = event.businessDate;
  if (state.shifts.has(id)) return;
  const clerk = recorded.cause?.clerk ?? "";
  const { drawer, businessDate, currency, floatMinor } = event;
  state.shifts.set(id, {
    id,
    owner: recorded.terminal,
    clerk,
    report: emptyReport({ drawer, businessDate, currency, clerk, openedAt: recorded.at, floatMinor }),
    isJoined: false,
    countedMinor: null,
    closing: null,
  });
  forgetOldest(state);
}

/** Takes up the figures that a checkpoint carries because their paper is not out yet. */
export function restoreReport(state: State, recorded: Recorded): void {
  const { event, terminal } = recorded;
  if (terminal !== state.terminal) return;
  if (event.type === "shift_reported" || event.type === "shift_closed")
    keepReport(state, { ...recorded, event });
}

function keepReport(state: State, recorded: Parameters<State["reports"]["set"]>[1]): void {
  const id = eventId(recorded);
  state.reports.set(id, recorded);
  state.reportJobs.add(id);
  const [oldest] = state.reports.keys();
  if (state.reports.size > SHIFTS_KEPT_COUNT_MAX && oldest !== undefined) state.reports.delete(oldest);
}

function count(state: State, recorded: Recorded): void {
  const id = shiftOf(state, recorded);
  if (id === null) return;
  change(state, id, (shift) => {
    // S2
    if (shift.closing !== null || hasCounted(shift.report, recorded)) return shift;
    const report = withEvent(shift.report, recorded);
    const isSameCash = report.expectedMinor === shift.report.expectedMinor;
    return { ...shift, report, countedMinor: isSameCash ? shift.countedMinor : null };
  });
}

// S1. Voids and copies name none: they count for the shift that their clerk works in.
function shiftOf(state: State, recorded: Recorded): ShiftId | null {
  const { event } = recorded;
  switch (event.type) {
    case "check_closed":
    case "tender_captured":
    case "cash_moved":
    case "drawer_opened":
      return event.shift;
    case "order_voided":
    case "receipt_copied": {
      if (recorded.terminal !== state.terminal) return null;
      const shift = workingShift(state, recorded.cause?.clerk ?? "");
      return shift === null || shift === "ambiguous" ? null : shift.id;
    }
    default:
      return null;
  }
}

function change(state: State, id: ShiftId, to: (shift: Shift) => Shift): void {
  const shift = state.shifts.get(id);
  if (shift !== undefined && shift.closing === null) state.shifts.set(id, to(shift));
}

// S4
function changeByOwner(state: State, { terminal }: Recorded, id: ShiftId, to: (shift: Shift) => Shift): void {
  if (state.shifts.get(id)?.owner === terminal) change(state, id, to);
}

function forgetOldest(state: State): void {
  for (const [id, shift] of state.shifts) {
    if (state.shifts.size <= SHIFTS_KEPT_COUNT_MAX) return;
    // Those of other terminals are kept as long as this one's cash may go there.
    if (shift.closing !== null || (shift.owner !== state.terminal && !shift.isJoined))
      state.shifts.delete(id);
  }
}
