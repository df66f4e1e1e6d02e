/**
 * What a screen is told of an order's price: rows between its lines and its total, why each line costs what
 * it costs, and what may still be given. Types and their reader.
 */
import type { EventId, LineId } from "../../core/ids.ts";
import type { FieldReader } from "./fields.ts";
import { WIRE_ROWS_COUNT_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";

const ROW_KINDS = ["discount", "coupon", "fee", "tax", "tip", "rounding"] as const;
const STEP_KINDS = ["list", "price", "promotion", "fee", "tax", "rounding", "tip", "line", "total"] as const;

/** One row above the total. A coupon that gives nothing is said with 0. */
export interface PriceRow {
  readonly kind: (typeof ROW_KINDS)[number];
  /** Empty where the kind says all. */
  readonly name: string;
  /** Below 0 is given. */
  readonly amountMinor: number;
  /** What withdraw_adjustment names; null for what nobody can take back by itself. */
  readonly adjustment: EventId | null;
}

/** One rule that touched a line, in the order in which they did. */
export interface PriceStep {
  readonly kind: (typeof STEP_KINDS)[number];
  readonly name: string;
  readonly stageNumber: number | null;
  readonly amountMinor: number;
}

/** Why a line costs what it costs. */
export interface LinePriceView {
  readonly line: LineId;
  /** What it is to the customer: fees and taxes on top included. */
  readonly paidMinor: number;
  readonly steps: readonly PriceStep[];
}

/** A tip that the screen offers. */
export interface TipPreset {
  readonly ratePpm: number;
  readonly amountMinor: number;
}

/** The price of the order that the screen works on. */
export interface PricingView {
  readonly rows: readonly PriceRow[];
  /** Side by side with the order's lines. */
  readonly lines: readonly LinePriceView[];
  /** What the rules were published under, 0 for the terminal's own; null without rules. */
  readonly version: number | null;
  readonly tipPresets: readonly TipPreset[];
  /** Whether the house rounds orders, and whether this one is. */
  readonly canRound: boolean;
  readonly isRounded: boolean;
}

/** Reads it; throws WrongField as every reader of fields does. */
export function readPricing(from: FieldReader): PricingView {
  return {
    rows: from.list("rows", WIRE_ROWS_COUNT_MAX, (row) => {
      return {
        kind: row.word("kind", ROW_KINDS),
        name: row.text("name", WIRE_TEXT_LENGTH_MAX),
        amountMinor: row.integer("amountMinor"),
        adjustment: row.nullable("adjustment", (its, name) => its.eventId(name)),
      };
    }),
    lines: from.list("lines", WIRE_ROWS_COUNT_MAX, readLine),
    version: from.nullable("version", (its, name) => its.integer(name)),
    tipPresets: from.list("tipPresets", WIRE_ROWS_COUNT_MAX, (row) => {
      return { ratePpm: row.integer("ratePpm"), amountMinor: row.integer("amountMinor") };
    }),
    canRound: from.flag("canRound"),
    isRounded: from.flag("isRounded"),
  };
}

function readLine(from: FieldReader): LinePriceView {
  return {
    line: from.eventId("line"),
    paidMinor: from.integer("paidMinor"),
    steps: from.list("steps", WIRE_ROWS_COUNT_MAX, (row) => {
      return {
        kind: row.word("kind", STEP_KINDS),
        name: row.text("name", WIRE_TEXT_LENGTH_MAX),
        stageNumber: row.nullable("stageNumber", (its, name) => its.integer(name)),
        amountMinor: row.integer("amountMinor"),
      };
    }),
  };
}
