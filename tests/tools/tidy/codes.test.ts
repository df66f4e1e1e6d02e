/** Declared codes and their proofs. */
import { expect, test } from "vitest";

import { codesUpTo } from "../../../tools/tidy/codes.ts";
import { breaches } from "../../support/tidy-tree.ts";

const declared = { "core/refusal.ts": 'export type Code =\n  | "order/empty"\n  | "order/not_open";\n' };

test("a code that a test and a code that a document names are proven", () => {
  const texts = { ...declared, "tests/core/a.test.ts": '"order/empty"', "docs/CODES.md": "order/not_open" };
  expect(breaches(codesUpTo(0), texts)).toEqual([]);
});

test("a code that nothing names is unproven", () => {
  expect(breaches(codesUpTo(0), { ...declared, "tests/core/a.test.ts": '"order/empty"' })).toEqual([
    "core/refusal.ts:3 order/not_open is proven by no test and told in no document",
  ]);
});

test("the bound holds what is left, and is lowered when less is left", () => {
  expect(breaches(codesUpTo(2), declared)).toEqual([]);
  expect(breaches(codesUpTo(1), declared)).toHaveLength(2);
  expect(breaches(codesUpTo(3), declared)[0]).toContain("2 codes are unproven: lower UNPROVEN_COUNT_MAX");
});

test("a string that is no type and a code of tools are not looked at", () => {
  const texts = { "core/a.ts": 'const a = "order/empty";', "tools/a.ts": 'type A = "a/b";' };
  expect(breaches(codesUpTo(0), texts)).toEqual([]);
});
