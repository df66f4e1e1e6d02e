/**
 * The reader of what the runtime says to a page: as strict as the other direction, so that a page
 * of one build never half-believes a runtime of another.
 */
import type { ScaleFace } from "../scale/desk.ts";
import { kindOf, readWire } from "./fields.ts";
import type { FieldReader, WireResult } from "./fields.ts";
import { WIRE_ROWS_COUNT_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import { CLOCK_FLAGS, DISKS, ORDER_KINDS, PHASES, PRINTS, readPanel, readScan } from "./panel-view.ts";
import { RIGHTS } from "./rights.ts";
import { readPricing } from "./wire-pricing.ts";
import { readCards } from "./wire-cards.ts";
import { LANGUAGES } from "./wire.ts";
import type {
  ItemView,
  LastView,
  LineView,
  OrderRow,
  OrderView,
  PageFaultCode,
  PrinterState,
  RefusalView,
  ScreenMessage,
  ScreenView,
  StaffView,
  StatusView,
  Welcome,
} from "./wire.ts";

/** Reads one message of the runtime. */
export function readScreenMessage(text: string): WireResult<ScreenMessage> {
  return readWire(text, screenMessageOf);
}

const SCREEN_KINDS = ["welcome", "view", "orders", "panel", "answer", "scanned", "fault"] as const;
const PAGE_FAULTS: readonly PageFaultCode[] = [
  "wire/not_json",
  "wire/not_an_object",
  "wire/unknown_kind",
  "wire/unknown_command",
  "wire/unknown_field",
  "wire/wrong_field",
  "wire/hello_missing",
  "wire/too_many_messages",
];
const PRINTERS: readonly PrinterState[] = [
  "none",
  "unknown",
  "ready",
  "unreachable",
  "paper_out",
  "cover_open",
  "fault",
];
function screenMessageOf(from: FieldReader): ScreenMessage {
  const kind = kindOf(from, "kind", SCREEN_KINDS, "wire/unknown_kind");
  switch (kind) {
    case "welcome":
      return { kind, welcome: welcomeOf(from.object("welcome")) };
    case "view":
      return { kind, ...viewOf(from) };
    case "orders":
      return { kind, orders: from.list("orders", WIRE_ROWS_COUNT_MAX, rowOf) };
    case "panel":
      return { kind, ...readPanel(from) };
    case "answer":
      return { kind, n: from.whole("n", 1, Number.MAX_SAFE_INTEGER), refusal: refusalOf(from) };
    case "scanned":
      return { kind, n: count(from, "n"), scan: readScan(from.object("scan")), refusal: refusalOf(from) };
    case "fault":
      return { kind, code: from.word("code", PAGE_FAULTS), sentence: text(from, "sentence") };
  }
}

function viewOf(from: FieldReader): ScreenView {
  return {
    ...(from.has("clerk") ? { clerk: text(from, "clerk") === "" ? "" : from.clerkId("clerk") } : {}),
    ...(from.has("order") ? { order: from.nullable("order", (its, name) => orderOf(its.object(name))) } : {}),
    ...(from.has("last") ? { last: from.nullable("last", (its, name) => lastOf(its.object(name))) } : {}),
    ...(from.has("status") ? { status: statusOf(from.object("status")) } : {}),
    ...(from.has("cards") ? { cards: readCards(from.object("cards")) } : {}),
    ...(from.has("scale") ? { scale: from.nullable("scale", (its, name) => scaleOf(its.object(name))) } : {}),
    ...(from.has("availability")
      ? {
          availability: from.list("availability", WIRE_ROWS_COUNT_MAX, (row) => {
            return { sku: text(row, "sku"), isSoldOut: row.flag("isSoldOut") };
          }),
        }
      : {}),
  };
}

const SCALE_STATES = ["stable", "motion", "over", "under_zero", "outside_zero", "empty", "down"] as const;

function scaleOf(from: FieldReader): ScaleFace {
  return {
    state: from.word("state", SCALE_STATES),
    weightGrams: count(from, "weightGrams"),
    isNet: from.flag("isNet"),
  };
}

function refusalOf(from: FieldReader): RefusalView | null {
  return from.nullable("refusal", (its, name) => {
    const refusal = its.object(name);
    return {
      code: text(refusal, "code"),
      sentence: text(refusal, "sentence"),
      right: refusal.nullable("right", (of, field) => of.word(field, RIGHTS)),
      waitSeconds: refusal.nullable("waitSeconds", count),
      triesLeft: refusal.nullable("triesLeft", count),
    };
  });
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function count(from: FieldReader, name: string): number {
  return from.whole(name, 0, Number.MAX_SAFE_INTEGER);
}

function welcomeOf(from: FieldReader): Welcome {
  return {
    shopName: text(from, "shopName"),
    terminal: text(from, "terminal"),
    currency: text(from, "currency"),
    exponent: from.whole("exponent", 0, 4),
    language: from.word("language", LANGUAGES),
    isTraining: from.flag("isTraining"),
    needsShift: from.flag("needsShift"),
    armsReader: from.flag("armsReader"),
    drawers: from.drawerIds("drawers", WIRE_ROWS_COUNT_MAX),
    denominationsMinor: from.wholes("denominationsMinor", WIRE_ROWS_COUNT_MAX),
    cashRounding: from.nullable("cashRounding", (its, name) => {
      const rule = its.object(name);
      return {
        incrementMinor: rule.whole("incrementMinor", 1, Number.MAX_SAFE_INTEGER),
        tie: rule.word("tie", ["up", "down"]),
      };
    }),
    staff: from.list("staff", WIRE_ROWS_COUNT_MAX, staffOf),
    categories: from.list("categories", WIRE_ROWS_COUNT_MAX, (row) => {
      return { id: text(row, "id"), nameEn: text(row, "nameEn"), nameZh: text(row, "nameZh") };
    }),
    items: from.list("items", WIRE_ROWS_COUNT_MAX, itemOf),
  };
}

function staffOf(row: FieldReader): StaffView {
  return {
    clerk: row.clerkId("clerk"),
    name: text(row, "name"),
    hasPin: row.flag("hasPin"),
    rights: row.values("rights", RIGHTS.length, (value) => RIGHTS.find((right) => right === value) ?? null),
  };
}

function itemOf(from: FieldReader): ItemView {
  return {
    sku: text(from, "sku"),
    category: text(from, "category"),
    nameEn: text(from, "nameEn"),
    nameZh: text(from, "nameZh"),
    priceMinor: count(from, "priceMinor"),
    isSoldOut: from.flag("isSoldOut"),
    isByWeight: from.flag("isByWeight"),
  };
}

function orderOf(from: FieldReader): OrderView {
  return {
    order: from.eventId("order"),
    kind: from.word("kind", ORDER_KINDS),
    phase: from.word("phase", ["open", "frozen"]),
    check: from.nullable("check", (its, name) => its.eventId(name)),
    label: text(from, "label"),
    note: text(from, "note"),
    canUndo: from.flag("canUndo"),
    lines: from.list("lines", WIRE_ROWS_COUNT_MAX, lineOf),
    itemCount: count(from, "itemCount"),
    totalMinor: from.integer("totalMinor"),
    takenMinor: from.integer("takenMinor"),
    leftMinor: from.integer("leftMinor"),
    cashLeftMinor: from.integer("cashLeftMinor"),
    pricing: from.nullable("pricing", (its, name) => readPricing(its.object(name))),
  };
}

function lineOf(from: FieldReader): LineView {
  return {
    line: from.eventId("line"),
    sku: text(from, "sku"),
    name: text(from, "name"),
    quantityMilli: count(from, "quantityMilli"),
    unitPriceMinor: count(from, "unitPriceMinor"),
    amountMinor: count(from, "amountMinor"),
    note: text(from, "note"),
  };
}

function lastOf(from: FieldReader): LastView {
  return {
    order: from.eventId("order"),
    receipt: text(from, "receipt"),
    totalMinor: from.integer("totalMinor"),
    handedMinor: from.integer("handedMinor"),
    changeMinor: from.integer("changeMinor"),
    print: from.word("print", PRINTS),
    printCode: text(from, "printCode"),
    printer: from.word("printer", PRINTERS),
  };
}

function statusOf(from: FieldReader): StatusView {
  return {
    timeText: text(from, "timeText"),
    link: from.word("link", ["up", "down", "none"]),
    light: from.word("light", ["red", "amber", "green"]),
    unsentCount: count(from, "unsentCount"),
    unsentSalesCount: count(from, "unsentSalesCount"),
    printer: from.word("printer", PRINTERS),
    isPaperLow: from.flag("isPaperLow"),
    disk: from.word("disk", DISKS),
    isTraining: from.flag("isTraining"),
    clockFlag: from.word("clockFlag", CLOCK_FLAGS),
    parkedCount: count(from, "parkedCount"),
    shift: from.nullable("shift", (its, name) => {
      const shift = its.object(name);
      return { shift: shift.eventId("shift"), drawer: shift.drawerId("drawer") };
    }),
  };
}

function rowOf(from: FieldReader): OrderRow {
  return {
    order: from.eventId("order"),
    kind: from.word("kind", ORDER_KINDS),
    timeText: text(from, "timeText"),
    phase: from.word("phase", PHASES),
    isParked: from.flag("isParked"),
    label: text(from, "label"),
    receipt: text(from, "receipt"),
    totalMinor: from.integer("totalMinor"),
    itemCount: count(from, "itemCount"),
    isReturned: from.flag("isReturned"),
    markCount: count(from, "markCount"),
    isStored: from.flag("isStored"),
    isUnsent: from.flag("isUnsent"),
    print: from.word("print", PRINTS),
  };
}
