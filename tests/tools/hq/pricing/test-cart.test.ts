/** A test cart: goods priced by core under a draft, with the reasons behind every amount. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { wallMs } from "../../../../core/time.ts";
import { priceTestCart } from "../../../../tools/hq/pricing/test-cart.ts";
import type { TestCart } from "../../../../tools/hq/pricing/test-cart.ts";
import { FRIDAY_EVENING_MS, rulesFrom } from "../../../support/priced-shop.ts";

const item = (sku: string, category: string, price: number) => ({
  sku,
  name: sku,
  nameEn: sku,
  nameZh: sku,
  category,
  unitPriceMinor: minor(price),
  taxPpm: ppm(60_000),
  isSoldOut: false,
  isByWeight: false,
  priceVersion: 0,
});

const CART: TestCart = {
  lines: [
    { item: item("tea", "drink", 5800), quantityMilli: 1000 },
    { item: item("bun", "food", 4200), quantityMilli: 1000 },
    { item: item("pie", "food", 3600), quantityMilli: 1000 },
  ],
  at: wallMs(FRIDAY_EVENING_MS),
  store: "",
  channel: "counter",
  tier: "",
  guestCount: 0,
  coupons: [],
  zoneMinutes: 0,
};

function totalOf(document: object, changed: Partial<TestCart> = {}) {
  const answer = priceTestCart({ ...CART, ...changed }, rulesFrom(document));
  if (!answer.ok) throw new Error(answer.code);
  return answer;
}

test("满100减30 is shared 12.79, 9.27 and 7.94, and the tree of reasons sums to what is to pay", () => {
  const document = { promotions: [{ id: "m", kind: "spend_once", barMinor: 10_000, offMinor: 3000 }] };
  const { priced, explained } = totalOf(document);
  expect(priced.lines.map(({ shares }) => shares[0]?.amountMinor)).toEqual([1279, 927, 794]);
  expect(explained.amountMinor).toBe(10_600);
  expect(explained.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(10_600);
});

test.for([
  ["a tier's price list", { tier: "gold" }, 12_600],
  ["a coupon", { coupons: ["SAVE5"] }, 13_100],
  ["a store's promotion", { store: "s1" }, 12_600],
  ["a channel's promotion", { channel: "web" }, 12_240],
  ["a fee from six guests on", { guestCount: 6 }, 14_960],
  ["none of these", {}, 13_600],
] as const)("%s counts when it is asked for", ([, changed, total]) => {
  const document = {
    promotions: [
      { id: "c", kind: "spend_once", offMinor: 500, couponCodes: ["SAVE5"] },
      { id: "s", kind: "spend_once", offMinor: 1000, stores: ["s1"] },
      { id: "w", kind: "order_percent", offPpm: 100_000, channels: ["web"] },
    ],
    priceLists: [{ id: "gold", tiers: ["gold"], prices: [{ sku: "tea", priceMinor: 4800 }] }],
    fees: [{ id: "service", ratePpm: 100_000, guestCountMin: 6 }],
  };
  expect(totalOf(document, changed).priced.totals.totalMinor).toBe(total);
});

test("a cart beyond what an order may come to is refused with core's code", () => {
  const lines = [{ item: item("tea", "drink", 99_999_999), quantityMilli: 1_000_000_000 }];
  const answer = priceTestCart({ ...CART, lines }, rulesFrom({}));
  expect(answer).toMatchObject({ ok: false, code: "cart/amount_range" });
});
