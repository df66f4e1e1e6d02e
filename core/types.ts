/**
 * The vocabulary that terminal and headquarters share: what is recorded (Event), who recorded it
 * and when (Recorded). Events are facts in the past tense; those of an order and of the journal stand
 * here, those of shifts and people beside them (shift/events.ts, staff/events.ts). Their wire form is a
 * row of protocol/event-table.ts; a field is never removed or given another meaning, a new need gets a
 * new event version.
 */
import type {
  Cause,
  ClerkGrant,
  Frontier,
  OrderKind,
  Parent,
  PriceSource,
  PrintMark,
  PrintOutcome,
  ReceiptNumber,
  TaxFact,
  TenderFact,
  TenderMethod,
  ViewPosition,
} from "./facts.ts";
import type {
  CheckId,
  ClerkId,
  Epoch,
  EventId,
  LineId,
  OrderId,
  ShiftId,
  TenderId,
  TerminalId,
} from "./ids.ts";
import type { HqCarried, HqEvent, HqRecordsTaken } from "./hq/events.ts";
import type { Milli, Minor, Ppm } from "./money.ts";
import type { PricingEvent } from "./price/order/events.ts";
import type { CheckPricing, LinePricing } from "./price/order/types.ts";
import type { ShiftCarried, ShiftEvent } from "./shift/events.ts";
import type { ReaderDayClosed, ReadersCarried, TenderEvent } from "./tender/events.ts";
import type { ClockCarried, HouseEvent, ItemAvailability, PinCarried } from "./staff/events.ts";
import type { WallMs } from "./time.ts";

/** How the journal was found when the runtime started. */
export type Opening = "new" | "clean" | "torn" | "rot";
/** The first record of every start of the runtime. */
export interface EpochStarted {
  readonly type: "epoch_started";
  /** Null only for a terminal's very first record. Two children of one parent are a fork. */
  readonly parent: Parent | null;
  readonly opening: Opening;
  /** What recovery found, for people: empty when clean. */
  readonly detail: string;
  /** The receipt series from here on. */
  readonly series: string;
  readonly runtimeVersion: string;
}
/** The head of a segment: everything a fold needs that begins here; `carriedCount` records_carried events follow. */
export interface CheckpointOpened {
  readonly type: "checkpoint_opened";
  readonly series: string;
  readonly nextReceiptNumber: number;
  readonly lamport: number;
  readonly clerks: readonly ClerkGrant[];
  /** The newest tap of each view, so that a resent tap stays without effect across the checkpoint. */
  readonly views: readonly ViewPosition[];
  readonly carriedCount: number;
}
/** Follows checkpoint_opened: what it carries beside orders, people and counters of receipts. */
export interface DayCarried {
  readonly type: "day_carried";
  /** Empty before the first shift. */
  readonly businessDate: string;
  readonly nextZNumber: number;
  readonly shifts: readonly ShiftCarried[];
  readonly pins: readonly PinCarried[];
  readonly soldOut: readonly ItemAvailability[];
  readonly isTraining: boolean;
  readonly clock: ClockCarried;
}
/** Records of open orders, verbatim, as one writer wrote them. */
export interface RecordsCarried {
  readonly type: "records_carried";
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly records: readonly Uint8Array[];
}
/** Someone began to work here; the grant is journaled so that a replay needs no staff list. */
export interface ClerkSignedOn extends ClerkGrant {
  readonly type: "clerk_signed_on";
}
/** The order's first event: its identity is the order's id. */
export interface OrderOpened {
  readonly type: "order_opened";
  readonly kind: OrderKind;
  /** ISO 4217. */
  readonly currency: string;
  /** A name for people: a table, an invoice; may be empty. */
  readonly label: string;
  /** Why a return is taken without its receipt; empty for a sale. */
  readonly reason: string;
}
/** A line and its first units, with the facts it is sold under: a replay needs no catalogue. */
export interface LineAdded {
  readonly type: "line_added";
  readonly order: OrderId;
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: Milli;
  readonly unitPriceMinor: Minor;
  /** Inclusive. */
  readonly taxPpm: Ppm;
  readonly priceSource: PriceSource;
  /** Why the price is open; empty for a list price. */
  readonly reason: string;
  /** How many checks and voids of the order its author knew: fewer than there are makes the addition late. */
  readonly checksSeenCount: number;
  /** Which sold units come back with this line; null for everything else. */
  readonly returnOf: ReturnedUnits | null;
  /** What headquarters published under this number said the price; 0 where the terminal's own file did. */
  readonly priceVersion: number;
  /** Null where the line was entered without pricing rules. */
  readonly pricing: LinePricing | null;
}
/**
 * Units of a receipt's line. What units from..from+q of it are worth is a difference of prefixes of
 * soldMinor, so that parts sum to the whole (ARITHMETIC section 2).
 */
export interface ReturnedUnits {
  readonly line: LineId;
  readonly soldMilli: Milli;
  readonly soldMinor: Minor;
  /** Units of the line that had come back before. */
  readonly fromMilli: number;
}
/** More units of a line, under the facts it was first added with. */
export interface UnitsAdded {
  readonly type: "units_added";
  readonly order: OrderId;
  readonly line: LineId;
  readonly quantityMilli: Milli;
  readonly checksSeenCount: number;
}
/** Fewer units of a line; takes only what is open. */
export interface UnitsRemoved {
  readonly type: "units_removed";
  readonly order: OrderId;
  readonly line: LineId;
  readonly quantityMilli: Milli;
  readonly reason: string;
}
/** The newest note of the line (or of the order) stands; an empty text takes it away. */
export interface NoteSet {
  readonly type: "note_set";
  readonly order: OrderId;
  readonly line: LineId | null;
  readonly text: string;
}
/** The order waits for its customer: the next item opens another one. */
export interface OrderParked {
  readonly type: "order_parked";
  readonly order: OrderId;
  /** How people find it again. */
  readonly label: string;
}
/** The order is the one that its terminal works on again. */
export interface OrderRecalled {
  readonly type: "order_recalled";
  readonly order: OrderId;
}
/** The edit `undone` was taken back by the event before this one. */
export interface EditUndone {
  readonly type: "edit_undone";
  readonly order: OrderId;
  readonly undone: EventId;
}
/** This return pays back units of that closing. */
export interface ReturnLinked {
  readonly type: "return_linked";
  readonly order: OrderId;
  readonly original: OrderId;
  readonly closing: EventId;
}
/** Units of one line that came back; units count from the line's first on. */
export interface ReturnedLine {
  readonly line: LineId;
  readonly quantityMilli: Milli;
}
/** What one return paid back of a closing that was priced; magnitudes. */
export interface ReturnedMoney {
  /** For lines, with their fees when they go back and taxes that are not inside. */
  readonly linesMinor: Minor;
  readonly taxMinor: Minor;
  readonly tipMinor: Minor;
  /** Its part of what the order was rounded by. */
  readonly roundingMinor: Minor;
}
/** What one return gave back to a tender of the sale; of cash before coins rounded it. */
export interface RefundedTender {
  readonly tender: TenderId;
  readonly amountMinor: Minor;
}
/** Recorded on the order that was sold: these units of the closing came back, each may only once. */
export interface UnitsReturned {
  readonly type: "units_returned";
  readonly order: OrderId;
  readonly closing: EventId;
  /** The return. */
  readonly by: OrderId;
  readonly lines: readonly ReturnedLine[];
  /** What was paid back; null for a closing without pricing facts, whose lines say it. */
  readonly money: ReturnedMoney | null;
  /** Which tenders it went back to; null for a sale that cash alone paid. */
  readonly tenders: readonly RefundedTender[] | null;
}
/** Everything inside the frontier that no check holds is void; what is outside stays and is marked. */
export interface OrderVoided {
  readonly type: "order_voided";
  readonly order: OrderId;
  readonly frontier: Frontier;
  readonly reason: string;
}
/** Everything open inside the frontier waits for money now and cannot change. */
export interface CheckFrozen {
  readonly type: "check_frozen";
  readonly order: OrderId;
  readonly frontier: Frontier;
  /** To pay (positive) or to pay out (negative). */
  readonly dueMinor: Minor;
  /** What the check's lines cost and why; null where each costs its price and no more is due. */
  readonly pricing: CheckPricing | null;
}
/** What the check held is open again; without effect once money was captured for it. */
export interface CheckThawed {
  readonly type: "check_thawed";
  readonly order: OrderId;
  readonly check: CheckId;
}
/** Money that changed hands. Cash: amountMinor = handedMinor - changeMinor, negative when paid out. */
export interface TenderCaptured {
  readonly type: "tender_captured";
  readonly order: OrderId;
  readonly check: CheckId;
  readonly method: TenderMethod;
  readonly amountMinor: Minor;
  readonly handedMinor: Minor;
  readonly changeMinor: Minor;
  /** The shift that it counts for, null without one. */
  readonly shift: ShiftId | null;
  /** The card request that it ends, whose id is the tender's; null for cash. */
  readonly request: TenderId | null;
}
/** What is due was rounded because cash settles it (ARITHMETIC section 5): its own entry, without tax. */
export interface CashRounded {
  readonly type: "cash_rounded";
  readonly order: OrderId;
  readonly check: CheckId;
  /** Added to what is due: negative when the customer pays less. */
  readonly adjustmentMinor: Minor;
}
/** The facts of a closed check: receipts, copies and turnover come from here and never from a later fold. */
export interface CheckClosed {
  readonly type: "check_closed";
  readonly order: OrderId;
  readonly check: CheckId;
  readonly clerk: ClerkId;
  readonly totalMinor: Minor;
  readonly taxes: readonly TaxFact[];
  readonly tenders: readonly TenderFact[];
  readonly receipt: ReceiptNumber;
  /** SHA-256 of the check's business view (core/order/view.ts). */
  readonly viewHash: Uint8Array;
  /** Tenders are the total and this. */
  readonly roundingMinor: Minor;
  readonly shift: ShiftId | null;
}
/** A copy of a closed check's receipt was asked for; copies count from 1. */
export interface ReceiptCopied {
  readonly type: "receipt_copied";
  readonly order: OrderId;
  readonly closing: EventId;
  readonly copyNumber: number;
}
/** A print job ended, well or not; jobs end once. */
export interface PrintFinished {
  readonly type: "print_finished";
  readonly order: OrderId;
  readonly job: EventId;
  readonly outcome: PrintOutcome;
  /** A printer/… code, empty when printed. */
  readonly code: string;
  readonly mark: PrintMark;
}
/** Headquarters showed that this history went on elsewhere (a restored image): a new receipt series begins. */
export interface ContinuityLost {
  readonly type: "continuity_lost";
  readonly series: string;
  readonly detail: string;
}
/** Events that belong to one order and are folded with it. */
export type OrderEvent =
  | OrderOpened
  | LineAdded
  | UnitsAdded
  | UnitsRemoved
  | NoteSet
  | OrderVoided
  | CheckFrozen
  | CheckThawed
  | TenderCaptured
  | CheckClosed
  | ReceiptCopied
  | PrintFinished
  | OrderParked
  | OrderRecalled
  | EditUndone
  | ReturnLinked
  | UnitsReturned
  | CashRounded
  | PricingEvent
  | TenderEvent;
/** Everything that can be recorded. */
export type Event =
  | EpochStarted
  | CheckpointOpened
  | RecordsCarried
  | DayCarried
  | HqCarried
  | HqRecordsTaken
  | ClerkSignedOn
  | ContinuityLost
  | ShiftEvent
  | HouseEvent
  | ReaderDayClosed
  | ReadersCarried
  | HqEvent
  | OrderEvent;
/** An event with its identity, its place in the merge order and its circumstances. */
export interface Recorded<E extends Event = Event> {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  /** Rises over everything its writer had seen; sorts events of several writers. */
  readonly lamport: number;
  readonly at: WallMs;
  /** On the first event of a command; null on the others and on the runtime's own. */
  readonly cause: Cause | null;
  readonly event: E;
}
