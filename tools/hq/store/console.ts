/**
 * What the console asks of a store: lists by key, never by offset, and sums over a span of time. Reads
 * only; nothing here changes a row. Both bindings answer alike (tests/conformance/hq-store-console.ts).
 *
 * C1 A list answers at most the asked count of rows, newest first, from behind the cursor on.
 * C2 Instants are the terminals' own wall clocks unless a name says "received".
 */
import type { Epoch, OrderId, ShiftId, TerminalId } from "../../../core/ids.ts";
import type { OrderKind } from "../../../core/facts.ts";
import type { OrderPhase } from "../../../core/order/types.ts";
import type { StoredAlarm } from "../alarm.ts";
import type { ShiftFigures } from "./figures.ts";
import type { ClosingRow, HouseRow, HouseType, OrderRow } from "./rows.ts";

/** From and up to, the end left out; epoch milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What turnover is summed by. "hour" and "day" are counted from 1970 in the shop's zone, "hour_of_day" is 0 to 23. */
export type SalesKey = "all" | "hour" | "day" | "hour_of_day" | "clerk" | "terminal";

/** Turnover of one key in one currency; what was paid back is taken off. */
export interface SalesSum {
  /** Digits for times, a name for clerks and terminals, empty for all. */
  readonly key: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly saleCount: number;
  readonly returnCount: number;
}

/** What was sold of one item in one currency, less what came back. */
export interface ItemSum {
  readonly sku: string;
  /** As its newest line says. */
  readonly name: string;
  readonly currency: string;
  readonly quantityMilli: bigint;
  readonly netMinor: bigint;
  /** Lines of receipts. */
  readonly lineCount: number;
}

/** Tax of one rate in a span. */
export interface TaxSum {
  readonly currency: string;
  readonly ratePpm: number;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
}

/** Money by method in a span. */
export interface TenderSum {
  readonly currency: string;
  readonly method: string;
  readonly amountMinor: bigint;
  readonly count: number;
}

/** Where a list by time goes on: behind this row. `sku` is empty but for movements. */
export interface TimeCursor {
  readonly atMs: number;
  readonly terminal: string;
  readonly epoch: string;
  readonly seq: number;
  readonly sku: string;
}

/** Where the list of orders goes on. */
export interface OrderCursor {
  readonly openedAtMs: number;
  readonly order: string;
}

/** What a text may mean; an order matches where any of these does. */
export interface OrderSearch {
  readonly order: OrderId | null;
  /** A receipt as it is printed, or its number alone: then the others are empty. */
  readonly receipt: { readonly terminal: string; readonly series: string; readonly number: number } | null;
  /** Of the order or of one receipt, by its size. */
  readonly amountMinor: number | null;
  /** Part of the order's label, in lower case; empty for none. */
  readonly label: string;
}

/** Which orders are listed; null and empty take all. */
export interface OrderFilter {
  /** When they were opened. */
  readonly span: Span | null;
  readonly phase: OrderPhase | null;
  readonly kind: OrderKind | null;
  readonly terminal: string;
  readonly clerk: string;
  /** Only those with a mark: something did not fit. */
  readonly isMarked: boolean;
  readonly search: OrderSearch | null;
}

/** A closing as a list shows it. */
export type ListedClosing = Pick<
  ClosingRow,
  "terminal" | "atMs" | "clerk" | "totalMinor" | "receiptSeries" | "receiptNumber" | "viewCheck"
>;

/** An order as a list shows it. */
export interface ListedOrder extends Omit<OrderRow, "viewHash"> {
  /** In order of time. */
  readonly closings: readonly ListedClosing[];
}

/** An order's record. */
export interface StoredRecord {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** An order's record and when headquarters had it. */
export interface OrderRecord extends StoredRecord {
  /** Null where its batch was not found. */
  readonly receivedAtMs: number | null;
}

/** What is known of a terminal here. */
export interface TerminalState {
  readonly terminal: string;
  readonly epoch: string;
  readonly epochCount: number;
  /** Of the newest epoch: the last record held, and the last one that is in the figures. */
  readonly heldSeq: number;
  readonly projectedSeq: number;
  readonly lastReceivedAtMs: number | null;
  /** When the oldest batch came that is not in the figures yet. */
  readonly oldestWaitingAtMs: number | null;
  /** Headquarters' clock less the terminal's, at most: the least delay of the newest batches. */
  readonly clockBehindMs: number | null;
  /** Of the newest start; empty when it is not known. */
  readonly version: string;
  readonly shift: OpenShift | null;
}

/** A shift that no Z has closed. */
export interface OpenShift {
  readonly shift: ShiftId;
  readonly sinceMs: number;
  readonly clerk: string;
  readonly drawer: string;
}

/** One movement of stock. */
export interface StockMovement {
  readonly cursor: TimeCursor;
  readonly order: string;
  readonly kind: OrderKind;
  readonly quantityMilli: number;
  readonly receiptSeries: string;
  readonly receiptNumber: number;
}

/** Wrong PINs of a clerk on a terminal since the last that was right. */
export interface PinFailures {
  readonly terminal: string;
  readonly clerk: string;
  readonly count: number;
  readonly lastAtMs: number;
}

/** A closing by its place, with the order that it belongs to. */
export type SoldClosing = Pick<
  ClosingRow,
  | "terminal"
  | "epoch"
  | "seq"
  | "order"
  | "kind"
  | "currency"
  | "atMs"
  | "totalMinor"
  | "receiptSeries"
  | "receiptNumber"
>;

/** What a terminal said last of one item, by its own clock. */
export interface AvailabilityWord {
  readonly terminal: string;
  readonly sku: string;
  readonly isSoldOut: boolean;
  readonly atMs: number;
  readonly clerk: string;
}

/** An alarm with the instants at which headquarters raised it, by its own clock. */
export interface ListedAlarm extends StoredAlarm {
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/** See the header. */
export interface ConsoleStore {
  /** By key and currency. */
  sales(tenant: string, span: Span, by: SalesKey, zoneMinutes: number): Promise<readonly SalesSum[]>;
  /** The largest turnover first, then by sku. */
  items(tenant: string, span: Span, countMax: number): Promise<readonly ItemSum[]>;
  /** Names of these items as their newest lines say; items that were never sold have none. */
  itemNames(tenant: string, skus: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** By currency and rate. */
  taxes(tenant: string, span: Span): Promise<readonly TaxSum[]>;
  /** By currency and method. */
  tenders(tenant: string, span: Span): Promise<readonly TenderSum[]>;
  /** When the newest closing was, or null where there is none. */
  newestClosingAtMs(tenant: string): Promise<number | null>;
  orders(
    tenant: string,
    filter: OrderFilter,
    after: OrderCursor | null,
    countMax: number,
  ): Promise<readonly ListedOrder[]>;
  /** All records of one order, in no order. */
  orderRecords(tenant: string, order: OrderId): Promise<readonly OrderRecord[]>;
  /** Closings of a span in order of time, the oldest first, behind `after`. */
  closings(
    tenant: string,
    span: Span,
    after: TimeCursor | null,
    countMax: number,
  ): Promise<readonly SoldClosing[]>;
  /** All records of these orders, in no order; orders without any are missing. */
  recordsOf(
    tenant: string,
    orders: readonly OrderId[],
  ): Promise<ReadonlyMap<OrderId, readonly StoredRecord[]>>;
  /** By name, behind `after`. Headquarters' own journal is not among them. */
  terminals(tenant: string, after: string, countMax: number): Promise<readonly TerminalState[]>;
  shifts(tenant: string, after: TimeCursor | null, countMax: number): Promise<readonly ShiftFigures[]>;
  /** Of one item, or of all where `sku` is empty. */
  movements(
    tenant: string,
    sku: string,
    after: TimeCursor | null,
    countMax: number,
  ): Promise<readonly StockMovement[]>;
  house(
    tenant: string,
    types: readonly HouseType[],
    after: TimeCursor | null,
    countMax: number,
  ): Promise<readonly HouseRow[]>;
  /** Items on or off sale as each terminal said last, by sku and terminal; headquarters' own word is not among them. */
  availability(tenant: string, countMax: number): Promise<readonly AvailabilityWord[]>;
  /** The newest first. */
  alarms(tenant: string): Promise<readonly ListedAlarm[]>;
  /** The most wrong first. */
  pinFailures(tenant: string): Promise<readonly PinFailures[]>;
}
