/**
 * Printer models as data: a new model is a row here and a golden. Facts come from the escpos-printer-db
 * profiles (columns of font A, dots, cutter); nothing here is behaviour.
 */

/** How a receipt is parted from the roll. */
export type CutKind =
  /** Feeds to the cutter plus `feedDots`, then cuts leaving one point (GS V B). */
  | { readonly kind: "partial"; readonly feedDots: number }
  /** No cutter: feeds the last line past the tear bar. */
  | { readonly kind: "tear"; readonly feedLineCount: number };

/** What the encoder and the session must know of a printer. */
export interface PrinterModel {
  /** The row's name in the configuration. */
  readonly name: string;
  /** Columns of font A at normal size; a Chinese character takes two. */
  readonly columnCount: number;
  readonly paperWidthDots: number;
  /** The text mode. "gbk": ASCII in single bytes, everything else in two. */
  readonly charset: "gbk";
  readonly cut: CutKind;
  /** Connector pin of the drawer's coil: ESC p m is 0 for pin 2, 1 for pin 5. */
  readonly drawerPin: 2 | 5;
}

/** Every known model, by name. */
export const PRINTER_MODELS = {
  gbk_80mm: {
    name: "gbk_80mm",
    columnCount: 48,
    paperWidthDots: 576,
    charset: "gbk",
    cut: { kind: "partial", feedDots: 0 },
    drawerPin: 2,
  },
  gbk_58mm: {
    name: "gbk_58mm",
    columnCount: 32,
    paperWidthDots: 384,
    charset: "gbk",
    cut: { kind: "tear", feedLineCount: 4 },
    drawerPin: 2,
  },
} as const satisfies Readonly<Record<string, PrinterModel>>;

/** The row of that name, or undefined: the name may come from a configuration file. */
export function findPrinterModel(name: string): PrinterModel | undefined {
  return Object.values(PRINTER_MODELS).find((model) => model.name === name);
}
