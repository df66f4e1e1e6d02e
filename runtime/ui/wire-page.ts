/**
 * The reader of what a page says (wire.ts). Strict: a field too many is as wrong as one that is
 * missing, and a PIN of anything but its digits is refused before anybody hears of it.
 */
import type { ClerkId } from "../../core/ids.ts";
import { READER_NAME_LENGTH_MAX, SKU_TEXT_LENGTH_MAX } from "../../core/limits.ts";
import { kindOf, readWire } from "./fields.ts";
import type { FieldReader, WireResult } from "./fields.ts";
import {
  PIN_DIGITS_COUNT_MAX,
  PIN_DIGITS_COUNT_MIN,
  SCAN_TEXT_LENGTH_MAX,
  VIEW_NUMBER_MAX,
  WIRE_TEXT_LENGTH_MAX,
} from "./limits.ts";
import { readPairedPrinter } from "./panel-view.ts";
import type { Panel } from "./panels.ts";
import { LANGUAGES } from "./wire.ts";
import type { PageMessage, PinMessage, ReaderMessage, ScaleMessage } from "./wire.ts";
import { readCommand } from "./wire-command.ts";

const PAGE_KINDS = [
  "hello",
  "open",
  "command",
  "pin",
  "scan",
  "pair_printer",
  "test_print",
  "reader",
  "scale",
] as const;
const PANELS = ["none", "orders", "order", "shift", "stock", "health", "settings"] as const;
const ASKS = ["sign_on", "approve", "enter_training", "leave_training"] as const;
const PIN = new RegExp(`^[0-9]{${PIN_DIGITS_COUNT_MIN},${PIN_DIGITS_COUNT_MAX}}$`);

/** Reads one message of a page. */
export function readPageMessage(text: string): WireResult<PageMessage> {
  return readWire(text, pageMessageOf);
}

function pageMessageOf(from: FieldReader): PageMessage {
  const kind = kindOf(from, "kind", PAGE_KINDS, "wire/unknown_kind");
  switch (kind) {
    case "hello":
      return {
        kind,
        view: from.whole("view", 1, VIEW_NUMBER_MAX),
        language: from.nullable("language", (its, name) => its.word(name, LANGUAGES)),
      };
    case "open":
      return { kind, panel: panelOf(from.object("panel")) };
    case "command":
      return { kind, ...numberOf(from), command: readCommand(from.object("command")) };
    case "pin":
      return pinOf(from);
    case "scan":
      return { kind, ...numberOf(from), text: from.text("text", SCAN_TEXT_LENGTH_MAX) };
    case "pair_printer":
      return { kind, ...numberOf(from), printer: readPairedPrinter(from.object("printer")) };
    case "test_print":
      return { kind, ...numberOf(from) };
    case "reader":
      return readerOf(from);
    case "scale":
      return scaleOf(from);
  }
}

function readerOf(from: FieldReader): ReaderMessage {
  const action = from.word("action", ["cancel", "check", "close_day"]);
  const reader = from.text("reader", READER_NAME_LENGTH_MAX);
  const tender = from.nullable("tender", (its, name) => its.eventId(name));
  if (action === "close_day") {
    if (tender !== null) throw from.wrong("tender");
    return { kind: "reader", ...numberOf(from), action, tender, reader };
  }
  if (tender === null) throw from.wrong("tender");
  if (reader !== "") throw from.wrong("reader");
  return { kind: "reader", ...numberOf(from), action, tender, reader: "" };
}

function scaleOf(from: FieldReader): ScaleMessage {
  const action = from.word("action", ["weigh", "zero", "tare", "clear_tare"]);
  const sku = from.text("sku", SKU_TEXT_LENGTH_MAX);
  if ((sku === "") !== (action !== "weigh")) throw from.wrong("sku");
  return { kind: "scale", ...numberOf(from), action, sku };
}

function numberOf(from: FieldReader): { readonly n: number; readonly clerk: ClerkId | "" } {
  return {
    n: from.whole("n", 1, Number.MAX_SAFE_INTEGER),
    clerk: from.text("clerk", WIRE_TEXT_LENGTH_MAX) === "" ? "" : from.clerkId("clerk"),
  };
}

function panelOf(from: FieldReader): Panel {
  const panel = from.word("panel", PANELS);
  if (panel === "order") return { panel, order: from.eventId("order") };
  return { panel };
}

function pinOf(from: FieldReader): PinMessage {
  const purpose = from.word("purpose", ASKS);
  const asked = { kind: "pin", ...numberOf(from), who: from.clerkId("who"), pin: pinTextOf(from) } as const;
  const isTraining = purpose === "enter_training" || purpose === "leave_training";
  if (asked.pin === "" && !isTraining) throw from.wrong("pin");
  if (purpose === "approve") return { ...asked, purpose, command: readCommand(from.object("command")) };
  const command = from.nullable("command", (its, name) => {
    throw its.wrong(name);
  });
  return { ...asked, purpose, command };
}

// Empty for somebody who has none: pinOf knows where that may be.
function pinTextOf(from: FieldReader): string {
  const pin = from.text("pin", PIN_DIGITS_COUNT_MAX);
  if (pin !== "" && !PIN.test(pin)) throw from.wrong("pin");
  return pin;
}
