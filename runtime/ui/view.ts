/**
 * What a screen shows, as a pure function of the state, the catalogue and the status of the disk,
 * the link and the printer.
 *
 * W1 The unsent count is the journal's: its newest seq less what headquarters acknowledged. Whether
 *    the link is up plays no part in it.
 * W2 A closed check is shown from its recorded facts, never from a fold that came later.
 */
import type { CashRounding } from "../../core/context.ts";
import { parseEventId } from "../../core/ids.ts";
import type { ClerkId } from "../../core/ids.ts";
import { MILLI_ONE, minor } from "../../core/money.ts";
import { decideUndo } from "../../core/order/decide-park.ts";
import { leftToPay } from "../../core/order/fold.ts";
import { lineAmount } from "../../core/order/lines.ts";
import type { Check, Closing, Line, Order, PrintJob } from "../../core/order/types.ts";
import { roundedCash } from "../../core/price/cash-rounding.ts";
import { NO_PRICING } from "../../core/price/rules/source.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import { receiptNumberText } from "../../core/receipt/layout.ts";
import { workingShift } from "../../core/shift/working.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { wallText } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import { frozenPrice, openPrice } from "./view-pricing.ts";
import type { PrintView, StockAlert } from "./panels.ts";
import type {
  AvailabilityView,
  DiskHealth,
  LastView,
  Light,
  LineView,
  LinkState,
  OrderView,
  PrinterState,
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
  /** "ok", "none", "untried" or a printer/… code. */
  readonly printerCode: string;
  readonly isPaperLow: boolean;
  readonly health: DiskHealth;
  /** When the oldest record that headquarters lacks was written; null when it lacks none, or nobody knows. */
  readonly oldestUnsentAt: WallMs | null;
  /** What headquarters said that runs low. */
  readonly lowItems: readonly StockAlert[];
  /** The release that runs. */
  readonly version: string;
  /** Calls `listener` after any of these changed. Returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** The order that the screen works on, or null when the next item opens a new one. */
export function orderView(
  state: State,
  rounding: CashRounding | null,
  source: PricingSource = NO_PRICING,
): OrderView | null {
  const order = currentOrder(state);
  if (order === null) return null;
  const frozen = order.checks.find((check) => check.status === "frozen") ?? null;
  const lines = (frozen ?? order).lines;
  const sign = order.kind === "sale" ? 1 : -1;
  const open = frozen === null ? openPrice(order, source) : null;
  const pricing =
    frozen === null ? (open?.pricing ?? null) : frozenPrice(lines, frozen.pricing, frozen.adjustments);
  const totalMinor = frozen === null ? (open?.totalMinor ?? 0) : sign * frozen.dueMinor;
  const leftMinor = frozen === null ? totalMinor : sign * leftToPay(frozen);
  // What was rounded as the house's gift is not rounded again for its coins.
  const isRounded = pricing?.rows.some(({ kind }) => kind === "rounding") ?? false;
  return {
    order: order.id,
    kind: order.kind,
    phase: frozen === null ? "open" : "frozen",
    check: frozen?.id ?? null,
    label: order.label,
    note: order.note,
    canUndo: decideUndo(state, order).ok,
    lines: lines.map(lineView),
    itemCount: itemCount(lines),
    totalMinor,
    takenMinor: totalMinor - leftMinor,
    leftMinor,
    cashLeftMinor: leftMinor > 0 ? roundedCash(minor(leftMinor), isRounded ? null : rounding) : leftMinor,
    pricing,
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

/** How a print job stands, for people. */
export function printView(job: PrintJob | undefined): PrintView {
  // A terminal without a printer ends its jobs at once: there is nothing to tell of them.
  if (job === undefined || printerState(job.code) === "none") return "none";
  return job.outcome;
}

/** The status strip of a page whose clerk this is. */
export function statusView(
  state: State,
  source: StatusSource,
  clerk: ClerkId | "",
  now: WallMs,
  zoneMinutes: number,
): StatusView {
  const { headSeq, durableSeq } = source;
  const ackedSeq = ackedWithin(source);
  return {
    timeText: timeText(now, zoneMinutes),
    link: source.link,
    light: lightOf(headSeq, durableSeq, ackedSeq),
    unsentCount: headSeq - ackedSeq, // W1
    unsentSalesCount: headSeq === ackedSeq ? 0 : closingsBehind(state, ackedSeq),
    printer: source.printer,
    isPaperLow: source.isPaperLow,
    disk: source.health,
    isTraining: state.isTraining,
    clockFlag: state.clockFlag,
    parkedCount: parkedCount(state),
    shift: shiftOf(state, clerk),
  };
}

/** What headquarters holds of this history. Beyond the head it is of another one (a restored image): that makes nothing safe. */
export function ackedWithin({ ackedSeq, headSeq }: StatusSource): number {
  return ackedSeq <= headSeq ? ackedSeq : 0;
}

function parkedCount(state: State): number {
  let count = 0;
  for (const id of state.working) if (state.orders.get(id)?.order.isParked === true) count += 1;
  return count;
}

function shiftOf(state: State, clerk: ClerkId | ""): StatusView["shift"] {
  const shift = workingShift(state, clerk);
  return shift === null || shift === "ambiguous" ? null : { shift: shift.id, drawer: shift.report.drawer };
}

/** What was set on this terminal about items, over what the catalogue says. */
export function availabilityView(state: State): readonly AvailabilityView[] {
  return [...state.soldOut].map(([sku, isSoldOut]) => ({ sku, isSoldOut }));
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

/** The seq of an event that this terminal recorded; 0 of one that another did. */
export function ownSeq(state: State, id: Closing["id"]): number {
  const key = parseEventId(id);
  return key?.terminal === state.terminal ? key.seq : 0;
}

/** Hours and minutes in the store's zone. */
export function timeText(at: WallMs, zoneMinutes: number): string {
  return wallText(at, zoneMinutes).slice(11);
}

const PRINTER_STATES: ReadonlyMap<string, PrinterState> = new Map([
  ["", "ready"],
  ["ok", "ready"],
  ["none", "none"],
  ["untried", "unknown"],
  ["printer/none", "none"],
  ["printer/unreachable", "unreachable"],
  ["printer/timeout", "unreachable"],
  ["printer/lost_connection", "unreachable"],
  ["printer/paper_out", "paper_out"],
  ["printer/cover_open", "cover_open"],
]);

/** How the strip shows the newest printer/… code, "ok", "none" or "untried"; an empty code is a job that was printed. */
export function printerState(code: string): PrinterState {
  return PRINTER_STATES.get(code) ?? "fault";
}
