/**
 * What checks and voids take out of an order, and what is left open.
 *
 * H1 What a hold takes is what was open in its own past, the events inside its frontier: nothing
 *    that arrives later can move it.
 * H2 Open units of a line are all additions less all removals less what active holds took, never
 *    below 0. So an addition outside the frontier goes to the next check, and a removal outside it
 *    takes nothing from a frozen one.
 * H3 A thaw counts only where the check has no captured tender and no closing. A void stays.
 */
import type { EventId, LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { milli } from "../money.ts";
import type { CheckFrozen, Frontier, OrderVoided } from "../types.ts";
import { lineOf, tally } from "./lines.ts";
import type { LineTally } from "./lines.ts";
import { insideFrontier } from "./sort.ts";
import type { Line, RecordedOrderEvent } from "./types.ts";

/** A check or a void of an order with the lines it took. */
export interface Hold {
  readonly id: EventId;
  readonly recorded: RecordedOrderEvent;
  readonly event: CheckFrozen | OrderVoided;
  readonly lines: readonly Line[];
  readonly active: boolean;
}

/** An order's units, settled: what is open, what is held, and what did not add up. */
export interface Settled {
  readonly tallies: ReadonlyMap<LineId, LineTally>;
  /** Sorted as the events are. */
  readonly holds: readonly Hold[];
  /** Open lines in order of entry. */
  readonly lines: readonly Line[];
  /** Lines from which more was removed or held than was ever added. */
  readonly overdrawn: ReadonlySet<LineId>;
  readonly lineUnknown: boolean;
}

/** Settles `events` (sorted, of one order). */
export function settle(events: readonly RecordedOrderEvent[]): Settled {
  return settleWith(events, new Map());
}

// By H1 a hold's lines are the same in every set that holds its past, so one computation serves
// the whole recursion; without it thirty checks of one order would cost 2^30 folds.
function settleWith(events: readonly RecordedOrderEvent[], known: Map<EventId, readonly Line[]>): Settled {
  const holds = events.flatMap((recorded): readonly Hold[] => {
    const { event } = recorded;
    if (event.type !== "check_frozen" && event.type !== "order_voided") return [];
    const id = eventId(recorded);
    const lines = linesHeld(id, event.frontier, events, known);
    return [{ id, recorded, event, lines, active: isActive(id, events) }];
  });
  const { tallies, lineUnknown } = tally(events);
  const held = heldByLine(holds);
  const lines: Line[] = [];
  const overdrawn = new Set<LineId>();
  for (const line of tallies.values()) {
    const openMilli = line.addedMilli - line.removedMilli - (held.get(line.id) ?? 0);
    if (openMilli > 0) lines.push(lineOf(line, milli(openMilli)));
    if (openMilli < 0) overdrawn.add(line.id);
  }
  return { tallies, holds, lines, overdrawn, lineUnknown };
}

function linesHeld(
  id: EventId,
  frontier: Frontier,
  events: readonly RecordedOrderEvent[],
  known: Map<EventId, readonly Line[]>,
): readonly Line[] {
  const before = known.get(id);
  if (before !== undefined) return before;
  // A frontier that names its own or a later hold would recurse for ever: the first answer stands.
  known.set(id, []);
  const past = events.filter((recorded) => insideFrontier(frontier, recorded) && eventId(recorded) !== id);
  const { lines } = settleWith(past, known);
  known.set(id, lines);
  return lines;
}

// H3
function isActive(id: EventId, events: readonly RecordedOrderEvent[]): boolean {
  let thawed = false;
  for (const { event } of events) {
    if (event.type === "check_thawed" && event.check === id) thawed = true;
    if ((event.type === "tender_captured" || event.type === "check_closed") && event.check === id)
      return true;
  }
  return !thawed;
}

function heldByLine(holds: readonly Hold[]): ReadonlyMap<LineId, number> {
  const held = new Map<LineId, number>();
  for (const hold of holds) {
    if (!hold.active) continue;
    for (const line of hold.lines) held.set(line.id, (held.get(line.id) ?? 0) + line.quantityMilli);
  }
  return held;
}
