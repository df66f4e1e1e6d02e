/**
 * Codes that a scale or a packing table prints: item, weight or price in one number. Which digits mean
 * what is national and often the shop's own, so a pattern is configuration:
 *
 *   2[0-9]IIIIIWWWWWC     digits stand for themselves, [..] for one of several, "." for any digit
 *   I item   W weight   P price   V inner check digit of the price, else of the weight   C check digit
 *
 * C is last and there once: without it half a code could pass for a whole one.
 */

import { hasGoodCheckDigit, measureCheckDigitFor } from "./check-digit.ts";
import { wholeUnits } from "./decimal.ts";
import type { ScanRejection, ScannedItem } from "./result.ts";

/** One row of the configuration. */
export interface MeasureRow {
  readonly pattern: string;
  /** Digits of W behind the point: 3 where the scale prints grams and the item is sold by the kilogram. */
  readonly weightDecimalCount: number;
  /** Digits of P behind the point: 2 where the label is in fen or cents. */
  readonly priceDecimalCount: number;
}

/** A row made ready by `compileMeasure`. */
export interface MeasurePattern {
  readonly row: MeasureRow;
  /** One letter for each digit of the code: what it belongs to, "-" for nothing. */
  readonly roles: string;
  readonly shape: RegExp;
}

/** A pattern, or that a row makes no sense and at which character of the pattern. */
export type MeasureCompiled =
  | { readonly ok: true; readonly value: MeasurePattern }
  | { readonly ok: false; readonly code: "scan/pattern"; readonly offset: number };

/** Shortest and longest code of a scale; the longest known are 18 and 24 digits. */
const CODE_CHARS_MIN = 8;
const CODE_CHARS_MAX = 32;
const DECIMALS_COUNT_MAX = 6;
/** Thousandths. */
const QUANTITY_DECIMAL_COUNT = 3;

const PART = /\[(?:[0-9](?:-[0-9])?)+\]|[0-9.IWPVC]/y;

/** Makes a row ready. Refuses unknown letters, a missing item, C anywhere but at the end, V without 4 or 5 digits to check. */
export function compileMeasure(row: MeasureRow): MeasureCompiled {
  const parts: string[] = [];
  PART.lastIndex = 0;
  for (let offset = 0; offset < row.pattern.length; offset = PART.lastIndex) {
    const part = PART.exec(row.pattern)?.[0];
    if (part === undefined) return { ok: false, code: "scan/pattern", offset };
    parts.push(part);
  }
  const backwards = parts.findIndex(hasBackwardRange);
  if (backwards >= 0)
    return { ok: false, code: "scan/pattern", offset: parts.slice(0, backwards).join("").length };
  const roles = parts.map((part) => (/^[IWPVC]$/.test(part) ? part : "-")).join("");
  if (!isSensible(roles, row)) return { ok: false, code: "scan/pattern", offset: row.pattern.length };
  const shape = parts.map((part) => (/^[IWPVC.]$/.test(part) ? "[0-9]" : part)).join("");
  return { ok: true, value: { row, roles, shape: new RegExp(`^${shape}$`) } };
}

/** [9-0] is no expression. */
function hasBackwardRange(part: string): boolean {
  return [...part.matchAll(/([0-9])-([0-9])/g)].some(([, from = "", to = ""]) => from > to);
}

function isSensible(roles: string, { weightDecimalCount, priceDecimalCount }: MeasureRow): boolean {
  const count = (role: string): number => roles.split(role).length - 1;
  const checkedCount = count("P") > 0 ? count("P") : count("W");
  return (
    roles.length >= CODE_CHARS_MIN &&
    roles.length <= CODE_CHARS_MAX &&
    roles.endsWith("C") &&
    count("C") === 1 &&
    count("I") > 0 &&
    count("W") + count("P") > 0 &&
    (count("V") === 0 || (count("V") === 1 && (checkedCount === 4 || checkedCount === 5))) &&
    isDecimalCount(weightDecimalCount) &&
    isDecimalCount(priceDecimalCount)
  );
}

function isDecimalCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= DECIMALS_COUNT_MAX;
}

/**
 * What the first pattern of that shape reads; undefined when no pattern has it. The order of the
 * patterns is their precedence: a code that has a pattern's shape and fails its checks is not tried on.
 */
export function readMeasure(
  digits: string,
  patterns: readonly MeasurePattern[],
  currencyDecimalCount: number,
): ScannedItem | { readonly kind: "rejected"; readonly code: ScanRejection } | undefined {
  const pattern = patterns.find(({ shape }) => shape.test(digits));
  if (pattern === undefined) return undefined;
  if (!hasGoodCheckDigit(digits)) return { kind: "rejected", code: "scan/check_digit" };
  const part = (role: string): string =>
    digits
      .split("")
      .filter((_digit, index) => pattern.roles[index] === role)
      .join("");
  const weight = part("W");
  const price = part("P");
  const inner = part("V");
  if (inner !== "" && measureCheckDigitFor(price === "" ? weight : price) !== Number(inner)) {
    return { kind: "rejected", code: "scan/measure_check" };
  }
  const { weightDecimalCount, priceDecimalCount } = pattern.row;
  const quantityMilli = wholeUnits(weight, weightDecimalCount, QUANTITY_DECIMAL_COUNT);
  const priceMinor = wholeUnits(price, priceDecimalCount, currencyDecimalCount);
  if ((weight !== "" && quantityMilli === undefined) || (price !== "" && priceMinor === undefined)) {
    return { kind: "rejected", code: "scan/measure" };
  }
  return { kind: "item", name: { kind: "sku", sku: part("I") }, quantityMilli, priceMinor };
}
