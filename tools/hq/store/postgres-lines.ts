/**
 * Lines of closings and records of the house on PostgreSQL, as a step of the projector writes them.
 */
import type { ClosingLineRow, ClosingRow, HouseRow } from "./rows.ts";
import { insertRows, sqlText } from "./sql.ts";
import type { Query } from "./sql.ts";

const LINE_FACTS = ["at", "currency", "sku", "name", "quantity_milli", "amount_minor", "tax_ppm"];

/**
 * Writes the lines of these closings in place of those of an earlier fold. A row that is the same stays
 * as it is: an order is folded again for each print job, and its lines do not change by it.
 */
export async function writeLines(
  query: Query,
  tenant: string,
  closings: readonly ClosingRow[],
  lines: readonly ClosingLineRow[],
): Promise<void> {
  if (closings.length === 0) return;
  await dropSurplus(query, tenant, closings, lines);
  await insertRows(
    query,
    "closing_line",
    ["tenant", "terminal", "epoch", "seq", "line_index", ...LINE_FACTS],
    lines.map((line) => [
      tenant,
      line.terminal,
      line.epoch,
      line.seq,
      line.lineIndex,
      new Date(line.atMs),
      sqlText(line.currency),
      sqlText(line.sku),
      sqlText(line.name),
      line.quantityMilli,
      line.amountMinor,
      line.taxPpm,
    ]),
    `on conflict (tenant, terminal, epoch, seq, line_index) do update
       set ${LINE_FACTS.map((name) => `${name} = excluded.${name}`).join(", ")}
     where (${LINE_FACTS.map((name) => `closing_line.${name}`).join(", ")})
           is distinct from (${LINE_FACTS.map((name) => `excluded.${name}`).join(", ")})`,
  );
}

// An earlier fold may have had more lines: it did not know yet what was taken off.
async function dropSurplus(
  query: Query,
  tenant: string,
  closings: readonly ClosingRow[],
  lines: readonly ClosingLineRow[],
): Promise<void> {
  const keyOf = (row: Pick<ClosingRow, "terminal" | "epoch" | "seq">): string =>
    `${row.terminal}/${row.epoch}/${row.seq}`;
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  await query.rows(
    `delete from closing_line l
      using unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) w (terminal, epoch, seq, line_count)
      where l.tenant = $1 and l.terminal = w.terminal and l.epoch = w.epoch and l.seq = w.seq
        and l.line_index >= w.line_count`,
    [
      tenant,
      closings.map((row) => row.terminal),
      closings.map((row) => row.epoch),
      closings.map((row) => row.seq),
      closings.map((row) => counts.get(keyOf(row)) ?? 0),
    ],
  );
}

/** Writes what was done; facts, so the first row stands. */
export async function writeHouse(query: Query, tenant: string, rows: readonly HouseRow[]): Promise<void> {
  await insertRows(
    query,
    "house_event",
    [
      "tenant",
      "terminal",
      "epoch",
      "seq",
      "lamport",
      "at",
      "type",
      "clerk",
      "subject",
      "amount_minor",
      "order_id",
      "detail",
    ],
    rows.map((row) => [
      tenant,
      row.terminal,
      row.epoch,
      row.seq,
      row.lamport,
      new Date(row.atMs),
      row.type,
      row.clerk,
      sqlText(row.subject),
      row.amountMinor,
      row.order,
      sqlText(row.detail),
    ]),
    "on conflict do nothing",
  );
}
