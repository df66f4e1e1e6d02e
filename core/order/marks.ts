/**
 * Marks: what staff must know about an order because an event did not fit or money is off.
 * A mark never changes an amount; it says where to look.
 */
import type { EventId, LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { sumWithin } from "../money.ts";
import type { CardTender } from "../tender/types.ts";
import type { LineAdded, Recorded, UnitsAdded } from "../types.ts";
import type { Hold, Settled } from "./hold.ts";
import { compareRecorded, insideFrontier } from "./sort.ts";
import { isReturnedTwice } from "./returns.ts";
import type { Check, Mark, PrintJob, RecordedOrderEvent, ReturnedTally } from "./types.ts";

/** The marks of an order, sorted, without repeats. */
export function marksOf(
  settled: Settled,
  checks: readonly Check[],
  jobs: readonly PrintJob[],
  returned: readonly ReturnedTally[],
  events: readonly RecordedOrderEvent[],
  isKnown: boolean,
): readonly Mark[] {
  const marks = new Set<Mark>();
  const active = settled.holds.filter((hold) => hold.active);
  if (!isKnown) marks.add("order_unknown");
  if (settled.open.lineUnknown) marks.add("line_unknown");
  if (jobs.some((job) => job.outcome === "failed" || job.outcome === "unknown"))
    marks.add("receipt_not_confirmed");
  if (jobs.some((job) => job.mark !== "none")) marks.add("receipt_marked");
  if (isReturnedTwice(checks, returned)) marks.add("returned_twice");
  if (active.length > 0) for (const mark of lateAdditions(settled.holds, events)) marks.add(mark);
  for (const mark of removalMarks(settled, active, events)) marks.add(mark);
  for (const mark of checkMarks(checks, events)) marks.add(mark);
  if (holdsOverlap(active)) marks.add("held_twice");
  return [...marks].sort();
}

type Addition = Recorded<LineAdded | UnitsAdded>;

function isAddition(recorded: RecordedOrderEvent): recorded is Addition {
  return recorded.event.type === "line_added" || recorded.event.type === "units_added";
}

function lateAdditions(holds: readonly Hold[], events: readonly RecordedOrderEvent[]): readonly Mark[] {
  return events.filter(isAddition).flatMap((addition) => {
    const before = holds.filter((hold) => compareRecorded(hold.recorded, addition) < 0);
    const isLateFor = (hold: Hold): boolean =>
      hold.active &&
      !insideFrontier(hold.recorded.event.frontier, addition) &&
      !(before.includes(hold) && knewOf(addition, hold, before.length));
    return holds
      .filter(isLateFor)
      .map(({ recorded }) =>
        recorded.event.type === "check_frozen" ? "added_after_freeze" : "added_after_void",
      );
  });
}

// Which of the holds before it an author knew is certain for its own and when it counted all of
// them. In between it counts as late for each: a mark too many costs a look, a missing one money.
function knewOf(addition: Addition, hold: Hold, holdsBeforeCount: number): boolean {
  const { terminal, epoch } = hold.recorded;
  if (addition.terminal === terminal && addition.epoch === epoch) return true;
  return addition.event.checksSeenCount >= holdsBeforeCount;
}

function removalMarks(
  settled: Settled,
  active: readonly Hold[],
  events: readonly RecordedOrderEvent[],
): readonly Mark[] {
  // What a hold forgave in its past was forgiven for good, and stays marked.
  const overdrawn = new Set<LineId>(settled.open.overdrawn);
  for (const hold of active) for (const line of hold.taken.overdrawn) overdrawn.add(line);
  return [...overdrawn].map((line) => {
    const isLate = events.some(
      (recorded) =>
        recorded.event.type === "units_removed" &&
        recorded.event.line === line &&
        active.some(
          (hold) => isHolder(hold, line) && !insideFrontier(hold.recorded.event.frontier, recorded),
        ),
    );
    return isLate ? "removed_after_freeze" : "removed_more_than_held";
  });
}

function isHolder(hold: Hold, line: LineId): boolean {
  return hold.recorded.event.type === "check_frozen" && hold.taken.lines.some((its) => its.id === line);
}

function checkMarks(checks: readonly Check[], events: readonly RecordedOrderEvent[]): readonly Mark[] {
  const marks: Mark[] = [];
  const known = new Set<EventId>(checks.map((check) => check.id));
  const thawed = new Set<EventId>();
  for (const { event } of events) {
    const namesCheck =
      event.type === "check_thawed" ||
      event.type === "tender_captured" ||
      event.type === "tender_requested" ||
      event.type === "cash_rounded" ||
      event.type === "check_closed";
    if (namesCheck && !known.has(event.check)) marks.push("check_unknown");
    if (event.type === "check_thawed") thawed.add(event.check);
  }
  for (const check of checks) {
    if (check.closings.length > 1) marks.push("closed_twice");
    const paidMinor = sumWithin(check.tenders.map((tender) => tender.amountMinor));
    const dueMinor = sumWithin([check.dueMinor, check.roundingMinor]);
    if (Math.abs(paidMinor) > Math.abs(dueMinor)) marks.push("overpaid");
    if (thawed.has(check.id) && check.status !== "thawed") marks.push("thaw_ignored");
    for (const card of check.cards) marks.push(...cardMarks(card));
  }
  return marks;
}

function cardMarks(card: CardTender): readonly Mark[] {
  const marks: Mark[] = [];
  if (card.status === "unknown") marks.push("card_unknown");
  if (card.status === "declined_later") marks.push("card_declined_later");
  if (card.isOverridden) marks.push("card_overridden");
  if (card.orphans.length > 0) marks.push("card_orphan");
  return marks;
}

// Two holds that did not know of each other and took the same units.
function holdsOverlap(active: readonly Hold[]): boolean {
  const isShared = (a: Hold, b: Hold): boolean =>
    [...a.taken.additions].some((addition) => b.taken.additions.has(addition));
  return active.some((a, index) => active.slice(index + 1).some((b) => isShared(a, b)));
}

/** The identity of a recorded event that asks for paper. */
export function jobIdOf(recorded: RecordedOrderEvent): EventId | null {
  const { type } = recorded.event;
  return type === "check_closed" || type === "receipt_copied" || type === "slip_received"
    ? eventId(recorded)
    : null;
}
