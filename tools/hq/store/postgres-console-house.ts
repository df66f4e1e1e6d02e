/**
 * Lists by time on PostgreSQL: Zs, movements of stock, what was done in the house; and wrong PINs.
 * Each list goes on behind a row that it names, so a page costs the same wherever it begins.
 */
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import { HqFault } from "../fault.ts";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import type { AvailabilityWord, ListedAlarm, PinFailures, StockMovement, TimeCursor } from "./console.ts";
import type { ShiftFigures } from "./figures.ts";
import { epochIn } from "./postgres-commit.ts";
import { shiftFiguresOf } from "./postgres-day.ts";
import { atMsOf, behind } from "./postgres-time.ts";
import { HOUSE_TYPES } from "./rows.ts";
import type { HouseRow, HouseType } from "./rows.ts";
import { numberIn, textIn } from "./sql.ts";
import type { Query, Row, SqlValue } from "./sql.ts";

/** `shifts` of the console. */
export async function shiftList(
  query: Query,
  tenant: string,
  after: TimeCursor | null,
  countMax: number,
): Promise<readonly ShiftFigures[]> {
  const values: SqlValue[] = [tenant];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const from = after === null ? "" : ` and ${behind("s", after, place)}`;
  const rows = await query.rows(
    `select s.terminal, s.epoch, s.seq, s.shift, s.z_number, extract(epoch from s.at)::text as at_seconds,
            s.report, s.counted_minor, s.difference_minor, s.reason, h.held_net, h.held_count
       from shift_closing s
       cross join lateral (select coalesce(sum(c.total_minor), 0)::text as held_net, count(*) as held_count
                             from closing c where c.tenant = s.tenant and c.shift = s.shift) h
      where s.tenant = $1${from}
      order by s.at desc, s.terminal desc, s.epoch desc, s.seq desc limit ${place(countMax)}`,
    values,
  );
  return rows.map(shiftFiguresOf);
}

/** `movements` of the console. */
export async function movementList(
  query: Query,
  tenant: string,
  sku: string,
  after: TimeCursor | null,
  countMax: number,
): Promise<readonly StockMovement[]> {
  const values: SqlValue[] = [tenant];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const conditions = ["c.tenant = $1"];
  if (sku !== "") conditions.push(`m.sku = ${place(sku)}`);
  if (after !== null) {
    const key = [new Date(after.atMs), after.terminal, after.epoch, after.seq, after.sku]
      .map(place)
      .join(", ");
    conditions.push(`c.at <= ${place(new Date(after.atMs))}`);
    conditions.push(`(c.at, c.terminal, c.epoch, c.seq, m.sku) < (${key})`);
  }
  const rows = await query.rows(
    `select c.terminal, c.epoch, c.seq, c.order_id, c.kind, c.receipt_series, c.receipt_number,
            ${atMsOf("c.at")} as at_ms, m.sku, m.quantity_milli
       from closing c join stock_move m
         on m.tenant = c.tenant and m.terminal = c.terminal and m.epoch = c.epoch and m.seq = c.seq
      where ${conditions.join(" and ")}
      order by c.at desc, c.terminal desc, c.epoch desc, c.seq desc, m.sku desc limit ${place(countMax)}`,
    values,
  );
  return rows.map((row) => ({
    cursor: {
      atMs: numberIn(row, "at_ms"),
      terminal: textIn(row, "terminal"),
      epoch: epochIn(row, "epoch"),
      seq: numberIn(row, "seq"),
      sku: textIn(row, "sku"),
    },
    order: textIn(row, "order_id"),
    kind: textIn(row, "kind") === "return" ? "return" : "sale",
    quantityMilli: numberIn(row, "quantity_milli"),
    receiptSeries: textIn(row, "receipt_series"),
    receiptNumber: numberIn(row, "receipt_number"),
  }));
}

/** `house` of the console. */
export async function houseList(
  query: Query,
  tenant: string,
  types: readonly HouseType[],
  after: TimeCursor | null,
  countMax: number,
): Promise<readonly HouseRow[]> {
  const values: SqlValue[] = [tenant];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const kinds = place(types);
  const from = after === null ? "" : ` and ${behind("h", after, place)}`;
  const rows = await query.rows(
    `select h.*, ${atMsOf("h.at")} as at_ms from house_event h
      where h.tenant = $1 and h.type = any(${kinds}::text[])${from}
      order by h.at desc, h.terminal desc, h.epoch desc, h.seq desc limit ${place(countMax)}`,
    values,
  );
  return rows.map(houseRow);
}

function houseRow(row: Row): HouseRow {
  const terminal = textIn(row, "terminal");
  const type = HOUSE_TYPES.find((each) => each === row["type"]);
  if (!isTerminalId(terminal) || type === undefined) throw new HqFault("hq/store_unreadable", "house_event");
  return {
    terminal,
    epoch: epochIn(row, "epoch"),
    seq: numberIn(row, "seq"),
    lamport: numberIn(row, "lamport"),
    atMs: numberIn(row, "at_ms"),
    type,
    clerk: textIn(row, "clerk"),
    subject: textIn(row, "subject"),
    amountMinor: numberIn(row, "amount_minor"),
    order: eventIdFrom(textIn(row, "order_id")) ?? "",
    detail: textIn(row, "detail"),
  };
}

/** `pinFailures` of the console. A try counts until a later one of the clerk passed there, or somebody unlocked. */
export async function pinFailureList(query: Query, tenant: string): Promise<readonly PinFailures[]> {
  const rows = await query.rows(
    `with good as (
       select terminal, case when type = 'pin_passed' then clerk else subject end as clerk, max(lamport) as lamport
         from house_event where tenant = $1 and type in ('pin_passed', 'clerk_unlocked') group by 1, 2)
     select t.terminal, t.clerk, count(*) as try_count, ${atMsOf("max(t.at)")} as last_at_ms
       from house_event t left join good g on g.terminal = t.terminal and g.clerk = t.clerk
      where t.tenant = $1 and t.type = 'pin_tried' and t.lamport > coalesce(g.lamport, 0)
      group by t.terminal, t.clerk order by 3 desc, 1, 2`,
    [tenant],
  );
  return rows.map((row) => ({
    terminal: textIn(row, "terminal"),
    clerk: textIn(row, "clerk"),
    count: numberIn(row, "try_count"),
    lastAtMs: numberIn(row, "last_at_ms"),
  }));
}

/** `availability` of the console. */
export async function availabilityList(
  query: Query,
  tenant: string,
  countMax: number,
): Promise<readonly AvailabilityWord[]> {
  const rows = await query.rows(
    `select w.* from (
       select distinct on (h.subject, h.terminal) h.subject, h.terminal, h.detail, h.clerk, ${atMsOf("h.at")} as at_ms
         from house_event h
        where h.tenant = $1 and h.type = 'item_availability_set' and h.terminal <> $2
        order by h.subject, h.terminal, h.lamport desc, h.epoch desc, h.seq desc) w
      order by w.subject, w.terminal limit $3`,
    [tenant, HQ_WRITER, countMax],
  );
  return rows.map((row) => ({
    terminal: textIn(row, "terminal"),
    sku: textIn(row, "subject"),
    isSoldOut: textIn(row, "detail") === "sold_out",
    atMs: numberIn(row, "at_ms"),
    clerk: textIn(row, "clerk"),
  }));
}

/** `alarms` of the console. */
export async function alarmList(query: Query, tenant: string): Promise<readonly ListedAlarm[]> {
  const rows = await query.rows(
    `select code, terminal, subject, detail, count,
            ${atMsOf("first_at")} as first_at_ms, ${atMsOf("last_at")} as last_at_ms
       from alarm where tenant = $1 order by last_at desc, code, terminal, subject`,
    [tenant],
  );
  return rows.map((row) => ({
    code: textIn(row, "code"),
    terminal: textIn(row, "terminal"),
    subject: textIn(row, "subject"),
    detail: textIn(row, "detail"),
    count: numberIn(row, "count"),
    firstAtMs: numberIn(row, "first_at_ms"),
    lastAtMs: numberIn(row, "last_at_ms"),
  }));
}
