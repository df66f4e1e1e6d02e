/**
 * All discounts of a cart in the order of its pipeline: which rule is taken by which function is a
 * table, so that a new kind of rule is one row and one function.
 */
import { takeLineFixed, takeLinePercent } from "./line-discounts.ts";
import { byPriority, stageOf } from "./pipeline.ts";
import { takeOrderPercent, takePoints, takeSpend } from "./promotions.ts";
import { takeSetPercent, takeSetPrice } from "./sets.ts";
import type { Applied, Cart, Promotion } from "./types.ts";
import { workLines } from "./working.ts";
import type { WorkLine } from "./working.ts";

/** Lines with their shares, and what each promotion came to. */
export interface Discounted {
  readonly lines: readonly WorkLine[];
  readonly applied: readonly Applied[];
}

/** Takes these promotions off the cart's lines. Groups and stacking were judged before. */
export function discounted(
  cart: Pick<Cart, "lines" | "pipeline">,
  promotions: readonly Promotion[],
): Discounted {
  const lines = workLines(cart.lines);
  const applied: Applied[] = [];
  for (const { number, stage } of cart.pipeline.stages) {
    for (const line of lines) line.startMinor = line.leftMinor;
    const own = promotions.filter((promotion) => stageOf(promotion) === stage);
    for (const promotion of own.sort(byPriority)) applied.push(takeOne(lines, promotion, number));
  }
  return {
    lines,
    applied: applied.filter(({ givenMinor, forfeitedMinor }) => givenMinor !== 0 || forfeitedMinor !== 0),
  };
}

/** Takes one promotion off the lines at its stage. */
export function takeOne(lines: readonly WorkLine[], promotion: Promotion, stageNumber: number): Applied {
  const { rule } = promotion;
  switch (rule.kind) {
    case "line_percent":
      return takeLinePercent(lines, promotion, rule, stageNumber);
    case "line_fixed":
      return takeLineFixed(lines, promotion, rule, stageNumber);
    case "second_at":
    case "cheapest_free":
      return takeSetPercent(lines, promotion, rule, stageNumber);
    case "n_for_price":
    case "bundle":
      return takeSetPrice(lines, promotion, rule, stageNumber);
    case "order_percent":
      return takeOrderPercent(lines, promotion, rule, stageNumber);
    case "spend_once":
    case "spend_every":
    case "spend_ladder":
      return takeSpend(lines, promotion, rule, stageNumber);
    case "points":
      return takePoints(lines, promotion, rule, stageNumber);
  }
}
