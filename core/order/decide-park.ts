/**
 * Commands that lay an order aside, take it up again, and take an edit back.
 *
 * U1 An undo is recorded as the opposite edit and then what it undid; both leave the stack of edits,
 *    so undo after undo goes further back and never forth.
 * U2 What a check or a void took, or somebody else removed, is not taken back.
 */
import type { CommandOf as Of } from "../command.ts";
import type { EventId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { NAME_TEXT_LENGTH_MAX } from "../limits.ts";
import { refuse } from "../refusal.ts";
import type { State } from "../state.ts";
import type { Event } from "../types.ts";
import { changeRefused, fits } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { insideFrontier } from "./sort.ts";
import type { Order, RecordedOrderEvent } from "./types.ts";

/** Lays an order aside; the next item opens another one. */
export function decidePark(state: State, order: Order, command: Of<"park_order">): Decided {
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  if (!fits(command.label, NAME_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "label");
  // A bill whose card nobody knows of may wait while the next customer is served.
  const waitsForCard = order.checks.some(({ cards }) => cards.some(({ status }) => status === "unknown"));
  const closed = waitsForCard ? null : changeRefused(order);
  if (closed !== null) return closed;
  if (order.lines.length === 0 && !waitsForCard) return refuse("order/empty");
  const label = command.label === "" ? order.label : command.label;
  return { ok: true, events: [{ type: "order_parked", order: order.id, label }] };
}

/** Takes a parked order up: it is the one that the screen works on. */
export function decideRecall(state: State, order: Order): Decided {
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  if (!order.isParked) return refuse("order/not_parked");
  return { ok: true, events: [{ type: "order_recalled", order: order.id }] };
}

/** Takes back the newest edit of lines that this terminal made and has not taken back. */
export function decideUndo(state: State, order: Order): Decided {
  const closed = changeRefused(order);
  if (closed !== null) return closed;
  const events = state.orders.get(order.id)?.events ?? [];
  const edit = newestEdit(state, events);
  if (edit === null || isHeld(order, edit, events)) return refuse("undo/nothing");
  const inverse = inverseOf(order, edit, events);
  if (inverse === null) return refuse("undo/nothing");
  return { ok: true, events: [inverse, { type: "edit_undone", order: order.id, undone: eventId(edit) }] };
}

// U1
function newestEdit(state: State, events: readonly RecordedOrderEvent[]): RecordedOrderEvent | null {
  const stack = new Map<EventId, RecordedOrderEvent>();
  let newest: EventId | null = null;
  for (const recorded of events) {
    if (recorded.terminal !== state.terminal) continue;
    const { event } = recorded;
    if (event.type === "edit_undone") {
      const given = newest === null ? undefined : stack.get(newest);
      if (newest !== null) stack.delete(newest);
      takeOff(stack, event.undone, given);
    } else if (
      event.type === "line_added" ||
      event.type === "units_added" ||
      event.type === "units_removed" ||
      event.type === "discount_given" ||
      event.type === "coupon_entered" ||
      event.type === "adjustment_withdrawn"
    ) {
      newest = eventId(recorded);
      stack.set(newest, recorded);
    }
  }
  return [...stack.values()].at(-1) ?? null;
}

/** What was taken back leaves the stack; a discount that came back with it stands where the first stood. */
function takeOff(
  stack: Map<EventId, RecordedOrderEvent>,
  undone: EventId,
  given: RecordedOrderEvent | undefined,
): void {
  for (const [key, recorded] of stack) {
    if (key !== undone && eventId(recorded) !== undone) continue;
    stack.delete(key);
    const { event } = recorded;
    if (event.type === "adjustment_withdrawn" && given !== undefined && stack.has(event.adjustment))
      stack.set(event.adjustment, given);
  }
}

// U2
function isHeld(order: Order, edit: RecordedOrderEvent, events: readonly RecordedOrderEvent[]): boolean {
  return events.some((recorded) => {
    const { event } = recorded;
    if (event.type !== "check_frozen" && event.type !== "order_voided") return false;
    const check = order.checks.find(({ id }) => id === eventId(recorded));
    return check?.status !== "thawed" && insideFrontier(event.frontier, edit);
  });
}

function inverseOf(
  order: Order,
  { event, ...place }: RecordedOrderEvent,
  events: readonly RecordedOrderEvent[],
): Event | null {
  switch (event.type) {
    case "discount_given":
    case "coupon_entered": {
      const adjustment = eventId(place);
      const { discounts, coupons } = order.adjustments;
      const isThere = [...discounts, ...coupons].some(({ id }) => id === adjustment);
      return isThere ? { type: "adjustment_withdrawn", order: order.id, adjustment } : null;
    }
    case "adjustment_withdrawn": {
      const given = events.find((recorded) => eventId(recorded) === event.adjustment)?.event;
      return given?.type === "discount_given" || given?.type === "coupon_entered" ? given : null;
    }
    case "line_added":
    case "units_added": {
      const line = event.type === "line_added" ? eventId(place) : event.line;
      const { quantityMilli } = event;
      const openMilli = order.lines.find((its) => its.id === line)?.quantityMilli ?? 0;
      // What somebody else took off the line meanwhile is not there to be taken back.
      if (openMilli < quantityMilli) return null;
      return { type: "units_removed", order: order.id, line, quantityMilli, reason: "undo" };
    }
    case "units_removed": {
      const { line, quantityMilli } = event;
      return { type: "units_added", order: order.id, line, quantityMilli, checksSeenCount: order.holdCount };
    }
    default:
      return null;
  }
}
