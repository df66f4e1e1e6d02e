/** Docstrings: above, inside, or above the group. */
import { expect, test } from "vitest";

import { docstring } from "../../../tools/tidy/docstring.ts";
import { breaches } from "../../support/tidy-tree.ts";

const head = "/**\n * A header.\n */\n\n";

test.each([
  ["directly above", "/** Minor units. */\nexport const a = 1;\n"],
  ["at a member inside", "export interface A {\n  /** Minor units. */\n  readonly b: number;\n}\n"],
  ["above a group of one-liners", "/** Bounds. */\nexport const A = 1;\nexport const B = 2;\n"],
  ["nowhere, when nothing is exported", "const a = 1;\n"],
])("an export is documented %s", (_, text) => {
  expect(breaches(docstring, { "core/a.ts": head + text })).toEqual([]);
});

test.each([
  ["without a comment", "export function a(b: number): void {}\n", "is not documented: export function a"],
  ["with a line comment", "// Minor units.\nexport const a = 1;\n", "is not documented: export const a"],
  [
    "after an empty line of a group",
    "/** A. */\nexport const a = 1;\n\nexport const b = 2;\n",
    "export const b",
  ],
  [
    "below a documented function",
    "/** A. */\nexport function a() {\n}\nexport function b() {\n}\n",
    "function b",
  ],
])("an export %s is not documented", (_, text, message) => {
  const found = breaches(docstring, { "core/a.ts": head + text });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test("the header does not count as the docstring of the first export", () => {
  expect(breaches(docstring, { "core/a.ts": `${head}export const a = 1;\n` })).toHaveLength(1);
});

test("a test file is passed over, a support file is not", () => {
  const texts = {
    "tests/core/a.test.ts": "export const a = 1;\n",
    "tests/support/b.ts": "export const b = 1;\n",
  };
  expect(breaches(docstring, texts)).toEqual(["tests/support/b.ts:1 is not documented: export const b"]);
});
