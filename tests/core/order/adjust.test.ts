/** Adjustments of an order that several terminals write to: checks take what is in their past, and no more. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../core/money.ts";
import { adjustmentsOf } from "../../../core/order/adjust.ts";
import { NO_ADJUSTMENTS } from "../../../core/price/order/adjustments.ts";
import type { OrderEvent } from "../../../core/types.ts";
import { id, placed } from "../../support/core-fixtures.ts";
import { cash, folded, freeze, line, opened, ORDER, thaw } from "../../support/order-events.ts";

function given(ratePpm: number): OrderEvent {
  const money = { ratePpm: ppm(ratePpm), amountMinor: minor(0) };
  return { type: "discount_given", order: ORDER, line: null, ...money, reason: "why" };
}

const guests: OrderEvent = { type: "guests_set", order: ORDER, guestCount: 4 };
const OPEN = [placed("A", 1, 1, opened()), placed("A", 2, 2, line(1))];

test("an order that nothing adjusts shares the one that says nothing", () => {
  expect(adjustmentsOf(OPEN)).toBe(NO_ADJUSTMENTS);
});

test("a discount from elsewhere that the freeze did not know goes to the next check; guests stay", () => {
  const order = folded(
    ...OPEN,
    placed("A", 3, 3, given(100_000)),
    placed("A", 4, 4, guests),
    placed("A", 5, 6, freeze("A/4")),
    placed("B", 1, 5, given(200_000)),
  );
  expect(order.checks[0]?.adjustments.discounts.map(({ ratePpm }) => ratePpm)).toEqual([100_000]);
  expect(order.adjustments.discounts.map(({ ratePpm }) => ratePpm)).toEqual([200_000]);
  expect(order.adjustments.guestCount).toBe(4);
});

test("a thaw gives a check's adjustments back, and one with money keeps them", () => {
  const frozen = [...OPEN, placed("A", 3, 3, given(100_000)), placed("A", 4, 4, freeze("A/3"))];
  expect(folded(...frozen).adjustments.discounts).toEqual([]);
  expect(folded(...frozen, placed("A", 5, 5, thaw("A/4"))).adjustments.discounts).toHaveLength(1);
  const paid = [...frozen, placed("A", 5, 5, cash("A/4", 100)), placed("A", 6, 6, thaw("A/4"))];
  expect(folded(...paid).adjustments.discounts).toEqual([]);
});

test("what no decide would have written is held within its bound, and what is taken back is gone", () => {
  const wild: OrderEvent = {
    type: "discount_given",
    order: ORDER,
    line: null,
    ratePpm: ppm(9_000_000),
    amountMinor: minor(-5),
    reason: "",
  };
  const order = folded(
    ...OPEN,
    placed("B", 1, 3, wild),
    placed("B", 2, 4, given(100_000)),
    placed("B", 3, 5, { type: "adjustment_withdrawn", order: ORDER, adjustment: id("B/2") }),
    placed("B", 4, 6, { type: "coupon_entered", order: ORDER, code: "X" }),
    placed("B", 5, 7, {
      type: "tip_set",
      order: ORDER,
      ratePpm: null,
      amountMinor: minor(-9),
      basis: "after_tax",
    }),
  );
  expect(order.adjustments.discounts).toMatchObject([{ ratePpm: 1_000_000, amountMinor: 0 }]);
  expect(order.adjustments).toMatchObject({ coupons: [{ code: "X" }], tip: { amountMinor: 0 } });
});
