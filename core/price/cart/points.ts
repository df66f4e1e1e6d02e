/**
 * Points earned and taken back (ARITHMETIC section 9): floor once, at the end, on what was really
 * paid for goods with tax. After a refund the points kept are the floor on what remains.
 */
import { minor, prefix, subtract, sum } from "../../money.ts";
import type { Minor } from "../../money.ts";
import type { CapturedTender } from "./tenders.ts";
import type { PricedCart } from "./types.ts";

/** `pointsCount` points for each `perMinor`, times a tier's `tierCount` / `tierWholeCount` (gold: 3/2). */
export interface EarnRule {
  readonly pointsCount: number;
  readonly perMinor: Minor;
  readonly tierCount: number;
  readonly tierWholeCount: number;
}

/** Points for a base; none for a base below 0. */
export function pointsEarned(baseMinor: Minor, rule: EarnRule): number {
  if (baseMinor <= 0) return 0;
  const points = BigInt(baseMinor) * BigInt(rule.pointsCount) * BigInt(rule.tierCount);
  return Number(points / (BigInt(rule.perMinor) * BigInt(rule.tierWholeCount)));
}

/** What goods cost with tax, without tip, fees and gift cards, and without what points or bonus money paid. */
export function earnBase({ cart, lines }: PricedCart, tenders: readonly CapturedTender[]): Minor {
  const goods = lines.filter(({ kind }) => kind === "goods");
  const taxes = cart.tax.isInclusive ? [] : goods.map(({ taxMinor }) => taxMinor);
  const paidMinor = sum([...goods.map(({ netMinor }) => netMinor), ...taxes]);
  const gifts = tenders.filter((tender) => isGift(tender)).map(({ amountMinor }) => amountMinor);
  return minor(Math.max(0, subtract(paidMinor, sum(gifts))));
}

/** Whether a tender is money that the house gave. */
export function isGift({ method }: Pick<CapturedTender, "method">): boolean {
  return method === "bonus" || method === "points";
}

/** Points of a discount that come back when `returnedMinor` of its `givenMinor` did. */
export function pointsReturned(pointsCount: number, returnedMinor: Minor, givenMinor: Minor): number {
  return givenMinor === 0 ? 0 : prefix(minor(pointsCount), returnedMinor, givenMinor);
}
