/**
 * Amounts as a screen shows and takes them: text with the currency's sign, the keypad that enters
 * from the right in minor units, and the round amounts that a customer is likely to hand over.
 * Whole minor units throughout; no amount is ever a fraction.
 */
import { CASH_HANDED_MINOR_MAX } from "../../core/limits.ts";
import { decimalText, minor } from "../../core/money.ts";

/** How amounts of one currency look. */
export interface MoneyFormat {
  /** "¥", "£"; the ISO code and a space where no sign is known. */
  readonly sign: string;
  readonly exponent: number;
}

const SIGNS: ReadonlyMap<string, string> = new Map([
  ["CNY", "¥"],
  ["JPY", "¥"],
  ["GBP", "£"],
  ["EUR", "€"],
  ["USD", "$"],
  ["HKD", "HK$"],
  ["KRW", "₩"],
  ["INR", "₹"],
]);

/** The format of a currency by its ISO 4217 code. */
export function moneyFormat(currency: string, exponent: number): MoneyFormat {
  return { sign: SIGNS.get(currency) ?? `${currency} `, exponent };
}

/** "¥1,234.50", "-¥3.00". */
export function moneyText(amountMinor: number, format: MoneyFormat): string {
  const plain = decimalText(minor(Math.abs(amountMinor)), format.exponent);
  const [whole = "0", fraction] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = format.sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
  return amountMinor < 0 ? `-${text}` : text;
}

/** "¥50" where the fraction is zero, "¥37.50" otherwise: for buttons named after a note. */
export function noteText(amountMinor: number, format: MoneyFormat): string {
  const text = moneyText(amountMinor, format);
  return amountMinor % 10 ** format.exponent === 0 ? text.replace(/\.0+$/, "") : text;
}

/** A key of the keypad; "00" is for currencies with two decimals, "000" for the others: both are whole units. */
export type KeypadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "00" | "000" | "back";

/** The amount after a key: digits come in from the right, "back" takes the last one off. A digit too many is ignored. */
export function afterKey(enteredMinor: number, key: KeypadKey): number {
  if (key === "back") return Math.floor(enteredMinor / 10);
  const next = enteredMinor * 10 ** key.length + Number(key);
  return next > CASH_HANDED_MINOR_MAX ? enteredMinor : next;
}

/** Notes in whole units that people pay with; a ladder by what is due for currencies not listed. */
const NOTES: ReadonlyMap<string, readonly number[]> = new Map([
  ["CNY", [5, 10, 20, 50, 100]],
  ["GBP", [5, 10, 20, 50]],
  ["EUR", [5, 10, 20, 50, 100]],
  ["USD", [5, 10, 20, 50, 100]],
  ["HKD", [10, 20, 50, 100, 500]],
  ["JPY", [1000, 2000, 5000, 10_000]],
]);
const LADDER = [5, 10, 20, 50, 100];
/** Whole digits up to which the ladder stands as it is; for each one more it is ten times as high. */
const LADDER_DIGITS_COUNT = 2;

/** Buttons of one row of the tender screen. */
export const QUICK_CASH_COUNT = 4;

/** The amount due, then the next amounts that notes make up: at most QUICK_CASH_COUNT, rising, without repeats. */
export function quickCash(dueMinor: number, currency: string, exponent: number): readonly number[] {
  if (dueMinor <= 0) return [];
  const unit = 10 ** exponent;
  const amounts = new Set([dueMinor]);
  for (const note of NOTES.get(currency) ?? ladderFor(Math.floor(dueMinor / unit))) {
    const noteMinor = note * unit;
    amounts.add(Math.ceil(dueMinor / noteMinor) * noteMinor);
  }
  return [...amounts].sort((a, b) => a - b).slice(0, QUICK_CASH_COUNT);
}

// A coffee is 4,500 in one country and 4 in another: their notes differ by as much.
function ladderFor(dueUnits: number): readonly number[] {
  const higherBy = Math.max(0, String(dueUnits).length - LADDER_DIGITS_COUNT);
  return LADDER.map((note) => note * 10 ** higherBy);
}
