/** Closed checks priced once more: the same rules give the same amounts, other rules what core gives for them. */
import { expect, test } from "vitest";
import { isOrderEvent } from "../../../../core/evolve.ts";
import { minor } from "../../../../core/money.ts";
import type { RecordedOrderEvent } from "../../../../core/order/types.ts";
import { NO_PRICING } from "../../../../core/price/rules/source.ts";
import type { PricingRules } from "../../../../core/price/rules/types.ts";
import { repriceCheck } from "../../../../tools/hq/pricing/reprice.ts";
import type { Repriced } from "../../../../tools/hq/pricing/reprice.ts";
import { FRIDAY_EVENING_MS, PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

const M100 = { id: "m100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 };
const HOUSE = rulesFrom({
  promotions: [M100, { id: "c10", kind: "spend_once", offMinor: 1000, couponCodes: ["AUTUMN10"] }],
  priceLists: [{ id: "gold", tiers: ["gold"], prices: [{ sku: "20.00", priceMinor: 1200 }] }],
  fees: [{ id: "service", ratePpm: 100_000, taxPpm: 60_000, guestCountMin: 2 }],
  tips: { presetsPpm: [100_000] },
});

/** The newest closing of a till under these rules. */
function repriced(
  shop: PricedTill,
  rules: PricingRules,
  categories: Readonly<Record<string, string>> = {},
): Repriced {
  const { order } = shop;
  const events = shop.writer.records.filter((recorded): recorded is RecordedOrderEvent =>
    isOrderEvent(recorded.event),
  );
  const closing = order.checks.at(-1)?.closings[0]?.id;
  if (closing === undefined) throw new Error("Nothing was closed");
  const place = { store: "store-1", channel: "counter", zoneMinutes: 0 };
  return repriceCheck(order, events, closing, { rules, place, categoryOf: (sku) => categories[sku] ?? "" });
}

function priced(shop: PricedTill, rules: PricingRules, categories: Readonly<Record<string, string>> = {}) {
  const its = repriced(shop, rules, categories);
  if (its.kind !== "priced") throw new Error(its.code);
  return its;
}

test("under the rules that it was sold by, every line and the total stay: discounts by hand, coupon, tip, guests, tier", () => {
  const shop = new PricedTill(sourceOf(HOUSE)).sell("58.00@6", "20.00 x2", "42.00@13");
  const { id: order } = shop.order;
  shop
    .must({ type: "enter_coupon", order, code: "AUTUMN10" })
    .must({ type: "set_guests", order, guestCount: 4 })
    .must({ type: "set_tier", order, tier: "gold" })
    .must({ type: "give_discount", order, line: null, ratePpm: 50_000, amountMinor: 0, reason: "regular" })
    .must({ type: "set_tip", order, ratePpm: 100_000, amountMinor: 0 })
    .pay();
  const its = priced(shop, HOUSE);
  expect(its.beforeMinor).toBe(shop.check.closings[0]?.facts.totalMinor);
  expect(its.afterMinor).toBe(its.beforeMinor);
  expect(its.lines.every(({ beforeMinor, afterMinor }) => beforeMinor === afterMinor)).toBe(true);
  expect(its.restBeforeMinor).toBe(shop.check.pricing?.tipMinor);
  expect(its.restAfterMinor).toBe(its.restBeforeMinor);
});

test("what was sold plainly stays under rules that say nothing", () => {
  const shop = new PricedTill(NO_PRICING).sell("58.00", "42.00 x0.333").pay();
  const its = priced(shop, rulesFrom({}));
  expect([its.beforeMinor, its.afterMinor]).toEqual([7199, 7199]);
});

test("a promotion on one category takes its share of each line of it, and its lines sum to the order", () => {
  const shop = new PricedTill(NO_PRICING).sell("10.05", "10.15", "30.00").pay();
  const bags = rulesFrom({
    promotions: [{ id: "bags", kind: "line_percent", offPpm: 100_000, categories: ["bag"] }],
  });
  const its = priced(shop, bags, { "10.05": "bag", "10.15": "bag" });
  // 10 % of 20.20 once, half up, then shared: 1.00 and 1.02.
  expect(its.lines.map(({ afterMinor }) => afterMinor)).toEqual([905, 913, 3000]);
  expect([its.beforeMinor, its.afterMinor]).toEqual([5020, 4818]);
  expect(its.promotions).toEqual([{ id: "bags", givenMinor: 202 }]);
  expect(its.lines.reduce((sum, { afterMinor }) => sum + afterMinor, 0)).toBe(its.afterMinor);
});

test("what was sold under a promotion is dearer without it", () => {
  const shop = new PricedTill(sourceOf(HOUSE)).sell("58.00", "42.00", "36.00").pay();
  const its = priced(shop, rulesFrom({}));
  expect([its.beforeMinor, its.afterMinor]).toEqual([10_600, 13_600]);
  expect(its.lines.map(({ beforeMinor, afterMinor }) => afterMinor - beforeMinor)).toEqual([1279, 927, 794]);
});

test("a happy hour is judged at the instant at which each line was entered", () => {
  const happy = rulesFrom({
    promotions: [
      {
        ...{ id: "happy", kind: "line_percent", offPpm: 500_000 },
        dayParts: [{ fromMinute: 17 * 60, untilMinute: 18 * 60 }],
      },
    ],
  });
  const shop = new PricedTill(sourceOf(rulesFrom({}))).sell("10.00");
  shop.nowMs = FRIDAY_EVENING_MS + 40 * 60_000;
  shop.must({ type: "add_item", order: shop.order.id, sku: "8.00", quantityMilli: 1000 }).pay();
  expect(priced(shop, happy).lines.map(({ afterMinor }) => afterMinor)).toEqual([500, 800]);
});

test("a price list that is gone gives the list price back, and a tax table changes what is on top", () => {
  const list = rulesFrom({ priceLists: [{ id: "now", prices: [{ sku: "20.00@10", priceMinor: 1500 }] }] });
  const shop = new PricedTill(sourceOf(list)).sell("20.00@10").pay();
  expect(shop.check.dueMinor).toBe(1500);
  expect(priced(shop, rulesFrom({})).afterMinor).toBe(2000);
  const onTop = rulesFrom({
    tax: { mode: "exclusive" },
    taxes: [{ id: "all", rates: [{ ratePpm: 200_000 }] }],
  });
  expect(priced(shop, onTop).afterMinor).toBe(2400);
});

test("cash rounding is no part of the comparison", () => {
  const cashRounding = { incrementMinor: minor(50), tie: "up" } as const;
  const shop = new PricedTill(NO_PRICING, { cashRounding }).sell("10.20");
  shop.must({ type: "take_cash", order: shop.order.id, handedMinor: 1000, leftMinor: null });
  expect(shop.check.roundingMinor).toBe(-20);
  const its = priced(shop, rulesFrom({}));
  expect([its.beforeMinor, its.afterMinor]).toEqual([1020, 1020]);
});

test("an order in another currency is left as it was, and says so", () => {
  const shop = new PricedTill(NO_PRICING).sell("10.00").pay();
  expect(repriced(shop, rulesFrom({ currency: "EUR" }))).toEqual({ kind: "left", code: "currency" });
});
