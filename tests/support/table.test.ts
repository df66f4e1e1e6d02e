/** Text tables, the form of the rules' tests. */
import { expect, test } from "vitest";

import { table } from "./table.ts";

test("rows are cells by column with a title, remarks and empty lines aside", () => {
  const rows = table(
    ["given", "answer"],
    `
    given       | answer
    open        | ok        // the plain case

    closed, old |
    a//b        | c
    `,
  );
  expect(rows).toEqual([
    { given: "open", answer: "ok", title: "open | ok" },
    { given: "closed, old", answer: "", title: "closed, old |" },
    { given: "a//b", answer: "c", title: "a//b | c" },
  ]);
});

test.each([
  ["other columns", "given | reply\na | b"],
  ["a missing cell", "given | answer\na"],
  ["a cell too many", "given | answer\na | b | c"],
  ["no row", "given | answer"],
])("a table with %s is a bug", (_, text) => {
  expect(() => table(["given", "answer"], text)).toThrow("table:");
});
