import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import { CardTill, idsOf, moneyOf } from "../../support/card-world.ts";

const paid = (till: CardTill, order: any) => till.order(order).checks[0]?.tenders.map((t) => t.amountMinor);

test("A reverse live: cash more than left", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order, 100);
  till.approve(card, { reference: "R1" }); till.capture(card);
  till.yes({ type: "reverse_card", order, tender: card.id, serial: card.serial } as any);
  console.log("A cash 150", till.no({ type: "take_cash", order, handedMinor: 150, leftMinor: null }), till.order(order).phase);
  const rev = till.order(order).checks[0]!.cards.at(-1)!;
  till.approve(rev, { reference: "R2" }); till.capture(rev);
  console.log("A", till.order(order).phase, paid(till, order), till.order(order).marks);
});
test("A2 reverse live: second card", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order, 100);
  till.approve(card, { reference: "R1" }); till.capture(card);
  till.yes({ type: "reverse_card", order, tender: card.id, serial: card.serial } as any);
  console.log("A2 card 250 on r2", till.no({ type: "request_card", order, amountMinor: null, leftMinor: null, reader: "r2", serial: "S2" }), till.card(order).amountMinor);
});
test("B two names for one device", () => {
  const till = new CardTill();
  const o1 = till.sell("tea"); till.ask(o1);
  till.doubt(till.card(o1));
  const o2 = (till.yes({ type: "open_order", kind: "sale", label: "", reason: "" } as any), [...till.writer.state.orders.keys()].at(-1)!);
  till.yes({ type: "add_item", order: o2, sku: "tea", quantityMilli: 1000 });
  console.log("B", till.no({ type: "request_card", order: o2, amountMinor: null, leftMinor: null, reader: "r2", serial: "68000001" }));
});
test("C overridden then cash part then found: stuck", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  till.yes({ type: "override_tender", order, tender: card.id, reason: "x" });
  till.yes({ type: "take_cash", order, handedMinor: 100, leftMinor: null });
  till.settle(card, "found");
  const left = till.order(order);
  console.log("C", left.phase, left.marks, paid(till, order),
    till.no({ type: "take_cash", order, handedMinor: 1, leftMinor: null }),
    till.no({ type: "close_without_tender", order }),
    till.no({ type: "thaw_check", order, check: left.checks[0]!.id }),
    till.no({ type: "void_order", order, reason: "x" } as any),
    till.no({ type: "park_order", order, label: "" } as any));
});
test("C2 overridden, 2nd card live, first found: closes with second live", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  till.yes({ type: "override_tender", order, tender: card.id, reason: "x" });
  const b = till.ask(order, null, "r2", "S2");
  till.settle(card, "found");
  console.log("C2", till.order(order).phase, till.order(order).marks);
  till.approve(b, { reference: "Z" }); till.capture(b);
  console.log("C2", till.order(order).phase, till.order(order).marks, paid(till, order));
});
test("D late found after judged failed", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  till.yes({ type: "judge_tender", order, tender: card.id, as: "failed", reason: "x" });
  console.log("D settle found:", till.settle(card, "found"));
  console.log("D capture:", till.capture(card));
});
test("E other found hides ours; orphan settled -> declined", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  till.settle(card, "other", { money: { ...moneyOf(card, "0099"), amountMinor: 777 } });
  const orphan = till.card(order).orphans[0]!;
  till.yes({ type: "settle_orphan", order, tender: card.id, orphan: orphan.id, how: "case_opened", reason: "x" });
  console.log("E", till.card(order).status, till.no({ type: "take_cash", order, handedMinor: 250, leftMinor: null }));
});
test("E2 stale orphan in running, then link lost; orphan settled -> declined", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.approve(card, { reference: "OLD", amountMinor: 999 as any });
  console.log("E2 doubt", till.doubt(card));
  const orphan = till.card(order).orphans[0]!;
  till.yes({ type: "settle_orphan", order, tender: card.id, orphan: orphan.id, how: "case_opened", reason: "x" });
  console.log("E2", till.card(order).status);
});
test("F close shift with unknown", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  console.log("F", card.shift);
});
test("G day close with unknown", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  console.log("G", till.no({ type: "close_reader_day", reader: "r1", serial: card.serial, totals: [] }));
});
test("H known money of an orphan", () => {
  const till = new CardTill();
  const o1 = till.sell("tea");
  const c1 = till.ask(o1);
  till.approve(c1, { reference: "OX", amountMinor: 120 as any });
  till.decline(c1);
  const c2 = till.ask(o1, 50);
  till.approve(c2, { reference: "OY" }); till.capture(c2);
  const c3 = till.ask(o1, 120);
  console.log("H", till.approve(c3, { reference: "OX" }).map((e) => e.type));
});
