/** Purity of core and protocol. */
import { expect, test } from "vitest";

import { purity } from "../../../tools/tidy/purity.ts";
import { breaches } from "../../support/tidy-tree.ts";

test.each([
  ["core/a.ts", "async function f() {}", "async: what waits belongs to runtime"],
  ["core/a.ts", "const f = async () => 1;", "async: what waits belongs to runtime"],
  ["protocol/a.ts", "class A { async f() {} }", "async: what waits belongs to runtime"],
  ["protocol/a.ts", "let a: Promise<number>;", "Promise: what waits belongs to runtime"],
  ["core/a.ts", "export let count = 0;", "let: a module keeps nothing between calls"],
  ["core/a.ts", "a.localeCompare(b);", "localeCompare: answers differ between machines"],
  ["core/a.ts", "function f() { throw new Bug(); }", "throw: answer a Refusal, or assert for a Bug"],
])("%s with %s is refused", (path, text, message) => {
  const found = breaches(purity, { [path]: `${text}\n` });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test.each([
  ["core/a.ts", "function f() { let sum = 0; return sum; }"],
  ["core/a.ts", "export const count = 0;"],
  ["core/bug.ts", "function f() { throw new Bug(); }"],
  ["protocol/a.ts", "let scratch = new Uint8Array(8);"],
  ["runtime/a.ts", "async function f() {}"],
])("%s with %s is allowed", (path, text) => {
  expect(breaches(purity, { [path]: `${text}\n` })).toEqual([]);
});
