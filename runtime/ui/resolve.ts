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
import type { Catalogue } from "../catalogue.ts";

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
  if (!isPieces(named.quantityMilli)) return named;
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
