/**
 * The newest day close of each reader as a screen shows it: the reader's money by brand, the journal's
 * beside it, and every difference by its name. As recorded; nothing is compared anew.
 */
import { receiptNumberText } from "../../core/receipt/layout.ts";
import type { State } from "../../core/state.ts";
import { dayRows } from "../../core/tender/day-cases.ts";
import type { DayCase } from "../../core/tender/events.ts";
import { wallText } from "../../core/time.ts";
import type { ReaderDayView } from "./panels.ts";

/** Day closes whose record is on disk, the newest first. */
export function readerDays(state: State, durableSeq: number, zoneMinutes: number): readonly ReaderDayView[] {
  return [...state.readerDays.values()]
    .filter(({ seq }) => seq <= durableSeq)
    .toReversed()
    .map(({ at, event }) => ({
      reader: event.reader,
      serial: event.serial,
      closedText: wallText(at, zoneMinutes),
      rows: dayRows(event.totals, event.journal),
      cases: event.cases.map((its) => ({ ...factsOf(its), label: labelOf(state, its) })),
    }));
}

function factsOf({ kind, brand, readerCount, journalCount, amountMinor, isAtReader, order }: DayCase) {
  return { kind, brand, readerCount, journalCount, amountMinor, isAtReader, order };
}

// What people call the order: its label, or the number of its receipt.
function labelOf(state: State, { order }: DayCase): string {
  const held = order === null ? undefined : state.orders.get(order)?.order;
  if (held === undefined) return "";
  const closing = held.checks.flatMap((check) => check.closings).at(-1);
  return held.label !== "" || closing === undefined ? held.label : receiptNumberText(closing);
}
