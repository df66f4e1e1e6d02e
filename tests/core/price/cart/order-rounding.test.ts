/** 抹零: the six forms of ARITHMETIC section 6, its cap, and as a discount. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { orderRoundingOf, roundTo } from "../../../../core/price/cart/order-rounding.ts";
import { line, lines, nets, price } from "../../../support/cart-fixtures.ts";

test.each([
  ["抹分", "drop_cents", 12_870],
  ["抹角", "drop_tenths", 12_800],
  ["四舍五入到角", "nearest_tenth", 12_880],
  ["四舍五入到元", "nearest_unit", 12_900],
  ["见分进角", "up_to_tenth", 12_880],
  ["见角进元", "up_to_unit", 12_900],
] as const)("%s: 128.76 with %s is %d", (_, form, total) => {
  const rounding = { form, giftMinorMax: null, asDiscount: false };
  const { totals } = price(lines(12_876), { rounding });
  expect(totals).toMatchObject({ totalMinor: total, roundingMinor: total - 12_876, discountMinor: 0 });
});

test("the gift stops at its cap; a rounding upwards has none", () => {
  const rounding = { form: "drop_tenths", giftMinorMax: minor(50), asDiscount: false } as const;
  expect(price(lines(12_876), { rounding }).totals.totalMinor).toBe(12_826);
  const up = { ...rounding, form: "up_to_unit" } as const;
  expect(price(lines(12_801), { rounding: up }).totals.totalMinor).toBe(12_900);
});

test("as an entry it leaves the tax alone; as a discount it lowers the lines and their tax", () => {
  const of = [line("a", 11_256, 1000, { taxPpm: ppm(120_000) })];
  const entry = { form: "drop_tenths", giftMinorMax: null, asDiscount: false } as const;
  expect(price(of, { rounding: entry }).totals).toMatchObject({
    taxMinor: 1206,
    roundingMinor: -56,
    totalMinor: 11_200,
  });
  const discount = price(of, { rounding: { ...entry, asDiscount: true } });
  expect(discount.totals).toMatchObject({
    taxMinor: 1200,
    roundingMinor: 0,
    discountMinor: 56,
    totalMinor: 11_200,
  });
  expect(nets(discount)).toEqual([11_200]);
  expect(discount.lines[0]?.shares).toEqual([{ promotion: "rounding", stageNumber: 95, amountMinor: 56 }]);
});

test("tenths are those of the currency: BHD has three decimals", () => {
  const form = "drop_cents" as const;
  expect(orderRoundingOf({ form, giftMinorMax: null, asDiscount: false }, minor(12_876), 3)).toBe(-76);
});

test("a refund of -129.33 to 0.10 downwards is -129.30: magnitudes are rounded", () => {
  expect(roundTo(minor(-12_933), minor(10), "DOWN")).toBe(-12_930);
});
