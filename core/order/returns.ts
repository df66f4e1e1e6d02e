/**
 * Returns against a receipt: what a closing sold and what came back of it.
 *
 * R1 Rights are consumed by units_returned on the order that was sold: once per unit, whoever takes
 *    it back. Two terminals that do it apart are found when their events meet, and marked.
 */
import type { EventId, LineId } from "../ids.ts";
import { prefix, sumWithin } from "../money.ts";
import type { Milli, Minor } from "../money.ts";
import { unitsWithin } from "./lines.ts";
import type { Check, Closing, Order, RecordedOrderEvent, ReturnedTally, ReturnLink } from "./types.ts";

/** What came back of an order's closings, in order of closing and line. */
export function returnedOf(events: readonly RecordedOrderEvent[]): readonly ReturnedTally[] {
  const tallies = new Map<string, ReturnedTally>();
  for (const { event } of events) {
    if (event.type !== "units_returned") continue;
    for (const { line, quantityMilli } of event.lines) {
      const key = `${event.closing} ${line}`;
      const before = tallies.get(key)?.quantityMilli ?? 0;
      tallies.set(key, { closing: event.closing, line, quantityMilli: before + unitsWithin(quantityMilli) });
    }
  }
  return [...tallies.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
}

/** What a return names as its receipt, or null. */
export function returnLinkOf(events: readonly RecordedOrderEvent[]): ReturnLink | null {
  for (const { event } of events) {
    if (event.type === "return_linked") return { original: event.original, closing: event.closing };
  }
  return null;
}

/** Whether more came back than a closing sold: R1's mark. */
export function isReturnedTwice(checks: readonly Check[], returned: readonly ReturnedTally[]): boolean {
  return returned.some(({ closing, line, quantityMilli }) => {
    const check = checks.find((its) => its.closings.some(({ id }) => id === closing));
    const soldMilli = check?.lines.find((its) => its.id === line)?.quantityMilli;
    return soldMilli !== undefined && quantityMilli > soldMilli;
  });
}

/** Units of a closing's line that came back so far. */
export function returnedMilli(order: Order, closing: EventId, line: LineId): number {
  return order.returned.find((its) => its.closing === closing && its.line === line)?.quantityMilli ?? 0;
}

/** What came back of a closing so far, in money. */
export function worthReturned(
  order: Order,
  closing: EventId,
  sold: readonly { readonly line: LineId; readonly soldMilli: Milli; readonly soldMinor: Minor }[],
): Minor {
  return sumWithin(
    sold.map(({ line, soldMilli, soldMinor }) =>
      prefix(soldMinor, Math.min(returnedMilli(order, closing, line), soldMilli), soldMilli),
    ),
  );
}

/** The closing of this id with its check, among the orders that are held. */
export function findClosing(
  orders: Iterable<Order>,
  closing: EventId,
): { readonly order: Order; readonly check: Check; readonly closing: Closing } | null {
  for (const order of orders) {
    for (const check of order.checks) {
      const its = check.closings.find(({ id }) => id === closing);
      if (its !== undefined) return { order, check, closing: its };
    }
  }
  return null;
}
