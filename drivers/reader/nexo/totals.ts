/**
 * The terminal's own counts (GetTotalsResponse), one row a card brand: payments less what was given back.
 * Amounts that cannot be read make the whole answer unusable, for a total that is wrong looks like money.
 */

import { minorOfDigits } from "./amount.ts";
import { at, listAt, textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import { brandOf, wordsOf } from "./verdict.ts";
import type { ReaderDayEnd, ReaderTotal } from "../reader.ts";

/** Transaction types that give money back. */
const GIVEN_BACK: ReadonlySet<string> = new Set(["Credit", "ReverseDebit"]);
const COUNTED: ReadonlySet<string> = new Set(["Debit", "Credit", "ReverseDebit", "ReverseCredit"]);

/** The totals of an answer. The terminal's period goes on: only headquarters' close of the day ends anything. */
export function totalsOf(
  body: Scanned | undefined,
  serial: string,
  exponentOf: (currency: string) => number | undefined,
): ReaderDayEnd {
  if (textAt(body, "Response", "Result") !== "Success") {
    const text = wordsOf(at(body, "Response"));
    return { kind: "failed", code: "reader/not_ready", text };
  }
  const totals = new Map<string, ReaderTotal>();
  for (const row of listAt(body, "TransactionTotals")) {
    const exponent = exponentOf(textAt(row, "PaymentCurrency"));
    let count = 0;
    let amountMinor = 0;
    for (const part of listAt(row, "PaymentTotals")) {
      const type = textAt(part, "TransactionType");
      if (!COUNTED.has(type)) continue;
      const partMinor =
        exponent === undefined ? undefined : minorOfDigits(textAt(part, "TransactionAmount"), exponent);
      const partCount = minorOfDigits(textAt(part, "TransactionCount"), 0);
      if (partMinor === undefined || partCount === undefined)
        return { kind: "failed", code: "reader/unknown_result", text: "" };
      count += partCount;
      amountMinor += GIVEN_BACK.has(type) ? -partMinor : partMinor;
    }
    const brand = brandOf(textAt(row, "CardBrand") || textAt(row, "PaymentInstrumentType"));
    const so = totals.get(brand) ?? { brand, count: 0, amountMinor: 0 };
    totals.set(brand, { brand, count: so.count + count, amountMinor: so.amountMinor + amountMinor });
  }
  return { kind: "closed", totals: [...totals.values()], serial };
}
