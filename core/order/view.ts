/**
 * The business view: what "the same state" means. Lines, checks, money and links; no Lamport times,
 * versions, marks, print jobs or audit. Its text is canonical, so that equal views hash alike on
 * every machine. The text of a check is hashed into check_closed and must never change its form.
 */
import type { ReceiptNumber, TaxFact, TenderFact } from "../types.ts";
import type { Check, Line, Order } from "./types.ts";

/** A JSON array of strings and integers only: one text for one value. */
type Canonical = string | number | readonly Canonical[];

function text(value: Canonical): string {
  return JSON.stringify(value);
}

function lineView(line: Line): Canonical {
  return [line.id, line.sku, line.name, line.quantityMilli, line.unitPriceMinor, line.taxPpm, line.note];
}

/** What a closing says of itself, before it has an identity. */
export interface ClosingFacts {
  readonly totalMinor: number;
  readonly taxes: readonly TaxFact[];
  readonly tenders: readonly TenderFact[];
  readonly receipt: ReceiptNumber;
}

/** The canonical text of one check at its closing; what check_closed.viewHash is the SHA-256 of. */
export function closingView(order: Order, lines: readonly Line[], facts: ClosingFacts): string {
  return text([
    "check/1",
    order.id,
    order.kind,
    order.currency,
    lines.map(lineView),
    facts.totalMinor,
    facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
    facts.tenders.map((tender) => [tender.tender, tender.method, tender.amountMinor]),
    [facts.receipt.series, facts.receipt.number],
  ]);
}

function checkView(check: Check): Canonical {
  return [
    check.id,
    check.status,
    check.lines.map(lineView),
    check.note,
    check.dueMinor,
    check.tenders.map((tender) => [tender.id, tender.method, tender.amountMinor]),
    check.closings.map((closing) => [
      closing.id,
      closing.facts.totalMinor,
      closing.facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
      closing.facts.receipt.series,
      closing.facts.receipt.number,
    ]),
  ];
}

/** The canonical text of a whole order. Equal on any two machines that hold the same events. */
export function businessView(order: Order): string {
  return text([
    "order/1",
    order.id,
    order.kind,
    order.owner,
    order.currency,
    order.label,
    order.note,
    order.phase,
    order.lines.map(lineView),
    order.checks.map(checkView),
  ]);
}
