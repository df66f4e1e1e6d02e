/**
 * A shop's day on PostgreSQL: closed shifts, what moved, counts and levels. The rule that a level
 * follows from is stock.ts, shared with the store in memory.
 */
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import type { ShiftId } from "../../../core/ids.ts";
import type { ShiftReport } from "../../../core/shift/events.ts";
import { HqFault } from "../fault.ts";
import type { ShiftFigures } from "./figures.ts";
import { epochIn } from "./postgres-commit.ts";
import type { ShiftRow, StockCount, StockLevel, StockMoveRow } from "./rows.ts";
import { insertMany } from "./insert-many.ts";
import { bigintIn, numberIn, sqlText, textIn } from "./sql.ts";
import type { Query, Row } from "./sql.ts";
import { levelOf } from "./stock.ts";

/** Writes what a step of the projector found: shifts once, moves in place of those of an earlier fold. */
export async function writeDay(
  query: Query,
  tenant: string,
  shifts: readonly ShiftRow[],
  moves: readonly StockMoveRow[],
): Promise<void> {
  await insertMany(
    query,
    "shift_closing",
    [
      "tenant",
      "terminal",
      "epoch",
      "seq",
      "shift",
      "z_number",
      "at",
      "business_date",
      "report",
      "counted_minor",
      "difference_minor",
      "reason",
    ],
    shifts.map((row) => [
      tenant,
      row.terminal,
      row.epoch,
      row.seq,
      row.shift,
      row.zNumber,
      new Date(row.atMs),
      sqlText(row.report.businessDate),
      sqlText(JSON.stringify(row.report)),
      row.countedMinor,
      row.differenceMinor,
      sqlText(row.reason),
    ]),
    "on conflict do nothing",
  );
  await insertMany(
    query,
    "stock_move",
    ["tenant", "terminal", "epoch", "seq", "sku", "quantity_milli"],
    moves.map((row) => [tenant, row.terminal, row.epoch, row.seq, sqlText(row.sku), row.quantityMilli]),
    "on conflict (tenant, terminal, epoch, seq, sku) do update set quantity_milli = excluded.quantity_milli",
  );
}

/** The body of the transaction that takes counts over. */
export async function countStock(query: Query, tenant: string, counts: readonly StockCount[]): Promise<void> {
  const rows = await query.rows(
    `select sku, -sum(quantity_milli)::bigint as moved from item_month
      where tenant = $1 and sku = any($2::text[]) group by sku`,
    [tenant, counts.map(({ sku }) => sku)],
  );
  const moved = new Map(rows.map((row) => [textIn(row, "sku"), numberIn(row, "moved")]));
  await insertMany(
    query,
    "stock_count",
    ["tenant", "sku", "counted_milli", "target_milli", "threshold_ppm", "moved_before_milli"],
    counts.map(({ sku, countedMilli, targetMilli, thresholdPpm }) => [
      tenant,
      sku,
      countedMilli,
      targetMilli,
      thresholdPpm,
      moved.get(sku) ?? 0,
    ]),
    `on conflict (tenant, sku) do update set counted_milli = excluded.counted_milli,
       target_milli = excluded.target_milli, threshold_ppm = excluded.threshold_ppm,
       moved_before_milli = excluded.moved_before_milli`,
  );
}

/** Levels of the counted items, by sku. */
export async function stockLevels(query: Query, tenant: string): Promise<readonly StockLevel[]> {
  const rows = await query.rows(
    `select c.sku, c.counted_milli, c.target_milli, c.threshold_ppm, c.moved_before_milli,
            -coalesce(sum(m.quantity_milli), 0)::bigint as moved
       from stock_count c left join item_month m on m.tenant = c.tenant and m.sku = c.sku
      where c.tenant = $1
      group by c.sku, c.counted_milli, c.target_milli, c.threshold_ppm, c.moved_before_milli
      order by c.sku`,
    [tenant],
  );
  return rows.map((row) =>
    levelOf(
      {
        sku: textIn(row, "sku"),
        countedMilli: numberIn(row, "counted_milli"),
        targetMilli: numberIn(row, "target_milli"),
        thresholdPpm: numberIn(row, "threshold_ppm"),
        movedBeforeMilli: numberIn(row, "moved_before_milli"),
      },
      numberIn(row, "moved"),
    ),
  );
}

/** Closed shifts beside what is held of them, by business date, terminal and Z. */
export async function shiftFigures(query: Query, tenant: string): Promise<readonly ShiftFigures[]> {
  const rows = await query.rows(
    `select s.terminal, s.epoch, s.seq, s.shift, s.z_number, extract(epoch from s.at)::text as at_seconds,
            s.report, s.counted_minor, s.difference_minor, s.reason,
            coalesce(sum(c.total_minor), 0)::text as held_net, count(c.seq) as held_count
       from shift_closing s left join closing c on c.tenant = s.tenant and c.shift = s.shift
      where s.tenant = $1
      group by s.tenant, s.terminal, s.epoch, s.seq
      order by s.business_date, s.terminal, s.z_number`,
    [tenant],
  );
  return rows.map(shiftFiguresOf);
}

/** A row of shift_closing beside what is held of it. */
export function shiftFiguresOf(row: Row): ShiftFigures {
  const terminal = textIn(row, "terminal");
  if (!isTerminalId(terminal)) throw new HqFault("hq/store_unreadable", "terminal");
  return {
    terminal,
    epoch: epochIn(row, "epoch"),
    seq: numberIn(row, "seq"),
    shift: shiftIn(row),
    zNumber: numberIn(row, "z_number"),
    atMs: Math.round(Number(textIn(row, "at_seconds")) * 1000),
    report: reportIn(row),
    countedMinor: numberIn(row, "counted_minor"),
    differenceMinor: numberIn(row, "difference_minor"),
    reason: textIn(row, "reason"),
    heldNetMinor: bigintIn(row, "held_net"),
    heldClosingCount: numberIn(row, "held_count"),
  };
}

function shiftIn(row: Row): ShiftId {
  const shift = eventIdFrom(textIn(row, "shift"));
  if (shift === null) throw new HqFault("hq/store_unreadable", "shift");
  return shift;
}

function reportIn(row: Row): ShiftReport {
  const report: unknown = JSON.parse(textIn(row, "report"));
  if (typeof report !== "object" || report === null || !("businessDate" in report))
    throw new HqFault("hq/store_unreadable", "report");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeDay alone, from an event that was read
  return report as ShiftReport;
}
