/**
 * Invented invoice files for the replay's tests, in the columns of the real ones. Each fixture has
 * defaults, so that what a test writes is what it means.
 */

/** The columns in the order of the real files. */
export const DAY_HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/** A row of a file; every field as its text. */
export interface RowFields {
  readonly invoice: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: string;
  readonly time: string;
  readonly price: string;
}

const ROW: RowFields = {
  invoice: "100001",
  sku: "MUG",
  description: "BLUE MUG",
  quantity: "1",
  time: "2020-02-29 09:30:00",
  price: "2.50",
};

/** One row as text. */
export function dayRow(fields: Partial<RowFields> = {}): string {
  const { invoice, sku, description, quantity, time, price } = { ...ROW, ...fields };
  return `${invoice},${sku},${description},${quantity},${time},${price},1.0,Nowhere`;
}

/** A file of these rows, or of one row for each of these fields. */
export function dayFile(rows: readonly (string | Partial<RowFields>)[]): Uint8Array {
  const lines = rows.map((row) => (typeof row === "string" ? row : dayRow(row)));
  return new TextEncoder().encode(`${[DAY_HEAD, ...lines].join("\n")}\n`);
}
