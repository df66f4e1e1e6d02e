/**
 * The order of events that several terminals wrote, and what one of them had seen of it (the
 * frontier). Nothing here looks at a clock: Lamport times sort, names break ties.
 */
import type { Frontier } from "../facts.ts";
import type { RecordedOrderEvent } from "./types.ts";

/** By (lamport, terminal, epoch, seq): negative when `a` comes before `b`, 0 only for the same event. */
export function compareRecorded(a: RecordedOrderEvent, b: RecordedOrderEvent): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport;
  if (a.terminal !== b.terminal) return a.terminal < b.terminal ? -1 : 1;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.seq - b.seq;
}

/** Where `recorded` belongs in `events` (sorted), or null when it is there already. */
export function insertionIndex(
  events: readonly RecordedOrderEvent[],
  recorded: RecordedOrderEvent,
): number | null {
  // From the end: nearly every event is the newest.
  for (let index = events.length; index > 0; index -= 1) {
    const before = events[index - 1];
    const order = before === undefined ? -1 : compareRecorded(before, recorded);
    if (order === 0) return null;
    if (order < 0) return index;
  }
  return 0;
}

/** The newest event of each writer in `events`, sorted by terminal, then epoch. */
export function frontierOf(events: readonly RecordedOrderEvent[]): Frontier {
  // Few: a list that is walked costs less than names that are made.
  const newest: RecordedOrderEvent[] = [];
  for (const recorded of events) {
    const { terminal, epoch } = recorded;
    const index = newest.findIndex((known) => known.terminal === terminal && known.epoch === epoch);
    const known = newest[index];
    if (known === undefined) newest.push(recorded);
    else if (known.seq < recorded.seq) newest[index] = recorded;
  }
  return newest
    .map(({ terminal, epoch, seq }) => ({ terminal, epoch, seq }))
    .sort((a, b) => {
      if (a.terminal !== b.terminal) return a.terminal < b.terminal ? -1 : 1;
      return a.epoch < b.epoch ? -1 : 1;
    });
}

/** Whether the author of the frontier held this event. */
export function insideFrontier(frontier: Frontier, recorded: RecordedOrderEvent): boolean {
  return frontier.some(
    (entry) =>
      entry.terminal === recorded.terminal && entry.epoch === recorded.epoch && recorded.seq <= entry.seq,
  );
}
