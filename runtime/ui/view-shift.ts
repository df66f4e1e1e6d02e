/**
 * The panel of shifts: which drawers are open, what was counted, and each Z that may be printed again.
 *
 * D1 What a drawer should hold is said only once somebody has counted it (core/shift/decide.ts, D1).
 */
import type { ClerkId, DrawerId, EventId, TerminalId } from "../../core/ids.ts";
import type { ShiftClosed, ShiftReported } from "../../core/shift/events.ts";
import type { Shift } from "../../core/shift/types.ts";
import { workingShift } from "../../core/shift/working.ts";
import type { State } from "../../core/state.ts";
import type { Recorded } from "../../core/types.ts";
import { wallText } from "../../core/time.ts";
import type { ShiftPanel, ShiftView, ZView } from "./panels.ts";

/** The part of the state that the panel is made of: kept as it was while money waits for the disk. */
export type ShiftFacts = Pick<State, "terminal" | "shifts" | "reports">;

/** What the panel needs beside the state. */
export interface ShiftPanelOptions {
  /** The page's clerk. */
  readonly clerk: ClerkId | "";
  readonly drawers: readonly DrawerId[];
  readonly denominationsMinor: readonly number[];
  readonly unsentCount: number;
  readonly zoneMinutes: number;
}

/** The tables of a moment; shifts and reports in them never change. */
export function shiftFacts({ terminal, shifts, reports }: State): ShiftFacts {
  return { terminal, shifts: new Map(shifts), reports: new Map(reports) };
}

/** The panel of shifts. */
export function shiftPanel(facts: ShiftFacts, options: ShiftPanelOptions): ShiftPanel {
  const { clerk, drawers, denominationsMinor, unsentCount, zoneMinutes } = options;
  const running = [...facts.shifts.values()].filter((shift) => shift.closing === null);
  const open = running.filter((shift) => shift.owner === facts.terminal || shift.isJoined);
  const mine = workingShift(facts, clerk);
  const taken = new Set<DrawerId>(open.map((shift) => shift.report.drawer));
  return {
    open: open.map((shift) => shiftView(shift, facts.terminal, shift === mine, zoneMinutes)),
    freeDrawers: drawers.filter((drawer) => !taken.has(drawer)),
    joinable: running
      .filter((shift) => !open.includes(shift))
      .map(({ id, report, owner, clerk: opener }) => ({
        shift: id,
        drawer: report.drawer,
        terminal: owner,
        clerk: opener,
      })),
    closed: [...facts.reports]
      .flatMap(([closing, recorded]) => zView(closing, recorded, zoneMinutes))
      .reverse(),
    unsentCount,
    denominationsMinor,
  };
}

function shiftView(shift: Shift, terminal: TerminalId, isMine: boolean, zoneMinutes: number): ShiftView {
  const { report, countedMinor } = shift;
  const { expectedMinor } = report;
  return {
    shift: shift.id,
    drawer: report.drawer,
    businessDate: report.businessDate,
    openedText: wallText(report.openedAt, zoneMinutes),
    clerk: shift.clerk,
    isOwn: shift.owner === terminal,
    isMine,
    floatMinor: report.floatMinor,
    saleCount: report.saleCount,
    returnCount: report.returnCount,
    noSaleCount: report.noSaleCount,
    // D1
    counted:
      countedMinor === null
        ? null
        : { countedMinor, expectedMinor, differenceMinor: countedMinor - expectedMinor },
  };
}

function zView(
  closing: EventId,
  { event, at }: Recorded<ShiftReported | ShiftClosed>,
  zoneMinutes: number,
): readonly ZView[] {
  if (event.type !== "shift_closed") return [];
  const { zNumber, report, differenceMinor } = event;
  const { drawer, businessDate } = report;
  return [{ closing, zNumber, drawer, businessDate, closedText: wallText(at, zoneMinutes), differenceMinor }];
}
