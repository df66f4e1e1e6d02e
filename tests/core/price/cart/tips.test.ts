/** Tips and service charges: ARITHMETIC section 11 and the window of a later tip. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import type { Fee } from "../../../../core/price/cart/types.ts";
import { LATER_TIP_MS_MAX, refuseLaterTip, tipAt } from "../../../../core/price/cart/tips.ts";
import { amountOff, EXCLUSIVE, line, lines, price, promotion } from "../../../support/cart-fixtures.ts";

const dinner = [line("a", 5430, 1000, { taxPpm: ppm(88_750) })];

test.each([
  ["before_tax", 977],
  ["after_tax", 1064],
] as const)("18 percent of 54.30 %s is %d", (basis, tip) => {
  const priced = price(dinner, { tax: EXCLUSIVE, tip: { kind: "percent", ratePpm: ppm(180_000), basis } });
  expect(priced.totals).toMatchObject({ tipMinor: tip, totalMinor: 5430 + 482 + tip });
});

test("a fixed tip stays what it is under discounts, tax and rounding; gift cards and deposits are not in the basis", () => {
  const promotions = [promotion("p", amountOff(1000))];
  const rounding = { form: "drop_tenths", giftMinorMax: null, asDiscount: false } as const;
  const tip = { kind: "fixed", amountMinor: minor(333) } as const;
  expect(price(dinner, { promotions, rounding, tip }).totals.tipMinor).toBe(333);
  const of = [line("a", 1000), line("g", 9000, 1000, { kind: "gift_card" })];
  const percent = { kind: "percent", ratePpm: ppm(100_000), basis: "before_tax" } as const;
  expect(price(of, { tip: percent }).totals.tipMinor).toBe(100);
});

test("a preset is half up", () => {
  expect(tipAt(ppm(150_000), minor(1230))).toBe(185);
});

test.each([
  [1200, LATER_TIP_MS_MAX, null],
  [1201, 0, "cart/tip_too_high"],
  [1, LATER_TIP_MS_MAX + 1, "cart/tip_too_late"],
] as const)("a later tip of %d after %d ms on 60.04: %s", (tip, age, code) => {
  expect(refuseLaterTip(minor(tip), minor(6004), age)).toBe(code);
});

const service = (more: Partial<Fee> = {}): Fee => ({
  id: "service",
  charge: { kind: "percent", ratePpm: ppm(100_000), rounding: "HALF_UP" },
  taxPpm: ppm(60_000),
  guestCountMin: 6,
  ...more,
});

test.each([
  ["HALF_UP", 1235],
  ["HALF_EVEN", 1234],
] as const)(
  "a service charge of 10 percent on 123.45 %s is %d, its tax at 6 percent is 0.74",
  (rounding, amount) => {
    const charge = { kind: "percent", ratePpm: ppm(100_000), rounding } as const;
    const priced = price(lines(12_345), { tax: EXCLUSIVE, guestCount: 6, fees: [service({ charge })] });
    expect(priced.totals).toMatchObject({
      feesMinor: amount,
      taxMinor: 74,
      totalMinor: 12_345 + amount + 74,
    });
    expect(priced.lines[0]?.fees).toEqual([{ fee: "service", amountMinor: amount, taxMinor: 74 }]);
  },
);

test("an automatic service charge waits for its number of guests", () => {
  const at = (guestCount: number) => price(lines(10_000), { guestCount, fees: [service()] }).totals.feesMinor;
  expect([at(5), at(6)]).toEqual([0, 1000]);
});

test("fees fall on goods by what they cost; on goods that cost nothing evenly; on a cart of deposits on those", () => {
  const fees = [
    service({ guestCountMin: 0, charge: { kind: "fixed", amountMinor: minor(100) }, taxPpm: null }),
  ];
  const shares = (of: Parameters<typeof price>[0]) =>
    price(of, { fees }).lines.map((its) => its.fees[0]?.amountMinor ?? 0);
  expect(shares([line("a", 300), line("b", 100), line("d", 900, 1000, { kind: "deposit" })])).toEqual([
    75, 25, 0,
  ]);
  expect(shares(lines(0, 0))).toEqual([50, 50]);
  expect(shares([line("d", 900, 1000, { kind: "deposit" })])).toEqual([100]);
  expect(price([], { fees }).totals.totalMinor).toBe(0);
});
