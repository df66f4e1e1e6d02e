/** Unit suffixes on the number fields of core. */
import { expect, test } from "vitest";

import { units } from "../../../tools/tidy/units.ts";
import { breaches } from "../../support/tidy-tree.ts";

function fieldIn(path: string, field: string): readonly string[] {
  return breaches(units, { [path]: `interface A {\n  readonly ${field};\n}\n` });
}

test.each([
  "paidAtMs: number",
  "retryDelayMsMax: number",
  "lineCount: number",
  "paperWidthDots: number | undefined",
  "seq: number",
  "lamport: number",
  "price: Minor",
  "name: string",
  "sizesBytes: readonly number[]",
])("%s is a proper field", (field) => {
  expect(fieldIn("core/a.ts", field)).toEqual([]);
});

test.each(["price: number", "delay: number | undefined", "sizes: readonly number[]", "maxMs2: number"])(
  "%s lacks its unit",
  (field) => {
    expect(fieldIn("core/a.ts", field)).toEqual([
      `core/a.ts:2 ${field.split(":")[0] ?? ""}: a number carries its unit (…Minor, …Ms, …Bytes, …Count, …Index)`,
    ]);
  },
);

test("outside of core the rule does not hold", () => {
  expect(fieldIn("tools/a.ts", "price: number")).toEqual([]);
});
