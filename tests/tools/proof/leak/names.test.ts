/** Names of fields before a place in a text. */

import { expect, test } from "vitest";
import { columnAt, isExempt, nameBefore } from "../../../../tools/proof/leak/names.ts";

test.each([
  ['{"a":1,"sku":"§', "sku"],
  ['{"sku": §', "sku"],
  ['{"barcodes":["1","§', "barcodes"],
  ['{"sku":"1"},{"reference":"§', "reference"],
  ['{"sku":"1","list":[{"x":"§', "x"],
  ['{"said":"{\\"sku\\":\\"§', "sku"],
  ["added sku=§", "sku"],
  ['sku: "§', "sku"],
  ["<ean>§", "ean"],
  ['<item code="1">§', "item"],
  ["paid with §", ""],
  ["sku=1 paid §", ""],
  ["", ""],
])("before § in %s stands %s", (text, name) => {
  expect(nameBefore(text, Math.max(0, text.indexOf("§")))).toBe(name);
});

test("a column has the name of its header, whatever the sign between columns", () => {
  const text = 'sku,name,price\n"4,4","a",§\n';
  expect(columnAt(text, text.indexOf("§"))).toBe("price");
  expect(columnAt(text, text.indexOf("4,4"))).toBe("sku");
  expect(columnAt(text, 2)).toBe("");
  expect(columnAt("no line", 3)).toBe("");
  const tabs = "a\tGTIN\n1\t§";
  expect(columnAt(tabs, tabs.indexOf("§"))).toBe("GTIN");
});

test("names are compared without case and signs; a name that only contains one is not exempt", () => {
  expect(["SKU", "stockCode", "lookup-code", "gtin_13", "SHA-256"].map(isExempt)).toEqual(
    Array(5).fill(true),
  );
  expect(["skull", "reference", "pan", "card", ""].map(isExempt)).toEqual(Array(5).fill(false));
});
