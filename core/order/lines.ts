/**
 * Lines counted from additions and removals. Quantities are never "set": each writer adds and
 * removes, and the sum is the same in any order of arrival.
 */
import type { LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { add, milli, priceOf, subtract, sum, ZERO } from "../money.ts";
import type { Milli, Minor } from "../money.ts";
import type { LineAdded } from "../types.ts";
import type { Line, RecordedOrderEvent } from "./types.ts";

/** A line's facts with everything ever added to it and removed from it. */
export interface LineTally {
  readonly id: LineId;
  readonly facts: LineAdded;
  readonly addedMilli: number;
  readonly removedMilli: number;
  readonly note: string;
}

/** The tallies of these events in order of entry, and whether any event named a line that is not among them. */
export function tally(events: readonly RecordedOrderEvent[]): {
  readonly tallies: ReadonlyMap<LineId, LineTally>;
  readonly lineUnknown: boolean;
} {
  const tallies = new Map<LineId, LineTally>();
  for (const recorded of events) {
    if (recorded.event.type !== "line_added") continue;
    const id = eventId(recorded);
    tallies.set(id, {
      id,
      facts: recorded.event,
      addedMilli: recorded.event.quantityMilli,
      removedMilli: 0,
      note: "",
    });
  }
  let lineUnknown = false;
  for (const { event } of events) {
    if (event.type !== "units_added" && event.type !== "units_removed" && event.type !== "note_set") continue;
    if (event.line === null) continue;
    const current = tallies.get(event.line);
    if (current === undefined) lineUnknown = true;
    else tallies.set(event.line, applied(current, event));
  }
  return { tallies, lineUnknown };
}

function applied(line: LineTally, event: RecordedOrderEvent["event"]): LineTally {
  switch (event.type) {
    case "units_added":
      return { ...line, addedMilli: line.addedMilli + event.quantityMilli };
    case "units_removed":
      return { ...line, removedMilli: line.removedMilli + event.quantityMilli };
    case "note_set":
      return { ...line, note: event.text };
    default:
      return line;
  }
}

/** A line that holds `quantityMilli` units of this tally. */
export function lineOf(source: LineTally, quantityMilli: Milli): Line {
  const { facts } = source;
  return {
    id: source.id,
    sku: facts.sku,
    name: facts.name,
    quantityMilli,
    unitPriceMinor: facts.unitPriceMinor,
    taxPpm: facts.taxPpm,
    priceSource: facts.priceSource,
    note: source.note,
  };
}

/** What the line's units cost, tax included; half up on the minor unit. */
export function lineAmount(line: Line): Minor {
  return priceOf(line.unitPriceMinor, line.quantityMilli);
}

/** What all lines cost together, tax included. */
export function linesTotal(lines: readonly Line[]): Minor {
  return sum(lines.map(lineAmount));
}

/** The total after `line` changed from `before` to `after`, so that a tap does not add up the whole order. */
export function movedTotal(totalMinor: Minor, before: Line | null, after: Line | null): Minor {
  const without = before === null ? ZERO : lineAmount(before);
  const withIt = after === null ? ZERO : lineAmount(after);
  return subtract(add(totalMinor, withIt), without);
}

/** `line` with other units. */
export function withQuantity(line: Line, quantityMilli: number): Line {
  return { ...line, quantityMilli: milli(quantityMilli) };
}
