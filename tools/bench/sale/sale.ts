/**
 * The sale of the benches: so many lines, one of them twice, paid with two tenders, its receipt
 * printed. With seven lines' taps it is 13 events.
 */
import type { Command } from "../../../core/command.ts";
import type { Order } from "../../../core/order/types.ts";
import { currentOrder } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { itemAt } from "./shop.ts";

/** Events of a sale beside its lines: opened, units added, frozen, two tenders, closed, printed. */
const EVENTS_BESIDE_LINES_COUNT = 7;
/** The first tender; the second pays the rest. */
export const FIRST_TENDER_MINOR = 200;

/** Events of a sale with so many lines. */
export function eventsOfSale(lineCount: number): number {
  return lineCount + EVENTS_BESIDE_LINES_COUNT;
}

/** What came of a sale: the same for every side that is measured. */
export interface SaleResult {
  readonly totalMinor: number;
  readonly tenders: readonly number[];
  readonly lineCount: number;
  readonly isPrinted: boolean;
}

/** The commands of one sale, each made when the one before was folded. `ordinal` chooses the items. */
export function* saleCommands(state: State, ordinal: number, lineCount: number): Generator<Command> {
  for (let line = 0; line < lineCount; line += 1) {
    const order = line === 0 ? null : open(state).id;
    yield { type: "add_item", order, sku: itemAt(ordinal + line).sku, quantityMilli: 1000 };
  }
  const { id, lines } = open(state);
  const [first] = lines;
  if (first !== undefined) yield { type: "add_units", order: id, line: first.id, quantityMilli: 1000 };
  const dueMinor = open(state).openTotalMinor;
  yield { type: "take_cash", order: id, handedMinor: FIRST_TENDER_MINOR, leftMinor: null };
  yield { type: "take_cash", order: id, handedMinor: dueMinor - FIRST_TENDER_MINOR, leftMinor: null };
  const [job] = orderIn(state, id)?.jobs ?? [];
  if (job !== undefined) {
    yield { type: "finish_print", order: id, job: job.id, outcome: "printed", code: "", mark: "none" };
  }
}

/** What the newest closed order came to. */
export function resultOf(state: State): SaleResult {
  const order = [...state.orders.values()].at(-1)?.order;
  const check = order?.checks[0];
  return {
    totalMinor: check?.dueMinor ?? 0,
    tenders: check?.tenders.map(({ amountMinor }) => amountMinor) ?? [],
    lineCount: check?.lines.length ?? 0,
    isPrinted: order?.jobs[0]?.outcome === "printed",
  };
}

function orderIn(state: State, id: Order["id"]): Order | undefined {
  return state.orders.get(id)?.order;
}

function open(state: State): Order {
  const order = currentOrder(state);
  if (order === null) throw new Error("bench: an order must be open");
  return order;
}
