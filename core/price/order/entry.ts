/**
 * What rules say when a line is entered: the price that replaces the list price (stage 20) and the rate of
 * its tax. Both are pinned on the line with the rules' version and the time.
 */
import type { Minor, Ppm } from "../../money.ts";
import type { WallMs } from "../../time.ts";
import type { PriceList, PricingRules, TaxRow } from "../rules/types.ts";
import { isValidAt } from "../rules/validity.ts";
import type { Place } from "../rules/validity.ts";

/** A price of a list. */
export interface ListedPrice {
  readonly priceList: string;
  readonly unitPriceMinor: Minor;
}

/** The price that a list in force says for this item, or null where the list price stands. */
export function listedPrice(rules: PricingRules, sku: string, at: WallMs, place: Place): ListedPrice | null {
  let best: PriceList | null = null;
  for (const list of rules.priceLists) {
    if (!list.prices.has(sku) || !isValidAt(list.validity, at, place)) continue;
    if (best === null || isBefore(list, best)) best = list;
  }
  const unitPriceMinor = best?.prices.get(sku);
  return best === null || unitPriceMinor === undefined ? null : { priceList: best.id, unitPriceMinor };
}

function isBefore(a: PriceList, b: PriceList): boolean {
  return a.priorityIndex === b.priorityIndex ? a.id < b.id : a.priorityIndex < b.priorityIndex;
}

/** The rate that the tax table says for this item, or null where the catalogue's stands. */
export function tabledRate(
  rules: PricingRules,
  item: { readonly sku: string; readonly category: string },
  at: WallMs,
): Ppm | null {
  const row = rules.taxes.find((its) => fits(its, item));
  return row?.rates.findLast(({ from }) => from === null || from <= at)?.ratePpm ?? null;
}

function fits(
  { selection: { skus, categories, excludedCategories } }: TaxRow,
  { sku, category }: { readonly sku: string; readonly category: string },
): boolean {
  return (
    (skus.length === 0 || skus.includes(sku)) &&
    (categories.length === 0 || categories.includes(category)) &&
    !excludedCategories.includes(category)
  );
}
