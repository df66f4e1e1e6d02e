/**
 * The business view: what "the same state" means. Lines, checks, money and links; no Lamport times,
 * versions, marks, print jobs or audit. Its text is canonical, so that equal views hash alike on
 * every machine. The text of a check is hashed into check_closed and must never change its form.
 */
import type { ReceiptNumber, TaxFact, TenderFact } from "../facts.ts";
import type { Check, Line, Order } from "./types.ts";

/** A JSON array of strings and integers only: one text for one value. */
type Canonical = string | number | readonly Canonical[];

function text(value: Canonical): string {
  return JSON.stringify(value);
}

function lineView(line: Line): readonly Canonical[] {
  return [line.id, line.sku, line.name, line.quantityMilli, line.unitPriceMinor, line.taxPpm, line.note];
}

// The units that come back are part of what a line is; lines without them keep their first form.
function lineViewWithReturn(line: Line): Canonical {
  if (line.returnOf === null) return lineView(line);
  const { line: sold, soldMilli, soldMinor, fromMilli } = line.returnOf;
  return [...lineView(line), [sold, soldMilli, soldMinor, fromMilli]];
}

/** What a closing says of itself, before it has an identity. */
export interface ClosingFacts {
  readonly totalMinor: number;
  readonly taxes: readonly TaxFact[];
  readonly tenders: readonly TenderFact[];
  readonly receipt: ReceiptNumber;
  readonly roundingMinor: number;
}

/**
 * The canonical text of one check at its closing; what check_closed.viewHash is the SHA-256 of.
 * "check/2" says what the first form has no place for, and is used where there is any of it.
 */
export function closingView(
  order: Pick<Order, "id" | "kind" | "currency">,
  lines: readonly Line[],
  facts: ClosingFacts,
): string {
  const isPlain = facts.roundingMinor === 0 && lines.every((line) => line.returnOf === null);
  return text([
    isPlain ? "check/1" : "check/2",
    order.id,
    order.kind,
    order.currency,
    lines.map(isPlain ? lineView : lineViewWithReturn),
    facts.totalMinor,
    facts.taxes.map((tax) => [tax.ratePpm, tax.netMinor, tax.taxMinor]),
    facts.tenders.map((tender) => [tender.tender, tender.method, tender.amountMinor]),
    [facts.receipt.series, facts.receipt.number],
    ...(isPlain ? [] : [facts.roundingMinor]),
  ]);
}

// Cash rounding stands last, where there is any: a check without keeps its first form.
function checkView(check: Check): Canonical {
  return [
    check.id,
    check.status,
    check.lines.map(lineViewWithReturn),
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
    ...(check.roundingMinor === 0 ? [] : [check.roundingMinor]),
  ];
}

function returnView({ returnOf, returned }: Order): readonly Canonical[] {
  if (returnOf === null && returned.length === 0) return [];
  return [
    returnOf === null ? [] : [returnOf.original, returnOf.closing],
    returned.map(({ closing, line, quantityMilli }) => [closing, line, quantityMilli]),
  ];
}

/**
 * The canonical text of a whole order. Equal on any two machines that hold the same events. "order/2"
 * adds what returns are about, and is used where there is any of it.
 */
export function businessView(order: Order): string {
  const returns = returnView(order);
  return text([
    returns.length === 0 ? "order/1" : "order/2",
    order.id,
    order.kind,
    order.owner,
    order.currency,
    order.label,
    order.note,
    order.phase,
    order.lines.map(lineViewWithReturn),
    order.checks.map(checkView),
    ...returns,
  ]);
}
