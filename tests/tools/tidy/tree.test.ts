/** What the rules look at. */
import { expect, test } from "vitest";

import { found, treeOf } from "../../../tools/tidy/tree.ts";

test("files come in ascending order of path, TypeScript parsed, others as text", () => {
  const tree = treeOf({ "b.md": "# B", "a.ts": "export const a = 1;", "c.tsx": "const c = <b />;" });
  expect(tree.files.map(({ path }) => path)).toEqual(["a.ts", "b.md", "c.tsx"]);
  expect(tree.modules.map(({ path }) => path)).toEqual(["a.ts", "c.tsx"]);
});

test("a file that does not parse is a finding, and the others are still read", () => {
  const tree = treeOf({ "a.ts": "const = ;", "b.ts": "const b = 1;" });
  expect(tree.unparsed).toMatchObject([{ path: "a.ts", line: 1, rule: "parse" }]);
  expect(tree.modules).toHaveLength(1);
});

test("a relative import is resolved against its file", () => {
  const tree = treeOf({ "runtime/ui/a.ts": 'import "../../core/b.ts";\nimport "./c.ts";\nimport "ws";\n' });
  const targets = tree.modules[0]?.imports.map(({ target }) => target);
  expect(targets).toEqual(["core/b.ts", "runtime/ui/c.ts", undefined]);
});

test("a finding counts lines from 1", () => {
  expect(found({ path: "a", text: "x\ny\nz" }, 4, "r", "m").line).toBe(3);
});
