/** Cash rounding: the rows of every place, at the till and back again. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { CashRounding } from "../../../core/context.ts";
import { effects } from "../../../core/effect.ts";
import { minor, minorFromDecimal } from "../../../core/money.ts";
import { roundedCash, roundedRefund } from "../../../core/price/cash-rounding.ts";
import { receiptBlocks } from "../../../core/receipt/layout.ts";
import { reportBlocks } from "../../../core/receipt/report.ts";
import { idleReceiptShop } from "../../support/day-report.ts";
import { closingOf, idOf, Till } from "../../support/day-till.ts";
import { table } from "../../support/table.ts";

const rows = table(
  ["place", "increment", "tie", "due", "cash"],
  `
  place          | increment | tie  | due    | cash
  SE             | 1.00      | up   | 123.49 | 123.00
  SE             | 1.00      | up   | 123.50 | 124.00
  SE             | 1.00      | up   | 0.49   | 0.00
  SE 1992, DK    | 0.50      | up   | 10.24  | 10.00
  SE 1992, DK    | 0.50      | up   | 10.25  | 10.50
  SE 1992, DK    | 0.50      | up   | 10.74  | 10.50
  SE 1992, DK    | 0.50      | up   | 10.75  | 11.00
  NO             | 1.00      | up   | 10.49  | 10.00
  NO             | 1.00      | up   | 10.50  | 11.00
  10 ore, NZ     | 0.10      | down | 10.04  | 10.00
  10 ore, NZ     | 0.10      | down | 10.05  | 10.00
  10 ore, NZ     | 0.10      | up   | 10.05  | 10.10
  10 ore, NZ     | 0.10      | down | 10.06  | 10.10
  CH, FI, CA, AU | 0.05      | up   | 10.01  | 10.00
  CH, FI, CA, AU | 0.05      | up   | 10.02  | 10.00
  CH, FI, CA, AU | 0.05      | up   | 10.03  | 10.05
  CH, FI, CA, AU | 0.05      | up   | 10.07  | 10.05
  CH, FI, CA, AU | 0.05      | up   | 10.08  | 10.10
  `,
);

function minorOf(text: string): ReturnType<typeof minor> {
  const amount = minorFromDecimal(text, 2);
  if (amount === null) throw new Error(`${text} is no amount`);
  return amount;
}

test.each(rows)("T09: $title", ({ increment, tie, due, cash }) => {
  const rule: CashRounding = { incrementMinor: minorOf(increment), tie: tie === "down" ? "down" : "up" };
  const [dueMinor, cashMinor] = [minorOf(due), minorOf(cash)];
  expect(roundedCash(dueMinor, rule)).toBe(cashMinor);

  const till = new Till("A", { cashRounding: rule });
  const shift = till.openShift(0);
  const order = open(till, dueMinor);
  const paid = till.pay(order, cashMinor + 10_000);
  expect(closingOf(paid).facts).toMatchObject({ totalMinor: dueMinor, roundingMinor: cashMinor - dueMinor });
  expect(paid.checks[0]?.tenders).toMatchObject([{ amountMinor: cashMinor, changeMinor: 10_000 }]);
  expect(till.report(shift)).toMatchObject({ roundingMinor: cashMinor - dueMinor, expectedMinor: cashMinor });
  expect(paid.marks).toEqual([]);
});

function open(till: Till, dueMinor: number): ReturnType<typeof idOf> {
  const facts = { sku: "s", name: "", quantityMilli: 1000, unitPriceMinor: dueMinor, reason: "counter" };
  return idOf(till.must({ type: "add_open_item", order: null, ...facts })[0]);
}

const KRONA: CashRounding = { incrementMinor: minor(100), tie: "up" };

test("T09: rounding is its own entry, on the receipt and in the Z, and without tax", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const shift = till.openShift(0);
  const order = open(till, 12_349);
  const recorded = till.must({ type: "take_cash", order, handedMinor: 20_000, leftMinor: 12_349 });
  expect(recorded.map(({ event }) => event.type)).toEqual([
    "check_frozen",
    "cash_rounded",
    "tender_captured",
    "check_closed",
  ]);
  const paid = till.order(order);
  expect(closingOf(paid).facts.taxes).toMatchObject([{ netMinor: 9879, taxMinor: 2470 }]);
  const text = (blocks: readonly object[]): string => JSON.stringify(blocks);
  expect(text(receiptBlocks(paid, closingOf(paid), idleReceiptShop, 0))).toContain(
    '"Rounding","right":"-0.49"',
  );
  till.closeShift(shift);
  const [z] = [...till.state.reports.values()];
  if (z === undefined) throw new Error("no Z");
  expect(text(reportBlocks(z, idleReceiptShop))).toContain('"Cash rounding","right":"-0.49"');
});

test("who hands over the exact sum pays it exactly", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const paid = till.pay(open(till, 12_349), 12_349);
  expect(closingOf(paid).facts.roundingMinor).toBe(0);
  expect(paid.checks[0]?.tenders).toMatchObject([{ amountMinor: 12_349, changeMinor: 0 }]);
});

test("T03: change is what was handed less the rounded due, and only cash exceeds the remainder", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const paid = till.pay(open(till, 12_350), 50_000);
  expect(paid.checks[0]?.tenders).toMatchObject([
    { amountMinor: 12_400, handedMinor: 50_000, changeMinor: 37_600 },
  ]);
});

test("T03: between what is left and what cash makes of it no sum is taken", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const order = open(till, 12_350);
  for (const handedMinor of [12_351, 12_399])
    expect(till.says({ type: "take_cash", order, handedMinor, leftMinor: null })).toBe(
      "command/out_of_range handed",
    );
  expect(till.says({ type: "take_cash", order, handedMinor: 12_400, leftMinor: null })).toContain(
    "check_closed",
  );
});

test("T03: what is left after a part is rounded once, when cash settles it", () => {
  const till = new Till("A", { cashRounding: { incrementMinor: minor(500), tie: "up" } });
  const order = open(till, 13_800);
  const [, part] = till.must({ type: "take_cash", order, handedMinor: 5500, leftMinor: null });
  expect(part?.event).toMatchObject({ type: "tender_captured", amountMinor: 5500, changeMinor: 0 });
  expect(till.says({ type: "take_cash", order, handedMinor: 8500, leftMinor: 13_800 })).toBe(
    "tender/due_changed 8300",
  );
  const paid = till.pay(order, 8500);
  expect(closingOf(paid).facts).toMatchObject({ totalMinor: 13_800, roundingMinor: 200 });
  expect(paid.checks[0]?.tenders.map(({ amountMinor }) => amountMinor)).toEqual([5500, 8500]);
});

test("rounded down to nothing no money changes hands, no tender is recorded and no drawer opens", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const order = open(till, 49);
  const recorded = till.must({ type: "take_cash", order, handedMinor: 0, leftMinor: null });
  expect(recorded.map(({ event }) => event.type)).toEqual(["check_frozen", "cash_rounded", "check_closed"]);
  expect(recorded.flatMap((each) => effects(till.state, each)).map(({ type }) => type)).toEqual([
    "print_receipt",
  ]);
  expect(till.order(order)).toMatchObject({ phase: "closed", marks: [] });
});

test("without money only what is rounded to nothing closes", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const take = { type: "take_cash", order: open(till, 50), handedMinor: 0, leftMinor: null } as const;
  expect(till.says(take)).toBe("tender/nothing_handed");
});

test("where every coin exists nothing is rounded", () => {
  expect(roundedCash(minor(12_349), null)).toBe(12_349);
});

test("a blind return is rounded on its magnitude", () => {
  const till = new Till("A", { cashRounding: KRONA });
  const [opened] = till.must({ type: "open_order", kind: "return", label: "", reason: "torn" });
  const facts = { sku: "s", name: "", quantityMilli: 1000, unitPriceMinor: 12_350, reason: "counter" };
  till.must({ type: "add_open_item", order: idOf(opened), ...facts });
  till.must({ type: "pay_out_cash", order: idOf(opened) });
  const order = till.order(idOf(opened));
  expect(closingOf(order).facts).toMatchObject({ totalMinor: -12_350, roundingMinor: -50 });
  expect(order.checks[0]?.tenders).toMatchObject([{ amountMinor: -12_400 }]);
  expect(order.marks).toEqual([]);
});

test("parts of a receipt are paid back cumulatively: all of them are what was taken, none more than is left", () => {
  const property = fc.property(
    fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 6 }),
    fc.constantFrom(1, 5, 10, 50, 100, 500),
    fc.constantFrom("up" as const, "down" as const),
    fc.integer({ min: -500, max: 500 }),
    (parts, increment, tie, rounding) => {
      const whole = parts.reduce((total, part) => total + part, 0);
      const rule = { incrementMinor: minor(increment), tie };
      const taken = { wholeMinor: minor(whole), takenMinor: minor(Math.max(0, whole + rounding)) };
      let before = 0;
      let paid = 0;
      for (const part of parts) {
        const back = roundedRefund(minor(before), minor(part), taken, rule);
        expect(back).toBeGreaterThanOrEqual(0);
        before += part;
        paid += back;
        expect(paid).toBeLessThanOrEqual(taken.takenMinor);
      }
      expect(paid).toBe(whole === 0 ? 0 : taken.takenMinor);
    },
  );
  fc.assert(property);
});
