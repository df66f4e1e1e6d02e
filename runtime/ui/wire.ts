/**
 * What page and runtime say to each other, as JSON over one WebSocket. Types alone, shared by both
 * sides; wire-page.ts reads what a page says, wire-view.ts what the runtime says.
 *
 *     page -> runtime   hello, open; numbered: command, pin, scan, scale, pair_printer, test_print, reader
 *     runtime -> page   welcome, view, orders, panel, fault; to a numbered message: answer or scanned
 *
 * A page may send every command but those that the runtime says itself. Rights and amounts are not
 * checked on the wire: the trade does that and answers in words.
 *
 * N1 `n` counts the numbered messages of a page's load from 1. A command and a scan may be sent again
 *    after a reconnect under the same n and have one effect. A pin, a word to the scale, a pairing and a test are never
 *    sent again: what became of them is in the view, or the clerk begins anew.
 * N2 A page acts only for the clerk who signed on at it: `clerk` of a numbered message is the one of the
 *    newest view's `clerk`, or empty. Another one is answered with clerk/not_signed_on.
 */
import type { Command, CommandOf, ReaderCommand } from "../../core/command.ts";
import type {
  CheckId,
  ClerkId,
  DrawerId,
  EventId,
  LineId,
  OrderId,
  ShiftId,
  TenderId,
} from "../../core/ids.ts";
import type { OrderPhase } from "../../core/order/types.ts";
import type { OrderKind, Right } from "../../core/facts.ts";
import type { ClockFlag } from "../../core/staff/events.ts";
import type { CardRequestKind } from "../../core/tender/events.ts";
import type { CardTenderStatus } from "../../core/tender/types.ts";
import type { ScaleFace } from "../scale/desk.ts";
import type { WireCode } from "./fields.ts";
import type { PairedPrinter, Panel, PanelContent, PrintView, ScanView } from "./panels.ts";
import type { PricingView } from "./wire-pricing.ts";

/** A screen's language; each page has its own. */
export type Language = "en" | "zh";

/** The languages of a screen. */
export const LANGUAGES: readonly Language[] = ["en", "zh"];

/** The commands that the runtime says itself: executors, the PIN gate, the clock's watch, the scanner. */
type OwnCommandType =
  | "finish_print"
  | "finish_report"
  | "try_pin"
  | "pass_pin"
  | "flag_clock"
  | "add_labelled_item"
  | ReaderCommand["type"];

/** The commands that a screen may send. A sign-on by name alone; one by PIN is a pin message. */
export type ScreenCommand =
  | Exclude<Command, { type: OwnCommandType | CompletedCommandType }>
  | { readonly type: "sign_on"; readonly clerk: ClerkId }
  /** The runtime adds which device is connected under the reader's name. */
  | Omit<CommandOf<"request_card">, "serial">
  | Omit<CommandOf<"reverse_card">, "serial">;

/** Commands that a screen says a part of, and the runtime the rest. */
type CompletedCommandType = "sign_on" | "request_card" | "reverse_card";

/**
 * Why a screen asks for a PIN. "approve": `who` lends a right for `command` to `clerk`. Entering training
 * needs `who` to have the right "training"; leaving it signs `who` on for real. A `who` without a PIN has
 * an empty one for these two.
 */
export type PinAsk = "sign_on" | "approve" | "enter_training" | "leave_training";

/** A numbered message; `clerk` is who acts, empty for nobody. */
interface Numbered {
  readonly n: number;
  readonly clerk: ClerkId | "";
}

/** A tap. */
export type CommandMessage = Numbered & { readonly kind: "command"; readonly command: ScreenCommand };
/** `pin` is 4 to 8 digits; nothing keeps it behind the compare. `command` is null but for "approve". */
export type PinMessage = Numbered & {
  readonly kind: "pin";
  readonly who: ClerkId;
  readonly pin: string;
} & (
    | { readonly purpose: "approve"; readonly command: ScreenCommand }
    | { readonly purpose: Exclude<PinAsk, "approve">; readonly command: null }
  );
/** What a scanner typed into the page; answered by `scanned`. */
export type ScanMessage = Numbered & { readonly kind: "scan"; readonly text: string };
/** Answered once the printer was tried. Needs the right "approve". */
export type PairMessage = Numbered & { readonly kind: "pair_printer"; readonly printer: PairedPrinter };
/** Answered once the printer has said how it went. */
export type TestPrintMessage = Numbered & { readonly kind: "test_print" };

/**
 * To a card reader. "cancel" asks the running request of `tender` to end, "check" asks about a tender that
 * is not known; what comes of either is in the view. "close_day" is answered when the reader has, and
 * needs the right "shift". `tender` is null but for the first two, `reader` empty but for the last.
 */
export type ReaderMessage = Numbered & { readonly kind: "reader" } & (
    | { readonly action: "cancel" | "check"; readonly tender: TenderId; readonly reader: "" }
    | { readonly action: "close_day"; readonly tender: null; readonly reader: string }
  );

/**
 * To the scale. "weigh" adds a line of the item with what lies on it, "zero", "tare" and "clear_tare" are
 * its keys. `sku` is empty but for the first.
 */
export type ScaleMessage = Numbered & {
  readonly kind: "scale";
  readonly action: "weigh" | "zero" | "tare" | "clear_tare";
  readonly sku: string;
};

/** What a page says under a number. */
export type NumberedMessage =
  | CommandMessage
  | PinMessage
  | ScanMessage
  | PairMessage
  | TestPrintMessage
  | ReaderMessage
  | ScaleMessage;

export type PageMessage =
  /** First on every connection, and again when the language changes. Null asks for the store's language. */
  | { readonly kind: "hello"; readonly view: number; readonly language: Language | null }
  /** Keeps one panel open; "none" closes the one that is. */
  | { readonly kind: "open"; readonly panel: Panel }
  | NumberedMessage;

/** Why the connection itself was refused something; not about the trade. */
export type PageFaultCode = WireCode | "wire/hello_missing" | "wire/too_many_messages";

/** A clerk who may sign on here. */
export interface StaffView {
  readonly clerk: ClerkId;
  readonly name: string;
  /** Without one a clerk signs on by name, and approves nothing. */
  readonly hasPin: boolean;
  /** What the staff list gives: for buttons; the trade checks again. */
  readonly rights: readonly Right[];
}

/** A chip above the items. */
export interface CategoryView {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
}

/** A tile: what is sold, by its list price. */
export interface ItemView {
  readonly sku: string;
  readonly category: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly priceMinor: number;
  /** As the catalogue has it; the view's `availability` goes before it. */
  readonly isSoldOut: boolean;
  /** Its price is for a kilogram: a tap on it asks the scale. */
  readonly isByWeight: boolean;
}

/** What was set on this terminal, over what the catalogue says. */
export interface AvailabilityView {
  readonly sku: string;
  readonly isSoldOut: boolean;
}

/** What a page needs once: sent after each hello, and when training begins or ends. */
export interface Welcome {
  readonly shopName: string;
  readonly terminal: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly exponent: number;
  readonly language: Language;
  readonly isTraining: boolean;
  /** Whether cash is taken only while a shift is open. */
  readonly needsShift: boolean;
  /** Whether going to the tender asks the only ready reader at once. */
  readonly armsReader: boolean;
  readonly drawers: readonly DrawerId[];
  /** Notes and coins of the currency, largest first. */
  readonly denominationsMinor: readonly number[];
  /** Null where every amount can be paid in coins. */
  readonly cashRounding: { readonly incrementMinor: number; readonly tie: "up" | "down" } | null;
  readonly staff: readonly StaffView[];
  readonly categories: readonly CategoryView[];
  readonly items: readonly ItemView[];
}

export interface LineView {
  readonly line: LineId;
  readonly sku: string;
  /** As it will stand on the receipt. */
  readonly name: string;
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  readonly note: string;
}

/** The order that the screen works on: its open lines, or those of the check that waits for money. */
export interface OrderView {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly phase: "open" | "frozen";
  /** The frozen check, null while lines may change. */
  readonly check: CheckId | null;
  readonly label: string;
  readonly note: string;
  /** Whether the command undo would take something back. */
  readonly canUndo: boolean;
  readonly lines: readonly LineView[];
  /** Pieces; a weighed line counts as one. */
  readonly itemCount: number;
  /** To pay, or to pay out of a return: at least 0 for either kind. */
  readonly totalMinor: number;
  readonly takenMinor: number;
  /** What take_cash names as leftMinor. */
  readonly leftMinor: number;
  /** What is left when cash settles it: rounded where small coins are gone. */
  readonly cashLeftMinor: number;
  /** Null where each line costs its price and no more is due. */
  readonly pricing: PricingView | null;
}

/** The newest closing of this terminal. */
export interface LastView {
  readonly order: OrderId;
  readonly receipt: string;
  readonly totalMinor: number;
  readonly handedMinor: number;
  readonly changeMinor: number;
  readonly print: PrintView;
  /** A printer/… code, empty when there is nothing to say. */
  readonly printCode: string;
  /** What that code means for a clerk. */
  readonly printer: PrinterState;
}

/** "red": not yet on disk. "amber": on disk here. "green": headquarters holds everything durably. */
export type Light = "red" | "amber" | "green";
/** "none": this terminal has no headquarters. */
export type LinkState = "up" | "down" | "none";
/** "unknown": there is one, and nobody has spoken to it since the start. */
export type PrinterState =
  | "none"
  | "unknown"
  | "ready"
  | "unreachable"
  | "paper_out"
  | "cover_open"
  | "fault";
export type DiskHealth = "ok" | "full" | "failed" | "damaged";

export interface StatusView {
  /** Hours and minutes in the store's zone. */
  readonly timeText: string;
  readonly link: LinkState;
  readonly light: Light;
  /** Records of the journal that headquarters has not acknowledged. */
  readonly unsentCount: number;
  /** Closed sales and returns among them. */
  readonly unsentSalesCount: number;
  readonly printer: PrinterState;
  readonly isPaperLow: boolean;
  readonly disk: DiskHealth;
  readonly isTraining: boolean;
  /** Why the clock on the wall is not believed. */
  readonly clockFlag: ClockFlag | "none";
  readonly parkedCount: number;
  /** The shift that the cash of the page's clerk goes through; null for none, or for several and none of theirs. */
  readonly shift: { readonly shift: ShiftId; readonly drawer: DrawerId } | null;
}

/** A card reader, for the status strip, the tender and the health page. */
export interface ReaderView {
  /** As the configuration names it. */
  readonly name: string;
  readonly link: "down" | "connecting" | "ready" | "busy" | "needs_attention";
  /** Empty before it was ever reached. */
  readonly model: string;
  readonly serial: string;
  /** Why it takes no card now, in the page's language; empty when it does. */
  readonly sentence: string;
}

/** What a reader shows at this moment; says nothing about money. */
export interface PromptView {
  readonly step: "connecting" | "present_card" | "enter_pin" | "processing" | "remove_card" | "other";
  readonly text: string;
  readonly canCancel: boolean;
}

/** A card tender of the check that is paid, or one of another order that is not known. */
export interface CardView {
  readonly tender: TenderId;
  readonly order: OrderId;
  /** Of its order. */
  readonly label: string;
  /** Whether it belongs to the order that the screen works on. */
  readonly isCurrent: boolean;
  readonly reader: string;
  readonly kind: CardRequestKind;
  /** Above 0 taken, below 0 given back. */
  readonly amountMinor: number;
  readonly status: CardTenderStatus;
  /** Asking the reader again cannot tell. */
  readonly isManual: boolean;
  readonly isOverridden: boolean;
  /** Brand and last four; empty before an approval. */
  readonly card: string;
  /** What happened, what is safe, what to do; empty when there is nothing to say. */
  readonly sentence: string;
  /** The reader's or its host's own words. */
  readonly text: string;
  /** Whether a reader works on it at this moment. */
  readonly isAtReader: boolean;
  readonly prompt: PromptView | null;
  /** Money that the reader moved and nobody asked for, until a person settled it. */
  readonly orphan: {
    readonly orphan: EventId;
    readonly amountMinor: number;
    readonly currency: string;
  } | null;
}

/** Everything about cards that a screen shows. */
export interface CardsView {
  readonly readers: readonly ReaderView[];
  readonly tenders: readonly CardView[];
}

/** One row of the list: the orders of today, and older ones that are not finished. */
export interface OrderRow {
  readonly order: OrderId;
  readonly kind: OrderKind;
  readonly timeText: string;
  readonly phase: OrderPhase;
  readonly isParked: boolean;
  readonly label: string;
  /** Empty while no check is closed. */
  readonly receipt: string;
  readonly totalMinor: number;
  readonly itemCount: number;
  /** Whether any unit of it came back. */
  readonly isReturned: boolean;
  /** What staff must know of it; the panel of the order names them. */
  readonly markCount: number;
  /** False while its newest record is not on disk: then nothing about it is final. */
  readonly isStored: boolean;
  readonly isUnsent: boolean;
  readonly print: PrintView;
}

export interface RefusalView {
  /** Of the trade (core/refusal.ts), of the printer (printer/…) or of the screen (words.ts). */
  readonly code: string;
  /** What happened, what is safe, what to do: in the page's language. */
  readonly sentence: string;
  /** The right that was missing (clerk/right_missing), so that a second person may be asked for it. */
  readonly right: Right | null;
  /** How long the clerk waits (clerk/pin_wait). */
  readonly waitSeconds: number | null;
  /** PINs that may still be wrong before the clerk is locked (clerk/pin_wrong). */
  readonly triesLeft: number | null;
}

/** Parts of the screen; each is sent when it changed. */
export interface ScreenView {
  /** Who is signed on at this page; empty for nobody. */
  readonly clerk?: ClerkId | "";
  readonly order?: OrderView | null;
  readonly last?: LastView | null;
  readonly status?: StatusView;
  readonly cards?: CardsView;
  /** Null without a scale. */
  readonly scale?: ScaleFace | null;
  readonly availability?: readonly AvailabilityView[];
}

/** What the runtime says. A view names only what changed since the last one on the same connection. */
export type ScreenMessage =
  | { readonly kind: "welcome"; readonly welcome: Welcome }
  | ({ readonly kind: "view" } & ScreenView)
  | { readonly kind: "orders"; readonly orders: readonly OrderRow[] }
  | ({ readonly kind: "panel" } & PanelContent)
  /** To every numbered message but a scan, behind the view that holds its effect. */
  | { readonly kind: "answer"; readonly n: number; readonly refusal: RefusalView | null }
  /**
   * What a scan was, and what the trade said to it; behind the view that holds its effect. `n` is the
   * page's scan message, or 0 for a scanner of the terminal's own.
   */
  | {
      readonly kind: "scanned";
      readonly n: number;
      readonly scan: ScanView;
      readonly refusal: RefusalView | null;
    }
  | { readonly kind: "fault"; readonly code: PageFaultCode; readonly sentence: string };
