/**
 * The sums of the store in memory: what PostgreSQL answers in SQL, here over the rows themselves.
 * The conformance suite holds the two together.
 */
import type { Figures, ShiftFigures, TerminalFigures, Turnover } from "./figures.ts";
import type { TenantRows } from "./memory-rows.ts";
import type { ClosingRow, ShiftRow, StockLevel, StockMoveRow, ViewCheck } from "./rows.ts";
import { levelOf } from "./stock.ts";

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
    shifts: [...rows.shifts.values()].sort(compareShifts).map((shift) => shiftFigures(shift, closings)),
    orderCount: rows.orders.size,
    heldRecordCount: rows.held.size,
    quarantineCount: rows.quarantined.size,
    views: { matches: viewCount("matches"), differs: viewCount("differs"), pending: viewCount("pending") },
  };
}

function compareShifts(a: ShiftRow, b: ShiftRow): number {
  const key = (shift: ShiftRow): readonly [string, string] => [shift.report.businessDate, shift.terminal];
  const [[dateA, terminalA], [dateB, terminalB]] = [key(a), key(b)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  if (terminalA !== terminalB) return terminalA < terminalB ? -1 : 1;
  return a.zNumber - b.zNumber;
}

/** A Z beside what these closings come to. */
export function shiftFigures(shift: ShiftRow, closings: readonly ClosingRow[]): ShiftFigures {
  const its = closings.filter((closing) => closing.shift === shift.shift);
  const heldNetMinor = sum(its.map((closing) => closing.totalMinor));
  return { ...shift, heldNetMinor, heldClosingCount: its.length };
}

/** Levels of the counted items, by sku. */
export function stockOf({ counts, moves }: Pick<TenantRows, "counts" | "moves">): readonly StockLevel[] {
  const moved = movedBySku(moves.values());
  return [...counts.values()]
    .sort((a, b) => (a.sku < b.sku ? -1 : 1))
    .map((counted) => levelOf(counted, moved.get(counted.sku) ?? 0));
}

/** Sums of moves by item. */
export function movedBySku(moves: Iterable<StockMoveRow>): ReadonlyMap<string, number> {
  const moved = new Map<string, number>();
  for (const { sku, quantityMilli } of moves) moved.set(sku, (moved.get(sku) ?? 0) + quantityMilli);
  return moved;
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
