/** What counts as a find in bytes, and what does not; every writing is in tests/integration/leak-scan.test.ts. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FINDS_COUNT_MAX, scanBytes } from "../../../../tools/proof/leak/scan.ts";

const finds = (text: string) => scanBytes(Buffer.from(text, "latin1"));

test("a find says where, what and in which field, and four digits", () => {
  expect(finds('{"reference":"5555555555554444"}')).toEqual([
    {
      encoding: "ascii",
      offset: 14,
      scheme: "Mastercard",
      digitCount: 16,
      lastFour: "4444",
      name: "reference",
    },
  ]);
});

test.each([
  ["a fraction", '{"share":0.5555555555554444}'],
  ["digits inside a hash", "0f3ab5555555555554444ce8812deadbeef"],
  ["a hash by its name", '{"hash":"5555555555554444"}'],
  ["a time in milliseconds", "at 1763829000000"],
  ["a longer run", "555555555555444455555"],
  ["ASCII that reads as packed digits", "W\n3782822463100053782822463100050"],
])("%s is no find", (_what, text) => {
  expect(finds(text)).toEqual([]);
});

test("no more finds are told than the bound", () => {
  expect(finds("5555555555554444\n".repeat(200))).toHaveLength(FINDS_COUNT_MAX);
});

test("no bytes make it throw, and no find repeats its number", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, place) => {
      const planted = Buffer.concat([
        bytes.slice(0, place),
        Buffer.from(" 4012888888881881 "),
        bytes.slice(place),
      ]);
      const found = scanBytes(planted, { known: ["4012888888881881"] });
      expect(found.some(({ lastFour }) => lastFour === "1881")).toBe(true);
      expect(JSON.stringify(found)).not.toContain("4012888888881881");
    }),
  );
});
