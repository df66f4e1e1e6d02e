/**
 * Categories of items as a CSV file: sku,category with a header, read whole or not at all. For goods
 * whose lines were sold before there were pricing rules.
 */
import { csvRows } from "../console/catalogue-file.ts";

/** Categories by sku, or every row that keeps them from being read. */
export type CategoriesRead =
  | { readonly ok: true; readonly value: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusals: readonly string[] };

/** Reads the text of a file. */
export function categoriesIn(text: string): CategoriesRead {
  const rows = csvRows(text.replace(/^\u{feff}/u, ""));
  if (rows === null) return { ok: false, refusals: ["a quoted cell has no end"] };
  const [head, ...lines] = rows;
  if (head?.cells.map((cell) => cell.trim().toLowerCase()).join() !== "sku,category")
    return { ok: false, refusals: ["row 1: must be sku,category"] };
  const value = new Map<string, string>();
  const refusals: string[] = [];
  for (const { cells, row } of lines) {
    const [sku = "", category = ""] = cells.map((cell) => cell.trim());
    if (cells.length !== 2 || sku === "" || category === "")
      refusals.push(`row ${row}: must be a sku and a category`);
    else if (value.has(sku)) refusals.push(`row ${row}: sku ${sku} is there twice`);
    value.set(sku, category);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value };
}
