/**
 * The counts of a terminal, by brand.
 */

import { expect, test } from "vitest";
import { totalsOf } from "../../../../drivers/reader/nexo/totals.ts";
import type { Scanned } from "../../../../drivers/reader/nexo/scan.ts";

const map = (fields: Readonly<Record<string, Scanned>>): Scanned => new Map(Object.entries(fields));
const part = (TransactionType: string, TransactionCount: string, TransactionAmount: string): Scanned =>
  map({ TransactionType, TransactionCount, TransactionAmount });
const body = (...PaymentTotals: readonly Scanned[]): Scanned =>
  map({
    Response: map({ Result: "Success" }),
    TransactionTotals: [map({ CardBrand: "visa", PaymentCurrency: "EUR", PaymentTotals })],
  });
const totals = (answer: Scanned) => totalsOf(answer, "SIM100-1", () => 2);

test("payments less what was given back, one row a brand; declined ones do not count", () => {
  expect(
    totals(body(part("Debit", "3", "30.5"), part("Credit", "1", "10"), part("Declined", "9", "99"))),
  ).toEqual({
    kind: "closed",
    serial: "SIM100-1",
    totals: [{ brand: "Visa", count: 4, amountMinor: 2050 }],
  });
});

test("a total that cannot be read makes the answer unusable: reader/unknown_result", () => {
  expect(totals(body(part("Debit", "3", "30.555")))).toEqual({
    kind: "failed",
    code: "reader/unknown_result",
    text: "",
  });
});

test("a Failure is told with the words of the terminal: reader/not_ready", () => {
  const Response = map({ Result: "Failure", AdditionalResponse: map({ message: "Not logged in" }) });
  expect(totals(map({ Response }))).toEqual({
    kind: "failed",
    code: "reader/not_ready",
    text: "Not logged in",
  });
});
