/**
 * The readers of panels and scans (panels.ts), as strict as those of the rest of the wire. The page
 * uses them; a pairing that a page asks for is read by one of them too.
 */
import type { PrintMark } from "../../core/facts.ts";
import type { Mark, OrderPhase } from "../../core/order/types.ts";
import type { FieldReader } from "./fields.ts";
import { TIMELINE_ROWS_COUNT_MAX, WIRE_ROWS_COUNT_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import { readReaderDay } from "./wire-reader-day.ts";
import type {
  ClosingView,
  HealthPanel,
  JoinableShift,
  OrderDetail,
  PairedPrinter,
  PanelContent,
  PrinterAddress,
  PrintView,
  ScanView,
  SettingsPanel,
  ShiftPanel,
  ShiftView,
  SoldLineView,
  StockPanel,
  TimelineRow,
  ZView,
} from "./panels.ts";

/** How a print job stands. */
export const PRINTS: readonly PrintView[] = ["none", "pending", "printed", "failed", "unknown"];
/** The two kinds of an order. */
export const ORDER_KINDS = ["sale", "return"] as const;
/** The phases of an order. */
export const PHASES: readonly OrderPhase[] = ["open", "frozen", "closed", "voided"];
/** How a disk is. */
export const DISKS = ["ok", "full", "failed", "damaged"] as const;
/** Why a clock is not believed, or that it is. */
export const CLOCK_FLAGS = ["none", "behind", "before_release", "jumped"] as const;
const PRINT_MARKS: readonly PrintMark[] = ["none", "resumed", "reprinted"];
const MARKS = Object.keys({
  added_after_freeze: true,
  added_after_void: true,
  removed_after_freeze: true,
  removed_more_than_held: true,
  held_twice: true,
  closed_twice: true,
  overpaid: true,
  thaw_ignored: true,
  order_unknown: true,
  line_unknown: true,
  check_unknown: true,
  receipt_not_confirmed: true,
  receipt_marked: true,
  returned_twice: true,
  card_unknown: true,
  card_overridden: true,
  card_orphan: true,
  card_declined_later: true,
} satisfies Readonly<Record<Mark, true>>);
const PANELS = ["order", "shift", "stock", "health", "settings"] as const;
/** Far more than a terminal has of clerks, drawers, shifts, models or ports. */
const SHORT_LIST_COUNT_MAX = 1000;

/** The panel in a message of kind "panel". */
export function readPanel(from: FieldReader): PanelContent {
  const panel = from.word("panel", PANELS);
  if (panel === "order") {
    const content = from.nullable("content", (its, name) => orderOf(its.object(name)));
    return { panel, order: from.eventId("order"), content };
  }
  const content = from.object("content");
  switch (panel) {
    case "shift":
      return { panel, content: shiftPanelOf(content) };
    case "stock":
      return { panel, content: stockOf(content) };
    case "health":
      return { panel, content: healthOf(content) };
    case "settings":
      return { panel, content: settingsOf(content) };
  }
}

/** What a scan was. */
export function readScan(from: FieldReader): ScanView {
  const kind = from.word("kind", ["item", "receipt", "payment_code", "rejected"]);
  switch (kind) {
    case "item":
      return { kind, sku: text(from, "sku") };
    case "receipt":
      return { kind, order: from.eventId("order"), closing: from.eventId("closing") };
    case "payment_code":
      return { kind };
    case "rejected":
      return { kind, code: text(from, "code"), sentence: text(from, "sentence") };
  }
}

/** A printer as a page pairs it and as the settings show it. */
export function readPairedPrinter(from: FieldReader): PairedPrinter {
  return { address: addressOf(from.object("address")), model: text(from, "model") };
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function count(from: FieldReader, name: string): number {
  return from.whole(name, 0, Number.MAX_SAFE_INTEGER);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.length <= WIRE_TEXT_LENGTH_MAX ? value : null;
}

function addressOf(from: FieldReader): PrinterAddress {
  const kind = from.word("kind", ["tcp", "serial"]);
  if (kind === "tcp") {
    return { kind, host: text(from, "host"), port: from.whole("port", 1, 65_535) };
  }
  return { kind, path: text(from, "path"), baudRate: from.whole("baudRate", 1, 10_000_000) };
}

function markOf(value: unknown): Mark | null {
  return isMark(value) ? value : null;
}

function isMark(value: unknown): value is Mark {
  return typeof value === "string" && MARKS.includes(value);
}

function orderOf(from: FieldReader): OrderDetail {
  return {
    order: from.eventId("order"),
    kind: from.word("kind", ORDER_KINDS),
    phase: from.word("phase", PHASES),
    isParked: from.flag("isParked"),
    label: text(from, "label"),
    reason: text(from, "reason"),
    note: text(from, "note"),
    returnOf: text(from, "returnOf"),
    openTotalMinor: from.integer("openTotalMinor"),
    openLines: from.list("openLines", WIRE_ROWS_COUNT_MAX, soldLineOf),
    closings: from.list("closings", WIRE_ROWS_COUNT_MAX, closingOf),
    marks: from.values("marks", MARKS.length, markOf),
    timeline: from.list("timeline", TIMELINE_ROWS_COUNT_MAX, timelineRowOf),
  };
}

function soldLineOf(from: FieldReader): SoldLineView {
  return {
    line: from.eventId("line"),
    sku: text(from, "sku"),
    name: text(from, "name"),
    quantityMilli: count(from, "quantityMilli"),
    unitPriceMinor: count(from, "unitPriceMinor"),
    amountMinor: count(from, "amountMinor"),
    note: text(from, "note"),
    taxOnTopMinor: count(from, "taxOnTopMinor"),
    returnedMilli: count(from, "returnedMilli"),
  };
}

function closingOf(from: FieldReader): ClosingView {
  return {
    closing: from.eventId("closing"),
    receipt: text(from, "receipt"),
    timeText: text(from, "timeText"),
    clerk: from.clerkId("clerk"),
    totalMinor: from.integer("totalMinor"),
    roundingMinor: from.integer("roundingMinor"),
    orderRoundingMinor: from.integer("orderRoundingMinor"),
    handedMinor: from.integer("handedMinor"),
    changeMinor: from.integer("changeMinor"),
    lines: from.list("lines", WIRE_ROWS_COUNT_MAX, soldLineOf),
    copyCount: count(from, "copyCount"),
    print: from.word("print", PRINTS),
    printMark: from.word("printMark", PRINT_MARKS),
  };
}

function timelineRowOf(from: FieldReader): TimelineRow {
  return {
    timeText: text(from, "timeText"),
    type: text(from, "type"),
    clerk: clerkOrNobody(from),
    detail: text(from, "detail"),
    quantityMilli: from.nullable("quantityMilli", (its, name) => its.integer(name)),
    amountMinor: from.nullable("amountMinor", (its, name) => its.integer(name)),
    isStored: from.flag("isStored"),
    isSent: from.flag("isSent"),
  };
}

function clerkOrNobody(from: FieldReader): TimelineRow["clerk"] {
  return text(from, "clerk") === "" ? "" : from.clerkId("clerk");
}

function shiftPanelOf(from: FieldReader): ShiftPanel {
  return {
    open: from.list("open", SHORT_LIST_COUNT_MAX, shiftOf),
    freeDrawers: from.drawerIds("freeDrawers", SHORT_LIST_COUNT_MAX),
    joinable: from.list("joinable", SHORT_LIST_COUNT_MAX, joinableOf),
    closed: from.list("closed", SHORT_LIST_COUNT_MAX, zOf),
    unsentCount: count(from, "unsentCount"),
    denominationsMinor: from.wholes("denominationsMinor", SHORT_LIST_COUNT_MAX),
  };
}

function shiftOf(from: FieldReader): ShiftView {
  return {
    shift: from.eventId("shift"),
    drawer: from.drawerId("drawer"),
    businessDate: text(from, "businessDate"),
    openedText: text(from, "openedText"),
    clerk: clerkOrNobody(from),
    isOwn: from.flag("isOwn"),
    isMine: from.flag("isMine"),
    floatMinor: from.integer("floatMinor"),
    saleCount: count(from, "saleCount"),
    returnCount: count(from, "returnCount"),
    noSaleCount: count(from, "noSaleCount"),
    counted: from.nullable("counted", (its, name) => {
      const counted = its.object(name);
      return {
        countedMinor: counted.integer("countedMinor"),
        expectedMinor: counted.integer("expectedMinor"),
        differenceMinor: counted.integer("differenceMinor"),
      };
    }),
  };
}

function joinableOf(from: FieldReader): JoinableShift {
  return {
    shift: from.eventId("shift"),
    drawer: from.drawerId("drawer"),
    terminal: text(from, "terminal"),
    clerk: clerkOrNobody(from),
  };
}

function zOf(from: FieldReader): ZView {
  return {
    closing: from.eventId("closing"),
    zNumber: count(from, "zNumber"),
    drawer: from.drawerId("drawer"),
    businessDate: text(from, "businessDate"),
    closedText: text(from, "closedText"),
    differenceMinor: from.integer("differenceMinor"),
  };
}

function stockOf(from: FieldReader): StockPanel {
  return {
    items: from.list("items", WIRE_ROWS_COUNT_MAX, (row) => {
      return {
        sku: text(row, "sku"),
        nameEn: text(row, "nameEn"),
        nameZh: text(row, "nameZh"),
        isSoldOut: row.flag("isSoldOut"),
      };
    }),
    alerts: from.list("alerts", WIRE_ROWS_COUNT_MAX, (row) => {
      return {
        sku: text(row, "sku"),
        levelMilli: row.integer("levelMilli"),
        targetMilli: row.integer("targetMilli"),
      };
    }),
  };
}

function healthOf(from: FieldReader): HealthPanel {
  return {
    terminal: text(from, "terminal"),
    version: text(from, "version"),
    unsentCount: count(from, "unsentCount"),
    oldestUnsentSeconds: from.nullable("oldestUnsentSeconds", count),
    ackedSeq: count(from, "ackedSeq"),
    headSeq: count(from, "headSeq"),
    disk: from.word("disk", DISKS),
    printerCode: text(from, "printerCode"),
    printerName: text(from, "printerName"),
    isPaperLow: from.flag("isPaperLow"),
    clockFlag: from.word("clockFlag", CLOCK_FLAGS),
    isSafeToSwap: from.flag("isSafeToSwap"),
    lockedClerks: from.clerkIds("lockedClerks", SHORT_LIST_COUNT_MAX),
    readerDays: from.list("readerDays", SHORT_LIST_COUNT_MAX, readReaderDay),
  };
}

function settingsOf(from: FieldReader): SettingsPanel {
  return {
    printer: from.nullable("printer", (its, name) => readPairedPrinter(its.object(name))),
    models: from.values("models", SHORT_LIST_COUNT_MAX, textOf),
    serialPaths: from.values("serialPaths", SHORT_LIST_COUNT_MAX, textOf),
  };
}
