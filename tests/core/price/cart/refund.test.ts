/** Refunds: vectors V10, V11, V14, V16 to V18, tenders of ARITHMETIC section 10, points of section 9. */
import { expect, test } from "vitest";
import { milli, minor, ppm } from "../../../../core/money.ts";
import { refundAll } from "../../../../core/price/cart/refund.ts";
import type { Refunded, RefundPolicy, RefundRequest } from "../../../../core/price/cart/refund.ts";
import { captureTenders, fillRights } from "../../../../core/price/cart/tenders.ts";
import type { CapturedTender, CartTenderMethod } from "../../../../core/price/cart/tenders.ts";
import type { PricedCart } from "../../../../core/price/cart/types.ts";
import {
  amountOff,
  EXCLUSIVE,
  line,
  lines,
  nets,
  price,
  promotion,
  sharesOf,
} from "../../../support/cart-fixtures.ts";

const EVERY_COIN = { incrementMinor: minor(1), mode: "HALF_UP", takesExact: false } as const;
const POLICY: RefundPolicy = {
  mode: "keep_share",
  refundsFees: false,
  minimumMinor: minor(0),
  order: "capture_order",
  cash: EVERY_COIN,
  earn: null,
};

const units = (id: string, quantity = 1000) => ({
  line: id,
  quantityMilli: milli(quantity),
  amountMinor: minor(0),
});
const amount = (id: string, amountMinor: number) => ({
  line: id,
  quantityMilli: milli(0),
  amountMinor: minor(amountMinor),
});
const request = (...of: RefundRequest["lines"]): RefundRequest => ({
  lines: of,
  includesTip: false,
  tenders: [],
});

function refunds(
  priced: PricedCart,
  requests: readonly RefundRequest[],
  policy: Partial<RefundPolicy> = {},
  tenders: readonly CapturedTender[] = [],
): readonly Refunded[] {
  return refundAll(priced, tenders, { ...POLICY, ...policy }, requests).map((refund) => {
    if (!refund.ok) throw new Error(`${refund.code} at ${refund.path}`);
    return refund;
  });
}

const totals = (of: readonly Refunded[]) => of.map(({ totalMinor }) => totalMinor);

const v9 = price(lines(5800, 4200, 3600), { promotions: [promotion("p", amountOff(3000, 10_000))] });

test.each([
  ["V10: the 42.00 line, share kept", "b", "keep_share", 3273],
  ["V10: the 42.00 line, judged anew: 94.00 are left and the bar is missed", "b", "recompute", 1200],
  ["V11: the 36.00 line, share kept", "c", "keep_share", 2806],
  ["V11: the 36.00 line, judged anew: 100.00 are left and the bar is met", "c", "recompute", 3600],
] as const)("%s", (_, id, mode, refund) => {
  expect(totals(refunds(v9, [request(units(id))], { mode }))).toEqual([refund]);
});

test("judged anew, a rest that costs more than was paid is said and nothing is asked for it", () => {
  const priced = price(lines(9900, 100), { promotions: [promotion("p", amountOff(3000, 10_000))] });
  const made = refunds(priced, [request(units("b")), request(units("a"))], { mode: "recompute" });
  expect(made.map(({ totalMinor, shortMinor }) => [totalMinor, shortMinor])).toEqual([
    [0, 2900],
    [7000, 0],
  ]);
});

test("V14: 150.00 and 60.00 with 42.00 off: the 150.00 line gives back 120.00", () => {
  const priced = price(lines(15_000, 6000), { promotions: [promotion("p", amountOff(4200))] });
  expect(totals(refunds(priced, [request(units("a"))]))).toEqual([12_000]);
});

test("V16: 3 × 9.99 and 15.00 with a coupon of 10.00: one of three gives back 7.77", () => {
  const priced = price([line("a", 999, 3000), line("b", 1500)], {
    promotions: [promotion("p", amountOff(1000), { stage: "coupons" })],
  });
  expect(sharesOf(priced)).toEqual([{ p: 666 }, { p: 334 }]);
  expect(nets(priced)).toEqual([2331, 1166]);
  expect(totals(refunds(priced, [request(units("a"))]))).toEqual([777]);
});

test("V17: a net of 10.00 for three, one at a time", () => {
  const priced = price([line("a", 500, 3000)], { promotions: [promotion("p", amountOff(500))] });
  const one = request(units("a"));
  expect(totals(refunds(priced, [one, one, one]))).toEqual([333, 334, 333]);
});

test("V18: 1.255 kg for 37.53, 0.500 kg come back, then the rest", () => {
  const cent = promotion("p", { kind: "line_fixed", offMinor: minor(1), per: "line" });
  const priced = price([line("a", 2991, 1255)], { promotions: [cent] });
  expect(priced.totals.totalMinor).toBe(3753);
  expect(totals(refunds(priced, [request(units("a", 500)), request(units("a", 755))]))).toEqual([1495, 2258]);
});

test("refunds by amount count in the line's net, with tax on top; more than is left is refused", () => {
  const priced = price([line("a", 1000, 2000, { taxPpm: ppm(100_000) })], { tax: EXCLUSIVE });
  expect(
    totals(refunds(priced, [request(amount("a", 500)), request(units("a")), request(amount("a", 500))])),
  ).toEqual([550, 1100, 550]);
  const tooMuch = refundAll(priced, [], POLICY, [request(amount("a", 500)), request(units("a", 2000))]);
  expect(tooMuch[1]).toEqual({ ok: false, code: "cart/refund_exceeds", path: "refunds[1].lines[0]" });
});

test("fees go back where the house says so, tips only when they are named, rounding with its lines", () => {
  const fees = [
    { id: "f", charge: { kind: "fixed", amountMinor: minor(300) }, taxPpm: null, guestCountMin: 0 },
  ] as const;
  const priced = price(lines(1000, 2050), {
    fees,
    tip: { kind: "fixed", amountMinor: minor(500) },
    rounding: { form: "drop_tenths", giftMinorMax: null, asDiscount: false },
  });
  expect(priced.totals).toMatchObject({ roundingMinor: -50, totalMinor: 3800 });
  const both = request(units("a"), units("b"));
  // 30.50 of 38.50 bear 0.40 of the 0.50.
  expect(totals(refunds(priced, [both]))).toEqual([3010]);
  expect(totals(refunds(priced, [both], { refundsFees: true }))).toEqual([3306]);
  const tip = { ...both, includesTip: true };
  expect(totals(refunds(priced, [tip], { refundsFees: true }))).toEqual([3800]);
  const apart = refunds(priced, [request(units("a")), request(units("b"))], { refundsFees: true });
  expect(apart.map(({ roundingMinor }) => roundingMinor)).toEqual([-14, -30]);
  const tipAlone = { ...request(), includesTip: true };
  expect(totals(refunds(priced, [tipAlone, tipAlone]))).toEqual([494, 0]);
});

const tender = (id: string, method: CartTenderMethod, amountMinor: number | null = null) => ({
  id,
  method,
  amountMinor: amountMinor === null ? null : minor(amountMinor),
  handedMinor: null,
});

function captured(
  total: number,
  of: Parameters<typeof captureTenders>[1],
  cash: RefundPolicy["cash"] = EVERY_COIN,
) {
  const made = captureTenders(minor(total), of, cash);
  if (!made.ok) throw new Error(made.code);
  return made.tenders;
}

const stored = captured(63_000, [
  tender("bonus", "bonus", 3000),
  tender("principal", "principal", 50_000),
  tender("wallet", "wallet"),
]);

test.each([
  ["530.00 of 630.00", 53_000, [3000, 50_000, 0]],
  ["all of it", 63_000, [3000, 50_000, 10_000]],
])("first used, first returned: %s", (_, back, expected) => {
  const rights = stored.map(({ amountMinor }) => amountMinor);
  expect(fillRights(minor(back), rights, "capture_order", [])).toEqual(expected);
});

test.each([
  ["reverse", [], [0, 0, 100]],
  ["proportional", [], [20, 30, 50]],
  ["operator", [1, 0], [40, 60, 0]],
] as const)("100 of 200, 300 and 500 by %s", (order, named, expected) => {
  const rights = [minor(order === "operator" ? 40 : 200), minor(order === "operator" ? 60 : 300), minor(500)];
  expect(fillRights(minor(100), rights, order, named)).toEqual(expected);
  expect(fillRights(minor(1001), rights, order, [0, 1, 2])).toBeNull();
});

test("a sale of 138.00 by card 55.00 and cash 85.00, rounded by 2.00: any parts end at the same sums", () => {
  const cash = { incrementMinor: minor(500), mode: "HALF_UP", takesExact: false } as const;
  const priced = price(lines(5800, 4200, 3800));
  const tenders = captured(13_800, [tender("card", "card", 5500), tender("cash", "cash")], cash);
  expect(tenders[1]?.cash).toMatchObject({ cashMinor: 8500, adjustmentMinor: 200 });
  for (const parts of [
    [request(units("a"), units("b"), units("c"))],
    [request(units("a")), request(units("b")), request(units("c"))],
    [request(units("c")), request(units("b")), request(units("a"))],
    [
      request(units("c", 500)),
      request(units("b", 1)),
      request(units("a"), units("c", 500)),
      request(units("b", 999)),
    ],
  ]) {
    const made = refunds(priced, parts, { cash }, tenders).flatMap((refund) => refund.tenders);
    const to = (id: string) => made.filter((its) => its.id === id);
    expect(to("card").reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(5500);
    expect(to("cash").reduce((sum, { cashMinor }) => sum + (cashMinor ?? 0), 0)).toBe(8500);
  }
});

test("a refund below the minimum is refused, but for the last remainder", () => {
  const priced = price(lines(1000, 100));
  const made = refundAll(priced, [], { ...POLICY, minimumMinor: minor(500) }, [
    request(units("b")),
    request(units("a")),
    request(units("b")),
  ]);
  expect(made[0]).toEqual({ ok: false, code: "cart/refund_below_minimum", path: "refunds[0]" });
  expect(made.slice(1).map((refund) => refund.ok)).toEqual([true, true]);
});

test.each([
  ["cart/unknown_line", "refunds[0].lines[0].line", request(units("z")), {}],
  ["cart/refund_exceeds", "refunds[0].lines[0]", request(units("a", 1001)), {}],
  ["cart/refund_empty", "refunds[0].lines[0]", request(units("a", 0)), {}],
  [
    "cart/refund_recompute",
    "refunds[0].lines[0].amountMinor",
    request(amount("a", 1)),
    { mode: "recompute" },
  ],
  [
    "cart/unknown_tender",
    "refunds[0].tenders",
    { ...request(units("a")), tenders: ["z"] },
    { order: "operator" },
  ],
  ["cart/refund_tenders", "refunds[0]", { ...request(units("a")), tenders: ["card"] }, { order: "operator" }],
] as const)("%s at %s", (code, path, of, policy) => {
  const tenders = captured(1000, [tender("card", "card", 400), tender("wallet", "wallet")]);
  expect(refundAll(price(lines(1000)), tenders, { ...POLICY, ...policy }, [of])).toEqual([
    { ok: false, code, path },
  ]);
});

test.each([
  ["cart/tender_short", "tenders", [tender("card", "card", 400)]],
  ["cart/tender_over", "tenders[0]", [tender("card", "card", 1001)]],
  ["cart/tender_short", "tenders[0].handedMinor", [{ ...tender("cash", "cash"), handedMinor: minor(999) }]],
] as const)("%s at %s", (code, path, of) => {
  expect(captureTenders(minor(1000), of, EVERY_COIN)).toEqual({ ok: false, code, path });
});

test("cash that is not the last tender is not rounded", () => {
  const cash = { incrementMinor: minor(500), mode: "HALF_UP", takesExact: false } as const;
  const made = captured(1000, [tender("cash", "cash", 333), tender("card", "card")], cash);
  expect(made[0]?.cash).toMatchObject({ cashMinor: 333, adjustmentMinor: 0 });
});
