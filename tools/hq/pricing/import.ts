/**
 * A CSV file into a document of pricing rules: promotions or tax rates, all of it or nothing. The whole
 * document is read as a terminal would read it, so that a row that only fails beside the others is refused
 * with its own number.
 */
import { changesOf, parsed, readDocument } from "./document.ts";
import type { DocumentChange } from "./document.ts";
import { readPromotionRows, readTaxRows } from "./import-promotions.ts";
import type { ImportRead } from "./import-promotions.ts";
import { REFUSALS_COUNT_MAX } from "./import-table.ts";
import type { ImportShop, RowRefusal } from "./import-table.ts";

/** What a file holds. */
export const IMPORT_KINDS = ["promotions", "taxes"] as const;
/** One of them. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** The document with the file in it, or every row that keeps it out. */
export type Imported =
  | { readonly ok: true; readonly text: string; readonly changes: readonly DocumentChange[] }
  | { readonly ok: false; readonly refusals: readonly RowRefusal[] };

type Json = Readonly<Record<string, unknown>>;

/** `document` is the text to import into; an empty one begins a new document. */
export function importRules(document: string, kind: ImportKind, csv: string, shop: ImportShop): Imported {
  const { entries, refusals } = kind === "promotions" ? readPromotionRows(csv, shop) : readTaxRows(csv, shop);
  if (refusals.length > 0) return { ok: false, refusals: refusals.slice(0, REFUSALS_COUNT_MAX) };
  const before: Json = { currency: shop.currency, ...parsed(document) };
  const { list, rows } = merged(before[kind], entries);
  const text = JSON.stringify({ ...before, [kind]: list }, null, 2);
  const read = readDocument(text);
  if (read.ok) return { ok: true, text, changes: changesOf(document, text) };
  return {
    ok: false,
    refusals: read.problems.map(({ code, path, message }) => ({
      ...placeOf(path, kind, rows),
      code,
      message,
    })),
  };
}

/** The list with the entries in their old places, new ones behind; and the row that each place comes from. */
function merged(
  known: unknown,
  entries: ImportRead["entries"],
): { readonly list: readonly unknown[]; readonly rows: readonly number[] } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const [list, rows]: [unknown[], number[]] = [[], []];
  for (const old of Array.isArray(known) ? known : []) {
    const id = isObject(old) ? String(old["id"]) : "";
    const entry = byId.get(id);
    list.push(entry?.json ?? old);
    rows.push(entry?.row ?? 0);
    byId.delete(id);
  }
  for (const { json, row } of byId.values()) {
    list.push(json);
    rows.push(row);
  }
  return { list, rows };
}

/** Columns by the document's names for them. */
const COLUMNS: Readonly<Record<string, string>> = {
  nameEn: "name_en",
  nameZh: "name_zh",
  offPpm: "percent",
  payPpm: "percent",
  offMinor: "amount",
  priceMinor: "amount",
  barMinor: "bar",
  takeCount: "take",
  freeCount: "free",
  timesCountMax: "times_max",
  priorityIndex: "priority",
  excludedCategories: "excluded",
  fromMs: "from",
  untilMs: "until",
  dayParts: "hours",
  couponCodes: "codes",
  ratePpm: "rate",
  rates: "rate",
};

function placeOf(path: string, kind: ImportKind, rows: readonly number[]): Pick<RowRefusal, "row" | "key"> {
  const [, name = "", index = "", rest = ""] = /^([A-Za-z]+)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (name !== kind) return { row: 0, key: path };
  const row = rows[Number(index)] ?? 0;
  const field = /^[A-Za-z]+/.exec(rest)?.[0] ?? "";
  const last = /([A-Za-z]+)$/.exec(rest)?.[1] ?? field;
  const key = field === "rates" ? last : field;
  return { row, key: row === 0 ? path : (COLUMNS[key] ?? key) };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
