/** The options of a replayed year: defaults, names, and what cannot be used. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readYearOptions } from "../../../tools/replay-year/options.ts";

test("without options the whole file of the data folder is sold by two terminals, below .data", () => {
  const options = readYearOptions([], { TILLWRIGHT_DATA: "/data" });
  if (options === "help") return expect.fail("no help was asked for");
  const { folder, ...others } = options;
  expect(others).toEqual({
    file: join("/data", "retail/online-retail-all-days.csv.gz"),
    date: null,
    isFresh: false,
    tillCount: 2,
  });
  expect(folder).toMatch(/\.data\/year$/);
});

test("the environment names options and the command line wins", () => {
  const environment = { TILLS: "3", DAY: "2010-12", FRESH: "1", FOLDER: "/a", FILE: "x.csv" };
  expect(readYearOptions(["--tills", "4", "--folder", "/b"], environment)).toEqual({
    file: "x.csv",
    date: "2010-12",
    folder: "/b",
    isFresh: true,
    tillCount: 4,
  });
  expect(readYearOptions(["--help"], environment)).toBe("help");
});

const WRONG: readonly (readonly [string, readonly string[], string])[] = [
  ["a day of another shape", ["--day", "1.12.2010"], "DAY"],
  ["a FRESH that is neither 0 nor 1", ["--fresh", "yes"], "FRESH"],
  ["no terminal", ["--tills", "0"], "TILLS"],
  ["more terminals than are started", ["--tills", "17"], "TILLS"],
  ["a number of terminals that is a word", ["--tills", "two"], "TILLS"],
  ["an option that does not exist", ["--till", "2"], "till"],
];

test.each(WRONG)("%s is refused with replay/option, which names it", (_, args, name) => {
  expect(() => readYearOptions(args, {})).toThrow(expect.objectContaining({ code: "replay/option" }));
  expect(() => readYearOptions(args, {})).toThrow(name);
});
