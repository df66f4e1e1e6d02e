/** Amounts as text, by keypad and by note. */
import fc from "fast-check";
import { expect, test } from "vitest";

import { CASH_HANDED_MINOR_MAX } from "../../../core/limits.ts";
import { afterKey, moneyFormat, moneyText, noteText, quickCash } from "../../../runtime/ui/amount.ts";
import type { KeypadKey } from "../../../runtime/ui/amount.ts";
import { table } from "../../support/table.ts";

const TEXTS = table(
  ["minor", "currency", "exponent", "text", "note"],
  `
  minor         | currency | exponent | text               | note
  0             | CNY      | 2        | ¥0.00              | ¥0
  5             | CNY      | 2        | ¥0.05              | ¥0.05
  3750          | CNY      | 2        | ¥37.50             | ¥37.50
  5000          | CNY      | 2        | ¥50.00             | ¥50
  -300          | CNY      | 2        | -¥3.00             | -¥3
  123456789     | GBP      | 2        | £1,234,567.89      | £1,234,567.89
  1000000       | JPY      | 0        | ¥1,000,000         | ¥1,000,000
  12345         | KWD      | 3        | KWD 12.345         | KWD 12.345
  5000          | BHD      | 3        | BHD 5.000          | BHD 5
  -1234567      | BHD      | 3        | -BHD 1,234.567     | -BHD 1,234.567
  5             | BHD      | 3        | BHD 0.005          | BHD 0.005
  -1980         | JPY      | 0        | -¥1,980            | -¥1,980
  13400         | KRW      | 0        | ₩13,400            | ₩13,400
  9007199254740 | EUR      | 2        | €90,071,992,547.40 | €90,071,992,547.40
  `,
);

test.each(TEXTS)("$title", ({ minor, currency, exponent, text, note }) => {
  const format = moneyFormat(currency, Number(exponent));
  expect(moneyText(Number(minor), format)).toBe(text);
  expect(noteText(Number(minor), format)).toBe(note);
});

const KEYS = table(
  ["keys", "entered"],
  `
  keys                | entered
  1 2 5 0             | 1250
  5 00                | 500
  5 000               | 5000
  0 0 7               | 7
  1 2 back            | 1
  back                | 0
  1 back back 3       | 3
  `,
);

test.each(KEYS)("$title", ({ keys, entered }) => {
  const pressed = keys.split(" ").reduce((minor, key) => afterKey(minor, key as KeypadKey), 0);
  expect(pressed).toBe(Number(entered));
});

test("a digit too many is ignored, not cut off somewhere else", () => {
  expect(afterKey(CASH_HANDED_MINOR_MAX, "0")).toBe(CASH_HANDED_MINOR_MAX);
  expect(afterKey(CASH_HANDED_MINOR_MAX / 10, "00")).toBe(CASH_HANDED_MINOR_MAX / 10);
});

const NOTES = table(
  ["due", "currency", "exponent", "amounts"],
  `
  due    | currency | exponent | amounts
  3750   | CNY      | 2        | 3750 4000 5000 10000
  1800   | CNY      | 2        | 1800 2000 5000 10000
  5000   | CNY      | 2        | 5000 6000 10000
  50     | CNY      | 2        | 50 500 1000 2000
  11600  | CNY      | 2        | 11600 12000 15000 20000
  950    | GBP      | 2        | 950 1000 2000 5000
  1280   | JPY      | 0        | 1280 2000 5000 10000
  1      | KWD      | 3        | 1 5000 10000 20000
  4250   | KWD      | 3        | 4250 5000 10000 20000
  13400  | KRW      | 0        | 13400 15000 20000 50000
  45000  | VND      | 0        | 45000 50000 60000 100000
  0      | CNY      | 2        |
  -500   | CNY      | 2        |
  `,
);

test.each(NOTES)("$title", ({ due, currency, exponent, amounts }) => {
  expect(quickCash(Number(due), currency, Number(exponent)).join(" ")).toBe(amounts);
});

test("quick amounts rise, begin with what is due and are never less", () => {
  const currencies = fc.constantFrom("CNY", "GBP", "JPY", "XTS");
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), currencies, (due, currency) => {
      const amounts = quickCash(due, currency, currency === "JPY" ? 0 : 2);
      expect(amounts[0]).toBe(due);
      expect([...amounts].sort((a, b) => a - b)).toEqual(amounts);
      expect(new Set(amounts).size).toBe(amounts.length);
    }),
  );
});
