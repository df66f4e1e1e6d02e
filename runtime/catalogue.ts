/**
 * The catalogue of a terminal: a JSON file of categories and items, read once at start. A row that
 * cannot be sold is refused with its number and reason; one bad row refuses the file, so that a
 * shop never opens with half of its prices. It also says what codes name the items, and how the
 * labels of the shop's scales are to be read (DEVICES section 3: nationally assigned, so configuration).
 */
import type { Item } from "../core/context.ts";
import { NAME_TEXT_LENGTH_MAX, SKU_TEXT_LENGTH_MAX, UNIT_PRICE_MINOR_MAX } from "../core/limits.ts";
import { minor, ppm } from "../core/money.ts";
import { fits, isWhole } from "../core/order/decide-lines.ts";
import { gtin14, isDigits } from "../drivers/scanner/check-digit.ts";
import { compileMeasure } from "../drivers/scanner/measure.ts";
import type { MeasurePattern } from "../drivers/scanner/measure.ts";

/** An item with what a screen needs beside what it sells for. */
export interface CatalogueItem extends Item {
  readonly category: string;
  readonly nameEn: string;
  readonly nameZh: string;
  /** Its price is for a kilogram, and a tap on it asks the scale. */
  readonly isByWeight: boolean;
}

/** A chip on the sale screen. */
export interface Category {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
}

/** Everything that this terminal sells at a list price. */
export interface Catalogue {
  readonly categories: readonly Category[];
  readonly items: readonly CatalogueItem[];
  readonly bySku: ReadonlyMap<string, CatalogueItem>;
  /** By GTIN as 14 digits, and by the shop's own codes: numbers of its scales, and texts. */
  readonly byBarcode: ReadonlyMap<string, CatalogueItem>;
  /** How labels of a scale are read, in order of precedence. */
  readonly measurePatterns: readonly MeasurePattern[];
}

/** Bound of one catalogue file; larger ones travel as blobs from headquarters. */
export const CATALOGUE_ITEMS_COUNT_MAX = 50_000;
/** Chips that a finger can still scroll through. */
export const CATALOGUE_CATEGORIES_COUNT_MAX = 500;
/** Codes of one item: old and new packages, and the number of the scale. */
export const ITEM_BARCODES_COUNT_MAX = 16;
/** Layouts of scale labels in one shop. */
export const MEASURE_PATTERNS_COUNT_MAX = 32;

/** A catalogue, or what is wrong with the file and where. */
export type CatalogueResult =
  | { readonly ok: true; readonly value: Catalogue }
  | { readonly ok: false; readonly code: "catalogue/not_json" | "catalogue/row"; readonly message: string };

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a catalogue file: {"categories":[{"id","nameEn","nameZh"}],"items":[{"sku",
 * "category","nameEn","nameZh","priceMinor","taxPpm","soldOut"?,"byWeight"?,"barcodes"?:[...]}],"measurePatterns"?:
 * [{"pattern","weightDecimals","priceDecimals"}]}. `language` chooses the name that lines and receipts
 * carry. A barcode of 8, 12, 13 or 14 digits is a GTIN; any other is the shop's own.
 */
export function readCatalogue(json: string, language: "en" | "zh"): CatalogueResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, code: "catalogue/not_json", message: `The catalogue is not JSON: ${message}` };
  }
  if (!isObject(parsed) || !Array.isArray(parsed["categories"]) || !Array.isArray(parsed["items"])) {
    return {
      ok: false,
      code: "catalogue/row",
      message: "The catalogue needs the lists categories and items",
    };
  }
  const categoryRows: readonly unknown[] = parsed["categories"];
  const itemRows: readonly unknown[] = parsed["items"];
  if (categoryRows.length > CATALOGUE_CATEGORIES_COUNT_MAX) {
    return {
      ok: false,
      code: "catalogue/row",
      message: `More than ${CATALOGUE_CATEGORIES_COUNT_MAX} categories`,
    };
  }
  if (itemRows.length > CATALOGUE_ITEMS_COUNT_MAX) {
    return { ok: false, code: "catalogue/row", message: `More than ${CATALOGUE_ITEMS_COUNT_MAX} items` };
  }
  const faults: string[] = [];
  const categories = categoryRows.flatMap((row, index) => categoryOf(row, index + 1, faults));
  const ids = new Set(categories.map((category) => category.id));
  if (ids.size !== categories.length) faults.push("two categories have one id");
  const bySku = new Map<string, CatalogueItem>();
  itemRows.forEach((row, index) => {
    const item = itemOf(row, index + 1, ids, language, faults);
    if (item === null) return;
    if (bySku.has(item.sku)) faults.push(`item ${index + 1}: sku ${item.sku} is there twice`);
    bySku.set(item.sku, item);
  });
  const byBarcode = barcodesOf(itemRows, bySku, faults);
  const measurePatterns = patternsOf(parsed["measurePatterns"], faults);
  if (faults.length > 0) return { ok: false, code: "catalogue/row", message: faults.slice(0, 10).join("; ") };
  return { ok: true, value: { categories, items: [...bySku.values()], bySku, byBarcode, measurePatterns } };
}

function barcodesOf(
  itemRows: readonly unknown[],
  bySku: ReadonlyMap<string, CatalogueItem>,
  faults: string[],
): ReadonlyMap<string, CatalogueItem> {
  const byBarcode = new Map<string, CatalogueItem>();
  itemRows.forEach((row, index) => {
    if (!isObject(row) || row["barcodes"] === undefined) return;
    const { sku, barcodes } = row;
    const item = typeof sku === "string" ? bySku.get(sku) : undefined;
    if (item === undefined) return;
    const wrong = (what: string): number => faults.push(`item ${index + 1}: ${what}`);
    if (!Array.isArray(barcodes) || barcodes.length > ITEM_BARCODES_COUNT_MAX) {
      wrong(`barcodes must be a list of at most ${ITEM_BARCODES_COUNT_MAX}`);
      return;
    }
    for (const barcode of barcodes) {
      const code = codeOf(barcode);
      if (code === null) wrong("a barcode must be a GTIN with its check digit, or a code without blanks");
      else if (byBarcode.has(code) || (bySku.get(code) ?? item) !== item)
        wrong(`barcode ${code} names two items`);
      else byBarcode.set(code, item);
    }
  });
  return byBarcode;
}

/** A GTIN as 14 digits, or the shop's own code; null for what is neither. */
function codeOf(barcode: unknown): string | null {
  if (!isText(barcode, SKU_TEXT_LENGTH_MAX) || !/^[\x21-\x7e]+$/.test(barcode)) return null;
  const isOfGtinLength = isDigits(barcode) && [8, 12, 13, 14].includes(barcode.length);
  return isOfGtinLength ? (gtin14(barcode) ?? null) : barcode;
}

function patternsOf(rows: unknown, faults: string[]): readonly MeasurePattern[] {
  if (rows === undefined) return [];
  if (!Array.isArray(rows) || rows.length > MEASURE_PATTERNS_COUNT_MAX) {
    faults.push(`measurePatterns must be a list of at most ${MEASURE_PATTERNS_COUNT_MAX}`);
    return [];
  }
  return rows.flatMap((row: unknown, index) => {
    const { pattern, weightDecimals, priceDecimals } = isObject(row) ? row : {};
    if (
      typeof pattern === "string" &&
      typeof weightDecimals === "number" &&
      typeof priceDecimals === "number"
    ) {
      const compiled = compileMeasure({
        pattern,
        weightDecimalCount: weightDecimals,
        priceDecimalCount: priceDecimals,
      });
      if (compiled.ok) return [compiled.value];
    }
    faults.push(`measurePatterns ${index + 1}: needs a pattern of digits and I W P V C, and its decimals`);
    return [];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, lengthMax: number): value is string {
  return typeof value === "string" && value !== "" && fits(value, lengthMax);
}

function categoryOf(row: unknown, rowNumber: number, faults: string[]): readonly Category[] {
  if (isObject(row)) {
    const { id, nameEn, nameZh } = row;
    if (isText(id, 32) && isText(nameEn, NAME_TEXT_LENGTH_MAX) && isText(nameZh, NAME_TEXT_LENGTH_MAX)) {
      return [{ id, nameEn, nameZh }];
    }
  }
  faults.push(`category ${rowNumber}: id, nameEn and nameZh must be texts`);
  return [];
}

function itemOf(
  row: unknown,
  rowNumber: number,
  categories: ReadonlySet<string>,
  language: "en" | "zh",
  faults: string[],
): CatalogueItem | null {
  const wrong = (what: string): null => {
    faults.push(`item ${rowNumber}: ${what}`);
    return null;
  };
  if (!isObject(row)) return wrong("must be an object");
  const { sku, category, nameEn, nameZh, priceMinor, taxPpm, soldOut = false, byWeight = false } = row;
  if (!isText(sku, SKU_TEXT_LENGTH_MAX)) return wrong(`sku must be text of at most ${SKU_TEXT_LENGTH_MAX}`);
  if (typeof category !== "string" || !categories.has(category))
    return wrong("category must be one of the list");
  if (!isText(nameEn, NAME_TEXT_LENGTH_MAX) || !isText(nameZh, NAME_TEXT_LENGTH_MAX)) {
    return wrong("nameEn and nameZh must be texts without control characters");
  }
  if (typeof priceMinor !== "number" || !isWhole(priceMinor, 0, UNIT_PRICE_MINOR_MAX)) {
    return wrong("priceMinor must be whole minor units from 0");
  }
  if (typeof taxPpm !== "number" || !isWhole(taxPpm, 0, 1_000_000)) {
    return wrong("taxPpm must be parts per million from 0 to 1000000");
  }
  if (typeof soldOut !== "boolean") return wrong("soldOut must be true or false");
  if (typeof byWeight !== "boolean") return wrong("byWeight must be true or false");
  const name = language === "en" ? nameEn : nameZh;
  const unitPriceMinor = minor(priceMinor);
  return {
    sku,
    category,
    name,
    nameEn,
    nameZh,
    unitPriceMinor,
    taxPpm: ppm(taxPpm),
    isSoldOut: soldOut,
    isByWeight: byWeight,
    priceVersion: 0,
  };
}
