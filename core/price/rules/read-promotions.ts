/**
 * Promotions and coupons in JSON, of a cart and of pricing rules: one flat object each, the rule's fields
 * beside the selection's.
 */
import { ORDER_TOTAL_MINOR_MAX } from "../../limits.ts";
import { minor, ppm, PPM_ONE } from "../../money.ts";
import type { Minor } from "../../money.ts";
import type { Percent, Promotion, Rule, Selection } from "../cart/types.ts";
import type { Fields } from "./fields.ts";

/** Names that one selection lists. */
const NAMES_COUNT_MAX = 2000;
const PARTS_COUNT_MAX = 16;
const STEPS_COUNT_MAX = 32;
const UNITS_COUNT_MAX = 1_000_000;
const POINTS_COUNT_MAX = 1_000_000_000;
const PRIORITY_INDEX_MAX = 1_000_000;

const KINDS = [
  "line_percent",
  "line_fixed",
  "second_at",
  "cheapest_free",
  "n_for_price",
  "bundle",
  "order_percent",
  "spend_once",
  "spend_every",
  "spend_ladder",
  "points",
] as const;
const STAGES = ["line_percent", "line_fixed", "order_percent", "order_fixed", "coupons"] as const;

/** A promotion. */
export function readPromotion(fields: Fields): Promotion {
  return {
    ...readCommon(fields),
    stage: fields.has("stage") ? fields.oneOf("stage", STAGES, true) : null,
    rule: readRule(fields),
  };
}

/** A coupon: an amount or a percentage off the order, from a bar on, at the stage of coupons. */
export function readCoupon(fields: Fields): Promotion {
  const barMinor = money(fields, "barMinor", 0);
  const isPercent = fields.has("offPpm") || fields.has("payPpm");
  const rule: Rule = isPercent
    ? { kind: "order_percent", percent: readPercent(fields), barMinor }
    : { kind: "spend_once", barMinor, offMinor: money(fields, "offMinor") };
  return { ...readCommon(fields), stage: "coupons", rule };
}

function readCommon(fields: Fields): Omit<Promotion, "stage" | "rule"> {
  return {
    id: fields.text("id"),
    group: fields.has("group") ? fields.text("group") : "",
    priorityIndex: fields.integer("priorityIndex", { min: 0, max: PRIORITY_INDEX_MAX, fallback: 0 }),
    selection: readSelection(fields),
  };
}

/** Which lines; empty lists ask nothing. */
export function readSelection(fields: Fields): Selection {
  return {
    lines: fields.texts("lines", NAMES_COUNT_MAX),
    skus: fields.texts("skus", NAMES_COUNT_MAX),
    categories: fields.texts("categories", NAMES_COUNT_MAX),
    excludedCategories: fields.texts("excludedCategories", NAMES_COUNT_MAX),
  };
}

/** An amount from 0 to what one order may come to; without a fallback it must be there. */
export function money(fields: Fields, name: string, fallback?: number): Minor {
  const range = { min: 0, max: ORDER_TOTAL_MINOR_MAX };
  return minor(fields.integer(name, fallback === undefined ? range : { ...range, fallback }));
}

function readPercent(fields: Fields): Percent {
  const of = fields.has("payPpm") ? "pay" : "off";
  return { of, ratePpm: ppm(fields.integer(`${of}Ppm`, { min: 0, max: PPM_ONE })) };
}

function count(fields: Fields, name: string, min: number): number {
  return fields.integer(name, { min, max: UNITS_COUNT_MAX });
}

function readRule(fields: Fields): Rule {
  const kind = fields.oneOf("kind", KINDS, true);
  switch (kind) {
    case "line_percent":
    case "second_at":
      return { kind, percent: readPercent(fields) };
    case "line_fixed":
      return { kind, offMinor: money(fields, "offMinor"), per: fields.oneOf("per", ["line", "unit"]) };
    case "cheapest_free":
      return { kind, takeCount: count(fields, "takeCount", 2), freeCount: count(fields, "freeCount", 1) };
    case "n_for_price":
      return { kind, takeCount: count(fields, "takeCount", 1), priceMinor: money(fields, "priceMinor") };
    case "bundle":
      return { kind, parts: readParts(fields), priceMinor: money(fields, "priceMinor") };
    case "order_percent":
      return { kind, percent: readPercent(fields), barMinor: money(fields, "barMinor", 0) };
    default:
      return kind === "points" ? readPoints(fields) : readSpend(fields, kind);
  }
}

function readParts(fields: Fields): Extract<Rule, { kind: "bundle" }>["parts"] {
  return fields.list("parts", PARTS_COUNT_MAX, (part) => ({
    selection: readSelection(part),
    unitCount: part.integer("unitCount", { min: 1, max: UNITS_COUNT_MAX, fallback: 1 }),
  }));
}

function readSpend(fields: Fields, kind: "spend_once" | "spend_every" | "spend_ladder"): Rule {
  if (kind === "spend_ladder") {
    const steps = fields.list("steps", STEPS_COUNT_MAX, (step) => ({
      barMinor: money(step, "barMinor"),
      offMinor: money(step, "offMinor"),
    }));
    return { kind, steps };
  }
  const offMinor = money(fields, "offMinor");
  if (kind === "spend_once") return { kind, barMinor: money(fields, "barMinor", 0), offMinor };
  const barMinor = minor(fields.integer("barMinor", { min: 1, max: ORDER_TOTAL_MINOR_MAX }));
  const timesCountMax = fields.has("timesCountMax") ? count(fields, "timesCountMax", 0) : null;
  return { kind, barMinor, offMinor, timesCountMax };
}

function readPoints(fields: Fields): Rule {
  return {
    kind: "points",
    pointsCount: fields.integer("pointsCount", { min: 0, max: POINTS_COUNT_MAX }),
    worthMinor: minor(fields.integer("worthMinor", { min: 1, max: UNITS_COUNT_MAX, fallback: 1 })),
    perCount: fields.integer("perCount", { min: 1, max: UNITS_COUNT_MAX, fallback: 1 }),
    limitPpm: ppm(fields.integer("limitPpm", { min: 0, max: PPM_ONE, fallback: PPM_ONE / 2 })),
  };
}
