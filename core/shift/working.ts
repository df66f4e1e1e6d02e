/**
 * Which drawer cash goes through: of the shifts that are open here, the one of the clerk who takes it.
 * With several open and none of the clerk's own nothing is guessed.
 */
import type { Context } from "../context.ts";
import type { ClerkId } from "../ids.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import type { State } from "../state.ts";
import type { ClerkGrant } from "../facts.ts";
import type { Shift } from "./types.ts";

/** Shifts that this terminal's cash may go through. */
export function openShifts(state: Pick<State, "terminal" | "shifts">): readonly Shift[] {
  return [...state.shifts.values()].filter(
    (shift) => shift.closing === null && (shift.owner === state.terminal || shift.isJoined),
  );
}

/** The shift of this clerk's cash: the newest that the clerk opened, else the only one there is; null when none is open. */
export function workingShift(
  state: Pick<State, "terminal" | "shifts">,
  clerk: ClerkId | "",
): Shift | null | "ambiguous" {
  const open = openShifts(state);
  const mine = open.filter((shift) => shift.clerk === clerk && clerk !== "").at(-1);
  if (mine !== undefined) return mine;
  return open.length > 1 ? "ambiguous" : (open[0] ?? null);
}

/** The shift that this clerk's cash goes through, or why none takes it. */
export function shiftForCash(state: State, grant: ClerkGrant): Shift | Refused {
  const shift = workingShift(state, grant.clerk);
  if (shift === null) return refuse("shift/not_open");
  return shift === "ambiguous" ? refuse("shift/ambiguous") : shift;
}

/** As shiftForCash; null where cash may be taken without a shift and none is open. */
export function drawerShift(state: State, context: Context, grant: ClerkGrant): Shift | null | Refused {
  const isOptional = !context.needsShift && workingShift(state, grant.clerk) === null;
  return isOptional ? null : shiftForCash(state, grant);
}
