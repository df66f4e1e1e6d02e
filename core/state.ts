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
  /** Rises with each order that is seen for the first time. */
  readonly sightIndex: number;
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
  /** Orders seen so far, forgotten ones too. */
  sightCount: number;
  /** This terminal's own orders that are open or frozen: few, so that no tap walks all orders. */
  readonly working: Set<OrderId>;
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
    sightCount: 0,
    working: new Set(),
    views: new Map(),
  };
}

/** The id that the event `offset` places behind the next one will have: 0 for the next event. */
export function idAhead(state: State, offset: number): EventId {
  return eventId({ terminal: state.terminal, epoch: state.epoch, seq: state.seq + 1 + offset });
}

/** The order that a screen without a choice works on: the newest open or frozen one that this terminal owns. */
export function currentOrder(state: State): Order | null {
  let newest: OrderEntry | null = null;
  for (const id of state.working) {
    const entry = state.orders.get(id);
    if (entry !== undefined && (newest === null || entry.sightIndex > newest.sightIndex)) newest = entry;
  }
  return newest?.order ?? null;
}
