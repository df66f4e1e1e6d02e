/**
 * What a screen shows, as a pure function of the state, the catalogue and the status of the disk,
 * the link and the printer.
 *
 * W1 The unsent count is the journal's: its newest seq less what headquarters acknowledged. Whether
 *    the link is up plays no part in it.
 * W2 A closed check is shown from its recorded facts, never from a fold that came later.
 */
import { parseEventId } from "../../core/ids.ts";
import { MILLI_ONE } from "../../core/money.ts";
import { leftToPay } from "../../core/order/fold.ts";
import { lineAmount } from "../../core/order/lines.ts";
import type { Check, Closing, Line, Order, PrintJob } from "../../core/order/types.ts";
import { receiptNumberText } from "../../core/receipt/layout.ts";
import { currentOrder } from "../../core/state.ts";
import type { OrderEntry, State } from "../../core/state.ts";
import { wallText } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import { ORDERS_LISTED_COUNT_MAX } from "./limits.ts";
import type {
  DiskHealth,
  LastView,
  Light,
  LineView,
  LinkState,
  OrderRow,
  OrderView,
  PrinterState,
  PrintView,
  StatusView,
} from "./wire.ts";

/** Where the parts of the status come from; read at each push. */
export interface StatusSource {
  /** Seq of the newest record in this terminal's journal. */
  readonly headSeq: number;
  /** Everything up to here is on disk. */
  readonly durableSeq: number;
  /** Everything up to here is durable at headquarters, by its signed acknowledgement. */
  readonly ackedSeq: number;
  readonly link: LinkState;
  readonly printer: PrinterState;
  readonly health: DiskHealth;
  /** Calls `listener` after any of these changed. Returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** The order that the screen works on, or null when the next item opens a new one. */
export function orderView(state: State): OrderView | null {
  const order = currentOrder(state);
  if (order === null) return null;
  const frozen = order.checks.find((check) => check.status === "frozen") ?? null;
  const lines = (frozen ?? order).lines;
  const sign = order.kind === "sale" ? 1 : -1;
  const totalMinor = frozen === null ? order.openTotalMinor : sign * frozen.dueMinor;
  const leftMinor = frozen === null ? order.openTotalMinor : sign * leftToPay(frozen);
  return {
    order: order.id,
    kind: order.kind,
    phase: frozen === null ? "open" : "frozen",
    check: frozen?.id ?? null,
    lines: lines.map(lineView),
    itemCount: itemCount(lines),
    totalMinor,
    takenMinor: totalMinor - leftMinor,
    leftMinor,
  };
}

function lineView(line: Line): LineView {
  const { id, sku, name, quantityMilli, unitPriceMinor, note } = line;
  return { line: id, sku, name, quantityMilli, unitPriceMinor, amountMinor: lineAmount(line), note };
}

/** Pieces on these lines; a line that is not in whole pieces counts as one. */
export function itemCount(lines: readonly Line[]): number {
  let count = 0;
  for (const { quantityMilli } of lines)
    count += quantityMilli % MILLI_ONE === 0 ? quantityMilli / MILLI_ONE : 1;
  return count;
}

/** The newest closing that this terminal made, or null before its first. */
export function lastView(state: State): LastView | null {
  let newest: { readonly order: Order; readonly check: Check; readonly closing: Closing } | null = null;
  let newestSeq = 0;
  for (const { order } of state.orders.values()) {
    for (const check of order.checks) {
      for (const closing of check.closings) {
        const seq = ownSeq(state, closing.id);
        if (seq <= newestSeq) continue;
        newest = { order, check, closing };
        newestSeq = seq;
      }
    }
  }
  return newest === null ? null : closingView(newest.order, newest.check, newest.closing);
}

// W2
function closingView(order: Order, check: Check, closing: Closing): LastView {
  const job = order.jobs.at(-1);
  return {
    order: order.id,
    receipt: receiptNumberText(closing),
    totalMinor: closing.facts.totalMinor,
    handedMinor: check.tenders.reduce((total, tender) => total + tender.handedMinor, 0),
    changeMinor: check.tenders.reduce((total, tender) => total + tender.changeMinor, 0),
    print: printView(job),
    printCode: job?.code ?? "",
    printer: printerState(job?.code ?? ""),
  };
}

function printView(job: PrintJob | undefined): PrintView {
  // A terminal without a printer ends its jobs at once: there is nothing to tell of them.
  if (job === undefined || printerState(job.code) === "none") return "none";
  return job.outcome;
}

/** The status strip. */
export function statusView(state: State, source: StatusSource, now: WallMs, zoneMinutes: number): StatusView {
  const { headSeq, durableSeq } = source;
  // An acknowledgement beyond the head is of another history (a restored image): it makes nothing safe.
  const ackedSeq = source.ackedSeq <= headSeq ? source.ackedSeq : 0;
  return {
    timeText: timeText(now, zoneMinutes),
    link: source.link,
    light: lightOf(headSeq, durableSeq, ackedSeq),
    unsentCount: headSeq - ackedSeq, // W1
    unsentSalesCount: headSeq === ackedSeq ? 0 : closingsBehind(state, ackedSeq),
    printer: source.printer,
    disk: source.health,
  };
}

/** Red while anything is not on disk, amber while headquarters lacks anything, green otherwise. */
export function lightOf(headSeq: number, durableSeq: number, ackedSeq: number): Light {
  if (durableSeq < headSeq) return "red";
  return ackedSeq < headSeq ? "amber" : "green";
}

function closingsBehind(state: State, ackedSeq: number): number {
  let count = 0;
  for (const { order } of state.orders.values()) {
    for (const check of order.checks) {
      for (const closing of check.closings) if (ownSeq(state, closing.id) > ackedSeq) count += 1;
    }
  }
  return count;
}

/** The orders of today in the store's zone, newest first, at most ORDERS_LISTED_COUNT_MAX. */
export function orderRows(
  state: State,
  source: StatusSource,
  now: WallMs,
  zoneMinutes: number,
): readonly OrderRow[] {
  const today = dayText(now, zoneMinutes);
  const rows: OrderRow[] = [];
  for (const entry of [...state.orders.values()].reverse()) {
    if (rows.length === ORDERS_LISTED_COUNT_MAX) break;
    const at = lastAt(entry);
    if (dayText(at, zoneMinutes) === today && hasContent(entry.order))
      rows.push(orderRow(state, source, entry, at, zoneMinutes));
  }
  return rows;
}

// An order whose every line was taken off again is nothing that anyone looks for.
function hasContent(order: Order): boolean {
  return order.lines.length > 0 || order.checks.length > 0 || order.phase === "voided";
}

function lastAt(entry: OrderEntry): WallMs {
  return entry.order.checks.flatMap((check) => check.closings).at(-1)?.at ?? entry.order.openedAt;
}

function orderRow(
  state: State,
  source: StatusSource,
  entry: OrderEntry,
  at: WallMs,
  zoneMinutes: number,
): OrderRow {
  const { order } = entry;
  const newestSeq = newestOwnSeq(state, entry);
  const closing = order.checks.flatMap((check) => check.closings).at(-1);
  const heldLines = order.checks.flatMap((check) => (check.status === "thawed" ? [] : check.lines));
  return {
    order: order.id,
    kind: order.kind,
    timeText: timeText(at, zoneMinutes),
    phase: order.phase,
    receipt: closing === undefined ? "" : receiptNumberText(closing),
    totalMinor: orderTotal(order),
    itemCount: itemCount([...heldLines, ...order.lines]),
    isStored: newestSeq <= source.durableSeq,
    isUnsent: newestSeq > source.ackedSeq,
    print: printView(order.jobs.at(-1)),
  };
}

function orderTotal(order: Order): number {
  const sign = order.kind === "sale" ? 1 : -1;
  let totalMinor: number = sign * order.openTotalMinor;
  for (const check of order.checks) {
    if (check.status === "frozen") totalMinor += check.dueMinor;
    for (const closing of check.closings) totalMinor += closing.facts.totalMinor;
  }
  return totalMinor;
}

function newestOwnSeq(state: State, entry: OrderEntry): number {
  let newest = 0;
  for (const { terminal, seq } of entry.events) {
    if (terminal === state.terminal && seq > newest) newest = seq;
  }
  return newest;
}

/** The seq of an event that this terminal recorded; 0 of one that another did. */
function ownSeq(state: State, id: Closing["id"]): number {
  const key = parseEventId(id);
  return key?.terminal === state.terminal ? key.seq : 0;
}

function timeText(at: WallMs, zoneMinutes: number): string {
  return wallText(at, zoneMinutes).slice(11);
}

function dayText(at: WallMs, zoneMinutes: number): string {
  return wallText(at, zoneMinutes).slice(0, 10);
}

const PRINTER_STATES: ReadonlyMap<string, PrinterState> = new Map([
  ["", "ready"],
  ["ok", "ready"],
  ["none", "none"],
  ["printer/none", "none"],
  ["printer/unreachable", "unreachable"],
  ["printer/timeout", "unreachable"],
  ["printer/lost_connection", "unreachable"],
  ["printer/paper_out", "paper_out"],
  ["printer/cover_open", "cover_open"],
]);

/** How the strip shows the newest printer/… code, "ok" or "none"; an empty code is a job that was printed. */
export function printerState(code: string): PrinterState {
  return PRINTER_STATES.get(code) ?? "fault";
}
