/**
 * What page and runtime say to each other, as JSON over one WebSocket, and the reader of what a
 * page says. Shared by both sides.
 *
 *     page -> runtime   hello, command, open          read here
 *     runtime -> page   welcome, view, orders, answer, fault    read by wire-view.ts
 *
 * A page may send every command but finish_print, which only the print executor knows.
 * Rights and amounts are not checked here: the trade does that and answers in words.
 */
import type { Command } from "../../core/command.ts";
import type { CheckId, ClerkId, LineId, OrderId } from "../../core/ids.ts";
import type { OrderPhase } from "../../core/order/types.ts";
import type { OrderKind } from "../../core/facts.ts";
import { readWire } from "./fields.ts";
import type { FieldReader, WireCode, WireResult } from "./fields.ts";
import { VIEW_NUMBER_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";

/** A screen's language; each page has its own. */
export type Language = "en" | "zh";

/** The languages of a screen. */
export const LANGUAGES: readonly Language[] = ["en", "zh"];

/** The commands that a screen may send: all but those that the runtime says itself. */
export type ScreenCommand = Exclude<
  Command,
  { type: "finish_print" | "finish_report" | "try_pin" | "pass_pin" | "flag_clock" }
>;

/** Lists that a page may keep open; "none" closes the one that is. */
export type ListName = "none" | "orders";

export type PageMessage =
  /** First on every connection, and again when the language changes. Null asks for the store's language. */
  | { readonly kind: "hello"; readonly view: number; readonly language: Language | null }
  /** `n` counts the taps of the page from 1. A tap that is sent again has one effect. */
  | {
      readonly kind: "command";
      readonly n: number;
      readonly clerk: ClerkId | "";
      readonly command: ScreenCommand;
    }
  | { readonly kind: "open"; readonly list: ListName };

/** Why the connection itself was refused something; not about the trade. */
export type PageFaultCode = WireCode | "wire/hello_missing" | "wire/too_many_messages";

/** A clerk who may sign on here. */
export interface StaffView {
  readonly clerk: ClerkId;
  readonly name: string;
}

/** A chip above the items. */
export interface CategoryView {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
}

/** A tile: what is sold, by its list price. */
export interface ItemView {
  readonly sku: string;
  readonly category: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly priceMinor: number;
  readonly isSoldOut: boolean;
}

/** What a page needs once: sent after each hello. */
export interface Welcome {
  readonly shopName: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly exponent: number;
  readonly language: Language;
  /** Who signed on at this screen last since the runtime started; empty for nobody. */
  readonly clerk: ClerkId | "";
  readonly staff: readonly StaffView[];
  readonly categories: readonly CategoryView[];
  readonly items: readonly ItemView[];
}

export interface LineView {
  readonly line: LineId;
  readonly sku: string;
  /** As it will stand on the receipt. */
  readonly name: string;
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  readonly note: string;
}

/** The order that the screen works on: its open lines, or those of the check that waits for money. */
export interface OrderView {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly phase: "open" | "frozen";
  /** The frozen check, null while lines may change. */
  readonly check: CheckId | null;
  readonly lines: readonly LineView[];
  /** Pieces; a weighed line counts as one. */
  readonly itemCount: number;
  /** To pay, or to pay out of a return: at least 0 for either kind. */
  readonly totalMinor: number;
  readonly takenMinor: number;
  readonly leftMinor: number;
}

/** "pending" until the printer has answered; "none" when there is nothing to print. */
export type PrintView = "none" | "pending" | "printed" | "failed" | "unknown";

/** The newest closing of this terminal. */
export interface LastView {
  readonly order: OrderId;
  readonly receipt: string;
  readonly totalMinor: number;
  readonly handedMinor: number;
  readonly changeMinor: number;
  readonly print: PrintView;
  /** A printer/… code, empty when there is nothing to say. */
  readonly printCode: string;
  /** What that code means for a clerk. */
  readonly printer: PrinterState;
}

/** "red": not yet on disk. "amber": on disk here. "green": headquarters holds everything durably. */
export type Light = "red" | "amber" | "green";
/** "none": this terminal has no headquarters. */
export type LinkState = "up" | "down" | "none";
export type PrinterState = "none" | "ready" | "unreachable" | "paper_out" | "cover_open" | "fault";
export type DiskHealth = "ok" | "full" | "failed" | "damaged";

export interface StatusView {
  /** Hours and minutes in the store's zone. */
  readonly timeText: string;
  readonly link: LinkState;
  readonly light: Light;
  /** Records of the journal that headquarters has not acknowledged. */
  readonly unsentCount: number;
  /** Closed sales and returns among them. */
  readonly unsentSalesCount: number;
  readonly printer: PrinterState;
  readonly disk: DiskHealth;
}

/** One row of the list of today. */
export interface OrderRow {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly timeText: string;
  readonly phase: OrderPhase;
  /** Empty while no check is closed. */
  readonly receipt: string;
  readonly totalMinor: number;
  readonly itemCount: number;
  /** False while its newest record is not on disk: then nothing about it is final. */
  readonly isStored: boolean;
  readonly isUnsent: boolean;
  readonly print: PrintView;
}

export interface RefusalView {
  readonly code: string;
  /** What happened, what is safe, what to do: in the page's language. */
  readonly sentence: string;
}

/** What the runtime says. A view names only what changed since the last one on the same connection. */
export type ScreenMessage =
  | { readonly kind: "welcome"; readonly welcome: Welcome }
  | {
      readonly kind: "view";
      readonly order?: OrderView | null;
      readonly last?: LastView | null;
      readonly status?: StatusView;
    }
  | { readonly kind: "orders"; readonly orders: readonly OrderRow[] }
  | { readonly kind: "answer"; readonly n: number; readonly refusal: RefusalView | null }
  | { readonly kind: "fault"; readonly code: PageFaultCode; readonly sentence: string };

/** Reads one message of a page. */
export function readPageMessage(text: string): WireResult<PageMessage> {
  return readWire(text, pageMessageOf);
}

const PAGE_KINDS = ["hello", "command", "open"] as const;

function pageMessageOf(from: FieldReader): PageMessage {
  const kind = kindOf(from, "kind", PAGE_KINDS, "wire/unknown_kind");
  switch (kind) {
    case "hello":
      from.only("kind", "view", "language");
      return {
        kind,
        view: from.whole("view", 1, VIEW_NUMBER_MAX),
        language: from.nullable("language", (its, name) => its.word(name, LANGUAGES)),
      };
    case "command":
      from.only("kind", "n", "clerk", "command");
      return {
        kind,
        n: from.whole("n", 1, Number.MAX_SAFE_INTEGER),
        clerk: from.text("clerk", WIRE_TEXT_LENGTH_MAX) === "" ? "" : from.clerkId("clerk"),
        command: commandOf(from.object("command")),
      };
    case "open":
      from.only("kind", "list");
      return { kind, list: from.word("list", ["none", "orders"]) };
  }
}

/** The word in a field that decides how the rest is read; `code` when it is none of them. */
export function kindOf<const W extends string>(
  from: FieldReader,
  name: string,
  words: readonly W[],
  code: WireCode,
): W {
  const value = from.text(name, WIRE_TEXT_LENGTH_MAX);
  const found = words.find((word) => word === value);
  if (found === undefined) throw from.wrong(name, code);
  return found;
}

const COMMAND_TYPES = [
  "sign_on",
  "open_order",
  "add_item",
  "add_open_item",
  "add_units",
  "remove_units",
  "set_note",
  "void_order",
  "freeze_check",
  "thaw_check",
  "take_cash",
  "pay_out_cash",
  "close_without_tender",
  "copy_receipt",
] as const satisfies readonly ScreenCommand["type"][];

function commandOf(from: FieldReader): ScreenCommand {
  const type = kindOf(from, "type", COMMAND_TYPES, "wire/unknown_command");
  const text = (name: string): string => from.text(name, WIRE_TEXT_LENGTH_MAX);
  switch (type) {
    case "sign_on":
      from.only("type", "clerk");
      return { type, clerk: from.clerkId("clerk"), attempt: null };
    case "open_order":
      from.only("type", "kind", "label", "reason");
      return {
        type,
        kind: from.word("kind", ["sale", "return"]),
        label: text("label"),
        reason: text("reason"),
      };
    case "add_item":
    case "add_open_item":
      return additionOf(from, type);
    case "add_units":
      from.only("type", "order", "line", "quantityMilli");
      return {
        type,
        order: from.eventId("order"),
        line: from.eventId("line"),
        quantityMilli: from.integer("quantityMilli"),
      };
    case "remove_units":
      from.only("type", "order", "line", "quantityMilli", "reason");
      return {
        type,
        order: from.eventId("order"),
        line: from.eventId("line"),
        quantityMilli: from.integer("quantityMilli"),
        reason: text("reason"),
      };
    case "set_note":
      from.only("type", "order", "line", "text");
      return { type, order: from.eventId("order"), line: nullableId(from, "line"), text: text("text") };
    case "void_order":
      from.only("type", "order", "reason");
      return { type, order: from.eventId("order"), reason: text("reason") };
    case "thaw_check":
      from.only("type", "order", "check");
      return { type, order: from.eventId("order"), check: from.eventId("check") };
    case "take_cash":
      from.only("type", "order", "handedMinor", "leftMinor");
      return {
        type,
        order: from.eventId("order"),
        handedMinor: from.integer("handedMinor"),
        leftMinor: from.nullable("leftMinor", (its, name) => its.integer(name)),
      };
    case "freeze_check":
    case "pay_out_cash":
    case "close_without_tender":
    case "copy_receipt":
      from.only("type", "order");
      return { type, order: from.eventId("order") };
  }
}

function additionOf(from: FieldReader, type: "add_item" | "add_open_item"): ScreenCommand {
  const text = (name: string): string => from.text(name, WIRE_TEXT_LENGTH_MAX);
  if (type === "add_item") {
    from.only("type", "order", "sku", "quantityMilli");
    return {
      type,
      order: nullableId(from, "order"),
      sku: text("sku"),
      quantityMilli: from.integer("quantityMilli"),
    };
  }
  from.only("type", "order", "sku", "name", "quantityMilli", "unitPriceMinor", "reason");
  return {
    type,
    order: nullableId(from, "order"),
    sku: text("sku"),
    name: text("name"),
    quantityMilli: from.integer("quantityMilli"),
    unitPriceMinor: from.integer("unitPriceMinor"),
    reason: text("reason"),
  };
}

function nullableId(from: FieldReader, name: string): (OrderId & LineId) | null {
  return from.nullable(name, (its, field) => its.eventId(field));
}
