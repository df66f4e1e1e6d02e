/** A cryptogram cannot be printed, is a copy, and is zero after it was wiped. */

import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Cryptogram } from "../../../../drivers/reader/neo2/cryptogram.ts";

test("it joins copies of its parts; wiping zeroes the view that was handed out, twice without harm", () => {
  const part = Uint8Array.of(1, 2);
  const cryptogram = Cryptogram.of([part, Uint8Array.of(3)]);
  part.fill(9);
  const { bytes } = cryptogram;
  expect([...bytes]).toEqual([1, 2, 3]);
  cryptogram.wipe();
  cryptogram.wipe();
  expect([...bytes]).toEqual([0, 0, 0]);
});

test("JSON, text and inspection give its name only", () => {
  const cryptogram = Cryptogram.of([Uint8Array.from([...Buffer.from("4761")])]);
  expect(JSON.stringify({ cryptogram })).toBe('{"cryptogram":"[cryptogram]"}');
  expect(inspect(cryptogram, { depth: 9, showHidden: true })).not.toMatch(/52|4761/);
});
