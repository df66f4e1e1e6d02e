/** Categories of items from a CSV file, whole or not at all. */
import { expect, test } from "vitest";
import { categoriesIn } from "../../../../tools/hq/pricing/categories.ts";

test("each row names an item and its category", () => {
  const read = categoriesIn('\u{feff}sku,category\n"a,b",bags\nc,other\n');
  expect(read.ok && [...read.value]).toEqual([
    ["a,b", "bags"],
    ["c", "other"],
  ]);
});

test.for([
  ["name,category\n", "row 1: must be sku,category"],
  ["sku,category\na\n", "row 2: must be a sku and a category"],
  ["sku,category\na,\n", "row 2: must be a sku and a category"],
  ["sku,category\na,x\na,y\n", "row 3: sku a is there twice"],
  ['sku,category\n"a', "a quoted cell has no end"],
])("%j is refused: %s", ([text, refusal]) => {
  expect(categoriesIn(text ?? "")).toEqual({ ok: false, refusals: [refusal] });
});
