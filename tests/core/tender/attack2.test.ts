import { test } from "vitest";
import { minor } from "../../../core/money.ts";
import { CardTill, idsOf, moneyOf } from "../../support/card-world.ts";
const SERIAL = "68000001";
const mk = (rounding: any = null) => new CardTill({ serialOf: () => SERIAL, cashRounding: rounding === null ? null : { incrementMinor: minor(rounding), tie: "up" } });
function sold(till: CardTill, cardMinor: number, ...skus: string[]) {
  const order = till.sell(...skus);
  const card = till.ask(order, cardMinor);
  till.approve(card, { reference: `R${till.writer.state.seq}` }); till.capture(card);
  if (till.order(order).phase !== "closed") {
    const left = till.order(order).checks[0]!.dueMinor - cardMinor;
    till.yes({ type: "take_cash", order, handedMinor: left + 500, leftMinor: null });
  }
  return order;
}
const closing = (till: CardTill, o: any) => till.order(o).checks[0]!.closings[0]!.id;
const lines = (till: CardTill, o: any) => till.order(o).checks[0]!.lines.map((l) => l.id);
const refund = (till: CardTill, o: any, u: any[]) => till.no({ type: "refund", closing: closing(till, o), lines: u.map(([line, q]) => ({ line, quantityMilli: q })), reason: "torn" });
const back = (till: CardTill) => [...till.writer.state.orders.values()].map((i) => i.order).findLast((i) => i.kind === "return")!;
const sum = (o: any) => o.checks[0].tenders.map((t: any) => `${t.method}${t.amountMinor}`);

test("J all back in cash in a card's place", () => {
  for (const rounding of [null, 5, 100]) {
    const till = mk(rounding);
    const o = sold(till, 270, "tea", "bun");
    const ls = lines(till, o);
    console.log("J sold", sum(till.order(o)), till.order(o).checks[0]!.roundingMinor);
    refund(till, o, ls.map((l) => [l, 1000]));
    till.decline(till.card(back(till).id));
    console.log("J", rounding, till.no({ type: "continue_refund", order: back(till).id, inCash: true } as any), sum(back(till)), back(till).phase);
    console.log("again", refund(till, o, [[ls[0], 1000]]));
  }
});
test("I thaw a return whose card declined, refund the same again", () => {
  const till = mk();
  const o = sold(till, 370, "tea", "bun");
  const ls = lines(till, o);
  console.log("I r1", refund(till, o, [[ls[0], 1000]]));
  const r1 = back(till).id;
  till.decline(till.card(r1));
  console.log("I thaw", till.no({ type: "thaw_check", order: r1, check: till.order(r1).checks[0]!.id }), till.order(r1).phase);
  console.log("I add units", till.no({ type: "add_units", order: r1, line: till.order(r1).lines[0]!.id, quantityMilli: 1000 } as any));
  console.log("I add item", till.no({ type: "add_item", order: r1, sku: "bun", quantityMilli: 1000 } as any));
  console.log("I r2", refund(till, o, [[ls[0], 1000]]));
  const r2 = back(till).id;
  const c2 = till.card(r2);
  till.approve(c2, { reference: "B1" }); till.capture(c2);
  console.log("I r2", till.order(r2).phase, sum(till.order(r2)));
  console.log("I freeze r1", till.no({ type: "freeze_check", order: r1 } as any));
  console.log("I continue r1", till.no({ type: "continue_refund", order: r1, inCash: false } as any), till.order(r1).phase);
  const check = till.order(r1).checks.at(-1)!;
  const c1 = check.cards.at(-1);
  if (c1) { console.log("I c1", c1.amountMinor, c1.status); till.approve(c1, { reference: "B2" }); till.capture(c1); }
  console.log("I r1", till.order(r1).phase, till.order(o).marks, till.order(o).returned, till.order(o).refundedTenders);
});
test("K refund while reader has an unknown payment", () => {
  const till = mk();
  const o = sold(till, 250, "tea");
  const o2 = till.sell("bun"); const c2 = till.ask(o2); till.doubt(c2);
  console.log("K", refund(till, o, [[lines(till, o)[0], 1000]]), till.card(back(till)?.id ?? o).kind);
});
test("L live refund: freeze/pay other", () => {
  const till = mk();
  const o = sold(till, 250, "tea");
  refund(till, o, [[lines(till, o)[0], 1000]]);
  const r = back(till).id; const c = till.card(r);
  till.doubt(c);
  console.log("L", till.no({ type: "pay_out_cash", order: r }), till.no({ type: "override_tender", order: r, tender: c.id, reason: "x" }), till.no({ type: "continue_refund", order: r, inCash: true } as any), till.no({ type: "close_without_tender", order: r }), till.no({ type: "thaw_check", order: r, check: c.check }));
  till.yes({ type: "judge_tender", order: r, tender: c.id, as: "captured", reason: "x" });
  console.log("L", till.order(r).phase, sum(till.order(r)));
  console.log("L refund of refund", till.no({ type: "refund", closing: closing(till, r), lines: [{ line: lines(till, r)[0]!, quantityMilli: 1000 }], reason: "x" }));
});
test("M refund where part's original card unknown/accepted_offline etc; thawed return + close_without", () => {
  const till = mk();
  const o = sold(till, 250, "tea");
  refund(till, o, [[lines(till, o)[0], 1000]]);
  const r = back(till).id; till.decline(till.card(r));
  console.log("M copy/park", till.no({ type: "park_order", order: r, label: "" } as any), till.no({ type: "void_order", order: r, reason: "x" } as any));
  till.yes({ type: "thaw_check", order: r, check: till.order(r).checks[0]!.id });
  console.log("M void", till.no({ type: "void_order", order: r, reason: "x" } as any), till.order(r).phase);
  console.log("M refund again", refund(till, o, [[lines(till, o)[0], 1000]]));
});
test("N partial card back then second declines, thaw", () => {
  const till = mk();
  const o = till.sell("tea");
  for (const m of [100, 150]) { const c = till.ask(o, m); till.approve(c, { reference: `N${m}` }); till.capture(c); }
  refund(till, o, [[lines(till, o)[0], 1000]]);
  const r = back(till).id; let c = till.card(r);
  till.approve(c, { reference: "NB1" }); till.capture(c);
  c = till.card(r); console.log("N second", c.amountMinor, c.status); till.decline(c);
  console.log("N thaw", till.no({ type: "thaw_check", order: r, check: c.check }), "reverse refund", till.no({ type: "reverse_card", order: r, tender: till.order(r).checks[0]!.cards[0]!.id, serial: SERIAL } as any));
});
