/** Items as CSV: whole or not at all, wrong rows named. */
import { expect, test } from "vitest";
import { csvRows, readCatalogueFile } from "../../../../tools/hq/console/catalogue-file.ts";
import { readCatalogue } from "../../../../runtime/catalogue.ts";

const HEAD = "sku,name_en,name_zh,category,price,tax";
const GOOD = "tea,Tea,茶,drinks,18.50,6";

test("cells in quotes may hold commas, quotes and line ends, and rows keep the number they begin at", () => {
  expect(csvRows('a,"b, ""c"""\r\n\r\n"d\ne",f\ng')).toEqual([
    { cells: ["a", 'b, "c"'], row: 1 },
    { cells: ["d\ne", "f"], row: 3 },
    { cells: ["g"], row: 5 },
  ]);
  expect(csvRows('a,"b')).toBe(null);
});

test("a file becomes a catalogue that terminals read, and keeps what it does not name", () => {
  const known = JSON.stringify({
    categories: [{ id: "drinks", nameEn: "Drinks", nameZh: "饮品" }],
    items: [{ sku: "tea", barcodes: ["4006381333931"], priceMinor: 1, soldOut: true }],
    measurePatterns: [],
  });
  const file = readCatalogueFile(`\u{feff}${HEAD}\n${GOOD}\nmug,Mug,,goods,45,13\n`, known, "CNY");
  if (!file.ok) throw new Error(file.refusals.join());
  const read = readCatalogue(file.text, "en");
  if (!read.ok) throw new Error(read.message);
  const { items, byBarcode, categories } = read.value;
  expect(items.map(({ sku, unitPriceMinor, taxPpm }) => [sku, unitPriceMinor, taxPpm])).toEqual([
    ["tea", 1850, 60_000],
    ["mug", 4500, 130_000],
  ]);
  expect(items[1]).toMatchObject({ nameEn: "Mug", nameZh: "Mug", category: "goods" });
  expect([...byBarcode.values()].map(({ sku }) => sku)).toContain("tea");
  expect(categories.map(({ id, nameZh }) => [id, nameZh])).toEqual([
    ["drinks", "饮品"],
    ["goods", "goods"],
  ]);
});

test.for([
  ["", `row 1: must be ${HEAD}`],
  ["sku,price\n", `row 1: must be ${HEAD}`],
  [`${HEAD}\n${GOOD},x`, "row 2: has 7 cells, not 6"],
  [`${HEAD}\n,Tea,茶,drinks,1,6`, "row 2: sku is empty"],
  [`${HEAD}\ntea,,,drinks,1,6`, "row 2: name_en and name_zh are empty"],
  [`${HEAD}\ntea,Tea,,,1,6`, "row 2: category is empty"],
  [`${HEAD}\n${GOOD}\n\nbun,Bun,,food,1.234,6`, "row 4: price 1.234 must be an amount from 0"],
  [`${HEAD}\nbun,Bun,,food,-1,6`, "row 2: price -1 must be an amount from 0"],
  [`${HEAD}\nbun,Bun,,food,1,six`, "row 2: tax six must be a percentage from 0"],
  [`${HEAD}\n${GOOD}\n${GOOD}`, "row 3: tea stands in row 2 already"],
  [`${HEAD}\n"tea`, "a quoted cell has no end"],
] as const)("the file %j is refused whole", ([text, refusal]) => {
  expect(readCatalogueFile(text, "", "CNY")).toEqual({ ok: false, refusals: [refusal] });
});
