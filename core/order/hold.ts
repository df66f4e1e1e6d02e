/**
 * What checks and voids take out of an order, and what is left open.
 *
 * H1 A hold takes all that is open in its own past, the events inside its frontier; so an event
 *    that an active hold covers is accounted for, and nothing that arrives later can move it.
 * H2 Open units of a line are its additions less its removals, of those that no active hold covers,
 *    never below 0. So an addition outside the frontier goes to the next check, and a removal
 *    outside it takes from such additions or from nothing.
 * H3 A thaw counts only where the check has no captured tender, none that a reader may still capture,
 *    and no closing. A void stays.
 */
import type { CheckId, EventId, LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { milli } from "../money.ts";
import type { CheckFrozen, OrderVoided, Recorded } from "../types.ts";
import { cardTendersOf } from "../tender/fold.ts";
import { isLive, takenBack } from "../tender/types.ts";
import { lineOf, tally } from "./lines.ts";
import { insideFrontier } from "./sort.ts";
import type { Line, RecordedOrderEvent } from "./types.ts";

/** The units of some events that no active hold among the same events covers. */
export interface Open {
  /** In order of entry. */
  readonly lines: readonly Line[];
  /** The additions that these lines are made of. */
  readonly additions: ReadonlySet<EventId>;
  /** Lines from which more was removed than there was. */
  readonly overdrawn: ReadonlySet<LineId>;
  readonly lineUnknown: boolean;
}

/** A check or a void of an order with what it took: all that was open in its past. */
export interface Hold {
  readonly id: EventId;
  readonly recorded: RecordedHold;
  readonly active: boolean;
  /** The events inside its frontier. */
  readonly past: readonly RecordedOrderEvent[];
  readonly taken: Open;
}

/** The event of a check or a void, in its place. */
export type RecordedHold = Recorded<CheckFrozen | OrderVoided>;

/** An order's units, settled. */
export interface Settled {
  /** Sorted as the events are. */
  readonly holds: readonly Hold[];
  readonly open: Open;
}

/** Settles `events` (sorted, of one order). */
export function settle(events: readonly RecordedOrderEvent[]): Settled {
  const active = new Set(activeHolds(events));
  const holds = events.filter(isHold).map((recorded): Hold => {
    const past = events.filter((each) => each !== recorded && covers(recorded, each));
    return { id: eventId(recorded), recorded, active: active.has(recorded), past, taken: openIn(past) };
  });
  return { holds, open: openIn(events) };
}

function openIn(events: readonly RecordedOrderEvent[]): Open {
  const holds = activeHolds(events);
  // Units whose line the hold did not know were not there for it to take.
  const isOpen = (recorded: RecordedOrderEvent, entry: RecordedOrderEvent): boolean =>
    !holds.some((hold) => covers(hold, recorded) && covers(hold, entry));
  const { tallies, lineUnknown } = tally(events, isOpen);
  const lines: Line[] = [];
  const additions = new Set<EventId>();
  const overdrawn = new Set<LineId>();
  for (const line of tallies) {
    const openMilli = line.addedMilli - line.removedMilli;
    if (openMilli < 0) overdrawn.add(line.id);
    if (openMilli <= 0) continue;
    lines.push(lineOf(line, milli(openMilli)));
    for (const addition of line.additions) additions.add(addition);
  }
  return { lines, additions, overdrawn, lineUnknown };
}

function covers(hold: RecordedHold, recorded: RecordedOrderEvent): boolean {
  return insideFrontier(hold.event.frontier, recorded);
}

function isHold(recorded: RecordedOrderEvent): recorded is RecordedHold {
  return recorded.event.type === "check_frozen" || recorded.event.type === "order_voided";
}

/** The checks and voids among these events that hold what they took (H3). */
export function activeHolds(events: readonly RecordedOrderEvent[]): readonly RecordedHold[] {
  const holds = events.filter(isHold);
  if (holds.length === 0) return holds;
  const thawed = new Set<EventId>();
  for (const { event } of events) if (event.type === "check_thawed") thawed.add(event.check);
  if (thawed.size > 0) for (const check of checksWithMoney(events)) thawed.delete(check);
  return holds.filter((hold) => hold.event.type === "order_voided" || !thawed.has(eventId(hold)));
}

function checksWithMoney(events: readonly RecordedOrderEvent[]): readonly CheckId[] {
  const cards = cardTendersOf(events);
  const back = takenBack(cards);
  const checks: CheckId[] = cards.filter(isLive).map(({ check }) => check);
  for (const { event } of events) {
    if (event.type === "check_closed") checks.push(event.check);
    if (event.type === "tender_captured" && (event.request === null || !back.has(event.request)))
      checks.push(event.check);
  }
  return checks;
}
