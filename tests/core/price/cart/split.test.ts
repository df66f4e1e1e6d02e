/** Splitting: ARITHMETIC section 8 and vector V19. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { evenTenders, seatPlans, splitCart } from "../../../../core/price/cart/split.ts";
import type { CheckPlan } from "../../../../core/price/cart/split.ts";
import {
  amountOff,
  EXCLUSIVE,
  line,
  lines,
  price,
  promotion,
  sharesOf,
} from "../../../support/cart-fixtures.ts";

const part = (id: string, partCount = 1, wholeCount = 1) => ({ line: id, partCount, wholeCount });

function checks(priced: ReturnType<typeof price>, plans: readonly CheckPlan[]) {
  const split = splitCart(priced, plans);
  if (!split.ok) throw new Error(split.code);
  return split.checks;
}

test("V19: three seats, a shared bottle, 15.00 off the order", () => {
  const priced = price(lines(8000, 6500, 4200, 10_000), { promotions: [promotion("p", amountOff(1500))] });
  expect(sharesOf(priced)).toEqual([{ p: 418 }, { p: 340 }, { p: 219 }, { p: 523 }]);
  const seatOf = new Map([
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
  ]);
  const made = checks(priced, seatPlans(priced, ["1", "2", "3"], seatOf));
  expect(made.map(({ portions }) => portions.find(({ id }) => id === "d")?.netMinor)).toEqual([
    3159, 3159, 3159,
  ]);
  expect(made.map(({ totalMinor }) => totalMinor)).toEqual([10_741, 9319, 7140]);
});

test.each([
  [10_000, 3, [3334, 3333, 3333]],
  [1000, 7, [143, 143, 143, 143, 143, 143, 142]],
])("%d evenly in %d", (total, count, expected) => {
  expect(evenTenders(minor(total), count)).toEqual(expected);
});

test("amount 2 with tax 1 in four quarters: no quarter has more tax than amount, and none without amount has tax", () => {
  const priced = price([line("a", 2, 1000, { taxPpm: ppm(1_000_000) })]);
  expect(priced.totals.taxMinor).toBe(1);
  const made = checks(
    priced,
    ["1", "2", "3", "4"].map((id) => ({ id, parts: [part("a", 1, 4)] })),
  );
  for (const { netMinor, taxMinor } of made) expect(taxMinor).toBeLessThanOrEqual(netMinor);
  expect(made.reduce((total, { taxMinor }) => total + taxMinor, 0)).toBe(1);
});

test("portions of different sizes, service charge, tip and rounding: the checks are the order, field by field", () => {
  const charge = { kind: "percent", ratePpm: ppm(100_000), rounding: "HALF_UP" } as const;
  const priced = price([line("a", 3333, 1000, { taxPpm: ppm(88_750) }), line("b", 777)], {
    tax: EXCLUSIVE,
    fees: [{ id: "f", charge, taxPpm: ppm(60_000), guestCountMin: 0 }],
    tip: { kind: "fixed", amountMinor: minor(500) },
    rounding: { form: "drop_tenths", giftMinorMax: null, asDiscount: false },
    promotions: [promotion("p", amountOff(101))],
  });
  const made = checks(priced, [
    { id: "1", parts: [part("a", 1, 3)] },
    { id: "2", parts: [part("a", 2, 7), part("b")] },
    { id: "3", parts: [part("a", 8, 21)] },
  ]);
  const total = (
    field: "netMinor" | "taxMinor" | "feesMinor" | "tipMinor" | "roundingMinor" | "totalMinor",
  ) => made.reduce((sum, check) => sum + check[field], 0);
  for (const field of [
    "netMinor",
    "taxMinor",
    "feesMinor",
    "tipMinor",
    "roundingMinor",
    "totalMinor",
  ] as const)
    expect([field, total(field)]).toEqual([field, priced.totals[field]]);
});

test("a modifier with its own rate goes with its line; a line that costs nothing is shared by units", () => {
  const rum = { id: "rum", unitPriceMinor: minor(200), taxPpm: ppm(250_000) };
  const priced = price([line("a", 1000, 1000, { modifiers: [rum] }), line("b", 500)], {
    promotions: [promotion("p", amountOff(5000, 0))],
  });
  const made = checks(priced, [
    { id: "1", parts: [part("a", 1, 2), part("b")] },
    { id: "2", parts: [part("a", 1, 2)] },
  ]);
  expect(made.map(({ portions }) => portions.map(({ id, grossMinor }) => [id, grossMinor]))).toEqual([
    [
      ["a", 500],
      ["a/rum", 100],
      ["b", 500],
    ],
    [
      ["a", 500],
      ["a/rum", 100],
    ],
  ]);
});

test("a tip on an order that costs nothing is the first check's", () => {
  const priced = price(lines(0, 0), { tip: { kind: "fixed", amountMinor: minor(500) } });
  const made = checks(priced, [
    { id: "1", parts: [part("a")] },
    { id: "2", parts: [part("b")] },
  ]);
  expect(made.map(({ totalMinor }) => totalMinor)).toEqual([500, 0]);
});

test.each([
  ["cart/unknown_line", "split.checks[0].parts[0].line", [part("z")]],
  ["cart/split_too_much", "split.checks[0].parts[1]", [part("a"), part("a", 1, 9)]],
  ["cart/split_not_whole", "split", [part("a", 2, 3)]],
])("%s at %s", (code, path, parts) => {
  expect(splitCart(price(lines(100)), [{ id: "1", parts }])).toEqual({ ok: false, code, path });
});
