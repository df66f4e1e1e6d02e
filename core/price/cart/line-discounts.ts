/**
 * Discounts on what is selected before the order as a whole is looked at: a percentage, and an
 * amount by line or by unit (stages 30 and 31). A percentage is counted once on the sum.
 */
import { ORDER_TOTAL_MINOR_MAX } from "../../limits.ts";
import { minor, MILLI_ONE, scale, sum, sumWithin } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { allocateShares } from "./allocate-shares.ts";
import type { Applied, Promotion, Rule } from "./types.ts";
import { isSelected, leftOf, percentOff, take } from "./working.ts";
import type { WorkLine } from "./working.ts";

/** Takes a percentage off the selected lines. */
export function takeLinePercent(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "line_percent" }>,
  stageNumber: number,
): Applied {
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const lefts = own.map(leftOf);
  const wantedMinor = percentOff(sum(lefts), rule.percent);
  const shares = allocateShares(wantedMinor, lefts, lefts);
  return take(own, shares, { promotion, stageNumber, wantedMinor, lowersBar: true });
}

/** Takes an amount off each selected line; what a line does not cost is forfeited, not moved to another. */
export function takeLineFixed(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "line_fixed" }>,
  stageNumber: number,
): Applied {
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const wanted = own.map((line) => offOf(line, rule));
  const shares = own.map((line, index) => minor(Math.min(line.leftMinor, wanted[index] ?? 0)));
  return take(own, shares, { promotion, stageNumber, wantedMinor: sumWithin(wanted), lowersBar: true });
}

function offOf({ source }: WorkLine, rule: Extract<Rule, { kind: "line_fixed" }>): Minor {
  if (rule.per === "line") return rule.offMinor;
  // No line costs that much: what is beyond is forfeited anyway.
  const isBeyond = (rule.offMinor / MILLI_ONE) * source.quantityMilli > ORDER_TOTAL_MINOR_MAX;
  const offMinor = isBeyond ? ORDER_TOTAL_MINOR_MAX : scale(rule.offMinor, source.quantityMilli, MILLI_ONE);
  return minor(offMinor);
}
