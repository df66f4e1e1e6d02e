/**
 * What a journal comes to, without a name in it: counts, totals, marks, problems, and a digest over every
 * order's amounts. Two journals that differ in names alone have the same summary, so a redacted one shows
 * whether it reproduces.
 */
import { createHash } from "node:crypto";
import { assert } from "../../core/bug.ts";
import type { Order } from "../../core/order/types.ts";
import { checkJournal } from "../proof/replay/check.ts";
import type { Replay, Replayed } from "../proof/replay/journal.ts";

/** See the header. Plain JSON. */
export interface JournalSummary {
  readonly terminal: string;
  readonly opening: string;
  readonly blockCount: number;
  readonly recordCount: number;
  readonly unread: readonly { readonly seq: number; readonly code: string }[];
  readonly closingCount: number;
  readonly shiftCount: number;
  /** Of replay verify, each with its record's seq. */
  readonly problems: readonly string[];
  /** Closed totals: "GBP sale" -> minor units and closings. */
  readonly totals: Readonly<Record<string, { readonly totalMinor: number; readonly count: number }>>;
  /** How many orders bear each mark. */
  readonly marks: Readonly<Record<string, number>>;
  readonly lastSeq: number;
  readonly nextReceipt: string;
  /** SHA-256 over every order's amounts, marks and references, hex. */
  readonly ordersDigest: string;
}

/** Replays once, for what is checked and for what it comes to. */
export async function summaryOf(replay: Replay): Promise<JournalSummary> {
  const unread: { seq: number; code: string }[] = [];
  const ends: Replayed[] = [];
  const check = await checkJournal(async (onStep = () => {}) => {
    const end = await replay((step, its) => {
      if (step.recorded === null) unread.push({ seq: step.seq, code: step.code });
      onStep(step, its);
    });
    ends.push(end);
    return end;
  });
  const [end] = ends;
  assert(end !== undefined, "support: A check replays");
  const { state } = end;
  const orders = [...state.orders.values()].map(({ order }) => order);
  const totals: Record<string, { totalMinor: number; count: number }> = {};
  const marks: Record<string, number> = {};
  for (const order of orders) {
    for (const mark of order.marks) marks[mark] = (marks[mark] ?? 0) + 1;
    for (const { facts } of order.checks.flatMap(({ closings }) => closings)) {
      const key = `${order.currency} ${order.kind}`;
      const sum = totals[key] ?? { totalMinor: 0, count: 0 };
      totals[key] = { totalMinor: sum.totalMinor + facts.totalMinor, count: sum.count + 1 };
    }
  }
  const { terminal, opening, blockCount, recordCount, closingCount, shiftCount, problems } = check;
  return {
    ...{ terminal, opening, blockCount, recordCount, unread, closingCount, shiftCount, problems },
    totals,
    marks: sorted(marks),
    lastSeq: state.seq,
    nextReceipt: `${state.receiptSeries} ${state.nextReceiptNumber}`,
    ordersDigest: createHash("sha256")
      .update(JSON.stringify(orders.map(amountsOf).sort()))
      .digest("hex"),
  };
}

/** Where the second differs from the first, by the names of their fields; empty where it reproduces. */
export function differencesOf(expected: JournalSummary, found: JournalSummary): readonly string[] {
  const theirs = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(theirs.get(name)))
    .map(([name]) => name);
}

function amountsOf(order: Order): string {
  const lines = (its: Order["lines"]): readonly unknown[] =>
    its.map(({ id, quantityMilli, unitPriceMinor, taxPpm }) => [id, quantityMilli, unitPriceMinor, taxPpm]);
  return JSON.stringify([
    order.id,
    order.kind,
    order.phase,
    order.currency,
    order.openTotalMinor,
    lines(order.lines),
    order.checks.map((check) => [
      check.id,
      check.status,
      check.dueMinor,
      lines(check.lines),
      check.tenders.map(({ id, method, amountMinor }) => [id, method, amountMinor]),
      check.closings.map(({ id, facts }) => [id, facts.totalMinor, facts.roundingMinor, facts.receipt]),
    ]),
    [...order.marks].sort(),
  ]);
}

function sorted(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
