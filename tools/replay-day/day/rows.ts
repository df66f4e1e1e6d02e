/**
 * Rows of fields -> rows of an invoice file with values. Says only whether a value can be read, not
 * whether it can be sold (day.ts). A file with a row that cannot be read is refused as a whole, with
 * its rows named: a sum over the readable half would be believed.
 *
 * Columns are found by name, in any order; columns that no sale needs (customer, country) are not read.
 */
import { SKU_TEXT_LENGTH_MAX } from "../../../core/limits.ts";
import { fits } from "../../../core/order/decide-lines.ts";
import { wallMs } from "../../../core/time.ts";
import type { WallMs } from "../../../core/time.ts";

/** A row as it stands in the file. */
export interface FileRow {
  /** As a spreadsheet counts: the head is row 1. */
  readonly rowNumber: number;
  /** "C" in front of it marks a cancellation. */
  readonly invoice: string;
  readonly sku: string;
  readonly description: string;
  /** Whole pieces; negative ones come back. */
  readonly quantityCount: number;
  /** Millionths of the currency's main unit: whatever decimals the file has, exactly. */
  readonly priceMicro: bigint;
  /** The file's clock, taken as UTC. */
  readonly at: WallMs;
}

/** Why a file is refused: columns that it lacks, or rows that cannot be read, by number. */
export interface RowsFault {
  readonly ok: false;
  readonly code: "day/columns" | "day/rows";
  readonly message: string;
}
/** The rows without the head, in the order of the file. */
export type RowsResult = { readonly ok: true; readonly rows: readonly FileRow[] } | RowsFault;

const COLUMNS = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice"] as const;
type Column = (typeof COLUMNS)[number];

/** Unreadable rows that one message names; the rest are counted. */
const NAMED_ROWS_COUNT_MAX = 10;
/** Decimals of a price that are read exactly. */
const MICRO_DIGITS = 6;

const INVOICE = /^[A-Z]?[0-9]{1,12}$/;
const QUANTITY = /^-?[0-9]{1,12}$/;
const PRICE = /^(-?)([0-9]{1,12})(?:\.([0-9]{1,6}))?$/;
const TIME = /^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})$/;

/** Reads every row; `rows` begins with the head. */
export function readRows(rows: readonly (readonly string[])[]): RowsResult {
  const [head = [], ...body] = rows;
  const missing = COLUMNS.filter((column) => !head.includes(column));
  if (missing.length > 0) {
    return { ok: false, code: "day/columns", message: `The head lacks the columns ${missing.join(", ")}` };
  }
  const twice = COLUMNS.filter((column) => head.indexOf(column) !== head.lastIndexOf(column));
  if (twice.length > 0) {
    return { ok: false, code: "day/columns", message: `The head has twice the columns ${twice.join(", ")}` };
  }
  const faults: string[] = [];
  const read: FileRow[] = [];
  body.forEach((fields, index) => {
    const row = rowOf(head, fields, index + 2);
    if (typeof row === "string") faults.push(`row ${index + 2}: ${row}`);
    else read.push(row);
  });
  if (faults.length > 0) return { ok: false, code: "day/rows", message: namedRows(faults) };
  return { ok: true, rows: read };
}

function namedRows(faults: readonly string[]): string {
  const named = faults.slice(0, NAMED_ROWS_COUNT_MAX).join("; ");
  const moreCount = faults.length - NAMED_ROWS_COUNT_MAX;
  return `Nothing was sold, because not every row can be read: ${named}${moreCount > 0 ? `; and ${moreCount} more` : ""}`;
}

function rowOf(head: readonly string[], fields: readonly string[], rowNumber: number): FileRow | string {
  if (fields.length !== head.length)
    return `${fields.length} fields where the head has ${head.length} columns`;
  const field = (column: Column): string => fields[head.indexOf(column)] ?? "";
  const invoice = field("InvoiceNo").trim();
  if (!INVOICE.test(invoice)) return `InvoiceNo "${shown(invoice)}" is no invoice number`;
  const sku = field("StockCode").trim();
  if (sku === "" || !fits(sku, SKU_TEXT_LENGTH_MAX)) return `StockCode "${shown(sku)}" is no code`;
  const quantity = field("Quantity").trim();
  if (!QUANTITY.test(quantity)) return `Quantity "${shown(quantity)}" is no whole number`;
  const priceMicro = microOf(field("UnitPrice").trim());
  if (priceMicro === null) return `UnitPrice "${shown(field("UnitPrice"))}" is no price`;
  const at = timeOf(field("InvoiceDate").trim());
  if (at === null) return `InvoiceDate "${shown(field("InvoiceDate"))}" is no time as 2010-12-01 08:26:00`;
  const quantityCount = Number(quantity) + 0;
  return { rowNumber, invoice, sku, description: field("Description"), quantityCount, priceMicro, at };
}

/** What a message quotes of a field. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function microOf(text: string): bigint | null {
  const match = PRICE.exec(text);
  if (match === null) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  const micro = BigInt(whole + fraction.padEnd(MICRO_DIGITS, "0"));
  return sign === "-" ? -micro : micro;
}

function timeOf(text: string): WallMs | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const iso = `${match[1]}T${match[2]}.000Z`;
  const atMs = Date.parse(iso);
  // Date rolls 30 February over into March; a time that does not come back as it went in is none.
  if (!Number.isSafeInteger(atMs) || atMs < 0 || new Date(atMs).toISOString() !== iso) return null;
  return wallMs(atMs);
}
