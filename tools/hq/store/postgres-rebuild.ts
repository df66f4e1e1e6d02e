/**
 * Projections thrown away and compared, on PostgreSQL. They are folds: what is held makes them again,
 * the same to the last bit.
 */
import { textIn } from "./sql.ts";
import type { Query } from "./sql.ts";

/** Each projected table with the columns that order its rows. */
const TABLES: Readonly<Record<string, string>> = {
  projector_pos: "terminal, epoch",
  order_event: "order_id, terminal, epoch, seq",
  held_record: "terminal, epoch, seq",
  order_view: "order_id",
  closing: "terminal, epoch, seq",
  closing_tax: "terminal, epoch, seq, tax_index",
  closing_tender: "terminal, epoch, seq, tender_index",
  shift_closing: "terminal, epoch, seq",
  stock_move: "terminal, epoch, seq, sku",
  closing_line: "terminal, epoch, seq, line_index",
  item_month: "month, sku, currency",
  house_event: "terminal, epoch, seq",
};

/** The body of the transaction that throws a tenant's projections away. */
export async function clearProjections(query: Query, tenant: string): Promise<void> {
  for (const table of Object.keys(TABLES))
    await query.rows(`delete from ${table} where tenant = $1`, [tenant]);
}

/** A digest of each table's rows of this tenant, in the order of their keys. */
export async function projectionDigests(
  query: Query,
  tenant: string,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const [table, key] of Object.entries(TABLES)) {
    const [row] = await query.rows(
      `select coalesce(md5(string_agg(t.line, E'\\n' order by t.place)), '') as digest
         from (select row_number() over (order by ${key}) as place, x::text as line
                 from ${table} x where tenant = $1) t`,
      [tenant],
    );
    digests[table] = row === undefined ? "" : textIn(row, "digest");
  }
  return digests;
}
