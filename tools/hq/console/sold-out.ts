/**
 * What is off sale: headquarters' word beside what each terminal said last itself. A terminal follows
 * whichever of the two it heard later; with both and their times a person sees who says what.
 */
import type { Page } from "./api.ts";
import type { SoldOutRow } from "./api-house.ts";
import type { ConsoleContext } from "./context.ts";
import { pageOf } from "./page.ts";
import { doorOf } from "./published.ts";
import { oneOf } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 50;
/** Words of terminals that are looked at. */
const WORDS_COUNT_MAX = 5000;

/** One page of items by code: those that are off sale somewhere, or all that were spoken of. */
export async function soldOutPage(context: ConsoleContext, asked: Asked): Promise<Page<SoldOutRow>> {
  const isAll = oneOf(asked, "show", ["", "all"]) === "all";
  const text = asked("q").trim().toLowerCase();
  const after = asked("after");
  const rows = (await soldOutRows(context))
    .filter((row) => isAll || isOffSomewhere(row))
    .filter(({ sku, name }) => `${sku} ${name}`.toLowerCase().includes(text) && sku > after);
  return pageOf(
    rows.slice(0, PAGE_COUNT + 1),
    PAGE_COUNT,
    (row) => row,
    ({ sku }) => sku,
  );
}

/** Every item of which somebody said something, by code. */
async function soldOutRows(context: ConsoleContext): Promise<readonly SoldOutRow[]> {
  const { store, tenant } = context;
  const said = await doorOf(context).availability();
  const words = await store.console.availability(tenant, WORDS_COUNT_MAX);
  const bySku = Map.groupBy(words, ({ sku }) => sku);
  const skus = [...new Set([...said.keys(), ...bySku.keys()])].sort();
  const names = await store.console.itemNames(tenant, skus);
  return skus.map((sku) => ({
    sku,
    name: names.get(sku) ?? "",
    headquarters: said.get(sku) ?? null,
    terminals: (bySku.get(sku) ?? []).map(({ terminal, clerk, isSoldOut, atMs }) => {
      return { terminal, clerk, isSoldOut, atMs };
    }),
  }));
}

function isOffSomewhere({ headquarters, terminals }: SoldOutRow): boolean {
  return headquarters?.isSoldOut === true || terminals.some(({ isSoldOut }) => isSoldOut);
}
