/** Which digits are a card number. */

import { expect, test } from "vitest";
import { cardNumbersIn, schemeOf } from "../../../../tools/proof/leak/card-number.ts";

test.each([
  ["4111111111111111", "Visa"],
  ["4012888888881881", "Visa"],
  ["5555555555554444", "Mastercard"],
  ["2223003122003222", "Mastercard"],
  ["378282246310005", "American Express"],
  ["30569309025904", "Diners Club"],
  ["3530111333300000", "JCB"],
  ["6011111111111117", "Discover"],
  ["6200000000000005", "UnionPay"],
  ["6304000000000000", undefined],
  ["6759649826438453", "girocard"],
  ["6799998900000200010", "girocard"],
  ["4111111111111112", undefined],
  ["0000000000000000", undefined],
  ["1763829000000", undefined],
  ["411111111111", undefined],
  ["41111111111111111111", undefined],
])("%s is %s", (digits, scheme) => {
  expect(schemeOf(digits)).toBe(scheme);
});

test.each([
  ["4111 1111 1111 1111", "4111111111111111", 0],
  ["3782-822463-10005", "378282246310005", 0],
  ["120 4111 1111 1111 1111", "4111111111111111", 4],
  ["4111 1111 1111 1111 123", "4111111111111111", 0],
])("%s holds %s", (run, digits, index) => {
  expect(cardNumbersIn(run)).toEqual([{ digits, index }]);
});

test.each(["41 11 11 11 11 11 11 11", "4111 1111 1111 1112", "41111111111111119"])("%s holds none", (run) => {
  expect(cardNumbersIn(run)).toEqual([]);
});
