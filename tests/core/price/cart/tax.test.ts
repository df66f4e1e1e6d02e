/** Taxes of carts: ARITHMETIC section 4, vectors V1 to V8. */
import { expect, test } from "vitest";
import { divRound, minor, ppm } from "../../../../core/money.ts";
import type { Rounding } from "../../../../core/money.ts";
import { taxOf } from "../../../../core/price/cart/tax.ts";
import {
  amountOff,
  EXCLUSIVE,
  line,
  nets,
  price,
  promotion,
  sharesOf,
  taxes,
} from "../../../support/cart-fixtures.ts";

test.each(["bucket", "line"] as const)(
  "V1: 348.35 × 16, 4 percent off, 22 percent on top: 6527.81 in grain %s",
  (grain) => {
    const four = { of: "off", ratePpm: ppm(40_000) } as const;
    const { totals } = price([line("a", 34_835, 16_000, { taxPpm: ppm(220_000) })], {
      tax: { ...EXCLUSIVE, grain },
      promotions: [promotion("p", { kind: "line_percent", percent: four })],
    });
    expect(totals).toMatchObject({
      grossMinor: 557_360,
      discountMinor: 22_294,
      netMinor: 535_066,
      taxMinor: 117_715,
      totalMinor: 652_781,
    });
  },
);

test.each([
  ["line", [124, 32, 32, 8], 1133],
  ["bucket", [125, 32, 32, 8], 1134],
] as const)(
  "V2: 4 × 1.48, 1.52, 1.54, 0.39 at 21 percent on top by %s have taxes of %j",
  (grain, expected, total) => {
    const rate = { taxPpm: ppm(210_000) };
    const priced = price(
      [
        line("a", 148, 4000, rate),
        line("b", 152, 1000, rate),
        line("c", 154, 1000, rate),
        line("d", 39, 1000, rate),
      ],
      { tax: { ...EXCLUSIVE, grain } },
    );
    expect(priced.totals.netMinor).toBe(937);
    expect(taxes(priced)).toEqual(expected);
    expect(priced.totals.totalMinor).toBe(total);
  },
);

test.each([
  [10_000, 250_000, 2000],
  [4500, 120_000, 482],
  [1999, 60_000, 113],
  [8800, 130_000, 1012],
  [8800, 60_000, 498],
])("V3: %d minor at %d ppm have %d of tax inside", (gross, rate, tax) => {
  const priced = price([line("a", gross, 1000, { taxPpm: ppm(rate) })]);
  expect(taxes(priced)).toEqual([tax]);
  expect(priced.totals.rates).toEqual([{ ratePpm: rate, baseMinor: gross - tax, taxMinor: tax }]);
});

test.each([
  ["HALF_EVEN", [11, 12, 12, 14]],
  ["HALF_UP", [11, 12, 13, 14]],
  ["DOWN", [11, 11, 12, 13]],
  ["UP", [12, 12, 13, 14]],
  ["HALF_DOWN", [11, 11, 12, 13]],
] as readonly [Rounding, readonly number[]][])(
  "V4: 0.1120, 0.1150, 0.1250, 0.1350 by %s",
  (mode, expected) => {
    expect([1120n, 1150n, 1250n, 1350n].map((n) => Number(divRound(n, 100n, mode)))).toEqual(expected);
    // The same amounts as a tax of 10 % on 1.12, 1.15, 1.25, 1.35.
    const rule = { ...EXCLUSIVE, rounding: mode };
    expect([112, 115, 125, 135].map((net) => taxOf(minor(net), ppm(100_000), rule))).toEqual(expected);
  },
);

test.each([
  ["V5: 50.75 at 6.25 %", 5075, 62_500, "HALF_UP", 317],
  ["V5: 50.75 at 6.25 % rounded up", 5075, 62_500, "UP", 318],
  ["V6: 54.30 at 8.875 %", 5430, 88_750, "HALF_UP", 482],
] as const)("%s", (_, net, rate, rounding, tax) => {
  expect(taxOf(minor(net), ppm(rate), { ...EXCLUSIVE, rounding })).toBe(tax);
});

test.each([
  ["bucket", 29],
  ["line", 27],
] as const)(
  "V7: three lines of 98 yen at 10 percent on top, rounded down by %s, have %d of tax",
  (grain, tax) => {
    const of = ["a", "b", "c"].map((id) => line(id, 98, 1000, { taxPpm: ppm(100_000) }));
    const { totals } = price(of, { currency: "JPY", tax: { isInclusive: false, grain, rounding: "DOWN" } });
    expect(totals).toMatchObject({ netMinor: 294, taxMinor: tax, totalMinor: 294 + tax });
  },
);

test("V8: 10.00 off 89.00 at 12 % and 45.00 at 25 %, tax inside", () => {
  const priced = price(
    [line("a", 8900, 1000, { taxPpm: ppm(120_000) }), line("b", 4500, 1000, { taxPpm: ppm(250_000) })],
    { promotions: [promotion("p", amountOff(1000))] },
  );
  expect(sharesOf(priced)).toEqual([{ p: 664 }, { p: 336 }]);
  expect(nets(priced)).toEqual([8236, 4164]);
  expect(taxes(priced)).toEqual([882, 833]);
});

test("a one-line order has the same tax in both grains, and gift cards have none", () => {
  for (const grain of ["bucket", "line"] as const) {
    const rate = { taxPpm: ppm(100_000) };
    const priced = price(
      [line("a", 999, 1000, rate), line("g", 5000, 1000, { ...rate, kind: "gift_card" })],
      {
        tax: { ...EXCLUSIVE, grain },
      },
    );
    expect(taxes(priced)).toEqual([100, 0]);
  }
});

test("a modifier is taxed with its line, or at its own rate as a line behind it", () => {
  const of = line("a", 1000, 2000, {
    taxPpm: ppm(100_000),
    modifiers: [
      { id: "oat", unitPriceMinor: minor(50), taxPpm: null },
      { id: "rum", unitPriceMinor: minor(200), taxPpm: ppm(250_000) },
    ],
  });
  const priced = price([of], { tax: EXCLUSIVE });
  expect(
    priced.lines.map(({ id, source, grossMinor, taxMinor }) => [id, source, grossMinor, taxMinor]),
  ).toEqual([
    ["a", "a", 2100, 210],
    ["a/rum", "a", 400, 100],
  ]);
});

test.each([
  ["JPY", 100, 10],
  ["BHD", 12_345, 1235],
])("a cart in %s is taxed in its own minor units", (currency, net, tax) => {
  const { totals } = price([line("a", net, 1000, { taxPpm: ppm(100_000) })], { currency, tax: EXCLUSIVE });
  expect(totals.taxMinor).toBe(tax);
});
