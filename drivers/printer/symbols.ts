/**
 * Logos, QR codes and barcodes as pieces of printer bytes: drawn by the printer where its model can, as a
 * picture elsewhere, as text where the content does not fit. Each piece sets the style it needs.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { barModules, barcodeText } from "./bars.ts";
import { nativeBarcode, nativeQr, rasterSlice, style } from "./escpos.ts";
import type { PrinterModel } from "./models.ts";
import { qrMatrix, qrSize } from "./qr.ts";
import { fitRaster, rasterOf, sliceRaster } from "./raster.ts";
import type { Raster } from "./raster.ts";

/** Blank modules around a QR code (ISO/IEC 18004, 9.1). */
const QR_QUIET_MODULES = 4;
/** Widest QR code: on wide paper it need not be larger to be read. */
const QR_WIDTH_DOTS_MAX = 320;
const QR_MODULE_DOTS_MAX = 8;
const QR_MODULE_DOTS_MIN = 2;
const BAR_HEIGHT_DOTS = 80;
const BAR_QUIET_MODULES = 10;
const CONTROLS = /\p{Cc}/gu;

/** The pieces of a picture; none for one without dots. */
export function encodeImage(
  { widthDots, heightDots, dots, align }: ReceiptBlock & { kind: "image" },
  model: PrinterModel,
): readonly Uint8Array[] {
  return pieces(fitRaster({ widthDots, heightDots, dots }, model.paperWidthDots), align);
}

/** The pieces of a QR code, or undefined when its text is too long for one. */
export function encodeQr(text: string, model: PrinterModel): readonly Uint8Array[] | undefined {
  const bytes = new TextEncoder().encode(text.replaceAll(CONTROLS, " "));
  const size = qrSize(bytes.length);
  if (size === undefined || bytes.length === 0) return undefined;
  const room = Math.min(model.paperWidthDots, QR_WIDTH_DOTS_MAX);
  const fitting = Math.floor(room / (size + 2 * QR_QUIET_MODULES));
  const moduleDots = Math.min(QR_MODULE_DOTS_MAX, Math.max(QR_MODULE_DOTS_MIN, fitting));
  if (model.hasQr) return [join(style("center", "normal", false), nativeQr(bytes, moduleDots))];
  const matrix = qrMatrix(bytes);
  if (matrix === undefined) return undefined;
  const side = (matrix.size + 2 * QR_QUIET_MODULES) * moduleDots;
  const at = (dot: number): number => Math.floor(dot / moduleDots) - QR_QUIET_MODULES;
  const isInside = (module: number): boolean => module >= 0 && module < matrix.size;
  const isBlack = (x: number, y: number): boolean =>
    isInside(at(x)) && isInside(at(y)) && matrix.isDark[at(y) * matrix.size + at(x)] === true;
  return pieces(rasterOf(side, side, isBlack), "center");
}

/** The pieces of a barcode and the text below it, or undefined when the symbology cannot hold the text. */
export function encodeBarcode(
  { symbology, text }: ReceiptBlock & { kind: "barcode" },
  model: PrinterModel,
): { readonly pieces: readonly Uint8Array[]; readonly caption: string | undefined } | undefined {
  const content = barcodeText(symbology, text);
  if (content === undefined) return undefined;
  const modules = barModules(symbology, content);
  const moduleDots = Math.floor(model.paperWidthDots / (modules.length + 2 * BAR_QUIET_MODULES)) >= 3 ? 3 : 2;
  if ((modules.length + 2 * BAR_QUIET_MODULES) * moduleDots > model.paperWidthDots) return undefined;
  if (model.hasBarcode) {
    const bytes = nativeBarcode(symbology, content, moduleDots, BAR_HEIGHT_DOTS);
    return { pieces: [join(style("center", "normal", false), bytes)], caption: undefined };
  }
  const isBlack = (x: number): boolean => modules[Math.floor(x / moduleDots)] === true;
  const raster = rasterOf(modules.length * moduleDots, BAR_HEIGHT_DOTS, isBlack);
  return { pieces: pieces(raster, "center"), caption: content };
}

function pieces(raster: Raster, align: "left" | "center" | "right"): readonly Uint8Array[] {
  if (raster.widthDots < 1) return [];
  return sliceRaster(raster).map((slice) => join(style(align, "normal", false), rasterSlice(slice)));
}

function join(head: readonly number[], rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + rest.length);
  bytes.set(head);
  bytes.set(rest, head.length);
  return bytes;
}
