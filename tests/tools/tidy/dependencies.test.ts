/** Packages and their rows in docs/DEPENDENCIES.md. */
import { expect, test } from "vitest";

import { dependencies } from "../../../tools/tidy/dependencies.ts";
import { breaches } from "../../support/tidy-tree.ts";

const document = "| ws 8.23.0, @types/ws 8.18.2 | a socket |";

function said(manifest: unknown): readonly string[] {
  return breaches(dependencies, {
    "package.json": JSON.stringify(manifest, null, 1),
    "docs/DEPENDENCIES.md": document,
  });
}

test("packages with their rows are accounted for", () => {
  expect(said({ dependencies: { ws: "8.23.0" }, devDependencies: { "@types/ws": "8.18.2" } })).toEqual([]);
});

test("a package, a version and an optional package without a row are told", () => {
  const manifest = { dependencies: { ws: "8.24.0" }, optionalDependencies: { pg: "8.0.0" } };
  expect(said(manifest)).toEqual([
    "package.json:3 ws 8.24.0 has no row in docs/DEPENDENCIES.md",
    "package.json:6 pg 8.0.0 has no row in docs/DEPENDENCIES.md",
  ]);
});

test("a range of versions is refused", () => {
  expect(said({ dependencies: { ws: "^8.23.0" } })).toEqual([
    "package.json:3 ws ^8.23.0: pin one version exactly",
  ]);
});
