/**
 * Pricing rules from their JSON document (docs/PRICING-RULES.md): read strictly, every field within its
 * range, no field that is not known, then judged as a whole (refuse.ts). Pure: terminal, headquarters
 * and tools read the same bytes alike, and a document that one of them refuses is refused by all.
 */
import { SKU_TEXT_LENGTH_MAX, UNIT_PRICE_MINOR_MAX } from "../../limits.ts";
import { minor, ppm, PPM_ONE } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { wallMs } from "../../time.ts";
import type { WallMs } from "../../time.ts";
import type { Rule } from "../cart/types.ts";
import { LATER_TIP_MS_MAX, TIP_PRESETS_COUNT_MAX } from "../cart/tips.ts";
import { Fields } from "./fields.ts";
import type { Problem } from "./fields.ts";
import {
  FEES_COUNT_MAX,
  moneyOrNull,
  PROMOTIONS_COUNT_MAX,
  rate,
  readFee,
  readPipeline,
  readRounding,
  readTax,
} from "./read-parts.ts";
import { money, readPromotion, readSelection } from "./read-promotions.ts";
import { refuseRules } from "./refuse.ts";
import type { RulesRefusal } from "./refuse.ts";
import type {
  DatedRate,
  DayPart,
  ManualRules,
  Named,
  PriceList,
  PublishedFee,
  PublishedPromotion,
  RefundRules,
  RulesDocument,
  TaxRow,
  TipRules,
  Validity,
} from "./types.ts";

/** What is said of everything that is wrong; more helps nobody. */
const PROBLEMS_COUNT_MAX = 20;
const PRICE_LISTS_COUNT_MAX = 32;
/** Prices of one list. */
const LIST_PRICES_COUNT_MAX = 20_000;
const TAX_ROWS_COUNT_MAX = 64;
const DATED_RATES_COUNT_MAX = 32;
const COUPON_CODES_COUNT_MAX = 1000;
const PLACES_COUNT_MAX = 200;
const DAY_PARTS_COUNT_MAX = 8;
const MINUTES_OF_DAY = 1440;
/** The year 2200: nothing is planned beyond. */
const WALL_MS_MAX = 7_258_118_400_000;
const PRIORITY_INDEX_MAX = 1_000_000;
/** Names that people read. */
const NAME_LENGTH_MAX = 60;

/** A document, or everything that is wrong with it. */
export type RulesRead =
  | { readonly ok: true; readonly value: RulesDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the text of a document; `language` chooses the names that receipts carry. */
export function readRules(json: string, language: "en" | "zh"): RulesRead {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return failed([{ code: "rules/not_json", path: "", message: "Not JSON" }]);
  }
  const problems: Problem[] = [];
  const fields = new Fields(parsed, "", problems, "rules");
  const document = readDocument(fields, language);
  fields.done();
  if (problems.length > 0) return failed(problems);
  const refusals = refuseRules(document);
  return refusals.length > 0 ? failed(refusals) : { ok: true, value: document };
}

function failed(problems: readonly (Problem | RulesRefusal)[]): RulesRead {
  return { ok: false, problems: problems.slice(0, PROBLEMS_COUNT_MAX) };
}

type Language = "en" | "zh";

function readDocument(fields: Fields, language: Language): RulesDocument {
  return {
    currency: readCurrency(fields),
    tax: readTax(fields),
    lowersTaxFree: !fields.has("taxFreeKeepsPrice") || !fields.flag("taxFreeKeepsPrice"),
    pipeline: readPipeline(fields),
    choice: fields.oneOf("choice", ["best", "priority"]),
    stackableGroups: fields.has("stackableGroups")
      ? fields.texts("stackableGroups", PROMOTIONS_COUNT_MAX)
      : null,
    promotions: fields.list("promotions", PROMOTIONS_COUNT_MAX, (its) => readPublished(its, language)),
    priceLists: fields.list("priceLists", PRICE_LISTS_COUNT_MAX, (its) => readPriceList(its, language)),
    fees: fields.list("fees", FEES_COUNT_MAX, (its) => readPublishedFee(its, language)),
    rounding: fields.object("rounding", readRounding),
    tips: fields.object("tips", readTips),
    manual: fields.object("manual", readManual) ?? { ratePpmMax: ppm(PPM_ONE), amountMinorMax: null },
    taxes: fields.list("taxes", TAX_ROWS_COUNT_MAX, readTaxRow),
    refunds: fields.object("refunds", readRefunds) ?? USUAL_REFUNDS,
  };
}

const USUAL_REFUNDS: RefundRules = { mode: "keep_share", refundsFees: false, minimumMinor: minor(0) };

function readCurrency(fields: Fields): string {
  const currency = fields.text("currency");
  if (!/^[A-Z]{3}$/.test(currency)) fields.complain("unknown_value", "currency", "Three capital letters");
  return currency;
}

function readNamed(fields: Fields, language: Language): Named {
  const id = fields.text("id");
  if (!/^[A-Za-z0-9_.-]{1,32}$/.test(id))
    fields.complain("unknown_value", "id", "1 to 32 of A-Z a-z 0-9 _ - .");
  const nameEn = nameAt(fields, "nameEn", id);
  const nameZh = nameAt(fields, "nameZh", id);
  return { id, name: language === "en" ? nameEn : nameZh, nameEn, nameZh };
}

function nameAt(fields: Fields, key: string, fallback: string): string {
  const name = fields.text(key, fallback);
  const isFit = name.length <= NAME_LENGTH_MAX && name.isWellFormed() && !/\p{Cc}/u.test(name);
  if (!isFit) fields.complain("not_a_text", key, `At most ${NAME_LENGTH_MAX} characters, none of control`);
  return name;
}

function readValidity(fields: Fields): Validity {
  return {
    from: timeAt(fields, "fromMs"),
    until: timeAt(fields, "untilMs"),
    weekdays: fields.integers("weekdays", 7, { min: 1, max: 7 }),
    dayParts: fields.list("dayParts", DAY_PARTS_COUNT_MAX, readDayPart),
    stores: fields.texts("stores", PLACES_COUNT_MAX),
    channels: fields.texts("channels", PLACES_COUNT_MAX),
    tiers: fields.texts("tiers", PLACES_COUNT_MAX),
  };
}

function timeAt(fields: Fields, name: string): WallMs | null {
  return fields.has(name) ? wallMs(fields.integer(name, { min: 0, max: WALL_MS_MAX })) : null;
}

function readDayPart(fields: Fields): DayPart {
  return {
    fromMinute: fields.integer("fromMinute", { min: 0, max: MINUTES_OF_DAY - 1 }),
    untilMinute: fields.integer("untilMinute", { min: 1, max: MINUTES_OF_DAY }),
  };
}

/** Rules that stand at the stage of coupons when they ask for a code. */
const ORDER_KINDS: readonly Rule["kind"][] = ["order_percent", "spend_once", "spend_every", "spend_ladder"];

function readPublished(fields: Fields, language: Language): PublishedPromotion {
  const named = readNamed(fields, language);
  const couponCodes = fields.texts("couponCodes", COUPON_CODES_COUNT_MAX);
  couponCodes.forEach((code, index) => {
    if (!/^[A-Z0-9_-]{1,32}$/.test(code))
      fields.complain("unknown_value", `couponCodes[${index}]`, "1 to 32 of A-Z 0-9 _ -");
  });
  const promotion = readPromotion(fields);
  if (promotion.selection.lines.length > 0)
    fields.complain("unknown_field", "lines", "Rules know no lines: name skus or categories");
  if (promotion.rule.kind === "points")
    fields.complain("unknown_value", "kind", "Points are the member's and no promotion");
  const isCoupon = couponCodes.length > 0 && ORDER_KINDS.includes(promotion.rule.kind);
  const stage = promotion.stage ?? (isCoupon ? "coupons" : null);
  return { ...promotion, stage, ...named, validity: readValidity(fields), couponCodes };
}

function readPublishedFee(fields: Fields, language: Language): PublishedFee {
  const named = readNamed(fields, language);
  return { ...readFee(fields), ...named, validity: readValidity(fields) };
}

function readPriceList(fields: Fields, language: Language): PriceList {
  const named = readNamed(fields, language);
  const prices = new Map<string, Minor>();
  fields.list("prices", LIST_PRICES_COUNT_MAX, (its) => {
    const sku = its.text("sku");
    if (sku.length > SKU_TEXT_LENGTH_MAX) its.complain("not_a_text", "sku", "Not the code of an item");
    if (prices.has(sku)) its.complain("repeated", "sku", "This item has a price in this list already");
    prices.set(sku, minor(its.integer("priceMinor", { min: 0, max: UNIT_PRICE_MINOR_MAX })));
  });
  const priorityIndex = fields.integer("priorityIndex", { min: 0, max: PRIORITY_INDEX_MAX, fallback: 0 });
  return { ...named, validity: readValidity(fields), priorityIndex, prices };
}

function readTips(fields: Fields): TipRules {
  return {
    presetsPpm: fields.integers("presetsPpm", TIP_PRESETS_COUNT_MAX, { min: 0, max: PPM_ONE }).map(ppm),
    basis: fields.oneOf("basis", ["before_tax", "after_tax"]),
    laterMs: fields.integer("laterMs", { min: 0, max: LATER_TIP_MS_MAX, fallback: 0 }),
  };
}

function readManual(fields: Fields): ManualRules {
  return {
    ratePpmMax: rate(fields, "ratePpmMax", PPM_ONE),
    amountMinorMax: moneyOrNull(fields, "amountMinorMax"),
  };
}

function readTaxRow(fields: Fields): TaxRow {
  return {
    id: fields.text("id"),
    selection: readSelection(fields),
    rates: fields.list("rates", DATED_RATES_COUNT_MAX, (its): DatedRate => ({
      from: timeAt(its, "fromMs"),
      ratePpm: rate(its, "ratePpm"),
    })),
  };
}

function readRefunds(fields: Fields): RefundRules {
  return {
    mode: fields.oneOf("mode", ["keep_share", "recompute"]),
    refundsFees: fields.flag("refundsFees"),
    minimumMinor: money(fields, "minimumMinor", 0),
  };
}
