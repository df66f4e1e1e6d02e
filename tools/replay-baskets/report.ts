/**
 * What there is to say of replayed baskets: the named rows as a table of commas, and sums for people.
 * Only says; what agrees and what does not was judged before (replay.ts).
 */
import { decimalText, minor } from "../../core/money.ts";
import type { ReplayOutcome, RowReason } from "./replay.ts";

/** What each reason means. */
const REASON_WORDS: Readonly<Record<RowReason, string>> = {
  unreadable: "an amount that is not in cents, or a quantity that is no count; the row is left out",
  empty: "nothing sold and nothing given: no line",
  discount_alone: "the store's discount without anything sold",
  coupon_above_basket: "a coupon above what the basket's rows cost: a till takes it down to 0, not below",
};

/** Every row that cannot be represented, or not at its unit price, in the order of the file. */
export function reportLines(outcome: ReplayOutcome): readonly string[] {
  const named = outcome.named.map(({ rowNumber, basket, reason, missingMinor, words }) => ({
    rowNumber,
    text: [rowNumber, basket, reason, dollars(missingMinor), quoted(words)].join(","),
  }));
  const stepped = outcome.stepped.map(({ row, stepMinor }) => ({
    rowNumber: row.rowNumber,
    text: [
      row.rowNumber,
      row.basket,
      "unit_price_step",
      "0.00",
      quoted(`${stepMinor} cents back on the line`),
    ].join(","),
  }));
  const rows = [...named, ...stepped].sort((a, b) => a.rowNumber - b.rowNumber);
  return ["row,basket,reason,missing,words", ...rows.map(({ text }) => text)];
}

/** The run in words. */
export function summaryWords(outcome: ReplayOutcome, seconds: number): readonly string[] {
  const { basketCount, rowCount, equalCount, explainedCount, disagreements, spreadCount } = outcome;
  const offers = [...outcome.offers].map(([kind, count]) => `${count} ${kind}`).join(", ");
  const reasons = Map.groupBy(outcome.named, ({ reason }) => reason);
  return [
    `${basketCount} baskets of ${rowCount} rows: ${equalCount} totals are the file's to the cent, ${explainedCount} differ by what named rows miss, ${disagreements.length} disagree`,
    `rows: ${[...outcome.forms].map(([form, count]) => `${count} ${form}`).join(", ")}`,
    `the store's discounts: ${dollars(outcome.storeOffMinor)}; rows by ${offers}`,
    `coupons: ${dollars(outcome.couponOffMinor)}; ${spreadCount} of them borne by other goods of the basket in part`,
    ...[...reasons].map(
      ([reason, rows]) => `named rows: ${rows.length} × ${reason}: ${REASON_WORDS[reason]}`,
    ),
    `named rows: ${outcome.stepped.length} × unit_price_step: no whole number of cents a piece; a manual discount of the step makes the amount exact`,
    `paid: by the file ${dollars(outcome.fileMinor)}, by the carts ${dollars(outcome.cartMinor)}, of which named rows miss ${dollars(outcome.missingMinor)}`,
    `${Math.round(basketCount / seconds)} baskets/s, ${Math.round(rowCount / seconds)} rows/s`,
  ];
}

/** A field of CSV that may hold anything. */
function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}

function dollars(amountMinor: number): string {
  return decimalText(minor(amountMinor), 2);
}
