/** Reading the project itself. */
import { expect, test } from "vitest";

import { readTexts } from "../../../tools/tidy/walk.ts";

test("the project's own files are read, and what is installed or built is not", () => {
  const paths = Object.keys(readTexts("."));
  expect(paths).toContain("tools/tidy/walk.ts");
  expect(paths).toContain("Makefile");
  expect(paths.filter((path) => /(^|\/)(node_modules|build|\.git)\//.test(path))).toEqual([]);
});
