/**
 * The rules of projecting a shop's day: closed shifts as their terminals counted them, what closings
 * moved of each item, and the lines that they sold.
 */
import { eventId } from "../../core/ids.ts";
import { checkAmounts, lineAmount } from "../../core/order/lines.ts";
import type { Order, RecordedOrderEvent } from "../../core/order/types.ts";
import type { Recorded } from "../../core/types.ts";
import type { ClosingLineRow, ShiftRow, StockMoveRow } from "./store/rows.ts";

/** The Z that a record is, or null. */
export function shiftRowOf(recorded: Recorded): ShiftRow | null {
  const { terminal, epoch, seq, at, event } = recorded;
  if (event.type !== "shift_closed") return null;
  const { shift, zNumber, report, countedMinor, differenceMinor, reason } = event;
  return { terminal, epoch, seq, shift, zNumber, atMs: at, report, countedMinor, differenceMinor, reason };
}

/** What an order's closings moved: sold units leave the shelf, returned ones come back to it. */
export function stockMovesOf(order: Order, events: readonly RecordedOrderEvent[]): readonly StockMoveRow[] {
  const sign = order.kind === "sale" ? -1 : 1;
  return events.flatMap((recorded): readonly StockMoveRow[] => {
    const { event, terminal, epoch, seq } = recorded;
    if (event.type !== "check_closed") return [];
    const check = order.checks.find((its) => its.id === event.check);
    // Who closed a check twice sold it once.
    if (check === undefined || check.closings[0]?.id !== eventId(recorded)) return [];
    const moved = new Map<string, number>();
    for (const { sku, quantityMilli } of check.lines)
      moved.set(sku, (moved.get(sku) ?? 0) + sign * quantityMilli);
    return [...moved].map(([sku, quantityMilli]) => ({ terminal, epoch, seq, sku, quantityMilli }));
  });
}

/** The lines of an order's closings. Of a check that was closed twice only the first closing has any. */
export function closingLinesOf(
  order: Order,
  events: readonly RecordedOrderEvent[],
): readonly ClosingLineRow[] {
  const sign = order.kind === "sale" ? 1 : -1;
  return events.flatMap((recorded): readonly ClosingLineRow[] => {
    const { event, terminal, epoch, seq, at } = recorded;
    if (event.type !== "check_closed") return [];
    const check = order.checks.find((its) => its.id === event.check);
    if (check === undefined || check.closings[0]?.id !== eventId(recorded)) return [];
    const amounts = checkAmounts(check);
    return check.lines.map((line, lineIndex) => ({
      terminal,
      epoch,
      seq,
      lineIndex,
      atMs: at,
      currency: order.currency,
      sku: line.sku,
      name: line.name,
      quantityMilli: sign * line.quantityMilli,
      amountMinor: sign * (amounts[lineIndex] ?? lineAmount(line)),
      taxPpm: line.taxPpm,
    }));
  });
}
