/** Cycles of imports, of values and of types. */
import { expect, test } from "vitest";

import { cycles } from "../../../tools/tidy/cycles.ts";
import { breaches } from "../../support/tidy-tree.ts";

test("files that import in one direction have no cycle", () => {
  const texts = {
    "core/a.ts": 'import "./b.ts";\nimport "./c.ts";\n',
    "core/b.ts": 'import "./c.ts";\n',
    "core/c.ts": "",
  };
  expect(breaches(cycles, texts)).toEqual([]);
});

test("a cycle over three files is told once, with its way", () => {
  const texts = {
    "core/a.ts": 'import "./b.ts";\n',
    "core/b.ts": '\nimport "./c.ts";\n',
    "core/c.ts": 'import "./a.ts";\n',
  };
  expect(breaches(cycles, texts)).toEqual([
    "core/c.ts:1 closes a cycle: core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts",
  ]);
});

test("a cycle of type-only imports is a cycle", () => {
  const texts = {
    "core/a.ts": 'import type { B } from "./b.ts";\n',
    "core/b.ts": 'import type { A } from "./a.ts";\n',
  };
  expect(breaches(cycles, texts)).toHaveLength(1);
});

test("a file that imports itself is a cycle", () => {
  expect(breaches(cycles, { "core/a.ts": 'import "./a.ts";\n' })).toHaveLength(1);
});
