/** Headers: there, apart from the first docstring, and of 2 to 12 lines. */
import { expect, test } from "vitest";

import { header } from "../../../tools/tidy/header.ts";
import { breaches } from "../../support/tidy-tree.ts";

const good = "/**\n * Owns the money.\n * Never touches a float.\n */\n";

test.each([
  ["followed by imports", `${good}import "./b.ts";\n`],
  ["followed by an empty line and a declaration", `${good}\nexport const a = 1;\n`],
  ["below a line that names an interpreter", `#!/usr/bin/env node\n${good}\n`],
])("a header is seen when %s", (_, text) => {
  expect(breaches(header, { "core/a.ts": text })).toEqual([]);
});

test.each([
  ["no comment", "export const a = 1;\n", "has no header"],
  ["a line comment", "// Owns the money.\n// No floats.\n", "has no header"],
  ["a docstring only", `${good}export const a = 1;\n`, "has a docstring where the header belongs"],
  ["one line", "/** Owns the money. */\n\n", "has a header of 1 lines"],
  ["thirteen lines", `/**\n${" * More.\n".repeat(13)} */\n`, "has a header of 13 lines"],
])("a file with %s has no proper header", (_, text, message) => {
  expect(breaches(header, { "core/a.ts": text })[0]).toContain(message);
});

test("a test may have a header of one line", () => {
  expect(breaches(header, { "tests/core/a.test.ts": "/** Money. */\nimport './b.ts';\n" })).toEqual([]);
});
