/** One title in each Markdown file. */
import { expect, test } from "vitest";

import { markdown } from "../../../tools/tidy/markdown.ts";
import { breaches } from "../../support/tidy-tree.ts";

test("a title, chapters and a comment in a fenced block make one title", () => {
  expect(breaches(markdown, { "docs/A.md": "# A\n\n## B\n\n```sh\n# not a title\n```\n" })).toEqual([]);
});

test.each([
  ["## A\n", 0],
  ["# A\n\n# B\n", 2],
])("%j has %i titles", (text, count) => {
  expect(breaches(markdown, { "docs/A.md": text })).toEqual([
    `docs/A.md:1 has ${count} titles ("# …"), exactly one is wanted`,
  ]);
});
