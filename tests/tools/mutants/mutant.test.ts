/**
 * A bug is planted in exactly one place of its file's text, or not at all.
 * Texts only; the list is held against the tree in list.test.ts.
 */
import { expect, test } from "vitest";
import { patched } from "../../../tools/mutants/mutant.ts";

test("the one place is changed, and dollar signs in the replacement are only text", () => {
  expect(patched("a b c", { find: "b", replace: "$& $1" })).toEqual({ ok: true, text: "a $& $1 c" });
});

test.each([
  ["a c", 0],
  ["b b", 2],
])("a text that holds it otherwise than once (%s) is refused with the count", (text, findCount) => {
  expect(patched(text, { find: "b", replace: "x" })).toEqual({ ok: false, findCount });
});
