/**
 * Cash rounding at the tender (ARITHMETIC section 5): where small coins are gone, what cash settles
 * is rounded once. Its own entry, without tax; cards are exact.
 */
import type { CashRounding } from "../context.ts";
import { add, divRound, minor } from "../money.ts";
import type { Minor } from "../money.ts";

/** `amountMinor` (at least 0) as coins can pay it; unchanged without a rule. */
export function roundedCash(amountMinor: Minor, rule: CashRounding | null): Minor {
  if (rule === null) return amountMinor;
  const increment = BigInt(rule.incrementMinor);
  const mode = rule.tie === "up" ? "HALF_UP" : "HALF_DOWN";
  return minor(Number(divRound(BigInt(amountMinor), increment, mode) * increment));
}

/**
 * What cash pays back for `amountMinor` of a receipt of `wholeMinor` for which cash of `takenMinor` was
 * taken, when `beforeMinor` of it came back before. Cumulative, so that all refunds together return
 * exactly what was taken, and none of them more.
 */
export function roundedRefund(
  beforeMinor: Minor,
  amountMinor: Minor,
  { wholeMinor, takenMinor }: { readonly wholeMinor: Minor; readonly takenMinor: Minor },
  rule: CashRounding | null,
): Minor {
  const paidFor = (upTo: Minor): number =>
    upTo >= wholeMinor ? takenMinor : Math.min(roundedCash(upTo, rule), takenMinor);
  return minor(paidFor(add(beforeMinor, amountMinor)) - paidFor(beforeMinor));
}
