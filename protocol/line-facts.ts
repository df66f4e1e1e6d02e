/**
 * What the lines of a priced check cost, as one flat list of numbers: an order of more than a thousand
 * lines has to fit the one record of its freeze. Each line is
 *
 *     head, list, gross?, tax, (promotion, amount) for each share, (fee, amount, tax) for each fee
 *     head = is-gross-there + 2 × (share count + 97 × fee count)
 *
 * L1 One value has one encoding: the gross stands there exactly where it is not the list price.
 */
import { CHECK_FEES_COUNT_MAX, CHECK_PROMOTIONS_COUNT_MAX, ORDER_LINES_COUNT_MAX } from "../core/limits.ts";
import { minor } from "../core/money.ts";
import type { Minor } from "../core/money.ts";
import type { FeeShareFact, LineFact, ShareFact } from "../core/price/order/types.ts";
import type { CborValue } from "./cbor-value.ts";
import { UNREAD } from "./field.ts";
import type { Field, Unread } from "./field.ts";

/** Heads count shares to one below this; a later limit needs another version of the row. */
const HEAD_SHARES_COUNT = 97;

/** The lines of a check. */
export const lineFacts: Field<readonly LineFact[]> = {
  cddl: "[* minor]",
  write: (lines) => lines.flatMap(written),
  read,
};

function written({ listMinor, grossMinor, shares, taxMinor, fees }: LineFact): readonly number[] {
  const hasGross = grossMinor !== listMinor;
  return [
    (hasGross ? 1 : 0) + 2 * (shares.length + HEAD_SHARES_COUNT * fees.length),
    listMinor,
    // L1
    ...(hasGross ? [grossMinor] : []),
    taxMinor,
    ...shares.flatMap(({ promotionIndex, amountMinor }) => [promotionIndex, amountMinor]),
    ...fees.flatMap((fee) => [fee.feeIndex, fee.amountMinor, fee.taxMinor]),
  ];
}

function read(value: CborValue | undefined): readonly LineFact[] | Unread {
  if (!isList(value) || !value.every(isNumber)) return UNREAD;
  const numbers = new Numbers(value);
  const lines: LineFact[] = [];
  while (!numbers.isAtEnd) {
    const line = lineFrom(numbers);
    if (line === null || lines.length === ORDER_LINES_COUNT_MAX) return UNREAD;
    lines.push(line);
  }
  return lines;
}

/** Null for what no line was written as; numbers that are missing are read as -1. */
function lineFrom(numbers: Numbers): LineFact | null {
  const head = numbers.next();
  const counts = Math.floor(head / 2);
  const shareCount = counts % HEAD_SHARES_COUNT;
  const feeCount = Math.floor(counts / HEAD_SHARES_COUNT);
  if (head < 0 || shareCount > CHECK_PROMOTIONS_COUNT_MAX || feeCount > CHECK_FEES_COUNT_MAX) return null;
  const listMinor = numbers.nextMinor();
  const grossMinor = head % 2 === 1 ? numbers.nextMinor() : listMinor;
  const taxMinor = numbers.nextMinor();
  const shares = Array.from({ length: shareCount }, (): ShareFact => ({
    promotionIndex: numbers.next(),
    amountMinor: numbers.nextMinor(),
  }));
  const fees = Array.from({ length: feeCount }, (): FeeShareFact => ({
    feeIndex: numbers.next(),
    amountMinor: numbers.nextMinor(),
    taxMinor: numbers.nextMinor(),
  }));
  const isGrossAlone = head % 2 === 1 && grossMinor === listMinor;
  const hasPlaces =
    shares.every(({ promotionIndex }) => promotionIndex >= 0) && fees.every(({ feeIndex }) => feeIndex >= 0);
  if (isGrossAlone || numbers.isShort || !hasPlaces) return null;
  return { listMinor, grossMinor, shares, taxMinor, fees };
}

/** Numbers that are taken from the front. */
class Numbers {
  isShort = false;
  readonly #numbers: readonly number[];
  #index = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  get isAtEnd(): boolean {
    return this.#index >= this.#numbers.length;
  }

  next(): number {
    const number = this.#numbers[this.#index];
    this.#index += 1;
    if (number === undefined) this.isShort = true;
    return number ?? -1;
  }

  nextMinor(): Minor {
    return minor(this.next());
  }
}

function isList(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isNumber(value: CborValue): value is number {
  return typeof value === "number";
}
