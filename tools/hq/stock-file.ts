/**
 * Counts of stock as a CSV file: a header and one row an item, sku,counted,target[,threshold]. Read
 * whole or not at all; what is wrong is said with its row. Quantities are decimal with up to three
 * places, the threshold is a percentage of the target.
 */
import { QUANTITY_MILLI_MAX, SKU_TEXT_LENGTH_MAX } from "../../core/limits.ts";
import { minorFromDecimal } from "../../core/money.ts";
import { fits, isWhole } from "../../core/order/decide-lines.ts";
import type { StockCount } from "./store/rows.ts";

/** Rows of one file. */
export const STOCK_ROWS_COUNT_MAX = 50_000;
/** Half of the target, where a row does not say. */
export const STOCK_THRESHOLD_PPM = 500_000;

const QUANTITY_DECIMALS = 3;
const PERCENT_DECIMALS = 4;
const THRESHOLD_PPM_MAX = 1_000_000;
const HEADER = ["sku", "counted", "target"];

/** The counts of a file, or every row that keeps it from being taken. */
export type StockFile =
  | { readonly ok: true; readonly counts: readonly StockCount[] }
  | { readonly ok: false; readonly refusals: readonly string[] };

/** Reads the text of such a file. */
export function readStockFile(text: string): StockFile {
  const [head = "", ...lines] = text.replace(/^\u{feff}/u, "").split(/\r?\n/);
  const names = head.split(",").map((name) => name.trim().toLowerCase());
  if (HEADER.some((name, index) => names[index] !== name))
    return { ok: false, refusals: [`row 1: must be ${HEADER.join(",")} and may add threshold`] };
  const rows = lines
    .map((line, index) => ({ line, row: index + 2 }))
    .filter(({ line }) => line.trim() !== "");
  if (rows.length > STOCK_ROWS_COUNT_MAX)
    return {
      ok: false,
      refusals: [`row ${STOCK_ROWS_COUNT_MAX + 2}: a file holds at most ${STOCK_ROWS_COUNT_MAX} items`],
    };
  const counts: StockCount[] = [];
  const refusals: string[] = [];
  const seen = new Map<string, number>();
  for (const { line, row } of rows) {
    const count = readRow(line.split(",").map((cell) => cell.trim()));
    if (typeof count === "string") refusals.push(`row ${row}: ${count}`);
    else if (seen.has(count.sku))
      refusals.push(`row ${row}: ${count.sku} stands in row ${seen.get(count.sku) ?? 0} already`);
    else {
      seen.set(count.sku, row);
      counts.push(count);
    }
  }
  return refusals.length === 0 ? { ok: true, counts } : { ok: false, refusals };
}

function readRow(cells: readonly string[]): StockCount | string {
  const [sku = "", counted = "", target = "", threshold = ""] = cells;
  if (cells.length < HEADER.length || cells.length > HEADER.length + 1) return `has ${cells.length} cells`;
  if (sku === "" || !fits(sku, SKU_TEXT_LENGTH_MAX)) return "sku must be text without control characters";
  const countedMilli = quantityOf(counted);
  if (countedMilli === null) return `counted ${counted} must be a quantity with up to 3 decimals`;
  const targetMilli = quantityOf(target);
  if (targetMilli === null) return `target ${target} must be a quantity with up to 3 decimals`;
  const thresholdPpm = threshold === "" ? STOCK_THRESHOLD_PPM : minorFromDecimal(threshold, PERCENT_DECIMALS);
  if (thresholdPpm === null || !isWhole(thresholdPpm, 0, THRESHOLD_PPM_MAX))
    return `threshold ${threshold} must be a percentage from 0 to 100`;
  return { sku, countedMilli, targetMilli, thresholdPpm };
}

function quantityOf(text: string): number | null {
  const milli = minorFromDecimal(text, QUANTITY_DECIMALS);
  return milli !== null && isWhole(milli, 0, QUANTITY_MILLI_MAX) ? milli : null;
}
