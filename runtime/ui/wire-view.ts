/**
 * The reader of what the runtime says to a page: as strict as the other direction, so that a page
 * of one build never half-believes a runtime of another.
 */
import type { OrderPhase } from "../../core/order/types.ts";
import { readWire } from "./fields.ts";
import type { FieldReader, WireResult } from "./fields.ts";
import { WIRE_ROWS_COUNT_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import { kindOf, LANGUAGES } from "./wire.ts";
import type {
  ItemView,
  LastView,
  LineView,
  OrderRow,
  OrderView,
  PageFaultCode,
  PrinterState,
  PrintView,
  ScreenMessage,
  StatusView,
  Welcome,
} from "./wire.ts";

/** Reads one message of the runtime. */
export function readScreenMessage(text: string): WireResult<ScreenMessage> {
  return readWire(text, screenMessageOf);
}

const SCREEN_KINDS = ["welcome", "view", "orders", "answer", "fault"] as const;
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
const KINDS = ["sale", "return"] as const;
const PHASES: readonly OrderPhase[] = ["open", "frozen", "closed", "voided"];
const PRINTERS: readonly PrinterState[] = [
  "none",
  "ready",
  "unreachable",
  "paper_out",
  "cover_open",
  "fault",
];
const PRINTS: readonly PrintView[] = ["none", "pending", "printed", "failed", "unknown"];

function screenMessageOf(from: FieldReader): ScreenMessage {
  const kind = kindOf(from, "kind", SCREEN_KINDS, "wire/unknown_kind");
  switch (kind) {
    case "welcome":
      from.only("kind", "welcome");
      return { kind, welcome: welcomeOf(from.object("welcome")) };
    case "view":
      from.only("kind", "order", "last", "status");
      return {
        kind,
        ...(from.has("order")
          ? { order: from.nullable("order", (its, name) => orderOf(its.object(name))) }
          : {}),
        ...(from.has("last") ? { last: from.nullable("last", (its, name) => lastOf(its.object(name))) } : {}),
        ...(from.has("status") ? { status: statusOf(from.object("status")) } : {}),
      };
    case "orders":
      from.only("kind", "orders");
      return { kind, orders: from.list("orders", WIRE_ROWS_COUNT_MAX, rowOf) };
    case "answer":
      from.only("kind", "n", "refusal");
      return {
        kind,
        n: from.whole("n", 1, Number.MAX_SAFE_INTEGER),
        refusal: from.nullable("refusal", (its, name) => {
          const refusal = its.object(name).only("code", "sentence");
          return { code: text(refusal, "code"), sentence: text(refusal, "sentence") };
        }),
      };
    case "fault":
      from.only("kind", "code", "sentence");
      return { kind, code: from.word("code", PAGE_FAULTS), sentence: text(from, "sentence") };
  }
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function count(from: FieldReader, name: string): number {
  return from.whole(name, 0, Number.MAX_SAFE_INTEGER);
}

function welcomeOf(from: FieldReader): Welcome {
  from.only("shopName", "currency", "exponent", "language", "clerk", "staff", "categories", "items");
  return {
    shopName: text(from, "shopName"),
    currency: text(from, "currency"),
    exponent: from.whole("exponent", 0, 4),
    language: from.word("language", LANGUAGES),
    clerk: text(from, "clerk") === "" ? "" : from.clerkId("clerk"),
    staff: from.list("staff", WIRE_ROWS_COUNT_MAX, (row) => {
      row.only("clerk", "name");
      return { clerk: row.clerkId("clerk"), name: text(row, "name") };
    }),
    categories: from.list("categories", WIRE_ROWS_COUNT_MAX, (row) => {
      row.only("id", "nameEn", "nameZh");
      return { id: text(row, "id"), nameEn: text(row, "nameEn"), nameZh: text(row, "nameZh") };
    }),
    items: from.list("items", WIRE_ROWS_COUNT_MAX, itemOf),
  };
}

function itemOf(from: FieldReader): ItemView {
  from.only("sku", "category", "nameEn", "nameZh", "priceMinor", "isSoldOut");
  return {
    sku: text(from, "sku"),
    category: text(from, "category"),
    nameEn: text(from, "nameEn"),
    nameZh: text(from, "nameZh"),
    priceMinor: count(from, "priceMinor"),
    isSoldOut: from.flag("isSoldOut"),
  };
}

function orderOf(from: FieldReader): OrderView {
  from.only("order", "kind", "phase", "check", "lines", "itemCount", "totalMinor", "takenMinor", "leftMinor");
  return {
    order: from.eventId("order"),
    kind: from.word("kind", KINDS),
    phase: from.word("phase", ["open", "frozen"]),
    check: from.nullable("check", (its, name) => its.eventId(name)),
    lines: from.list("lines", WIRE_ROWS_COUNT_MAX, lineOf),
    itemCount: count(from, "itemCount"),
    totalMinor: from.integer("totalMinor"),
    takenMinor: from.integer("takenMinor"),
    leftMinor: from.integer("leftMinor"),
  };
}

function lineOf(from: FieldReader): LineView {
  from.only("line", "sku", "name", "quantityMilli", "unitPriceMinor", "amountMinor", "note");
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
  from.only("order", "receipt", "totalMinor", "handedMinor", "changeMinor", "print", "printCode", "printer");
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
  from.only("timeText", "link", "light", "unsentCount", "unsentSalesCount", "printer", "disk");
  return {
    timeText: text(from, "timeText"),
    link: from.word("link", ["up", "down", "none"]),
    light: from.word("light", ["red", "amber", "green"]),
    unsentCount: count(from, "unsentCount"),
    unsentSalesCount: count(from, "unsentSalesCount"),
    printer: from.word("printer", PRINTERS),
    disk: from.word("disk", ["ok", "full", "failed", "damaged"]),
  };
}

function rowOf(from: FieldReader): OrderRow {
  from.only(
    "order",
    "kind",
    "timeText",
    "phase",
    "receipt",
    "totalMinor",
    "itemCount",
    "isStored",
    "isUnsent",
    "print",
  );
  return {
    order: from.eventId("order"),
    kind: from.word("kind", KINDS),
    timeText: text(from, "timeText"),
    phase: from.word("phase", PHASES),
    receipt: text(from, "receipt"),
    totalMinor: from.integer("totalMinor"),
    itemCount: count(from, "itemCount"),
    isStored: from.flag("isStored"),
    isUnsent: from.flag("isUnsent"),
    print: from.word("print", PRINTS),
  };
}
