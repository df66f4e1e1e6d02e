/**
 * Items as a CSV file: sku,name_en,name_zh,category,price,tax (percent), read whole or not at all. It
 * becomes a catalogue file; barcodes and scale labels of items that stay are kept.
 */
import { currencyExponent, minorFromDecimal } from "../../../core/money.ts";
import { CATALOGUE_ITEMS_COUNT_MAX } from "../../../runtime/catalogue.ts";

const HEADER = ["sku", "name_en", "name_zh", "category", "price", "tax"] as const;
const PERCENT_DECIMALS = 4;

/** A catalogue file's text, or every row that keeps it from being made. */
export type CatalogueFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusals: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

/** `known` is the text of the catalogue in force, empty for none. A file that is JSON is taken as it is. */
export function readCatalogueFile(text: string, known: string, currency: string): CatalogueFile {
  const plain = text.replace(/^\u{feff}/u, "");
  if (plain.trimStart().startsWith("{")) return { ok: true, text: plain };
  const rows = csvRows(plain);
  if (rows === null) return { ok: false, refusals: ["a quoted cell has no end"] };
  const [head, ...lines] = rows;
  if (head === undefined || HEADER.some((name, index) => head.cells[index]?.trim().toLowerCase() !== name))
    return { ok: false, refusals: [`row 1: must be ${HEADER.join(",")}`] };
  if (lines.length > CATALOGUE_ITEMS_COUNT_MAX)
    return { ok: false, refusals: [`a file holds at most ${CATALOGUE_ITEMS_COUNT_MAX} items`] };
  const refusals: string[] = [];
  const seen = new Map<string, number>();
  const items: Json[] = [];
  const before = parse(known);
  const bySku = new Map(listOf(before, "items").map((item) => [item["sku"], item]));
  for (const { cells, row } of lines) {
    const item = itemOf(cells, currencyExponent(currency));
    const sku = cells[0]?.trim() ?? "";
    if (typeof item === "string") refusals.push(`row ${row}: ${item}`);
    else if (seen.has(sku)) refusals.push(`row ${row}: ${sku} stands in row ${seen.get(sku) ?? 0} already`);
    else items.push({ ...bySku.get(sku), ...item });
    seen.set(sku, row);
  }
  if (refusals.length > 0) return { ok: false, refusals };
  const categories = categoriesOf(items, listOf(before, "categories"));
  return { ok: true, text: JSON.stringify({ ...before, categories, items }) };
}

function itemOf(cells: readonly string[], exponent: number): Json | string {
  if (cells.length !== HEADER.length) return `has ${cells.length} cells, not ${HEADER.length}`;
  const [sku = "", nameEn = "", nameZh = "", category = "", price = "", tax = ""] = cells.map((cell) =>
    cell.trim(),
  );
  if (sku === "") return "sku is empty";
  if (nameEn === "" && nameZh === "") return "name_en and name_zh are empty";
  if (category === "") return "category is empty";
  const priceMinor = minorFromDecimal(price, exponent);
  if (priceMinor === null || priceMinor < 0) return `price ${price} must be an amount from 0`;
  const taxPpm = minorFromDecimal(tax, PERCENT_DECIMALS);
  if (taxPpm === null || taxPpm < 0) return `tax ${tax} must be a percentage from 0`;
  const names = { nameEn: nameEn === "" ? nameZh : nameEn, nameZh: nameZh === "" ? nameEn : nameZh };
  return { sku, category, ...names, priceMinor, taxPpm };
}

// A category that is new is called by its id.
function categoriesOf(items: readonly Json[], known: readonly Json[]): readonly Json[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = new Set(items.map(({ category }) => category).filter((id) => !ids.has(id)));
  return [...known, ...[...fresh].map((id) => ({ id, nameEn: id, nameZh: id }))];
}

function parse(text: string): Json {
  if (text === "") return {};
  const parsed: unknown = JSON.parse(text);
  return isObject(parsed) ? parsed : {};
}

function listOf(file: Json, name: string): readonly Json[] {
  const list = file[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rows that are not empty, with the number of the line they begin in; null where a quote is left open. */
export function csvRows(
  text: string,
): readonly { readonly cells: readonly string[]; readonly row: number }[] | null {
  const rows: { cells: string[]; row: number }[] = [];
  let [row, line, cell, isQuoted] = [{ cells: [] as string[], row: 1 }, 1, "", false];
  const endRow = (): void => {
    row.cells.push(cell);
    if (row.cells.length > 1 || cell.trim() !== "") rows.push(row);
    [row, cell] = [{ cells: [], row: line + 1 }, ""];
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (isQuoted && character === '"' && text[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"' && (isQuoted || cell === "")) isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) {
      row.cells.push(cell);
      cell = "";
    } else if (character === "\n" && !isQuoted) {
      endRow();
      line += 1;
    } else if (character !== "\r" || isQuoted) cell += character;
    if (character === "\n" && isQuoted) line += 1;
  }
  endRow();
  return isQuoted ? null : rows;
}
