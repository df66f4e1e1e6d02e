/**
 * Facts of receipt printers, written by tools/build/printer-models.ts out of the profiles of
 * escpos-printer-db (receipt-print-hq, CC BY 4.0), shortened and renamed. Not edited by hand.
 */

import type { CodePageName } from "./code-page.ts";

/** What a profile tells of one printer. */
export interface PrinterProfile {
  readonly name: string;
  /** Columns of font A. */
  readonly columnCount: number;
  readonly paperWidthDots: number;
  /** The number that ESC t takes for each code page. */
  readonly pages: Readonly<Partial<Record<CodePageName, number>>>;
  readonly hasCutter: boolean;
  /** GS ( k draws QR codes. */
  readonly hasQr: boolean;
  /** GS k with a length byte draws barcodes. */
  readonly hasBarcode: boolean;
}

/** Every profile that was taken over. */
export const PRINTER_PROFILES: readonly PrinterProfile[] = [
  {
    name: "tm_t88v",
    columnCount: 42,
    paperWidthDots: 512,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1250: 45, cp1251: 46, cp1252: 16 },
    hasCutter: true,
    hasQr: true,
    hasBarcode: true,
  },
  {
    name: "tm_t20iii",
    columnCount: 48,
    paperWidthDots: 576,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1250: 45, cp1251: 46, cp1252: 16 },
    hasCutter: true,
    hasQr: true,
    hasBarcode: true,
  },
  {
    name: "tm_m30iii",
    columnCount: 48,
    paperWidthDots: 576,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp866: 17, cp1250: 45, cp1251: 46, cp1252: 16 },
    hasCutter: true,
    hasQr: true,
    hasBarcode: true,
  },
  {
    name: "tm_t70ii",
    columnCount: 42,
    paperWidthDots: 512,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1250: 45, cp1251: 46, cp1252: 16 },
    hasCutter: true,
    hasQr: true,
    hasBarcode: true,
  },
  {
    name: "pos_5890",
    columnCount: 32,
    paperWidthDots: 384,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1250: 72, cp1251: 73, cp1252: 16 },
    hasCutter: false,
    hasQr: false,
    hasBarcode: false,
  },
  {
    name: "zj_5870",
    columnCount: 32,
    paperWidthDots: 384,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp866: 17, cp1252: 16 },
    hasCutter: false,
    hasQr: false,
    hasBarcode: false,
  },
  {
    name: "nt_5890k",
    columnCount: 32,
    paperWidthDots: 384,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1250: 72, cp1251: 73, cp1252: 16 },
    hasCutter: false,
    hasQr: false,
    hasBarcode: false,
  },
  {
    name: "sunmi_v2",
    columnCount: 32,
    paperWidthDots: 384,
    pages: { cp437: 0, cp850: 2, cp852: 18, cp858: 19, cp866: 17, cp1252: 16 },
    hasCutter: false,
    hasQr: true,
    hasBarcode: true,
  },
];
