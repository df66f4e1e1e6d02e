/**
 * What one code means at this till: the order in which the forms are tried, and nothing of their
 * insides. Pure; knows no catalogue, so an item that the shop does not sell is found out by the caller.
 *
 * M1  A form that the symbology names is the only one tried; digits without a name must fit exactly one.
 * M2  Payment codes are told apart from goods in both directions before anything else is said (R2).
 */

import { splitAim } from "./aim.ts";
import type { AimForm } from "./aim.ts";
import { gtin14, hasGoodCheckDigit, isDigits, upcAOfUpcE } from "./check-digit.ts";
import { isLink, readDigitalLink } from "./digital-link.ts";
import { FRAME_CONFIG, partGlued } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { readElementString } from "./gs1.ts";
import type { Gs1Element } from "./gs1.ts";
import { itemOfElements } from "./gs1-item.ts";
import type { SellingUnits } from "./gs1-item.ts";
import { readMeasure } from "./measure.ts";
import type { MeasurePattern } from "./measure.ts";
import type { Read, ScanResult } from "./result.ts";
import { plainItem, rejected } from "./result.ts";
import { WALLET_CLASSES, walletSchemesOf } from "./wallet-code.ts";
import type { WalletClass } from "./wallet-code.ts";

/** How a shop's codes are to be read. */
export interface ReadConfig {
  readonly units: SellingUnits;
  /** In order of precedence. */
  readonly measurePatterns: readonly MeasurePattern[];
  readonly walletClasses: readonly WalletClass[];
  /** "required" where the scanner is set up to send identifiers: a code without its front is refused. */
  readonly aim: "required" | "optional";
  /** Whether 8 digits may be a UPC-E; where they may, some fit EAN-8 as well and are refused. */
  readonly upcE: "accepted" | "refused";
  /** Whether a text with a letter in it may be the shop's own number: it has no check digit. */
  readonly letteredSkus: "accepted" | "refused";
  /** Whether a text is a code that the till prints on its own paper; half a one must not pass. */
  readonly isOwnCode: (text: string) => boolean;
}

/** A shop in China that sells by the kilogram and has no scale. */
export const READ_CONFIG: ReadConfig = {
  units: { weightUnit: "kg", currencyNumber: "156", currencyDecimalCount: 2 },
  measurePatterns: [],
  walletClasses: WALLET_CLASSES,
  aim: "optional",
  upcE: "refused",
  letteredSkus: "refused",
  isOwnCode: () => false,
};

/** What the till waits for. "tender": a payment code goes before a scale's code of the same digits. */
export type Expected = "goods" | "tender";

const GROUP_SEPARATOR = "\u001d";
/** The catalogue's bound on a number. */
const SKU_CHARS_MAX = 64;
const RETAIL_CHARS = 13;
/** An element string with its GTIN in front, from a scanner that does not name symbologies. */
const UNNAMED_GS1 = /^01[0-9]{14}/;

/** The meaning of one frame. Total; R1 and R2 of result.ts hold for any text. */
export function readFrame(frame: Frame, config: ReadConfig, expected: Expected): ScanResult {
  if (frame.kind === "rejected") return frame;
  const { form, data } = splitAim(frame.text);
  // Without its terminator a code may lack its end; only a form of known length shows that it does not.
  if (frame.endedBy === "next_code" && !isWholeByLength(form, data)) return rejected("scan/cut_off");
  if (form === undefined) {
    return config.aim === "required" ? rejected("scan/no_aim") : readPlain(data, config, expected);
  }
  switch (form) {
    case "retail":
      return readRetail(data, config);
    case "retail_addon":
      return /^[0-9]{15}([0-9]{3})?$/.test(data)
        ? readRetail(data.slice(0, RETAIL_CHARS), config)
        : rejected("scan/unknown_code");
    case "ean8":
      return data.length === 8 ? readGtin(data) : rejected("scan/unknown_code");
    case "itf":
      return data.length === 14 ? readGtin(data) : rejected("scan/unknown_code");
    case "gs1":
      return itemOf(readElementString(data), config);
    case "text":
      return readPlain(data, config, expected);
  }
}

/**
 * The meanings of a text that a keyboard scanner typed and that came from the screen: one result, or two
 * when two codes were glued. For any text, since what a screen sends is input like any other.
 */
export function readKeyed(text: string, config: ReadConfig, expected: Expected): readonly ScanResult[] {
  if (text.length > FRAME_CONFIG.codeBytesMax) return [rejected("scan/too_long")];
  if (!/^[\x20-\x7e\x1d]+$/.test(text)) return [rejected("scan/noise")];
  return partGlued(text, "terminator").map((frame) => readFrame(frame, config, expected));
}

function isWholeByLength(form: AimForm | undefined, data: string): boolean {
  return (
    (form === "retail" && data.length === RETAIL_CHARS) ||
    (form === "ean8" && data.length === 8) ||
    (form === "itf" && data.length === 14)
  );
}

function readGtin(data: string): ScanResult {
  if (!isDigits(data)) return rejected("scan/unknown_code");
  const gtin = gtin14(data);
  if (gtin !== undefined) return plainItem({ kind: "gtin", gtin });
  return rejected(hasGoodCheckDigit(data) ? "scan/unknown_code" : "scan/check_digit");
}

/** EAN-13, or UPC-A with or without its leading zero: a scale's code before a plain one. */
function readRetail(data: string, config: ReadConfig): ScanResult {
  if (!/^[0-9]{12,13}$/.test(data)) return rejected("scan/unknown_code");
  const digits = data.padStart(RETAIL_CHARS, "0");
  const { measurePatterns, units } = config;
  return readMeasure(digits, measurePatterns, units.currencyDecimalCount) ?? readGtin(digits);
}

/** Data of which the symbology says nothing. */
function readPlain(data: string, config: ReadConfig, expected: Expected): ScanResult {
  if (config.isOwnCode(data)) return { kind: "own_code", text: data };
  if (isLink(data)) return itemOf(readDigitalLink(data), config);
  if (data.includes(GROUP_SEPARATOR)) return itemOf(readElementString(data), config);
  if (isDigits(data)) return readDigits(data, config, expected);
  const [scheme] = walletSchemesOf(data, config.walletClasses);
  if (scheme !== undefined) return { kind: "payment_code", scheme };
  if (UNNAMED_GS1.test(data)) return itemOf(readElementString(data), config);
  const isSku = /^[\x21-\x7e]+$/.test(data) && /[A-Za-z]/.test(data) && data.length <= SKU_CHARS_MAX;
  return isSku && config.letteredSkus === "accepted"
    ? plainItem({ kind: "sku", sku: data })
    : rejected("scan/unknown_code");
}

function readDigits(data: string, config: ReadConfig, expected: Expected): ScanResult {
  if (data.length === 8 && config.upcE === "accepted") return readEight(data);
  if (data.length === 12 || data.length === RETAIL_CHARS) return readRetail(data, config);
  // M2
  const [scheme, ...otherSchemes] = walletSchemesOf(data, config.walletClasses);
  const measured = readMeasure(data, config.measurePatterns, config.units.currencyDecimalCount);
  if (scheme !== undefined) {
    const isGoods = measured?.kind === "item" && expected === "goods";
    return otherSchemes.length > 0 || isGoods ? rejected("scan/ambiguous") : { kind: "payment_code", scheme };
  }
  if (measured !== undefined) return measured;
  if (data.length === 8 || data.length === 14) return readGtin(data);
  return UNNAMED_GS1.test(data) ? itemOf(readElementString(data), config) : rejected("scan/unknown_code");
}

function readEight(data: string): ScanResult {
  const upcA = upcAOfUpcE(data);
  if (upcA === undefined) return readGtin(data);
  return gtin14(data) === undefined ? readGtin(upcA) : rejected("scan/ambiguous");
}

function itemOf(elements: Read<readonly Gs1Element[]>, config: ReadConfig): ScanResult {
  return elements.ok ? itemOfElements(elements.value, config.units) : rejected(elements.code);
}
