/** 满减, coupons, percentages and points: ARITHMETIC section 7, vectors V9 and V12 to V15. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { allocateShares } from "../../../../core/price/cart/allocate-shares.ts";
import { spendOff } from "../../../../core/price/cart/promotions.ts";
import {
  amountOff,
  EVERYTHING,
  line,
  lines,
  nets,
  price,
  promotion,
  sharesOf,
} from "../../../support/cart-fixtures.ts";

test("V9: 满100减30 on 58.00, 42.00 and 36.00", () => {
  const priced = price(lines(5800, 4200, 3600), { promotions: [promotion("p", amountOff(3000, 10_000))] });
  expect(sharesOf(priced)).toEqual([{ p: 1279 }, { p: 927 }, { p: 794 }]);
  expect(nets(priced)).toEqual([4521, 3273, 2806]);
  expect(priced.totals.totalMinor).toBe(10_600);
});

test("V9: the lines in any other order keep the total and their shares", () => {
  const of = lines(5800, 4200, 3600);
  for (const order of [
    [2, 1, 0],
    [1, 0, 2],
    [0, 2, 1],
  ]) {
    const moved = order.flatMap((index) => of[index] ?? []);
    const priced = price(moved, { promotions: [promotion("p", amountOff(3000, 10_000))] });
    const shares = new Map(priced.lines.map(({ id, shares: its }) => [id, its[0]?.amountMinor]));
    expect([shares.get("a"), shares.get("b"), shares.get("c")]).toEqual([1279, 927, 794]);
  }
});

test("V12: 10.00 over 33.33, 33.33 and 33.34", () => {
  const priced = price(lines(3333, 3333, 3334), { promotions: [promotion("p", amountOff(1000))] });
  expect(sharesOf(priced)).toEqual([{ p: 333 }, { p: 333 }, { p: 334 }]);
});

test("V13: 0.01 over three equal lines falls on the first", () => {
  const priced = price(lines(100, 100, 100), { promotions: [promotion("p", amountOff(1))] });
  expect(sharesOf(priced)).toEqual([{ p: 1 }, {}, {}]);
});

test("V15: 每满100减20 takes 60.00 off 358.00, and so does the ladder's highest step", () => {
  const every = {
    kind: "spend_every",
    barMinor: minor(10_000),
    offMinor: minor(2000),
    timesCountMax: null,
  } as const;
  const steps = [
    [10_000, 1000],
    [20_000, 3000],
    [30_000, 6000],
  ].map(([bar = 0, off = 0]) => ({ barMinor: minor(bar), offMinor: minor(off) }));
  expect(price(lines(35_800), { promotions: [promotion("p", every)] }).totals.discountMinor).toBe(6000);
  const ladder = promotion("p", { kind: "spend_ladder", steps });
  expect(price(lines(35_800), { promotions: [ladder] }).totals.discountMinor).toBe(6000);
  expect(spendOff(minor(35_800), { ...every, timesCountMax: 2 })).toBe(4000);
  expect(spendOff(minor(29_999), { kind: "spend_ladder", steps })).toBe(3000);
  expect(spendOff(minor(9999), { kind: "spend_ladder", steps })).toBe(0);
  // The highest step that is reached, not the largest gift.
  const falling = [...steps, { barMinor: minor(40_000), offMinor: minor(500) }];
  expect(spendOff(minor(40_000), { kind: "spend_ladder", steps: falling })).toBe(500);
});

test("a coupon of 380.00 leaves 20.00 of 400.00; a following 50.00 takes them and the rest from the other line", () => {
  const coupon = promotion("c", amountOff(38_000), { selection: { ...EVERYTHING, lines: ["a"] } });
  const next = promotion("d", amountOff(5000), { stage: "coupons" });
  const priced = price(lines(40_000, 10_000), { promotions: [coupon, next] });
  expect(sharesOf(priced)).toEqual([{ c: 38_000, d: 2000 }, { d: 3000 }]);
  expect(nets(priced)).toEqual([0, 7000]);
});

test("what no line can bear is forfeited, and said", () => {
  const promotions = [
    promotion("c", amountOff(38_000)),
    promotion("d", amountOff(5000), { stage: "coupons" }),
  ];
  const priced = price(lines(40_000), { promotions });
  expect(nets(priced)).toEqual([0]);
  expect(priced.applied).toEqual([
    { promotion: "c", stageNumber: 60, givenMinor: 38_000, forfeitedMinor: 0, pointsCount: 0 },
    { promotion: "d", stageNumber: 61, givenMinor: 2000, forfeitedMinor: 3000, pointsCount: 0 },
  ]);
});

test("shares above a cap are spread over the others, and what is left over is given to nobody", () => {
  const money = (...amounts: number[]) => amounts.map(minor);
  expect(allocateShares(minor(50), money(400, 100), money(20, 100))).toEqual([20, 30]);
  expect(allocateShares(minor(50), money(400, 100), money(20, 10))).toEqual([20, 10]);
  expect(allocateShares(minor(50), money(0, 0), money(20, 10))).toEqual([0, 0]);
  expect(allocateShares(minor(0), [], [])).toEqual([]);
});

test("a bar counts selected goods after line discounts: no excluded category, gift card, deposit or fee", () => {
  const of = [
    line("a", 9000),
    line("b", 2000, 1000, { category: "tobacco" }),
    line("g", 5000, 1000, { kind: "gift_card" }),
    line("d", 5000, 1000, { kind: "deposit" }),
  ];
  const off = (bar: number) =>
    promotion("p", amountOff(500, bar), { selection: { ...EVERYTHING, excludedCategories: ["tobacco"] } });
  const fees = [
    { id: "f", charge: { kind: "fixed", amountMinor: minor(9000) }, taxPpm: null, guestCountMin: 0 },
  ] as const;
  expect(price(of, { promotions: [off(9001)], fees }).totals.discountMinor).toBe(0);
  expect(sharesOf(price(of, { promotions: [off(9000)], fees }))).toEqual([{ p: 500 }, {}, {}, {}]);
  const cheaper = promotion("l", { kind: "line_fixed", offMinor: minor(1), per: "line" });
  expect(price(of, { promotions: [off(9000), cheaper], fees }).totals.discountMinor).toBe(2);
});

test("a price of 8.8折 is 88 % to pay: stored as the part that is paid, rounded there", () => {
  const paid = promotion("p", {
    kind: "order_percent",
    percent: { of: "pay", ratePpm: ppm(880_000) },
    barMinor: minor(0),
  });
  expect(price(lines(9999), { promotions: [paid] }).totals.totalMinor).toBe(8799);
});

test("points pay at most half of what the lines still cost, and a started point is spent", () => {
  const rule = {
    kind: "points",
    pointsCount: 9999,
    worthMinor: minor(1),
    perCount: 1,
    limitPpm: ppm(500_000),
  } as const;
  const priced = price(lines(1001), { promotions: [promotion("p", rule)] });
  expect(priced.applied[0]).toMatchObject({ givenMinor: 500, pointsCount: 500, stageNumber: 65 });
  const coarse = promotion("p", { ...rule, pointsCount: 10, worthMinor: minor(3), perCount: 2 });
  expect(price(lines(20), { promotions: [coarse] }).applied[0]).toMatchObject({
    givenMinor: 10,
    pointsCount: 7,
  });
});
