/** Banned tokens, each beside what is allowed. */
import { expect, test } from "vitest";

import { banned } from "../../../tools/tidy/banned.ts";
import { breaches } from "../../support/tidy-tree.ts";

const mark = ["TO", "DO"].join("");
const ignore = ["@ts", "ignore"].join("-");
const disable = ["oxlint", "disable-next-line"].join("-");

test.each([
  ["core/a.ts", `// ${mark}: later\n`, `${mark}: do it, or write an ADR`],
  ["core/a.ts", `/* ${ignore} */\n`, `${ignore}: make the types say it`],
  ["core/a.ts", `// ${disable} eslint/no-console\n`, "name the reason after ' -- '"],
  ["core/a.ts", "// see issue #12\n", "issue #12: say the reason"],
  ["tools/a.ts", "const a = Math.random();\n", "Math.random: take an Rng or a seed"],
  ["runtime/a.ts", "console.error(1);\n", "console.error: take a Log"],
  [
    "tests/core/a.test.ts",
    'test("a sum should be exact", () => {});\n',
    "should: a fact in the present tense",
  ],
  ["tests/core/a.test.ts", 'test("1. adds", () => {});\n', "1.: a title without a number"],
  ["tests/core/a.test.ts", 'it("adds", () => {});\n', "it: write test"],
  ["tests/core/a.test.ts", 'test.only("adds", () => {});\n', "test.only: run one file instead"],
  [
    "tests/core/a.test.ts",
    'test.skipIf(x)("adds", () => {});\n',
    "test.skipIf: call skip(reason) in the test",
  ],
  [
    "tests/core/a.test.ts",
    'describe("a", () => {});\ndescribe("b", () => {});\n',
    "describe: one in a file at most",
  ],
])("%s with %s is refused", (path, text, message) => {
  const found = breaches(banned, { [path]: text });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test.each([
  ["core/a.ts", `const text = "${mark}";\n`],
  ["core/a.ts", `// ${disable} eslint/complexity -- the table of the standard, row by row\n`],
  ["tools/a.ts", "console.log(1);\n"],
  ["tests/core/a.test.ts", 'test("sums are exact", () => {});\n'],
  ["core/a.ts", "const a = Math.abs(1);\n"],
])("%s with %s is allowed", (path, text) => {
  expect(breaches(banned, { [path]: text })).toEqual([]);
});
