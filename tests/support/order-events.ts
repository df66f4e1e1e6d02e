/** Events of one order, "A/1", with defaults, for tests that place each event by hand. */
import type { EventId } from "../../core/ids.ts";
import { clerkId, parseEventId } from "../../core/ids.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { compareRecorded } from "../../core/order/sort.ts";
import type { Line, Order, RecordedOrderEvent } from "../../core/order/types.ts";
import type { Frontier, PrintMark, PrintOutcome } from "../../core/facts.ts";
import type { OrderEvent } from "../../core/types.ts";
import { id } from "./core-fixtures.ts";

/** The order that all of these events name. */
export const ORDER = id("A/1");

/** "A/4 B/2@3" as a frontier: A's event 4 of epoch 1 and B's event 2 of epoch 3. */
export function frontier(text: string): Frontier {
  const names = text.split(" ").filter((name) => name !== "");
  return names.flatMap((name) => parseEventId(id(name)) ?? []);
}

/** The order's opening: it has to be placed as A's event 1. */
export function opened(kind: "sale" | "return" = "sale"): OrderEvent {
  return { type: "order_opened", kind, currency: "SEK", label: "", reason: "" };
}

/** A line of tea at 2.50, 25 % inclusive. */
export function line(units: number, checksSeenCount = 0): OrderEvent {
  return {
    type: "line_added",
    order: ORDER,
    sku: "tea",
    name: "Tea",
    quantityMilli: milli(units * 1000),
    unitPriceMinor: minor(250),
    taxPpm: ppm(250_000),
    priceSource: "list",
    reason: "",
    checksSeenCount,
    returnOf: null,
    priceVersion: 0,
    pricing: null,
  };
}

/** Units added to a line. */
export function more(its: string, units: number, checksSeenCount = 0): OrderEvent {
  const quantityMilli = milli(units * 1000);
  return { type: "units_added", order: ORDER, line: id(its), quantityMilli, checksSeenCount };
}

/** Units taken off a line. */
export function less(its: string, units: number): OrderEvent {
  return {
    type: "units_removed",
    order: ORDER,
    line: id(its),
    quantityMilli: milli(units * 1000),
    reason: "",
  };
}

/** A note of a line, or of the order. */
export function note(its: string | null, text: string): OrderEvent {
  return { type: "note_set", order: ORDER, line: its === null ? null : id(its), text };
}

/** A freeze of what its author held. */
export function freeze(held: string, dueMinor = 250): OrderEvent {
  return {
    type: "check_frozen",
    order: ORDER,
    frontier: frontier(held),
    dueMinor: minor(dueMinor),
    pricing: null,
  };
}

/** A void of what its author held. */
export function voided(held: string): OrderEvent {
  return { type: "order_voided", order: ORDER, frontier: frontier(held), reason: "left" };
}

/** A thaw of a check. */
export function thaw(check: string): OrderEvent {
  return { type: "check_thawed", order: ORDER, check: id(check) };
}

/** Cash for a check, without change. */
export function cash(check: string, amountMinor: number): OrderEvent {
  const money = { amountMinor: minor(amountMinor), handedMinor: minor(amountMinor), changeMinor: minor(0) };
  return {
    type: "tender_captured",
    order: ORDER,
    check: id(check),
    method: "cash",
    ...money,
    shift: null,
    request: null,
  };
}

/** A closing without tenders or taxes in its facts: a fold copies whatever they are. */
export function closed(check: string, totalMinor: number): OrderEvent {
  return {
    type: "check_closed",
    order: ORDER,
    check: id(check),
    clerk: clerkId("boss"),
    totalMinor: minor(totalMinor),
    taxes: [],
    tenders: [],
    receipt: { series: "S1", number: 1 },
    viewHash: new Uint8Array(32),
    roundingMinor: ZERO,
    shift: null,
  };
}

/** A copy of a closing's receipt. */
export function copied(closing: string, copyNumber: number): OrderEvent {
  return { type: "receipt_copied", order: ORDER, closing: id(closing), copyNumber };
}

/** Units of a closing's line that came back by the return "R/1". */
export function returned(closing: string, its: string, units: number): OrderEvent {
  const lines = [{ line: id(its), quantityMilli: milli(units * 1000) }];
  return {
    type: "units_returned",
    order: ORDER,
    closing: id(closing),
    by: id("R/1"),
    lines,
    money: null,
    tenders: null,
  };
}

/** The end of a print job. */
export function printed(job: string, outcome: PrintOutcome, mark: PrintMark = "none"): OrderEvent {
  return {
    type: "print_finished",
    order: ORDER,
    job: id(job),
    outcome,
    code: outcome === "printed" ? "" : "printer/silent",
    mark,
  };
}

/** The order that these events make, in whatever order they are given. */
export function folded(...events: readonly RecordedOrderEvent[]): Order {
  return foldOrder(ORDER, events.toSorted(compareRecorded));
}

/** "A/2 x 3, B/4 x 1" for lines of so many units. */
export function unitsText(lines: readonly Line[]): string {
  return lines.map((its) => `${shortId(its.id)} x ${its.quantityMilli / 1000}`).join(", ");
}

/** An id as `id` reads it, without the epoch. */
export function shortId(eventId: EventId): string {
  const key = parseEventId(eventId);
  return key === null ? "?" : `${key.terminal}/${key.seq}`;
}
