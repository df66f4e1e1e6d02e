/**
 * Pictures of the virtual printer: what the raster, QR and barcode commands leave on paper, as dots.
 * QR codes and bars are drawn by the product's own routines, whose tests hold them against published
 * vectors; everything else is read here from the command's own bytes.
 */

import { barModules } from "../../../drivers/printer/bars.ts";
import { qrMatrix } from "../../../drivers/printer/qr.ts";
import { rasterOf } from "../../../drivers/printer/raster.ts";
import type { PaperGraphic } from "./paper.ts";

/** What the commands before a symbol have set. */
export interface SymbolSettings {
  readonly qrModuleDots: number;
  readonly qrData: Uint8Array;
  readonly barHeightDots: number;
  readonly barModuleDots: number;
  readonly hasBarText: boolean;
}

/** As after ESC @. */
export const SYMBOL_START: SymbolSettings = {
  qrModuleDots: 3,
  qrData: new Uint8Array(0),
  barHeightDots: 162,
  barModuleDots: 3,
  hasBarText: false,
};

/** GS v 0: m xL xH yL yH data. */
export function rasterGraphic(parameters: Uint8Array): PaperGraphic {
  const at = (index: number): number => parameters[index] ?? 0;
  const widthDots = (at(1) + at(2) * 256) * 8;
  const heightDots = at(3) + at(4) * 256;
  return { label: `[image ${widthDots}x${heightDots}]`, widthDots, heightDots, dots: parameters.slice(5) };
}

/** GS ( k: the settings after it, and what it printed. */
export function qrCommand(
  settings: SymbolSettings,
  parameters: Uint8Array,
): { readonly settings: SymbolSettings; readonly graphic: PaperGraphic | undefined } {
  const [, , symbol, functionCode, value = 0] = parameters;
  if (symbol !== 0x31) return { settings, graphic: undefined };
  if (functionCode === 0x43) return { settings: { ...settings, qrModuleDots: value }, graphic: undefined };
  if (functionCode === 0x50)
    return { settings: { ...settings, qrData: parameters.slice(5) }, graphic: undefined };
  return { settings, graphic: functionCode === 0x51 ? qrGraphic(settings) : undefined };
}

/** GS k, function B: what it printed, undefined for a symbology that is not drawn here. */
export function barGraphic(settings: SymbolSettings, parameters: Uint8Array): PaperGraphic | undefined {
  const symbology = ({ 67: "ean13", 68: "ean8", 73: "code128" } as const)[parameters[0] ?? 0];
  if (symbology === undefined) return undefined;
  const data = new TextDecoder("latin1").decode(parameters.slice(2));
  const text = symbology === "code128" ? data.replace(/^\{B/, "").replaceAll("{{", "{") : data;
  const modules = barModules(symbology, text);
  const { barModuleDots, barHeightDots } = settings;
  const raster = rasterOf(modules.length * barModuleDots, barHeightDots, (x) =>
    Boolean(modules[Math.floor(x / barModuleDots)]),
  );
  return { ...raster, label: `[${symbology} ${text}]`, ...(settings.hasBarText ? { caption: text } : {}) };
}

function qrGraphic({ qrData, qrModuleDots }: SymbolSettings): PaperGraphic | undefined {
  const matrix = qrMatrix(qrData);
  if (matrix === undefined) return undefined;
  const side = matrix.size * qrModuleDots;
  const raster = rasterOf(side, side, (x, y) => {
    const index = Math.floor(y / qrModuleDots) * matrix.size + Math.floor(x / qrModuleDots);
    return matrix.isDark[index] === true;
  });
  return { ...raster, label: `[qr ${new TextDecoder().decode(qrData)}]` };
}
