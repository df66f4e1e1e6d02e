/**
 * Marks: what staff must know about an order because an event did not fit or money is off.
 * A mark never changes an amount; it says where to look.
 */
import type { EventId, LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { sum } from "../money.ts";
import type { Hold, Settled } from "./hold.ts";
import { insideFrontier } from "./sort.ts";
import type { Check, Mark, PrintJob, RecordedOrderEvent } from "./types.ts";

/** The marks of an order, sorted, without repeats. */
export function marksOf(
  settled: Settled,
  checks: readonly Check[],
  jobs: readonly PrintJob[],
  events: readonly RecordedOrderEvent[],
  isKnown: boolean,
): readonly Mark[] {
  const marks = new Set<Mark>();
  if (!isKnown) marks.add("order_unknown");
  if (settled.lineUnknown) marks.add("line_unknown");
  if (jobs.some((job) => job.outcome === "failed" || job.outcome === "unknown"))
    marks.add("receipt_not_confirmed");
  for (const mark of lateAdditions(settled, events)) marks.add(mark);
  for (const mark of lateRemovals(settled, events)) marks.add(mark);
  for (const mark of checkMarks(checks, events)) marks.add(mark);
  if (holdsOverlap(settled.holds)) marks.add("held_twice");
  return [...marks].sort();
}

function lateAdditions(settled: Settled, events: readonly RecordedOrderEvent[]): readonly Mark[] {
  return settled.holds.flatMap((hold, holdIndex): readonly Mark[] => {
    if (!hold.active) return [];
    const isLate = events.some(
      (recorded) =>
        (recorded.event.type === "line_added" || recorded.event.type === "units_added") &&
        recorded.event.checksSeenCount <= holdIndex &&
        !insideFrontier(hold.event.frontier, recorded),
    );
    if (!isLate) return [];
    return [hold.event.type === "check_frozen" ? "added_after_freeze" : "added_after_void"];
  });
}

function lateRemovals(settled: Settled, events: readonly RecordedOrderEvent[]): readonly Mark[] {
  const checks = settled.holds.filter((hold) => hold.active && hold.event.type === "check_frozen");
  return [...settled.overdrawn].map((line) => {
    const holders = checks.filter((check) => check.lines.some((its) => its.id === line));
    const isLate = events.some(
      (recorded) =>
        recorded.event.type === "units_removed" &&
        recorded.event.line === line &&
        holders.some((check) => !insideFrontier(check.event.frontier, recorded)),
    );
    if (isLate) return "removed_after_freeze";
    return holders.length > 1 ? "held_twice" : "removed_more_than_held";
  });
}

function checkMarks(checks: readonly Check[], events: readonly RecordedOrderEvent[]): readonly Mark[] {
  const marks: Mark[] = [];
  const known = new Set<EventId>(checks.map((check) => check.id));
  for (const { event } of events) {
    const namesCheck =
      event.type === "check_thawed" || event.type === "tender_captured" || event.type === "check_closed";
    if (namesCheck && !known.has(event.check)) marks.push("check_unknown");
  }
  for (const check of checks) {
    if (check.closings.length > 1) marks.push("closed_twice");
    const paidMinor = sum(check.tenders.map((tender) => tender.amountMinor));
    if (Math.abs(paidMinor) > Math.abs(check.dueMinor)) marks.push("overpaid");
    const hasThaw = events.some(({ event }) => event.type === "check_thawed" && event.check === check.id);
    if (hasThaw && check.status !== "thawed") marks.push("thaw_ignored");
  }
  return marks;
}

// Two holds that did not know of each other and took the same line.
function holdsOverlap(holds: readonly Hold[]): boolean {
  const active = holds.filter((hold) => hold.active);
  return active.some((a, index) =>
    active.slice(index + 1).some((b) => areConcurrent(a, b) && shareLine(a, b)),
  );
}

function areConcurrent(a: Hold, b: Hold): boolean {
  return !insideFrontier(a.event.frontier, b.recorded) && !insideFrontier(b.event.frontier, a.recorded);
}

function shareLine(a: Hold, b: Hold): boolean {
  const lines = new Set<LineId>(a.lines.map((line) => line.id));
  return b.lines.some((line) => lines.has(line.id));
}

/** The identity of a recorded event that asks for paper. */
export function jobIdOf(recorded: RecordedOrderEvent): EventId | null {
  const { type } = recorded.event;
  return type === "check_closed" || type === "receipt_copied" ? eventId(recorded) : null;
}
