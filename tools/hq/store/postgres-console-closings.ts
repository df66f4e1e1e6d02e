/**
 * What a dry run reads on PostgreSQL: closings of a span in order of time, and all records of their
 * orders. Each page goes on behind a row that it names.
 */
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import type { OrderId } from "../../../core/ids.ts";
import { HqFault } from "../fault.ts";
import type { SoldClosing, Span, StoredRecord, TimeCursor } from "./console.ts";
import { epochIn } from "./postgres-commit.ts";
import { atMsOf } from "./postgres-time.ts";
import { bytesIn, numberIn, textIn } from "./sql.ts";
import type { Query, Row, SqlValue } from "./sql.ts";

/** `closings` of the console. */
export async function closingList(
  query: Query,
  tenant: string,
  span: Span,
  after: TimeCursor | null,
  countMax: number,
): Promise<readonly SoldClosing[]> {
  const values: SqlValue[] = [tenant, new Date(span.toMs)];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const conditions = ["c.tenant = $1", "c.at < $2"];
  // The bound on the instant alone is what the index begins at.
  conditions.push(`c.at >= ${place(new Date(after?.atMs ?? span.fromMs))}`);
  if (after !== null) {
    const key = [new Date(after.atMs), after.terminal, after.epoch, after.seq].map(place).join(", ");
    conditions.push(`(c.at, c.terminal, c.epoch, c.seq) > (${key})`);
  }
  const rows = await query.rows(
    `select c.terminal, c.epoch, c.seq, c.order_id, c.kind, c.currency, ${atMsOf("c.at")} as at_ms,
            c.total_minor, c.receipt_series, c.receipt_number
       from closing c where ${conditions.join(" and ")}
      order by c.at, c.terminal, c.epoch, c.seq limit ${place(countMax)}`,
    values,
  );
  return rows.map((row) => ({
    ...placeIn(row),
    order: orderIn(row),
    kind: textIn(row, "kind") === "return" ? "return" : "sale",
    currency: textIn(row, "currency"),
    atMs: numberIn(row, "at_ms"),
    totalMinor: numberIn(row, "total_minor"),
    receiptSeries: textIn(row, "receipt_series"),
    receiptNumber: numberIn(row, "receipt_number"),
  }));
}

/** `recordsOf` of the console. */
export async function recordsOfOrders(
  query: Query,
  tenant: string,
  orders: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, readonly StoredRecord[]>> {
  const rows = await query.rows(
    `select e.order_id, e.terminal, e.epoch, e.seq, e.record
       from order_event e where e.tenant = $1 and e.order_id = any($2::text[])`,
    [tenant, orders],
  );
  const records = new Map<OrderId, StoredRecord[]>();
  for (const row of rows) {
    const order = orderIn(row);
    const record = { ...placeIn(row), bytes: bytesIn(row, "record") };
    const known = records.get(order);
    if (known === undefined) records.set(order, [record]);
    else known.push(record);
  }
  return records;
}

function placeIn(row: Row): Pick<StoredRecord, "terminal" | "epoch" | "seq"> {
  const terminal = textIn(row, "terminal");
  if (!isTerminalId(terminal)) throw new HqFault("hq/store_unreadable", "terminal");
  return { terminal, epoch: epochIn(row, "epoch"), seq: numberIn(row, "seq") };
}

function orderIn(row: Row): OrderId {
  const order = eventIdFrom(textIn(row, "order_id"));
  if (order === null) throw new HqFault("hq/store_unreadable", "order_id");
  return order;
}
