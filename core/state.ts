/**
 * What one machine knows: its own position in its journal, who is signed on, and the orders it holds.
 * The state is owned by the loop that folds into it: `evolve` updates these tables in place (a copy
 * of thousands of orders for each tap would be waste), while every Order in them is immutable.
 */
import type { ClerkId, Epoch, EventId, OrderId, TerminalId } from "./ids.ts";
import { eventId } from "./ids.ts";
import type { Order, RecordedOrderEvent } from "./order/types.ts";
import type { ClerkGrant } from "./types.ts";

/** An order with the events it is the fold of, sorted. */
export interface OrderEntry {
  readonly order: Order;
  readonly events: readonly RecordedOrderEvent[];
}

/** See the header: tables are updated in place by evolve and by nothing else. */
export interface State {
  /** The terminal whose journal this is; headquarters folds with its own name. */
  readonly terminal: TerminalId;
  epoch: Epoch;
  /** The last seq of this terminal's own journal; 0 before its first record. */
  seq: number;
  /** The highest Lamport time seen from anyone. */
  lamport: number;
  receiptSeries: string;
  nextReceiptNumber: number;
  readonly clerks: Map<ClerkId, ClerkGrant>;
  /** In order of first sight. */
  readonly orders: Map<OrderId, OrderEntry>;
  /** The newest tap of each view, least recently used first. */
  readonly views: Map<number, number>;
}

/** The state before the first record of `terminal`; `epoch` is the one that its writer draws. */
export function emptyState(terminal: TerminalId, epoch: Epoch): State {
  return {
    terminal,
    epoch,
    seq: 0,
    lamport: 0,
    receiptSeries: "",
    nextReceiptNumber: 1,
    clerks: new Map(),
    orders: new Map(),
    views: new Map(),
  };
}

/** The id that the event `offset` places behind the next one will have: 0 for the next event. */
export function idAhead(state: State, offset: number): EventId {
  return eventId({ terminal: state.terminal, epoch: state.epoch, seq: state.seq + 1 + offset });
}

/** The order that a screen without a choice works on: the newest open or frozen one that this terminal owns. */
export function currentOrder(state: State): Order | null {
  let newest: Order | null = null;
  for (const { order } of state.orders.values()) {
    if (order.owner === state.terminal && (order.phase === "open" || order.phase === "frozen"))
      newest = order;
  }
  return newest;
}
