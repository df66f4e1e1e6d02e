/**
 * Cash rounding of what is settled in coins (ARITHMETIC section 5), in any mode and increment: once,
 * on what is left for cash; change comes out of the rounded amount. Refunds are cumulative, so that
 * the last one returns exactly the cash that was taken.
 */
import { add, minor, subtract } from "../../money.ts";
import type { Minor, Rounding } from "../../money.ts";
import { roundTo } from "./order-rounding.ts";

/** What coins a place has. */
export interface CashRule {
  /** At least 1. */
  readonly incrementMinor: Minor;
  readonly mode: Rounding;
  /** Whether exactly the unrounded sum is taken as it is. */
  readonly takesExact: boolean;
}

/** Cash for what is left of an order. */
export interface CashSettled {
  readonly dueMinor: Minor;
  readonly cashMinor: Minor;
  /** An entry of its own, without tax. */
  readonly adjustmentMinor: Minor;
  /** Null when nothing was said of what was handed over. */
  readonly changeMinor: Minor | null;
}

/** Settles `dueMinor` (at least 0) in cash; handed below what is due leaves negative change, which the caller refuses. */
export function settleCash(dueMinor: Minor, rule: CashRule, handedMinor: Minor | null): CashSettled {
  const isExact = rule.takesExact && handedMinor === dueMinor;
  const cashMinor = isExact ? dueMinor : roundTo(dueMinor, rule.incrementMinor, rule.mode);
  return {
    dueMinor,
    cashMinor,
    adjustmentMinor: subtract(cashMinor, dueMinor),
    changeMinor: handedMinor === null ? null : subtract(handedMinor, cashMinor),
  };
}

/** The cash that goes back for `amountMinor` of `settled`, when `beforeMinor` of its due went back before. */
export function cashRefund(
  settled: Pick<CashSettled, "dueMinor" | "cashMinor">,
  rule: CashRule,
  beforeMinor: Minor,
  amountMinor: Minor,
): Minor {
  const upTo = (dueMinor: Minor): Minor =>
    dueMinor >= settled.dueMinor
      ? settled.cashMinor
      : minor(Math.min(roundTo(dueMinor, rule.incrementMinor, rule.mode), settled.cashMinor));
  return subtract(upTo(add(beforeMinor, amountMinor)), upTo(beforeMinor));
}
