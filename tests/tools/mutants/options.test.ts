/**
 * What the command line of the planted bugs may say, and what it is told
 * when it says something else.
 */
import { expect, test } from "vitest";
import { MutantsFault } from "../../../tools/mutants/fault.ts";
import { MUTANTS } from "../../../tools/mutants/list.ts";
import { readOptions } from "../../../tools/mutants/options.ts";

const [first, second] = MUTANTS.map(({ name }) => name);

test("without options all bugs are tried for 60 s each", () => {
  expect(readOptions([], MUTANTS)).toEqual({ kind: "run", mutants: MUTANTS, worldMsMax: 60_000 });
  expect(readOptions(["--only", ""], MUTANTS)).toMatchObject({ mutants: MUTANTS });
});

test("bugs are chosen by name, in the order that is asked for", () => {
  const options = readOptions(["--only", `${second},${first}`, "--seconds", "5"], MUTANTS);
  expect(options).toEqual({ kind: "run", mutants: [MUTANTS[1], MUTANTS[0]], worldMsMax: 5000 });
});

test.each([
  [["--help"], "help"],
  [["-h", "--list"], "help"],
  [["--list"], "list"],
])("%j shows the %s", (args, kind) => {
  expect(readOptions(args, MUTANTS)).toEqual({ kind });
});

test.each([[["--only", "no-such-bug"]], [["--seconds", "0"]], [["--seconds", "1.5"]], [["--fast"]], [["x"]]])(
  "%j is mutants/option",
  (args) => {
    expect(() => readOptions(args, MUTANTS)).toThrow(MutantsFault);
    expect(() => readOptions(args, MUTANTS)).toThrow("mutants/option");
  },
);
