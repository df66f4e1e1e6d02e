/** Registries and machine paths, written in parts so that this file keeps the rule itself. */
import { expect, test } from "vitest";

import { places } from "../../../tools/tidy/places.ts";
import { breaches } from "../../support/tidy-tree.ts";

const at = (...parts: readonly string[]): string => parts.join("/");

test.each([
  [
    "package-lock.json",
    `"resolved": "${at("https:", "", "registry.example.org", "a.tgz")}"`,
    "names a package registry",
  ],
  ["docs/A.md", at("http:", "", "deb.debian.org", "debian"), "names a package registry"],
  ["tools/a.sh", `cd ${at("", "root", "x")}`, "names a path of one machine"],
  ["tools/a.ts", `const a = "${at("", "work", "main")}";`, "names a path of one machine"],
  ["docs/A.md", `see (${at("", "home", "anna")})`, "names a path of one machine"],
])("%s with %s is refused", (path, text, message) => {
  expect(breaches(places, { [path]: `${text}\n` })[0]).toContain(message);
});

test.each([
  ["docs/A.md", "https://www.rfc-editor.org/rfc/rfc8949"],
  ["core/a.ts", 'import "../work/main.ts";'],
  ["runtime/a.ts", 'const route = "/orders";'],
])("%s with %s is allowed", (path, text) => {
  expect(breaches(places, { [path]: `${text}\n` })).toEqual([]);
});
