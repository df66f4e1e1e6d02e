/**
 * Copies of a tree: a bug is planted into one of the two and taken out again, and bugs whose place
 * is gone are told before anything is run. Writes into a temporary folder.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Mutant } from "../../tools/mutants/mutant.ts";
import { copyTrees, findAll } from "../../tools/mutants/tree.ts";

const root = mkdtempSync(join(tmpdir(), "tillwright-mutants-test-"));
mkdirSync(join(root, "core"));
writeFileSync(join(root, "core/x.ts"), "a b c c\n");
afterAll(() => rmSync(root, { recursive: true }));

function mutant(find: string, file = "core/x.ts"): Mutant {
  const text = { name: `bug-${find}`, file, find, replace: "x", promise: "It holds." };
  return { ...text, isBlind: false, courses: ["seeds"], also: [] };
}

test("a bug is in one copy alone, and only until it is taken out", () => {
  const trees = copyTrees(root);
  const texts = () => [trees.clean, trees.work].map((tree) => readFileSync(join(tree, "core/x.ts"), "utf8"));
  const takeOut = trees.plant(mutant("b"));
  expect(texts()).toEqual(["a b c c\n", "a x c c\n"]);
  takeOut();
  expect(texts()).toEqual(["a b c c\n", "a b c c\n"]);
  expect(readFileSync(join(root, "core/x.ts"), "utf8")).toBe("a b c c\n");
  trees.remove();
});

test("bugs that stand once each are found", () => {
  expect(() => findAll(root, [mutant("a"), mutant("b")])).not.toThrow();
});

test("all bugs that do not stand once are told together, with their file and count", () => {
  const all = [mutant("a"), mutant("c"), mutant("d"), mutant("a", "core/gone.ts")];
  expect(() => findAll(root, all)).toThrow(
    /mutants\/find: bug-c: its text stands 2 times in core\/x.ts.*bug-d: .* 0 times.*bug-a: .* 0 times in core\/gone.ts/,
  );
  expect(() => findAll(root, [mutant("d")])).toThrow("renew it in tools/mutants/list");
});
