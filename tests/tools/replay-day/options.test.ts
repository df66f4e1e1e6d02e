/** The options of a replayed day, from make and from the command line. */
import { expect, test } from "vitest";
import { readOptions } from "../../../tools/replay-day/options.ts";

const DEFAULTS = { file: "day.csv", date: null, hasFaults: false, seed: null, seedCount: 1 };

test("make's variables and the command line say the same, and the command line wins", () => {
  expect(readOptions([], { FILE: "day.csv" })).toEqual(DEFAULTS);
  expect(readOptions(["--file", "day.csv"], { FILE: "other.csv", FAULTS: "" })).toEqual(DEFAULTS);
  const all = { FILE: "a.gz", DAY: "2010-12-01", FAULTS: "1", SEED: "7", SEEDS: "20" };
  const read = { file: "a.gz", date: "2010-12-01", hasFaults: true, seed: 7, seedCount: 20 };
  expect(readOptions([], all)).toEqual(read);
});

test("help is asked for and needs no file", () => {
  expect(readOptions(["--help"], {})).toBe("help");
});

const WRONG: readonly (readonly [string, readonly string[], string])[] = [
  ["no file", [], "FILE: name a file"],
  ["a day that is none", ["--file", "a", "--day", "today"], "DAY: today"],
  ["faults that are neither on nor off", ["--file", "a", "--faults", "yes"], "FAULTS: yes"],
  ["a seed that is no number", ["--file", "a", "--seed", "abc"], "SEED: abc"],
  ["a negative seed", ["--file", "a", "--seed=-1"], "SEED: -1"],
  ["too many seeds", ["--file", "a", "--faults", "1", "--seeds", "1001"], "SEEDS: 1001"],
  ["no seeds", ["--file", "a", "--faults", "1", "--seeds", "0"], "SEEDS: at least 1"],
  ["seeds without faults", ["--file", "a", "--seeds", "2"], "SEEDS: without FAULTS=1"],
  ["an option that is unknown", ["--file", "a", "--fast"], "--fast"],
];

test.each(WRONG)("%s is refused with replay/option", (_, args, words) => {
  expect(() => readOptions(args, {})).toThrow(words);
  expect(() => readOptions(args, {})).toThrow("replay/option");
});
