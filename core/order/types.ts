/**
 * What an order is once its events are folded.
 * All of it is derived: nothing here is stored or sent, and none of it is ever the truth.
 */
import type { CheckId, ClerkId, EventId, LineId, OrderId, TenderId, TerminalId } from "../ids.ts";
import type { Milli, Minor, Ppm } from "../money.ts";
import type { WallMs } from "../time.ts";
import type { OrderKind, PriceSource, PrintMark, PrintOutcome, TenderMethod } from "../facts.ts";
import type { Adjustments } from "../price/order/adjustments.ts";
import type { CheckPricing, LinePricing } from "../price/order/types.ts";
import type { CardTender } from "../tender/types.ts";
import type { CheckClosed, OrderEvent, Recorded, ReturnedMoney, ReturnedUnits } from "../types.ts";

/** A line with the units of it that are open, or that one check holds. Lines of no units are left out. */
export interface Line {
  readonly id: LineId;
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: Milli;
  readonly unitPriceMinor: Minor;
  readonly taxPpm: Ppm;
  readonly priceSource: PriceSource;
  readonly note: string;
  /** Which sold units come back with this line; null for everything else. */
  readonly returnOf: ReturnedUnits | null;
  /** Null where the line was entered without pricing rules. */
  readonly pricing: LinePricing | null;
}

/** Money that was taken for a check, or paid out: then all three amounts are negative or 0. */
export interface Tender {
  readonly id: TenderId;
  readonly method: TenderMethod;
  readonly amountMinor: Minor;
  readonly handedMinor: Minor;
  readonly changeMinor: Minor;
}

/** One closing of a check: the facts exactly as recorded. */
export interface Closing {
  readonly id: EventId;
  readonly at: WallMs;
  readonly terminal: TerminalId;
  readonly facts: CheckClosed;
  readonly copyCount: number;
}

/** "thawed" checks hold nothing; "frozen" ones wait for money; "closed" ones never change. */
export type CheckStatus = "frozen" | "thawed" | "closed";

export interface Check {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** What the author of the freeze had on the check; fixed by its frontier. */
  readonly lines: readonly Line[];
  /** The order's note as the author of the freeze knew it. */
  readonly note: string;
  readonly dueMinor: Minor;
  /** What adjusted its price when it was frozen. */
  readonly adjustments: Adjustments;
  /** What its lines cost and why; null where each costs its price. */
  readonly pricing: CheckPricing | null;
  /** What cash rounding added to what is due. */
  readonly roundingMinor: Minor;
  readonly tenders: readonly Tender[];
  /** What readers were asked for, whatever became of it. */
  readonly cards: readonly CardTender[];
  readonly closings: readonly Closing[];
}

/** What staff must know: an event that did not fit, or money that is off. Money itself is never dropped. */
export type Mark =
  | "added_after_freeze"
  | "added_after_void"
  | "removed_after_freeze"
  | "removed_more_than_held"
  | "held_twice"
  | "closed_twice"
  | "overpaid"
  | "thaw_ignored"
  | "order_unknown"
  | "line_unknown"
  | "check_unknown"
  | "receipt_not_confirmed"
  | "receipt_marked"
  | "returned_twice"
  | "card_unknown"
  | "card_overridden"
  | "card_orphan"
  | "card_declined_later";

/** "open": lines may change. "frozen": a check waits for money. "voided" and "closed": nothing is open. */
export type OrderPhase = "open" | "frozen" | "closed" | "voided";

/** What is known of one print job; `code` is a printer/… code, empty when printed or pending. */
export interface PrintJob {
  readonly id: EventId;
  readonly outcome: PrintOutcome | "pending";
  readonly code: string;
  readonly mark: PrintMark;
}

/** Units of one line of a closing that came back, by all returns that are known. */
export interface ReturnedTally {
  readonly closing: EventId;
  readonly line: LineId;
  /** More than were sold is marked returned_twice. */
  readonly quantityMilli: number;
}

/** What came back of a priced closing, by all returns that are known; magnitudes. */
export interface RefundedTally extends ReturnedMoney {
  readonly closing: EventId;
}

/** What went back to one tender of a closing, by all returns that are known. */
export interface RefundedTenderTally {
  readonly closing: EventId;
  readonly tender: TenderId;
  readonly amountMinor: Minor;
}

/** What a return pays back. */
export interface ReturnLink {
  readonly original: OrderId;
  readonly closing: EventId;
}

/** An order with everything that screens, receipts and rules ask of it. */
export interface Order {
  readonly id: OrderId;
  readonly kind: OrderKind;
  /** The terminal that opened it: only the owner freezes, takes money and closes. */
  readonly owner: TerminalId;
  readonly clerk: ClerkId | "";
  readonly currency: string;
  readonly label: string;
  readonly reason: string;
  readonly note: string;
  readonly openedAt: WallMs;
  readonly phase: OrderPhase;
  /** Open lines in order of entry: on no check, not void. */
  readonly lines: readonly Line[];
  readonly openTotalMinor: Minor;
  /** Discounts, coupons, tip and rounding of what is open; guests, tier and tax of the order. */
  readonly adjustments: Adjustments;
  /** Checks and voids so far, thawed ones too: what additions record as seen. */
  readonly holdCount: number;
  readonly checks: readonly Check[];
  readonly jobs: readonly PrintJob[];
  /** Laid aside until it is recalled. */
  readonly isParked: boolean;
  /** Null for everything but a return against a receipt. */
  readonly returnOf: ReturnLink | null;
  /** What came back of its closings, in order of line. */
  readonly returned: readonly ReturnedTally[];
  /** The same in money, of closings that were priced. */
  readonly refunded: readonly RefundedTally[];
  /** What went back to each tender of its closings that cards paid, in order of closing and tender. */
  readonly refundedTenders: readonly RefundedTenderTally[];
  /** Sorted, without repeats. */
  readonly marks: readonly Mark[];
}

/** An event of an order with its identity and its place in the merge order. */
export type RecordedOrderEvent = Recorded<OrderEvent>;
