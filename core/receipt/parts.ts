/**
 * Blocks that receipts and reports are made of, and how they write a rate. What they say is for
 * layout.ts and report.ts.
 */
import { decimalText, minor } from "../money.ts";
import type { Ppm } from "../money.ts";
import type { Align, ReceiptBlock, TextSize } from "./block.ts";

/** A paragraph. */
export function text(content: string, align: Align, size: TextSize = "normal", bold = false): ReceiptBlock {
  return { kind: "text", text: content, align, size, bold };
}

/** A left part and a right part, as an amount. */
export function pair(left: string, right: string, size: TextSize = "normal", bold = false): ReceiptBlock {
  return { kind: "pair", left, right, size, bold };
}

/** A rate in percent without trailing zeros: 88,750 ppm is "8.875". */
export function ratePercent(ratePpm: Ppm): string {
  return decimalText(minor(ratePpm), 4).replace(/\.?0+$/, "");
}
