/** Refunds against a receipt: what is refused, what units are worth, and what they leave behind. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import { evolve } from "../../../core/evolve.ts";
import { drawerId } from "../../../core/ids.ts";
import { REFUND_LINES_COUNT_MAX } from "../../../core/limits.ts";
import { minor, ppm } from "../../../core/money.ts";
import type { Order } from "../../../core/order/types.ts";
import type { TaxFact } from "../../../core/facts.ts";
import { sha256 } from "../../../protocol/hash.ts";
import { closingView } from "../../../core/order/view.ts";
import { BLOCK_BYTES_MAX, BLOCK_RECORDS_COUNT_MAX, RECORD_BYTES_MAX } from "../../../protocol/limits.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { NO_EVENT } from "../../support/attempts.ts";
import { closingOf, idOf, paidBackMinor, refundOf, Till } from "../../support/day-till.ts";

interface Sold {
  readonly quantityMilli: number;
  readonly priceMinor: number;
  readonly taxPpm?: number;
}

/** A receipt of these lines, paid exactly or with what is handed over. */
function soldBy(till: Till, lines: readonly Sold[], handedMinor?: number): Order {
  const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
  const order = idOf(opened);
  for (const [index, { quantityMilli, priceMinor }] of lines.entries()) {
    const facts = { sku: `s${index}`, name: "", unitPriceMinor: priceMinor, reason: "counter" };
    till.must({ type: "add_open_item", order, quantityMilli, ...facts });
  }
  const due = till.order(order).openTotalMinor;
  return due === 0
    ? (till.must({ type: "close_without_tender", order }), till.order(order))
    : till.pay(order, handedMinor ?? due);
}

function teaShop(): { readonly till: Till; readonly order: Order } {
  const till = new Till("A");
  return { till, order: till.sell(3, 1000) };
}

function changed(command: Command, change: Partial<Extract<Command, { type: "refund" }>>): Command {
  if (command.type !== "refund") throw new Error("not a refund");
  return { ...command, ...change };
}

test("a refund is refused in the order in which a clerk can mend it", () => {
  const { till, order } = teaShop();
  const good = refundOf(order, 1000);
  const line = order.checks[0]?.lines[0]?.id ?? NO_EVENT;
  const says = (change: Partial<Extract<Command, { type: "refund" }>>, by = "boss"): string =>
    till.says(changed(good, change), by);
  expect(says({ reason: "a\nb" }, "sam")).toBe("clerk/right_missing refund");
  expect(says({ reason: "a\nb", closing: NO_EVENT })).toBe("command/out_of_range reason");
  expect(says({ closing: NO_EVENT, lines: [] })).toBe("receipt/not_here");
  expect(says({ lines: [] })).toBe("return/nothing");
  const twice = { line, quantityMilli: 500 };
  expect(says({ lines: [twice, twice] })).toBe("command/out_of_range lines");
  const many = Array.from({ length: REFUND_LINES_COUNT_MAX + 1 }, () => twice);
  expect(says({ lines: many })).toBe("command/out_of_range lines");
  expect(says({ lines: [{ line: order.id, quantityMilli: 1 }] })).toBe("line/unknown");
  for (const quantityMilli of [0, -1, 0.5, Number.NaN, 2e9])
    expect(says({ lines: [{ line, quantityMilli }] })).toBe("command/out_of_range quantity");
  expect(says({ lines: [{ line, quantityMilli: 3001 }] })).toBe("return/units_gone");
  expect(till.records.at(-1)?.event.type).toBe("check_closed");
});

test("without a shift where one is needed nothing is paid out", () => {
  const till = new Till("A", { needsShift: true });
  const shift = till.openShift(0);
  const order = till.sell(1, 250);
  till.closeShift(shift);
  expect(till.says(refundOf(order, 1000))).toBe("shift/not_open");
  till.openShift(0, "1", "may_shift");
  till.openShift(0, "2", "may_drawer".replace("drawer", "shift"));
  expect(till.says(refundOf(order, 1000))).toBe("shift/ambiguous");
});

test("a refund of a refund is refused: order/wrong_kind", () => {
  const { till, order } = teaShop();
  expect(till.says(refundOf(till.refund(order, 1000), 1000))).toBe("order/wrong_kind");
});

test("a unit comes back once: return/units_gone after it did", () => {
  const { till, order } = teaShop();
  till.refund(order, 2000);
  expect(till.says(refundOf(order, 2000))).toBe("return/units_gone");
  till.refund(order, 1000);
  expect(till.says(refundOf(order, 1))).toBe("return/units_gone");
  expect(till.order(order.id).marks).toEqual([]);
});

test("an order of which only the closing is held says too little to pay back: receipt/not_here", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = a.sell(1, 250);
  for (const recorded of a.records) if (recorded.event.type !== "order_opened") evolve(b.state, recorded);
  expect(b.says(refundOf(order, 1000))).toBe("receipt/not_here");
});

test("a check that was closed twice gives each unit back once, by whichever receipt", () => {
  const { till, order } = teaShop();
  const { facts } = closingOf(order);
  const [again] = till.record([{ ...facts, receipt: { series: "S2", number: 1 } }], null);
  const first = refundOf(order, 3000);
  till.must(first);
  expect(till.says(changed(first, { closing: idOf(again) }))).toBe("return/units_gone");
  expect(till.order(order.id).marks).toEqual(["closed_twice"]);
});

test("a refund is one step: opened, linked, filled, frozen, paid out, closed and taken off the receipt", () => {
  const till = new Till("A");
  const shift = till.openShift(5000);
  const order = soldBy(till, [
    { quantityMilli: 2000, priceMinor: 500 },
    { quantityMilli: 1000, priceMinor: 120 },
  ]);
  const recorded = till.must(refundOf(order, 1000, 1000));
  expect(recorded.map(({ event }) => event.type)).toEqual([
    "order_opened",
    "return_linked",
    "line_added",
    "line_added",
    "check_frozen",
    "tender_captured",
    "check_closed",
    "units_returned",
  ]);
  const back = till.order(idOf(recorded[0]));
  expect(back).toMatchObject({ kind: "return", phase: "closed", reason: "because", marks: [], label: "" });
  expect(back.returnOf).toEqual({ original: order.id, closing: closingOf(order).id });
  const { facts } = closingOf(back);
  expect(facts).toMatchObject({
    totalMinor: -620,
    roundingMinor: 0,
    shift,
    receipt: { series: "S1", number: 2 },
  });
  expect(back.checks[0]).toMatchObject({ dueMinor: -620, status: "closed" });
  expect(back.checks[0]?.tenders).toMatchObject([{ amountMinor: -620, changeMinor: 0 }]);
  const lines = back.checks[0]?.lines ?? [];
  const view = closingView(back, lines, facts);
  expect(facts.viewHash).toEqual(sha256(new TextEncoder().encode(view)));
  expect(till.order(order.id).returned.map(({ quantityMilli }) => quantityMilli)).toEqual([1000, 1000]);
  expect(till.report(shift)).toMatchObject({ returnCount: 1, returnsMinor: 620, cashRefundMinor: 620 });
  expect(till.state.working.size).toBe(0);
});

// Quantities, prices and rates of a receipt, and for each line the parts in which it comes back.
const receipts = fc.array(
  fc.record({
    quantityMilli: fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((n) => n * 1000),
      fc.integer({ min: 1, max: 5000 }),
    ),
    priceMinor: fc.integer({ min: 0, max: 20_000 }),
    ratePpm: fc.constantFrom(0, 60_000, 120_000, 250_000),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
);

function partsOf(quantityMilli: number, cuts: readonly number[]): readonly number[] {
  const at = [...cuts.map((cut) => Math.round(cut * quantityMilli)), 0, quantityMilli].sort((a, b) => a - b);
  return at.slice(1).map((to, index) => to - (at[index] ?? 0));
}

function taxTotals(closings: readonly { readonly taxes: readonly TaxFact[] }[]): unknown {
  const totals = new Map<number, readonly [number, number]>();
  for (const { ratePpm, netMinor, taxMinor } of closings.flatMap(({ taxes }) => taxes)) {
    const [net, tax] = totals.get(ratePpm) ?? [0, 0];
    totals.set(ratePpm, [net + Math.abs(netMinor), tax + Math.abs(taxMinor)]);
  }
  return [...totals].sort(([a], [b]) => a - b);
}

test.each([
  ["exact", null],
  ["whole krona", { incrementMinor: minor(100), tie: "up" }],
  ["five cents", { incrementMinor: minor(5), tie: "down" }],
] as const)(
  "parts in any order sum to the sale in money, in cash and in tax of each rate (%s)",
  (_, cashRounding) => {
    const property = fc.property(
      receipts,
      fc.infiniteStream(fc.nat()),
      fc.boolean(),
      (lines, dice, exact) => {
        const rates = lines.map(({ ratePpm }) => ppm(ratePpm));
        const till = new Till("A", {
          cashRounding,
          item: (sku) => ({
            ...{ sku, name: sku, unitPriceMinor: minor(1), isSoldOut: false, category: "", priceVersion: 0 },
            taxPpm: rates[Number(sku.slice(1))] ?? ppm(0),
          }),
        });
        const sale = soldBy(till, lines, exact ? undefined : 1_000_000);
        const bag = lines.flatMap(({ quantityMilli, cuts }, index) =>
          partsOf(quantityMilli, cuts).map((part) => [index, part] as const),
        );
        const returns: Order[] = [];
        while (bag.length > 0) {
          const [drawn] = bag.splice(dice.next().value % bag.length, 1);
          const [index, part] = drawn ?? [0, 0];
          if (part > 0)
            returns.push(till.refund(sale, ...lines.map((_line, its) => (its === index ? part : 0))));
        }
        const { facts } = closingOf(sale);
        const closings = returns.map((each) => closingOf(each).facts);
        const taken = sale.checks[0]?.tenders.reduce((total, each) => total + each.amountMinor, 0) ?? 0;
        expect(returns.reduce((total, each) => total + paidBackMinor(each), 0)).toBe(taken);
        expect(closings.reduce((total, each) => total - each.totalMinor, 0)).toBe(facts.totalMinor);
        expect(closings.reduce((total, each) => total + each.roundingMinor, 0) + facts.roundingMinor).toBe(0);
        expect(taxTotals(closings)).toEqual(taxTotals([facts]));
        for (const { taxes } of closings)
          for (const { netMinor, taxMinor } of taxes)
            expect(Math.max(netMinor, taxMinor)).toBeLessThanOrEqual(0);
        for (const each of [...returns, till.order(sale.id)]) expect(each.marks).toEqual([]);
      },
    );
    fc.assert(property, { numRuns: 150 });
  },
);

test("cash that was rounded is paid back rounded, and what a customer paid exactly comes back exactly", () => {
  const cashRounding = { incrementMinor: minor(100), tie: "up" } as const;
  const till = new Till("A", { cashRounding });
  const goods = [{ quantityMilli: 3000, priceMinor: 4116 }];
  const rounded = soldBy(till, goods, 20_000);
  expect(closingOf(rounded).facts).toMatchObject({ totalMinor: 12_348, roundingMinor: -48 });
  expect([1000, 1000, 1000].map((part) => paidBackMinor(till.refund(rounded, part)))).toEqual([
    4100, 4100, 4100,
  ]);
  const exact = soldBy(till, goods);
  expect(closingOf(exact).facts.roundingMinor).toBe(0);
  expect([1000, 1000, 1000].map((part) => paidBackMinor(till.refund(exact, part)))).toEqual([
    4100, 4100, 4148,
  ]);
});

test("a return that is rounded to nothing pays nothing out and closes all the same", () => {
  const till = new Till("A", { cashRounding: { incrementMinor: minor(100), tie: "up" } });
  const order = soldBy(till, [{ quantityMilli: 3000, priceMinor: 40 }], 100);
  const back = till.refund(order, 1000);
  expect(back.checks[0]?.tenders).toEqual([]);
  expect(closingOf(back).facts).toMatchObject({ totalMinor: -40, roundingMinor: 40, tenders: [] });
  expect(back).toMatchObject({ phase: "closed", marks: [] });
});

test("the widest refund fits one block of the journal, and one with longer names is refused", () => {
  const till = new Till("A");
  const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
  const order = idOf(opened);
  const add = (name: string): unknown =>
    till.must({
      ...{ type: "add_open_item", order, sku: "\u4e2d".repeat(20), name },
      ...{ quantityMilli: 1_000_000_000, unitPriceMinor: 9000, reason: "counter" },
    });
  for (let n = 0; n < REFUND_LINES_COUNT_MAX; n += 1) add("\u6587".repeat(40));
  till.pay(order, till.order(order).openTotalMinor);
  const everything = till.order(order).checks[0]?.lines.map(({ quantityMilli }) => quantityMilli) ?? [];
  const recorded = till.must({
    ...refundOf(till.order(order), ...everything),
    reason: "\u6587".repeat(200),
  } as Command);
  const sizes = recorded.map((each) => encodeRecord(each).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(RECORD_BYTES_MAX);
  expect(sizes.reduce((total, each) => total + each, 0)).toBeLessThanOrEqual(BLOCK_BYTES_MAX);
  expect(sizes.length).toBeLessThanOrEqual(BLOCK_RECORDS_COUNT_MAX);
});

test("a refund whose names are too long for one block is refused, and fits in two", () => {
  const till = new Till("A");
  const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
  const order = idOf(opened);
  const facts = {
    sku: "s",
    name: "n".repeat(199),
    quantityMilli: 1000,
    unitPriceMinor: 1,
    reason: "counter",
  };
  for (let n = 0; n < 31; n += 1) till.must({ type: "add_open_item", order, ...facts });
  till.pay(order, 31);
  const sold = till.order(order);
  expect(till.says(refundOf(sold, ...Array<number>(31).fill(1000)))).toBe("command/out_of_range lines");
  expect(paidBackMinor(till.refund(sold, ...Array<number>(30).fill(1000)))).toBe(30);
});

test("what another terminal sold is paid back here once its receipt is known", () => {
  const [a, b] = [new Till("A"), new Till("B", { drawers: [drawerId("1")] })];
  const order = a.sell(2, 500);
  expect(b.says(refundOf(order, 1000))).toBe("receipt/not_here");
  b.hear(a);
  expect(paidBackMinor(b.refund(order, 1000))).toBe(250);
  a.hear(b);
  expect(a.says(refundOf(order, 2000))).toBe("return/units_gone");
  expect(paidBackMinor(a.refund(order, 1000))).toBe(250);
});

test("two terminals that pay the same unit back apart leave a mark on the sale when they meet", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = a.sell(2, 500);
  b.hear(a);
  a.refund(order, 2000);
  b.refund(order, 1000);
  expect([a, b].map((till) => till.order(order.id).marks)).toEqual([[], []]);
  a.hear(b);
  b.hear(a);
  for (const till of [a, b]) expect(till.order(order.id).marks).toEqual(["returned_twice"]);
});
