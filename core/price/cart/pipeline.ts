/**
 * The order of stages as data (ARITHMETIC section 3). Prices stand before the discounts, fees, tax,
 * tip and rounding behind them; among the discounts each house has its own order, and that order is
 * pinned with the rest of the configuration.
 */
import type { DiscountStage, Pipeline, Promotion, Rule } from "./types.ts";

/** Numbers of the stages around the discounts, as explanations show them. */
export const STAGE_NUMBER = { list: 10, override: 20, fees: 70, tax: 80, tip: 90, rounding: 95 } as const;

/** The default: lines, sets, then the order. */
export const HOUSE_PIPELINE: Pipeline = {
  name: "house",
  stages: [
    { number: 30, stage: "line_percent" },
    { number: 31, stage: "line_fixed" },
    { number: 40, stage: "sets" },
    { number: 50, stage: "order_percent" },
    { number: 60, stage: "order_fixed" },
    { number: 61, stage: "coupons" },
    { number: 65, stage: "points" },
  ],
};

/** Square's: every percentage before every amount. */
const SQUARE_PIPELINE: Pipeline = {
  name: "square",
  stages: [
    { number: 30, stage: "line_percent" },
    { number: 35, stage: "order_percent" },
    { number: 40, stage: "line_fixed" },
    { number: 45, stage: "sets" },
    { number: 60, stage: "order_fixed" },
    { number: 61, stage: "coupons" },
    { number: 65, stage: "points" },
  ],
};

/** Clover's: the line wholly before the order, and an amount off the order before a percentage. */
const CLOVER_PIPELINE: Pipeline = {
  name: "clover",
  stages: [
    { number: 30, stage: "line_percent" },
    { number: 31, stage: "line_fixed" },
    { number: 40, stage: "sets" },
    { number: 50, stage: "order_fixed" },
    { number: 60, stage: "order_percent" },
    { number: 61, stage: "coupons" },
    { number: 65, stage: "points" },
  ],
};

/** Pipelines by name. */
export const PIPELINES: readonly Pipeline[] = [HOUSE_PIPELINE, SQUARE_PIPELINE, CLOVER_PIPELINE];

const STAGE_OF_RULE: Readonly<Record<Rule["kind"], DiscountStage>> = {
  line_percent: "line_percent",
  line_fixed: "line_fixed",
  second_at: "sets",
  cheapest_free: "sets",
  n_for_price: "sets",
  bundle: "sets",
  order_percent: "order_percent",
  spend_once: "order_fixed",
  spend_every: "order_fixed",
  spend_ladder: "order_fixed",
  points: "points",
};

/** Where a promotion is taken. */
export function stageOf({ stage, rule }: Promotion): DiscountStage {
  return stage ?? STAGE_OF_RULE[rule.kind];
}

/** Promotions of one stage go by priority, then by id: never by the order of entry. */
export function byPriority(a: Promotion, b: Promotion): number {
  return a.priorityIndex - b.priorityIndex || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
