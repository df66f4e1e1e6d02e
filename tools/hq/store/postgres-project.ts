/**
 * A projector's step on PostgreSQL. The writer's position is locked first, then the rows of the
 * touched orders (in order of id), and only then are the orders' events read: so two projectors at
 * the same moment fold one after the other and neither misses what the other added. An order whose row
 * this step made has no events elsewhere: its row comes before its first event, in one transaction.
 */
import type { OrderId } from "../../../core/ids.ts";
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import { HqFault } from "../fault.ts";
import { HELD_RETRY_COUNT_MAX, PROJECT_BATCHES_COUNT_MAX } from "../limits.ts";
import { recordsAfter } from "./bodies.ts";
import { epochIn, writeAlarms } from "./postgres-commit.ts";
import { writeDay } from "./postgres-day.ts";
import { writeHouse, writeLines } from "./postgres-lines.ts";
import type { ClosingRow, HeldRow, OrderRow } from "./rows.ts";
import { insertMany } from "./insert-many.ts";
import { bytesIn, numberIn, sqlText, textIn } from "./sql.ts";
import type { Query, Row } from "./sql.ts";
import type { HeldCursor, PlacedRecord, Projection, Reading, WriterKey } from "./store.ts";

/** The body of the transaction that projects a writer's next batches; answers how many records it took. */
export async function projectNext(query: Query, writer: WriterKey, projection: Projection): Promise<number> {
  const seq = await lockPosition(query, writer);
  const bodies = await bodiesAfter(query, writer, seq, PROJECT_BATCHES_COUNT_MAX);
  const records = recordsAfter(writer, bodies, seq);
  const last = records.at(-1);
  if (last === undefined) return 0;
  const reading = await project(query, writer.tenant, records, projection);
  await holdRecords(query, writer.tenant, reading.held);
  await query.rows("update projector_pos set seq = $4 where tenant = $1 and terminal = $2 and epoch = $3", [
    writer.tenant,
    writer.terminal,
    writer.epoch,
    last.seq,
  ]);
  return records.length;
}

async function lockPosition(query: Query, writer: WriterKey): Promise<number> {
  const key = [writer.tenant, writer.terminal, writer.epoch];
  await query.rows(
    "insert into projector_pos (tenant, terminal, epoch, seq) values ($1, $2, $3, 0) on conflict do nothing",
    key,
  );
  const [row] = await query.rows(
    "select seq from projector_pos where tenant = $1 and terminal = $2 and epoch = $3 for update",
    key,
  );
  return row === undefined ? 0 : numberIn(row, "seq");
}

/** Bodies of an epoch's batches that reach beyond `seq`, in order; those whose body went to backups are passed over. */
export async function bodiesAfter(
  query: Query,
  writer: WriterKey,
  seq: number,
  countMax: number,
): Promise<readonly Uint8Array[]> {
  const rows = await query.rows(
    `select body from batch where tenant = $1 and terminal = $2 and epoch = $3 and to_seq > $4
        and octet_length(body) > 0 order by to_seq limit $5`,
    [writer.tenant, writer.terminal, writer.epoch, seq, countMax],
  );
  return rows.map((row) => bytesIn(row, "body"));
}

async function project(
  query: Query,
  tenant: string,
  records: readonly PlacedRecord[],
  projection: Projection,
): Promise<Reading> {
  const reading = projection.read(tenant, records);
  const orders = [...new Set(reading.events.map(({ row }) => row.order))].sort();
  const fresh = await lockOrders(query, tenant, orders);
  const { begun: news = [], known: more = [] } = Object.groupBy(reading.events, ({ row }) =>
    fresh.has(row.order) ? "begun" : "known",
  );
  // Before the events of their orders are read: what this step brings belongs to the fold.
  await keepEvents(query, tenant, more, "on conflict do nothing");
  // The connection takes one statement after the other: meanwhile the orders are folded here. What nobody
  // had heard of cannot be there already: without the look for it, it is written in three quarters of the time.
  const kept = keepEvents(query, tenant, news);
  // Where reading or folding fails, that is what is told.
  kept.catch(() => {});
  const known = await eventsOf(
    query,
    tenant,
    orders.filter((order) => !fresh.has(order)),
  );
  const begun = Map.groupBy(
    news.map(({ row }) => row),
    ({ order }) => order,
  );
  const folding = projection.fold(tenant, reading, new Map([...known, ...begun]));
  await Promise.all([
    kept,
    writeOrders(query, tenant, folding.orders),
    writeClosings(query, tenant, folding.closings),
    writeDay(query, tenant, reading.shifts, folding.moves),
    writeLines(query, tenant, folding.closings, folding.lines),
    writeHouse(query, tenant, reading.house),
    writeAlarms(query, folding.alarms),
  ]);
  return reading;
}

/** Locks the rows of these orders; answers those that nobody had heard of, which have no events but this step's. */
async function lockOrders(
  query: Query,
  tenant: string,
  orders: readonly OrderId[],
): Promise<ReadonlySet<OrderId>> {
  const rows = await insertMany(
    query,
    "order_view",
    ["tenant", "order_id"],
    orders.map((order) => [tenant, order]),
    "on conflict do nothing returning order_id",
  );
  const fresh = new Set(rows.map(orderIn));
  const known = orders.filter((order) => !fresh.has(order));
  if (known.length > 0)
    await query.rows(
      "select order_id from order_view where tenant = $1 and order_id = any($2::text[]) order by order_id for update",
      [tenant, known],
    );
  return fresh;
}

async function keepEvents(
  query: Query,
  tenant: string,
  events: Reading["events"],
  suffix = "",
): Promise<void> {
  await insertMany(
    query,
    "order_event",
    ["tenant", "order_id", "terminal", "epoch", "seq", "record"],
    events.map(({ row }) => [tenant, row.order, row.terminal, row.epoch, row.seq, row.bytes]),
    suffix,
  );
}

async function eventsOf(
  query: Query,
  tenant: string,
  orders: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, readonly PlacedRecord[]>> {
  if (orders.length === 0) return new Map();
  const rows = await query.rows(
    "select order_id, terminal, epoch, seq, record from order_event where tenant = $1 and order_id = any($2::text[])",
    [tenant, orders],
  );
  return Map.groupBy(
    rows.map((row) => ({ order: orderIn(row), ...placeIn(row) })),
    (place) => place.order,
  );
}

async function writeOrders(query: Query, tenant: string, orders: readonly OrderRow[]): Promise<void> {
  const columns = [
    "kind",
    "phase",
    "owner",
    "label",
    "currency",
    "opened_at",
    "open_total_minor",
    "closed_total_minor",
    "closing_count",
    "marks",
    "view_hash",
  ];
  await insertMany(
    query,
    "order_view",
    ["tenant", "order_id", ...columns],
    orders.map((order) => [
      tenant,
      order.order,
      order.kind,
      order.phase,
      order.owner,
      sqlText(order.label),
      sqlText(order.currency),
      new Date(order.openedAtMs),
      order.openTotalMinor,
      order.closedTotalMinor,
      order.closingCount,
      order.marks.join(","),
      order.viewHash,
    ]),
    `on conflict (tenant, order_id) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}`,
  );
}

const CLOSING_KEY = ["tenant", "terminal", "epoch", "seq"];

async function writeClosings(query: Query, tenant: string, closings: readonly ClosingRow[]): Promise<void> {
  const key = (closing: ClosingRow) => [tenant, closing.terminal, closing.epoch, closing.seq] as const;
  await insertMany(
    query,
    "closing",
    [
      ...CLOSING_KEY,
      "order_id",
      "check_id",
      "kind",
      "currency",
      "clerk",
      "at",
      "total_minor",
      "receipt_series",
      "receipt_number",
      "shift",
      "view_check",
    ],
    closings.map((closing) => [
      ...key(closing),
      closing.order,
      closing.check,
      closing.kind,
      sqlText(closing.currency),
      closing.clerk,
      new Date(closing.atMs),
      closing.totalMinor,
      sqlText(closing.receiptSeries),
      closing.receiptNumber,
      closing.shift,
      closing.viewCheck,
    ]),
    // What follows the order may change; the facts stay as they were written first.
    `on conflict (tenant, terminal, epoch, seq) do update
       set kind = excluded.kind, currency = excluded.currency, view_check = excluded.view_check`,
  );
  await insertMany(
    query,
    "closing_tax",
    [...CLOSING_KEY, "tax_index", "rate_ppm", "net_minor", "tax_minor"],
    closings.flatMap((closing) =>
      closing.taxes.map((tax, index) => [...key(closing), index, tax.ratePpm, tax.netMinor, tax.taxMinor]),
    ),
    "on conflict do nothing",
  );
  await insertMany(
    query,
    "closing_tender",
    [...CLOSING_KEY, "tender_index", "method", "amount_minor"],
    closings.flatMap((closing) =>
      closing.tenders.map((tender, index) => [...key(closing), index, tender.method, tender.amountMinor]),
    ),
    "on conflict do nothing",
  );
}

async function holdRecords(query: Query, tenant: string, held: readonly HeldRow[]): Promise<void> {
  await insertMany(
    query,
    "held_record",
    ["tenant", "terminal", "epoch", "seq", "code", "record"],
    held.map((row) => [tenant, row.terminal, row.epoch, row.seq, row.code, row.bytes]),
    "on conflict do nothing",
  );
}

/** The body of the transaction that tries held records again; answers where to go on, null at the end. */
export async function retryHeld(
  query: Query,
  tenant: string,
  projection: Projection,
  after: HeldCursor | null,
): Promise<HeldCursor | null> {
  const rows = await query.rows(
    `select terminal, epoch, seq, record from held_record
      where tenant = $1 and (terminal, epoch, seq) > ($2, $3, $4)
      order by terminal, epoch, seq limit $5 for update`,
    [tenant, after?.terminal ?? "", after?.epoch ?? "", after?.seq ?? 0, HELD_RETRY_COUNT_MAX],
  );
  const records = rows.map(placeIn);
  const last = records.at(-1);
  if (last === undefined) return null;
  const reading = await project(query, tenant, records, projection);
  const stillHeld = new Set(reading.held.map((row) => `${row.terminal}/${row.epoch}/${row.seq}`));
  const folded = records.filter((row) => !stillHeld.has(`${row.terminal}/${row.epoch}/${row.seq}`));
  await query.rows(
    `delete from held_record h using unnest($2::text[], $3::text[], $4::bigint[]) w (terminal, epoch, seq)
      where h.tenant = $1 and h.terminal = w.terminal and h.epoch = w.epoch and h.seq = w.seq`,
    [tenant, folded.map((row) => row.terminal), folded.map((row) => row.epoch), folded.map((row) => row.seq)],
  );
  return last;
}

function placeIn(row: Row): PlacedRecord {
  const terminal = textIn(row, "terminal");
  if (!isTerminalId(terminal)) throw new HqFault("hq/store_unreadable", `terminal ${terminal}`);
  return { terminal, epoch: epochIn(row, "epoch"), seq: numberIn(row, "seq"), bytes: bytesIn(row, "record") };
}

function orderIn(row: Row): OrderId {
  const order = eventIdFrom(textIn(row, "order_id"));
  if (order === null) throw new HqFault("hq/store_unreadable", "order_id");
  return order;
}
