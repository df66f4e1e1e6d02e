/** What the console publishes: shown first, then written through the door to headquarters' own journal. */
import { expect, test } from "vitest";
import { terminalId } from "../../../../core/ids.ts";
import type { Authoring } from "../../../../tools/hq/authoring.ts";
import {
  catalogueHead,
  cataloguePage,
  importCatalogue,
  setAvailability,
  setPrices,
} from "../../../../tools/hq/console/catalogue.ts";
import { consoleShop, NOW_MS } from "../../../support/console-shop.ts";

async function shopThatAuthors() {
  const shop = await consoleShop({ canAuthor: true });
  const { authoring } = shop.context;
  if (authoring === null) throw new Error("The shop has no door to its journal");
  return { ...shop, authoring };
}

const versionOf = async (authoring: Authoring): Promise<number> => (await authoring.view()).version;
const none = () => "";

test("without a journal of its own the console says console/no_authoring", async () => {
  const { context } = await consoleShop();
  await expect(cataloguePage(context, none)).rejects.toMatchObject({ code: "console/no_authoring" });
});

test("a price is published after its preview, and one with a start waits for it", async () => {
  const { context, authoring } = await shopThatAuthors();
  const before = await versionOf(authoring);
  const wanted = [{ sku: "tea", price: "19.50" }];
  const preview = await setPrices(context, wanted, "", false);
  expect(preview.rows).toMatchObject([{ sku: "tea", beforeMinor: "1800", afterMinor: "1950" }]);
  expect(preview.version).toBe(null);
  expect(await versionOf(authoring)).toBe(before);
  expect((await setPrices(context, wanted, "", true)).version).toBe(before + 1);
  await setPrices(context, [{ sku: "tea", price: "20" }], "2026-12-04T12:00", true);
  const { rows } = await cataloguePage(context, none);
  expect(rows.find(({ sku }) => sku === "tea")).toMatchObject({
    priceMinor: "1950",
    toCome: [{ priceMinor: "2000", startsAtMs: Date.UTC(2026, 11, 4, 4) }],
  });
});

test.for([
  [[{ sku: "none", price: "1" }], "row 1: no item has the code none"],
  [
    [
      { sku: "tea", price: "1" },
      { sku: "bun", price: "-1" },
    ],
    "row 2: -1 is no price",
  ],
  [[{ sku: "tea", price: "1.234" }], "row 1: 1.234 is no price"],
] as const)("prices %j are refused, all of them", async ([prices, refusal]) => {
  const { context, authoring } = await shopThatAuthors();
  const before = await versionOf(authoring);
  expect((await setPrices(context, prices, "", true)).refusals).toEqual([refusal]);
  expect(await versionOf(authoring)).toBe(before);
});

test("what the journal refuses is said with its code, and nothing is written", async () => {
  const { context, authoring } = await shopThatAuthors();
  const before = await versionOf(authoring);
  const late = await setPrices(context, [{ sku: "tea", price: "1" }], "2026-12-01T12:00", true);
  expect(late.refusals).toEqual([expect.stringContaining("(authoring/start)")]);
  expect(late.version).toBe(null);
  expect(await versionOf(authoring)).toBe(before);
});

test.for(["noon", "2026-12-04T24:00", "2026-02-30T12:00"])("the start %j is refused", async (startsAt) => {
  const { context } = await shopThatAuthors();
  const refusal = { code: "console/body", field: "startsAt" };
  await expect(setPrices(context, [], startsAt, false)).rejects.toMatchObject(refusal);
});

test("an import is a diff first; published it takes the place of the whole catalogue", async () => {
  const { context } = await shopThatAuthors();
  const text = "sku,name_en,name_zh,category,price,tax\ntea,Tea,茶,all,21,6\nmug,Mug,杯,goods,45,13\n";
  const preview = await importCatalogue(context, text, "", false);
  expect(preview).toMatchObject({ added: 1, changed: 1, removed: 3, same: 0, version: null });
  expect((await cataloguePage(context, none)).rows).toHaveLength(4);
  const { version } = await importCatalogue(context, text, "", true);
  expect((await cataloguePage(context, none)).rows.map(({ sku }) => sku)).toEqual(["tea", "mug"]);
  expect(await catalogueHead(context)).toMatchObject({ version, itemCount: 2, currency: "CNY" });
});

test("a catalogue that terminals could not read is refused with its rows", async () => {
  const { context } = await shopThatAuthors();
  const text = JSON.stringify({ categories: [], items: [{ sku: "" }] });
  const { refusals, version } = await importCatalogue(context, text, "", true);
  expect(refusals).toEqual([expect.stringContaining("item 1")]);
  expect(version).toBe(null);
});

test("an item goes off sale by headquarters' word, and who holds it is said", async () => {
  const { context } = await shopThatAuthors();
  expect((await setAvailability(context, "tea", true)).refusals).toEqual([]);
  expect((await setAvailability(context, "", true)).refusals).toEqual([
    expect.stringContaining("(authoring/item)"),
  ]);
  const holding = { terminal: terminalId("T1"), position: null, atMs: NOW_MS, isFetching: true };
  const { holdings } = await catalogueHead({ ...context, holdings: () => [holding] });
  expect(holdings).toMatchObject([
    { terminal: "T1", isCurrent: false, version: 0, isFetching: true, atMs: NOW_MS },
    { terminal: "T2", isCurrent: false, version: null, atMs: null },
  ]);
});

test("the list of items goes on behind the last one", async () => {
  const { context } = await shopThatAuthors();
  const asking = (filters: Readonly<Record<string, string>>) => (name: string) => filters[name] ?? "";
  const found = await cataloguePage(context, asking({ q: "LATTE" }));
  expect(found.rows.map(({ sku }) => sku)).toEqual(["latte"]);
  const behind = await cataloguePage(context, asking({ after: "latte" }));
  expect(behind.rows.map(({ sku }) => sku)).toEqual(["bun", "=cmd"]);
});
