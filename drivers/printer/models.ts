/**
 * Printer models as data: a new model is a row here, or in the generated profiles.ts, and its goldens.
 * A configuration names a model ("tm_t88v") or a model and a code page ("tm_t88v/cp866"). Nothing here is
 * behaviour.
 */

import { CODE_PAGE_NAMES } from "./code-page.ts";
import type { CodePageName } from "./code-page.ts";
import { PRINTER_PROFILES } from "./profiles.ts";
import type { PrinterProfile } from "./profiles.ts";

/** How a receipt is parted from the roll. */
export type CutKind =
  /** Feeds to the cutter plus `feedDots`, then cuts leaving one point (GS V B). */
  | { readonly kind: "partial"; readonly feedDots: number }
  /** No cutter: feeds the last line past the tear bar. */
  | { readonly kind: "tear"; readonly feedLineCount: number };

/** The text mode. */
export type Charset =
  /** ASCII in single bytes, everything else in two; a Chinese character takes two columns. */
  | { readonly kind: "gbk" }
  /** One byte and one column for each character; `number` selects the page (ESC t). */
  | { readonly kind: "page"; readonly page: CodePageName; readonly number: number };

/** What the encoder and the session must know of a printer. */
export interface PrinterModel {
  /** The row's name in the configuration. */
  readonly name: string;
  /** Columns of font A at normal size. */
  readonly columnCount: number;
  readonly paperWidthDots: number;
  readonly charset: Charset;
  readonly cut: CutKind;
  /** Connector pin of the drawer's coil: ESC p m is 0 for pin 2, 1 for pin 5. */
  readonly drawerPin: 2 | 5;
  /** Draws QR codes by itself (GS ( k); else they are sent as a picture. */
  readonly hasQr: boolean;
  /** Draws barcodes by itself (GS k, function B); else they are sent as a picture. */
  readonly hasBarcode: boolean;
}

/** The models of no particular maker, by name. */
export const PRINTER_MODELS = {
  gbk_80mm: {
    name: "gbk_80mm",
    columnCount: 48,
    paperWidthDots: 576,
    charset: { kind: "gbk" },
    cut: { kind: "partial", feedDots: 0 },
    drawerPin: 2,
    hasQr: true,
    hasBarcode: true,
  },
  gbk_58mm: {
    name: "gbk_58mm",
    columnCount: 32,
    paperWidthDots: 384,
    charset: { kind: "gbk" },
    cut: { kind: "tear", feedLineCount: 4 },
    drawerPin: 2,
    hasQr: false,
    hasBarcode: false,
  },
} as const satisfies Readonly<Record<string, PrinterModel>>;

/** Pages to take when a configuration names none: Western Europe with the euro first. */
const PREFERRED_PAGES: readonly CodePageName[] = ["cp858", "cp1252", "cp850", "cp437"];

/** The rows above and every profile with its preferred page. */
export const ALL_PRINTER_MODELS: readonly PrinterModel[] = [
  ...Object.values(PRINTER_MODELS),
  ...PRINTER_PROFILES.flatMap((profile) => {
    const page = PREFERRED_PAGES.find((name) => profile.pages[name] !== undefined);
    const model = page === undefined ? undefined : modelOf(profile, page);
    return model === undefined ? [] : [model];
  }),
];

/** The model of that name, or undefined: the name may come from a configuration file. */
export function findPrinterModel(name: string): PrinterModel | undefined {
  const [modelName, page] = name.split("/");
  if (page === undefined) return ALL_PRINTER_MODELS.find((model) => model.name === name);
  const profile = PRINTER_PROFILES.find((its) => `${its.name}/${page}` === name && its.name === modelName);
  if (profile === undefined) return undefined;
  const model = modelOf(
    profile,
    CODE_PAGE_NAMES.find((its) => its === page),
  );
  return model === undefined ? undefined : { ...model, name };
}

function modelOf(profile: PrinterProfile, page: CodePageName | undefined): PrinterModel | undefined {
  const number = page === undefined ? undefined : profile.pages[page];
  if (page === undefined || number === undefined) return undefined;
  const { name, columnCount, paperWidthDots, hasCutter, hasQr, hasBarcode } = profile;
  return {
    name,
    columnCount,
    paperWidthDots,
    charset: { kind: "page", page, number },
    cut: hasCutter ? { kind: "partial", feedDots: 0 } : { kind: "tear", feedLineCount: 4 },
    drawerPin: 2,
    hasQr,
    hasBarcode,
  };
}
