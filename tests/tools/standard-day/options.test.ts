/** The options of a standard day, from make and from the command line. */
import { expect, test } from "vitest";
import { readOptions } from "../../../tools/standard-day/options.ts";

const STANDARD = {
  orderCount: 300,
  returnCount: 20,
  voidCount: 15,
  parkCount: 6,
  seed: null,
  isDrawn: false,
};

test("without options the day is the standard one", () => {
  expect(readOptions([], {})).toEqual(STANDARD);
  expect(readOptions(["--help"], {})).toBe("help");
});

test("make's variables and the command line say the same, and the command line wins", () => {
  const make = { ORDERS: "24", RETURNS: "2", VOIDS: "2", PARKS: "1", SEED: "7", PICTURE: "1" };
  const read = { orderCount: 24, returnCount: 2, voidCount: 2, parkCount: 1, seed: 7, isDrawn: true };
  expect(readOptions([], make)).toEqual(read);
  expect(readOptions(["--orders", "40"], make)).toEqual({ ...read, orderCount: 40 });
});

test("a small day has parts that fit into it", () => {
  expect(readOptions(["--orders", "12"], {})).toMatchObject({ returnCount: 3, voidCount: 3, parkCount: 3 });
});

const WRONG: readonly (readonly [string, readonly string[], string])[] = [
  ["too few orders", ["--orders", "11"], "ORDERS: at least 12"],
  ["more orders than the list shows", ["--orders", "401"], "ORDERS: 401"],
  ["orders that are no number", ["--orders", "many"], "ORDERS: many"],
  ["more returns than a quarter", ["--orders", "40", "--returns", "11"], "RETURNS: 11"],
  ["a picture that is neither on nor off", ["--picture", "yes"], "PICTURE: yes"],
  ["a negative seed", ["--seed=-1"], "SEED: -1"],
  ["an option that is unknown", ["--fast"], "--fast"],
];

test.each(WRONG)("%s is refused with standard_day/option", (_, args, words) => {
  expect(() => readOptions(args, {})).toThrow(words);
  expect(() => readOptions(args, {})).toThrow("standard_day/option");
});
