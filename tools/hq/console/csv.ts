/**
 * Tables as CSV (RFC 4180) that a spreadsheet opens without running anything: a text that begins as a
 * formula would gets an apostrophe in front. Numbers are written as numbers, a minus in front included:
 * they are made here and hold nothing but digits.
 */

/** A cell: a text from somewhere, or digits that were made here. */
export type Cell = string | { readonly digits: string };

const DIGITS = /^-?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r]/;

/** Rows as CSV with a mark of UTF-8 in front, which spreadsheets ask for. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\u{feff}${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}

/** A cell with digits; anything else is text. */
export function digits(text: string): Cell {
  return DIGITS.test(text) ? { digits: text } : text;
}

function cellText(cell: Cell): string {
  if (typeof cell !== "string") return cell.digits;
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
