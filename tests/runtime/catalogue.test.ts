/** A catalogue is read whole or refused with the row and the reason. */
import { expect, test } from "vitest";
import { CATALOGUE_ITEMS_COUNT_MAX, readCatalogue } from "../../runtime/catalogue.ts";
import { CATALOGUE_JSON } from "../support/fake-world.ts";

const CATEGORY = { id: "all", nameEn: "All", nameZh: "全部" };
const ITEM = { sku: "tea", category: "all", nameEn: "Tea", nameZh: "茶", priceMinor: 250, taxPpm: 200_000 };

function read(categories: unknown, items: unknown) {
  return readCatalogue(JSON.stringify({ categories, items }), "en");
}

test("a catalogue is read with the names of the receipts' language", () => {
  for (const [language, name] of [
    ["en", "Tea"],
    ["zh", "茶"],
  ] as const) {
    const catalogue = readCatalogue(CATALOGUE_JSON, language);
    expect(catalogue).toMatchObject({ ok: true });
    if (!catalogue.ok) continue;
    const { bySku, items, categories } = catalogue.value;
    expect(bySku.get("tea")).toEqual({
      sku: "tea",
      category: "all",
      name,
      nameEn: "Tea",
      nameZh: "茶",
      unitPriceMinor: 250,
      taxPpm: 200_000,
      isSoldOut: false,
      isByWeight: false,
      priceVersion: 0,
    });
    expect(bySku.get("cake")?.isSoldOut).toBe(true);
    expect(items.map((item) => item.sku)).toEqual(["tea", "bun", "sample", "cake"]);
    expect(categories).toEqual([CATEGORY]);
  }
});

test("a catalogue may be empty", () => {
  expect(read([], [])).toMatchObject({ ok: true });
});

test.each(["", "{", "sku,price"])("text that is not JSON is refused with catalogue/not_json: %j", (text) => {
  expect(readCatalogue(text, "en")).toMatchObject({ ok: false, code: "catalogue/not_json" });
});

test.each(["null", "[]", "{}", '{"categories":[]}', '{"categories":{},"items":[]}'])(
  "JSON without the two lists is refused with catalogue/row: %s",
  (text) => {
    expect(readCatalogue(text, "en")).toMatchObject({
      ok: false,
      code: "catalogue/row",
      message: "The catalogue needs the lists categories and items",
    });
  },
);

const TEXTS = [undefined, null, 7, "", "x".repeat(201), "a\nb", "\ud800"];
const WRONG_CATEGORY: readonly (readonly [string, readonly unknown[]])[] = [
  ["id", [...TEXTS, "x".repeat(33)]],
  ["nameEn", TEXTS],
  ["nameZh", TEXTS],
];
const WRONG_ITEM: readonly (readonly [string, readonly unknown[]])[] = [
  ["sku", [...TEXTS, "x".repeat(65)]],
  ["category", [undefined, null, "none", "", 7]],
  ["nameEn", TEXTS],
  ["nameZh", TEXTS],
  ["priceMinor", [undefined, null, -1, 0.5, "250", 100_000_000_001]],
  ["taxPpm", [undefined, null, -1, 0.5, "0", 1_000_001]],
  ["soldOut", [null, "yes", 1]],
  ["byWeight", [null, "yes", 1]],
];

test.each(WRONG_CATEGORY)(
  "a category with a wrong %s is refused with catalogue/row and its number",
  (key, values) => {
    for (const value of values) {
      expect(read([CATEGORY, { ...CATEGORY, id: "two", [key]: value }], []), String(value)).toMatchObject({
        ok: false,
        code: "catalogue/row",
        message: "category 2: id, nameEn and nameZh must be texts",
      });
    }
  },
);

test.each(WRONG_ITEM)(
  "an item with a wrong %s is refused with catalogue/row, its number and the reason",
  (key, values) => {
    for (const value of values) {
      const catalogue = read([CATEGORY], [ITEM, { ...ITEM, sku: "bun", [key]: value }]);
      expect(catalogue, String(value)).toMatchObject({ ok: false, code: "catalogue/row" });
      if (catalogue.ok) continue;
      expect(catalogue.message).toMatch(/^item 2: /);
      expect(catalogue.message).toContain(key);
    }
  },
);

test.each([null, "tea", 7, [[]]])("a row that is no object is refused with its number: %j", (row) => {
  expect(read([row], [])).toMatchObject({
    code: "catalogue/row",
    message: expect.stringMatching(/^category 1/),
  });
  expect(read([CATEGORY], [ITEM, row])).toMatchObject({ message: "item 2: must be an object" });
});

test("a code that is there twice is refused with its row", () => {
  expect(read([CATEGORY], [ITEM, ITEM])).toMatchObject({ message: "item 2: sku tea is there twice" });
});

test("categories with one id are refused", () => {
  expect(read([CATEGORY, CATEGORY], [ITEM])).toMatchObject({ message: "two categories have one id" });
});

test("the first ten wrong rows are named", () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({ ...ITEM, sku: `s${index}`, priceMinor: -1 }));
  const catalogue = read([CATEGORY], rows);
  expect(catalogue.ok ? [] : catalogue.message.split("; ")).toHaveLength(10);
});

test("one item more than the bound is refused", () => {
  const items = Array.from({ length: CATALOGUE_ITEMS_COUNT_MAX + 1 }, () => 0);
  expect(read([CATEGORY], items)).toMatchObject({
    code: "catalogue/row",
    message: `More than ${CATALOGUE_ITEMS_COUNT_MAX} items`,
  });
});

const SOLD = { ...ITEM, barcodes: ["6900350006025", "036000291452", "12345", "TEA-1"] };

test("an item is found by its GTIN as 14 digits, and by the shop's own codes", () => {
  const catalogue = read([CATEGORY], [SOLD, { ...ITEM, sku: "bun" }]);
  if (!catalogue.ok) return expect.fail(catalogue.message);
  const { byBarcode, bySku } = catalogue.value;
  expect([...byBarcode.keys()]).toEqual(["06900350006025", "00036000291452", "12345", "TEA-1"]);
  expect(byBarcode.get("TEA-1")).toBe(bySku.get("tea"));
});

test.each([
  ["a wrong check digit", ["6900350006026"], /check digit/],
  ["zeros", ["00000000"], /check digit/],
  ["a blank", ["TEA 1"], /check digit/],
  ["a control character", ["TEA\u00071"], /check digit/],
  ["another script", ["茶"], /check digit/],
  ["no text", [7], /check digit/],
  ["nothing", [""], /check digit/],
  ["the same code twice", ["TEA-1", "TEA-1"], /names two items/],
  ["one GTIN written twice", ["6900350006025", "06900350006025"], /names two items/],
  ["another item's sku", ["bun"], /names two items/],
  ["another item's code", ["BUN-1"], /names two items/],
  ["no list", "TEA-1", /must be a list of at most 16/],
  ["too many", Array.from({ length: 17 }, (_, index) => `T${index}`), /must be a list of at most 16/],
])("an item whose barcodes have %s is refused with its row", (_what, barcodes, message) => {
  const catalogue = read(
    [CATEGORY],
    [
      { ...ITEM, sku: "bun", barcodes: ["BUN-1"] },
      { ...ITEM, barcodes },
    ],
  );
  expect(catalogue).toMatchObject({ ok: false, code: "catalogue/row" });
  expect(catalogue.ok ? "" : catalogue.message).toMatch(message);
  expect(catalogue.ok ? "" : catalogue.message).toMatch(/^item 2: /);
});

function readPatterns(measurePatterns: unknown) {
  return readCatalogue(JSON.stringify({ categories: [CATEGORY], items: [ITEM], measurePatterns }), "en");
}

test("patterns of scale labels are kept in their order", () => {
  const rows = ["2[0-4]IIIIIWWWWWC", "25IIIIPPPPPPC"].map((pattern) => ({
    pattern,
    weightDecimals: 3,
    priceDecimals: 2,
  }));
  const catalogue = readPatterns(rows);
  expect(catalogue.ok ? catalogue.value.measurePatterns.map(({ row }) => row.pattern) : []).toEqual(
    rows.map(({ pattern }) => pattern),
  );
  expect(read([CATEGORY], [ITEM])).toMatchObject({ value: { measurePatterns: [] } });
});

const PATTERN = { pattern: "21IIIIIWWWWWC", weightDecimals: 3, priceDecimals: 2 };

test.each([
  [null],
  ["21IIIIIWWWWWC"],
  [[null]],
  [[{ ...PATTERN, pattern: "21IIIIIWWWWW" }]],
  [[{ ...PATTERN, pattern: "(a+)+IIIIWWC" }]],
  [[{ ...PATTERN, weightDecimals: 7 }]],
  [[{ pattern: "21IIIIIWWWWWC" }]],
  [Array.from({ length: 33 }, () => PATTERN)],
])("patterns that cannot be used refuse the file: %j", (patterns) => {
  expect(readPatterns(patterns)).toMatchObject({
    ok: false,
    code: "catalogue/row",
    message: expect.stringMatching(/^measurePatterns/),
  });
});
