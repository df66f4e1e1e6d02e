/** Finding items by what a clerk types. */
import { expect, test } from "vitest";

import { findItems } from "../../../runtime/ui/find-items.ts";
import { TILES_SHOWN_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { table } from "../../support/table.ts";

const item = (sku: string, nameEn: string, nameZh: string) => ({
  sku,
  nameEn,
  nameZh,
  category: "c",
  priceMinor: 100,
  isSoldOut: false,
  isByWeight: false,
  priceVersion: 0,
});
const ITEMS = [
  item("101", "Flat white", "澳白"),
  item("102", "Latte", "拿铁"),
  item("B7", "Milk tea", "奶茶"),
  item("1020", "Crème cake", "奶油蛋糕"),
];

const QUERIES = table(
  ["query", "found"],
  `
  query      | found
  lat        | 101 102
  LATTE      | 102
  white flat | 101
  拿         | 102
  奶         | B7 1020
  奶 tea     | B7
  102        | 102 1020
  b7         | B7
  Ｂ７       | B7
  crème      | 1020
  zebra      |
  `,
);

test.each(QUERIES)("$title", ({ query, found }) => {
  expect(
    findItems(ITEMS, query)
      .map(({ sku }) => sku)
      .join(" "),
  ).toBe(found);
});

test("an empty query finds nothing, and a broad one stops at the bound", () => {
  expect(findItems(ITEMS, "  ")).toEqual([]);
  const many = Array.from({ length: TILES_SHOWN_COUNT_MAX + 5 }, (_, index) =>
    item(String(index), "Tea", "茶"),
  );
  expect(findItems(many, "tea")).toHaveLength(TILES_SHOWN_COUNT_MAX);
});
