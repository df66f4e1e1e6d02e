/**
 * Samples of what pricing rules leave in journals: lines entered under them, freezes with their facts,
 * refunds in money, whatever adjusts an order's price, and their publication.
 */
import type { Cause } from "../../core/facts.ts";
import { clerkId, epochId, eventId, terminalId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import type { CheckPricing } from "../../core/price/order/types.ts";
import { wallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";

const epoch = epochId("00112233445566ff");
const boss = clerkId("boss");
const sha256 = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
const MAX = Number.MAX_SAFE_INTEGER;
const NOON = wallMs(1_767_610_800_000);

function own(seq: number): EventId {
  return eventId({ terminal: terminalId("till-1"), epoch, seq });
}

const line = {
  type: "line_added",
  order: own(8),
  sku: "101",
  name: "Pot of Longjing tea",
  quantityMilli: milli(2000),
  unitPriceMinor: minor(1800),
  taxPpm: ppm(60_000),
  priceSource: "list",
  reason: "",
  checksSeenCount: 0,
  returnOf: null,
} as const;

const pricing: CheckPricing = {
  rules: { version: 12, sha256 },
  isTaxInclusive: true,
  treatment: "standard",
  promotions: [
    { id: "m100", name: "满100减30", stageNumber: 60, forfeitedMinor: minor(0) },
    { id: "manual/1", name: "bruised", stageNumber: 31, forfeitedMinor: minor(250) },
  ],
  fees: [{ id: "service", name: "Service", taxPpm: ppm(60_000) }],
  lines: [
    {
      listMinor: minor(5800),
      grossMinor: minor(5600),
      shares: [{ promotionIndex: 0, amountMinor: minor(1279) }],
      taxMinor: minor(245),
      fees: [{ feeIndex: 0, amountMinor: minor(432), taxMinor: minor(24) }],
    },
    { listMinor: minor(0), grossMinor: minor(0), shares: [], taxMinor: minor(0), fees: [] },
  ],
  tipMinor: minor(500),
  roundingMinor: minor(-3),
  totalMinor: minor(5250),
};

/** In the order of their numbers. */
export const PRICING_EVENTS: readonly (readonly [name: string, event: Event, cause?: Cause])[] = [
  [
    "line_added 4: at the price of a list",
    {
      ...line,
      priceVersion: 0,
      pricing: {
        rulesVersion: 12,
        at: NOON,
        category: "tea",
        listPriceMinor: minor(2000),
        priceList: "gold",
      },
    },
  ],
  [
    "line_added 4: under the terminal's own rules, at a price of headquarters",
    {
      ...line,
      priceVersion: MAX,
      pricing: { rulesVersion: 0, at: wallMs(0), category: "", listPriceMinor: null, priceList: "" },
    },
  ],
  [
    "check_frozen 2: with everything that a price is made of",
    { type: "check_frozen", order: own(8), frontier: [], dueMinor: minor(5250), pricing },
  ],
  [
    "check_frozen 2: without rules, not taxed, of a return",
    {
      type: "check_frozen",
      order: own(8),
      frontier: [],
      dueMinor: minor(-MAX),
      pricing: {
        ...pricing,
        ...{ rules: null, isTaxInclusive: false, treatment: "reverse_charge" },
        ...{ promotions: [], fees: [{ id: "f", name: "", taxPpm: null }], lines: [] },
        totalMinor: minor(MAX),
      },
    },
  ],
  [
    "units_returned 2: of a closing that was priced",
    {
      type: "units_returned",
      order: own(8),
      closing: own(23),
      by: own(48),
      lines: [{ line: own(9), quantityMilli: milli(1000) }],
      money: {
        linesMinor: minor(3273),
        taxMinor: minor(185),
        tipMinor: minor(0),
        roundingMinor: minor(-1),
      },
      tenders: null,
    },
  ],
  [
    "discount_given: a rate off a line",
    {
      type: "discount_given",
      order: own(8),
      line: own(9),
      ratePpm: ppm(125_000),
      amountMinor: minor(0),
      reason: "bruised",
    },
    { view: 3, n: 9, clerk: boss },
  ],
  [
    "discount_given: an amount off the order",
    {
      type: "discount_given",
      order: own(8),
      line: null,
      ratePpm: null,
      amountMinor: minor(1_000_000_000_000),
      reason: "老顾客",
    },
  ],
  ["coupon_entered", { type: "coupon_entered", order: own(8), code: "AUTUMN10" }],
  ["adjustment_withdrawn", { type: "adjustment_withdrawn", order: own(8), adjustment: own(30) }],
  [
    "tip_set: a rate",
    {
      type: "tip_set",
      order: own(8),
      ratePpm: ppm(180_000),
      amountMinor: minor(0),
      basis: "after_tax",
    },
  ],
  [
    "tip_set: none",
    { type: "tip_set", order: own(8), ratePpm: null, amountMinor: minor(0), basis: "before_tax" },
  ],
  ["guests_set", { type: "guests_set", order: own(8), guestCount: 6 }],
  ["tier_set", { type: "tier_set", order: own(8), tier: "gold" }],
  [
    "tax_treatment_set",
    { type: "tax_treatment_set", order: own(8), treatment: "tax_free", reason: "passport seen" },
  ],
  ["order_rounding_set", { type: "order_rounding_set", order: own(8), isGiven: true }],
  ["pricing_published", { type: "pricing_published", version: 12, sha256, byteCount: 2048, startsAt: NOON }],
  [
    "hq_carried 2: with pricing rules",
    {
      type: "hq_carried",
      position: { epoch, seq: 12, hash: sha256 },
      version: 12,
      catalogues: [],
      pricings: [{ version: 12, sha256, byteCount: 2048, startsAt: NOON }],
      prices: [],
      staff: [],
      rules: { needsShift: null, cashRounding: null, dayStartMinutes: null },
    },
  ],
];
