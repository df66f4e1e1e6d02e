/**
 * What a till and a ZVT terminal say to each other, decoded: the words of the dialogue without its bytes.
 * wire.ts turns them into APDUs and back. Every field of a card that may appear on the wire is here,
 * because a terminal sends them; nothing of this is ever kept outside the simulator.
 */

/** A command of the till, or its answer to one of ours. `id` is the message sequence id (1F73), null without. */
export interface FromTill {
  readonly body: TillBody;
  readonly id: number | null;
}

/** What the till asks for. Currencies are four digits as on the wire ("0978"), null when not sent. */
export type TillBody =
  | {
      readonly kind: "register";
      readonly configBits: number;
      readonly currency: string | null;
      /** It takes text blocks (06 D3). */
      readonly takesBlocks: boolean;
    }
  | { readonly kind: "log_off" }
  | {
      readonly kind: "charge" | "refund" | "reserve";
      readonly amountMinor: number;
      readonly currency: string | null;
      /** The newest receipt number that the till knows (1F1F); null when empty or not sent. */
      readonly syncReceipt: number | null;
    }
  | { readonly kind: "reverse" | "release"; readonly receipt: number; readonly syncReceipt: number | null }
  | { readonly kind: "book" | "release_part"; readonly receipt: number; readonly amountMinor: number }
  | { readonly kind: "list_reservations" }
  | { readonly kind: "repeat_receipt"; readonly wantsStatus: boolean; readonly wantsPrint: boolean }
  | { readonly kind: "end_day" }
  | { readonly kind: "totals" }
  | { readonly kind: "diagnose" }
  | { readonly kind: "initialise" }
  | { readonly kind: "enquire" }
  | { readonly kind: "read_card" }
  | { readonly kind: "abort" }
  | { readonly kind: "display" }
  | { readonly kind: "set_time" }
  /** 80 00 and 84 00 are code 0, any other 84 xx is xx. */
  | { readonly kind: "answer"; readonly code: number }
  | { readonly kind: "unknown"; readonly control: number };

/** What the terminal says. */
export interface FromTerminal {
  readonly body: TerminalBody;
  readonly id: number | null;
}

/** Card types of BMP 19 / 8A that matter here. */
export type Technology = "stripe" | "chip" | "contactless";

/** The result of a business (04 0F). Absent fields are not sent. */
export interface StatusFields {
  readonly resultCode: number;
  readonly terminalId: string;
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly trace?: number;
  readonly originalTrace?: number;
  readonly receipt?: number;
  readonly turnover?: number;
  /** "MMDD" and "HHMMSS". */
  readonly date?: string;
  readonly time?: string;
  readonly card?: {
    readonly pan: string;
    /** "YYMM". */
    readonly expiry: string;
    readonly name: string;
    readonly typeCode: number;
    readonly technology: Technology;
    /** 1F10: 0 none, 1 signature, 2 online PIN. */
    readonly verification: number;
  };
  /** Eight characters of BMP 3B. */
  readonly authorisation?: string;
  /** BMP 3C. */
  readonly text?: string;
  readonly totals?: DayTotals;
  /** Hex of a card's UID (tag 4C). */
  readonly uid?: string;
}

/** BMP 60: the brands that it has places for. */
export const TOTAL_BRANDS = ["girocard", "jcb", "eurocard", "amex", "visa", "diners", "other"] as const;
export type TotalBrand = (typeof TOTAL_BRANDS)[number];

/** BMP 60. */
export interface DayTotals {
  readonly fromReceipt: number;
  readonly toReceipt: number;
  readonly brands: Readonly<Record<TotalBrand, { readonly count: number; readonly amountMinor: number }>>;
}

/** One line of a slip. */
export interface SlipLine {
  readonly text: string;
  readonly isCentred: boolean;
  readonly isDouble: boolean;
}

export type TerminalBody =
  | { readonly kind: "answer"; readonly code: number; readonly echoesIds: boolean }
  | {
      readonly kind: "intermediate";
      readonly code: number;
      readonly timeoutMinutes: number | null;
      readonly text: string;
    }
  | { readonly kind: "status"; readonly fields: StatusFields }
  /** The last line of a slip is followed by one with `isLast`. */
  | { readonly kind: "print_line"; readonly line: SlipLine; readonly isLast: boolean }
  | { readonly kind: "print_block"; readonly receiptKind: 1 | 2 | 3; readonly lines: readonly SlipLine[] }
  | {
      readonly kind: "registered";
      readonly statusBits: number;
      readonly terminalId: string;
      readonly currency: string;
    }
  | { readonly kind: "enquired"; readonly version: string; readonly status: number }
  | { readonly kind: "reservations"; readonly receipts: readonly number[] }
  | { readonly kind: "completed" }
  | { readonly kind: "aborted"; readonly code: number };
