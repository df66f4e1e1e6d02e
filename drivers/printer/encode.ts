/**
 * Receipt blocks to printer bytes. Pure; the only place that knows both. Each chunk sets all the style
 * it needs, so that any chunk after the first may be sent again by itself and looks the same.
 * Control characters of the input never reach the bytes (G1 in gbk.ts), nor does DLE (E1 in escpos.ts).
 */

import { unreachable } from "../../core/bug.ts";
import type { Align, ReceiptBlock, TextSize } from "../../core/receipt/block.ts";
import { encodeInPage, printableInPage } from "./code-page.ts";
import { ESCPOS, cutPartial, drawerPulse, feedLines, initialise, style, textMode } from "./escpos.ts";
import { encodeGbk, printable } from "./gbk.ts";
import type { Charset, PrinterModel } from "./models.ts";
import { layoutPair } from "./pair.ts";
import type { PrintChunk, PrintMarks } from "./plan.ts";
import { encodeBarcode, encodeImage, encodeQr } from "./symbols.ts";
import { columnsOf, columnsOfCharacter, oneColumn } from "./width.ts";
import type { Measure } from "./width.ts";
import { wrapText } from "./wrap.ts";

/** What the marks say, in the language of the receipt. */
export interface PrintMarkWords {
  readonly resumed: string;
  readonly reprinted: string;
}

/** Most lines one feed block moves the paper. */
export const FEED_LINES_MAX = 60;

/** The chunks of one receipt, the initialisation first. A picture is several chunks. */
export function encodeReceipt(blocks: readonly ReceiptBlock[], model: PrinterModel): readonly PrintChunk[] {
  const chunks = blocks.flatMap((block) =>
    encodeBlock(block, model).map((bytes) => ({ kind: block.kind, bytes })),
  );
  return [{ kind: "init" as const, bytes: initialise(textMode(model.charset)) }, ...chunks].filter(
    (chunk) => chunk.bytes.length > 0,
  );
}

/** The chunk that opens the cash drawer. */
export function encodeDrawer(model: PrinterModel): readonly PrintChunk[] {
  return [{ kind: "drawer", bytes: drawerPulse(model.drawerPin) }];
}

/** The line below which something stands a second time. A reprint is cut off from what it repeats. */
export function encodeMarks(words: PrintMarkWords, model: PrinterModel): PrintMarks {
  const line = (text: string): Uint8Array =>
    encodeText({ kind: "text", text: `*** ${text} ***`, align: "center", size: "normal", bold: true }, model);
  return {
    resumed: line(words.resumed),
    reprinted: Uint8Array.from([...encodeCut(model), ...line(words.reprinted)]),
  };
}

function encodeBlock(block: ReceiptBlock, model: PrinterModel): readonly Uint8Array[] {
  switch (block.kind) {
    case "text":
      return [encodeText(block, model)];
    case "pair":
      return [encodePair(block, model)];
    case "rule":
      return [encodeLines(["-".repeat(model.columnCount)], model, "left", "normal", false)];
    case "feed":
      return [encodeFeed(block.lineCount)];
    case "cut":
      return [encodeCut(model)];
    case "image":
      return encodeImage(block, model);
    case "qr":
      return encodeQr(block.text, model) ?? [encodePlain(block.text, model)];
    case "barcode":
      return encodeBars(block, model);
    default:
      return unreachable(block, "encode: Unknown block");
  }
}

function encodeText(block: ReceiptBlock & { kind: "text" }, model: PrinterModel): Uint8Array {
  const text = printableFor(block.text, model.charset);
  const lines = wrapText(text, columnsAt(block.size, model), measureOf(model.charset));
  return encodeLines(lines, model, block.align, block.size, block.bold);
}

function encodePlain(text: string, model: PrinterModel): Uint8Array {
  return encodeText({ kind: "text", text, align: "center", size: "normal", bold: false }, model);
}

function encodeBars(block: ReceiptBlock & { kind: "barcode" }, model: PrinterModel): readonly Uint8Array[] {
  const bars = encodeBarcode(block, model);
  if (bars === undefined) return [encodePlain(block.text, model)];
  return bars.caption === undefined ? bars.pieces : [...bars.pieces, encodePlain(bars.caption, model)];
}

function encodePair(block: ReceiptBlock & { kind: "pair" }, model: PrinterModel): Uint8Array {
  const short = encodeShortPair(block, model);
  if (short !== null) return short;
  const measure = measureOf(model.charset);
  const right = printableFor(block.right, model.charset).trim();
  // An amount too wide for double size is printed at normal size rather than split.
  const size = columnsOf(right, measure) > columnsAt(block.size, model) ? "normal" : block.size;
  const left = printableFor(block.left, model.charset);
  const lines = layoutPair(left, right, columnsAt(size, model), measure);
  return encodeLines(lines, model, "left", size, block.bold);
}

/**
 * Nearly every pair of a receipt: both parts plain ASCII, and room for them beside each other. The same
 * bytes as by measuring, wrapping and encoding, ten times as fast; null for any other pair.
 */
function encodeShortPair(block: ReceiptBlock & { kind: "pair" }, model: PrinterModel): Uint8Array | null {
  const { left, right, size, bold } = block;
  const columnCount = columnsAt(size, model);
  const leftColumns = columnCount - right.length - 1;
  if (leftColumns < 2 || left.length > leftColumns || isPadded(left) || isPadded(right)) return null;
  const head = style("left", size, bold);
  const bytes = new Uint8Array(head.length + columnCount + ESCPOS.LINE_FEED.length);
  bytes.set(head);
  bytes.fill(SPACE, head.length, head.length + columnCount);
  bytes.set(ESCPOS.LINE_FEED, head.length + columnCount);
  const isPlain =
    setAscii(bytes, left, head.length) && setAscii(bytes, right, head.length + columnCount - right.length);
  return isPlain ? bytes : null;
}

const SPACE = 0x20;

function isPadded(text: string): boolean {
  return text.charCodeAt(0) === SPACE || text.charCodeAt(text.length - 1) === SPACE;
}

/** Whether `text` is printable ASCII through and through; writes it as far as it is. */
function setAscii(bytes: Uint8Array, text: string, offset: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code > 0x7e) return false;
    bytes[offset + index] = code;
  }
  return true;
}

function encodeFeed(lineCount: number): Uint8Array {
  const feedCount = Math.min(Math.trunc(lineCount), FEED_LINES_MAX);
  return feedCount >= 1 ? feedLines(feedCount) : new Uint8Array(0);
}

function encodeCut(model: PrinterModel): Uint8Array {
  return model.cut.kind === "partial" ? cutPartial(model.cut.feedDots) : feedLines(model.cut.feedLineCount);
}

function encodeLines(
  lines: readonly string[],
  model: PrinterModel,
  align: Align,
  size: TextSize,
  bold: boolean,
): Uint8Array {
  const { charset } = model;
  const bytes: number[] = [...style(align, size, bold)];
  for (const line of lines) {
    for (const byte of charset.kind === "gbk" ? encodeGbk(line) : encodeInPage(line, charset.page)) {
      bytes.push(byte);
    }
    bytes.push(...ESCPOS.LINE_FEED);
  }
  return Uint8Array.from(bytes);
}

function printableFor(text: string, charset: Charset): string {
  return charset.kind === "gbk" ? printable(text) : printableInPage(text, charset.page);
}

function measureOf(charset: Charset): Measure {
  return charset.kind === "gbk" ? columnsOfCharacter : oneColumn;
}

function columnsAt(size: TextSize, model: PrinterModel): number {
  return size === "double" ? Math.floor(model.columnCount / 2) : model.columnCount;
}
