/** Which tenders a refund goes back to, and how much to each: the rights of a sale, filled in an order. */
import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import { hasCards, partsLeft, refundPlan, tenderRights } from "../../../core/order/refund-plan.ts";
import type { SoldClosing } from "../../../core/order/returns.ts";
import { CardTill } from "../../support/card-world.ts";

/** Three teas, 7.50: 3.00 by card, the rest in cash. */
function sold(cardMinor: number): SoldClosing {
  const till = new CardTill();
  const id = till.sell("tea", "tea", "tea");
  if (cardMinor > 0) {
    const card = till.ask(id, cardMinor);
    till.approve(card);
    till.capture(card);
  }
  till.yes({ type: "take_cash", order: id, handedMinor: 1000, leftMinor: null });
  const order = till.order(id);
  const check = order.checks[0];
  const closing = check?.closings[0];
  if (check === undefined || closing === undefined) throw new Error("the order is not closed");
  return { order, check, closing };
}

test("each tender's right is what it captured, in order of capture, and all cash is one", () => {
  const rights = tenderRights(sold(300)).map(({ method, capturedMinor, leftMinor }) => [
    method,
    capturedMinor,
    leftMinor,
  ]);
  expect(rights).toEqual([
    ["card", 300, 300],
    ["cash", 450, 450],
  ]);
});

test.each([
  ["capture_order", 400, [300, 100]],
  ["reverse", 500, [50, 450]],
  ["proportional", 75, [30, 45]],
] as const)("a refund filled by %s of %i goes back as %j", (order, amountMinor, expected) => {
  expect(refundPlan(sold(300), minor(amountMinor), order)?.map((part) => part.amountMinor)).toEqual(expected);
});

test("no plan gives back more than was captured", () => {
  expect(refundPlan(sold(300), minor(751))).toBeNull();
});

test("a sale that cash alone paid names no tenders", () => {
  expect([hasCards(sold(0)), hasCards(sold(300))]).toEqual([false, true]);
});

test("what a card has given back already leaves the plan", () => {
  const sale = sold(300);
  const plan = refundPlan(sale, minor(750)) ?? [];
  const [card] = sale.check.cards;
  if (card === undefined) throw new Error("a card paid");
  const back = { ...card, kind: "refund", original: card.id, amountMinor: minor(-300) } as const;
  expect(partsLeft(plan, [back]).map(({ method, amountMinor }) => [method, amountMinor])).toEqual([
    ["cash", 450],
  ]);
});
