/** One request at a time for each device, and what is not paid, closed or taken back while one is under way. */
import { expect, test } from "vitest";
import { clerkId, drawerId } from "../../../core/ids.ts";
import type { OrderId } from "../../../core/ids.ts";
import { liveTenders } from "../../../core/tender/live.ts";
import type { CardTender } from "../../../core/tender/types.ts";
import { CardTill, moneyOf } from "../../support/card-world.ts";

/** An order of 2.50 of which a card has paid 1.00; that tender. */
function partlyPaid(till: CardTill): CardTender {
  const card = till.ask(till.sell("tea"), 100);
  till.approve(card, { reference: "0041" });
  till.capture(card);
  return card;
}

const cash = (order: OrderId, handedMinor: number) =>
  ({ type: "take_cash", order, handedMinor, leftMinor: null }) as const;

const byCard = (order: OrderId, reader: string, serial: string) =>
  ({ type: "request_card", order, amountMinor: null, leftMinor: null, reader, serial }) as const;

test("a device under two names is one reader: what one name owes keeps the other from asking", () => {
  const till = new CardTill();
  till.doubt(till.ask(till.sell("tea")));
  const other = till.sell("bun");
  expect(till.no(byCard(other, "r2", "68000001"))).toBe("tender/reader_unresolved");
  expect(liveTenders(till.writer.state)).toHaveLength(1);
});

test("while a payment goes back nothing is paid for its check: not in cash, not at another reader, not by override", () => {
  const till = new CardTill();
  const { order, id, serial } = partlyPaid(till);
  till.yes({ type: "reverse_card", order, tender: id, serial });
  expect(till.no(cash(order, 150))).toBe("tender/in_progress");
  expect(till.no(byCard(order, "r2", "S2"))).toBe("tender/in_progress");
  const back = till.card(order);
  till.doubt(back);
  till.yes({ type: "override_tender", order, tender: back.id, reason: "guest waits" });
  expect(till.no(cash(order, 50))).toBe("tender/unknown");
  till.yes({ type: "judge_tender", order, tender: back.id, as: "captured", reason: "acquirer asked" });
  till.yes(cash(order, 250));
  expect(till.order(order)).toMatchObject({ phase: "closed", marks: ["card_overridden"] });
});

test("a payment is not taken back while another card may close its check", () => {
  const till = new CardTill();
  const { order, id, serial } = partlyPaid(till);
  till.ask(order, 150, "r2", "S2");
  expect(till.no({ type: "reverse_card", order, tender: id, serial })).toBe("tender/in_progress");
});

test("a check that an overridden card paid as well is closed as it is, by a second person", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  till.yes({ type: "override_tender", order, tender: card.id, reason: "guest waits" });
  till.yes(cash(order, 100));
  expect(till.no({ type: "close_without_tender", order })).toBe("tender/amount_due");
  till.settle(card, "found");
  expect(till.order(order)).toMatchObject({ phase: "frozen", marks: ["card_overridden", "overpaid"] });
  expect(till.no({ type: "close_without_tender", order }, "sam")).toBe("clerk/right_missing");
  till.yes({ type: "close_without_tender", order });
  expect(till.order(order)).toMatchObject({ phase: "closed", marks: ["card_overridden", "overpaid"] });
});

test("a shift whose card is not known is not closed, and a person's word lets it", () => {
  const till = new CardTill();
  till.yes({ type: "open_shift", drawer: drawerId("1"), floatMinor: 0 });
  const [shift] = [...till.writer.state.shifts.keys()];
  if (shift === undefined) throw new Error("shift: none is open");
  const card = till.ask(till.sell("tea"));
  expect(card).toMatchObject({ shift, clerk: clerkId("boss") });
  till.doubt(card);
  till.yes({ type: "count_drawer", shift, denominations: [] });
  expect(till.no({ type: "close_shift", shift, reason: "" })).toBe("shift/order_waits");
  till.yes({ type: "judge_tender", order: card.order, tender: card.id, as: "failed", reason: "slip" });
  expect(till.no({ type: "close_shift", shift, reason: "" })).toBe("");
});

test("money that is found after a person judged that none moved is a case, once", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.doubt(card);
  till.yes({ type: "judge_tender", order: card.order, tender: card.id, as: "failed", reason: "slip" });
  expect(till.settle(card, "found").map(({ type }) => type)).toEqual(["orphan_found"]);
  expect(till.settle(card, "found")).toEqual([]);
  expect(till.card(card.order)).toMatchObject({ status: "declined", orphans: [{ isSettled: false }] });
});

test("settling other money than was asked for does not say that nothing was paid: a person tells that", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  const { order } = card;
  till.doubt(card);
  const other = { ...moneyOf(card, "0099"), amountMinor: 777 };
  till.settle(card, "other", { money: other });
  const orphan = till.card(order).orphans[0]?.id ?? card.id;
  till.yes({ type: "settle_orphan", order, tender: card.id, orphan, how: "case_opened", reason: "bank" });
  expect(till.card(order)).toMatchObject({ status: "unknown", isManual: true });
  expect(till.no(cash(order, 250))).toBe("tender/unknown");
  expect(till.settle(card, "other", { money: other })).toEqual([]);
  till.yes({ type: "judge_tender", order, tender: card.id, as: "failed", reason: "bank" });
  till.yes(cash(order, 250));
});

test("a link that is lost after other money moved leaves the request in doubt", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.approve(card, { amountMinor: 999 });
  till.doubt(card);
  const { order } = card;
  const orphan = till.card(order).orphans[0]?.id ?? card.id;
  till.yes({ type: "settle_orphan", order, tender: card.id, orphan, how: "taken_back", reason: "slip" });
  expect(till.card(order)).toMatchObject({ status: "unknown", isManual: true });
});

test("a movement of money that is another tender's case pays for nobody", () => {
  const till = new CardTill();
  const first = till.ask(till.sell("tea"));
  till.approve(first, { reference: "0050", amountMinor: 120 });
  till.decline(first);
  const second = till.ask(till.sell("tea"));
  till.approve(second, { reference: "0051" });
  till.capture(second);
  const third = till.ask(till.sell("bun"));
  expect(till.approve(third, { reference: "0050" }).map(({ type }) => type)).toEqual(["orphan_found"]);
});

test.each(["captured", "failed"] as const)(
  "what a reader finds after a person judged as much %s there may be that money: it pays for nobody by itself",
  (as) => {
    const till = new CardTill();
    const former = till.ask(till.sell("tea"));
    till.doubt(former);
    till.yes({ type: "judge_tender", order: former.order, tender: former.id, as, reason: "slip" });
    const next = till.ask(till.sell("tea"));
    till.doubt(next);
    till.settle(next, "found");
    expect(till.card(next.order)).toMatchObject({ status: "unknown", isManual: true });
    till.yes({ type: "judge_tender", order: next.order, tender: next.id, as: "failed", reason: "slip" });
    const other = till.ask(till.sell("bun"));
    till.doubt(other);
    till.settle(other, "found");
    expect(till.order(other.order).phase).toBe("closed");
  },
);
