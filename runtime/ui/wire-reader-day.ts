/**
 * The reader of a day close of a card reader (panels.ts), as strict as panel-view.ts.
 * Bounds are those of the event that it came from.
 */
import { DAY_CASES_COUNT_MAX, READER_BRANDS_COUNT_MAX } from "../../core/limits.ts";
import { DAY_CASE_KINDS } from "../../core/tender/events.ts";
import { minor } from "../../core/money.ts";
import type { FieldReader } from "./fields.ts";
import { WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import type { DayCaseView, ReaderDayView } from "./panels.ts";

/** Rows that a report has at most: the reader's brands and those that only the journal has. */
const ROWS_COUNT_MAX = 2 * READER_BRANDS_COUNT_MAX;

/** One day close. */
export function readReaderDay(from: FieldReader): ReaderDayView {
  return {
    reader: text(from, "reader"),
    serial: text(from, "serial"),
    closedText: text(from, "closedText"),
    rows: from.list("rows", ROWS_COUNT_MAX, rowOf),
    cases: from.list("cases", DAY_CASES_COUNT_MAX, caseOf),
  };
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function count(from: FieldReader, name: string): number {
  return from.whole(name, 0, Number.MAX_SAFE_INTEGER);
}

function rowOf(from: FieldReader): ReaderDayView["rows"][number] {
  return {
    brand: text(from, "brand"),
    readerCount: count(from, "readerCount"),
    readerMinor: from.integer("readerMinor"),
    journalCount: count(from, "journalCount"),
    journalMinor: from.integer("journalMinor"),
  };
}

function caseOf(from: FieldReader): DayCaseView {
  return {
    kind: from.word("kind", DAY_CASE_KINDS),
    brand: text(from, "brand"),
    readerCount: count(from, "readerCount"),
    journalCount: count(from, "journalCount"),
    amountMinor: minor(from.integer("amountMinor")),
    isAtReader: from.flag("isAtReader"),
    order: from.nullable("order", (its, name) => its.eventId(name)),
    label: text(from, "label"),
  };
}
