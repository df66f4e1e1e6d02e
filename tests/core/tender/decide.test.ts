/** What people may ask of a card tender, and what no reader can tell. */
import { expect, test } from "vitest";
import { CardTill } from "../../support/card-world.ts";

test("a card is asked for what is left, and the order is frozen by it", () => {
  const till = new CardTill();
  const order = till.sell("tea", "bun");
  const events = till.yes({
    type: "request_card",
    order,
    amountMinor: null,
    leftMinor: 370,
    reader: "r1",
    serial: "S",
  });
  expect(events.map(({ type }) => type)).toEqual(["check_frozen", "tender_requested"]);
  expect(till.card(order)).toMatchObject({
    status: "requested",
    amountMinor: 370,
    reader: "r1",
    serial: "S",
    kind: "pay",
  });
});

test("ten in cash and the rest by card close the order with both tenders", () => {
  const till = new CardTill();
  const order = till.sell("tea", "tea");
  till.yes({ type: "take_cash", order, handedMinor: 200, leftMinor: null });
  const card = till.ask(order);
  expect(card.amountMinor).toBe(300);
  till.approve(card);
  till.capture(card);
  const closing = till.order(order).checks[0]?.closings[0];
  expect(till.order(order).phase).toBe("closed");
  expect(closing?.facts.tenders.map(({ method, amountMinor }) => [method, amountMinor])).toEqual([
    ["cash", 200],
    ["card", 300],
  ]);
  expect(closing?.facts.clerk).toBe("boss");
});

test("while a reader is at work no other tender takes its amount, and cash may take only the rest", () => {
  const till = new CardTill();
  const order = till.sell("tea", "tea");
  till.ask(order, 300);
  const cash = (handedMinor: number) => till.no({ type: "take_cash", order, handedMinor, leftMinor: null });
  expect(cash(201)).toBe("tender/in_progress");
  expect(cash(500)).toBe("tender/in_progress");
  expect(
    till.no({ type: "request_card", order, amountMinor: 201, leftMinor: null, reader: "r2", serial: "T" }),
  ).toBe("command/out_of_range");
  expect(cash(200)).toBe("");
  expect(till.order(order).phase).toBe("frozen");
  expect(
    till.no({ type: "request_card", order, amountMinor: null, leftMinor: null, reader: "r2", serial: "T" }),
  ).toBe("tender/in_progress");
});

test("an unknown result lets the order neither close nor thaw nor take that money again", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  expect(till.order(order).marks).toContain("card_unknown");
  expect(till.no({ type: "take_cash", order, handedMinor: 250, leftMinor: null })).toBe("tender/unknown");
  expect(
    till.no({ type: "request_card", order, amountMinor: null, leftMinor: null, reader: "r2", serial: "T" }),
  ).toBe("tender/unknown");
  expect(till.no({ type: "thaw_check", order, check: card.check })).toBe("tender/unknown");
  expect(till.no({ type: "close_without_tender", order })).toBe("tender/amount_due");
});

test("a reader that owes a result takes no other request, of any order; another reader does", () => {
  const till = new CardTill();
  till.doubt(till.ask(till.sell("tea")));
  const other = till.sell("bun");
  const ask = (reader: string) =>
    till.no({
      type: "request_card",
      order: other,
      amountMinor: null,
      leftMinor: null,
      reader,
      serial: reader,
    });
  expect(ask("r1")).toBe("tender/reader_unresolved");
  expect(ask("r2")).toBe("");
});

test("a second person may let the order go on: cash closes it, and what the reader says later is not lost", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.doubt(card);
  const override = { type: "override_tender", order, tender: card.id, reason: "guest waits" } as const;
  expect(till.no(override, "sam")).toBe("clerk/right_missing");
  expect(till.no({ ...override, reason: " " })).toBe("order/reason_missing");
  till.yes(override);
  till.yes({ type: "take_cash", order, handedMinor: 250, leftMinor: null });
  expect(till.order(order).phase).toBe("closed");
  till.settle(card, "found");
  expect(till.order(order).marks).toEqual(["card_overridden", "overpaid"]);
  expect(till.order(order).checks[0]?.closings).toHaveLength(1);
});

test("a person decides where no reader can tell", () => {
  for (const [as, phase] of [
    ["captured", "closed"],
    ["failed", "frozen"],
  ] as const) {
    const till = new CardTill();
    const order = till.sell("tea");
    const card = till.ask(order);
    till.settle(card, "absent", { serial: "another device" });
    expect(till.card(order)).toMatchObject({ status: "unknown", isManual: true });
    till.yes({ type: "judge_tender", order, tender: card.id, as, reason: "acquirer asked" });
    expect(till.order(order).phase, as).toBe(phase);
    if (as === "failed") expect(till.card(order).code).toBe("tender/judged_failed");
    expect(till.no({ type: "judge_tender", order, tender: card.id, as, reason: "again" })).toBe(
      "tender/settled",
    );
  }
});

test("a payment in doubt may be parked, so that the next customer is served", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  expect(till.no({ type: "park_order", order, label: "" })).toBe("order/frozen");
  till.doubt(card);
  till.yes({ type: "park_order", order, label: "card?" });
  expect(till.order(order).isParked).toBe(true);
  till.settle(card, "found");
  expect(till.order(order).phase).toBe("closed");
});

test("a captured card is taken back whole, by its own device, before its check is closed", () => {
  const till = new CardTill();
  const order = till.sell("tea", "tea");
  const card = till.ask(order, 300);
  till.approve(card);
  till.capture(card);
  const reverse = { type: "reverse_card", order, tender: card.id, serial: card.serial } as const;
  expect(till.no({ ...reverse, serial: "other" })).toBe("command/out_of_range");
  expect(till.no(reverse, "sam")).toBe("clerk/right_missing");
  till.yes(reverse);
  const back = till.card(order);
  expect(back).toMatchObject({ kind: "reverse", amountMinor: -300, originalReference: "0042" });
  till.approve(back, { reference: "0043" });
  till.capture(back);
  expect(till.no(reverse)).toBe("tender/not_captured");
  // Nothing stands any more: the customer may change the order again.
  expect(till.no({ type: "thaw_check", order, check: card.check })).toBe("");
  expect(till.order(order).openTotalMinor).toBe(500);
});

test("cash has limits of its own", () => {
  const none = { tenderMinorMax: null, checkMinorMax: null };
  const limits = { cash: { tenderMinorMax: 300 as never, checkMinorMax: 450 as never }, card: none };
  const till = new CardTill({ limits });
  const order = till.sell("tea", "tea");
  const cash = (handedMinor: number): string =>
    till.no({ type: "take_cash", order, handedMinor, leftMinor: null });
  expect(cash(500)).toBe("tender/above_payment_limit");
  expect(cash(300)).toBe("");
  expect(cash(200)).toBe("tender/above_check_limit");
});

test("limits refuse by their own code", () => {
  const none = { tenderMinorMax: null, checkMinorMax: null };
  const till = new CardTill({
    limits: { cash: none, card: { tenderMinorMax: 400 as never, checkMinorMax: 450 as never } },
  });
  const order = till.sell("tea", "tea");
  const ask = (amountMinor: number) =>
    till.no({ type: "request_card", order, amountMinor, leftMinor: null, reader: "r1", serial: "S" });
  expect(ask(401)).toBe("tender/above_payment_limit");
  const card = till.ask(order, 300);
  till.approve(card);
  till.capture(card);
  expect(ask(151)).toBe("tender/above_check_limit");
  expect(ask(150)).toBe("");
});

test.each([
  ["of a return", "order/wrong_kind"],
  ["of an order that another amount is due on", "tender/due_changed"],
  ["of nothing", "command/out_of_range"],
])("a card %s is refused with %s", (what, code) => {
  const till = new CardTill();
  let order = till.sell("tea");
  if (what === "of a return") {
    till.yes({ type: "open_order", kind: "return", label: "", reason: "torn" });
    order = [...till.writer.state.orders.keys()].at(-1) ?? order;
    till.yes({ type: "add_item", order, sku: "tea", quantityMilli: 1000 });
  }
  const leftMinor = what === "of an order that another amount is due on" ? 249 : null;
  const amountMinor = what === "of nothing" ? 0 : null;
  expect(till.no({ type: "request_card", order, amountMinor, leftMinor, reader: "r1", serial: "S" })).toBe(
    code,
  );
});
