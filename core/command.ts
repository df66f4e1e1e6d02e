/**
 * Commands: what a tap, a scan or an executor asks for, in the imperative. Ids are those that the
 * state shows; `order: null` means the order that this command opens.
 */
import type { CheckId, ClerkId, DrawerId, EventId, LineId, OrderId, ShiftId, TenderId } from "./ids.ts";
import type { OrderKind, PrintMark, PrintOutcome } from "./facts.ts";
import type { TaxTreatment } from "./price/rules/types.ts";
import type { CashMove } from "./shift/events.ts";
import type { ClockFlag, PinPurpose } from "./staff/events.ts";
import type { CardResult, ReaderTotal, SlipReceived } from "./tender/events.ts";
import type { ReaderSays, RecoveryCapabilities } from "./tender/recovery.ts";

/** Units of a sold line that are to come back. */
export interface UnitsToReturn {
  readonly line: LineId;
  readonly quantityMilli: number;
}

/** Notes or coins as somebody counted them. */
export interface CountedDenomination {
  readonly valueMinor: number;
  readonly count: number;
}

/** What nobody has to be signed on for: the way to a sign-on, and what the runtime itself reports. */
export type HouseCommand =
  /** `attempt` is the try of a PIN that was right, null for a clerk without one. */
  | { readonly type: "sign_on"; readonly clerk: ClerkId; readonly attempt: EventId | null }
  /** From the PIN gate, before it compares: journaled first, so that a power cut does not forget the try. */
  | { readonly type: "try_pin"; readonly clerk: ClerkId; readonly purpose: PinPurpose }
  /** From the PIN gate: the PIN of this try was right. */
  | { readonly type: "pass_pin"; readonly clerk: ClerkId; readonly attempt: EventId }
  /** From the watch over the clock, not from a screen; byMs is the magnitude. */
  | { readonly type: "flag_clock"; readonly flag: ClockFlag; readonly byMs: number }
  /** From the print executor, not from a screen. */
  | {
      readonly type: "finish_report";
      readonly job: EventId;
      readonly outcome: PrintOutcome;
      readonly code: string;
      readonly mark: PrintMark;
    }
  /** From the print executor, not from a screen. */
  | {
      readonly type: "finish_print";
      readonly order: OrderId;
      readonly job: EventId;
      readonly outcome: PrintOutcome;
      readonly code: string;
      readonly mark: PrintMark;
    };

/** Money that a reader says it moved. */
export interface ReaderMoney {
  /** A magnitude. */
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly result: CardResult;
  readonly isOffline: boolean;
}

/** What the reader's executor reports, with nobody signed on. None comes from a screen. */
export type ReaderCommand =
  /** The reader moved money for this request: to be durable before it hears that we know. */
  | ({ readonly type: "approve_tender"; readonly order: OrderId; readonly tender: TenderId } & ReaderMoney)
  /** The approval stands. */
  | { readonly type: "capture_tender"; readonly order: OrderId; readonly tender: TenderId }
  | {
      readonly type: "decline_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly code: string;
      readonly text: string;
    }
  | {
      readonly type: "doubt_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly code: string;
    }
  /** What the reader said when it was asked again. */
  | {
      readonly type: "settle_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly says: ReaderSays;
      /** The device that answered; empty when nobody did. */
      readonly serial: string;
      /** With "found" and "other". */
      readonly money: ReaderMoney | null;
      readonly capabilities: RecoveryCapabilities;
    }
  | {
      readonly type: "keep_slip";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly copy: SlipReceived["copy"];
      readonly lines: SlipReceived["lines"];
    }
  | {
      readonly type: "forward_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly as: "captured" | "declined";
      readonly code: string;
    }
  | {
      readonly type: "close_reader_day";
      readonly reader: string;
      readonly serial: string;
      readonly totals: readonly ReaderTotal[];
    };

/** About people, the clock and what is on sale, by somebody who is signed on. */
export type StaffCommand =
  | { readonly type: "sign_off"; readonly clerk: ClerkId }
  | { readonly type: "unlock_clerk"; readonly clerk: ClerkId }
  | { readonly type: "set_sold_out"; readonly sku: string; readonly isSoldOut: boolean }
  /** From the watch over the clock as well, which needs nobody. */
  | { readonly type: "trust_clock" };

/** About a drawer and its shift. */
export type ShiftCommand =
  | { readonly type: "open_shift"; readonly drawer: DrawerId; readonly floatMinor: number }
  | { readonly type: "join_shift"; readonly shift: ShiftId }
  | {
      readonly type: "move_cash";
      readonly kind: CashMove;
      readonly amountMinor: number;
      readonly reason: string;
    }
  /** Opens the drawer without a sale. */
  | { readonly type: "open_drawer"; readonly reason: string }
  | {
      readonly type: "count_drawer";
      readonly shift: ShiftId;
      readonly denominations: readonly CountedDenomination[];
    }
  /** Prints an X. */
  | { readonly type: "report_shift"; readonly shift: ShiftId }
  /** Closes a counted shift and prints its Z; a difference needs a reason. */
  | { readonly type: "close_shift"; readonly shift: ShiftId; readonly reason: string }
  /** Prints a Z again. */
  | { readonly type: "print_report"; readonly closing: EventId };

/** Selling: these need no order that is there already. */
export type TradeCommand =
  | {
      readonly type: "open_order";
      readonly kind: OrderKind;
      readonly label: string;
      /** Needed for a return (it is blind: without its receipt). */
      readonly reason: string;
    }
  | {
      readonly type: "add_item";
      readonly order: OrderId | null;
      readonly sku: string;
      readonly quantityMilli: number;
    }
  | {
      readonly type: "add_open_item";
      readonly order: OrderId | null;
      readonly sku: string;
      readonly name: string;
      readonly quantityMilli: number;
      readonly unitPriceMinor: number;
      readonly reason: string;
    }
  /** One unit at the price that its label says, from a scan: never from a screen, where a price by hand is add_open_item. */
  | {
      readonly type: "add_labelled_item";
      readonly order: OrderId | null;
      readonly sku: string;
      readonly unitPriceMinor: number;
    }
  /** Takes back units of a closed sale against its receipt and pays them out in cash: one step, whole or not at all. */
  | {
      readonly type: "refund";
      readonly closing: EventId;
      readonly lines: readonly UnitsToReturn[];
      readonly reason: string;
    };

/** Selling: about an order that is there. */
export type OrderCommand =
  | {
      readonly type: "add_units";
      readonly order: OrderId;
      readonly line: LineId;
      readonly quantityMilli: number;
    }
  | {
      readonly type: "remove_units";
      readonly order: OrderId;
      readonly line: LineId;
      readonly quantityMilli: number;
      readonly reason: string;
    }
  | {
      readonly type: "set_note";
      readonly order: OrderId;
      readonly line: LineId | null;
      readonly text: string;
    }
  | { readonly type: "void_order"; readonly order: OrderId; readonly reason: string }
  | { readonly type: "freeze_check"; readonly order: OrderId }
  | { readonly type: "thaw_check"; readonly order: OrderId; readonly check: CheckId }
  /** Freezes the order when it is not, captures the cash and closes when nothing is left to pay. */
  | {
      readonly type: "take_cash";
      readonly order: OrderId;
      readonly handedMinor: number;
      /** What the screen showed as left to pay; another amount is refused. Null asks for no such check. */
      readonly leftMinor: number | null;
    }
  /** Pays a return out in cash and closes it. */
  | { readonly type: "pay_out_cash"; readonly order: OrderId }
  /** Closes an order of total zero without a tender. */
  | { readonly type: "close_without_tender"; readonly order: OrderId }
  /**
   * Asks a reader for money: freezes the order when it is not. The runtime adds which device is there
   * and ready; the amount is all that is left, or a part of it.
   */
  | {
      readonly type: "request_card";
      readonly order: OrderId;
      readonly amountMinor: number | null;
      /** As in take_cash. */
      readonly leftMinor: number | null;
      readonly reader: string;
      readonly serial: string;
    }
  /** Asks the reader to take a captured payment of an unfinished check back, whole. */
  | {
      readonly type: "reverse_card";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly serial: string;
    }
  /** Goes on though a card's result is not known: by a second person. */
  | {
      readonly type: "override_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly reason: string;
    }
  /** Says what became of a tender that no reader can tell of. */
  | {
      readonly type: "judge_tender";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly as: "captured" | "failed";
      readonly reason: string;
    }
  | {
      readonly type: "settle_orphan";
      readonly order: OrderId;
      readonly tender: TenderId;
      readonly orphan: EventId;
      readonly how: "taken_back" | "case_opened";
      readonly reason: string;
    }
  /** Goes on with a refund whose card did not take the money back; in cash needs a second person. */
  | { readonly type: "continue_refund"; readonly order: OrderId; readonly inCash: boolean }
  | { readonly type: "copy_receipt"; readonly order: OrderId }
  /** Lays the order aside; an empty label keeps the one it has. */
  | { readonly type: "park_order"; readonly order: OrderId; readonly label: string }
  | { readonly type: "recall_order"; readonly order: OrderId }
  /** By right and reason; `ratePpm` null is an amount. */
  | {
      readonly type: "give_discount";
      readonly order: OrderId;
      /** Null: off the whole order. */
      readonly line: LineId | null;
      readonly ratePpm: number | null;
      /** 0 with a rate. */
      readonly amountMinor: number;
      readonly reason: string;
    }
  | { readonly type: "enter_coupon"; readonly order: OrderId; readonly code: string }
  /** Takes a discount or a coupon back, by the event that gave it. */
  | { readonly type: "withdraw_adjustment"; readonly order: OrderId; readonly adjustment: EventId }
  /** Neither rate nor amount takes the tip away. */
  | {
      readonly type: "set_tip";
      readonly order: OrderId;
      readonly ratePpm: number | null;
      readonly amountMinor: number;
    }
  | { readonly type: "set_guests"; readonly order: OrderId; readonly guestCount: number }
  | { readonly type: "set_tier"; readonly order: OrderId; readonly tier: string }
  | {
      readonly type: "set_tax_treatment";
      readonly order: OrderId;
      readonly treatment: TaxTreatment;
      readonly reason: string;
    }
  /** 抹零 as the house's rules say. */
  | { readonly type: "round_order"; readonly order: OrderId; readonly isGiven: boolean }
  /** Takes back the newest edit of lines that this terminal made and has not taken back. */
  | { readonly type: "undo"; readonly order: OrderId };

/** What somebody who is signed on may ask for. */
export type ClerkCommand = StaffCommand | ShiftCommand | TradeCommand | OrderCommand;

/** Everything that may be asked for. */
export type Command = HouseCommand | ReaderCommand | ClerkCommand;

/** The name of a command. */
export type CommandType = Command["type"];

/** The command of this name. */
export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>;

/** A second person who lends a right for one command, by the try of a PIN that was right. */
export interface Approval {
  readonly approver: ClerkId;
  readonly attempt: EventId;
}
