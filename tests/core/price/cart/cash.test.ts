/** Cash rounding: every row of ARITHMETIC section 5, change, and cumulative refunds. */
import { expect, test } from "vitest";
import { minor } from "../../../../core/money.ts";
import type { Rounding } from "../../../../core/money.ts";
import { cashRefund, settleCash } from "../../../../core/price/cart/cash.ts";

const rule = (increment: number, mode: Rounding, takesExact = false) => ({
  incrementMinor: minor(increment),
  mode,
  takesExact,
});

test.each([
  ["SE since 2010", 100, "HALF_UP", 12_349, 12_300],
  ["SE since 2010", 100, "HALF_UP", 12_350, 12_400],
  ["SE since 2010", 100, "HALF_UP", 49, 0],
  ["SE 1992-2010, DK", 50, "HALF_UP", 1024, 1000],
  ["SE 1992-2010, DK", 50, "HALF_UP", 1025, 1050],
  ["SE 1992-2010, DK", 50, "HALF_UP", 1074, 1050],
  ["SE 1992-2010, DK", 50, "HALF_UP", 1075, 1100],
  ["NO", 100, "HALF_UP", 1049, 1000],
  ["NO", 100, "HALF_UP", 1050, 1100],
  ["NZ, 5 to 0", 10, "HALF_DOWN", 1004, 1000],
  ["NZ, 5 to 0", 10, "HALF_DOWN", 1005, 1000],
  ["NZ, 5 to 10", 10, "HALF_UP", 1005, 1010],
  ["NZ", 10, "HALF_UP", 1006, 1010],
  ["CH, FI, NL, BE, IE, CA, AU", 5, "HALF_UP", 1001, 1000],
  ["CH, FI, NL, BE, IE, CA, AU", 5, "HALF_UP", 1002, 1000],
  ["CH, FI, NL, BE, IE, CA, AU", 5, "HALF_UP", 1003, 1005],
  ["CH, FI, NL, BE, IE, CA, AU", 5, "HALF_UP", 1007, 1005],
  ["CH, FI, NL, BE, IE, CA, AU", 5, "HALF_UP", 1008, 1010],
] as const)("%s: increment %d %s: %d is paid as %d", (_, increment, mode, due, cash) => {
  expect(settleCash(minor(due), rule(increment, mode), null)).toEqual({
    dueMinor: due,
    cashMinor: cash,
    adjustmentMinor: cash - due,
    changeMinor: null,
  });
});

test.each([
  ["HALF_UP", 8500, 200],
  ["DOWN", 8000, -300],
] as const)(
  "83.00 at 5.00 %s is %d in cash, and a full refund gives the same back",
  (mode, cash, adjustment) => {
    const five = rule(500, mode);
    const settled = settleCash(minor(8300), five, null);
    expect(settled).toMatchObject({ cashMinor: cash, adjustmentMinor: adjustment });
    expect(cashRefund(settled, five, minor(0), minor(8300))).toBe(cash);
  },
);

test("parts of a refund in any order end at the cash that was taken, and none is above it", () => {
  const five = rule(500, "UP");
  const settled = settleCash(minor(8301), five, null);
  for (const parts of [
    [1, 8300],
    [8300, 1],
    [4150, 4151],
    [100, 200, 8001],
  ]) {
    let beforeMinor = minor(0);
    let total = 0;
    for (const part of parts) {
      total += cashRefund(settled, five, beforeMinor, minor(part));
      expect(total).toBeLessThanOrEqual(settled.cashMinor);
      beforeMinor = minor(beforeMinor + part);
    }
    expect(total).toBe(settled.cashMinor);
  }
});

test("change comes out of the rounded amount; exactly the unrounded sum is taken where the house takes it", () => {
  expect(settleCash(minor(12_349), rule(100, "HALF_UP"), minor(20_000))).toMatchObject({ changeMinor: 7700 });
  const exact = settleCash(minor(12_349), rule(100, "HALF_UP", true), minor(12_349));
  expect(exact).toMatchObject({ cashMinor: 12_349, adjustmentMinor: 0, changeMinor: 0 });
  expect(cashRefund(exact, rule(100, "HALF_UP", true), minor(0), minor(12_349))).toBe(12_349);
});
