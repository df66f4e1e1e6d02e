/**
 * The sums of the store in memory: what PostgreSQL answers in SQL, here over the rows themselves.
 * The conformance suite holds the two together.
 */
import type { Figures, TerminalFigures, Turnover } from "./figures.ts";
import type { TenantRows } from "./memory-rows.ts";
import type { ClosingRow, ViewCheck } from "./rows.ts";

/** The figures of one tenant's rows. */
export function figuresOf(rows: Omit<TenantRows, "orderEvents" | "positions" | "batches">): Figures {
  const closings = [...rows.closings.values()];
  const viewCount = (viewCheck: ViewCheck): number =>
    closings.filter((closing) => closing.viewCheck === viewCheck).length;
  return {
    turnovers: [...Map.groupBy(closings, (closing) => closing.currency)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, its]) => turnoverOf(currency, its)),
    terminals: terminalFigures(rows.terminals),
    orderCount: rows.orders.size,
    heldRecordCount: rows.held.size,
    quarantineCount: rows.quarantined.size,
    views: { matches: viewCount("matches"), differs: viewCount("differs"), pending: viewCount("pending") },
  };
}

function turnoverOf(currency: string, closings: readonly ClosingRow[]): Turnover {
  const taxes = Map.groupBy(
    closings.flatMap((closing) => closing.taxes),
    (tax) => tax.ratePpm,
  );
  const tenders = Map.groupBy(
    closings.flatMap((closing) => closing.tenders),
    (tender) => tender.method,
  );
  return {
    currency,
    netMinor: sum(closings.map((closing) => closing.totalMinor)),
    saleCount: closings.filter((closing) => closing.kind === "sale").length,
    returnCount: closings.filter((closing) => closing.kind === "return").length,
    taxes: [...taxes]
      .sort(([a], [b]) => a - b)
      .map(([ratePpm, its]) => ({
        ratePpm,
        netMinor: sum(its.map((tax) => tax.netMinor)),
        taxMinor: sum(its.map((tax) => tax.taxMinor)),
      })),
    tenders: [...tenders]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([method, its]) => ({
        method,
        amountMinor: sum(its.map((tender) => tender.amountMinor)),
        count: its.length,
      })),
  };
}

function terminalFigures(terminals: TenantRows["terminals"]): readonly TerminalFigures[] {
  return [...terminals]
    .filter(([, held]) => held.epochCount > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([terminal, held]) => {
      const epochs = held.epochs();
      return {
        terminal,
        epochCount: held.epochCount,
        lastSeq: epochs[0]?.tip.seq ?? 0,
        eventCount: epochs.reduce((count, epoch) => count + epoch.tip.seq - epoch.fromSeq + 1, 0),
      };
    });
}

function sum(amounts: readonly number[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}
