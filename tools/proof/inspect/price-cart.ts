/**
 * A cart in JSON, and what is asked of it: split, tenders, refunds, points, stored value. The schema
 * is told in price-schema.ts and docs/PRICE-CART.md; this file is what it means.
 */
import {
  CASH_HANDED_MINOR_MAX,
  CHECK_TENDERS_COUNT_MAX,
  ORDER_LINES_COUNT_MAX,
  ORDER_TOTAL_MINOR_MAX,
  QUANTITY_MILLI_MAX,
  UNIT_PRICE_MINOR_MAX,
} from "../../../core/limits.ts";
import { milli, minor, MILLI_ONE, ppm, PPM_ONE } from "../../../core/money.ts";
import type { Minor, Ppm } from "../../../core/money.ts";
import type { CashRule } from "../../../core/price/cart/cash.ts";
import type { EarnRule } from "../../../core/price/cart/points.ts";
import type { RefundPolicy, RefundRequest } from "../../../core/price/cart/refund.ts";
import { WHOLE_COUNT_MAX } from "../../../core/price/cart/split.ts";
import type { CheckPlan } from "../../../core/price/cart/split.ts";
import type { StoredBucket, StoredOrder } from "../../../core/price/cart/stored-value.ts";
import type { CartTender } from "../../../core/price/cart/tenders.ts";
import { TIP_PRESETS_COUNT_MAX } from "../../../core/price/cart/tips.ts";
import type { Cart, CartLine, Tip } from "../../../core/price/cart/types.ts";
import type { Fields } from "../../../core/price/rules/fields.ts";
import { money, readCoupon, readPromotion } from "../../../core/price/rules/read-promotions.ts";
import {
  FEES_COUNT_MAX,
  GUESTS_COUNT_MAX,
  moneyOrNull,
  PROMOTIONS_COUNT_MAX,
  rate,
  readFee,
  readPipeline,
  readRounding,
  readTax,
  ROUNDING_MODES,
} from "../../../core/price/rules/read-parts.ts";

const MODIFIERS_COUNT_MAX = 32;
const CHECKS_COUNT_MAX = 100;
const REFUNDS_COUNT_MAX = 1000;
const BUCKETS_COUNT_MAX = 100;
/** What keeps the points of the dearest order a safe integer. */
const EARNED_COUNT_MAX = 100;
const TIER_COUNT_MAX = 20;
const DAYS_MAX = 1_000_000;
const DAY_MS_MAX = 366 * 24 * 60 * 60 * 1000;

/** How an order is divided. */
export type SplitPlan =
  | { readonly kind: "checks"; readonly checks: readonly CheckPlan[] }
  | { readonly kind: "seats"; readonly seats: readonly string[] }
  | { readonly kind: "even"; readonly count: number };

/** Stored value that is drawn, and what of it comes back. */
export interface StoredAsked {
  readonly amountMinor: Minor;
  readonly order: StoredOrder;
  readonly buckets: readonly StoredBucket[];
  readonly returnedMinor: Minor;
}

/** Everything that one item asks. */
export interface PriceAsked {
  readonly cart: Cart;
  readonly seatOf: ReadonlyMap<string, string>;
  readonly tipPresets: readonly Ppm[];
  /** Null where every amount can be paid in coins. */
  readonly cash: CashRule | null;
  readonly tenders: readonly CartTender[];
  readonly split: SplitPlan | null;
  readonly policy: RefundPolicy;
  readonly refunds: readonly RefundRequest[];
  readonly stored: StoredAsked | null;
  readonly laterTip: { readonly amountMinor: Minor; readonly ageMs: number } | null;
}

/** Reads an item; what is wrong goes to the problems of `fields`. */
export function readAsked(fields: Fields): PriceAsked {
  const seatOf = new Map<string, string>();
  const cart = readCart(fields, seatOf);
  const cash = fields.object("cashRounding", readCash);
  const earn = fields.object("earn", readEarn);
  const asked = {
    cart,
    seatOf,
    cash,
    tipPresets: fields.integers("tipPresets", TIP_PRESETS_COUNT_MAX, { min: 0, max: PPM_ONE }).map(ppm),
    tenders: fields.list("tenders", CHECK_TENDERS_COUNT_MAX, readTender),
    split: fields.object("split", readSplit),
    policy: readPolicy(fields, cash, earn),
    refunds: fields.list("refunds", REFUNDS_COUNT_MAX, readRefund),
    stored: fields.object("storedValue", readStored),
    laterTip: fields.object("laterTip", (tip) => ({
      amountMinor: money(tip, "amountMinor"),
      ageMs: tip.integer("ageMs", { min: 0, max: DAY_MS_MAX }),
    })),
  };
  fields.done();
  return asked;
}

function readCart(fields: Fields, seatOf: Map<string, string>): Cart {
  return {
    currency: fields.text("currency"),
    lines: fields.list("lines", ORDER_LINES_COUNT_MAX, (line) => readLine(line, seatOf)),
    promotions: [
      ...fields.list("promotions", PROMOTIONS_COUNT_MAX, readPromotion),
      ...fields.list("coupons", PROMOTIONS_COUNT_MAX, readCoupon),
    ],
    pipeline: readPipeline(fields),
    choice: fields.oneOf("choice", ["best", "priority"]),
    stackableGroups: fields.has("stackableGroups")
      ? fields.texts("stackableGroups", PROMOTIONS_COUNT_MAX)
      : null,
    tax: readTax(fields),
    fees: fields.list("fees", FEES_COUNT_MAX, readFee),
    guestCount: fields.integer("guestCount", { min: 0, max: GUESTS_COUNT_MAX, fallback: 0 }),
    tip: fields.object("tip", readTip),
    rounding: fields.object("rounding", readRounding),
  };
}

function readLine(fields: Fields, seatOf: Map<string, string>): CartLine {
  const id = fields.text("id");
  const seat = fields.text("seat", "");
  if (seat !== "") seatOf.set(id, seat);
  const price = { min: 0, max: UNIT_PRICE_MINOR_MAX };
  const quantity = { min: 1, max: QUANTITY_MILLI_MAX, fallback: MILLI_ONE };
  return {
    id,
    sku: fields.text("sku", id),
    category: fields.text("category", "none"),
    kind: fields.oneOf("kind", ["goods", "deposit", "gift_card"]),
    quantityMilli: milli(fields.integer("quantityMilli", quantity)),
    unitPriceMinor: minor(fields.integer("unitPriceMinor", price)),
    overrideMinor: fields.has("overrideMinor") ? minor(fields.integer("overrideMinor", price)) : null,
    taxPpm: rate(fields, "taxPpm", 0),
    modifiers: fields.list("modifiers", MODIFIERS_COUNT_MAX, (its) => ({
      id: its.text("id"),
      unitPriceMinor: minor(
        its.integer("unitPriceMinor", { min: -UNIT_PRICE_MINOR_MAX, max: UNIT_PRICE_MINOR_MAX }),
      ),
      taxPpm: its.has("taxPpm") ? rate(its, "taxPpm") : null,
    })),
  };
}

function readTip(fields: Fields): Tip {
  if (!fields.has("ratePpm")) return { kind: "fixed", amountMinor: money(fields, "amountMinor") };
  const basis = fields.oneOf("basis", ["before_tax", "after_tax"]);
  return { kind: "percent", ratePpm: rate(fields, "ratePpm"), basis };
}

function readCash(fields: Fields): CashRule {
  return {
    incrementMinor: minor(fields.integer("incrementMinor", { min: 1, max: CASH_HANDED_MINOR_MAX })),
    mode: fields.oneOf("mode", ROUNDING_MODES),
    takesExact: fields.flag("takesExact"),
  };
}

function readTender(fields: Fields): CartTender {
  const methods = ["card", "cash", "wallet", "principal", "bonus", "points", "gift_card"] as const;
  return {
    id: fields.text("id"),
    method: fields.oneOf("method", methods, true),
    amountMinor: moneyOrNull(fields, "amountMinor"),
    handedMinor: moneyOrNull(fields, "handedMinor"),
  };
}

function readSplit(fields: Fields): SplitPlan {
  if (fields.has("even"))
    return { kind: "even", count: fields.integer("even", { min: 1, max: CHECKS_COUNT_MAX }) };
  if (fields.has("seats")) return { kind: "seats", seats: fields.texts("seats", CHECKS_COUNT_MAX) };
  const checks = fields.list("checks", CHECKS_COUNT_MAX, (check) => ({
    id: check.text("id"),
    parts: check.list("parts", ORDER_LINES_COUNT_MAX, (part) => ({
      line: part.text("line"),
      partCount: part.integer("partCount", { min: 0, max: WHOLE_COUNT_MAX, fallback: 1 }),
      wholeCount: part.integer("wholeCount", { min: 1, max: WHOLE_COUNT_MAX, fallback: 1 }),
    })),
  }));
  return { kind: "checks", checks };
}

const EVERY_COIN: CashRule = { incrementMinor: minor(1), mode: "HALF_UP", takesExact: false };

function readPolicy(fields: Fields, cash: CashRule | null, earn: EarnRule | null): RefundPolicy {
  const read = (its: Fields) => ({
    mode: its.oneOf("mode", ["keep_share", "recompute"]),
    refundsFees: its.flag("refundsFees"),
    minimumMinor: money(its, "minimumMinor", 0),
    order: its.oneOf("order", ["capture_order", "reverse", "proportional", "operator"]),
  });
  const own = fields.object("refundPolicy", read);
  const usual = { mode: "keep_share", refundsFees: false, order: "capture_order" } as const;
  return { ...usual, minimumMinor: minor(0), ...own, cash: cash ?? EVERY_COIN, earn };
}

function readRefund(fields: Fields): RefundRequest {
  const lines = fields.list("lines", ORDER_LINES_COUNT_MAX, (its) => ({
    line: its.text("line"),
    quantityMilli: milli(its.integer("quantityMilli", { min: 0, max: QUANTITY_MILLI_MAX, fallback: 0 })),
    amountMinor: money(its, "amountMinor", 0),
  }));
  const tenders = fields.texts("tenders", CHECK_TENDERS_COUNT_MAX);
  return { lines, includesTip: fields.flag("includesTip"), tenders };
}

function readEarn(fields: Fields): EarnRule {
  const count = { min: 1, max: TIER_COUNT_MAX, fallback: 1 };
  return {
    pointsCount: fields.integer("pointsCount", { min: 1, max: EARNED_COUNT_MAX, fallback: 1 }),
    perMinor: minor(fields.integer("perMinor", { min: 1, max: ORDER_TOTAL_MINOR_MAX })),
    tierCount: fields.integer("tierCount", count),
    tierWholeCount: fields.integer("tierWholeCount", count),
  };
}

function readStored(fields: Fields): StoredAsked {
  const days = { min: 0, max: DAYS_MAX, fallback: 0 };
  return {
    amountMinor: money(fields, "amountMinor"),
    order: fields.oneOf("order", ["principal_first", "bonus_first", "proportional", "ticked"]),
    returnedMinor: money(fields, "returnedMinor", 0),
    buckets: fields.list("buckets", BUCKETS_COUNT_MAX, (its) => ({
      id: its.text("id"),
      kind: its.oneOf("kind", ["principal", "bonus"], true),
      balanceMinor: money(its, "balanceMinor"),
      startsAtDays: its.integer("startsAtDays", days),
      expiresAtDays: its.integer("expiresAtDays", days),
    })),
  };
}
