/**
 * Splitting (ARITHMETIC section 8): one order, many checks. A check owns portions of lines, and what
 * was on the lines (discounts, taxes, fees) goes with them; tip and rounding follow what the checks owe.
 *
 * I2 The checks together are the order, field by field.
 */
import { add, allocate, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { owedForLine } from "./price.ts";
import { cutAt, netOf, orderFieldUpTo, portionBetween } from "./portions.ts";
import type { Portion } from "./portions.ts";
import type { CartRefusal } from "./refusal.ts";
import type { PricedCart } from "./types.ts";

/** `part` of `whole` of an entered line. */
export interface LinePart {
  readonly line: string;
  readonly partCount: number;
  /** At least 1. */
  readonly wholeCount: number;
}

/** What one check owns. */
export interface CheckPlan {
  readonly id: string;
  readonly parts: readonly LinePart[];
}

/** A check with its money. */
export interface PricedCheck {
  readonly id: string;
  readonly portions: readonly Portion[];
  readonly netMinor: Minor;
  readonly taxMinor: Minor;
  readonly feesMinor: Minor;
  readonly tipMinor: Minor;
  readonly roundingMinor: Minor;
  readonly totalMinor: Minor;
}

/** The checks, or the first thing that is wrong with the plan. */
export type Split = { readonly ok: true; readonly checks: readonly PricedCheck[] } | CartRefusal;

/** The finest portion is a thousandth; the bound keeps the sums of fractions short. */
export const WHOLE_COUNT_MAX = 1000;

/** Splits an order; every line must be owned to its last part. */
export function splitCart(priced: PricedCart, plans: readonly CheckPlan[]): Split {
  const refusal = refuseSplit(priced, plans);
  if (refusal !== null) return refusal;
  const reached = new Map<string, Fraction>();
  const wholeMinor = sum(priced.lines.map((line) => owedForLine(priced.cart, line)));
  let owedMinor = ZERO;
  const checks = plans.map((plan, index): PricedCheck => {
    const portions = portionsOf(priced, plan, reached);
    const beforeMinor = owedMinor;
    owedMinor = add(owedMinor, sum(portions.map((portion) => owedForLine(priced.cart, portion))));
    const part = (fieldMinor: Minor): Minor =>
      subtract(
        orderFieldUpTo(fieldMinor, owedMinor, wholeMinor),
        index === 0 ? ZERO : orderFieldUpTo(fieldMinor, beforeMinor, wholeMinor),
      );
    const { tipMinor, roundingMinor } = priced.totals;
    return checkOf(plan.id, portions, subtract(owedMinor, beforeMinor), part(tipMinor), part(roundingMinor));
  });
  return { ok: true, checks };
}

function checkOf(
  id: string,
  portions: readonly Portion[],
  owedMinor: Minor,
  tipMinor: Minor,
  roundingMinor: Minor,
): PricedCheck {
  const fees = portions.flatMap((portion) => portion.fees);
  return {
    id,
    portions,
    netMinor: netOf(portions),
    taxMinor: sum([...portions, ...fees].map(({ taxMinor }) => taxMinor)),
    feesMinor: sum(fees.map(({ amountMinor }) => amountMinor)),
    tipMinor,
    roundingMinor,
    totalMinor: sum([owedMinor, tipMinor, roundingMinor]),
  };
}

function portionsOf(
  { lines }: PricedCart,
  { parts }: CheckPlan,
  reached: Map<string, Fraction>,
): readonly Portion[] {
  return parts.flatMap(({ line, partCount, wholeCount }) => {
    const from = reached.get(line) ?? NOTHING;
    const to = plus(from, { part: BigInt(partCount), whole: BigInt(wholeCount) });
    reached.set(line, to);
    return lines
      .filter(({ source }) => source === line)
      .map((its) => portionBetween(its, cutAt(its, from.part, from.whole), cutAt(its, to.part, to.whole)));
  });
}

interface Fraction {
  readonly part: bigint;
  readonly whole: bigint;
}

const NOTHING: Fraction = { part: 0n, whole: 1n };

function plus(a: Fraction, b: Fraction): Fraction {
  const part = a.part * b.whole + b.part * a.whole;
  const whole = a.whole * b.whole;
  const common = commonOf(part, whole);
  return { part: part / common, whole: whole / common };
}

function commonOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonOf(b, a % b);
}

function refuseSplit({ cart }: PricedCart, plans: readonly CheckPlan[]): CartRefusal | null {
  const owned = new Map<string, Fraction>(cart.lines.map(({ id }) => [id, NOTHING]));
  for (const [index, { parts }] of plans.entries()) {
    for (const [place, { line, partCount, wholeCount }] of parts.entries()) {
      const path = `split.checks[${index}].parts[${place}]`;
      const before = owned.get(line);
      if (before === undefined) return { ok: false, code: "cart/unknown_line", path: `${path}.line` };
      const after = plus(before, { part: BigInt(partCount), whole: BigInt(wholeCount) });
      if (after.part > after.whole) return { ok: false, code: "cart/split_too_much", path };
      owned.set(line, after);
    }
  }
  const isWhole = [...owned.values()].every(({ part, whole }) => part === whole);
  return isWhole ? null : { ok: false, code: "cart/split_not_whole", path: "split" };
}

/** Checks by seat: the lines of a seat whole, lines of no seat by equal parts. */
export function seatPlans(
  { cart }: PricedCart,
  seats: readonly string[],
  seatOf: ReadonlyMap<string, string>,
): readonly CheckPlan[] {
  return seats.map((seat) => ({
    id: seat,
    parts: cart.lines.flatMap(({ id }): LinePart[] => {
      const its = seatOf.get(id) ?? null;
      if (its === null) return [{ line: id, partCount: 1, wholeCount: seats.length }];
      return its === seat ? [{ line: id, partCount: 1, wholeCount: 1 }] : [];
    }),
  }));
}

/** A total in `count` tenders as equal as they can be, the larger first; lines stay where they are. */
export function evenTenders(totalMinor: Minor, count: number): readonly Minor[] {
  return allocate(
    totalMinor,
    Array.from({ length: count }, () => 1),
  );
}
