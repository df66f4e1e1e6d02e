/**
 * Lines counted from additions and removals. Quantities are never "set": each writer adds and
 * removes, and the sum is the same in any order of arrival.
 * Nothing here throws: a number that no `decide` would have written is held within its bound.
 */
import type { EventId, LineId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { LINE_AMOUNT_MINOR_MAX, QUANTITY_MILLI_MAX } from "../limits.ts";
import { milli, minor, MILLI_ONE, negate, prefix, priceOf, subtract, sumWithin, ZERO } from "../money.ts";
import type { Milli, Minor } from "../money.ts";
import { paidForLine } from "../price/order/facts.ts";
import type { CheckPricing } from "../price/order/types.ts";
import type { LineAdded, ReturnedUnits } from "../types.ts";
import type { Line, RecordedOrderEvent } from "./types.ts";

/** A line's facts with what was added to it and removed from it by the events that count. */
export interface LineTally {
  readonly id: LineId;
  readonly facts: LineAdded;
  readonly addedMilli: number;
  readonly removedMilli: number;
  /** The events that added to it. */
  readonly additions: readonly EventId[];
  readonly note: string;
}

/** What `tally` found. */
export interface Tallied {
  /** In order of entry. */
  readonly tallies: Iterable<LineTally>;
  /** Whether any event named a line that is not among the events. */
  readonly lineUnknown: boolean;
}

interface Count extends LineTally {
  addedMilli: number;
  removedMilli: number;
  readonly additions: EventId[];
  note: string;
}

/**
 * Counts the lines of these events. Units count where `counts` says so of their event and of the
 * one that made their line; notes always do.
 */
export function tally(
  events: readonly RecordedOrderEvent[],
  counts: (recorded: RecordedOrderEvent, entry: RecordedOrderEvent) => boolean,
): Tallied {
  const tallies = new Map<EventId, Count>();
  const entries = new Map<EventId, RecordedOrderEvent>();
  for (const recorded of events) {
    const { event } = recorded;
    if (event.type !== "line_added") continue;
    const id = eventId(recorded);
    tallies.set(id, { id, facts: event, addedMilli: 0, removedMilli: 0, additions: [], note: "" });
    entries.set(id, recorded);
  }
  let lineUnknown = false;
  for (const recorded of events) {
    const id = lineIdOf(recorded);
    if (id === null) continue;
    const line = tallies.get(id);
    const entry = entries.get(id);
    if (line === undefined || entry === undefined) lineUnknown = true;
    else if (recorded.event.type === "note_set") line.note = recorded.event.text;
    else if (counts(recorded, entry)) count(line, recorded);
  }
  return { tallies: tallies.values(), lineUnknown };
}

function lineIdOf(recorded: RecordedOrderEvent): EventId | null {
  switch (recorded.event.type) {
    case "line_added":
      return eventId(recorded);
    case "units_added":
    case "units_removed":
    case "note_set":
      return recorded.event.line;
    default:
      return null;
  }
}

function count(line: Count, recorded: RecordedOrderEvent): void {
  const { event } = recorded;
  if (event.type === "line_added" || event.type === "units_added") {
    line.addedMilli += unitsWithin(event.quantityMilli);
    line.additions.push(eventId(recorded));
  } else if (event.type === "units_removed") line.removedMilli += unitsWithin(event.quantityMilli);
}

/** The units of one addition or removal as they count: at most what a command may name. */
export function unitsWithin(quantityMilli: Milli): Milli {
  return quantityMilli > QUANTITY_MILLI_MAX ? milli(QUANTITY_MILLI_MAX) : quantityMilli;
}

/** A line that holds `quantityMilli` units of this tally. */
export function lineOf(source: Pick<LineTally, "id" | "facts" | "note">, quantityMilli: Milli): Line {
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
    returnOf: facts.returnOf,
    pricing: facts.pricing,
  };
}

/** What the line's units cost, tax included; half up on the minor unit. Returned units are worth what was paid for them. */
export function lineAmount(line: Line): Minor {
  if (line.returnOf !== null) return worthOf(line.returnOf, line.quantityMilli);
  return amountOf(line.unitPriceMinor, line.quantityMilli);
}

/**
 * What these units of a sold line are worth: a difference of prefixes, so that any sequence of
 * partial returns sums to the whole (ARITHMETIC section 2). Total: at most what the whole was.
 */
export function worthOf({ soldMilli, soldMinor, fromMilli }: ReturnedUnits, quantityMilli: Milli): Minor {
  if (soldMilli <= 0) return ZERO;
  const from = Math.min(Math.max(fromMilli, 0), soldMilli);
  const to = Math.min(from + Math.max(quantityMilli, 0), soldMilli);
  const withinMinor = minor(Math.min(Math.max(soldMinor, -LINE_AMOUNT_MINOR_MAX), LINE_AMOUNT_MINOR_MAX));
  return subtract(prefix(withinMinor, to, soldMilli), prefix(withinMinor, from, soldMilli));
}

/** The price of a quantity, half up on the minor unit, held within LINE_AMOUNT_MINOR_MAX. */
export function amountOf(unitPriceMinor: Minor, quantityMilli: Milli): Minor {
  const roughMinor = (unitPriceMinor * quantityMilli) / MILLI_ONE;
  if (roughMinor > LINE_AMOUNT_MINOR_MAX) return minor(LINE_AMOUNT_MINOR_MAX);
  if (roughMinor < -LINE_AMOUNT_MINOR_MAX) return minor(-LINE_AMOUNT_MINOR_MAX);
  return priceOf(unitPriceMinor, quantityMilli);
}

/** What each line of a check was sold for, with taxes that are not inside and without fees. */
export function checkAmounts({
  lines,
  pricing,
}: {
  readonly lines: readonly Line[];
  readonly pricing: CheckPricing | null;
}): readonly Minor[] {
  return lines.map((line, index) => {
    const fact = pricing?.lines[index];
    return pricing === null || fact === undefined ? lineAmount(line) : paidForLine(pricing, fact);
  });
}

/** What all lines cost together, tax included. */
export function linesTotal(lines: readonly Line[]): Minor {
  return sumWithin(lines.map(lineAmount));
}

/** The total after `line` changed from `before` to `after`, so that a tap does not add up the whole order. */
export function movedTotal(totalMinor: Minor, before: Line | null, after: Line | null): Minor {
  const without = before === null ? ZERO : lineAmount(before);
  const withIt = after === null ? ZERO : lineAmount(after);
  return sumWithin([totalMinor, withIt, negate(without)]);
}

/** `line` with other units. */
export function withQuantity(line: Line, quantityMilli: number): Line {
  return { ...line, quantityMilli: milli(quantityMilli) };
}
