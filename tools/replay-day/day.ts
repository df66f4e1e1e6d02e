/**
 * A day of a shop, as it can be sold: the rows of the file grouped by invoice, in the order in which
 * invoices first appear. Owns what counts as a sale, as a return, and as a row that no till can take.
 *
 * D1 No row is dropped in silence: each is a line of one order or a refused row with a reason.
 * D2 Sums are exact: of all rows in millionths, of what can be sold in minor units. The file's sum is
 *    the net and what is refused and what rounding took, to the millionth.
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

/**
 * What is done with rows that no till can take as they stand. "till": they are refused. "books": the
 * whole file is booked: an amount that is not exact in pence is rounded half up, line by line, and a
 * negative price, a correction of the books, is money paid out.
 */
export type RowRules = "till" | "books";

/** A row whose amount is not exact in minor units, and what it was sold for. */
export interface RoundedRow {
  readonly row: FileRow;
  /** Negative where it was paid out. */
  readonly soldMinor: Minor;
  /** What the file has and the sale has not, in millionths. */
  readonly differenceMicro: bigint;
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
  /** Quantity × price over the refused rows, in millionths. */
  readonly refusedSumMicro: bigint;
  /** None under the rules "till". */
  readonly roundedRows: readonly RoundedRow[];
  /** Quantity × price over all rows, refused ones included, in millionths. */
  readonly fileSumMicro: bigint;
  /** What sales bring less what returns cost: what headquarters must report. */
  readonly netMinor: Minor;
}

/** A day, or why the file is refused as a whole. */
export type DayResult = { readonly ok: true; readonly value: Day } | CsvFault | RowsFault;

const MICRO_PER_MINOR = 10_000n;

/** The day in a file's bytes. `date` ("2010-12-01", "2010-12") keeps the rows of that day, month or year only; null keeps all. */
export function readDay(bytes: Uint8Array, date: string | null = null, rules: RowRules = "till"): DayResult {
  const csv = readCsv(bytes);
  if (!csv.ok) return csv;
  const read = readRows(csv.rows);
  if (!read.ok) return read;
  return { ok: true, value: dayOf(date === null ? read.rows : read.rows.filter(isOn(date)), rules) };
}

function isOn(date: string): (row: FileRow) => boolean {
  return (row) => new Date(row.at).toISOString().startsWith(date);
}

/** An order while its rows are gathered. */
interface OrderDraft {
  readonly invoice: string;
  readonly kind: DayOrder["kind"];
  readonly lines: DayLine[];
  totalMinor: number;
}

/** Groups rows into orders. */
export function dayOf(rows: readonly FileRow[], rules: RowRules = "till"): Day {
  const invoices = new Set<string>();
  const drafts = new Map<string, OrderDraft>();
  const refusedRows: RefusedRow[] = [];
  const roundedRows: RoundedRow[] = [];
  let refusedSumMicro = 0n;
  for (const row of rows) {
    invoices.add(row.invoice);
    const line = lineOf(row, rules);
    const draft = typeof line === "string" ? null : draftFor(drafts, row);
    const refusal = typeof line === "string" ? line : draft === null ? null : fullness(line, draft);
    if (refusal !== null) {
      refusedRows.push({ rowNumber: row.rowNumber, reason: refusal });
      refusedSumMicro += sumMicro(row);
    } else if (typeof line !== "string" && draft !== null) {
      draft.lines.push(line);
      draft.totalMinor += amountOf(line);
      const soldMinor = minor(draft.kind === "sale" ? amountOf(line) : -amountOf(line));
      const differenceMicro = sumMicro(row) - BigInt(soldMinor) * MICRO_PER_MINOR;
      if (differenceMicro !== 0n) roundedRows.push({ row, soldMinor, differenceMicro });
    }
  }
  const orders = [...drafts.values()]
    .filter(({ lines }) => lines.length > 0)
    .map((draft) => ({ ...draft, totalMinor: minor(draft.totalMinor) }));
  const cancellationCount = [...invoices].filter(isCancellation).length;
  return {
    lineCount: rows.length,
    invoiceCount: invoices.size - cancellationCount,
    cancellationCount,
    orders,
    refusedRows,
    refusedSumMicro,
    roundedRows,
    fileSumMicro: rows.reduce((sum, row) => sum + sumMicro(row), 0n),
    netMinor: minor(
      orders.reduce((sum, order) => sum + (order.kind === "sale" ? order.totalMinor : -order.totalMinor), 0),
    ),
  };
}

/** The order that a row belongs to: its invoice's, or one beside it for money that goes the other way. */
function draftFor(drafts: Map<string, OrderDraft>, row: FileRow): OrderDraft {
  const { invoice } = row;
  const kind = isCancellation(invoice) || row.priceMicro < 0n ? "return" : "sale";
  const key = `${kind} ${invoice}`;
  const draft = drafts.get(key) ?? { invoice, kind, lines: [], totalMinor: 0 };
  drafts.set(key, draft);
  return draft;
}

function sumMicro(row: FileRow): bigint {
  return BigInt(row.quantityCount) * row.priceMicro;
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

function lineOf(row: FileRow, rules: RowRules): DayLine | RowRefusal {
  const { invoice, quantityCount, priceMicro } = row;
  if (quantityCount === 0) return "row/quantity_zero";
  if (quantityCount < 0 && !isCancellation(invoice)) return "row/stock_note";
  if (quantityCount > 0 && isCancellation(invoice)) return "row/quantity_positive";
  if (priceMicro < 0n && (rules === "till" || isCancellation(invoice))) return "row/price_negative";
  const isExact = priceMicro % MICRO_PER_MINOR === 0n;
  if (!isExact && rules === "till") return "row/price_not_exact";
  const magnitudeCount = Math.abs(quantityCount);
  const magnitudeMicro = priceMicro < 0n ? -priceMicro : priceMicro;
  const line = isExact
    ? exactLine(magnitudeCount, magnitudeMicro)
    : roundedLine(magnitudeCount, magnitudeMicro);
  return line === null ? "row/out_of_range" : { row, ...line };
}

type Worth = Pick<DayLine, "quantityCount" | "unitPriceMinor">;

function exactLine(quantityCount: number, priceMicro: bigint): Worth | null {
  const priceMinor = priceMicro / MICRO_PER_MINOR;
  const isTooLarge =
    quantityCount * MILLI_ONE > QUANTITY_MILLI_MAX ||
    priceMinor > BigInt(UNIT_PRICE_MINOR_MAX) ||
    priceMinor * BigInt(quantityCount) > BigInt(ORDER_TOTAL_MINOR_MAX);
  return isTooLarge ? null : { quantityCount, unitPriceMinor: minor(Number(priceMinor)) };
}

/** The line's amount rounded once: at its quantity where that divides it, else as one piece. */
function roundedLine(quantityCount: number, priceMicro: bigint): Worth | null {
  const amountMinor = (BigInt(quantityCount) * priceMicro + MICRO_PER_MINOR / 2n) / MICRO_PER_MINOR;
  const count = BigInt(quantityCount);
  const [pieceCount, pieceMinor] =
    amountMinor % count === 0n ? [count, amountMinor / count] : [1n, amountMinor];
  return exactLine(Number(pieceCount), pieceMinor * MICRO_PER_MINOR);
}

function fullness(line: DayLine, draft: OrderDraft): RowRefusal | null {
  const isFull =
    draft.lines.length >= ORDER_LINES_COUNT_MAX || draft.totalMinor + amountOf(line) > ORDER_TOTAL_MINOR_MAX;
  return isFull ? "row/order_full" : null;
}
