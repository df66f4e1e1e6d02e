/**
 * The page of planted bugs: rows that are read back as they were written, and a run of
 * some bugs that leaves the rows of the others alone.
 */
import { expect, test } from "vitest";
import type { Mutant } from "../../../tools/mutants/mutant.ts";
import { pageOf, rowOf, rowsIn } from "../../../tools/mutants/page.ts";
import type { Trial } from "../../../tools/mutants/trial.ts";

function mutant(name: string, isBlind = false): Mutant {
  return {
    name,
    file: "core/x.ts",
    find: "a",
    replace: "b",
    promise: "It holds.",
    isBlind,
    courses: ["seeds"],
    also: [],
  };
}

const caught: Trial = {
  mutant: mutant("one"),
  caughtBy: "world",
  course: "seeds",
  law: "money_once",
  words: "a | b\n  `c_d`",
  seed: 3,
  ms: 1499,
};

test("a row names the checker and its seed, and its words cannot break the table", () => {
  expect(rowOf(caught)).toEqual({ caughtBy: "`money_once`, seed 3", words: "`a b c_d`", seconds: "1" });
});

test("a course without seeds is named itself", () => {
  const found = { ...caught, course: "journal_states", law: "journal_states", seed: null } as const;
  expect(rowOf(found).caughtBy).toBe("`journal_states`, journal_states");
});

test("a test is named by its file, a survivor by nothing", () => {
  const test = {
    ...caught,
    caughtBy: "test",
    course: null,
    law: "tests/core/x.test.ts",
    seed: null,
  } as const;
  expect(rowOf(test).caughtBy).toBe("tests/core/x.test.ts");
  expect(rowOf({ ...test, caughtBy: "none", law: "" }).caughtBy).toBe("**nothing**");
});

test("a page that is read and written again is the same", () => {
  const mutants = [mutant("one"), mutant("two", true)];
  const page = pageOf(mutants, new Map([["one", rowOf(caught)]]));
  expect(pageOf(mutants, rowsIn(page))).toBe(page);
  expect(page).toContain("Of 2 bugs the world catches 1 and a test 0.");
  expect(page.replaceAll(/ +/g, " ")).toContain("| `two` \\* | core/x.ts | It holds. | never tried | | |");
});

test("the patch of each bug stands behind the table, line by line", () => {
  const lines = { find: "a\n  b\n", replace: "" };
  const page = pageOf([mutant("one"), { ...mutant("two"), ...lines }], new Map());
  expect(page).toContain("### one\n\nIn core/x.ts:\n\n```diff\n-a\n+b\n```\n");
  expect(page).toContain("### two\n\nIn core/x.ts:\n\n```diff\n-a\n-  b\n```\n");
});

test("the row of a bug that is gone goes with it", () => {
  const page = pageOf([mutant("one")], new Map([["one", rowOf(caught)]]));
  expect(pageOf([mutant("two")], rowsIn(page))).not.toContain("`one`");
});
