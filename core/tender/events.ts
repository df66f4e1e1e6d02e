/**
 * Events of a tender that a machine takes: a card reader now, gateways and ledgers by the same words.
 * The identity of `tender_requested` is the tender's id; everything later names it. Amounts carry the
 * sign of the money: above 0 it is taken, below 0 it goes back. Their wire form is a row of
 * protocol/event-table.ts; a field is never removed or given another meaning.
 */
import type { CheckId, ClerkId, EventId, OrderId, ShiftId, TenderId } from "../ids.ts";
import type { Minor } from "../money.ts";

/** "pay" takes money. "refund" gives some back to a card. "reverse" takes a whole payment back. */
export type CardRequestKind = "pay" | "refund" | "reverse";

/** How the card was presented. */
export type CardEntry = "stripe" | "chip" | "contactless" | "manual" | "unknown";

/** How its holder was verified; "device" is a phone's own way. */
export type CardVerification = "none" | "signature" | "pin" | "device" | "unknown";

/** What a reader said of money that it moved: all that is ever kept of a card. */
export interface CardResult {
  /** The reader's own name of it, printable. */
  readonly reference: string;
  /** Approval code of the host; may be empty. */
  readonly authorisation: string;
  /** The device that answered. */
  readonly serial: string;
  readonly brand: string;
  /** Four digits, or empty. */
  readonly lastFour: string;
  readonly entry: CardEntry;
  readonly verification: CardVerification;
}

/** Intent: durable before the reader hears of it. */
export interface TenderRequested {
  readonly type: "tender_requested";
  readonly order: OrderId;
  readonly check: CheckId;
  readonly kind: CardRequestKind;
  /** The reader's name in this terminal's configuration. */
  readonly reader: string;
  /** The device that was connected then. */
  readonly serial: string;
  readonly amountMinor: Minor;
  /** The device's newest reference that this journal knew; empty when none. */
  readonly watermark: string;
  /** The tender that money goes back to; null for "pay". */
  readonly original: TenderId | null;
  /** That tender's reference at its reader; empty for "pay". */
  readonly originalReference: string;
  /** Who asked; what it captures is closed in this name. */
  readonly clerk: ClerkId;
  readonly shift: ShiftId | null;
}
/** The reader moved what was asked for: durable before the reader hears that it was taken. */
export interface TenderApproved {
  readonly type: "tender_approved";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly result: CardResult;
  /** Without the host: not money yet. */
  readonly isOffline: boolean;
  /** Learnt by asking again, not from the running request. */
  readonly isRecovered: boolean;
}
/** A final word: no money moved. */
export interface TenderDeclined {
  readonly type: "tender_declined";
  readonly order: OrderId;
  readonly tender: TenderId;
  /** A reader/… or tender/… code. */
  readonly code: string;
  /** The reader's or its host's own words; may be empty. */
  readonly text: string;
}
/** Nobody knows what became of it: no second tender for its amount before it is known. */
export interface TenderDoubted {
  readonly type: "tender_doubted";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly code: string;
  /** Asking the reader again cannot tell: a person must. */
  readonly isManual: boolean;
}
/** Approved, and then taken back by the reader itself: the amount is due again, the goods may be gone. */
export interface TenderReversed {
  readonly type: "tender_reversed";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly code: string;
}
/** A second person let the order go on though this tender is not known. */
export interface TenderOverridden {
  readonly type: "tender_overridden";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly reason: string;
}
/** A person found out what the reader could not say. "captured" is followed by tender_captured. */
export interface TenderJudged {
  readonly type: "tender_judged";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly as: "captured" | "failed";
  readonly reason: string;
}
/** A reader moved money that is not what this tender asked for: never a tender, always a case. */
export interface OrphanFound {
  readonly type: "orphan_found";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly amountMinor: Minor;
  /** ISO 4217, as the reader said it. */
  readonly currency: string;
  readonly result: CardResult;
}
/** A person dealt with an orphan. */
export interface OrphanSettled {
  readonly type: "orphan_settled";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly orphan: EventId;
  readonly how: "taken_back" | "case_opened";
  readonly reason: string;
}
/** A line of a slip, as the reader wants it on paper. */
export interface SlipLine {
  readonly text: string;
  readonly isBold: boolean;
  readonly isCentred: boolean;
}
/** Text that the reader wants on paper: durable before the reader hears that it was taken. */
export interface SlipReceived {
  readonly type: "slip_received";
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly copy: "merchant" | "customer" | "admin";
  readonly lines: readonly SlipLine[];
}
/** What became of an approval without the host. */
export interface TenderForwarded {
  readonly type: "tender_forwarded";
  readonly order: OrderId;
  readonly tender: TenderId;
  /** "declined": a debt record, the goods are gone. */
  readonly as: "captured" | "declined";
  readonly code: string;
}
/** Money of one brand, as a reader counts it. */
export interface ReaderTotal {
  readonly brand: string;
  readonly count: number;
  readonly amountMinor: Minor;
}
/** Money of one brand as the journal captured it: payments that were wholly taken back are not in it. */
export interface DayBrand extends ReaderTotal {
  /** How many payments were: readers count such a pair as none, one or two. */
  readonly backCount: number;
}
/** Why a reader's totals and the journal differ, or may. */
export const DAY_CASE_KINDS = [
  "reader_more",
  "journal_more",
  "count_differs",
  "unknown",
  "orphan",
  "judged_charged",
  "judged_not_charged",
  "offline",
] as const;
/** One difference with its name, or one tender of which nobody knows yet. */
export interface DayCase {
  readonly kind: (typeof DAY_CASE_KINDS)[number];
  /** As the reader names it; empty where nobody knows. */
  readonly brand: string;
  readonly readerCount: number;
  readonly journalCount: number;
  /** The reader's money less the journal's; of a tender its own amount. */
  readonly amountMinor: Minor;
  /** Whether the reader's totals have this money, as far as they can tell. */
  readonly isAtReader: boolean;
  /** The tender that it is, or that alone would explain it; null where several would, or none. */
  readonly order: OrderId | null;
  readonly tender: TenderId | null;
}
/** A reader closed its day. What the journal says beside it makes differences named cases. */
export interface ReaderDayClosed {
  readonly type: "reader_day_closed";
  readonly reader: string;
  readonly serial: string;
  readonly totals: readonly ReaderTotal[];
  /** The same by this journal. */
  readonly journal: readonly DayBrand[];
  /** Named by day-cases.ts; none says that both agree. */
  readonly cases: readonly DayCase[];
  /** Captured by this reader since its last day close, by this journal. */
  readonly journalCount: number;
  readonly journalMinor: Minor;
}
/** The newest word of one device that this journal holds, and what it captured since its day close. */
export interface ReaderCarried {
  readonly serial: string;
  readonly reference: string;
  readonly count: number;
  readonly amountMinor: Minor;
  readonly brands: readonly DayBrand[];
}
/** Follows day_carried in a checkpoint where a reader was ever used. */
export interface ReadersCarried {
  readonly type: "readers_carried";
  readonly readers: readonly ReaderCarried[];
}
/** Events of a tender that belong to its order. */
export type TenderEvent =
  | TenderRequested
  | TenderApproved
  | TenderDeclined
  | TenderDoubted
  | TenderReversed
  | TenderOverridden
  | TenderJudged
  | OrphanFound
  | OrphanSettled
  | SlipReceived
  | TenderForwarded;
