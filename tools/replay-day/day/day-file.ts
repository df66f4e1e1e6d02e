/**
 * A day from a file on disk, plain or gzipped, and what there is to say about it before it is sold.
 * What it holds is judged elsewhere (csv.ts, rows.ts, day.ts).
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { currencyExponent, decimalText } from "../../../core/money.ts";
import { CSV_BYTES_MAX } from "./csv.ts";
import { microText, readDay, ROW_REFUSAL_WORDS } from "../day.ts";
import type { Day, RowRefusal, RowRules } from "../day.ts";
import { ReplayFault } from "../fault.ts";
import { CURRENCY } from "../process/shop.ts";

/** The day in `file`; `date` keeps a day, a month or a year of many. Throws replay/file_unreadable and replay/file_refused. */
export function readDayFile(file: string, date: string | null, rules: RowRules = "till"): Day {
  const day = readDay(readFileBytes(file), date, rules);
  if (day.ok) return day.value;
  throw new ReplayFault("replay/file_refused", `${file}: ${day.code}: ${day.message}`);
}

/** What is in a day, which of its rows are refused and why, and both sums where they differ. */
export function dayWords(day: Day): readonly string[] {
  const { lineCount, invoiceCount, cancellationCount, orders, refusedRows } = day;
  const words = [
    `${lineCount} lines, ${invoiceCount} invoices, ${cancellationCount} cancellations; ${orders.length} orders to sell`,
  ];
  const counts = new Map<RowRefusal, number>();
  for (const { reason } of refusedRows) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const [reason, count] of counts) {
    words.push(`refused rows: ${count} × ${reason}: ${ROW_REFUSAL_WORDS[reason]}`);
  }
  for (const { row, soldMinor, differenceMicro } of day.roundedRows) {
    const sold = decimalText(soldMinor, currencyExponent(CURRENCY));
    const [price, difference] = [microText(row.priceMicro), microText(differenceMicro)];
    words.push(
      `rounded row ${row.rowNumber}: invoice ${row.invoice}, ${row.sku}, ${row.quantityCount} × ${price} sold for ${sold}, difference ${difference}`,
    );
  }
  const fileSum = microText(day.fileSumMicro);
  const net = decimalText(day.netMinor, currencyExponent(CURRENCY));
  if (fileSum !== net) words.push(`sum of all rows ${fileSum}, of those that can be sold ${net}`);
  return words;
}

/** The bytes of a file, out of their gzip. Throws replay/file_unreadable. */
export function readFileBytes(file: string): Uint8Array {
  try {
    const bytes = readFileSync(file);
    return new Uint8Array(
      file.endsWith(".gz") ? gunzipSync(bytes, { maxOutputLength: CSV_BYTES_MAX }) : bytes,
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ReplayFault("replay/file_unreadable", `${file}: ${why}`, cause);
  }
}
