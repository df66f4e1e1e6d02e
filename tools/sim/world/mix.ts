/**
 * What the shops of a world sell: a catalogue with a weight for each item and the quantities it is
 * bought in. Drawn from a real day (../shared/data/retail, or what TILLWRIGHT_DATA names) when that is
 * there, else from a list of this file; a world says which, since a seed means another world then.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCatalogue } from "../../../runtime/catalogue.ts";
import type { Catalogue } from "../../../runtime/catalogue.ts";
import { readDay } from "../../replay-day/day.ts";

/** Where items and quantities come from. */
export type MixKind = "builtin" | "retail";

/** A catalogue and how it is bought; `skus` and `quantities` hold one entry for each time it was. */
export interface Mix {
  readonly kind: MixKind;
  readonly catalogue: Catalogue;
  readonly skus: readonly string[];
  readonly quantityCounts: readonly number[];
}

const ITEMS: readonly (readonly [sku: string, priceMinor: number, taxPpm: number, weight: number])[] = [
  ["coffee", 320, 200_000, 9],
  ["tea", 250, 200_000, 6],
  ["bun", 120, 0, 7],
  ["bread", 285, 0, 4],
  ["milk", 115, 50_000, 5],
  ["cake", 395, 200_000, 3],
  ["soup", 599, 200_000, 2],
  ["book", 1299, 0, 1],
  ["lamp", 4950, 200_000, 1],
  ["sample", 0, 0, 2],
  ["penny", 1, 200_000, 1],
  ["odd", 333, 175_000, 2],
];
const ITEMS_COUNT_MAX = 400;
const DAY = "retail/2010-12-01.csv";

const known = new Map<MixKind, Mix>();

/** Whether the real day is there. */
export function hasRetail(): boolean {
  return existsSync(dayPath());
}

/** The mix of that kind; "retail" falls back to "builtin" when the day is missing. */
export function mixOf(kind: MixKind): Mix {
  const wanted = kind === "retail" && hasRetail() ? kind : "builtin";
  const mix = known.get(wanted) ?? (wanted === "retail" ? retailMix() : builtinMix());
  known.set(wanted, mix);
  return mix;
}

function dayPath(): string {
  const root =
    process.env["TILLWRIGHT_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
  return join(root, DAY);
}

function builtinMix(): Mix {
  return {
    kind: "builtin",
    catalogue: catalogueOf(
      ITEMS.map(([sku, priceMinor, taxPpm]) => ({ sku, name: sku, priceMinor, taxPpm })),
    ),
    skus: ITEMS.flatMap(([sku, , , weight]) => Array.from({ length: weight }, () => sku)),
    quantityCounts: [1, 1, 1, 1, 1, 1, 2, 2, 3, 6, 12],
  };
}

function retailMix(): Mix {
  const read = readDay(readFileSync(dayPath()));
  if (!read.ok) return builtinMix();
  const items = new Map<string, { sku: string; name: string; priceMinor: number; taxPpm: number }>();
  const skus: string[] = [];
  const quantityCounts: number[] = [];
  for (const line of read.value.orders.flatMap((order) => order.lines)) {
    const { sku, description } = line.row;
    if (!items.has(sku) && items.size >= ITEMS_COUNT_MAX) continue;
    const name = /\p{L}/u.test(description) ? description.trim() : sku;
    const item = items.get(sku) ?? { sku, name, priceMinor: line.unitPriceMinor, taxPpm: 200_000 };
    items.set(sku, item);
    skus.push(sku);
    quantityCounts.push(line.quantityCount);
  }
  return { kind: "retail", catalogue: catalogueOf([...items.values()]), skus, quantityCounts };
}

function catalogueOf(
  rows: readonly { sku: string; name: string; priceMinor: number; taxPpm: number }[],
): Catalogue {
  const items = rows.map(({ sku, name, priceMinor, taxPpm }) => ({
    sku,
    category: "all",
    nameEn: name,
    nameZh: name,
    priceMinor,
    taxPpm,
  }));
  const categories = [{ id: "all", nameEn: "All", nameZh: "全部" }];
  const read = readCatalogue(JSON.stringify({ categories, items }), "en");
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
