/** Dates and times that can and cannot be. */

import { expect, test } from "vitest";
import { isGs1Date, isGs1Time } from "../../../drivers/scanner/gs1-date.ts";

test.each(["260131", "240229", "000229", "261231", "20000229", "20240229"])("%s is a date", (digits) => {
  expect(isGs1Date(digits, false)).toBe(true);
});

test.each(["261301", "260001", "260132", "260229", "260431", "21000229", "20260229", "2601", "26013x", ""])(
  "%j is no date",
  (digits) => {
    expect(isGs1Date(digits, true)).toBe(false);
  },
);

test("day 00 is the end of a month only where it may be left out", () => {
  expect([isGs1Date("260200", true), isGs1Date("260200", false), isGs1Date("261300", true)]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ["2359", "hhmi", true],
  ["2400", "hhmi", false],
  ["2360", "hhmi", false],
  ["23", "hh", true],
  ["24", "hh", false],
  ["59", "mi", true],
  ["60", "ss", false],
  ["2359", "hh", false],
  ["x1", "ss", false],
] as const)("%s as %s: %s", (digits, part, isGood) => {
  expect(isGs1Time(digits, part)).toBe(isGood);
});
