/**
 * What the console reads, over the rows in memory: each answer by looking through all of them. The
 * conformance suite holds it together with what PostgreSQL answers.
 */
import { HQ_WRITER } from "../../../core/hq/events.ts";
import type { OrderId } from "../../../core/ids.ts";
import type {
  AvailabilityWord,
  ConsoleStore,
  ListedAlarm,
  ListedOrder,
  OrderCursor,
  OrderFilter,
  OrderRecord,
  OrderSearch,
  PinFailures,
  SoldClosing,
  Span,
  StockMovement,
  TimeCursor,
} from "./console.ts";
import { itemSums, newestNames, salesSums, taxSums, tenderSums } from "./memory-console-sales.ts";
import { terminalState } from "./memory-console-terminals.ts";
import { shiftFigures } from "./memory-figures.ts";
import type { TenantRows } from "./memory-rows.ts";
import type { ClosingRow, HouseRow, OrderRow } from "./rows.ts";

/** The console's reads over what `rowsOf` holds of a tenant. */
export function createMemoryConsole(rowsOf: (tenant: string) => TenantRows): ConsoleStore {
  const within = (tenant: string, span: Span): readonly ClosingRow[] =>
    [...rowsOf(tenant).closings.values()].filter((closing) => isWithin(closing.atMs, span));
  return {
    sales: async (tenant, span, by, zoneMinutes) => salesSums(within(tenant, span), by, zoneMinutes),
    items: async (tenant, span, countMax) => {
      const lines = [...rowsOf(tenant).lines.values()].flat();
      return itemSums(lines, (line) => isWithin(line.atMs, span)).slice(0, countMax);
    },
    itemNames: async (tenant, skus) => {
      const names = newestNames([...rowsOf(tenant).lines.values()].flat());
      return new Map([...names].filter(([sku]) => skus.includes(sku)));
    },
    taxes: async (tenant, span) => taxSums(within(tenant, span)),
    tenders: async (tenant, span) => tenderSums(within(tenant, span)),
    newestClosingAtMs: async (tenant) => {
      const times = [...rowsOf(tenant).closings.values()].map(({ atMs }) => atMs);
      return times.length === 0 ? null : Math.max(...times);
    },
    orders: async (tenant, filter, after, countMax) =>
      listOrders(rowsOf(tenant), filter, after).slice(0, countMax),
    orderRecords: async (tenant, order) => orderRecords(rowsOf(tenant), order),
    closings: async (tenant, span, after, countMax) =>
      within(tenant, span)
        .filter((closing) => after === null || compareTimes(closing, { ...after, sku: "" }) > 0)
        .sort(compareTimes)
        .slice(0, countMax)
        .map(soldClosing),
    recordsOf: async (tenant, orders) => {
      const { orderEvents } = rowsOf(tenant);
      return new Map(
        orders.flatMap((order) => {
          const events = [...(orderEvents.get(order)?.values() ?? [])];
          return events.length === 0 ? [] : [[order, events] as const];
        }),
      );
    },
    terminals: async (tenant, after, countMax) => {
      const names = [...rowsOf(tenant).terminals]
        .filter(([name, held]) => held.epochCount > 0 && name > after && name !== HQ_WRITER)
        .map(([name]) => name)
        .sort();
      return names.slice(0, countMax).flatMap((name) => terminalState(rowsOf(tenant), tenant, name));
    },
    shifts: async (tenant, after, countMax) => {
      const { shifts, closings } = rowsOf(tenant);
      const newest = [...shifts.values()].sort((a, b) => compareTimes(b, a));
      const behind = newest.filter((shift) => after === null || compareTimes(shift, after) < 0);
      return behind.slice(0, countMax).map((shift) => shiftFigures(shift, [...closings.values()]));
    },
    movements: async (tenant, sku, after, countMax) =>
      listMovements(rowsOf(tenant), sku)
        .filter(({ cursor }) => after === null || compareTimes(cursor, after) < 0)
        .slice(0, countMax),
    house: async (tenant, types, after, countMax) =>
      [...rowsOf(tenant).house.values()]
        .filter((row) => types.includes(row.type) && (after === null || compareTimes(row, after) < 0))
        .sort((a, b) => compareTimes(b, a))
        .slice(0, countMax),
    availability: async (tenant, countMax) =>
      availabilityWords([...rowsOf(tenant).house.values()]).slice(0, countMax),
    alarms: async (tenant) => [...rowsOf(tenant).alarms.values()].sort(compareAlarms),
    pinFailures: async (tenant) => pinFailures([...rowsOf(tenant).house.values()]),
  };
}

function soldClosing(row: ClosingRow): SoldClosing {
  const { terminal, epoch, seq, order, kind, currency, atMs, totalMinor, receiptSeries, receiptNumber } = row;
  return { terminal, epoch, seq, order, kind, currency, atMs, totalMinor, receiptSeries, receiptNumber };
}

function isWithin(atMs: number, span: Span): boolean {
  return atMs >= span.fromMs && atMs < span.toMs;
}

/** By time, then by place; `sku` only where both have one. */
function compareTimes(
  a: Omit<TimeCursor, "sku"> & { readonly sku?: string },
  b: Omit<TimeCursor, "sku"> & { readonly sku?: string },
): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.terminal !== b.terminal) return a.terminal < b.terminal ? -1 : 1;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  if (a.seq !== b.seq) return a.seq - b.seq;
  const [skuA, skuB] = [a.sku ?? "", b.sku ?? ""];
  return skuA === skuB ? 0 : skuA < skuB ? -1 : 1;
}

function listOrders(
  rows: TenantRows,
  filter: OrderFilter,
  after: OrderCursor | null,
): readonly ListedOrder[] {
  const closings = Map.groupBy(rows.closings.values(), ({ order }) => order);
  return [...rows.orders.values()]
    .filter((order) => isWanted(order, closings.get(order.order) ?? [], filter))
    .filter((order) => after === null || compareOrders(order, after) < 0)
    .sort((a, b) => compareOrders(b, a))
    .map(({ viewHash: _viewHash, ...order }) => ({
      ...order,
      closings: [...(closings.get(order.order) ?? [])]
        .sort(compareTimes)
        .map(({ terminal, atMs, clerk, totalMinor, receiptSeries, receiptNumber, viewCheck }) => ({
          terminal,
          atMs,
          clerk,
          totalMinor,
          receiptSeries,
          receiptNumber,
          viewCheck,
        })),
    }));
}

function compareOrders(a: OrderCursor, b: OrderCursor): number {
  if (a.openedAtMs !== b.openedAtMs) return a.openedAtMs - b.openedAtMs;
  return a.order === b.order ? 0 : a.order < b.order ? -1 : 1;
}

function isWanted(order: OrderRow, closings: readonly ClosingRow[], filter: OrderFilter): boolean {
  if (filter.span !== null && !isWithin(order.openedAtMs, filter.span)) return false;
  if (filter.phase !== null && order.phase !== filter.phase) return false;
  if (filter.kind !== null && order.kind !== filter.kind) return false;
  if (filter.terminal !== "" && order.owner !== filter.terminal) return false;
  if (filter.clerk !== "" && !closings.some(({ clerk }) => clerk === filter.clerk)) return false;
  if (filter.isMarked && order.marks.length === 0) return false;
  return filter.search === null || isFound(order, closings, filter.search);
}

function isFound(order: OrderRow, closings: readonly ClosingRow[], search: OrderSearch): boolean {
  const { receipt, amountMinor, label } = search;
  const hasAmount = (amount: number): boolean => Math.abs(amount) === amountMinor;
  const hasReceipt = (closing: ClosingRow): boolean =>
    receipt !== null &&
    closing.receiptNumber === receipt.number &&
    (receipt.terminal === "" ||
      (closing.terminal === receipt.terminal && closing.receiptSeries === receipt.series));
  return (
    order.order === search.order ||
    hasAmount(order.closedTotalMinor) ||
    closings.some((closing) => hasReceipt(closing) || hasAmount(closing.totalMinor)) ||
    (label !== "" && order.label.toLowerCase().includes(label))
  );
}

function orderRecords(rows: TenantRows, order: OrderId): readonly OrderRecord[] {
  return [...(rows.orderEvents.get(order)?.values() ?? [])].map(({ terminal, epoch, seq, bytes }) => {
    const batches = rows.batches.get(`${terminal}/${epoch}`) ?? [];
    const batch = batches.find(({ toSeq }) => toSeq >= seq);
    return { terminal, epoch, seq, bytes, receivedAtMs: batch?.receivedAtMs ?? null };
  });
}

function listMovements(rows: TenantRows, sku: string): readonly StockMovement[] {
  const moves = [...rows.moves.values()].filter((move) => sku === "" || move.sku === sku);
  return moves
    .flatMap((move): readonly StockMovement[] => {
      const closing = rows.closings.get(`${move.terminal}/${move.epoch}/${move.seq}`);
      if (closing === undefined) return [];
      const { atMs, order, kind, receiptSeries, receiptNumber } = closing;
      const { terminal, epoch, seq, quantityMilli } = move;
      const cursor = { atMs, terminal, epoch, seq, sku: move.sku };
      return [{ cursor, order, kind, quantityMilli, receiptSeries, receiptNumber }];
    })
    .sort((a, b) => compareTimes(b.cursor, a.cursor));
}

function availabilityWords(house: readonly HouseRow[]): readonly AvailabilityWord[] {
  const newest = new Map<string, HouseRow>();
  for (const row of house) {
    if (row.type !== "item_availability_set" || row.terminal === HQ_WRITER) continue;
    const key = `${row.subject} ${row.terminal}`;
    const known = newest.get(key);
    if (known === undefined || known.lamport < row.lamport) newest.set(key, row);
  }
  return [...newest.values()]
    .map(({ terminal, subject, detail, atMs, clerk }) => {
      const isSoldOut = detail === "sold_out";
      return { terminal, sku: subject, isSoldOut, atMs, clerk };
    })
    .sort((a, b) => compareTexts(a.sku, b.sku) || compareTexts(a.terminal, b.terminal));
}

function compareAlarms(a: ListedAlarm, b: ListedAlarm): number {
  return (
    b.lastAtMs - a.lastAtMs ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.terminal, b.terminal) ||
    compareTexts(a.subject, b.subject)
  );
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function pinFailures(house: readonly HouseRow[]): readonly PinFailures[] {
  const good = new Map<string, number>();
  for (const row of house) {
    if (row.type !== "pin_passed" && row.type !== "clerk_unlocked") continue;
    const key = `${row.terminal} ${row.type === "pin_passed" ? row.clerk : row.subject}`;
    good.set(key, Math.max(good.get(key) ?? 0, row.lamport));
  }
  const failures = new Map<string, PinFailures>();
  for (const row of house) {
    const key = `${row.terminal} ${row.clerk}`;
    if (row.type !== "pin_tried" || row.lamport <= (good.get(key) ?? 0)) continue;
    const known = failures.get(key);
    const lastAtMs = Math.max(known?.lastAtMs ?? row.atMs, row.atMs);
    failures.set(key, { terminal: row.terminal, clerk: row.clerk, count: (known?.count ?? 0) + 1, lastAtMs });
  }
  return [...failures]
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .map(([, failure]) => failure);
}
