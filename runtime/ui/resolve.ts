/**
 * What a tap means at the moment it arrives. A page cannot name an order that it has not been told
 * of yet, so "no order" on the wire is the current one; and a second tap on an item adds a unit to
 * its line. Both are settled here, in the same turn as the decision, so that two fast taps never
 * open two orders.
 */
import type { Command } from "../../core/command.ts";
import { MILLI_ONE } from "../../core/money.ts";
import { isSoldOut } from "../../core/order/decide-lines.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { cardOn } from "../../core/tender/decide.ts";
import type { Catalogue } from "../catalogue.ts";
import type { CardPort } from "./ports.ts";
import type { ScreenCommand } from "./wire.ts";

/** `command` with its order named, and as units of a line where the item has a line at its list price. */
export function resolveTap(state: State, catalogue: Catalogue, command: Command): Command {
  if (command.type !== "add_item" && command.type !== "add_open_item") return command;
  const order = command.order === null ? currentOrder(state) : null;
  const named = order === null ? command : { ...command, order: order.id };
  if (named.type !== "add_item" || named.order === null) return named;
  const item = catalogue.bySku.get(named.sku);
  // A sold-out item is left to the trade, which refuses it but for a return.
  if (item === undefined || isSoldOut(state, item)) return named;
  // Each weighing is a line: its amount is that of its label, and one bag can be taken off again.
  if (item.isByWeight || !isPieces(named.quantityMilli)) return named;
  const line = state.orders
    .get(named.order)
    ?.order.lines.find(
      (its) =>
        its.sku === item.sku &&
        isPieces(its.quantityMilli) &&
        its.priceSource === "list" &&
        its.unitPriceMinor === item.unitPriceMinor &&
        its.taxPpm === item.taxPpm &&
        its.note === "",
    );
  if (line === undefined) return named;
  return { type: "add_units", order: named.order, line: line.id, quantityMilli: named.quantityMilli };
}

function isPieces(quantityMilli: number): boolean {
  return quantityMilli % MILLI_ONE === 0;
}

/**
 * A card command with the device that is connected under its reader's name; every other command as it
 * is. Null when there is no such device, and in training, whose money is not real.
 */
export function withDevice(
  state: State,
  command: Command | Exclude<ScreenCommand, { type: "sign_on" }>,
  cards: Pick<CardPort, "serialOf">,
): Command | null {
  if (command.type !== "request_card" && command.type !== "reverse_card") return command;
  const serial = state.isTraining ? null : cards.serialOf(readerOf(state, command));
  return serial === null ? null : { ...command, serial };
}

function readerOf(
  state: State,
  command: Extract<ScreenCommand, { type: "request_card" | "reverse_card" }>,
): string {
  if (command.type === "request_card") return command.reader;
  const order = state.orders.get(command.order)?.order;
  return (order === undefined ? null : cardOn(order, command.tender))?.reader ?? "";
}
