/** How long a file may be. */
import { expect, test } from "vitest";

import { length } from "../../../tools/tidy/length.ts";
import { breaches } from "../../support/tidy-tree.ts";

const lines = (count: number): string => "// A line.\n".repeat(count);

test.each([
  ["core/a.ts", 500],
  ["drivers/printer/gbk-table.ts", 800],
  ["docs/LONG.md", 5000],
])("%s may have %i lines", (path, count) => {
  expect(breaches(length, { [path]: lines(count) })).toEqual([]);
});

test.each([
  ["core/a.ts", 501],
  ["tools/setup/a.sh", 501],
  ["drivers/printer/gbk-table.ts", 801],
])("%s with %i lines is too long", (path, count) => {
  expect(breaches(length, { [path]: lines(count) })[0]).toContain(`has ${count} lines`);
});
