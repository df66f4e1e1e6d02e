/**
 * What the runtime tells a page about the rooms beside the sale: one order, the shift, stock, health,
 * a scan, settings. A page opens one panel at a time and is sent it anew whenever it changed.
 * Shared by both sides; types alone. Words in codes (a mark, an event's name) are said by the page.
 */
import type { OrderKind, PrintMark } from "../../core/facts.ts";
import type { ClerkId, DrawerId, EventId, LineId, OrderId, ShiftId } from "../../core/ids.ts";
import type { Mark, OrderPhase } from "../../core/order/types.ts";
import type { DayCase } from "../../core/tender/events.ts";
import type { ClockFlag } from "../../core/staff/events.ts";

/** "pending" until the printer has answered; "none" when there is nothing to print. */
export type PrintView = "none" | "pending" | "printed" | "failed" | "unknown";

/** A line of an order or of a closed check, with what came back of it. */
export interface SoldLineView {
  readonly line: LineId;
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  /** What of the amount is tax that was put on top of the price; 0 where tax is inside. */
  readonly taxOnTopMinor: number;
  readonly note: string;
  /** Units that came back so far; more than were sold when two terminals took them back apart. */
  readonly returnedMilli: number;
}

/** One step in the life of an order, for people: what, when, who. */
export interface TimelineRow {
  readonly timeText: string;
  /** The event's name; the page has a sentence for each. */
  readonly type: string;
  readonly clerk: ClerkId | "";
  /** What it was about in names and words: an item, a reason, a receipt's number; may be empty. */
  readonly detail: string;
  /** The units or the money that it moved (of a new line the price of one), null where it moved none. Money paid out is negative. */
  readonly quantityMilli: number | null;
  readonly amountMinor: number | null;
  /** Durable here, and at headquarters. */
  readonly isStored: boolean;
  readonly isSent: boolean;
}

/** A closed check of an order. */
export interface ClosingView {
  readonly closing: EventId;
  readonly receipt: string;
  readonly timeText: string;
  readonly clerk: ClerkId;
  /** Below 0 for a return. */
  readonly totalMinor: number;
  /** What coins rounded. */
  readonly roundingMinor: number;
  /** What the house rounded the order by; part of the total. */
  readonly orderRoundingMinor: number;
  readonly handedMinor: number;
  readonly changeMinor: number;
  readonly lines: readonly SoldLineView[];
  readonly copyCount: number;
  readonly print: PrintView;
  readonly printMark: PrintMark;
}

/** One order, whole. */
export interface OrderDetail {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly phase: OrderPhase;
  readonly isParked: boolean;
  readonly label: string;
  readonly reason: string;
  readonly note: string;
  /** The receipt that a return pays back, as its number; empty otherwise. */
  readonly returnOf: string;
  readonly openTotalMinor: number;
  readonly openLines: readonly SoldLineView[];
  readonly closings: readonly ClosingView[];
  readonly marks: readonly Mark[];
  /** Oldest first. */
  readonly timeline: readonly TimelineRow[];
}

/** A shift as its panel shows it; what is expected is not said before the drawer was counted. */
export interface ShiftView {
  readonly shift: ShiftId;
  readonly drawer: DrawerId;
  /** "2026-11-22". */
  readonly businessDate: string;
  readonly openedText: string;
  readonly clerk: ClerkId | "";
  /** Whether this terminal opened it: only then it is counted and closed here. */
  readonly isOwn: boolean;
  /** Whether the cash of the page's clerk goes through it. */
  readonly isMine: boolean;
  readonly floatMinor: number;
  readonly saleCount: number;
  readonly returnCount: number;
  readonly noSaleCount: number;
  /** Null until somebody counted, and again once cash moved after that. */
  readonly counted: {
    readonly countedMinor: number;
    readonly expectedMinor: number;
    readonly differenceMinor: number;
  } | null;
}

/** A shift of another terminal of the store whose drawer this one may share. */
export interface JoinableShift {
  readonly shift: ShiftId;
  readonly drawer: DrawerId;
  readonly terminal: string;
  readonly clerk: ClerkId | "";
}

/** A Z that may be printed again. */
export interface ZView {
  readonly closing: EventId;
  readonly zNumber: number;
  readonly drawer: DrawerId;
  readonly businessDate: string;
  readonly closedText: string;
  readonly differenceMinor: number;
}

export interface ShiftPanel {
  readonly open: readonly ShiftView[];
  /** Drawers of this terminal without a shift. */
  readonly freeDrawers: readonly DrawerId[];
  readonly joinable: readonly JoinableShift[];
  /** Newest first. */
  readonly closed: readonly ZView[];
  /** Records that headquarters has not acknowledged: a close lists them and goes on sending. */
  readonly unsentCount: number;
  /** Notes and coins of the currency, largest first. */
  readonly denominationsMinor: readonly number[];
}

/** An item as it is on sale here. */
export interface StockRow {
  readonly sku: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly isSoldOut: boolean;
}

/** An item of which headquarters says that it runs low. */
export interface StockAlert {
  readonly sku: string;
  readonly levelMilli: number;
  readonly targetMilli: number;
}

/** What is on sale here, in the catalogue's order. */
export interface StockPanel {
  readonly items: readonly StockRow[];
  readonly alerts: readonly StockAlert[];
}

export interface HealthPanel {
  readonly terminal: string;
  readonly version: string;
  readonly unsentCount: number;
  /** Seconds since the oldest unsent record was written, null when there is none or nobody knows. */
  readonly oldestUnsentSeconds: number | null;
  readonly ackedSeq: number;
  readonly headSeq: number;
  readonly disk: "ok" | "full" | "failed" | "damaged";
  /** "ok", "none" or a printer/… code. */
  readonly printerCode: string;
  /** The printer's model; empty without one. */
  readonly printerName: string;
  readonly isPaperLow: boolean;
  readonly clockFlag: ClockFlag | "none";
  /** Whether everything is at headquarters, so that this device may be swapped. */
  readonly isSafeToSwap: boolean;
  /** Clerks whom a second person has to unlock. */
  readonly lockedClerks: readonly ClerkId[];
  /** The newest day close of each reader, newest first. */
  readonly readerDays: readonly ReaderDayView[];
}

/** A reader's end of day beside the journal. */
export interface ReaderDayView {
  readonly reader: string;
  readonly serial: string;
  readonly closedText: string;
  readonly rows: readonly {
    readonly brand: string;
    readonly readerCount: number;
    readonly readerMinor: number;
    readonly journalCount: number;
    readonly journalMinor: number;
  }[];
  readonly cases: readonly DayCaseView[];
}

/** A difference; `label` is what people call the order that it is about, empty where nobody knows. */
export type DayCaseView = Omit<DayCase, "tender"> & { readonly label: string };

/** How a printer is reached. */
export type PrinterAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "serial"; readonly path: string; readonly baudRate: number };

/** A printer as it is paired: where it is and what it is. */
export interface PairedPrinter {
  readonly address: PrinterAddress;
  /** A row of drivers/printer/models.ts. */
  readonly model: string;
}

/** The printer that is paired, and what may be chosen instead. */
export interface SettingsPanel {
  readonly printer: PairedPrinter | null;
  readonly models: readonly string[];
  readonly serialPaths: readonly string[];
}

/** What a scan was. A payment code is never told on: only that it was one. */
export type ScanView =
  | { readonly kind: "item"; readonly sku: string }
  | { readonly kind: "receipt"; readonly order: OrderId; readonly closing: EventId }
  | { readonly kind: "payment_code" }
  /** `code` is a scan/… code. */
  | { readonly kind: "rejected"; readonly code: string; readonly sentence: string };

/** What a page may have open. */
export type Panel =
  | { readonly panel: "none" }
  | { readonly panel: "orders" }
  | { readonly panel: "order"; readonly order: OrderId }
  | { readonly panel: "shift" }
  | { readonly panel: "stock" }
  | { readonly panel: "health" }
  | { readonly panel: "settings" };

/** The content of the panel that is open; "orders" has its own message. */
export type PanelContent =
  /** `content` is null when the order is not on this terminal. */
  | { readonly panel: "order"; readonly order: OrderId; readonly content: OrderDetail | null }
  | { readonly panel: "shift"; readonly content: ShiftPanel }
  | { readonly panel: "stock"; readonly content: StockPanel }
  | { readonly panel: "health"; readonly content: HealthPanel }
  | { readonly panel: "settings"; readonly content: SettingsPanel };
