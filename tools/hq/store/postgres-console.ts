/**
 * What the console reads, on PostgreSQL: orders and terminals here, sums of sales and lists of the
 * house in their own files. Each answer is one statement, or a few that need not be of one moment.
 */
import type { OrderId } from "../../../core/ids.ts";
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import type { OrderKind } from "../../../core/facts.ts";
import type { Mark, OrderPhase } from "../../../core/order/types.ts";
import { HqFault } from "../fault.ts";
import type {
  ConsoleStore,
  ListedClosing,
  ListedOrder,
  OrderCursor,
  OrderFilter,
  OrderRecord,
} from "./console.ts";
import { epochIn } from "./postgres-commit.ts";
import { closingList, recordsOfOrders } from "./postgres-console-closings.ts";
import {
  alarmList,
  availabilityList,
  houseList,
  movementList,
  pinFailureList,
  shiftList,
} from "./postgres-console-house.ts";
import {
  itemNames,
  itemSums,
  newestClosingAtMs,
  salesSums,
  taxSums,
  tenderSums,
} from "./postgres-console-sales.ts";
import { terminalStates } from "./postgres-console-terminals.ts";
import { atMsOf, numberOrNullIn } from "./postgres-time.ts";
import { bytesIn, numberIn, textIn } from "./sql.ts";
import type { Query, Row, SqlValue } from "./sql.ts";

/** The console's reads over this database. */
export function createPostgresConsole(query: Query): ConsoleStore {
  return {
    sales: (tenant, span, by, zoneMinutes) => salesSums(query, tenant, span, by, zoneMinutes),
    items: (tenant, span, countMax) => itemSums(query, tenant, span, countMax),
    itemNames: (tenant, skus) => itemNames(query, tenant, skus),
    taxes: (tenant, span) => taxSums(query, tenant, span),
    tenders: (tenant, span) => tenderSums(query, tenant, span),
    newestClosingAtMs: (tenant) => newestClosingAtMs(query, tenant),
    orders: (tenant, filter, after, countMax) => orderList(query, tenant, filter, after, countMax),
    orderRecords: (tenant, order) => orderRecords(query, tenant, order),
    closings: (tenant, span, after, countMax) => closingList(query, tenant, span, after, countMax),
    recordsOf: (tenant, orders) => recordsOfOrders(query, tenant, orders),
    terminals: (tenant, after, countMax) => terminalStates(query, tenant, after, countMax),
    shifts: (tenant, after, countMax) => shiftList(query, tenant, after, countMax),
    movements: (tenant, sku, after, countMax) => movementList(query, tenant, sku, after, countMax),
    house: (tenant, types, after, countMax) => houseList(query, tenant, types, after, countMax),
    availability: (tenant, countMax) => availabilityList(query, tenant, countMax),
    alarms: (tenant) => alarmList(query, tenant),
    pinFailures: (tenant) => pinFailureList(query, tenant),
  };
}

async function orderList(
  query: Query,
  tenant: string,
  filter: OrderFilter,
  after: OrderCursor | null,
  countMax: number,
): Promise<readonly ListedOrder[]> {
  const values: SqlValue[] = [tenant];
  const place = (value: SqlValue): string => `$${values.push(value)}`;
  const conditions = ["v.tenant = $1", "v.kind is not null"];
  if (filter.span !== null) {
    conditions.push(`v.opened_at >= ${place(new Date(filter.span.fromMs))}`);
    conditions.push(`v.opened_at < ${place(new Date(filter.span.toMs))}`);
  }
  if (filter.phase !== null) conditions.push(`v.phase = ${place(filter.phase)}`);
  if (filter.kind !== null) conditions.push(`v.kind = ${place(filter.kind)}`);
  if (filter.terminal !== "") conditions.push(`v.owner = ${place(filter.terminal)}`);
  if (filter.clerk !== "")
    conditions.push(
      `exists (select 1 from closing c where c.tenant = v.tenant and c.order_id = v.order_id
                and c.clerk = ${place(filter.clerk)})`,
    );
  if (filter.isMarked) conditions.push("v.marks <> ''");
  if (filter.search !== null) conditions.push(found(filter.search, place));
  if (after !== null)
    conditions.push(
      `(v.opened_at, v.order_id) < (${place(new Date(after.openedAtMs))}, ${place(after.order)})`,
    );
  const rows = await query.rows(
    `select v.*, ${atMsOf("v.opened_at")} as opened_at_ms from order_view v
      where ${conditions.join(" and ")} order by v.opened_at desc, v.order_id desc limit ${place(countMax)}`,
    values,
  );
  const closings = await closingsOf(
    query,
    tenant,
    rows.map((row) => textIn(row, "order_id")),
  );
  return rows.map((row) => listedOrder(row, closings.get(textIn(row, "order_id")) ?? []));
}

// Each way to find an order has its own index; together they are a short list of ids.
function found(search: NonNullable<OrderFilter["search"]>, place: (value: SqlValue) => string): string {
  const parts: string[] = [];
  if (search.order !== null) parts.push(`select ${place(search.order)}::text`);
  if (search.receipt !== null) {
    const { terminal, series, number } = search.receipt;
    const whole =
      terminal === "" ? "" : ` and terminal = ${place(terminal)} and receipt_series = ${place(series)}`;
    parts.push(
      `select order_id from closing where tenant = $1 and receipt_number = ${place(number)}${whole}`,
    );
  }
  if (search.amountMinor !== null) {
    const either = `in (${place(search.amountMinor)}, ${place(-search.amountMinor)})`;
    parts.push(`select order_id from closing where tenant = $1 and total_minor ${either}`);
    parts.push(`select order_id from order_view where tenant = $1 and closed_total_minor ${either}`);
  }
  if (search.label !== "")
    parts.push(
      `select order_id from order_view where tenant = $1 and position(${place(search.label)} in lower(label)) > 0`,
    );
  return parts.length === 0 ? "false" : `v.order_id in (${parts.join(" union ")})`;
}

async function closingsOf(
  query: Query,
  tenant: string,
  orders: readonly string[],
): Promise<ReadonlyMap<string, readonly ListedClosing[]>> {
  const rows = await query.rows(
    `select order_id, terminal, clerk, total_minor, receipt_series, receipt_number, view_check,
            ${atMsOf("at")} as at_ms
       from closing where tenant = $1 and order_id = any($2::text[]) order by at, terminal, epoch, seq`,
    [tenant, orders],
  );
  return Map.groupBy(
    rows.map((row) => ({ order: textIn(row, "order_id"), ...listedClosing(row) })),
    ({ order }) => order,
  );
}

function listedClosing(row: Row): ListedClosing {
  const terminal = textIn(row, "terminal");
  if (!isTerminalId(terminal)) throw unreadable("terminal");
  return {
    terminal,
    atMs: numberIn(row, "at_ms"),
    clerk: textIn(row, "clerk"),
    totalMinor: numberIn(row, "total_minor"),
    receiptSeries: textIn(row, "receipt_series"),
    receiptNumber: numberIn(row, "receipt_number"),
    viewCheck: oneOf(VIEW_CHECKS, textIn(row, "view_check")),
  };
}

const KINDS: readonly OrderKind[] = ["sale", "return"];
const PHASES: readonly OrderPhase[] = ["open", "frozen", "closed", "voided"];
const VIEW_CHECKS: readonly ListedClosing["viewCheck"][] = ["matches", "differs", "pending"];
const MARKS: readonly Mark[] = [
  "added_after_freeze",
  "added_after_void",
  "removed_after_freeze",
  "removed_more_than_held",
  "held_twice",
  "closed_twice",
  "overpaid",
  "thaw_ignored",
  "order_unknown",
  "line_unknown",
  "check_unknown",
  "receipt_not_confirmed",
  "receipt_marked",
  "returned_twice",
];

function listedOrder(
  row: Row,
  closings: readonly (ListedClosing & { readonly order?: string })[],
): ListedOrder {
  const [order, owner] = [orderIn(row), textIn(row, "owner")];
  if (!isTerminalId(owner)) throw unreadable("owner");
  return {
    order,
    kind: kindIn(row),
    phase: oneOf(PHASES, textIn(row, "phase")),
    owner,
    label: textIn(row, "label"),
    currency: textIn(row, "currency"),
    openedAtMs: numberIn(row, "opened_at_ms"),
    openTotalMinor: numberIn(row, "open_total_minor"),
    closedTotalMinor: numberIn(row, "closed_total_minor"),
    closingCount: numberIn(row, "closing_count"),
    marks: textIn(row, "marks")
      .split(",")
      .filter((mark) => mark !== "")
      .map((mark) => oneOf(MARKS, mark)),
    closings: closings.map(({ order: _order, ...closing }) => closing),
  };
}

/** The column kind. */
export function kindIn(row: Row): OrderKind {
  return oneOf(KINDS, textIn(row, "kind"));
}

function oneOf<T extends string>(all: readonly T[], text: string): T {
  const known = all.find((each) => each === text);
  if (known === undefined) throw unreadable(text);
  return known;
}

function orderIn(row: Row): OrderId {
  const order = eventIdFrom(textIn(row, "order_id"));
  if (order === null) throw unreadable("order_id");
  return order;
}

function unreadable(what: string): HqFault {
  return new HqFault("hq/store_unreadable", what);
}

async function orderRecords(query: Query, tenant: string, order: OrderId): Promise<readonly OrderRecord[]> {
  const rows = await query.rows(
    `select e.terminal, e.epoch, e.seq, e.record,
            (select ${atMsOf("b.received_at")} from batch b
              where b.tenant = e.tenant and b.terminal = e.terminal and b.epoch = e.epoch and b.to_seq >= e.seq
              order by b.to_seq limit 1) as received_at_ms
       from order_event e where e.tenant = $1 and e.order_id = $2`,
    [tenant, order],
  );
  return rows.map((row) => {
    const terminal = textIn(row, "terminal");
    if (!isTerminalId(terminal)) throw unreadable("terminal");
    return {
      terminal,
      epoch: epochIn(row, "epoch"),
      seq: numberIn(row, "seq"),
      bytes: bytesIn(row, "record"),
      receivedAtMs: numberOrNullIn(row, "received_at_ms"),
    };
  });
}
