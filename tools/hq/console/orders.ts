/**
 * The page Orders: the list by filters, and the drawer of one order. The drawer folds the order by the
 * same core as the terminals do, from the records as they came.
 */
import { eventIdFrom } from "../../../core/ids.ts";
import { isOrderEvent } from "../../../core/evolve.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import { lineAmount } from "../../../core/order/lines.ts";
import { compareRecorded } from "../../../core/order/sort.ts";
import type { Line, Order, RecordedOrderEvent } from "../../../core/order/types.ts";
import { decodeRecord } from "../../../protocol/record.ts";
import type { ListedOrder, OrderRecord } from "../store/console.ts";
import type { OrderDetail, OrderLine, OrderListRow, Page } from "./api.ts";
import type { ConsoleContext } from "./context.ts";
import { pageOf } from "./page.ts";
import { ConsoleFault, orderCursorIn, orderCursorText, orderFilterIn } from "./query.ts";
import type { Asked } from "./query.ts";
import { timelineEvent } from "./timeline.ts";

const PAGE_COUNT = 50;

/** One page of orders, newest first. */
export async function ordersPage(context: ConsoleContext, asked: Asked): Promise<Page<OrderListRow>> {
  const filter = orderFilterIn(asked, context.zoneMinutes);
  const after = orderCursorIn(asked);
  const orders = await context.store.console.orders(context.tenant, filter, after, PAGE_COUNT + 1);
  return pageOf(orders, PAGE_COUNT, listRow, orderCursorText);
}

function listRow(order: ListedOrder): OrderListRow {
  return {
    order: order.order,
    kind: order.kind,
    phase: order.phase,
    terminal: order.owner,
    label: order.label,
    currency: order.currency,
    openedAtMs: order.openedAtMs,
    openMinor: String(order.openTotalMinor),
    closedMinor: String(order.closedTotalMinor),
    marks: order.marks,
    clerk: order.closings[0]?.clerk ?? "",
    receipts: order.closings.map(receiptOf),
    differs: order.closings.some(({ viewCheck }) => viewCheck === "differs"),
  };
}

/** A receipt's number as it is printed. */
export function receiptOf(closing: {
  readonly terminal: string;
  readonly receiptSeries: string;
  readonly receiptNumber: number;
}): string {
  return `${closing.terminal}-${closing.receiptSeries}-${closing.receiptNumber}`;
}

/** One order folded from its events, with all of them in their order. */
export async function orderDetail(context: ConsoleContext, text: string): Promise<OrderDetail> {
  const id = eventIdFrom(text);
  if (id === null) throw new ConsoleFault("console/not_found", "order");
  const records = await context.store.console.orderRecords(context.tenant, id);
  if (records.length === 0) throw new ConsoleFault("console/not_found", "order");
  const read = records.flatMap((record) => readRecord(record));
  const order = foldOrder(id, read.map(({ event }) => event).sort(compareRecorded));
  return {
    order: id,
    kind: order.kind,
    phase: order.phase,
    currency: order.currency,
    label: order.label,
    marks: order.marks,
    openLines: order.lines.map(orderLine),
    checks: checksOf(order),
    events: read
      .toSorted((a, b) => compareRecorded(a.event, b.event))
      .map(({ event, receivedAtMs }) => timelineEvent(event, receivedAtMs)),
    unreadableCount: records.length - read.length,
  };
}

function readRecord(
  record: OrderRecord,
): readonly { readonly event: RecordedOrderEvent; readonly receivedAtMs: number | null }[] {
  const decoded = decodeRecord(record.bytes, record);
  if (!decoded.ok) return [];
  const { event } = decoded.value;
  if (!isOrderEvent(event)) return [];
  return [{ event: { ...decoded.value, event }, receivedAtMs: record.receivedAtMs }];
}

function checksOf(order: Order): OrderDetail["checks"] {
  return order.checks.map((check) => ({
    status: check.status,
    dueMinor: String(check.dueMinor),
    receipts: check.closings.map(
      ({ terminal, facts }) => `${terminal}-${facts.receipt.series}-${facts.receipt.number}`,
    ),
    lines: check.lines.map(orderLine),
  }));
}

function orderLine(line: Line): OrderLine {
  return {
    sku: line.sku,
    name: line.name,
    quantityMilli: line.quantityMilli,
    unitMinor: String(line.unitPriceMinor),
    amountMinor: String(lineAmount(line)),
    note: line.note,
  };
}
