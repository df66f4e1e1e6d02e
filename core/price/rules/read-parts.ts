/**
 * The parts that carts and pricing rules in JSON share: how a place taxes, the order of stages, fees,
 * rounding of the order, rates and amounts.
 */
import { ppm, PPM_ONE } from "../../money.ts";
import type { Minor, Ppm, Rounding } from "../../money.ts";
import { HOUSE_PIPELINE, PIPELINES } from "../cart/pipeline.ts";
import type { Fee, OrderRounding, Pipeline, TaxRule } from "../cart/types.ts";
import type { Fields } from "./fields.ts";
import { money } from "./read-promotions.ts";

/** Promotions of one cart, or in force at once. */
export const PROMOTIONS_COUNT_MAX = 64;
/** Fees of one order. */
export const FEES_COUNT_MAX = 16;
/** Guests of one order. */
export const GUESTS_COUNT_MAX = 10_000;

/** Rounding modes, the default first. */
export const ROUNDING_MODES: readonly [Rounding, ...Rounding[]] = [
  "HALF_UP",
  "HALF_EVEN",
  "HALF_DOWN",
  "DOWN",
  "UP",
];
const STAGES = [
  "line_percent",
  "line_fixed",
  "sets",
  "order_percent",
  "order_fixed",
  "coupons",
  "points",
] as const;

/** A rate from 0 to 100 %; without a fallback it must be there. */
export function rate(fields: Fields, name: string, fallback?: number): Ppm {
  const range = { min: 0, max: PPM_ONE };
  return ppm(fields.integer(name, fallback === undefined ? range : { ...range, fallback }));
}

/** An amount, or null when the field is not there. */
export function moneyOrNull(fields: Fields, name: string): Minor | null {
  return fields.has(name) ? money(fields, name) : null;
}

/** How the place taxes: inclusive, once per rate, half up where nothing is said. */
export function readTax(fields: Fields): TaxRule {
  return (
    fields.object("tax", (tax) => ({
      isInclusive: tax.oneOf("mode", ["inclusive", "exclusive"]) === "inclusive",
      grain: tax.oneOf("grain", ["bucket", "line"]),
      rounding: tax.oneOf("rounding", ROUNDING_MODES),
    })) ?? { isInclusive: true, grain: "bucket", rounding: "HALF_UP" }
  );
}

/** The order of stages, by name or as a list. */
export function readPipeline(fields: Fields): Pipeline {
  const stages = fields.list("stages", STAGES.length, (its) => ({
    number: its.integer("number", { min: 21, max: 69 }),
    stage: its.oneOf("stage", STAGES, true),
  }));
  const name = fields.oneOf("pipeline", ["house", "square", "clover"]);
  if (stages.length > 0) return { name: "own", stages };
  return PIPELINES.find((its) => its.name === name) ?? HOUSE_PIPELINE;
}

/** A fee: an amount or a rate. */
export function readFee(fields: Fields): Fee {
  return {
    id: fields.text("id"),
    charge: fields.has("ratePpm")
      ? {
          kind: "percent",
          ratePpm: rate(fields, "ratePpm"),
          rounding: fields.oneOf("rounding", ROUNDING_MODES),
        }
      : { kind: "fixed", amountMinor: money(fields, "amountMinor") },
    taxPpm: fields.has("taxPpm") ? rate(fields, "taxPpm") : null,
    guestCountMin: fields.integer("guestCountMin", { min: 0, max: GUESTS_COUNT_MAX, fallback: 0 }),
  };
}

/** 抹零. */
export function readRounding(fields: Fields): OrderRounding {
  const forms = [
    "drop_cents",
    "drop_tenths",
    "nearest_tenth",
    "nearest_unit",
    "up_to_tenth",
    "up_to_unit",
  ] as const;
  return {
    form: fields.oneOf("form", forms, true),
    giftMinorMax: moneyOrNull(fields, "giftMinorMax"),
    asDiscount: fields.flag("asDiscount"),
  };
}
