/**
 * The catalogue of a day: the codes that had one price all day. A code with several prices is sold
 * by open price, because a till's catalogue has one; of a longer time, which has few others, the
 * price that most lines have may stand in the catalogue. Owns also what a line is called on a
 * receipt, where the file says "?" or nothing.
 */
import { NAME_TEXT_LENGTH_MAX } from "../../../core/limits.ts";
import type { Minor } from "../../../core/money.ts";
import type { Day, DayLine } from "../day.ts";

/** Which codes stand in the catalogue: those of one price only, or all at the price of most of their lines. */
export type PriceChoice = "only_price" | "usual_price";

export interface PriceList {
  /** The catalogue's price of each code that has one. */
  readonly prices: ReadonlyMap<string, Minor>;
  /** The name of each code that is sold. */
  readonly names: ReadonlyMap<string, string>;
}

/** The rate of every item, inside its price: 20 %. */
export const TAX_PPM = 200_000;
const CATEGORY = { id: "day", nameEn: "Items of the day", nameZh: "当日商品" };

/** The prices and names of everything that the day sells. */
export function priceListOf(day: Day, choice: PriceChoice = "only_price"): PriceList {
  const pricesBySku = new Map<string, Map<Minor, number>>();
  const namesBySku = new Map<string, Map<string, number>>();
  for (const { lines } of day.orders) {
    for (const { row, unitPriceMinor } of lines) {
      const counts = entryOf(pricesBySku, row.sku, () => new Map<Minor, number>());
      counts.set(unitPriceMinor, (counts.get(unitPriceMinor) ?? 0) + 1);
      const names = entryOf(namesBySku, row.sku, () => new Map<string, number>());
      const name = usableName(row.description);
      if (name !== null) names.set(name, (names.get(name) ?? 0) + 1);
    }
  }
  const prices = new Map<string, Minor>();
  for (const [sku, counts] of pricesBySku) {
    const price = mostFrequent(counts);
    if (price !== null && (counts.size === 1 || choice === "usual_price")) prices.set(sku, price);
  }
  const names = new Map([...namesBySku].map(([sku, counts]) => [sku, mostFrequent(counts) ?? sku]));
  return { prices, names };
}

/** The list as the text of a catalogue file (runtime/catalogue.ts). */
export function catalogueJson(list: PriceList): string {
  const items = [...list.prices].map(([sku, priceMinor]) => {
    const name = list.names.get(sku) ?? sku;
    return { sku, category: CATEGORY.id, nameEn: name, nameZh: name, priceMinor, taxPpm: TAX_PPM };
  });
  return JSON.stringify({ categories: [CATEGORY], items });
}

/** What a line is called: its own description, or what its code is called elsewhere, or the code. */
export function lineName(list: PriceList, line: DayLine): string {
  return usableName(line.row.description) ?? list.names.get(line.row.sku) ?? line.row.sku;
}

/** A description as a name, or null when it says nothing ("?", "???", ""). */
function usableName(description: string): string | null {
  const name = description
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim()
    .slice(0, NAME_TEXT_LENGTH_MAX)
    .toWellFormed()
    .trim();
  return /\p{L}/u.test(name) ? name : null;
}

/** What has the highest count, the first one of several. */
function mostFrequent<T>(counts: ReadonlyMap<T, number>): T | null {
  let best: T | null = null;
  let bestCount = 0;
  for (const [name, count] of counts) {
    if (count <= bestCount) continue;
    best = name;
    bestCount = count;
  }
  return best;
}

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
