/** The steps of a day, computed before anything runs, and the catalogue that they are sold from. */
import { expect, test } from "vitest";
import { readCatalogue } from "../../../../runtime/catalogue.ts";
import { readDay } from "../../../../tools/replay-day/day.ts";
import { catalogueJson, priceListOf } from "../../../../tools/replay-day/day/price-list.ts";
import type { PriceList } from "../../../../tools/replay-day/day/price-list.ts";
import { scriptOf } from "../../../../tools/replay-day/day/script.ts";
import type { ScriptStep } from "../../../../tools/replay-day/day/script.ts";
import { dayFile } from "../../../support/day-files.ts";
import type { RowFields } from "../../../support/day-files.ts";

interface Planned {
  readonly list: PriceList;
  readonly steps: readonly ScriptStep[];
}

function plannedFor(rows: readonly Partial<RowFields>[]): Planned {
  const read = readDay(dayFile(rows));
  if (!read.ok) return expect.fail(read.message);
  const list = priceListOf(read.value);
  return { list, steps: scriptOf(read.value, list) };
}

test("a sale, a return and an order that comes to nothing become steps in the order of the file", () => {
  const { steps } = plannedFor([
    { invoice: "1", sku: "MUG", quantity: "6", price: "2.50", time: "2020-02-29 09:00:00" },
    { invoice: "C2", sku: "MUG", quantity: "-1", price: "2.50", time: "2020-02-29 09:01:00" },
    { invoice: "1", sku: "TRAY", quantity: "1", price: "7", time: "2020-02-29 09:02:00" },
    { invoice: "3", sku: "GIFT", quantity: "4", price: "0", time: "2020-02-29 09:03:00" },
    { invoice: "4", sku: "NOTE", quantity: "-4", price: "0", time: "2020-02-29 09:04:00" },
  ]);
  const atMs = Date.UTC(2020, 1, 29, 9, 0, 0);
  const minute = 60_000;
  expect(steps.map(({ n, at, step }) => [n, (at - atMs) / minute, step])).toEqual([
    [1, 0, { do: "on", clerk: "day" }],
    [2, 0, { do: "open", kind: "sale", label: "1", reason: "" }],
    [3, 0, { do: "item", sku: "MUG", quantityMilli: 6000 }],
    [4, 2, { do: "item", sku: "TRAY", quantityMilli: 1000 }],
    [5, 2, { do: "cash", handedMinor: "exact" }],
    [6, 1, { do: "open", kind: "return", label: "C2", reason: "cancelled invoice" }],
    [7, 1, { do: "item", sku: "MUG", quantityMilli: 1000 }],
    [8, 1, { do: "payout" }],
    [9, 3, { do: "open", kind: "sale", label: "3", reason: "" }],
    [10, 3, { do: "item", sku: "GIFT", quantityMilli: 4000 }],
    [11, 3, { do: "close" }],
  ]);
  expect(steps.map(({ lineCount }) => lineCount)).toEqual([0, 0, 0, 0, 2, 0, 0, 1, 0, 0, 1]);
});

test("a code with several prices that day is sold by open price with a reason", () => {
  const { list, steps } = plannedFor([
    { sku: "MUG", price: "2.50" },
    { sku: "MUG", price: "2.55", quantity: "2" },
    { sku: "TRAY", price: "7" },
  ]);
  expect([...list.prices]).toEqual([["TRAY", 700]]);
  expect(steps[3]?.step).toEqual({
    do: "price",
    sku: "MUG",
    name: "BLUE MUG",
    quantityMilli: 2000,
    priceMinor: 255,
    reason: "several prices that day",
  });
});

test("a price of a refused row does not make a price several", () => {
  const { list } = plannedFor([{ price: "2.50" }, { price: "-1" }, { price: "0.001" }]);
  expect([...list.prices]).toEqual([["MUG", 250]]);
});

test("a code without a usable description is called what it is called elsewhere, or by its code", () => {
  const { list, steps } = plannedFor([
    { sku: "A", description: "", price: "1" },
    { sku: "A", description: '"  GREEN \n BOWL "', price: "2" },
    { sku: "A", description: "GREEN BOWL", price: "2" },
    { sku: "A", description: "RED BOWL", price: "2" },
    { sku: "B", description: "???", price: "3" },
  ]);
  expect([...list.names]).toEqual([
    ["A", "GREEN BOWL"],
    ["B", "B"],
  ]);
  const names = steps.flatMap(({ step }) => (step.do === "price" ? [step.name] : []));
  expect(names).toEqual(["GREEN BOWL", "GREEN BOWL", "GREEN BOWL", "RED BOWL"]);
});

test("the catalogue of a day is one that a terminal reads", () => {
  const { list } = plannedFor([
    { sku: "A", description: "X".repeat(300), price: "0" },
    { sku: "B", description: "", price: "19.99" },
    { sku: "C", description: '"7"" RECORD, ""FRAME"" "', price: "0.42" },
  ]);
  const catalogue = readCatalogue(catalogueJson(list), "en");
  if (!catalogue.ok) expect.fail(catalogue.message);
  const items = catalogue.value.items.map(({ sku, name, unitPriceMinor, taxPpm }) => [
    sku,
    name.length > 40 ? name.length : name,
    unitPriceMinor,
    taxPpm,
  ]);
  expect(items).toEqual([
    ["A", 200, 0, 200_000],
    ["B", "B", 1999, 200_000],
    ["C", '7" RECORD, "FRAME"', 42, 200_000],
  ]);
});

test("a file in which nothing can be sold has no steps", () => {
  expect(plannedFor([{ quantity: "-1" }]).steps).toEqual([]);
});

test("in a list of usual prices most lines of a code are sold from the catalogue", () => {
  const read = readDay(
    dayFile([
      { sku: "MUG", price: "2.55" },
      { sku: "MUG", price: "2.50" },
      { sku: "MUG", price: "2.50" },
    ]),
  );
  if (!read.ok) return expect.fail(read.message);
  const list = priceListOf(read.value, "usual_price");
  expect([...list.prices]).toEqual([["MUG", 250]]);
  const steps = scriptOf(read.value, list).map(({ step }) => step);
  expect(steps.slice(2, 5).map((step) => step.do)).toEqual(["price", "item", "item"]);
});
