/**
 * What a scan means at this moment: a command for the trade, a receipt, a payment code, or a reason why
 * nothing happens. Pure. The trade decides about the command as about a tap; a sold-out item is its
 * business, an unknown code is not.
 *
 * X1  One scan is at most one command. A text that holds two codes is refused whole.
 * X2  No text of a payment code or of a rejected code is in the answer.
 */
import type { Command } from "../../core/command.ts";
import type { EventId, OrderId } from "../../core/ids.ts";
import { MILLI_ONE } from "../../core/money.ts";
import { findClosing } from "../../core/order/returns.ts";
import { closingOfCode, receiptCode } from "../../core/receipt/layout.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { readKeyed } from "../../drivers/scanner/read.ts";
import type { Expected, ReadConfig } from "../../drivers/scanner/read.ts";
import type { ItemName, ScannedItem, ScanRejection, ScanResult } from "../../drivers/scanner/result.ts";
import type { Catalogue, CatalogueItem } from "../catalogue.ts";

/** Why nothing happens: what no scanner can know is added to its own reasons. */
export type ScanCode =
  | ScanRejection
  /** A good code of an item that this shop does not sell. */
  | "scan/unknown_item"
  /** The QR code of a receipt that is not on this terminal, or that was altered. */
  | "scan/unknown_receipt";

/** What sells a scanned item. */
export type ScanCommand = Extract<Command, { type: "add_item" | "add_labelled_item" }>;

/** The meaning of one scan (X1, X2). */
export type Scanned =
  | { readonly kind: "item"; readonly sku: string; readonly command: ScanCommand }
  | { readonly kind: "receipt"; readonly order: OrderId; readonly closing: EventId }
  | { readonly kind: "payment_code" }
  | { readonly kind: "rejected"; readonly code: ScanCode };

/** What a text means that a keyboard scanner typed into the screen. For any text whatever. */
export function resolveText(
  text: string,
  rules: ReadConfig,
  expected: Expected,
  state: State,
  catalogue: Catalogue,
): Scanned {
  const [first, ...others] = readKeyed(text, rules, expected);
  // X1
  if (first === undefined || others.length > 0) return refused("scan/glued");
  return resolveScan(first, state, catalogue);
}

/** What a scanner's result means; the order is the one that a screen works on, null for a new one. */
export function resolveScan(scan: ScanResult, state: State, catalogue: Catalogue): Scanned {
  switch (scan.kind) {
    case "item":
      return resolveItem(scan, state, catalogue);
    case "own_code":
      return resolveReceipt(scan.text, state);
    case "payment_code":
      return { kind: "payment_code" };
    case "rejected":
      return refused(scan.code);
  }
}

function resolveItem(scan: ScannedItem, state: State, catalogue: Catalogue): Scanned {
  const item = itemOf(scan.name, catalogue);
  if (item === undefined) return refused("scan/unknown_item");
  const { sku } = item;
  const order = currentOrder(state)?.id ?? null;
  // A price on the label is for the whole of what lies in the bag, whatever it weighs.
  const command: ScanCommand =
    scan.priceMinor === undefined
      ? { type: "add_item", order, sku, quantityMilli: scan.quantityMilli ?? MILLI_ONE }
      : { type: "add_labelled_item", order, sku, unitPriceMinor: scan.priceMinor };
  return { kind: "item", sku, command };
}

function itemOf(name: ItemName, { byBarcode, bySku }: Catalogue): CatalogueItem | undefined {
  return name.kind === "gtin" ? byBarcode.get(name.gtin) : (byBarcode.get(name.sku) ?? bySku.get(name.sku));
}

function resolveReceipt(text: string, state: State): Scanned {
  const closing = closingOfCode(text);
  const found = closing === null ? null : findClosing(state, closing);
  // The digits behind the id are of the closing's hash: a code that was altered does not fit it.
  if (found === null || receiptCode(found.closing) !== text) return refused("scan/unknown_receipt");
  return { kind: "receipt", order: found.order.id, closing: found.closing.id };
}

function refused(code: ScanCode): Scanned {
  return { kind: "rejected", code };
}
