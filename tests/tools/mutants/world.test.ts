/**
 * What an ending of the world's command says about a planted bug: quiet, broken under a
 * law, crashed or without an end. Texts only; no world is run.
 */
import { expect, test } from "vitest";
import { verdictOf } from "../../../tools/mutants/world.ts";

const ending = { kind: "ended", exitCode: 0, output: "", errors: "" } as const;
const broken = [
  "FROM=1 goods: built-in for 60 s",
  'SEED=7 {"seed":7} faults: none',
  "VIOLATION money_once at s1-t1, 12.345 s: record 7 was answered before it was durable",
  "VIOLATION hq_fold at hq, 20.000 s: another",
  "",
].join("\n");

test("a world that ends well is quiet", () => {
  expect(verdictOf({ ...ending, output: '{"seeds":20}\n' })).toEqual({ kind: "quiet" });
});

test.each(["ended", "enough", "too_long"] as const)(
  "the first broken law counts, with its seed (%s)",
  (kind) => {
    expect(verdictOf({ ...ending, kind, exitCode: null, output: broken })).toEqual({
      kind: "broken",
      law: "money_once",
      message: "s1-t1: record 7 was answered before it was durable",
      seed: 7,
    });
  },
);

test("a world without an end hangs", () => {
  expect(verdictOf({ ...ending, kind: "too_long", exitCode: null })).toMatchObject({
    law: "hangs",
    seed: null,
  });
});

test("a world that crashes is told by the error's own line", () => {
  const errors =
    "file.ts:3\n  throw x;\n\nTypeError: x is no function\n    at run (file.ts:3)\n\nNode.js v24\n";
  expect(verdictOf({ ...ending, exitCode: 1, errors })).toEqual({
    kind: "broken",
    law: "crashes",
    message: "TypeError: x is no function",
    seed: null,
  });
  expect(verdictOf({ ...ending, exitCode: 2, errors: "FROM=x is not a number\n" })).toMatchObject({
    message: "FROM=x is not a number",
  });
});

test("courses without seeds tell of a broken law in their last line", () => {
  const states = 'SEED=1\n{"stateCount":9,"violations":["history 1 state 3 (prefix): 1 blocks of 2"]}\n';
  expect(verdictOf({ ...ending, exitCode: 1, output: states })).toEqual({
    kind: "broken",
    law: "journal_states",
    message: "history 1 state 3 (prefix): 1 blocks of 2",
    seed: null,
  });
  const cut = '{"violations":[{"law":"journal_prefix","actor":"s1-t1","message":"cut at call 7: gone"}]}\n';
  expect(verdictOf({ ...ending, exitCode: 1, output: cut })).toMatchObject({
    law: "journal_prefix",
    message: "cut at call 7: gone",
  });
});
