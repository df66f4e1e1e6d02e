/** What comes back of checks that were sold by rules, through the real commands. */
import { expect, test } from "vitest";
import { priceReturn } from "../../../../core/price/order/refund.ts";
import { NO_PRICING } from "../../../../core/price/rules/source.ts";
import { Dice } from "../../../support/dice.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

const M100 = { id: "m100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 };

function sold(document: object, ...items: readonly string[]): PricedTill {
  return new PricedTill(sourceOf(rulesFrom(document))).sell(...items).pay();
}

test.each([
  ["V10", { mode: "keep_share" }, 1, 3273],
  ["V10", { mode: "recompute" }, 1, 1200],
  ["V11", { mode: "keep_share" }, 2, 2806],
  ["V11", { mode: "recompute" }, 2, 3600],
])("%s through a receipt, %j: line %i of 满100减30 brings back %i", (_, refunds, index, minorBack) => {
  const shop = sold({ promotions: [M100], refunds }, "58.00", "42.00", "36.00");
  expect(shop.refund(shop.order, [[index, 1000]])).toBe(minorBack);
});

test("V14: 42.00 off 150.00 and 60.00, the 150.00 comes back as 120.00", () => {
  const shop = sold({ promotions: [{ id: "p", kind: "spend_once", offMinor: 4200 }] }, "150.00", "60.00");
  expect(shop.refund(shop.order, [[0, 1000]])).toBe(12_000);
});

test("V16, V17: three units that cost 23.31 bring back 7.77 each; three that cost 10.00 bring back 3.33, 3.34, 3.33", () => {
  const shop = sold({ promotions: [{ id: "c", kind: "spend_once", offMinor: 1000 }] }, "9.99 x3", "15.00");
  expect(shop.refund(shop.order, [[0, 1000]])).toBe(777);
  const other = sold({ promotions: [{ id: "p", kind: "line_fixed", offMinor: 200 }] }, "4.00 x3");
  const sale = other.order;
  expect([0, 1, 2].map(() => other.refund(other.again(sale), [[0, 1000]]))).toEqual([333, 334, 333]);
  expect(other.refund(other.again(sale), [[0, 1000]])).toBe("return/units_gone");
});

test("V18: 0.500 kg of 1.255 kg for 37.53 bring back 14.95, and the rest 22.58", () => {
  const rules = { promotions: [{ id: "p", kind: "spend_once", offMinor: 1 }] };
  const shop = sold(rules, "29.91 x1.255");
  expect(shop.check.dueMinor).toBe(3753);
  const sale = shop.order;
  expect(shop.refund(sale, [[0, 500]])).toBe(1495);
  expect(shop.refund(shop.again(sale), [[0, 755]])).toBe(2258);
});

test("a tax on top goes back with its line, and fees only where the house says so", () => {
  const rules = { tax: { mode: "exclusive" }, fees: [{ id: "s", ratePpm: 100_000, taxPpm: 60_000 }] };
  const shop = sold(rules, "100.00@10");
  expect(shop.check.dueMinor).toBe(12_060);
  expect(shop.refund(shop.order, [[0, 1000]])).toBe(11_000);
  const giving = sold({ ...rules, refunds: { refundsFees: true } }, "100.00@10");
  expect(giving.refund(giving.order, [[0, 1000]])).toBe(12_060);
  const { facts } = giving.check.closings[0] ?? {};
  expect(facts?.taxes).toEqual([
    { ratePpm: 60_000, netMinor: -1000, taxMinor: -60 },
    { ratePpm: 100_000, netMinor: -10_000, taxMinor: -1000 },
  ]);
});

test("what is below the minimum stays with the house, but for the last of it (return/below_minimum)", () => {
  const shop = sold({ refunds: { minimumMinor: 500 } }, "3.00 x3");
  const sale = shop.order;
  expect(shop.refund(sale, [[0, 1000]])).toBe("return/below_minimum");
  expect(shop.refund(sale, [[0, 2000]])).toBe(600);
  expect(shop.refund(shop.again(sale), [[0, 1000]])).toBe(300);
});

test("抹零 goes back with its goods, and in all exactly what was paid", () => {
  const shop = new PricedTill(
    sourceOf(rulesFrom({ rounding: { form: "drop_tenths", giftMinorMax: 99 } })),
  ).sell("64.38", "64.38");
  shop.must({ type: "round_order", order: shop.order.id, isGiven: true }).pay();
  const sale = shop.order;
  expect(shop.check.dueMinor).toBe(12_800);
  expect(shop.refund(sale, [[0, 1000]])).toBe(6400);
  expect(shop.refund(shop.again(sale), [[1, 1000]])).toBe(6400);
});

test("judged anew against rules that are gone, a line brings back what was paid for it", () => {
  const shop = sold({ promotions: [M100], refunds: { mode: "recompute" } }, "58.00", "42.00", "36.00");
  shop.source = sourceOf(rulesFrom({ refunds: { mode: "recompute" } }, 9));
  expect(shop.refund(shop.order, [[1, 1000]])).toBe(3273);
});

test("nothing chosen is nothing paid back", () => {
  const { order, check } = sold({ promotions: [M100] }, "58.00", "42.00");
  const { pricing } = check;
  if (pricing === null) throw new Error("The check is priced");
  const sale = { order, check, pricing, returnedMilli: [0, 0], refunded: null };
  expect(priceReturn(sale, [], NO_PRICING)).toMatchObject({ ok: true, money: { linesMinor: 0 } });
});

const SEED = Number(process.env["SEED"] ?? 1);

/** Sells at random under random rules, and gives everything back in random parts. */
function partsOf(dice: Dice): {
  readonly paidMinor: number;
  readonly backMinor: number;
  readonly taxMinor: number;
} {
  const isExclusive = dice.chance(40);
  const rules = {
    tax: { mode: isExclusive ? "exclusive" : "inclusive", grain: dice.pick(["bucket", "line"]) },
    promotions: [
      { ...M100, offMinor: dice.below(3000) },
      { id: "p", kind: "line_percent", offPpm: dice.below(1_000_001), categories: ["a"] },
      { id: "n", kind: "n_for_price", takeCount: 2, priceMinor: dice.below(2000) },
    ].filter(() => dice.chance(60)),
    fees: dice.chance(40) ? [{ id: "s", ratePpm: dice.below(200_000), taxPpm: 60_000 }] : [],
    rounding: { form: "drop_tenths" },
    refunds: { refundsFees: true, mode: dice.chance(30) ? "recompute" : "keep_share" },
  };
  const shop = new PricedTill(sourceOf(rulesFrom(rules)));
  const items = Array.from({ length: 1 + dice.below(4) }, () => {
    const price = (dice.below(6000) / 100).toFixed(2);
    const rate = dice.pick(["0", "6", "8.875", "25"]);
    const times = dice.chance(30) ? String((1 + dice.below(3000)) / 1000) : String(1 + dice.below(3));
    return `${dice.pick(["a", "b"])}${price}@${rate} x${times}`;
  });
  shop.sell(...items);
  if (dice.chance(40)) {
    const money = dice.chance(50)
      ? { ratePpm: 1 + dice.below(1_000_000), amountMinor: 0 }
      : { ratePpm: null, amountMinor: 1 + dice.below(5000) };
    const line = dice.chance(50) ? (shop.order.lines[0]?.id ?? null) : null;
    shop.must({ type: "give_discount", order: shop.order.id, line, ...money, reason: "because" });
  }
  if (dice.chance(40)) shop.must({ type: "round_order", order: shop.order.id, isGiven: true });
  shop.pay();
  const sale = shop.order;
  const check = shop.check;
  const taxMinor = (check.closings[0]?.facts.taxes ?? []).reduce((sum, tax) => sum + tax.taxMinor, 0);
  const left = check.lines.map((line) => Number(line.quantityMilli));
  let backMinor = 0;
  let taxBackMinor = 0;
  while (left.some((units) => units > 0)) {
    const lineIndex = dice.pick(left.flatMap((units, index) => (units > 0 ? [index] : [])));
    const units = Math.min(left[lineIndex] ?? 0, dice.chance(50) ? 1000 : 1 + dice.below(3000));
    const back = shop.refund(shop.again(sale), [[lineIndex, units]]);
    if (typeof back === "string") throw new Error(back);
    backMinor += back;
    for (const tax of shop.check.closings[0]?.facts.taxes ?? []) taxBackMinor -= tax.taxMinor;
    left[lineIndex] = (left[lineIndex] ?? 0) - units;
  }
  return { paidMinor: check.dueMinor, backMinor, taxMinor: taxMinor - taxBackMinor };
}

test(`I4, I7: whatever was sold, all of it in parts brings back what was paid, tax by tax (seed ${SEED})`, () => {
  for (let run = 0; run < 400; run += 1) {
    const { paidMinor, backMinor, taxMinor } = partsOf(new Dice(SEED * 1000 + run));
    expect([run, backMinor, taxMinor]).toEqual([run, paidMinor, 0]);
  }
});
