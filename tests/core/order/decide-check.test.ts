/** Commands that freeze a check, take money and close it, one attempt a line, refusals in order of precedence. */
import { expect, test } from "vitest";
import { CHECK_TENDERS_COUNT_MAX } from "../../../core/limits.ts";
import { linesTotal } from "../../../core/order/lines.ts";
import { closingView } from "../../../core/order/view.ts";
import { milli } from "../../../core/money.ts";
import { attempt, NO_EVENT, Shop } from "../../support/attempts.ts";
import { CONTEXT, placed } from "../../support/core-fixtures.ts";
import { table } from "../../support/table.ts";

const attempts = table(
  ["given", "command", "answer"],
  `
  given                        | command            | answer

  // Freeze.
                               | freeze             | order/unknown
  B: sell tea 1                | freeze             | order/not_owner
  sell tea 1; freeze           | freeze             | order/frozen
  sell tea 1; cash 2.50        | freeze             | order/not_open
  sell tea 1; void left        | freeze             | order/not_open
  open sale                    | freeze             | order/empty
  sell tea 1; less 1 1         | freeze             | order/empty
  sell tea 1; add plums 0.333  | freeze             | frozen 12.49
  open return torn; add tea 2  | freeze             | frozen -5.00
  sell tea 1; freeze; thaw; add bun 1 | freeze      | frozen 3.70

  // Thaw.
                               | thaw               | order/unknown
  B: sell tea 1; B: freeze     | thaw               | order/not_owner
  sell tea 1                   | thaw               | check/unknown
  sell tea 1; freeze; thaw     | thaw               | check/not_frozen
  sell tea 1; cash 2.50        | thaw               | check/not_frozen
  sell tea 1; freeze; cash 1   | thaw               | check/has_tender
  sell tea 1; freeze           | sam> thaw          | thawed

  // Cash.
                               | cash 2.50          | order/unknown
  open return torn; add tea 1  | cash -1            | order/wrong_kind
  B: sell tea 1                | cash -1            | command/out_of_range handed
  sell tea 1                   | cash 0.001         | command/out_of_range handed
  sell tea 1                   | cash 10000000000.01| command/out_of_range handed
  B: sell tea 1                | cash 0             | order/not_owner
  sell tea 1; cash 2.50        | cash 0             | order/not_open
  open sale                    | cash 0             | order/empty
  sell sample 1                | cash 0             | tender/nothing_due
  sell sample 1                | cash 1             | tender/nothing_due
  sell tea 1                   | cash 0             | tender/nothing_handed
  sell tea 1                   | cash 2.50          | frozen 2.50, cash 2.50 of 2.50 back 0.00, closed 2.50 [2.50] tax 0.50 S1-1
  sell tea 1                   | sam> cash 5        | frozen 2.50, cash 2.50 of 5.00 back 2.50, closed 2.50 [2.50] tax 0.50 S1-1
  sell tea 1                   | cash 1             | frozen 2.50, cash 1.00 of 1.00 back 0.00
  sell tea 1; freeze           | cash 2.50          | cash 2.50 of 2.50 back 0.00, closed 2.50 [2.50] tax 0.50 S1-1
  sell tea 1; cash 1           | cash 1             | cash 1.00 of 1.00 back 0.00
  sell tea 1; cash 1; cash 1   | cash 20            | cash 0.50 of 20.00 back 19.50, closed 2.50 [1.00+1.00+0.50] tax 0.50 S1-1
  sell bun 1; add tea 1; cash 5| sell tea 1         | opened sale, line tea 1 x 2.50
  sell bun 1; cash 5; sell tea 2; add bun 2 | cash 7.40 | frozen 7.40, cash 7.40 of 7.40 back 0.00, closed 7.40 [7.40] tax 0.26+1.00 S1-2

  // Pay out.
                               | pay_out            | order/unknown
  sell tea 1                   | sam> pay_out       | order/wrong_kind
  open return torn; add tea 1  | sam> pay_out       | clerk/right_missing blind_return
  B: open return torn; B: add tea 1 | pay_out       | order/not_owner
  open return torn             | pay_out            | order/empty
  open return torn; add tea 1; pay_out | pay_out    | order/not_open
  open return torn; add sample 1 | pay_out          | tender/nothing_due
  open return torn; add tea 2; add bun 1 | pay_out  | frozen -6.20, cash -6.20 of -6.20 back 0.00, closed -6.20 [-6.20] tax -0.13+-1.00 S1-1
  open return torn; add tea 1; freeze | may_blind_return> pay_out | cash -2.50 of -2.50 back 0.00, closed -2.50 [-2.50] tax -0.50 S1-1

  // Close without a tender.
                               | close              | order/unknown
  B: sell sample 1             | close              | order/not_owner
  sell sample 1; close         | close              | order/not_open
  open sale                    | close              | order/empty
  sell tea 1                   | close              | tender/amount_due
  sell tea 1; cash 1           | close              | tender/amount_due
  open return torn; add tea 1  | close              | tender/amount_due
  sell sample 2                | close              | frozen 0.00, closed 0.00 [] tax 0.00 S1-1
  sell sample 2; freeze        | sam> close         | closed 0.00 [] tax 0.00 S1-1
  open return torn; add sample 1 | close            | frozen 0.00, closed 0.00 [] tax 0.00 S1-1

  // Copies.
                               | copy               | order/unknown
  sell tea 1                   | sam> copy          | clerk/right_missing reprint
  sell tea 1                   | copy               | receipt/unknown
  sell tea 1; cash 1           | copy               | receipt/unknown
  sell tea 1; cash 2.50        | may_reprint> copy  | copy 1
  sell tea 1; cash 2.50; copy; copy | copy          | copy 3
  B: sell tea 1; B: cash 2.50  | copy               | copy 1

  // The end of a print job.
                               | print printed      | nothing
  sell tea 1                   | print printed      | nothing
  sell tea 1; cash 2.50        | print printed      | printed
  sell tea 1; cash 2.50        | print failed printer/paper_out | failed printer/paper_out
  sell tea 1; cash 2.50        | print unknown printer/silent   | unknown printer/silent
  sell tea 1; cash 2.50; print printed | print failed printer/late | nothing
  `,
);

test.each(attempts)("$title", ({ given, command, answer }) => {
  expect(attempt(given, command)).toBe(answer);
});

test("a thaw after a part was taken is refused, so that no freeze can follow it", () => {
  expect(() => new Shop("sell tea 1; cash 1; thaw")).toThrow("check/has_tender");
});

test("the frontier of a freeze names each writer's newest event of the order, sorted", () => {
  const shop = new Shop("sell tea 1; B: add bun 1; add tea 1; B: more 1 1");
  const decided = shop.tap("freeze");
  const entry = [...shop.a.state.orders.values()][0];
  const newest = (terminal: string): number | undefined =>
    entry?.events.findLast((event) => event.terminal === terminal && event.event.type !== "check_frozen")
      ?.seq;
  expect(decided.ok && decided.events[0]).toMatchObject({
    type: "check_frozen",
    frontier: [
      { terminal: "A", epoch: "0000000000000001", seq: newest("A") },
      { terminal: "B", epoch: "0000000000000001", seq: newest("B") },
    ],
  });
});

test("a tender that a check has no room for unless it closes it is refused with command/out_of_range", () => {
  const shop = new Shop("sell tea 1");
  for (let count = 1; count < CHECK_TENDERS_COUNT_MAX; count += 1)
    expect(shop.tap("cash 0.01").ok).toBe(true);
  expect(shop.textOf(shop.tap("cash 0.01"))).toBe("command/out_of_range tenders");
  const decided = shop.tap("cash 5");
  const closing = decided.ok ? decided.events.at(-1) : undefined;
  expect(closing).toMatchObject({ type: "check_closed", totalMinor: 250 });
  expect(closing?.type === "check_closed" && closing.tenders).toHaveLength(CHECK_TENDERS_COUNT_MAX);
});

test("a closing's hash is that of its canonical view, its taxes and tenders come to its total", () => {
  const shop = new Shop("sell tea 2; add bun 1; add plums 0.755; note 1 hot");
  const before = shop.order;
  const decided = shop.tap("cash 100");
  const closing = decided.ok ? decided.events.at(-1) : undefined;
  if (before === null || closing?.type !== "check_closed") throw new Error("The order is not closed");
  expect(closing.viewHash).toEqual(CONTEXT.sha256(closingView(before, before.lines, closing)));
  const taxed = closing.taxes.reduce((total, tax) => total + tax.netMinor + tax.taxMinor, 0);
  expect([taxed, closing.totalMinor]).toEqual([linesTotal(before.lines), linesTotal(before.lines)]);
  expect(shop.order?.checks[0]?.closings[0]?.facts).toBe(closing);
});

test("a copy is of the newest receipt of an order with two checks", () => {
  const shop = new Shop("sell tea 1; cash 2.50");
  const order = shop.order?.id ?? NO_EVENT;
  const line = shop.order?.checks[0]?.lines[0]?.id ?? NO_EVENT;
  // Another terminal had not heard of the freeze.
  const event = { type: "units_added", order, line, quantityMilli: milli(1000), checksSeenCount: 0 } as const;
  shop.a.hear(placed("C", 2, 1, event));
  expect(shop.order?.phase).toBe("open");
  expect(shop.textOf(shop.tap("cash 2.50"))).toContain("S1-2");
  expect(shop.tap("copy")).toMatchObject({
    events: [{ closing: shop.order?.checks[1]?.closings[0]?.id, copyNumber: 1 }],
  });
});
