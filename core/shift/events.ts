/**
 * Events of a shift: what is recorded of a drawer from its float to its Z. Their wire form is a row of
 * protocol/event-table.ts; a field is never removed or given another meaning.
 */
import type { Frontier, PrintMark, PrintOutcome, TaxFact, TenderMethod } from "../facts.ts";
import type { ClerkId, DrawerId, EventId, ShiftId } from "../ids.ts";
import type { Minor } from "../money.ts";
import type { WallMs } from "../time.ts";

/** A shift that is open, with its totals so far. */
export interface ShiftCarried {
  readonly shift: ShiftId;
  readonly report: ShiftReport;
  /** Whether this terminal's cash goes into its drawer though another terminal opened it. */
  readonly isJoined: boolean;
  /** The newest blind count, null before the first. */
  readonly countedMinor: Minor | null;
}
/** Money of one tender method in a shift: captured less paid back. */
export interface MethodTotal {
  readonly method: TenderMethod;
  readonly count: number;
  readonly amountMinor: Minor;
}
/**
 * A shift in figures: what an X shows now and a Z for ever. The span is in journal positions, no
 * clock decides what belongs to it. `expectedMinor` is float + cash in - change - cash refunds +
 * pay-ins - pay-outs - drops (FEATURES T12); paid out amounts are positive here.
 */
export interface ShiftReport {
  readonly drawer: DrawerId;
  readonly businessDate: string;
  readonly currency: string;
  readonly clerk: ClerkId | "";
  readonly openedAt: WallMs;
  /** The newest event of each writer that is counted. */
  readonly frontier: Frontier;
  readonly floatMinor: Minor;
  readonly saleCount: number;
  readonly salesMinor: Minor;
  readonly returnCount: number;
  readonly returnsMinor: Minor;
  readonly taxes: readonly TaxFact[];
  readonly methods: readonly MethodTotal[];
  /** Handed over for sales. */
  readonly cashInMinor: Minor;
  readonly changeMinor: Minor;
  readonly cashRefundMinor: Minor;
  /** Sum of cash rounding, signed. */
  readonly roundingMinor: Minor;
  readonly payInMinor: Minor;
  readonly payOutMinor: Minor;
  readonly dropMinor: Minor;
  readonly noSaleCount: number;
  readonly voidCount: number;
  readonly copyCount: number;
  readonly expectedMinor: Minor;
}
/** A drawer is open for business: this event's identity is the shift's id. */
export interface ShiftOpened {
  readonly type: "shift_opened";
  readonly drawer: DrawerId;
  readonly businessDate: string;
  readonly currency: string;
  readonly floatMinor: Minor;
}
/** This terminal's cash goes into a drawer that another terminal opened. */
export interface ShiftJoined {
  readonly type: "shift_joined";
  readonly shift: ShiftId;
}
/** How cash moves without a sale. "drop": to the safe. */
export type CashMove = "pay_in" | "pay_out" | "drop";
export interface CashMoved {
  readonly type: "cash_moved";
  readonly shift: ShiftId;
  readonly kind: CashMove;
  /** Positive. */
  readonly amountMinor: Minor;
  readonly reason: string;
}
/** The drawer was opened without a sale. */
export interface DrawerOpened {
  readonly type: "drawer_opened";
  readonly shift: ShiftId | null;
  readonly reason: string;
}
/** Notes or coins of one value. */
export interface DenominationCount {
  readonly valueMinor: Minor;
  readonly count: number;
}
/** Somebody counted the drawer without having seen what is expected. */
export interface DrawerCounted {
  readonly type: "drawer_counted";
  readonly shift: ShiftId;
  readonly denominations: readonly DenominationCount[];
  readonly countedMinor: Minor;
}
/** An X: the shift's figures at this position, printed and nothing more. */
export interface ShiftReported {
  readonly type: "shift_reported";
  readonly shift: ShiftId;
  readonly report: ShiftReport;
}
/** A Z: the shift is over, and these are its figures for ever. */
export interface ShiftClosed {
  readonly type: "shift_closed";
  readonly shift: ShiftId;
  readonly zNumber: number;
  readonly report: ShiftReport;
  readonly countedMinor: Minor;
  /** Counted less expected. */
  readonly differenceMinor: Minor;
  readonly reason: string;
}
/** The Z of this closing was asked for again; it is the same document. */
export interface ReportCopied {
  readonly type: "report_copied";
  readonly closing: EventId;
}
/** A print job of a report ended. */
export interface ReportFinished {
  readonly type: "report_finished";
  readonly job: EventId;
  readonly outcome: PrintOutcome;
  readonly code: string;
  readonly mark: PrintMark;
}
/** Events of a shift, folded by core/shift. */
export type ShiftEvent =
  | ShiftOpened
  | ShiftJoined
  | CashMoved
  | DrawerOpened
  | DrawerCounted
  | ShiftReported
  | ShiftClosed
  | ReportCopied
  | ReportFinished;
