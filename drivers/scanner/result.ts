/**
 * What a scan comes to: an item, a code that the till printed itself, a payment code without its digits,
 * or a rejection with its reason.
 * The words for the clerk come from one table elsewhere; here are only the codes, a closed list.
 *
 * R1  A scan gives at most one item, and an item only when everything the code carries was understood.
 * R2  No digit of a payment code and no text of a rejected code leaves the scanner's folder.
 */

/** Why a scan was not taken. Every reason is one short beep and one line for the clerk. */
export type ScanRejection =
  /** The code stopped before its end: a silence, a lost link, or the next code in the middle of it. */
  | "scan/cut_off"
  | "scan/too_long"
  /** Bytes that no code holds: wrong speed or parity, or a code of another trade. */
  | "scan/noise"
  /** More than one code without a border that can be trusted: scan one by one. */
  | "scan/glued"
  /** The scanner is set up to name the symbology and did not. */
  | "scan/no_aim"
  | "scan/check_digit"
  /** A code of a form that names no item here. */
  | "scan/unknown_code"
  /** The digits fit two forms that mean different things. */
  | "scan/ambiguous"
  /** A HID report of another length or with a length that does not fit. */
  | "scan/bad_report"
  /** A weight, count or price of zero, too large, or finer than the till can count. */
  | "scan/measure"
  /** The inner check digit of a weight or price is wrong. */
  | "scan/measure_check"
  /** Sold by measure, but in no unit that the till sells in. */
  | "scan/measure_unit"
  /** A price in another currency. */
  | "scan/currency"
  /** A link that is no GS1 Digital Link. */
  | "scan/link"
  | "scan/gs1_unknown_ai"
  | "scan/gs1_length"
  | "scan/gs1_character"
  /** A date, time or flag that cannot be. */
  | "scan/gs1_value"
  /** The same identifier twice with different values. */
  | "scan/gs1_repeated"
  /** Well formed, but names no trade item: a pallet, a place, a coupon. */
  | "scan/gs1_no_item";

/** Whose code a customer showed; "emvco" is a consumer-presented code of any card scheme. */
export type WalletScheme = "wechat" | "alipay" | "unionpay" | "emvco";

/** What names the item: a GTIN as 14 digits with leading zeros, or the shop's own number. */
export type ItemName =
  | { readonly kind: "gtin"; readonly gtin: string }
  | { readonly kind: "sku"; readonly sku: string };

/** An item, and what its code says of quantity and price; undefined where the code says nothing. */
export interface ScannedItem {
  readonly kind: "item";
  readonly name: ItemName;
  /** Thousandths of the unit that the item is sold in, above 0. */
  readonly quantityMilli: number | undefined;
  /** What the whole quantity costs, in minor units of the till's currency, above 0. */
  readonly priceMinor: number | undefined;
}

/** The answer to one code (R1, R2). */
export type ScanResult =
  | ScannedItem
  /** A code that the till prints on its own paper, whole. */
  | { readonly kind: "own_code"; readonly text: string }
  | { readonly kind: "payment_code"; readonly scheme: WalletScheme }
  | { readonly kind: "rejected"; readonly code: ScanRejection };

/** A value that was read, or why not and at which character. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ScanRejection; readonly offset: number };

/** A rejection. */
export function rejected(code: ScanRejection): ScanResult {
  return { kind: "rejected", code };
}

/** An item of which the code says nothing but its name. */
export function plainItem(name: ItemName): ScannedItem {
  return { kind: "item", name, quantityMilli: undefined, priceMinor: undefined };
}
