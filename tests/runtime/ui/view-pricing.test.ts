/** The price that a screen shows: what is due, row by row, and why each line costs what it costs. */
import { expect, test } from "vitest";
import { frozenPrice, openPrice } from "../../../runtime/ui/view-pricing.ts";
import type { PricingView } from "../../../runtime/ui/wire-pricing.ts";
import { NO_PRICING } from "../../../core/price/rules/source.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../support/priced-shop.ts";

const RULES = rulesFrom(
  {
    tax: { mode: "exclusive" },
    promotions: [
      { id: "m100", nameEn: "30 off 100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 },
      { id: "c10", kind: "spend_once", offMinor: 1000, couponCodes: ["AUTUMN10"] },
    ],
    fees: [{ id: "s", nameEn: "Service", ratePpm: 100_000 }],
    rounding: { form: "drop_tenths" },
    tips: { presetsPpm: [100_000, 180_000] },
  },
  7,
);

function shown(view: PricingView | null): readonly string[] {
  return (view?.rows ?? []).map(({ kind, name, amountMinor }) => `${kind} ${name} ${amountMinor}`);
}

test("what is shown while lines change is what the freeze makes due, row by row", () => {
  const till = new PricedTill(sourceOf(RULES)).sell("58.00@10", "42.00");
  const order = till.order.id;
  const line = till.order.lines[0]?.id ?? null;
  till.must({ type: "give_discount", order, line, ratePpm: null, amountMinor: 100, reason: "bruised" });
  till.must({ type: "enter_coupon", order, code: "AUTUMN10" });
  till.must({ type: "set_tip", order, ratePpm: 100_000, amountMinor: 0 });
  till.must({ type: "round_order", order, isGiven: true });
  const { totalMinor, pricing } = openPrice(till.order, till.source);
  expect(totalMinor).toBe(till.due());
  expect(shown(pricing)).toEqual([
    "discount bruised -100",
    "discount c10 -1000",
    "fee Service 890",
    "tax  512",
    "tip  890",
    "rounding  -92",
    "coupon AUTUMN10 0",
  ]);
  expect(pricing).toMatchObject({ version: 7, canRound: true, isRounded: true });
  expect(pricing?.tipPresets).toEqual([
    { ratePpm: 100_000, amountMinor: 890 },
    { ratePpm: 180_000, amountMinor: 1602 },
  ]);
  expect(pricing?.lines[0]?.steps.map(({ kind }) => kind)).toEqual([
    "list",
    "promotion",
    "promotion",
    "fee",
    "tax",
  ]);
  till.must({ type: "freeze_check", order });
  const frozen = frozenPrice(till.check.lines, till.check.pricing, till.check.adjustments);
  expect(shown(frozen)).toEqual(shown(pricing));
  expect([frozen?.tipPresets, frozen?.rows.every(({ adjustment }) => adjustment === null)]).toEqual([
    [],
    true,
  ]);
});

test("a plain order shows the sum of its lines and nothing beside", () => {
  const till = new PricedTill(NO_PRICING).sell("58.00");
  expect(openPrice(till.order, NO_PRICING)).toEqual({ totalMinor: 5800, pricing: null });
  expect(frozenPrice([], null, till.order.adjustments)).toBeNull();
});

test("an order that cannot be priced shows the sum of its lines; its freeze is refused", () => {
  const till = new PricedTill(sourceOf(RULES)).sell("58.00");
  till.must({ type: "set_tip", order: till.order.id, ratePpm: null, amountMinor: 1_000_000_000_000 });
  expect(openPrice(till.order, till.source)).toEqual({ totalMinor: 5800, pricing: null });
});
