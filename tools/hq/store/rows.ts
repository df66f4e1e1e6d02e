/**
 * Rows that the projector writes. Derived from events, and replaced when an order is folded again;
 * the facts of a closing are written once and never change.
 */
import type { Epoch, EventId, OrderId, ShiftId, TerminalId } from "../../../core/ids.ts";
import type { Mark, OrderPhase } from "../../../core/order/types.ts";
import type { OrderKind, TaxFact, TenderFact } from "../../../core/facts.ts";
import type { ShiftReport } from "../../../core/shift/events.ts";
import type { RecordFaultCode } from "../../../protocol/record.ts";

/** Whether headquarters folds the same business view as the closing names; "pending" until its past is held. */
export type ViewCheck = "matches" | "differs" | "pending";

/** An order as headquarters sees it. */
export interface OrderRow {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly phase: OrderPhase;
  readonly owner: TerminalId;
  readonly label: string;
  readonly currency: string;
  readonly openedAtMs: number;
  readonly openTotalMinor: number;
  /** Sum of its closings' totals. */
  readonly closedTotalMinor: number;
  readonly closingCount: number;
  readonly marks: readonly Mark[];
  /** SHA-256 of the business view's text. */
  readonly viewHash: Uint8Array;
}

/** One check_closed event: what turnover is made of. Kind, currency and viewCheck follow the order; the rest is fact. */
export interface ClosingRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly order: OrderId;
  readonly check: EventId;
  readonly kind: OrderKind;
  /** Empty until the order's opening is held. */
  readonly currency: string;
  readonly clerk: string;
  readonly atMs: number;
  readonly totalMinor: number;
  readonly taxes: readonly TaxFact[];
  readonly tenders: readonly TenderFact[];
  readonly receiptSeries: string;
  readonly receiptNumber: number;
  /** The drawer's shift that it counts for, null without one. */
  readonly shift: ShiftId | null;
  readonly viewCheck: ViewCheck;
}

/** One shift_closed event: a Z as its terminal printed it, fact for ever. */
export interface ShiftRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly shift: ShiftId;
  readonly zNumber: number;
  readonly atMs: number;
  readonly report: ShiftReport;
  readonly countedMinor: number;
  readonly differenceMinor: number;
  readonly reason: string;
}

/** What one closing moved of one item: below zero for what was sold. */
export interface StockMoveRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly sku: string;
  readonly quantityMilli: number;
}

/** One line of a closing, as its order folds: what was sold at what amount. */
export interface ClosingLineRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly lineIndex: number;
  /** Of its closing. */
  readonly atMs: number;
  readonly currency: string;
  readonly sku: string;
  readonly name: string;
  /** Below zero for what came back, as is the amount. */
  readonly quantityMilli: number;
  /** Tax included. */
  readonly amountMinor: number;
  readonly taxPpm: number;
}

/** Records about card tenders of which somebody has to know. */
export const CARD_TYPES = [
  "tender_doubted",
  "tender_reversed",
  "tender_overridden",
  "tender_judged",
  "tender_forwarded",
  "orphan_found",
  "reader_day_closed",
] as const;

/** What is kept of a record about people, drawers and machines. */
export const HOUSE_TYPES = [
  "epoch_started",
  "continuity_lost",
  "shift_opened",
  "shift_joined",
  "cash_moved",
  "drawer_opened",
  "pin_tried",
  "pin_passed",
  "clerk_unlocked",
  "override_granted",
  "item_availability_set",
  "clock_flagged",
  "clock_trusted",
  "order_voided",
  ...CARD_TYPES,
] as const;

/** One of them. */
export type HouseType = (typeof HOUSE_TYPES)[number];

/** One such record; fact for ever. */
export interface HouseRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly lamport: number;
  readonly atMs: number;
  readonly type: HouseType;
  /** Who did it, empty where nobody was signed on. */
  readonly clerk: string;
  /** Whom or what it was about: a clerk, an item, a shift, a drawer's movement. */
  readonly subject: string;
  /** 0 where no money moved. */
  readonly amountMinor: number;
  /** The order it belongs to, or empty. */
  readonly order: string;
  /** A reason, a version, an action: for people. */
  readonly detail: string;
}

/** What somebody counted of an item, and how much of it there should be. */
export interface StockCount {
  readonly sku: string;
  readonly countedMilli: number;
  readonly targetMilli: number;
  /** Share of the target below which the item runs low. */
  readonly thresholdPpm: number;
}

/** How much there is of an item that was counted: its count and what moved since. */
export interface StockLevel {
  readonly sku: string;
  readonly levelMilli: number;
  readonly targetMilli: number;
  readonly thresholdPpm: number;
  readonly isLow: boolean;
}

/** Why a record could not be read. */
export type HeldCode =
  | RecordFaultCode
  /** It says another seq than its place in the chain. */
  | "record/seq";

/** A record that this build could not read. */
export interface HeldRow {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly code: HeldCode;
  readonly bytes: Uint8Array;
}
