/**
 * The page Catalogue: what headquarters has published, read and written through the door to its own
 * journal. A write is shown as a preview first; nothing is published by halves.
 */
import { catalogueInForce, priceInForce } from "../../../core/hq/in-force.ts";
import type { CatalogueStart } from "../../../core/hq/events.ts";
import type { HqView } from "../../../core/hq/view.ts";
import { currencyExponent, minorFromDecimal } from "../../../core/money.ts";
import { wallMs } from "../../../core/time.ts";
import { readCatalogue } from "../../../runtime/catalogue.ts";
import type { CatalogueItem } from "../../../runtime/catalogue.ts";
import type { Authored, Authoring } from "../authoring.ts";
import type { CatalogueHead, CatalogueRow, Page, PublishAnswer, PublishRow } from "./api.ts";
import { readCatalogueFile } from "./catalogue-file.ts";
import type { ConsoleContext } from "./context.ts";
import { dayOf, spanOfDays } from "./day.ts";
import { pageOf } from "./page.ts";
import { holdersPage } from "./published.ts";
import { ConsoleFault } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 100;
/** Rows of a preview; the counts beside it are of all. */
const PREVIEW_COUNT_MAX = 200;
const NO_FILTER = {
  span: null,
  phase: null,
  kind: null,
  terminal: "",
  clerk: "",
  isMarked: false,
  search: null,
};

/** What is in force, with its items by sku. */
interface InForce {
  readonly authoring: Authoring;
  readonly view: HqView;
  readonly catalogue: CatalogueStart | null;
  readonly text: string;
  readonly items: readonly CatalogueItem[];
}

async function inForce({ authoring, nowMs }: ConsoleContext): Promise<InForce> {
  if (authoring === null) throw new ConsoleFault("console/no_authoring", "");
  const view = await authoring.view();
  const catalogue = catalogueInForce(view, wallMs(nowMs()));
  const file = catalogue === null ? null : await authoring.fileOf(catalogue.sha256);
  const text = file === null ? "" : new TextDecoder().decode(file);
  const read = text === "" ? null : readCatalogue(text, "en");
  return { authoring, view, catalogue, text, items: read?.ok === true ? read.value.items : [] };
}

/** One page of items in the order of the file; `q` is part of a code or name. */
export async function cataloguePage(context: ConsoleContext, asked: Asked): Promise<Page<CatalogueRow>> {
  const { authoring, view, catalogue, items } = await inForce(context);
  const said = await authoring.availability();
  const text = asked("q").trim().toLowerCase();
  const wanted = items.filter(({ sku, nameEn, nameZh }) =>
    `${sku} ${nameEn} ${nameZh}`.toLowerCase().includes(text),
  );
  const after = asked("after");
  const from = after === "" ? 0 : wanted.findIndex(({ sku }) => sku === after) + 1;
  const now = wallMs(context.nowMs());
  return pageOf(
    wanted.slice(from, from + PAGE_COUNT + 1),
    PAGE_COUNT,
    (item) => {
      const { sku, nameEn, nameZh, category, taxPpm } = item;
      const price = priceInForce(view, sku, now, catalogue)?.unitPriceMinor ?? item.unitPriceMinor;
      const toCome = (view.prices.get(sku) ?? [])
        .filter(({ startsAt }) => startsAt > now)
        .map(({ unitPriceMinor, startsAt }) => ({
          priceMinor: String(unitPriceMinor),
          startsAtMs: startsAt,
        }));
      const isSoldOut = said.get(sku)?.isSoldOut ?? item.isSoldOut;
      return { sku, nameEn, nameZh, category, priceMinor: String(price), taxPpm, isSoldOut, toCome };
    },
    ({ sku }) => sku,
  );
}

/** What is in force, what waits, and who holds it. */
export async function catalogueHead(context: ConsoleContext): Promise<CatalogueHead> {
  const { view, catalogue, items } = await inForce(context);
  return {
    version: catalogue?.version ?? 0,
    startsAtMs: catalogue?.startsAt ?? null,
    itemCount: items.length,
    currency: await currencyOf(context),
    toCome: view.catalogues
      .filter(({ startsAt }) => startsAt > context.nowMs())
      .map(({ version, startsAt }) => ({ version, startsAtMs: startsAt })),
    newestVersion: view.version,
    holdings: (await holdersPage(context)).rows,
  };
}

/** The shop's currency as its newest order has it; empty before the first. */
export async function currencyOf({ store, tenant }: ConsoleContext): Promise<string> {
  const [newest] = await store.console.orders(tenant, NO_FILTER, null, 1);
  return newest?.currency ?? "";
}

/** A new price of each of these items, from a start on. */
export async function setPrices(
  context: ConsoleContext,
  prices: readonly { readonly sku: string; readonly price: string }[],
  startsAt: string,
  isConfirmed: boolean,
): Promise<PublishAnswer> {
  const { authoring, view, catalogue, items } = await inForce(context);
  const startsAtMs = startOf(context, startsAt);
  const exponent = currencyExponent(await currencyOf(context));
  const bySku = new Map(items.map((item) => [item.sku, item]));
  const refusals: string[] = [];
  const rows = prices.flatMap(({ sku, price }, index): readonly PublishRow[] => {
    const item = bySku.get(sku);
    const afterMinor = minorFromDecimal(price, exponent);
    if (item === undefined) refusals.push(`row ${index + 1}: no item has the code ${sku}`);
    else if (afterMinor === null || afterMinor < 0) refusals.push(`row ${index + 1}: ${price} is no price`);
    else {
      const now = wallMs(context.nowMs());
      const before = priceInForce(view, sku, now, catalogue)?.unitPriceMinor ?? item.unitPriceMinor;
      const amounts = { beforeMinor: String(before), afterMinor: String(afterMinor) };
      return [{ sku, name: item.nameEn, change: "changed", ...amounts }];
    }
    return [];
  });
  const preview = { ...NO_CHANGE, refusals, rows, changed: rows.length, startsAtMs };
  if (refusals.length > 0 || !isConfirmed) return preview;
  const wanted = rows.map(({ sku, afterMinor }) => ({ sku, unitPriceMinor: Number(afterMinor) }));
  return answerOf(context, preview, await authoring.setPrices(wanted, startsAtMs));
}

/** A whole catalogue in place of the one in force, from a start on. */
export async function importCatalogue(
  context: ConsoleContext,
  text: string,
  startsAt: string,
  isConfirmed: boolean,
): Promise<PublishAnswer> {
  const { authoring, text: known, items } = await inForce(context);
  const startsAtMs = startOf(context, startsAt);
  const file = readCatalogueFile(text, known, await currencyOf(context));
  if (!file.ok) return { ...NO_CHANGE, refusals: file.refusals, startsAtMs };
  const read = readCatalogue(file.text, "en");
  if (!read.ok) return { ...NO_CHANGE, refusals: [read.message], startsAtMs };
  const rows = changesOf(items, read.value.items);
  const count = (change: PublishRow["change"]): number => rows.filter((row) => row.change === change).length;
  const preview = {
    ...NO_CHANGE,
    rows: rows.slice(0, PREVIEW_COUNT_MAX),
    added: count("added"),
    changed: count("changed"),
    removed: count("removed"),
    same: read.value.items.length - count("added") - count("changed"),
    startsAtMs,
  };
  if (!isConfirmed) return preview;
  const bytes = new TextEncoder().encode(file.text);
  return answerOf(context, preview, await authoring.publishCatalogue(bytes, startsAtMs));
}

const NO_CHANGE: PublishAnswer = {
  refusals: [],
  rows: [],
  added: 0,
  changed: 0,
  removed: 0,
  same: 0,
  startsAtMs: null,
  version: null,
};

function changesOf(before: readonly CatalogueItem[], after: readonly CatalogueItem[]): readonly PublishRow[] {
  const [known, wanted] = [before, after].map((items) => new Map(items.map((item) => [item.sku, item])));
  const come = after.flatMap((item): readonly PublishRow[] => {
    const old = known?.get(item.sku);
    const afterMinor = String(item.unitPriceMinor);
    const row = { sku: item.sku, name: item.nameEn, afterMinor };
    if (old === undefined) return [{ ...row, change: "added", beforeMinor: null }];
    if (JSON.stringify(old) === JSON.stringify(item)) return [];
    return [{ ...row, change: "changed", beforeMinor: String(old.unitPriceMinor) }];
  });
  const gone = before
    .filter(({ sku }) => wanted?.has(sku) !== true)
    .map(({ sku, nameEn, unitPriceMinor }): PublishRow => {
      const amounts = { beforeMinor: String(unitPriceMinor), afterMinor: null };
      return { sku, name: nameEn, change: "removed", ...amounts };
    });
  return [...come, ...gone];
}

/** An item off sale on every terminal, or on sale again. */
export async function setAvailability(
  context: ConsoleContext,
  sku: string,
  isSoldOut: boolean,
): Promise<PublishAnswer> {
  const { authoring } = await inForce(context);
  return answerOf(context, NO_CHANGE, await authoring.setAvailability([{ sku, isSoldOut }]));
}

function answerOf(context: ConsoleContext, preview: PublishAnswer, authored: Authored): PublishAnswer {
  if (!authored.ok) {
    const { code, message, row } = authored;
    const place = row === null ? "" : `row ${row}: `;
    return { ...preview, refusals: [`${place}${message} (${code})`] };
  }
  context.log(`console: version ${authored.version} was published`);
  return { ...preview, version: authored.version };
}

/** "2026-11-22T12:00" in the shop's zone as an instant; null for an empty text. */
export function startOf({ zoneMinutes }: ConsoleContext, text: string): number | null {
  if (text === "") return null;
  const [, date = "", hours = "", minutes = ""] = /^(.{10})T(\d{2}):(\d{2})$/.exec(text) ?? [];
  const day = dayOf(date);
  if (day === null || Number(hours) > 23 || Number(minutes) > 59)
    throw new ConsoleFault("console/body", "startsAt");
  return spanOfDays(day, day, zoneMinutes).fromMs + (Number(hours) * 60 + Number(minutes)) * 60_000;
}
