/** Carts that are refused before anything is priced. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { refuseCart } from "../../../../core/price/cart/check.ts";
import type { Cart, CartLine, Rule } from "../../../../core/price/cart/types.ts";
import { amountOff, cart, EXCLUSIVE, line, lines, promotion } from "../../../support/cart-fixtures.ts";

const byRule = (rule: Rule, stage: "line_percent" | null = null): Partial<Cart> => ({
  promotions: [promotion("p", rule, { stage })],
});
const modified = (unitPrice: number, rate: number | null): readonly CartLine[] => [
  line("a", 100, 1000, {
    modifiers: [{ id: "m", unitPriceMinor: minor(unitPrice), taxPpm: rate === null ? null : ppm(rate) }],
  }),
];
const fee = {
  id: "f",
  charge: { kind: "fixed", amountMinor: minor(1) },
  taxPpm: null,
  guestCountMin: 0,
} as const;
const drop = { form: "drop_cents", giftMinorMax: null, asDiscount: false } as const;
const steps = (...bars: number[]) => bars.map((bar) => ({ barMinor: minor(bar), offMinor: minor(1) }));

test.each([
  ["cart/line_repeated", "lines[1].id", [line("a", 1), line("a", 2)], {}],
  [
    "cart/promotion_repeated",
    "promotions[1].id",
    lines(1),
    { promotions: [promotion("p", amountOff(1)), promotion("p", amountOff(1))] },
  ],
  ["cart/fee_repeated", "fees[1].id", lines(1), { fees: [fee, fee] }],
  ["cart/id_reserved", "lines[0].id", [line("a/b", 1)], {}],
  ["cart/id_reserved", "promotions[0].id", lines(1), { promotions: [promotion("rounding", amountOff(1))] }],
  ["cart/price_negative", "lines[0]", modified(-101, null), {}],
  ["cart/price_negative", "lines[0].modifiers[0].unitPriceMinor", modified(-1, 0), {}],
  ["cart/amount_range", "lines[0]", [line("a", 100_000_000_000, 1_000_000_000)], {}],
  ["cart/amount_range", "lines", [line("a", 100_000_000_000, 9000), line("b", 100_000_000_000, 2000)], {}],
  ["cart/bar_below_gift", "promotions[0].barMinor", lines(1), byRule(amountOff(200, 100))],
  [
    "cart/bar_below_gift",
    "promotions[0].barMinor",
    lines(1),
    byRule({ kind: "spend_every", barMinor: minor(1), offMinor: minor(2), timesCountMax: null }),
  ],
  [
    "cart/bar_below_gift",
    "promotions[0].steps[0].barMinor",
    lines(1),
    byRule({ kind: "spend_ladder", steps: steps(0) }),
  ],
  [
    "cart/steps_order",
    "promotions[0].steps[1].barMinor",
    lines(1),
    byRule({ kind: "spend_ladder", steps: steps(200, 200) }),
  ],
  [
    "cart/set_size",
    "promotions[0].freeCount",
    lines(1),
    byRule({ kind: "cheapest_free", takeCount: 2, freeCount: 2 }),
  ],
  [
    "cart/set_size",
    "promotions[0].parts",
    lines(1),
    byRule({ kind: "bundle", parts: [], priceMinor: minor(1) }),
  ],
  ["cart/stage_rule", "promotions[0].stage", lines(1), byRule(amountOff(1), "line_percent")],
  ["cart/rounding_currency", "rounding.form", lines(1), { currency: "JPY", rounding: drop }],
  [
    "cart/rounding_exclusive",
    "rounding.asDiscount",
    lines(1),
    { tax: EXCLUSIVE, rounding: { ...drop, asDiscount: true } },
  ],
] as const)("%s at %s", (code, path, of, more) => {
  expect(refuseCart(cart(of, more), null)).toEqual({ ok: false, code, path });
});

test("the two roundings do not meet on one order", () => {
  const cash = { incrementMinor: minor(5), mode: "HALF_UP", takesExact: false } as const;
  expect(refuseCart(cart(lines(1), { rounding: drop }), cash)?.code).toBe("cart/two_roundings");
  expect(refuseCart(cart(lines(1), { rounding: drop }), null)).toBeNull();
  expect(refuseCart(cart(lines(1)), cash)).toBeNull();
});
