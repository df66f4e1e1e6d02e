/**
 * The ESC/POS commands this project sends, as a table of opcodes, and one small function for each
 * that has a parameter. Names are those of the ESC/POS command reference. No text passes here.
 * E1  Nothing but a real-time command holds a byte 10 (DLE) followed by 04, 05 or 14, so that a printer
 *     which looks for them in its receive buffer never finds one inside a receipt.
 */

import { assert } from "../../core/bug.ts";
import type { Align, TextSize } from "../../core/receipt/block.ts";
import type { Symbology } from "./bars.ts";
import type { Charset } from "./models.ts";
import type { Raster } from "./raster.ts";

/** Opcodes, without their parameters. */
export const ESCPOS = {
  /** LF: print what is in the line buffer and feed one line. */
  LINE_FEED: [0x0a],
  /** ESC @: initialise; clears modes and the line buffer. */
  INITIALISE: [0x1b, 0x40],
  /** ESC a n: justification, 0 left, 1 centre, 2 right; only at the start of a line. */
  JUSTIFY: [0x1b, 0x61],
  /** ESC E n: emphasised (bold). */
  EMPHASISE: [0x1b, 0x45],
  /** GS ! n: size, (width - 1) << 4 | (height - 1). */
  SIZE: [0x1d, 0x21],
  /** ESC d n: print and feed n lines. */
  FEED_LINES: [0x1b, 0x64],
  /** GS V 66 n: feed to the cutter plus n dots, partial cut (function B). */
  CUT_PARTIAL_FEED: [0x1d, 0x56, 0x42],
  /** ESC p m t1 t2: pulse to the drawer, on and off times in units of 2 ms. */
  DRAWER_PULSE: [0x1b, 0x70],
  /** FS &: enter the two-byte (Chinese) mode; bytes below 80 stay single. */
  CHINESE_ON: [0x1c, 0x26],
  /** FS .: leave the two-byte mode; Chinese models may be switched on in it. */
  CHINESE_OFF: [0x1c, 0x2e],
  /** ESC t n: code page, numbered by the model. */
  CODE_PAGE: [0x1b, 0x74],
  /** GS v 0 m xL xH yL yH: raster picture, x in bytes, y in dots. */
  RASTER: [0x1d, 0x76, 0x30, 0x00],
  /** GS ( k pL pH 31 fn: QR code functions. */
  QR: [0x1d, 0x28, 0x6b],
  /** GS h n, GS w n, GS H 2: height and module width in dots, text below. */
  BARCODE_HEIGHT: [0x1d, 0x68],
  BARCODE_WIDTH: [0x1d, 0x77],
  BARCODE_TEXT_BELOW: [0x1d, 0x48, 0x02],
  /** GS k m n: barcode, function B. */
  BARCODE: [0x1d, 0x6b],
  /** GS a n: automatic status back, by bits. */
  AUTO_STATUS: [0x1d, 0x61],
  /** GS r 1: transmit the paper sensor status; answered only after all before it was processed. */
  TRANSMIT_STATUS: [0x1d, 0x72],
  /** DLE EOT n: real-time status. */
  REALTIME_STATUS: [0x10, 0x04],
  /** DLE DC4 1 m t: real-time drawer pulse of t x 100 ms, also while printing is blocked. */
  REALTIME_PULSE: [0x10, 0x14, 0x01],
} as const;

/** Most lines one ESC d feeds here; 16 would be the byte 10 (E1), which some look for alone. */
export const FEED_LINES_PER_COMMAND_MAX = 15;

/** On and off times of the drawer pulse, in the command's units of 2 ms: 50 ms and 500 ms. */
const DRAWER_ON_UNITS = 25;
const DRAWER_OFF_UNITS = 250;
/** On time of the real-time pulse in units of 100 ms; 1 to 8. */
const REALTIME_ON_UNITS = 1;

const JUSTIFY_CODES = { left: 0, center: 1, right: 2 } as const satisfies Record<Align, number>;
const SIZE_CODES = { normal: 0x00, double: 0x11 } as const satisfies Record<TextSize, number>;

/** GS a: tell changes of on-line state and cover (02), errors (04) and paper (08) unasked. */
const AUTO_STATUS_BITS = 0x0e;
/** Longer than any one command that is sent here, so that it fills one that was cut off. */
const HALF_COMMAND_BYTES_MAX = 8_192;

/** ESC @, GS a, and the text mode: a known state. */
export function initialise(textMode: readonly number[]): Uint8Array {
  return Uint8Array.from([...ESCPOS.INITIALISE, ...ESCPOS.AUTO_STATUS, AUTO_STATUS_BITS, ...textMode]);
}

/** Zeros, which print nothing, to complete a command that the last connection left half sent; then DLE EOT 1. */
export function clearHalfCommand(): Uint8Array {
  const bytes = new Uint8Array(HALF_COMMAND_BYTES_MAX + 3);
  bytes.set(queryStatus(1), HALF_COMMAND_BYTES_MAX);
  return bytes;
}

/** FS & for Chinese, or FS . and ESC t n for a single-byte page. */
export function textMode(charset: Charset): readonly number[] {
  if (charset.kind === "gbk") return ESCPOS.CHINESE_ON;
  return [...ESCPOS.CHINESE_OFF, ...ESCPOS.CODE_PAGE, charset.number];
}

/** GS v 0 with its dots. */
export function rasterSlice({ widthDots, heightDots, dots }: Raster): Uint8Array {
  const rowBytes = Math.ceil(widthDots / 8);
  const head = [...ESCPOS.RASTER, rowBytes & 0xff, rowBytes >> 8, heightDots & 0xff, heightDots >> 8];
  const bytes = new Uint8Array(head.length + dots.length);
  bytes.set(head);
  bytes.set(dots, head.length);
  return bytes;
}

/** GS ( k: model 2, module size, level M, store, print. `bytes` hold no control characters. */
export function nativeQr(bytes: Uint8Array, moduleDots: number): Uint8Array {
  const storeCount = bytes.length + 3;
  return Uint8Array.from([
    ...[...ESCPOS.QR, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00],
    ...[...ESCPOS.QR, 0x03, 0x00, 0x31, 0x43, moduleDots],
    ...[...ESCPOS.QR, 0x03, 0x00, 0x31, 0x45, 0x31],
    ...[...ESCPOS.QR, storeCount & 0xff, storeCount >> 8, 0x31, 0x50, 0x30, ...bytes],
    ...[...ESCPOS.QR, 0x03, 0x00, 0x31, 0x51, 0x30],
  ]);
}

const BARCODE_CODES = { ean13: 67, ean8: 68, code128: 73 } as const satisfies Record<Symbology, number>;

/** GS k, function B; Code 128 in its set B. `text` is what `barcodeText` has let through. */
export function nativeBarcode(
  symbology: Symbology,
  text: string,
  moduleDots: number,
  heightDots: number,
): Uint8Array {
  const data = new TextEncoder().encode(symbology === "code128" ? `{B${text.replaceAll("{", "{{")}` : text);
  return Uint8Array.from([
    ...[...ESCPOS.BARCODE_HEIGHT, heightDots, ...ESCPOS.BARCODE_WIDTH, moduleDots],
    ...[...ESCPOS.BARCODE_TEXT_BELOW, ...ESCPOS.BARCODE, BARCODE_CODES[symbology], data.length, ...data],
  ]);
}

/** ESC a, GS !, ESC E: all three always, so that a chunk does not lean on the one before it. */
export function style(align: Align, size: TextSize, bold: boolean): readonly number[] {
  return [
    ...ESCPOS.JUSTIFY,
    JUSTIFY_CODES[align],
    ...ESCPOS.SIZE,
    SIZE_CODES[size],
    ...ESCPOS.EMPHASISE,
    bold ? 1 : 0,
  ];
}

/** ESC d, repeated as E1 demands. `lineCount` is 1 or more. */
export function feedLines(lineCount: number): Uint8Array {
  assert(Number.isInteger(lineCount) && lineCount >= 1, "escpos: A feed has one line or more");
  const bytes: number[] = [];
  for (let left = lineCount; left > 0; left -= FEED_LINES_PER_COMMAND_MAX) {
    bytes.push(...ESCPOS.FEED_LINES, Math.min(left, FEED_LINES_PER_COMMAND_MAX));
  }
  return Uint8Array.from(bytes);
}

/** GS V 66 n. */
export function cutPartial(feedDots: number): Uint8Array {
  return Uint8Array.from([...ESCPOS.CUT_PARTIAL_FEED, feedDots]);
}

/** ESC p m 25 250: waits its turn behind what is printing. */
export function drawerPulse(pin: 2 | 5): Uint8Array {
  return Uint8Array.from([...ESCPOS.DRAWER_PULSE, pin === 2 ? 0 : 1, DRAWER_ON_UNITS, DRAWER_OFF_UNITS]);
}

/** DLE DC4 1 m t: opens the drawer although the printer is out of paper or its cover open. */
export function drawerPulseRealtime(pin: 2 | 5): Uint8Array {
  return Uint8Array.from([...ESCPOS.REALTIME_PULSE, pin === 2 ? 0 : 1, REALTIME_ON_UNITS]);
}

/** DLE EOT n. */
export function queryStatus(query: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.from([...ESCPOS.REALTIME_STATUS, query]);
}

/** GS r 1: its answer means "printed up to here". */
export function printedMarker(): Uint8Array {
  return Uint8Array.from([...ESCPOS.TRANSMIT_STATUS, 1]);
}
