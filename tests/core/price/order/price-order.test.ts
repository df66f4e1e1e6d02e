/** Orders that are sold by rules, through the real commands: what they cost, and what their checks keep. */
import { expect, test } from "vitest";
import { drawerId } from "../../../../core/ids.ts";
import { minor } from "../../../../core/money.ts";
import { linesTotal } from "../../../../core/order/lines.ts";
import { totalOf } from "../../../../core/price/order/price-order.ts";
import { NO_PRICING } from "../../../../core/price/rules/source.ts";
import { NO_EVENT } from "../../../support/attempts.ts";
import { FRIDAY_EVENING_MS, PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

const M100 = { id: "m100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 };

function till(...promotions: readonly object[]): PricedTill {
  return new PricedTill(sourceOf(rulesFrom({ promotions })));
}

test("T08: 满100减30 on 58.00, 42.00 and 36.00 is shared 12.79, 9.27 and 7.94, and 106.00 is due", () => {
  const shop = till(M100).sell("58.00", "42.00", "36.00");
  expect(shop.due()).toBe(10_600);
  shop.pay();
  expect(shop.shares()).toEqual([{ m100: 1279 }, { m100: 927 }, { m100: 794 }]);
  expect(shop.check.closings[0]?.facts.totalMinor).toBe(10_600);
});

test.each([[["42.00", "58.00", "36.00"]], [["36.00", "42.00", "58.00"]], [["58.00", "36.00", "42.00"]]])(
  "T08: entered as %j the total and the set of shares stay",
  (items) => {
    const shop = till(M100)
      .sell(...items)
      .pay();
    expect(shop.check.dueMinor).toBe(10_600);
    expect(
      shop
        .shares()
        .map((shares) => shares["m100"] ?? 0)
        .sort((a, b) => a - b),
    ).toEqual([794, 927, 1279]);
  },
);

test("a 满减 appears at its bar and disappears when a line is removed", () => {
  const shop = till(M100).sell("58.00", "42.00");
  expect(shop.due()).toBe(7000);
  const [, second] = shop.order.lines;
  const line = second?.id ?? NO_EVENT;
  shop.must({ type: "remove_units", order: shop.order.id, line, quantityMilli: 1000, reason: "" });
  expect(shop.due()).toBe(5800);
  shop.must({ type: "undo", order: shop.order.id });
  expect(shop.due()).toBe(7000);
});

test("without rules and without adjustments an order is plain: no facts, and the events of before", () => {
  const shop = new PricedTill(NO_PRICING).sell("58.00", "42.00").pay();
  expect(shop.check.pricing).toBeNull();
  expect(shop.writer.records.every(({ event }) => !("pricing" in event) || event.pricing === null)).toBe(
    true,
  );
  expect(
    totalOf(
      { ...shop.order, lines: shop.check.lines, openTotalMinor: linesTotal(shop.check.lines) },
      NO_PRICING,
    ),
  ).toBe(10_000);
});

test("an order is sold under the version of its first line, whatever is published meanwhile", () => {
  const first = rulesFrom({ promotions: [M100] }, 4);
  const second = rulesFrom({ promotions: [{ ...M100, offMinor: 5000 }] }, 5);
  const shop = new PricedTill(sourceOf(first)).sell("58.00");
  shop.source = sourceOf(first, second);
  shop.must({ type: "add_item", order: shop.order.id, sku: "42.00", quantityMilli: 1000 });
  expect(shop.order.lines.map(({ pricing }) => pricing?.rulesVersion)).toEqual([4, 4]);
  expect(shop.due()).toBe(7000);
  shop.pay();
  expect(shop.check.pricing?.rules?.version).toBe(4);
  shop.sell("58.00", "42.00");
  expect(shop.due()).toBe(5000);
});

test("a version that is no longer at hand gives way to the one in force, and the check says which it was", () => {
  const shop = new PricedTill(sourceOf(rulesFrom({ promotions: [M100] }, 4))).sell("100.00");
  shop.source = sourceOf(rulesFrom({}, 6));
  expect(shop.due()).toBe(10_000);
  expect(shop.pay().check.pricing?.rules?.version).toBe(6);
});

test("a happy hour is for the lines that were entered in it, whenever they are paid", () => {
  const happy = {
    ...{ id: "happy", kind: "line_percent", offPpm: 500_000, categories: ["drink"] },
    dayParts: [{ fromMinute: 17 * 60, untilMinute: 18 * 60 }],
  };
  const shop = till(happy).sell("drink10.00", "food8.00");
  expect(shop.due()).toBe(1300);
  shop.nowMs = FRIDAY_EVENING_MS + 40 * 60_000;
  expect(shop.due()).toBe(1300);
  shop.must({ type: "add_item", order: shop.order.id, sku: "drink10.00", quantityMilli: 1000 });
  expect(shop.due()).toBe(2300);
});

test("a price list replaces the price, and the line keeps what it replaced", () => {
  const rules = rulesFrom({
    priceLists: [
      { id: "happy", priorityIndex: 1, prices: [{ sku: "20.00", priceMinor: 1500 }] },
      { id: "gold", tiers: ["gold"], prices: [{ sku: "20.00", priceMinor: 1200 }] },
    ],
  });
  const shop = new PricedTill(sourceOf(rules)).sell("20.00 x2", "5.00");
  expect(shop.order.lines[0]).toMatchObject({
    unitPriceMinor: 1500,
    pricing: { listPriceMinor: 2000, priceList: "happy" },
  });
  expect([shop.order.openTotalMinor, shop.due()]).toEqual([3500, 3500]);
  // The member's card comes last, and the member's price with it.
  shop.must({ type: "set_tier", order: shop.order.id, tier: "gold" });
  expect(shop.due()).toBe(2900);
  shop.pay();
  expect(shop.check.pricing?.lines[0]).toMatchObject({ listMinor: 4000, grossMinor: 2400 });
});

test("a price by hand keeps the list price that it replaces", () => {
  const shop = till().sell("5.00");
  const open = { type: "add_open_item", order: shop.order.id, sku: "20.00", name: "" } as const;
  shop.must({ ...open, quantityMilli: 1000, unitPriceMinor: 1700, reason: "bruised" }).pay();
  expect(shop.check.pricing?.lines[1]).toMatchObject({ listMinor: 2000, grossMinor: 1700 });
});

test("the tax table replaces the catalogue's rate from its dates on", () => {
  const rules = rulesFrom({
    taxes: [
      {
        id: "food",
        categories: ["food"],
        rates: [{ ratePpm: 130_000 }, { fromMs: FRIDAY_EVENING_MS, ratePpm: 90_000 }],
      },
    ],
  });
  const shop = new PricedTill(sourceOf(rules));
  shop.nowMs = FRIDAY_EVENING_MS - 1;
  shop.sell("food10.00@6");
  shop.nowMs = FRIDAY_EVENING_MS;
  for (const sku of ["food10.00@6", "toy10.00@6"])
    shop.must({ type: "add_item", order: shop.order.id, sku, quantityMilli: 1000 });
  expect(shop.order.lines.map(({ taxPpm }) => taxPpm)).toEqual([130_000, 90_000, 60_000]);
});

test("V1 through an order: 16 of 348.35 at 4 % off and 22 % on top come to 6,527.81", () => {
  const rules = rulesFrom({
    tax: { mode: "exclusive" },
    promotions: [{ id: "p", kind: "line_percent", offPpm: 40_000 }],
  });
  const shop = new PricedTill(sourceOf(rules)).sell("348.35@22 x16").pay();
  expect(shop.check.closings[0]?.facts).toMatchObject({
    totalMinor: 652_781,
    taxes: [{ ratePpm: 220_000, netMinor: 535_066, taxMinor: 117_715 }],
  });
});

test("V8 through an order: 10.00 off 89.00 at 12 % and 45.00 at 25 %", () => {
  const off = { id: "off", kind: "spend_once", offMinor: 1000 };
  const shop = till(off).sell("89.00@12", "45.00@25").pay();
  expect(shop.shares()).toEqual([{ off: 664 }, { off: 336 }]);
  expect(shop.check.closings[0]?.facts.taxes).toEqual([
    { ratePpm: 120_000, netMinor: 7354, taxMinor: 882 },
    { ratePpm: 250_000, netMinor: 3331, taxMinor: 833 },
  ]);
});

test("fees, tip, guests and rounding stand on the check, and the parts sum to its total", () => {
  const rules = rulesFrom({
    fees: [
      { id: "service", ratePpm: 100_000, taxPpm: 60_000, guestCountMin: 6 },
      { id: "box", amountMinor: 100 },
    ],
    rounding: { form: "drop_tenths", giftMinorMax: 99 },
    tips: { presetsPpm: [180_000] },
  });
  const shop = new PricedTill(sourceOf(rules)).sell("54.30");
  const order = shop.order.id;
  expect(shop.due()).toBe(5530);
  shop.must({ type: "set_guests", order, guestCount: 6 });
  expect(shop.due()).toBe(5530 + 543);
  shop.must({ type: "set_tip", order, ratePpm: 180_000, amountMinor: 0 });
  expect(shop.due()).toBe(5530 + 543 + 977);
  shop.must({ type: "round_order", order, isGiven: true });
  expect(shop.due()).toBe(7000);
  shop.pay();
  expect(shop.check.pricing).toMatchObject({ tipMinor: 977, roundingMinor: -50, totalMinor: 7000 });
});

test("an order that is not taxed costs the price without the tax, unless the rules keep it", () => {
  const treatment = { type: "set_tax_treatment", treatment: "tax_free", reason: "passport seen" } as const;
  const shop = till().sell("112.00@12");
  shop.must({ ...treatment, order: shop.order.id }).pay();
  expect(shop.check).toMatchObject({ dueMinor: 10_000, pricing: { treatment: "tax_free" } });
  expect(shop.check.closings[0]?.facts.taxes).toEqual([{ ratePpm: 0, netMinor: 10_000, taxMinor: 0 }]);
  const keeping = new PricedTill(sourceOf(rulesFrom({ taxFreeKeepsPrice: true }))).sell("112.00@12");
  keeping.must({ ...treatment, order: keeping.order.id });
  expect(keeping.due()).toBe(11_200);
});

test("a fee that is an amount is charged with an order's first check alone", () => {
  const shop = new PricedTill(sourceOf(rulesFrom({ fees: [{ id: "box", amountMinor: 100 }] }))).sell("5.00");
  shop.pay();
  expect(shop.check.dueMinor).toBe(600);
  const late = { type: "add_item", order: shop.order.id, sku: "7.00", quantityMilli: 1000 } as const;
  expect(shop.refusal(late)).toBe("order/not_open");
});

test("an order beyond what any till sells is refused at the freeze, and nothing throws", () => {
  const shop = till(M100);
  shop.must({ type: "add_item", order: null, sku: "900000000.00", quantityMilli: 10_000 });
  shop.must({
    type: "set_tip",
    order: shop.order.id,
    ratePpm: null,
    amountMinor: 1_000_000_000_000,
  });
  expect(shop.priced()).toEqual({ ok: false, code: "cart/amount_range" });
  expect(shop.refusal({ type: "freeze_check", order: shop.order.id })).toBe("command/out_of_range");
});

// ARITHMETIC section 6: 128.76 in its six forms.
test.each([
  ["drop_cents", 12_870],
  ["drop_tenths", 12_800],
  ["nearest_tenth", 12_880],
  ["nearest_unit", 12_900],
  ["up_to_tenth", 12_880],
  ["up_to_unit", 12_900],
])("T09: 128.76 rounded by %s is %i, and coins do not round it again", (form, due) => {
  const rules = rulesFrom({ rounding: { form } });
  const cashRounding = { incrementMinor: minor(500), tie: "up" } as const;
  const shop = new PricedTill(sourceOf(rules), { cashRounding }).sell("128.76");
  shop.must({ type: "round_order", order: shop.order.id, isGiven: true });
  expect(shop.due()).toBe(due);
  shop.pay();
  expect(shop.check.closings[0]?.facts).toMatchObject({ totalMinor: due, roundingMinor: 0 });
});

test("T09: 抹零 gives no more than its cap, and as a discount it lowers the tax", () => {
  const capped = rulesFrom({ rounding: { form: "drop_tenths", giftMinorMax: 50 } });
  const shop = new PricedTill(sourceOf(capped)).sell("128.76");
  shop.must({ type: "round_order", order: shop.order.id, isGiven: true });
  expect(shop.due()).toBe(12_826);
  const rules = rulesFrom({ rounding: { form: "drop_tenths", asDiscount: true } });
  const other = new PricedTill(sourceOf(rules)).sell("128.76@25");
  other.must({ type: "round_order", order: other.order.id, isGiven: true }).pay();
  expect(other.check.closings[0]?.facts).toMatchObject({
    totalMinor: 12_800,
    taxes: [{ ratePpm: 250_000, netMinor: 10_240, taxMinor: 2560 }],
  });
});

test("T10: the member's tier brings its price and its percentage, and without it the total is what it was", () => {
  const rules = rulesFrom({
    priceLists: [{ id: "gold", tiers: ["gold"], prices: [{ sku: "20.00", priceMinor: 1800 }] }],
    promotions: [{ id: "p", kind: "order_percent", payPpm: 950_000, tiers: ["gold"] }],
  });
  const shop = new PricedTill(sourceOf(rules)).sell("20.00 x3", "9.99");
  const before = shop.due();
  shop.must({ type: "set_tier", order: shop.order.id, tier: "gold" });
  expect(shop.due()).toBe(6079);
  shop.must({ type: "add_item", order: shop.order.id, sku: "20.00", quantityMilli: 1000 });
  shop.must({ type: "undo", order: shop.order.id });
  shop.must({ type: "set_tier", order: shop.order.id, tier: "" });
  expect(shop.due()).toBe(before);
});

test("T20: 18 % of 54.30 before 8.875 % of tax is 9.77, after it 10.64, whatever is given or rounded beside it", () => {
  const tips = (basis: string): PricedTill => {
    const rules = rulesFrom({
      tax: { mode: "exclusive" },
      tips: { presetsPpm: [180_000], basis },
      fees: [{ id: "service", ratePpm: 100_000, guestCountMin: 6 }],
      rounding: { form: "drop_tenths" },
    });
    const shop = new PricedTill(sourceOf(rules)).sell("54.30@8.875");
    return shop.must({ type: "set_tip", order: shop.order.id, ratePpm: 180_000, amountMinor: 0 });
  };
  expect(tips("before_tax").pay().check.pricing).toMatchObject({ tipMinor: 977, totalMinor: 6889 });
  const shop = tips("after_tax");
  shop.must({ type: "set_guests", order: shop.order.id, guestCount: 6 });
  shop.must({ type: "round_order", order: shop.order.id, isGiven: true }).pay();
  // The fee has no part in the tip, and rounding none either.
  expect(shop.check.pricing).toMatchObject({ tipMinor: 1064, roundingMinor: -19 });
});

test("X and Z count what was paid under rules, and the taxes that the closing says", () => {
  const rules = rulesFrom({ tax: { mode: "exclusive" }, promotions: [M100] });
  const shop = new PricedTill(sourceOf(rules));
  shop.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 0 });
  shop.sell("58.00@10", "42.00", "36.00").pay();
  const sale = shop.order;
  shop.refund(sale, [[0, 1000]]);
  const [shift] = shop.writer.state.shifts.values();
  expect(shift?.report).toMatchObject({
    salesMinor: 11_052,
    returnsMinor: 4973,
    expectedMinor: 11_052 - 4973,
    taxes: [
      { ratePpm: 0, netMinor: 6079, taxMinor: 0 },
      { ratePpm: 100_000, netMinor: 0, taxMinor: 0 },
    ],
  });
});
