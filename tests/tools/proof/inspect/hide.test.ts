/** Card numbers in texts are replaced; what is no card number stays. */
import { expect, test } from "vitest";
import { hideIn, hideNumbers } from "../../../../tools/proof/inspect/hide.ts";
import { SIM_CARDS, numberOf } from "../../../../tools/sim/neo2/cards.ts";

test("numbers are hidden whole, in groups and inside values", () => {
  for (const number of [...SIM_CARDS.values()].map(numberOf)) {
    const grouped = number.replaceAll(/(....)(?=.)/g, "$1 ");
    expect(hideNumbers(`PAN ${number}.`)).toBe("PAN [16 digits].");
    expect(hideNumbers(`PAN ${grouped}.`)).toBe("PAN [16 digits].");
    expect(hideIn({ a: [number, 1, null], b: { c: number } })).toEqual({
      a: ["[16 digits]", 1, null],
      b: { c: "[16 digits]" },
    });
  }
});

test.each(["4761739001010011", "123456", "2026-11-22 17:00", "Total 13.40 EUR", ""])("%j stays", (text) => {
  expect(hideNumbers(text)).toBe(text);
});
