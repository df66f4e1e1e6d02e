/**
 * Receipt blocks to printer bytes. Pure; the only place that knows both. Each chunk sets all the style
 * it needs, so that any chunk after the first may be sent again by itself and looks the same.
 * Control characters of the input never reach the bytes (G1 in gbk.ts), nor does DLE (E1 in escpos.ts).
 */

import { unreachable } from "../../core/bug.ts";
import type { Align, ReceiptBlock, TextSize } from "../../core/receipt/block.ts";
import { ESCPOS, cutPartial, drawerPulse, feedLines, initialise, style } from "./escpos.ts";
import { encodeGbk, printable } from "./gbk.ts";
import type { PrinterModel } from "./models.ts";
import { layoutPair } from "./pair.ts";
import { columnsOf } from "./width.ts";
import { wrapText } from "./wrap.ts";

/** Bytes that belong together, and what they are. */
export interface PrintChunk {
  readonly kind: "init" | ReceiptBlock["kind"] | "drawer";
  readonly bytes: Uint8Array;
}

/** Most lines one feed block moves the paper. */
export const FEED_LINES_MAX = 60;

/** The chunks of one receipt, the initialisation first. */
export function encodeReceipt(blocks: readonly ReceiptBlock[], model: PrinterModel): readonly PrintChunk[] {
  const chunks = blocks.map((block) => ({ kind: block.kind, bytes: encodeBlock(block, model) }));
  return [{ kind: "init" as const, bytes: initialise() }, ...chunks].filter(
    (chunk) => chunk.bytes.length > 0,
  );
}

/** The chunk that opens the cash drawer. */
export function encodeDrawer(model: PrinterModel): readonly PrintChunk[] {
  return [{ kind: "drawer", bytes: drawerPulse(model.drawerPin) }];
}

function encodeBlock(block: ReceiptBlock, model: PrinterModel): Uint8Array {
  switch (block.kind) {
    case "text": {
      const lines = wrapText(printable(block.text), columnsAt(block.size, model));
      return encodeLines(lines, block.align, block.size, block.bold);
    }
    case "pair":
      return encodePair(block, model);
    case "rule":
      return encodeLines(["-".repeat(model.columnCount)], "left", "normal", false);
    case "feed":
      return encodeFeed(block.lineCount);
    case "cut":
      return encodeCut(model);
    default:
      return unreachable(block, "encode: Unknown block");
  }
}

function encodePair(block: ReceiptBlock & { kind: "pair" }, model: PrinterModel): Uint8Array {
  const right = printable(block.right).trim();
  // An amount too wide for double size is printed at normal size rather than split.
  const size = columnsOf(right) > columnsAt(block.size, model) ? "normal" : block.size;
  const lines = layoutPair(printable(block.left), right, columnsAt(size, model));
  return encodeLines(lines, "left", size, block.bold);
}

function encodeFeed(lineCount: number): Uint8Array {
  const feedCount = Math.min(Math.trunc(lineCount), FEED_LINES_MAX);
  return feedCount >= 1 ? feedLines(feedCount) : new Uint8Array(0);
}

function encodeCut(model: PrinterModel): Uint8Array {
  return model.cut.kind === "partial" ? cutPartial(model.cut.feedDots) : feedLines(model.cut.feedLineCount);
}

function encodeLines(lines: readonly string[], align: Align, size: TextSize, bold: boolean): Uint8Array {
  const bytes: number[] = [...style(align, size, bold)];
  for (const line of lines) {
    for (const byte of encodeGbk(line)) bytes.push(byte);
    bytes.push(...ESCPOS.LINE_FEED);
  }
  return Uint8Array.from(bytes);
}

function columnsAt(size: TextSize, model: PrinterModel): number {
  return size === "double" ? Math.floor(model.columnCount / 2) : model.columnCount;
}
