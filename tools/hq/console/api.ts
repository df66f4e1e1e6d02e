/**
 * What the console's server and its pages say to each other, as types alone. Amounts are minor units
 * written as digits, for sums may pass what a number holds; quantities are thousandths; instants are
 * epoch milliseconds. A list carries `next`, the text that asks for what comes behind it.
 */
import type { HolderRow } from "./api-house.ts";

/** Minor units of a currency as an integer's digits. */
export type MinorText = string;

/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Null at the end. */
  readonly next: string | null;
}

/** Why a request was refused. The page has words for each; `field` names a filter or a column. */
export type ConsoleCode =
  /** No session: the address with the token was not opened in this browser. */
  | "console/session"
  /** The request came from another site, or names a host that is not this one. */
  | "console/origin"
  | "console/not_found"
  /** A filter is none. */
  | "console/query"
  /** A body is not what this path takes. */
  | "console/body"
  | "console/too_large"
  /** The database did not answer. */
  | "console/store"
  /** Headquarters' own journal is not at hand in this process. */
  | "console/no_authoring"
  /** As much is under way already as runs at once. */
  | "console/busy"
  /** Our own mistake; the log has it. */
  | "console/bug";

/** The body of every answer that is not a yes. */
export interface ConsoleError {
  readonly error: { readonly code: ConsoleCode; readonly field: string };
}

/** What every page needs to begin. */
export interface House {
  readonly tenant: string;
  readonly zoneMinutes: number;
  readonly nowMs: number;
  /** The day of the newest sale, or null where there is none. */
  readonly newestDay: string | null;
  readonly canAuthor: boolean;
}

/** One currency's day beside the same weekday of the week before. */
export interface DayTurnover {
  readonly currency: string;
  readonly netMinor: MinorText;
  readonly saleCount: number;
  readonly returnCount: number;
  /** Of a sale or return; 0 where there was none. */
  readonly averageMinor: MinorText;
  /** The week before: the whole day, and up to this time of day. */
  readonly lastNetMinor: MinorText;
  readonly lastSoFarMinor: MinorText;
  readonly lastSaleCount: number;
  /** By hour of the day, 24 each. */
  readonly hours: readonly MinorText[];
  readonly lastHours: readonly MinorText[];
}

/** What somebody has to look at. */
export type Exception =
  | {
      readonly kind: "alarm";
      readonly code: string;
      readonly terminal: string;
      readonly subject: string;
      readonly detail: string;
      readonly count: number;
      readonly firstAtMs: number;
      readonly lastAtMs: number;
    }
  /** A shift is open there, and nothing came for a while. */
  | { readonly kind: "terminal_silent"; readonly terminal: string; readonly lastReceivedAtMs: number }
  /** What came is not in the figures yet. */
  | { readonly kind: "figures_wait"; readonly terminal: string; readonly sinceMs: number }
  /** Its clock is ahead by at least this. */
  | { readonly kind: "clock_ahead"; readonly terminal: string; readonly byMs: number }
  | {
      readonly kind: "low_stock";
      readonly sku: string;
      readonly name: string;
      readonly levelMilli: number;
      readonly targetMilli: number;
    }
  | {
      readonly kind: "shift_differs";
      readonly terminal: string;
      readonly zNumber: number;
      readonly businessDate: string;
    }
  | {
      readonly kind: "clerk_locked";
      readonly terminal: string;
      readonly clerk: string;
      readonly count: number;
    }
  /** A card of which nobody knows, or that moved other money. */
  | {
      readonly kind: "card_open";
      readonly terminal: string;
      readonly order: string;
      readonly minor: MinorText;
      readonly currency: string;
      readonly state: string;
      readonly atMs: number;
    };

/** The page Today. */
export interface Today {
  readonly day: string;
  readonly lastDay: string;
  /** Whether the day is the running one. */
  readonly isLive: boolean;
  readonly nowMs: number;
  readonly turnovers: readonly DayTurnover[];
  readonly exceptions: readonly Exception[];
  /** Records held that are not in the figures yet. */
  readonly lagCount: number;
}

/** An order in the list. */
export interface OrderListRow {
  readonly order: string;
  readonly kind: string;
  readonly phase: string;
  readonly terminal: string;
  readonly label: string;
  readonly currency: string;
  readonly openedAtMs: number;
  readonly openMinor: MinorText;
  readonly closedMinor: MinorText;
  readonly marks: readonly string[];
  readonly clerk: string;
  /** As printed: terminal-series-number. */
  readonly receipts: readonly string[];
  readonly differs: boolean;
}

/** One fact of an event; `label` is a word of the page. */
export type EventFact =
  | { readonly label: string; readonly kind: "text"; readonly text: string }
  | { readonly label: string; readonly kind: "money"; readonly minor: MinorText }
  | { readonly label: string; readonly kind: "quantity"; readonly milli: number }
  /** A reason or a name of the vocabulary, which the page may have words for. */
  | { readonly label: string; readonly kind: "word"; readonly word: string };

/** One step of an order's history. */
export interface TimelineEvent {
  readonly id: string;
  readonly type: string;
  readonly terminal: string;
  readonly seq: number;
  readonly clerk: string;
  readonly atMs: number;
  /** When headquarters had it, or null where that is not known. */
  readonly receivedAtMs: number | null;
  readonly facts: readonly EventFact[];
}

/** A line of a check, or an open one. */
export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unitMinor: MinorText;
  readonly amountMinor: MinorText;
  readonly note: string;
}

/** The drawer of one order. */
export interface OrderDetail {
  readonly order: string;
  readonly kind: string;
  readonly phase: string;
  readonly currency: string;
  readonly label: string;
  readonly marks: readonly string[];
  readonly openLines: readonly OrderLine[];
  readonly checks: readonly {
    readonly status: string;
    readonly dueMinor: MinorText;
    readonly receipts: readonly string[];
    readonly lines: readonly OrderLine[];
  }[];
  readonly events: readonly TimelineEvent[];
  /** Records that this build cannot read. */
  readonly unreadableCount: number;
}

/** A terminal in the list. */
export interface TerminalRow {
  readonly terminal: string;
  readonly epoch: string;
  readonly epochCount: number;
  readonly heldSeq: number;
  readonly projectedSeq: number;
  readonly lastReceivedAtMs: number | null;
  readonly oldestWaitingAtMs: number | null;
  readonly clockBehindMs: number | null;
  readonly version: string;
  readonly shift: { readonly sinceMs: number; readonly clerk: string; readonly drawer: string } | null;
  /** What it holds of headquarters' own journal: its seq, or null where it has not asked since the start. */
  readonly holdsSeq: number | null;
  /** The newest version among it; 0 for none, null where it is not known. */
  readonly holdsVersion: number | null;
  /** Whether it holds everything that headquarters said; null where that is not known. */
  readonly isCurrent: boolean | null;
}

/** A counted item. */
export interface StockRow {
  readonly sku: string;
  readonly name: string;
  readonly levelMilli: number;
  readonly targetMilli: number;
  readonly thresholdPpm: number;
  readonly isLow: boolean;
}

/** One movement. */
export interface MovementRow {
  readonly id: string;
  readonly sku: string;
  readonly atMs: number;
  readonly kind: string;
  readonly quantityMilli: number;
  readonly receipt: string;
  readonly order: string;
}

/** What a count would change, or did. */
export interface CountAnswer {
  readonly refusals: readonly string[];
  readonly rows: readonly {
    readonly sku: string;
    readonly name: string;
    /** Null for an item that was never counted. */
    readonly beforeMilli: number | null;
    readonly afterMilli: number;
    readonly targetMilli: number;
  }[];
  readonly rowCount: number;
  readonly isTaken: boolean;
}

/** A Z. */
export interface ShiftListRow {
  readonly id: string;
  readonly terminal: string;
  readonly drawer: string;
  readonly zNumber: number;
  readonly businessDate: string;
  readonly atMs: number;
  readonly openedAtMs: number;
  readonly clerk: string;
  readonly currency: string;
  readonly netMinor: MinorText;
  readonly heldMinor: MinorText;
  readonly heldCount: number;
  readonly agrees: boolean;
  readonly expectedMinor: MinorText;
  readonly countedMinor: MinorText;
  readonly differenceMinor: MinorText;
  readonly reason: string;
  /** The lines of the Z in the order of the paper. */
  readonly figures: readonly {
    readonly label: string;
    readonly minor: MinorText | null;
    readonly count: number | null;
  }[];
  readonly taxes: readonly {
    readonly ratePpm: number;
    readonly netMinor: MinorText;
    readonly taxMinor: MinorText;
  }[];
}

/** What a report is made by. */
export const REPORT_KEYS = ["item", "hour", "day", "clerk", "terminal"] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];
/** What a report is made of. */
export const PERIODS = ["day", "week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];

/** A report's line. Counts are null where they mean nothing: an item has lines, not receipts. */
export interface ReportRow {
  readonly key: string;
  /** An item's name; empty otherwise. */
  readonly name: string;
  readonly currency: string;
  readonly netMinor: MinorText;
  readonly saleCount: number | null;
  readonly returnCount: number | null;
  readonly quantityMilli: string | null;
}

/** The page Reports. */
export interface ReportAnswer {
  readonly period: Period;
  readonly by: ReportKey;
  /** First day, and the first day after it. */
  readonly from: string;
  readonly to: string;
  readonly rows: readonly ReportRow[];
  /** More rows than are shown; the CSV has all. */
  readonly hasMore: boolean;
  readonly totals: readonly {
    readonly currency: string;
    readonly netMinor: MinorText;
    readonly saleCount: number;
    readonly returnCount: number;
  }[];
  readonly taxes: readonly {
    readonly currency: string;
    readonly ratePpm: number;
    readonly netMinor: MinorText;
    readonly taxMinor: MinorText;
  }[];
  readonly tenders: readonly {
    readonly currency: string;
    readonly method: string;
    readonly amountMinor: MinorText;
    readonly count: number;
  }[];
}

/** A row of the audit. */
export interface AuditRow {
  readonly id: string;
  readonly type: string;
  readonly terminal: string;
  readonly atMs: number;
  readonly clerk: string;
  readonly subject: string;
  readonly amountMinor: MinorText;
  readonly order: string;
  readonly detail: string;
}

/** The head of the page Audit. */
export interface AuditHead {
  readonly alarms: readonly Extract<Exception, { kind: "alarm" }>[];
  readonly pins: readonly {
    readonly terminal: string;
    readonly clerk: string;
    readonly count: number;
    readonly lastAtMs: number;
    readonly isLocked: boolean;
  }[];
}

/** An item of the catalogue in force. */
export interface CatalogueRow {
  readonly sku: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly category: string;
  /** In force now. */
  readonly priceMinor: MinorText;
  readonly taxPpm: number;
  readonly isSoldOut: boolean;
  /** Prices that wait for their start, the soonest first. */
  readonly toCome: readonly { readonly priceMinor: MinorText; readonly startsAtMs: number }[];
}

/** The head of the page Catalogue. */
export interface CatalogueHead {
  /** Of the catalogue in force; 0 where headquarters published none. */
  readonly version: number;
  readonly startsAtMs: number | null;
  readonly itemCount: number;
  readonly currency: string;
  /** Catalogues that wait for their start. */
  readonly toCome: readonly { readonly version: number; readonly startsAtMs: number }[];
  /** The newest version of all, prices included. */
  readonly newestVersion: number;
  /** Which terminal holds which version. */
  readonly holdings: readonly HolderRow[];
}

/** One item that a publication changes. */
export interface PublishRow {
  readonly sku: string;
  readonly name: string;
  readonly change: "added" | "changed" | "removed";
  readonly beforeMinor: MinorText | null;
  readonly afterMinor: MinorText | null;
}

/** What a publication would change, or did. */
export interface PublishAnswer {
  readonly refusals: readonly string[];
  readonly rows: readonly PublishRow[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
  readonly startsAtMs: number | null;
  /** The version that was published; null for a preview. */
  readonly version: number | null;
}
