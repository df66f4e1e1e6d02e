/**
 * What one machine knows: its own position in its journal, who is signed on, and the orders it holds.
 * The state is owned by the loop that folds into it: `evolve` updates these tables in place (a copy
 * of thousands of orders for each tap would be waste), while every Order in them is immutable.
 */
import type { ClerkId, Epoch, EventId, OrderId, ShiftId, TerminalId } from "./ids.ts";
import { eventId } from "./ids.ts";
import { emptyHqView } from "./hq/view.ts";
import type { HqView } from "./hq/view.ts";
import type { Order, RecordedOrderEvent } from "./order/types.ts";
import type { Shift } from "./shift/types.ts";
import { wallMs } from "./time.ts";
import type { WallMs } from "./time.ts";
import type { ReaderCarried, ReaderDayClosed } from "./tender/events.ts";
import type { ClerkGrant } from "./facts.ts";
import type { ShiftClosed, ShiftReported } from "./shift/events.ts";
import type { ClockFlag, PinPurpose } from "./staff/events.ts";
import type { Recorded } from "./types.ts";

/** An order with the events it is the fold of, sorted. */
export interface OrderEntry {
  readonly order: Order;
  readonly events: readonly RecordedOrderEvent[];
  /** Rises with each order that is seen for the first time or recalled. */
  readonly sightIndex: number;
}

/** PIN tries of one clerk since the last that was right. */
export interface PinTries {
  readonly failureCount: number;
  /** The try whose PIN was right and that nobody has used yet. */
  readonly passed: EventId | null;
  /** The newest try, while nobody knows yet whether it was right. */
  readonly open: EventId | null;
  /** What the newest try was for: a PIN given for one thing opens no other. */
  readonly purpose: PinPurpose;
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
  /** Open shifts that this terminal opened or joined, and the newest closed ones; oldest first. */
  readonly shifts: Map<ShiftId, Shift>;
  /** Figures that were printed here, so that they can be printed again; oldest first. */
  readonly reports: Map<EventId, Recorded<ShiftReported | ShiftClosed>>;
  /** Print jobs of reports that have not ended. */
  readonly reportJobs: Set<EventId>;
  nextZNumber: number;
  /** "2026-11-22", or empty before the first shift; never goes back by itself. */
  businessDate: string;
  /** Only clerks with a try since the last right PIN that was used. */
  readonly pins: Map<ClerkId, PinTries>;
  /** What was set on this terminal, over what the catalogue says; longest untouched first. */
  readonly soldOut: Map<string, boolean>;
  /** Whether this journal is of training: nothing in it is a sale. */
  isTraining: boolean;
  /** The latest wall time of any own record. */
  clockHighWaterMs: WallMs;
  /** Why the clock on the wall is not believed. */
  clockFlag: ClockFlag | "none";
  /** By serial, what is known of each card reader that was used here; longest unused first. */
  readonly readers: Map<string, ReaderCarried>;
  /** By serial, the newest day close of each. */
  readonly readerDays: Map<string, Recorded<ReaderDayClosed>>;
  /** What headquarters has said to this terminal. */
  readonly hq: HqView;
}

/** The time that rules are judged at: the wall's, or the newest that was believed while it is doubted. */
export function believedNow(
  { clockFlag, clockHighWaterMs }: Pick<State, "clockFlag" | "clockHighWaterMs">,
  { wall }: { readonly wall: () => WallMs },
): WallMs {
  return clockFlag === "none" ? wall() : clockHighWaterMs;
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
    shifts: new Map(),
    reports: new Map(),
    reportJobs: new Set(),
    nextZNumber: 1,
    businessDate: "",
    pins: new Map(),
    soldOut: new Map(),
    isTraining: false,
    clockHighWaterMs: wallMs(0),
    clockFlag: "none",
    readers: new Map(),
    readerDays: new Map(),
    hq: emptyHqView(),
  };
}

/** The id that the event `offset` places behind the next one will have: 0 for the next event. */
export function idAhead(state: State, offset: number): EventId {
  return eventId({ terminal: state.terminal, epoch: state.epoch, seq: state.seq + 1 + offset });
}

/** The order that a screen without a choice works on: the newest open or frozen one that this terminal owns and has not parked. */
export function currentOrder(state: State): Order | null {
  let newest: OrderEntry | null = null;
  for (const id of state.working) {
    const entry = state.orders.get(id);
    if (entry === undefined || entry.order.isParked) continue;
    if (newest === null || entry.sightIndex > newest.sightIndex) newest = entry;
  }
  return newest?.order ?? null;
}
