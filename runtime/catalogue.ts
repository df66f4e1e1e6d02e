/**
 * The catalogue of a terminal: a JSON file of categories and items, read once at start. A row that
 * cannot be sold is refused with its number and reason; one bad row refuses the file, so that a
 * shop never opens with half of its prices.
 */
import type { Item } from "../core/context.ts";
import { NAME_TEXT_LENGTH_MAX, SKU_TEXT_LENGTH_MAX, UNIT_PRICE_MINOR_MAX } from "../core/limits.ts";
import { minor, ppm } from "../core/money.ts";
import { fits, isWhole } from "../core/order/decide-lines.ts";

/** An item with what a screen needs beside what it sells for. */
export interface CatalogueItem extends Item {
  readonly category: string;
  readonly nameEn: string;
  readonly nameZh: string;
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
}

/** Bound of one catalogue file; larger ones travel as blobs from headquarters. */
export const CATALOGUE_ITEMS_COUNT_MAX = 50_000;
/** Chips that a finger can still scroll through. */
export const CATALOGUE_CATEGORIES_COUNT_MAX = 500;

/** A catalogue, or what is wrong with the file and where. */
export type CatalogueResult =
  | { readonly ok: true; readonly value: Catalogue }
  | { readonly ok: false; readonly code: "catalogue/not_json" | "catalogue/row"; readonly message: string };

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a catalogue file: {"categories":[{"id","nameEn","nameZh"}],"items":[{"sku",
 * "category","nameEn","nameZh","priceMinor","taxPpm","soldOut"?}]}. `language` chooses the name
 * that lines and receipts carry.
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
  if (faults.length > 0) return { ok: false, code: "catalogue/row", message: faults.slice(0, 10).join("; ") };
  return { ok: true, value: { categories, items: [...bySku.values()], bySku } };
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
  const { sku, category, nameEn, nameZh, priceMinor, taxPpm, soldOut = false } = row;
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
  const name = language === "en" ? nameEn : nameZh;
  const unitPriceMinor = minor(priceMinor);
  return { sku, category, name, nameEn, nameZh, unitPriceMinor, taxPpm: ppm(taxPpm), isSoldOut: soldOut };
}
