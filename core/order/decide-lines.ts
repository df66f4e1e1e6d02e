/**
 * Commands that put lines on an order and change them. Each answers with events or a refusal;
 * refusals in the order in which they are listed in tests.
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context, Item } from "../context.ts";
import type { ClerkGrant, OrderKind } from "../facts.ts";
import type { Event, LineAdded } from "../types.ts";
import {
  NAME_TEXT_LENGTH_MAX,
  NOTE_TEXT_LENGTH_MAX,
  ORDER_LINES_COUNT_MAX,
  ORDER_TOTAL_MINOR_MAX,
  PRICED_LINES_COUNT_MAX,
  QUANTITY_MILLI_MAX,
  REASON_TEXT_LENGTH_MAX,
  SKU_TEXT_LENGTH_MAX,
  UNIT_PRICE_MINOR_MAX,
} from "../limits.ts";
import { milli, MILLI_ONE, minor, ZERO } from "../money.ts";
import { listedPrice, tabledRate } from "../price/order/entry.ts";
import { rulesForNext } from "../price/rules/source.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { believedNow, idAhead } from "../state.ts";
import type { State } from "../state.ts";
import { amountOf } from "./lines.ts";
import { frontierOf } from "./sort.ts";
import type { Line, Order } from "./types.ts";

/** The answer of a decision: what happened, in order, or why it may not. */
export type Decided = { readonly ok: true; readonly events: readonly Event[] } | Refused;

/** Whether a clerk's grant holds a right. */
export function may(grant: ClerkGrant, right: ClerkGrant["rights"][number]): boolean {
  return grant.rights.includes(right);
}

/** Opens an order: a sale, or a return without its receipt by right and reason. */
export function decideOpen(grant: ClerkGrant, context: Context, command: Of<"open_order">): Decided {
  if (command.kind === "return" && !may(grant, "blind_return"))
    return refuse("clerk/right_missing", "blind_return");
  if (!fits(command.label, NAME_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "label");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  if (command.kind === "return" && command.reason.trim() === "") return refuse("order/reason_missing");
  const reason = command.kind === "return" ? command.reason : "";
  return { ok: true, events: [opened(command.kind, context, command.label, reason)] };
}

function opened(kind: OrderKind, context: Context, label: string, reason: string): Event {
  return { type: "order_opened", kind, currency: context.currency, label, reason };
}

/** Adds an item of the catalogue at its list price; opens a sale when no order is named. */
export function decideAddItem(state: State, context: Context, command: Of<"add_item">): Decided {
  const item = context.item(command.sku);
  if (item === null) return refuse("item/unknown", command.sku);
  // What is sold out may still be brought back.
  const isReturn = command.order !== null && state.orders.get(command.order)?.order.kind === "return";
  if (isSoldOut(state, item) && !isReturn) return refuse("item/sold_out", command.sku);
  return added(state, context, command.order, item, command.quantityMilli, "list", "");
}

/** Adds one unit at the price of its label, under the item's name and tax; opens a sale when no order is named. */
export function decideAddLabelledItem(
  state: State,
  context: Context,
  command: Of<"add_labelled_item">,
): Decided {
  const item = context.item(command.sku);
  if (item === null) return refuse("item/unknown", command.sku);
  const isReturn = command.order !== null && state.orders.get(command.order)?.order.kind === "return";
  if (isSoldOut(state, item) && !isReturn) return refuse("item/sold_out", command.sku);
  // A scale prints no free label; a free one would be a misread.
  if (!isWhole(command.unitPriceMinor, 1, UNIT_PRICE_MINOR_MAX))
    return refuse("command/out_of_range", "price");
  const labelled = { ...item, unitPriceMinor: minor(command.unitPriceMinor) };
  return added(state, context, command.order, labelled, MILLI_ONE, "label", "");
}

/** Whether an item is off sale: what was set on this terminal goes before what the catalogue says. */
export function isSoldOut(state: State, item: Pick<Item, "sku" | "isSoldOut">): boolean {
  return state.soldOut.get(item.sku) ?? item.isSoldOut;
}

/** Takes an item off sale on this terminal, or puts it back. */
export function decideSoldOut(
  state: State,
  context: Context,
  grant: ClerkGrant,
  command: Of<"set_sold_out">,
): Decided {
  if (!may(grant, "stock")) return refuse("clerk/right_missing", "stock");
  const item = context.item(command.sku);
  if (item === null) return refuse("item/unknown", command.sku);
  if (isSoldOut(state, item) === command.isSoldOut) return { ok: true, events: [] };
  const { sku, isSoldOut: isOff } = command;
  return { ok: true, events: [{ type: "item_availability_set", sku, isSoldOut: isOff }] };
}

/** Adds an item at a price keyed by hand, by right and reason; the catalogue may not know it. */
export function decideAddOpenItem(
  state: State,
  context: Context,
  grant: ClerkGrant,
  command: Of<"add_open_item">,
): Decided {
  if (!may(grant, "open_price")) return refuse("clerk/right_missing", "open_price");
  if (!fits(command.sku, SKU_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "sku");
  if (!fits(command.name, NAME_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "name");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  if (!isWhole(command.unitPriceMinor, 0, UNIT_PRICE_MINOR_MAX))
    return refuse("command/out_of_range", "price");
  if (command.reason.trim() === "") return refuse("order/reason_missing");
  const known = context.item(command.sku);
  const item: Item = {
    sku: command.sku,
    name: command.name === "" ? (known?.name ?? command.sku) : command.name,
    unitPriceMinor: minor(command.unitPriceMinor),
    taxPpm: known?.taxPpm ?? context.openItemTaxPpm,
    isSoldOut: false,
    category: known?.category ?? "",
    priceVersion: known?.priceVersion ?? 0,
  };
  return added(state, context, command.order, item, command.quantityMilli, "open", command.reason);
}

function added(
  state: State,
  context: Context,
  orderId: Order["id"] | null,
  item: Item,
  quantityMilli: number,
  priceSource: LineAdded["priceSource"],
  reason: string,
): Decided {
  if (!isWhole(quantityMilli, 1, QUANTITY_MILLI_MAX)) return refuse("command/out_of_range", "quantity");
  const order = orderId === null ? null : (heldOrder(state, orderId) ?? "unknown");
  if (order === "unknown") return refuse("order/unknown");
  const closed = order === null ? null : changeRefused(order);
  if (closed !== null) return closed;
  const entry = entryOf(state, context, order, item, priceSource);
  const lineCountMax = entry.pricing === null ? ORDER_LINES_COUNT_MAX : PRICED_LINES_COUNT_MAX;
  if (order !== null && order.lines.length >= lineCountMax) return refuse("order/too_many_lines");
  const quantity = milli(quantityMilli);
  const totalMinor = (order?.openTotalMinor ?? ZERO) + amountOf(entry.unitPriceMinor, quantity);
  if (totalMinor > ORDER_TOTAL_MINOR_MAX) return refuse("command/out_of_range", "amount");
  const line = (id: Order["id"]): Event => ({
    type: "line_added",
    order: id,
    sku: item.sku,
    name: item.name,
    quantityMilli: quantity,
    unitPriceMinor: entry.unitPriceMinor,
    taxPpm: entry.taxPpm,
    priceSource,
    reason,
    checksSeenCount: order?.holdCount ?? 0,
    returnOf: null,
    priceVersion: item.priceVersion,
    pricing: entry.pricing,
  });
  if (order === null) return { ok: true, events: [opened("sale", context, "", ""), line(idAhead(state, 0))] };
  return { ok: true, events: [line(order.id)] };
}

// What the order's rules say of a line at the moment at which it is entered.
function entryOf(
  state: State,
  context: Context,
  order: Order | null,
  item: Item,
  priceSource: LineAdded["priceSource"],
): Pick<LineAdded, "unitPriceMinor" | "taxPpm" | "pricing"> {
  const { sku, category, unitPriceMinor, taxPpm } = item;
  const rules = rulesForNext(order?.lines ?? [], context.pricing);
  if (rules === null) return { unitPriceMinor, taxPpm, pricing: null };
  const at = believedNow(state, context);
  const place = { ...context.pricing.place, tier: order?.adjustments.tier ?? "" };
  const listed = priceSource === "list" ? listedPrice(rules, sku, at, place) : null;
  const known = priceSource === "open" ? context.item(sku) : null;
  return {
    unitPriceMinor: listed?.unitPriceMinor ?? unitPriceMinor,
    taxPpm: tabledRate(rules, { sku, category }, at) ?? taxPpm,
    pricing: {
      rulesVersion: rules.version,
      at,
      category,
      listPriceMinor: listed === null ? (known?.unitPriceMinor ?? null) : unitPriceMinor,
      priceList: listed?.priceList ?? "",
    },
  };
}

/** Adds units to a line under the facts it was first sold under. */
export function decideAddUnits(order: Order, command: Of<"add_units">): Decided {
  const line = lineIn(order, command.line);
  if (!isWhole(command.quantityMilli, 1, QUANTITY_MILLI_MAX))
    return refuse("command/out_of_range", "quantity");
  const closed = changeRefused(order);
  if (closed !== null) return closed;
  if (line === null) return refuse("line/unknown");
  const addedMinor = amountOf(line.unitPriceMinor, milli(command.quantityMilli));
  if (order.openTotalMinor + addedMinor > ORDER_TOTAL_MINOR_MAX)
    return refuse("command/out_of_range", "amount");
  return {
    ok: true,
    events: [
      {
        type: "units_added",
        order: order.id,
        line: line.id,
        quantityMilli: milli(command.quantityMilli),
        checksSeenCount: order.holdCount,
      },
    ],
  };
}

/** Takes units off a line, at most those that are open. */
export function decideRemoveUnits(order: Order, command: Of<"remove_units">): Decided {
  if (!isWhole(command.quantityMilli, 1, QUANTITY_MILLI_MAX))
    return refuse("command/out_of_range", "quantity");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  const closed = changeRefused(order);
  if (closed !== null) return closed;
  const line = lineIn(order, command.line);
  if (line === null) return refuse("line/unknown");
  if (line.quantityMilli < command.quantityMilli) return refuse("line/units_missing");
  const { reason } = command;
  const quantityMilli = milli(command.quantityMilli);
  return {
    ok: true,
    events: [{ type: "units_removed", order: order.id, line: line.id, quantityMilli, reason }],
  };
}

/** Sets the note of a line, or of the order when no line is named; an empty text takes it away. */
export function decideNote(order: Order, command: Of<"set_note">): Decided {
  if (!fits(command.text, NOTE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "note");
  const closed = changeRefused(order);
  if (closed !== null) return closed;
  if (command.line !== null && lineIn(order, command.line) === null) return refuse("line/unknown");
  return {
    ok: true,
    events: [{ type: "note_set", order: order.id, line: command.line, text: command.text }],
  };
}

/** Voids what is open on an order, by right and reason. */
export function decideVoid(
  state: State,
  order: Order,
  grant: ClerkGrant,
  command: Of<"void_order">,
): Decided {
  if (!may(grant, "void")) return refuse("clerk/right_missing", "void");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  const closed = changeRefused(order);
  if (closed !== null) return closed;
  if (command.reason.trim() === "") return refuse("order/reason_missing");
  const frontier = frontierOf(state.orders.get(order.id)?.events ?? []);
  return { ok: true, events: [{ type: "order_voided", order: order.id, frontier, reason: command.reason }] };
}

/**
 * The order of this id if its opening is held too, else null: late events of a peer may arrive before
 * the opening, or after this terminal let go of an order, and say too little to work on.
 */
export function heldOrder(state: State, id: Order["id"]): Order | null {
  const order = state.orders.get(id)?.order ?? null;
  return order === null || order.marks.includes("order_unknown") ? null : order;
}

/** Why the lines of this order may not change, or null when they may. */
export function changeRefused(order: Order): Refused | null {
  if (order.phase === "frozen") return refuse("order/frozen");
  if (order.phase === "closed" || order.phase === "voided") return refuse("order/not_open");
  return order.isParked ? refuse("order/parked") : null;
}

function lineIn(order: Order, id: Line["id"]): Line | null {
  return order.lines.find((line) => line.id === id) ?? null;
}

/** Whether `value` is a whole number from `min` to `max`. */
export function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}

/** Whether `text` is well-formed, at most `lengthMax` UTF-16 units and free of control characters. */
export function fits(text: string, lengthMax: number): boolean {
  return text.length <= lengthMax && text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}
