/**
 * Commands of a shift: open with a float, move cash, count blind, close, print.
 *
 * D1 The count comes before anything that shows what is expected: an X says nothing of it.
 * D2 Whatever moves cash after a count asks for another one.
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import {
  CASH_MOVE_MINOR_MAX,
  DENOMINATION_COUNT_MAX,
  DENOMINATIONS_COUNT_MAX,
  REASON_TEXT_LENGTH_MAX,
  SHIFTS_OPEN_COUNT_MAX,
} from "../limits.ts";
import { minor, negate, sumWithin } from "../money.ts";
import { fits, isWhole, may } from "../order/decide-lines.ts";
import type { Decided } from "../order/decide-lines.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import type { State } from "../state.ts";
import { liveTenders } from "../tender/live.ts";
import type { ClerkGrant } from "../facts.ts";
import { businessDateAt } from "./business-day.ts";
import type { Shift } from "./types.ts";
import { openShifts, shiftForCash, workingShift } from "./working.ts";

/** Opens a drawer's shift with its float. */
export function decideOpenShift(
  state: State,
  context: Context,
  grant: ClerkGrant,
  command: Of<"open_shift">,
): Decided {
  if (!may(grant, "shift")) return refuse("clerk/right_missing", "shift");
  const { drawer } = command;
  if (!context.drawers.includes(drawer)) return refuse("drawer/unknown", drawer);
  if (!isWhole(command.floatMinor, 0, CASH_MOVE_MINOR_MAX)) return refuse("command/out_of_range", "float");
  const open = openShifts(state);
  if (open.some((shift) => shift.report.drawer === drawer)) return refuse("shift/already_open", drawer);
  if (open.length >= SHIFTS_OPEN_COUNT_MAX) return refuse("shift/too_many");
  const { currency } = context;
  const floatMinor = minor(command.floatMinor);
  const businessDate = businessDateAt(state, context);
  return { ok: true, events: [{ type: "shift_opened", drawer, businessDate, currency, floatMinor }] };
}

/** Sends this terminal's cash into a drawer that another terminal opened. */
export function decideJoinShift(state: State, grant: ClerkGrant, command: Of<"join_shift">): Decided {
  if (!may(grant, "shift")) return refuse("clerk/right_missing", "shift");
  const shift = state.shifts.get(command.shift);
  if (shift === undefined || shift.closing !== null) return refuse("shift/unknown");
  if (openShifts(state).includes(shift)) return refuse("shift/already_open", shift.report.drawer);
  if (openShifts(state).length >= SHIFTS_OPEN_COUNT_MAX) return refuse("shift/too_many");
  return { ok: true, events: [{ type: "shift_joined", shift: shift.id }] };
}

/** A pay-in, a pay-out or a drop to the safe, with its reason. */
export function decideMoveCash(state: State, grant: ClerkGrant, command: Of<"move_cash">): Decided {
  if (!may(grant, "drawer")) return refuse("clerk/right_missing", "drawer");
  if (!isWhole(command.amountMinor, 1, CASH_MOVE_MINOR_MAX)) return refuse("command/out_of_range", "amount");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  if (command.reason.trim() === "") return refuse("order/reason_missing");
  const shift = shiftForCash(state, grant);
  if ("ok" in shift) return shift;
  const { kind, reason } = command;
  const amountMinor = minor(command.amountMinor);
  return { ok: true, events: [{ type: "cash_moved", shift: shift.id, kind, amountMinor, reason }] };
}

/** Opens the drawer without a sale, with its reason; counted in the Z. */
export function decideOpenDrawer(state: State, grant: ClerkGrant, command: Of<"open_drawer">): Decided {
  if (!may(grant, "drawer")) return refuse("clerk/right_missing", "drawer");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  if (command.reason.trim() === "") return refuse("order/reason_missing");
  const shift = workingShift(state, grant.clerk);
  const id = shift === null || shift === "ambiguous" ? null : shift.id;
  return { ok: true, events: [{ type: "drawer_opened", shift: id, reason: command.reason }] };
}

/** Records what somebody counted, by note and coin. */
export function decideCountDrawer(state: State, grant: ClerkGrant, command: Of<"count_drawer">): Decided {
  const shift = closable(state, grant, command.shift);
  if ("ok" in shift) return shift;
  const { denominations } = command;
  const areCounts = denominations.every(
    ({ valueMinor, count }) =>
      isWhole(valueMinor, 1, CASH_MOVE_MINOR_MAX) && isWhole(count, 0, DENOMINATION_COUNT_MAX),
  );
  const values = new Set(denominations.map(({ valueMinor }) => valueMinor));
  if (!areCounts || values.size !== denominations.length || denominations.length > DENOMINATIONS_COUNT_MAX)
    return refuse("command/out_of_range", "denominations");
  const counted = denominations.reduce((total, { valueMinor, count }) => total + valueMinor * count, 0);
  if (!isWhole(counted, 0, CASH_MOVE_MINOR_MAX)) return refuse("command/out_of_range", "denominations");
  return {
    ok: true,
    events: [
      {
        type: "drawer_counted",
        shift: shift.id,
        denominations: denominations
          .filter(({ count }) => count > 0)
          .map(({ valueMinor, count }) => ({ valueMinor: minor(valueMinor), count })),
        countedMinor: minor(counted),
      },
    ],
  };
}

/** Prints an X: the figures so far. */
export function decideReportShift(state: State, grant: ClerkGrant, command: Of<"report_shift">): Decided {
  if (!may(grant, "shift")) return refuse("clerk/right_missing", "shift");
  const shift = state.shifts.get(command.shift);
  if (shift === undefined || shift.closing !== null) return refuse("shift/unknown");
  return { ok: true, events: [{ type: "shift_reported", shift: shift.id, report: shift.report }] };
}

/** Closes a counted shift: its Z. A difference needs a reason. */
export function decideCloseShift(state: State, grant: ClerkGrant, command: Of<"close_shift">): Decided {
  const shift = closable(state, grant, command.shift);
  if ("ok" in shift) return shift;
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  const { countedMinor, report } = shift;
  // D2
  if (countedMinor === null) return refuse("shift/not_counted");
  // What a reader may still take for this shift would be in no Z; a person can always tell what became of it.
  const live = liveTenders(state).find((card) => card.shift === shift.id);
  if (live !== undefined) return refuse("shift/order_waits", live.id);
  if (isPayingSomewhere(state)) return refuse("shift/order_waits");
  const differenceMinor = sumWithin([countedMinor, negate(report.expectedMinor)]);
  if (differenceMinor !== 0 && command.reason.trim() === "") return refuse("shift/difference_reason");
  const reason = differenceMinor === 0 ? "" : command.reason;
  return {
    ok: true,
    events: [
      {
        type: "shift_closed",
        shift: shift.id,
        zNumber: state.nextZNumber,
        report,
        countedMinor,
        differenceMinor,
        reason,
      },
    ],
  };
}

/** Prints a Z again: the same document, byte for byte. */
export function decidePrintReport(state: State, grant: ClerkGrant, command: Of<"print_report">): Decided {
  if (!may(grant, "shift")) return refuse("clerk/right_missing", "shift");
  const report = state.reports.get(command.closing);
  if (report === undefined || report.event.type !== "shift_closed") return refuse("report/unknown");
  return { ok: true, events: [{ type: "report_copied", closing: command.closing }] };
}

function closable(state: State, grant: ClerkGrant, id: Shift["id"]): Shift | Refused {
  if (!may(grant, "shift")) return refuse("clerk/right_missing", "shift");
  const shift = state.shifts.get(id);
  if (shift === undefined || shift.closing !== null) return refuse("shift/unknown");
  return shift.owner === state.terminal ? shift : refuse("shift/other_terminal");
}

// Money that was taken for a check that is not closed would be torn between two shifts.
function isPayingSomewhere(state: State): boolean {
  for (const id of state.working) {
    const checks = state.orders.get(id)?.order.checks ?? [];
    if (checks.some((check) => check.status === "frozen" && check.tenders.length > 0)) return true;
  }
  return false;
}
