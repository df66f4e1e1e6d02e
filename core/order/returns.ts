/**
 * Returns against a receipt: what a closing sold and what came back of it.
 *
 * R1 Rights are consumed by units_returned on the order that was sold: once per unit, whoever takes
 *    it back. Two terminals that do it apart are found when their events meet, and marked.
 */
import type { EventId, LineId } from "../ids.ts";
import { prefix, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { State } from "../state.ts";
import { lineAmount, unitsWithin } from "./lines.ts";
import type { ReturnedMoney } from "../types.ts";
import type {
  Check,
  Closing,
  Line,
  Order,
  RecordedOrderEvent,
  RefundedTally,
  ReturnedTally,
  ReturnLink,
} from "./types.ts";

/** What came back of an order's closings, in order of closing and line. */
export function returnedOf(events: readonly RecordedOrderEvent[]): readonly ReturnedTally[] {
  const tallies = new Map<string, ReturnedTally>();
  for (const { event } of events) {
    if (event.type !== "units_returned") continue;
    for (const { line, quantityMilli } of event.lines) {
      const key = `${event.closing} ${line}`;
      const before = tallies.get(key)?.quantityMilli ?? 0;
      const units = Math.max(0, unitsWithin(quantityMilli));
      tallies.set(key, { closing: event.closing, line, quantityMilli: before + units });
    }
  }
  return [...tallies.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
}

/** What came back of an order's priced closings in money, by closing. */
export function refundedOf(events: readonly RecordedOrderEvent[]): readonly RefundedTally[] {
  const tallies = new Map<EventId, RefundedTally>();
  for (const { event } of events) {
    if (event.type !== "units_returned" || event.money === null) continue;
    const { closing, money } = event;
    const before = tallies.get(closing);
    const plus = (field: keyof ReturnedMoney): Minor => sumWithin([before?.[field] ?? ZERO, money[field]]);
    tallies.set(closing, {
      closing,
      linesMinor: plus("linesMinor"),
      taxMinor: plus("taxMinor"),
      tipMinor: plus("tipMinor"),
      roundingMinor: plus("roundingMinor"),
    });
  }
  return [...tallies.values()].sort((a, b) => (a.closing < b.closing ? -1 : 1));
}

/** What a return names as its receipt, or null. */
export function returnLinkOf(events: readonly RecordedOrderEvent[]): ReturnLink | null {
  for (const { event } of events) {
    if (event.type === "return_linked") return { original: event.original, closing: event.closing };
  }
  return null;
}

/** Whether more came back than a check sold: R1's mark. */
export function isReturnedTwice(checks: readonly Check[], returned: readonly ReturnedTally[]): boolean {
  // Nearly every order: nothing came back, and its lines need no look.
  if (returned.length === 0) return false;
  return checks.some((check) =>
    check.lines.some((line) => returnedMilli({ returned }, check, line.id) > line.quantityMilli),
  );
}

/** Units of a check's line that came back so far, by whichever of its closings. */
export function returnedMilli({ returned }: Pick<Order, "returned">, check: Check, line: LineId): number {
  return returned
    .filter((its) => its.line === line && check.closings.some(({ id }) => id === its.closing))
    .reduce((total, { quantityMilli }) => total + quantityMilli, 0);
}

/** What came back of a check so far, in money, of the lines that `counts` names. */
export function worthReturned(order: Order, check: Check, counts: (line: Line) => boolean): Minor {
  return sumWithin(
    check.lines.filter(counts).map((line) => {
      const soldMilli = line.quantityMilli;
      return prefix(lineAmount(line), Math.min(returnedMilli(order, check, line.id), soldMilli), soldMilli);
    }),
  );
}

/** A closing with its check and its order. */
export interface SoldClosing {
  readonly order: Order;
  readonly check: Check;
  readonly closing: Closing;
}

/** The closing of this id among the orders whose opening is held, or null. */
export function findClosing(state: Pick<State, "orders">, closing: EventId): SoldClosing | null {
  for (const { order } of state.orders.values()) {
    for (const check of order.checks) {
      const its = check.closings.find(({ id }) => id === closing);
      if (its !== undefined && !order.marks.includes("order_unknown")) return { order, check, closing: its };
    }
  }
  return null;
}
