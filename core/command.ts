/**
 * Commands: what a tap, a scan or an executor asks for, in the imperative. Ids are those that the
 * state shows; `order: null` means the order that this command opens.
 */
import type { CheckId, ClerkId, EventId, LineId, OrderId } from "./ids.ts";
import type { OrderKind, PrintOutcome } from "./types.ts";

export type Command =
  | { readonly type: "sign_on"; readonly clerk: ClerkId }
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
  | { readonly type: "take_cash"; readonly order: OrderId; readonly handedMinor: number }
  /** Pays a return out in cash and closes it. */
  | { readonly type: "pay_out_cash"; readonly order: OrderId }
  /** Closes an order of total zero without a tender. */
  | { readonly type: "close_without_tender"; readonly order: OrderId }
  | { readonly type: "copy_receipt"; readonly order: OrderId }
  /** From the print executor, not from a screen. */
  | {
      readonly type: "finish_print";
      readonly order: OrderId;
      readonly job: EventId;
      readonly outcome: PrintOutcome;
      readonly code: string;
    };

/** The name of a command. */
export type CommandType = Command["type"];
