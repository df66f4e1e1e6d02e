/**
 * A day of a shop, as it can be sold: the rows of the file grouped by invoice, in the order in which
 * invoices first appear. Owns what counts as a sale, as a return, and as a row that no till can take.
 *
 * D1 No row is dropped in silence: each is a line of one order or a refused row with a reason.
 * D2 Sums are exact: of all rows in millionths, of what can be sold in minor units.
 */
import {
  ORDER_LINES_COUNT_MAX,
  ORDER_TOTAL_MINOR_MAX,
  QUANTITY_MILLI_MAX,
  UNIT_PRICE_MINOR_MAX,
} from "../../core/limits.ts";
import { MILLI_ONE, minor } from "../../core/money.ts";
import type { Minor } from "../../core/money.ts";
import { readCsv } from "./day/csv.ts";
import type { CsvFault } from "./day/csv.ts";
import { readRows } from "./day/rows.ts";
import type { FileRow, RowsFault } from "./day/rows.ts";

/** A row that becomes a line. */
export interface DayLine {
  readonly row: FileRow;
  /** At least 1, on returns too. */
  readonly quantityCount: number;
  readonly unitPriceMinor: Minor;
}

/** An invoice with at least one line. */
export interface DayOrder {
  readonly invoice: string;
  readonly kind: "sale" | "return";
  readonly lines: readonly DayLine[];
  /** What its lines come to, at least 0 on returns too. */
  readonly totalMinor: Minor;
}

/** Why a row cannot be sold. */
export type RowRefusal =
  | "row/stock_note"
  | "row/quantity_positive"
  | "row/quantity_zero"
  | "row/price_negative"
  | "row/price_not_exact"
  | "row/out_of_range"
  | "row/order_full";

/** What each reason means, for people. */
export const ROW_REFUSAL_WORDS: Readonly<Record<RowRefusal, string>> = {
  "row/stock_note": "negative quantity on an invoice that is no cancellation: a note about stock, not a sale",
  "row/quantity_positive": "positive quantity on a cancellation: nothing comes back",
  "row/quantity_zero": "quantity of zero: nothing was sold",
  "row/price_negative": "negative price: a correction of the books, not a sale",
  "row/price_not_exact": "price that is not exact in pence: no till can take it",
  "row/out_of_range": "quantity or price beyond what a till takes",
  "row/order_full": "more lines or money than one order holds",
};

/** A row that is not sold; its number counts as FileRow's. */
export interface RefusedRow {
  readonly rowNumber: number;
  readonly reason: RowRefusal;
}

export interface Day {
  /** Rows without the head. */
  readonly lineCount: number;
  /** Numbers of invoices and of cancellations in the file, those included of which no row can be sold. */
  readonly invoiceCount: number;
  readonly cancellationCount: number;
  readonly orders: readonly DayOrder[];
  readonly refusedRows: readonly RefusedRow[];
  /** Quantity × price over all rows, refused ones included, in millionths. */
  readonly fileSumMicro: bigint;
  /** What sales bring less what returns cost: what headquarters must report. */
  readonly netMinor: Minor;
}

/** A day, or why the file is refused as a whole. */
export type DayResult = { readonly ok: true; readonly value: Day } | CsvFault | RowsFault;

const MICRO_PER_MINOR = 10_000n;

/** The day in a file's bytes. `date` ("2010-12-01", "2010-12") keeps the rows of that day, month or year only; null keeps all. */
export function readDay(bytes: Uint8Array, date: string | null = null): DayResult {
  const csv = readCsv(bytes);
  if (!csv.ok) return csv;
  const read = readRows(csv.rows);
  if (!read.ok) return read;
  return { ok: true, value: dayOf(date === null ? read.rows : read.rows.filter(isOn(date))) };
}

function isOn(date: string): (row: FileRow) => boolean {
  return (row) => new Date(row.at).toISOString().startsWith(date);
}

/** Groups rows into orders. */
export function dayOf(rows: readonly FileRow[]): Day {
  const linesByInvoice = new Map<string, DayLine[]>();
  const totals = new Map<string, number>();
  const refusedRows: RefusedRow[] = [];
  for (const row of rows) {
    const lines = linesByInvoice.get(row.invoice) ?? [];
    linesByInvoice.set(row.invoice, lines);
    const line = lineOf(row);
    const totalMinor = totals.get(row.invoice) ?? 0;
    const refusal = typeof line === "string" ? line : fullness(line, lines.length, totalMinor);
    if (refusal !== null) refusedRows.push({ rowNumber: row.rowNumber, reason: refusal });
    else if (typeof line !== "string") {
      lines.push(line);
      totals.set(row.invoice, totalMinor + amountOf(line));
    }
  }
  const orders = [...linesByInvoice].flatMap(([invoice, lines]): readonly DayOrder[] => {
    if (lines.length === 0) return [];
    const kind = isCancellation(invoice) ? "return" : "sale";
    return [{ invoice, kind, lines, totalMinor: minor(totals.get(invoice) ?? 0) }];
  });
  const cancellationCount = [...linesByInvoice.keys()].filter(isCancellation).length;
  return {
    lineCount: rows.length,
    invoiceCount: linesByInvoice.size - cancellationCount,
    cancellationCount,
    orders,
    refusedRows,
    fileSumMicro: rows.reduce((sum, row) => sum + BigInt(row.quantityCount) * row.priceMicro, 0n),
    netMinor: minor(
      orders.reduce((sum, order) => sum + (order.kind === "sale" ? order.totalMinor : -order.totalMinor), 0),
    ),
  };
}

/** Millionths as decimal text with at least two decimals: "58635.56", "-0.001". */
export function microText(micro: bigint): string {
  const digits = String(micro < 0n ? -micro : micro).padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${micro < 0n ? "-" : ""}${digits.slice(0, -6)}.${fraction}`;
}

/** What a line comes to. */
export function amountOf(line: DayLine): number {
  return line.unitPriceMinor * line.quantityCount;
}

function isCancellation(invoice: string): boolean {
  return invoice.startsWith("C");
}

function lineOf(row: FileRow): DayLine | RowRefusal {
  const { invoice, quantityCount, priceMicro } = row;
  if (quantityCount === 0) return "row/quantity_zero";
  if (quantityCount < 0 && !isCancellation(invoice)) return "row/stock_note";
  if (quantityCount > 0 && isCancellation(invoice)) return "row/quantity_positive";
  if (priceMicro < 0n) return "row/price_negative";
  if (priceMicro % MICRO_PER_MINOR !== 0n) return "row/price_not_exact";
  const priceMinor = priceMicro / MICRO_PER_MINOR;
  const magnitudeCount = Math.abs(quantityCount);
  const isTooLarge =
    magnitudeCount * MILLI_ONE > QUANTITY_MILLI_MAX ||
    priceMinor > BigInt(UNIT_PRICE_MINOR_MAX) ||
    priceMinor * BigInt(magnitudeCount) > BigInt(ORDER_TOTAL_MINOR_MAX);
  if (isTooLarge) return "row/out_of_range";
  return { row, quantityCount: magnitudeCount, unitPriceMinor: minor(Number(priceMinor)) };
}

function fullness(line: DayLine, lineCount: number, totalMinor: number): RowRefusal | null {
  const isFull = lineCount >= ORDER_LINES_COUNT_MAX || totalMinor + amountOf(line) > ORDER_TOTAL_MINOR_MAX;
  return isFull ? "row/order_full" : null;
}
