/**
 * Form-encoded text of a terminal: the parts that are read, and card numbers that are not.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { maskCardNumbers, readForm } from "../../../../drivers/reader/nexo/form.ts";

const latin = (text: string): Uint8Array => new TextEncoder().encode(text);
const form = (text: string, isPlain = true) => {
  const parts = readForm(latin(text), isPlain);
  return parts === undefined ? undefined : Object.fromEntries(parts);
};

test.each([
  [
    "name=TOTAL&value=%e2%82%ac%c2%a01.00&key=totalAmount",
    { name: "TOTAL", value: "€\u00a01.00", key: "totalAmount" },
  ],
  ["key=filler", { key: "filler" }],
  ["just a line", { text: "just a line" }],
  ["name=Card&value=4111111111111111&key=pan", { name: "Card", value: "************1111", key: "pan" }],
  ["name=Card&value=%2a%2a%2a%2a0010&key=pan", { name: "Card", value: "****0010", key: "pan" }],
  ["name=Card&value=123456&key=pan", { name: "Card", value: "**3456", key: "pan" }],
  ["name=No&value=4111%201111%201111%201111&key=x", { name: "No", value: "**** **** **** 1111", key: "x" }],
  ["name=No&value=4111-1111+1111.1111&key=x", { name: "No", value: "****-**** ****.1111", key: "x" }],
  [
    "cardBin=411111&refusalReason=214+Declined+online&cardHolderName=N",
    { refusalReason: "214 Declined online" },
  ],
  ["Your number is 5555555555554444.", { text: "Your number is ************4444." }],
  ["100% sure & more", { text: "100% sure & more" }],
])("%s is read as its named parts, card numbers masked", (text, expected) => {
  expect(form(text)).toEqual(expected);
});

test("a text with escapes is its own part, and with digits enough for a card number it is not read", () => {
  expect(form("5 \\u20ac", false)).toEqual({ text: "5 €" });
  expect(form("4111111111111111\\n", false)).toEqual({});
});

test("bytes that are no UTF-8 are not read", () => {
  expect(readForm(Uint8Array.of(0xff), true)).toBeUndefined();
  expect(form("name=%ff&value=x")).toBeUndefined();
  expect(readForm(Uint8Array.of(0xff), false)).toBeUndefined();
});

test("a card number is masked wherever it stands in a run of digits, and references are left alone", () => {
  const masked = (text: string): string => {
    const bytes = latin(text);
    maskCardNumbers(bytes);
    return new TextDecoder().decode(bytes);
  };
  expect(masked("004111111111111111")).toBe("00************1111");
  expect(masked("378282246310005, 6799998900000200010")).toBe("***********0005, ***************0010");
  expect(masked("4r7i001557325515012")).toBe("4r7i001557325515012");
  expect(masked("4111111111111112")).toBe("4111111111111112");
});

test("no card number survives in any company", () => {
  const digits = fc.array(fc.nat(9), { minLength: 12, maxLength: 18 });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      digits,
      fc.string(),
      fc.string(),
      (first, rest, before, after) => {
        const pan = withCheckDigit([first, ...rest.slice(0, 17)]);
        const bytes = latin(`${before.replaceAll(/[0-9]/g, "x")}${pan}${after.replaceAll(/[0-9]/g, "x")}`);
        maskCardNumbers(bytes);
        expect(new TextDecoder().decode(bytes)).not.toContain(pan);
      },
    ),
  );
});

function withCheckDigit(digits: readonly number[]): string {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits.join("")}${(10 - (sum % 10)) % 10}`;
}
