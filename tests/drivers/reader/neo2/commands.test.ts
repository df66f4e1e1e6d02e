/** What goes with the commands, byte by byte, and what cannot be said in them. */

import { expect, test } from "vitest";
import { AMOUNT_MINOR_MAX, activationData, tokenWaitData } from "../../../../drivers/reader/neo2/commands.ts";
import { fromHex, toHex } from "../../../support/hex.ts";

test("02-40 for 13.40 EUR with 60 s is seconds, amount, other amount, kind and currency, and no date", () => {
  const data = activationData({ waitSeconds: 60, amountMinor: 1340, currencyDigits: "978" });
  const hex = "3c 9f0206000000001340 9f0306000000000000 9c0100 5f2a020978";
  expect(toHex(data)).toBe(toHex(fromHex(hex)));
});

test("the largest amount has twelve digits; one more, half a unit or a currency in letters is a Bug", () => {
  const largest = activationData({ waitSeconds: 1, amountMinor: AMOUNT_MINOR_MAX, currencyDigits: "036" });
  expect(toHex(largest)).toContain("9f0206999999999999");
  for (const amountMinor of [AMOUNT_MINOR_MAX + 1, 0.5, -1]) {
    expect(() => activationData({ waitSeconds: 1, amountMinor, currencyDigits: "036" })).toThrow(
      "fits its field",
    );
  }
  expect(() => activationData({ waitSeconds: 1, amountMinor: 1, currencyDigits: "EUR" })).toThrow(
    "three digits",
  );
  for (const waitSeconds of [0, 256, 1.5]) {
    expect(() => activationData({ waitSeconds, amountMinor: 1, currencyDigits: "978" })).toThrow("A wait");
  }
});

test.each([
  [500, "0032"],
  [1_000, "0100"],
  [1_200, "0114"],
  [0, "0001"],
  [1_000_000, "ff00"],
])("a look for a member card of %i ms is %s, and never both zero", (waitMs, hex) => {
  expect(toHex(tokenWaitData(waitMs))).toBe(hex);
});
