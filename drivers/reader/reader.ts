/**
 * A card reader as the runtime knows it: one request at a time, and an end that is either known or
 * said to be unknown. The drivers (zvt/, neo2/, nexo/) speak the bytes; what they can promise is data.
 *
 * R1  `begin` resolves once and never rejects. "declined" and "not_sent" are final words: no money moved.
 *     Whatever was cut, late or not understood ends as "unknown"; a time limit never means declined.
 * R2  A result is handed to `desk.take` and is durable before the reader hears that it was taken.
 * R3  Card numbers, tracks and PINs end at the byte parser: nothing here can hold one.
 * R4  Nothing is sent while another request runs, but a cancel. Nothing is sent twice by a driver's own choice.
 */

/** What a reader promises; the recovery after a cut reads this and no model's name. */
export interface ReaderCapabilities {
  /** "byRef": any payment by our reference. "lastOnly": the newest one. "none": it cannot be asked. */
  readonly inquiry: "byRef" | "lastOnly" | "none";
  /** When the payment stands: once we acknowledged the result, or as soon as the reader approved. */
  readonly commit: "onAck" | "onApproval";
  /** It takes a payment back by itself when its result was not acknowledged. */
  readonly autoReversal: boolean;
  readonly abort: "confirmed" | "bestEffort" | "none";
  /** It approves without its host and forwards later, at its own risk rules. */
  readonly storeAndForward: boolean;
  /** It prints slips itself; otherwise their text comes through `desk.slip`. */
  readonly printsItself: boolean;
  readonly refund: boolean;
  readonly reversal: boolean;
  /** It can read the number of a member card without a payment. */
  readonly readsMemberCards: boolean;
}

/** Which physical device answers. Two readers never share a serial; a swap in mid-payment shows here. */
export interface ReaderIdentity {
  readonly model: string;
  /** What the device calls itself: ZVT terminal id, NEO 2 serial number, nexo POIID. Never empty. */
  readonly serial: string;
}

/** How the card was presented. */
export type CardEntry = "stripe" | "chip" | "contactless" | "manual" | "unknown";
/** How the holder was verified; "device" is a phone's own way. */
export type CardVerification = "none" | "signature" | "pin" | "device" | "unknown";

/** All that is ever kept of a card (R3). */
export interface CardFacts {
  /** "girocard", "Visa"; empty when the reader did not say. */
  readonly brand: string;
  /** Four digits, or empty. */
  readonly lastFour: string;
  readonly entry: CardEntry;
  readonly verification: CardVerification;
}

/** What is asked for: money in, money back without a payment to name, or a payment taken back whole. */
export type ReaderRequestKind = "pay" | "refund" | "reverse";

/** What is asked of a reader. Journaled before the first byte leaves. */
export interface ReaderRequest {
  readonly kind: ReaderRequestKind;
  /** The tender's id, the same for every question about it; drivers derive their own reference from it. */
  readonly ref: string;
  /** Above 0, in minor units of `currency`. */
  readonly amountMinor: number;
  /** ISO 4217, three letters. */
  readonly currency: string;
  /** The reader's newest reference that the journal knows, empty when none: what is newer is ours or a stranger's. */
  readonly watermark: string;
  /** The reference of the payment to take back; empty for "pay" and for a refund without one. */
  readonly original: string;
}

/** Money moved, as the reader says it. Whether it is what was asked for is for the core to judge. */
export interface ReaderResult {
  /** The reader's own reference, printable, at most 64 characters; what `original` and `watermark` carry later. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly card: CardFacts;
  /** Approval code of the host; may be empty. */
  readonly authorisation: string;
  /** The device that answered. */
  readonly serial: string;
  /** Approved without the host: not money yet (capability storeAndForward). */
  readonly isOffline: boolean;
}

/** How a request ended. */
export type ReaderEnd =
  /** The result that `desk.take` accepted stands, as far as the reader's protocol can say so. */
  | { readonly kind: "captured"; readonly reference: string }
  /** The reader's final word: no money moved. `text` is the reader's or its host's own, may be empty. */
  | { readonly kind: "declined"; readonly code: ReaderDeclineCode; readonly text: string }
  /** No byte of the request left: no money can have moved. */
  | { readonly kind: "not_sent"; readonly code: ReaderFaultCode }
  /** Nobody knows. The same request is never sent again before an inquiry settled it. */
  | { readonly kind: "unknown"; readonly code: ReaderFaultCode };

/** Why no money moved, when the reader said so. */
export type ReaderDeclineCode =
  | "reader/declined"
  | "reader/cancelled"
  | "reader/card_unreadable"
  | "reader/card_expired"
  | "reader/card_unknown"
  | "reader/wrong_pin"
  | "reader/no_funds"
  | "reader/host_unreachable"
  | "reader/day_not_closed"
  | "reader/maintenance"
  | "reader/not_ready"
  | "reader/printer_not_ready"
  | "reader/limit"
  | "reader/currency"
  | "reader/unsupported"
  | "reader/already_reversed"
  | "reader/not_reversible"
  | "reader/refused_result";

/** Why an end is not known, or nothing was sent. */
export type ReaderFaultCode =
  | "reader/none"
  | "reader/unreachable"
  | "reader/busy"
  | "reader/link_lost"
  | "reader/no_answer"
  | "reader/protocol"
  | "reader/unknown_result"
  | "reader/swapped"
  | "reader/unsupported_request"
  | "reader/closed";

/** What the clerk and the holder should see while a request runs. */
export interface ReaderPrompt {
  readonly step: "connecting" | "present_card" | "enter_pin" | "processing" | "remove_card" | "other";
  /** The reader's own words, cleaned and bounded; may be empty. */
  readonly text: string;
  /** False from the moment the protocol offers no way back. */
  readonly canCancel: boolean;
}

/** Text of a slip that the reader wants on paper. */
export interface ReaderSlip {
  readonly copy: "merchant" | "customer" | "admin";
  readonly lines: readonly ReaderSlipLine[];
}
/** One line of a slip: at most a paper's width of text, which the printer wraps if it must. */
export interface ReaderSlipLine {
  readonly text: string;
  readonly isBold: boolean;
  readonly isCentred: boolean;
}

/** The terminal's side of a running request. */
export interface ReaderDesk {
  /** R2. "refuse": it could not be made durable or is not what was asked for; a reader that can takes it back. */
  take(result: ReaderResult): Promise<"accept" | "refuse">;
  /** True once the slip is durable (paper moves later); false when there is no printer to take it. */
  slip(slip: ReaderSlip): Promise<boolean>;
  show(prompt: ReaderPrompt): void;
}

/** What an inquiry is about: the request as it was journaled, and the device it went to. */
export interface ReaderInquiry {
  readonly request: ReaderRequest;
  readonly serial: string;
}

/** What a reader says of an earlier request. `serial` is of the device that answered. */
export type ReaderInquiryAnswer =
  | { readonly kind: "found"; readonly result: ReaderResult }
  /** Idle, and nothing such stands: never approved, declined, or taken back. */
  | { readonly kind: "absent"; readonly serial: string }
  /** Something newer than the watermark that is not what was asked for. */
  | { readonly kind: "other"; readonly result: ReaderResult }
  | { readonly kind: "in_progress"; readonly serial: string }
  | { readonly kind: "unreachable"; readonly code: ReaderFaultCode }
  /** Capability inquiry is "none". */
  | { readonly kind: "unanswerable"; readonly serial: string };

/** Totals of one brand as the reader counts them at its end of day. */
export interface ReaderTotal {
  readonly brand: string;
  readonly count: number;
  readonly amountMinor: number;
}

/** How an end of day came out. Totals are the reader's own; what they mean is for the core to compare. */
export type ReaderDayEnd =
  | { readonly kind: "closed"; readonly totals: readonly ReaderTotal[]; readonly serial: string }
  | { readonly kind: "failed"; readonly code: ReaderDeclineCode | ReaderFaultCode; readonly text: string };

export type ReaderCardRead =
  /** Hex in upper case. A name, never a proof. */
  | { readonly kind: "uid"; readonly uid: string }
  | { readonly kind: "none"; readonly code: ReaderDeclineCode | ReaderFaultCode };

/** For the status strip and the health page. */
export interface ReaderState {
  readonly link: "down" | "connecting" | "ready" | "busy" | "needs_attention";
  /** Why it cannot take a card now; null when it can. */
  readonly problem: ReaderDeclineCode | ReaderFaultCode | null;
  readonly identity: ReaderIdentity | null;
  /** Named counts since the driver was made: crc, nak, retry, duplicate, garbage bytes, unknown fields, reconnects. */
  readonly counters: Readonly<Record<string, number>>;
}

/** A reader; see R1 to R4. Every driver passes tests/conformance/reader.ts. */
export interface Reader {
  readonly capabilities: ReaderCapabilities;
  state(): ReaderState;
  /** Calls `listener` after every change of the state. Returns how to stop that. */
  onState(listener: (state: ReaderState) => void): () => void;
  /**
   * Connects where it must, asks whether the reader is idle, and says which device it is. Before every
   * request: its answer is journaled with the intent.
   */
  ready(): Promise<
    | { readonly ok: true; readonly identity: ReaderIdentity }
    | { readonly ok: false; readonly code: ReaderDeclineCode | ReaderFaultCode }
  >;
  begin(request: ReaderRequest, desk: ReaderDesk): Promise<ReaderEnd>;
  /** Asks the running request to end; how it ended is the word of `begin` alone. */
  cancel(): void;
  inquire(inquiry: ReaderInquiry): Promise<ReaderInquiryAnswer>;
  endOfDay(desk: Pick<ReaderDesk, "slip" | "show">): Promise<ReaderDayEnd>;
  readMemberCard(desk: Pick<ReaderDesk, "show">): Promise<ReaderCardRead>;
  /** Ends what runs as "unknown" (or "not_sent"); may be called twice. */
  close(): void;
}
