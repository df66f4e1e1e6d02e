/**
 * The rules of projecting: records become order events, orders are folded by the same core that the
 * terminals use, and closings become the rows that turnover is summed from.
 *
 * P1 A record that cannot be read is held and skipped; a later build folds it.
 * P2 A closing's amounts are its event's facts, never a fold's.
 * P3 A closing's view is checked once every event that its check's frontier names is held.
 * P4 An order that cannot be folded keeps its events, raises an alarm and stops nothing.
 */
import { Bug } from "../../core/bug.ts";
import { isOrderEvent, orderOf } from "../../core/evolve.ts";
import { eventId } from "../../core/ids.ts";
import type { OrderId } from "../../core/ids.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { compareRecorded } from "../../core/order/sort.ts";
import type { Order, RecordedOrderEvent } from "../../core/order/types.ts";
import { businessView, closingView } from "../../core/order/view.ts";
import type { Frontier } from "../../core/facts.ts";
import type { CheckClosed, Recorded } from "../../core/types.ts";
import { sameBytes } from "../../protocol/batch.ts";
import type { Origin } from "../../protocol/field.ts";
import { sha256 } from "../../protocol/hash.ts";
import { decodeRecord } from "../../protocol/record.ts";
import type { RecordResult } from "../../protocol/record.ts";
import { fact } from "./alarm.ts";
import type { Alarm } from "./alarm.ts";
import { closingLinesOf, shiftRowOf, stockMovesOf } from "./project-day.ts";
import { houseRowOf } from "./project-house.ts";
import type {
  ClosingLineRow,
  ClosingRow,
  HeldCode,
  HeldRow,
  HouseRow,
  OrderRow,
  ShiftRow,
  StockMoveRow,
  ViewCheck,
} from "./store/rows.ts";
import type { Folding, OrderEventRow, PlacedRecord, Projection, Reading } from "./store/store.ts";

/** How records are read and orders folded. */
export interface Rules {
  readonly decode: (bytes: Uint8Array, origin: Origin) => RecordResult<Recorded>;
  readonly fold: (id: OrderId, events: readonly RecordedOrderEvent[]) => Order;
}

/** A projection by this build's rules, or by those that a test brings in their place. */
export function createProjection(changed: Partial<Rules> = {}): Projection {
  const rules: Rules = { decode: decodeRecord, fold: foldOrder, ...changed };
  return {
    read: (tenant, records) => readRecords(tenant, records, rules),
    fold: (tenant, reading, events) => foldOrders(tenant, reading, events, rules),
  };
}

function readRecords(tenant: string, records: readonly PlacedRecord[], rules: Rules): Reading {
  const events: { row: OrderEventRow; recorded: RecordedOrderEvent }[] = [];
  const held: HeldRow[] = [];
  const shifts: ShiftRow[] = [];
  const house: HouseRow[] = [];
  const alarms: Alarm[] = [];
  for (const place of records) {
    const read = readPlaced(place, rules);
    if (typeof read === "string") {
      held.push({ ...place, code: read });
      continue;
    }
    const { event } = read;
    if (event.type === "epoch_started" && event.opening === "rot")
      alarms.push(rot(tenant, place, event.detail));
    if (event.type === "training_started") alarms.push(training(tenant, place));
    const shift = shiftRowOf(read);
    if (shift !== null) shifts.push(shift);
    const done = houseRowOf(read);
    if (done !== null) house.push(done);
    const order = orderOf(event, read);
    if (order === null || !isOrderEvent(event)) continue;
    events.push({ row: { ...place, order }, recorded: { ...read, event } });
  }
  return { events, held, shifts, house, alarms };
}

function readPlaced(place: PlacedRecord, rules: Rules): Recorded | HeldCode {
  const result = rules.decode(place.bytes, place);
  if (!result.ok) return result.code;
  // The place in the chain is the identity; a record that claims another one is not believed.
  return result.value.seq === place.seq ? result.value : "record/seq";
}

function foldOrders(
  tenant: string,
  reading: Reading,
  eventsByOrder: ReadonlyMap<OrderId, readonly PlacedRecord[]>,
  rules: Rules,
): Folding {
  const orders: OrderRow[] = [];
  const closings: ClosingRow[] = [];
  const lines: ClosingLineRow[] = [];
  const moves: StockMoveRow[] = [];
  const alarms: Alarm[] = [...reading.alarms, ...reading.held.map((held) => undecodable(tenant, held))];
  const decoded = new Map<PlacedRecord, RecordedOrderEvent>(
    reading.events.map(({ row, recorded }) => [row, recorded]),
  );
  for (const [id, places] of eventsByOrder) {
    const events = places
      .flatMap((place) => decoded.get(place) ?? orderEvent(place, rules))
      .sort(compareRecorded);
    const order = foldSafely(id, events, rules);
    const rows = closingRows(id, order, events);
    closings.push(...rows);
    if (order === null) {
      alarms.push(fact("order/unfoldable", { tenant, terminal: "", subject: id, detail: "" }));
      continue;
    }
    orders.push(orderRow(order, rows));
    moves.push(...stockMovesOf(order, events));
    lines.push(...closingLinesOf(order, events));
    if (order.marks.includes("returned_twice"))
      alarms.push(fact("order/returned_twice", { tenant, terminal: order.owner, subject: id, detail: "" }));
    for (const row of rows) if (row.viewCheck === "differs") alarms.push(mismatch(tenant, row));
  }
  return { orders, closings, lines, moves, alarms };
}

function orderEvent(place: PlacedRecord, rules: Rules): readonly RecordedOrderEvent[] {
  const read = readPlaced(place, rules);
  return typeof read !== "string" && isOrderEvent(read.event) ? [{ ...read, event: read.event }] : [];
}

// P4: folding is total; where it is not, by our own mistake, one order must not stop a writer for good.
function foldSafely(id: OrderId, events: readonly RecordedOrderEvent[], rules: Rules): Order | null {
  try {
    return rules.fold(id, events);
  } catch (error) {
    if (error instanceof Bug) return null;
    throw error;
  }
}

function orderRow(order: Order, closings: readonly ClosingRow[]): OrderRow {
  return {
    order: order.id,
    kind: order.kind,
    phase: order.phase,
    owner: order.owner,
    label: order.label,
    currency: order.currency,
    openedAtMs: order.openedAt,
    openTotalMinor: order.openTotalMinor,
    closedTotalMinor: withinMoney(closings.reduce((sum, closing) => sum + closing.totalMinor, 0)),
    closingCount: closings.length,
    marks: order.marks,
    viewHash: hashText(businessView(order)),
  };
}

function withinMoney(amount: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, amount));
}

// P2: from the events themselves, so that a closing counts also where its check is unknown or the
// order does not fold.
function closingRows(
  id: OrderId,
  order: Order | null,
  events: readonly RecordedOrderEvent[],
): readonly ClosingRow[] {
  const opening = events.find((recorded) => eventId(recorded) === id)?.event;
  const opened = opening?.type === "order_opened" ? opening : null;
  return events.flatMap((recorded): readonly ClosingRow[] => {
    const { event, terminal, epoch, seq } = recorded;
    if (event.type !== "check_closed") return [];
    return [
      {
        terminal,
        epoch,
        seq,
        order: id,
        check: event.check,
        kind: opened?.kind ?? "sale",
        currency: opened?.currency ?? "",
        clerk: event.clerk,
        atMs: recorded.at,
        totalMinor: event.totalMinor,
        taxes: event.taxes,
        tenders: event.tenders,
        receiptSeries: event.receipt.series,
        receiptNumber: event.receipt.number,
        shift: event.shift,
        viewCheck: order === null ? "pending" : checkView(order, event, events),
      },
    ];
  });
}

// P3
function checkView(order: Order, closing: CheckClosed, events: readonly RecordedOrderEvent[]): ViewCheck {
  const frozen = events.find((recorded) => eventId(recorded) === closing.check);
  if (frozen?.event.type !== "check_frozen" || order.currency === "") return "pending";
  if (!isHeld(frozen.event.frontier, events)) return "pending";
  const check = order.checks.find((its) => its.id === closing.check);
  const hash = hashText(closingView(order, check?.lines ?? [], closing, check?.pricing ?? null));
  return sameBytes(hash, closing.viewHash) ? "matches" : "differs";
}

function isHeld(frontier: Frontier, events: readonly RecordedOrderEvent[]): boolean {
  const ids = new Set<string>(events.map(eventId));
  return frontier.every((entry) => ids.has(eventId(entry)));
}

function hashText(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text));
}

function undecodable(tenant: string, held: HeldRow): Alarm {
  const { terminal, epoch, seq, code } = held;
  return fact("event/undecodable", { tenant, terminal, subject: `${epoch}/${seq}`, detail: code });
}

function rot(tenant: string, place: PlacedRecord, detail: string): Alarm {
  const { terminal, epoch, seq } = place;
  return fact("history/rot", { tenant, terminal, subject: `${epoch}/${seq}`, detail });
}

function training(tenant: string, place: PlacedRecord): Alarm {
  const { terminal, epoch, seq } = place;
  return fact("history/training", { tenant, terminal, subject: epoch, detail: `record ${seq}` });
}

function mismatch(tenant: string, row: ClosingRow): Alarm {
  const { terminal, epoch, seq, order } = row;
  return fact("order/view_hash_mismatch", { tenant, terminal, subject: `${epoch}/${seq}`, detail: order });
}
