/**
 * The vocabulary that terminal and headquarters share: what is recorded (Event), who recorded it
 * and when (Recorded), and what was tapped to cause it (Cause).
 * Events are facts in the past tense. Their wire form is a row of protocol/event-table.ts; a field
 * is never removed or given another meaning, a new need gets a new event version.
 */
import type { CheckId, ClerkId, Epoch, EventId, LineId, OrderId, TenderId, TerminalId } from "./ids.ts";
import type { Milli, Minor, Ppm } from "./money.ts";
import type { WallMs } from "./time.ts";

/** What a clerk may do beyond taking money for listed prices. Checked in decide, never in a screen. */
export type Right = "sell" | "open_price" | "void" | "blind_return" | "reprint";

/** A sale takes money, a return pays it back. */
export type OrderKind = "sale" | "return";
/** How money changes hands. */
export type TenderMethod = "cash";
/** Where a line's price came from: the catalogue, or a clerk's hand by right and reason. */
export type PriceSource = "list" | "open";

/** One writer's newest event of an order that the author of a freeze held. */
export interface FrontierEntry {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
}
/** Sorted by terminal, then epoch; names every writer that had written to the order. */
export type Frontier = readonly FrontierEntry[];

/** Inclusive tax of one rate in a closed check: gross is netMinor + taxMinor. */
export interface TaxFact {
  readonly ratePpm: Ppm;
  readonly netMinor: Minor;
  readonly taxMinor: Minor;
}

/** One tender of a closed check. Money paid out (a return) is negative. */
export interface TenderFact {
  readonly tender: TenderId;
  readonly method: TenderMethod;
  readonly amountMinor: Minor;
}

/** Receipt numbers: a series that changes when continuity is lost, and a count without gaps in it. */
export interface ReceiptNumber {
  readonly series: string;
  readonly number: number;
}

/** The last record before an epoch, by (epoch, seq) and the chain's hash behind it. */
export interface Parent {
  readonly epoch: Epoch;
  readonly seq: number;
  readonly hash: Uint8Array;
}

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
/** Records of open orders, verbatim, as one writer wrote them. */
export interface RecordsCarried {
  readonly type: "records_carried";
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly records: readonly Uint8Array[];
}
/** A clerk with the rights that the staff list gave at sign-on. */
export interface ClerkGrant {
  readonly clerk: ClerkId;
  readonly name: string;
  readonly rights: readonly Right[];
}
/** The newest tap of a view that was recorded. */
export interface ViewPosition {
  readonly view: number;
  readonly n: number;
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
}
/** A copy of a closed check's receipt was asked for; copies count from 1. */
export interface ReceiptCopied {
  readonly type: "receipt_copied";
  readonly order: OrderId;
  readonly closing: EventId;
  readonly copyNumber: number;
}
/** What became of a print job. "unknown": bytes were sent and the printer's word did not come back. */
export type PrintOutcome = "printed" | "failed" | "unknown";
/** A print job ended, well or not; jobs end once. */
export interface PrintFinished {
  readonly type: "print_finished";
  readonly order: OrderId;
  readonly job: EventId;
  readonly outcome: PrintOutcome;
  /** A printer/… code, empty when printed. */
  readonly code: string;
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
  | PrintFinished;

/** Everything that can be recorded. */
export type Event =
  | EpochStarted
  | CheckpointOpened
  | RecordsCarried
  | ClerkSignedOn
  | ContinuityLost
  | OrderEvent;

/** The tap behind an event. `view` names a screen, `n` counts its taps from 1: together they make a resent tap harmless. */
export interface Cause {
  readonly view: number;
  readonly n: number;
  /** Empty before anyone signed on and for what the runtime does by itself. */
  readonly clerk: ClerkId | "";
}

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
