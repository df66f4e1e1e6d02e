/**
 * Cash rounding at the tender (ARITHMETIC section 5): where small coins are gone, what cash settles
 * is rounded once. Its own entry, without tax; cards are exact.
 */
import type { CashRounding } from "../context.ts";
import { divRound, minor, subtract } from "../money.ts";
import type { Minor } from "../money.ts";

/** `amountMinor` (at least 0) as coins can pay it; unchanged without a rule. */
export function roundedCash(amountMinor: Minor, rule: CashRounding | null): Minor {
  if (rule === null) return amountMinor;
  const increment = BigInt(rule.incrementMinor);
  const mode = rule.tie === "up" ? "HALF_UP" : "HALF_DOWN";
  return minor(Number(divRound(BigInt(amountMinor), increment, mode) * increment));
}

/**
 * What cash pays back for `amountMinor` when `beforeMinor` of the same receipt came back before.
 * Cumulative, so that the last refund returns exactly the cash that was taken.
 */
export function roundedRefund(beforeMinor: Minor, amountMinor: Minor, rule: CashRounding | null): Minor {
  return subtract(roundedCash(minor(beforeMinor + amountMinor), rule), roundedCash(beforeMinor, rule));
}
