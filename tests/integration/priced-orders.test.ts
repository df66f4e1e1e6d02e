/**
 * Orders under random rules through the real commands, on two terminals that hear each other late: what
 * every check and every return keeps holds the invariants, whoever folds them and in whatever order.
 */
import { expect, test } from "vitest";
import type { Command } from "../../core/command.ts";
import { isOrderEvent, orderOf } from "../../core/evolve.ts";
import { minor, sumWithin } from "../../core/money.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { compareRecorded } from "../../core/order/sort.ts";
import type { Check, Order, RecordedOrderEvent } from "../../core/order/types.ts";
import { businessView } from "../../core/order/view.ts";
import { explainPricing } from "../../core/price/order/explain.ts";
import type { ExplainedPrice } from "../../core/price/order/explain.ts";
import { feesOfLine, netOfFact, paidForLine } from "../../core/price/order/facts.ts";
import { totalOf } from "../../core/price/order/price-order.ts";
import { receiptBlocks } from "../../core/receipt/layout.ts";
import { decodeRecord, encodeRecord } from "../../protocol/record.ts";
import { NO_EVENT } from "../support/attempts.ts";
import { Dice } from "../support/dice.ts";
import { PricedTill, rulesFrom, sourceOf } from "../support/priced-shop.ts";
import { randomRules } from "../support/random-rules.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const HISTORY_COUNT = Number(process.env["HISTORIES"] ?? 600);
const LONG = { timeout: 300_000 };
const ITEMS = ["a10.00@6", "b3.33@25", "c0.01@0", "a58.00@8.875", "b42.00@6", "c29.99@12", "d0@6"];

function command(dice: Dice, order: Order): Command {
  const line = order.lines.length === 0 ? NO_EVENT : dice.pick(order.lines).id;
  const id = order.id;
  const rate = (): number => dice.pick([1, 40_000, 500_000, 1_000_000]);
  const roll = dice.below(100);
  if (roll < 40)
    return {
      type: "add_item",
      order: id,
      sku: dice.pick(ITEMS),
      quantityMilli: dice.pick([1000, 2000, 755]),
    };
  if (roll < 48) return { type: "remove_units", order: id, line, quantityMilli: 1000, reason: "" };
  if (roll < 54)
    return {
      type: "give_discount",
      order: id,
      line: dice.chance(50) ? line : null,
      ratePpm: rate(),
      amountMinor: 0,
      reason: "r",
    };
  if (roll < 60)
    return {
      type: "give_discount",
      order: id,
      line: dice.chance(50) ? line : null,
      ratePpm: null,
      amountMinor: 1 + dice.below(2000),
      reason: "a",
    };
  if (roll < 64) return { type: "enter_coupon", order: id, code: `C${dice.below(6)}` };
  if (roll < 67)
    return { type: "set_tip", order: id, ratePpm: dice.chance(50) ? 180_000 : null, amountMinor: 0 };
  if (roll < 70) return { type: "set_guests", order: id, guestCount: dice.below(8) };
  if (roll < 73) return { type: "set_tier", order: id, tier: dice.pick(["", "gold"]) };
  if (roll < 75)
    return {
      type: "set_tax_treatment",
      order: id,
      treatment: dice.pick(["standard", "tax_free"]),
      reason: "x",
    };
  if (roll < 78) return { type: "round_order", order: id, isGiven: dice.chance(80) };
  if (roll < 82) return { type: "undo", order: id };
  if (roll < 86) return { type: "freeze_check", order: id };
  const check = order.checks.find(({ status }) => status === "frozen");
  if (roll < 90 && check !== undefined) return { type: "thaw_check", order: id, check: check.id };
  return { type: "take_cash", order: id, handedMinor: check?.dueMinor ?? 1_000_000, leftMinor: null };
}

function checkSums(node: ExplainedPrice): void {
  if (node.parts.length === 0) return;
  expect(sumWithin(node.parts.map(({ amountMinor }) => amountMinor))).toBe(node.amountMinor);
  node.parts.forEach(checkSums);
}

/** I1 and I8 of a check's facts, and what its closing says of them. */
function judgeCheck(order: Order, check: Check): void {
  const { pricing } = check;
  const sign = order.kind === "sale" ? 1 : -1;
  if (pricing === null) return;
  expect(pricing.lines).toHaveLength(check.lines.length);
  const parts = pricing.lines.map((line) =>
    sumWithin([paidForLine(pricing, line), feesOfLine(pricing, line)]),
  );
  expect(sumWithin([...parts, pricing.tipMinor, pricing.roundingMinor])).toBe(pricing.totalMinor);
  expect(check.dueMinor).toBe(minor(pricing.totalMinor * sign));
  for (const line of pricing.lines) {
    expect(line.shares.every(({ amountMinor }) => amountMinor > 0 && amountMinor <= line.grossMinor)).toBe(
      true,
    );
    expect(netOfFact(line)).toBeGreaterThanOrEqual(0);
    expect(line.taxMinor).toBeLessThanOrEqual(Math.max(netOfFact(line), line.taxMinor));
  }
  checkSums(explainPricing(check.lines, pricing));
  for (const closing of check.closings) {
    const { totalMinor, taxes, tenders, roundingMinor } = closing.facts;
    expect(totalMinor).toBe(check.dueMinor);
    const taxed = sumWithin(taxes.flatMap((tax) => [tax.netMinor, tax.taxMinor]));
    const untaxed = minor(sumWithin([pricing.tipMinor, pricing.roundingMinor]) * sign);
    expect(taxed + untaxed).toBe(totalMinor);
    // I3
    expect(sumWithin(tenders.map(({ amountMinor }) => amountMinor))).toBe(totalMinor + roundingMinor);
    const shop = {
      name: "",
      addressLines: [],
      footer: "",
      language: "en",
      zoneMinutes: 0,
      isTraining: false,
    } as const;
    expect(receiptBlocks(order, closing, shop, 0).length).toBeGreaterThan(0);
  }
}

function judge(till: PricedTill): void {
  for (const { order, events } of till.writer.state.orders.values()) {
    // Short cuts and the fold agree, and the view is what it is.
    expect(foldOrder(order.id, events)).toEqual(order);
    for (const check of order.checks) judgeCheck(order, check);
  }
}

interface Tally {
  checkCount: number;
  pricedCount: number;
  returnCount: number;
}

function history(seed: number, tally: Tally): void {
  const dice = new Dice(seed);
  const source = sourceOf(rulesFrom(randomRules(dice), 1), rulesFrom(randomRules(dice), 2));
  const tills = [new PricedTill(source), new PricedTill(source, {}, "B")] as const;
  const heard = [0, 0];
  const [first] = tills;
  first.sell(dice.pick(ITEMS));
  for (let step = 0; step < 24; step += 1) {
    const index = dice.chance(75) ? 0 : 1;
    const till = index === 0 ? tills[0] : tills[1];
    const other = index === 0 ? tills[1] : tills[0];
    if (dice.chance(25)) {
      for (const recorded of other.writer.records.slice(heard[index])) till.writer.hear(recorded);
      heard[index] = other.writer.records.length;
    }
    const orders = [...till.writer.state.orders.values()].map(({ order }) => order);
    if (orders.length === 0) continue;
    const order = dice.pick(orders);
    const before = totalOf(order, source);
    const decided = till.tap(command(dice, order));
    const freeze = decided.ok ? decided.events.find((event) => event.type === "check_frozen") : undefined;
    // What the screen showed is what was frozen.
    if (freeze?.type === "check_frozen" && order.kind === "sale") expect(freeze.dueMinor).toBe(before);
    const sale = orders.find(
      ({ kind, checks }) => kind === "sale" && checks.some(({ status }) => status === "closed"),
    );
    if (sale !== undefined && dice.chance(30))
      till.refund(sale, [[dice.below(3), dice.pick([1000, 500, 755])]]);
  }
  const [a, b] = tills;
  for (const recorded of b.writer.records) a.writer.hear(recorded);
  for (const recorded of a.writer.records) b.writer.hear(recorded);
  for (const till of tills) judge(till);
  for (const { order } of a.writer.state.orders.values()) {
    expect(businessView(b.writer.order(order.id))).toBe(businessView(order));
    tally.checkCount += order.checks.length;
    tally.pricedCount += order.checks.filter(({ pricing }) => pricing !== null).length;
    if (order.kind === "return") tally.returnCount += 1;
  }
  judgeRecords(
    [...a.writer.records, ...b.writer.records].filter((its): its is RecordedOrderEvent =>
      isOrderEvent(its.event),
    ),
    a,
  );
}

// I6, and bytes: any order of arrival folds to the same, and each record is read as it was written.
function judgeRecords(records: readonly RecordedOrderEvent[], till: PricedTill): void {
  for (const recorded of records) {
    const decoded = decodeRecord(encodeRecord(recorded), recorded);
    expect(decoded.ok && decoded.value).toEqual(recorded);
  }
  for (const [id, its] of Map.groupBy(records, (recorded) => orderOf(recorded.event, recorded))) {
    if (id === null) continue;
    expect(businessView(foldOrder(id, its.toSorted(compareRecorded)))).toBe(
      businessView(till.writer.order(id)),
    );
  }
}

test(`I1, I3, I6, I8 hold for every check of ${HISTORY_COUNT} histories (seed ${SEED})`, LONG, () => {
  const tally: Tally = { checkCount: 0, pricedCount: 0, returnCount: 0 };
  for (let run = 0; run < HISTORY_COUNT; run += 1) {
    try {
      history(SEED * 100_000 + run, tally);
    } catch (cause) {
      throw new Error(`history ${run} of seed ${SEED}`, { cause });
    }
  }
  expect(tally.pricedCount).toBeGreaterThan(HISTORY_COUNT);
  expect(tally.returnCount).toBeGreaterThan(HISTORY_COUNT / 20);
});
