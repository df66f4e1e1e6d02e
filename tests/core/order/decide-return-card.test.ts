/** Money goes back to the tenders that it came from: cards by their reader, the rest in cash. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import type { EventId, LineId, OrderId } from "../../../core/ids.ts";
import { CardTill } from "../../support/card-world.ts";

const SERIAL = "68000001";

/** A till that sold for a card and cash, and takes it back. */
class RefundTill extends CardTill {
  isReaderThere = true;

  constructor(rounding: 5 | 100 | null = null) {
    super({
      serialOf: () => (this.isReaderThere ? SERIAL : null),
      cashRounding: rounding === null ? null : { incrementMinor: minor(rounding), tie: "up" },
    });
  }

  /** Sells these items: so much by card, the rest in cash. */
  sold(cardMinor: number, ...skus: readonly string[]): OrderId {
    const order = this.sell(...skus);
    const card = this.ask(order, cardMinor);
    this.approve(card, { reference: `R${this.writer.state.seq}` });
    this.capture(card);
    if (this.order(order).phase !== "closed") {
      const check = this.order(order).checks[0];
      const leftMinor = (check?.dueMinor ?? 0) - cardMinor;
      this.yes({ type: "take_cash", order, handedMinor: leftMinor + 500, leftMinor: null });
    }
    return order;
  }

  closing(order: OrderId): EventId {
    const id = this.order(order).checks.flatMap((check) => check.closings)[0]?.id;
    if (id === undefined) throw new Error("closing: the order is not closed");
    return id;
  }

  lines(order: OrderId): readonly LineId[] {
    return this.order(order).checks[0]?.lines.map(({ id }) => id) ?? [];
  }

  refund(order: OrderId, units: readonly (readonly [LineId, number])[]): OrderId {
    this.yes({
      type: "refund",
      closing: this.closing(order),
      lines: units.map(([line, quantityMilli]) => ({ line, quantityMilli })),
      reason: "torn",
    });
    const back = [...this.writer.state.orders.values()]
      .map((its) => its.order)
      .findLast((its) => its.kind === "return");
    if (back === undefined) throw new Error("refund: no return");
    return back.id;
  }

  /** The reader gives the newest card request of a return back. */
  giveBack(order: OrderId): void {
    const card = this.card(order);
    this.approve(card, { reference: `B${this.writer.state.seq}` });
    this.capture(card);
  }

  /** What a return paid back: method and magnitude of each tender. */
  paid(order: OrderId): readonly (readonly [string, number])[] {
    const facts = this.order(order).checks[0]?.closings[0]?.facts;
    return facts?.tenders.map(({ method, amountMinor }) => [method, -amountMinor] as const) ?? [];
  }
}

test("a card's part goes back to the card, the rest in cash, and the units are gone", () => {
  const till = new RefundTill();
  const sale = till.sold(300, "tea", "tea");
  const back = till.refund(
    sale,
    till.lines(sale).map((line) => [line, 1000]),
  );
  expect(till.card(back)).toMatchObject({ kind: "refund", amountMinor: -300, status: "requested" });
  expect(till.order(back).phase).toBe("frozen");
  till.giveBack(back);
  expect(till.paid(back)).toEqual([
    ["card", 300],
    ["cash", 200],
  ]);
  expect(
    till
      .order(sale)
      .refundedTenders.map(({ amountMinor }) => amountMinor)
      .sort((a, b) => a - b),
  ).toEqual([200, 300]);
  const again = {
    type: "refund",
    closing: till.closing(sale),
    lines: [{ line: till.lines(sale)[0] ?? sale, quantityMilli: 1000 }],
    reason: "again",
  } as const;
  expect(till.no(again)).toBe("return/units_gone");
});

test("the vector of T07: 138.00 as card 55.00 and cash rounded, back as the same card and the same cash", () => {
  const till = new RefundTill(100);
  // Tea is 2.50: three of them are 7.50, the card takes 3.00, cash rounds 4.50 up to 5.00.
  const sale = till.sold(300, "tea", "tea", "tea");
  const [closing] = till.order(sale).checks.flatMap((check) => check.closings);
  expect(closing?.facts.roundingMinor).toBe(50);
  const lines = till.lines(sale);
  const back = till.refund(
    sale,
    lines.map((line) => [line, 1000]),
  );
  till.giveBack(back);
  expect(till.paid(back)).toEqual([
    ["card", 300],
    ["cash", 500],
  ]);
});

test("while a refund waits for its card no other of the same receipt begins", () => {
  const till = new RefundTill();
  const sale = till.sold(250, "tea", "tea");
  const [first, second] = till.lines(sale);
  if (first === undefined || second === undefined) throw new Error("two lines");
  const back = till.refund(sale, [[first, 1000]]);
  expect(
    till.no({
      type: "refund",
      closing: till.closing(sale),
      lines: [{ line: second, quantityMilli: 1000 }],
      reason: "x",
    }),
  ).toBe("return/in_progress");
  till.giveBack(back);
  const rest = till.refund(sale, [[second, 1000]]);
  expect(till.paid(rest)).toEqual([["cash", 250]]);
});

test("a card that does not take its money back is asked again, or paid in cash by a second person", () => {
  const till = new RefundTill();
  const sale = till.sold(250, "tea");
  const back = till.refund(
    sale,
    till.lines(sale).map((line) => [line, 1000]),
  );
  expect(till.no({ type: "continue_refund", order: back, inCash: false })).toBe("tender/in_progress");
  till.decline(till.card(back), "reader/unsupported_request");
  till.yes({ type: "continue_refund", order: back, inCash: false });
  till.decline(till.card(back), "reader/declined");
  expect(till.no({ type: "pay_out_cash", order: back })).toBe("order/wrong_kind");
  expect(till.no({ type: "continue_refund", order: back, inCash: true }, "may_refund")).not.toBe("");
  till.yes({ type: "continue_refund", order: back, inCash: true });
  expect(till.paid(back)).toEqual([["cash", 250]]);
  expect(till.order(sale).returned[0]?.quantityMilli).toBe(1000);
});

test.each([
  [null, 370],
  [5, 370],
  [100, 400],
] as const)(
  "cash in a card's place is all of it, beside the cash of the sale; coins of %s pay %i",
  (rounding, paidMinor) => {
    const till = new RefundTill(rounding);
    const sale = till.sold(270, "tea", "bun");
    const back = till.refund(
      sale,
      till.lines(sale).map((line) => [line, 1000]),
    );
    till.decline(till.card(back));
    till.yes({ type: "continue_refund", order: back, inCash: true });
    expect(till.paid(back)).toEqual([["cash", paidMinor]]);
    expect(
      till
        .order(sale)
        .refundedTenders.map(({ amountMinor }) => amountMinor)
        .sort((a, b) => a - b),
    ).toEqual([100, 270]);
  },
);

test("a reader that owes a result is not asked for a refund either", () => {
  const till = new RefundTill();
  const sale = till.sold(250, "tea");
  const waiting = till.ask(till.sell("bun"));
  till.doubt(waiting);
  const lines = till.lines(sale).map((line) => ({ line, quantityMilli: 1000 }));
  const refund = { type: "refund", closing: till.closing(sale), lines, reason: "torn" } as const;
  expect(till.no(refund)).toBe("tender/reader_unresolved");
  till.settle(waiting, "absent");
  expect(till.no(refund)).toBe("");
});

test("two cards of one reader get their parts back, one after the other", () => {
  const till = new RefundTill();
  const sale = till.sell("tea");
  for (const amountMinor of [100, 150]) {
    const card = till.ask(sale, amountMinor);
    till.approve(card, { reference: `R${amountMinor}` });
    till.capture(card);
  }
  const back = till.refund(
    sale,
    till.lines(sale).map((line) => [line, 1000]),
  );
  till.giveBack(back);
  expect(till.card(back)).toMatchObject({ amountMinor: -150, status: "requested" });
  till.giveBack(back);
  expect(till.paid(back)).toEqual([
    ["card", 100],
    ["card", 150],
  ]);
});

test("a refund that lay open does not take back units that another took meanwhile", () => {
  const till = new RefundTill();
  const sale = till.sold(740, "tea", "tea", "bun", "bun");
  const [line] = till.lines(sale);
  if (line === undefined) throw new Error("a line");
  const open = till.refund(sale, [[line, 1000]]);
  till.decline(till.card(open));
  till.yes({ type: "thaw_check", order: open, check: till.order(open).checks[0]?.id ?? open });
  till.giveBack(till.refund(sale, [[line, 1000]]));
  till.yes({ type: "freeze_check", order: open });
  expect(till.no({ type: "continue_refund", order: open, inCash: true })).toBe("return/units_gone");
  expect(till.order(sale).marks).toEqual([]);
});

test("without the reader nothing is opened, and the units stay", () => {
  const till = new RefundTill();
  const sale = till.sold(250, "tea");
  till.isReaderThere = false;
  const [line] = till.lines(sale);
  if (line === undefined) throw new Error("a line");
  expect(
    till.no({
      type: "refund",
      closing: till.closing(sale),
      lines: [{ line, quantityMilli: 1000 }],
      reason: "x",
    }),
  ).toBe("tender/reader_missing");
  expect([...till.writer.state.orders.values()].filter(({ order }) => order.kind === "return")).toHaveLength(
    0,
  );
});

test("an abandoned refund gives its units back", () => {
  const till = new RefundTill();
  const sale = till.sold(250, "tea");
  const back = till.refund(
    sale,
    till.lines(sale).map((line) => [line, 1000]),
  );
  till.decline(till.card(back));
  till.yes({ type: "thaw_check", order: back, check: till.order(back).checks[0]?.id ?? back });
  till.yes({ type: "void_order", order: back, reason: "kept it" });
  const again = till.refund(
    sale,
    till.lines(sale).map((line) => [line, 1000]),
  );
  till.giveBack(again);
  expect(till.paid(again)).toEqual([["card", 250]]);
});

test("refunds in parts, in any order, give each tender exactly what it captured", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 620 }),
      fc.constantFrom(null, 5 as const, 100 as const),
      fc.uniqueArray(fc.constantFrom(0, 1, 2), { minLength: 3, maxLength: 3 }),
      (cardMinor, rounding, order) => {
        const till = new RefundTill(rounding);
        const sale = till.sold(cardMinor, "tea", "tea", "bun");
        const facts = till.order(sale).checks[0]?.closings[0]?.facts;
        const lines = till.lines(sale);
        const sums = new Map<string, number>();
        for (const index of order) {
          const line = lines[index];
          if (line === undefined) continue;
          const back = till.refund(sale, [
            [line, till.order(sale).checks[0]?.lines[index]?.quantityMilli ?? 0],
          ]);
          if (till.order(back).phase === "frozen") till.giveBack(back);
          for (const [method, amountMinor] of till.paid(back))
            sums.set(method, (sums.get(method) ?? 0) + amountMinor);
        }
        for (const method of ["card", "cash"] as const) {
          const taken = facts?.tenders.filter((its) => its.method === method) ?? [];
          expect(sums.get(method) ?? 0).toBe(taken.reduce((total, its) => total + its.amountMinor, 0));
        }
      },
    ),
    { numRuns: 200 },
  );
});
