/**
 * Discounts on the order: percentages, 满减 once, every and as a ladder, coupons, points (stages 50
 * to 65). Bars are held against the selected lines after the discounts of lines and sets; shares
 * fall on the lines by the same amounts, points and percentages by what the lines still cost.
 */
import { minor, PPM_ONE, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { allocateShares } from "./allocate-shares.ts";
import type { Applied, Promotion, Rule, Step } from "./types.ts";
import { isSelected, leftOf, percentOff, take } from "./working.ts";
import type { WorkLine } from "./working.ts";

type SpendRule = Extract<Rule, { kind: "spend_once" | "spend_every" | "spend_ladder" }>;

/** Takes a percentage off the order; nothing below its bar. */
export function takeOrderPercent(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "order_percent" }>,
  stageNumber: number,
): Applied {
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const lefts = own.map(leftOf);
  const wantedMinor = barOf(own) < rule.barMinor ? ZERO : percentOff(sum(lefts), rule.percent);
  const shares = allocateShares(wantedMinor, lefts, lefts);
  return take(own, shares, { promotion, stageNumber, wantedMinor, lowersBar: false });
}

/** Takes an amount off the order when its bar is reached. */
export function takeSpend(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: SpendRule,
  stageNumber: number,
): Applied {
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const wantedMinor = own.length === 0 ? ZERO : spendOff(barOf(own), rule);
  const shares = allocateShares(
    wantedMinor,
    own.map(({ barMinor }) => barMinor),
    own.map(leftOf),
  );
  return take(own, shares, { promotion, stageNumber, wantedMinor, lowersBar: false });
}

/** What 满减 gives at `barMinor` of selected goods. */
export function spendOff(barMinor: Minor, rule: SpendRule): Minor {
  switch (rule.kind) {
    case "spend_once":
      return barMinor >= rule.barMinor ? rule.offMinor : ZERO;
    case "spend_every": {
      const times = Math.floor(barMinor / rule.barMinor);
      return minor(Math.min(times, rule.timesCountMax ?? times) * rule.offMinor);
    }
    case "spend_ladder":
      return rule.steps.reduce<Step>((best, step) => higherOf(best, step, barMinor), NO_STEP).offMinor;
  }
}

const NO_STEP: Step = { barMinor: minor(-1), offMinor: ZERO };

function higherOf(best: Step, step: Step, barMinor: Minor): Step {
  return step.barMinor <= barMinor && step.barMinor > best.barMinor ? step : best;
}

/** Points as a discount: what they are worth, up to their part of what the lines still cost. */
export function takePoints(
  lines: readonly WorkLine[],
  promotion: Promotion,
  rule: Extract<Rule, { kind: "points" }>,
  stageNumber: number,
): Applied {
  const own = lines.filter((line) => isSelected(line, promotion.selection));
  const lefts = own.map(leftOf);
  const worth = (BigInt(rule.pointsCount) * BigInt(rule.worthMinor)) / BigInt(rule.perCount);
  const limit = (BigInt(sum(lefts)) * BigInt(rule.limitPpm)) / BigInt(PPM_ONE);
  const wantedMinor = minor(Number(worth < limit ? worth : limit));
  const shares = allocateShares(wantedMinor, lefts, lefts);
  const applied = take(own, shares, { promotion, stageNumber, wantedMinor, lowersBar: false });
  return { ...applied, pointsCount: pointsFor(applied.givenMinor, rule) };
}

/** The points that an amount costs; a started point is spent. */
function pointsFor(amountMinor: Minor, rule: Extract<Rule, { kind: "points" }>): number {
  const worth = BigInt(rule.worthMinor);
  return Number((BigInt(amountMinor) * BigInt(rule.perCount) + worth - 1n) / worth);
}

function barOf(lines: readonly WorkLine[]): Minor {
  return sum(lines.map(({ barMinor }) => barMinor));
}
