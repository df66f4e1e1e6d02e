/** What the reader's executor reports, as events. */
import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import { CardTill, idsOf, moneyOf } from "../../support/card-world.ts";

const types = (events: readonly { readonly type: string }[]): readonly string[] =>
  events.map(({ type }) => type);

test("an approval is recorded, its capture closes the check", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  expect(types(till.approve(card))).toEqual(["tender_approved"]);
  expect(till.order(order).phase).toBe("frozen");
  expect(types(till.capture(card))).toEqual(["tender_captured", "check_closed"]);
  expect(types(till.capture(card))).toEqual([]);
});

test("an answer that comes twice is one approval", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.approve(card);
  expect(types(till.approve(card))).toEqual([]);
});

test.each([
  ["another amount", { amountMinor: 251 }],
  ["another currency", { currency: "EUR" }],
  ["another device", { serial: "68009999" }],
])(
  "money of %s is an orphan, never a tender, and holds the order until a person settled it",
  (_what, its) => {
    const till = new CardTill();
    const order = till.sell("tea");
    const card = till.ask(order);
    expect(types(till.approve(card, its))).toEqual(["orphan_found"]);
    expect(till.card(order).status).toBe("orphaned");
    expect(till.no({ type: "take_cash", order, handedMinor: 250, leftMinor: null })).toBe("tender/unknown");
    const orphan = till.card(order).orphans[0]?.id ?? card.id;
    const settle = {
      type: "settle_orphan",
      order,
      tender: card.id,
      how: "case_opened",
      reason: "acquirer told",
    } as const;
    expect(till.no({ ...settle, orphan: card.id })).toBe("tender/orphan_unknown");
    till.yes({ ...settle, orphan });
    expect(till.no({ ...settle, orphan })).toBe("tender/settled");
    expect(till.no({ type: "take_cash", order, handedMinor: 250, leftMinor: null })).toBe("");
    expect(till.order(order).marks).toContain("card_orphan");
  },
);

test("an orphan that the reader itself took back is settled by its word", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.approve(card, { amountMinor: 999 });
  expect(types(till.decline(card, "reader/refused_result"))).toEqual(["orphan_settled"]);
  expect(till.card(order).status).toBe("declined");
});

test("a decline leaves the amount due for another card", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  till.decline(till.ask(order), "reader/no_funds", "Limit");
  expect(till.card(order)).toMatchObject({ status: "declined", code: "reader/no_funds", text: "Limit" });
  const second = till.ask(order);
  till.approve(second);
  till.capture(second);
  expect(till.order(order).phase).toBe("closed");
});

test("an approval that the reader then undid itself is reversed, and due again", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  const card = till.ask(order);
  till.approve(card);
  expect(types(till.decline(card, "reader/refused_result"))).toEqual(["tender_reversed"]);
  expect(till.no({ type: "take_cash", order, handedMinor: 250, leftMinor: null })).toBe("");
});

test.each([
  ["found", ["tender_approved", "tender_captured", "check_closed"]],
  ["absent", ["tender_declined"]],
  ["in_progress", []],
  ["unreachable", []],
  ["unanswerable", ["tender_doubted"]],
] as const)("an intent that the reader calls %s becomes %j", (says, expected) => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.doubt(card);
  expect(types(till.settle(card, says))).toEqual(expected);
});

test.each([
  ["found", ["tender_captured", "check_closed"]],
  ["absent", ["tender_reversed"]],
  ["in_progress", []],
] as const)("an approval without its end that the reader calls %s becomes %j", (says, expected) => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.approve(card);
  till.doubt(card);
  expect(types(till.settle(card, says))).toEqual(expected);
});

test("what a driver calls found is judged again: another amount is an orphan", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.doubt(card);
  const money = { ...moneyOf(card), amountMinor: 1 };
  expect(types(till.settle(card, "found", { money }))).toEqual(["orphan_found"]);
});

test("what the reader said before the request is not its answer", () => {
  const till = new CardTill();
  const first = till.ask(till.sell("tea"));
  till.approve(first, { reference: "0042" });
  till.capture(first);
  const second = till.ask(till.sell("tea"));
  expect(second.watermark).toBe("0042");
  till.doubt(second);
  expect(types(till.settle(second, "found", { money: moneyOf(second, "0042") }))).toEqual(["orphan_found"]);
});

test("a card without its host is taken within its limits, and each limit has its own code", () => {
  const limits = {
    tenderMinorMax: minor(400),
    sumMinorMax: minor(600),
    cardsCountMax: 3,
    ageMsMax: 86_400_000,
  };
  const offline = (till: CardTill, ...skus: string[]): string => {
    const card = till.ask(till.sell(...skus));
    const command = {
      type: "approve_tender",
      ...idsOf(card),
      ...moneyOf(card, card.id.slice(-40)),
      isOffline: true,
    } as const;
    const code = till.no(command);
    if (code === "") till.capture(card);
    else till.decline(card, "reader/refused_result");
    return code;
  };
  const closed = new CardTill();
  expect(offline(closed, "tea")).toBe("tender/offline_not_allowed");
  const till = new CardTill({ offlineCards: limits });
  expect(offline(till, "tea", "tea")).toBe("tender/offline_payment_limit");
  expect(offline(till, "tea")).toBe("");
  expect(offline(till, "tea")).toBe("");
  expect(offline(till, "bun")).toBe("tender/offline_sum_limit");
  const few = new CardTill({ offlineCards: { ...limits, cardsCountMax: 1 } });
  expect(offline(few, "bun")).toBe("");
  expect(offline(few, "bun")).toBe("tender/offline_count_limit");
  const old = new CardTill({
    offlineCards: { ...limits, ageMsMax: 1 },
    wall: () => 1_291_999_999_999 as never,
  });
  expect(offline(old, "bun")).toBe("");
  expect(offline(old, "bun")).toBe("tender/offline_age_limit");
});

test("what was taken without the host and then refused by it is a debt, marked", () => {
  const till = new CardTill({
    offlineCards: {
      tenderMinorMax: minor(400),
      sumMinorMax: minor(600),
      cardsCountMax: 3,
      ageMsMax: 86_400_000,
    },
  });
  const order = till.sell("tea");
  const card = till.ask(order);
  till.yes({ type: "approve_tender", ...idsOf(card), ...moneyOf(card), isOffline: true });
  till.capture(card);
  expect(till.card(order).status).toBe("accepted_offline");
  till.yes({ type: "forward_tender", ...idsOf(card), as: "declined", code: "reader/declined" });
  expect(till.order(order).marks).toContain("card_declined_later");
  expect(till.order(order).phase).toBe("closed");
});

test("a slip is kept as it came, and too many of them are refused", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  const slip = {
    type: "keep_slip",
    ...idsOf(card),
    copy: "customer",
    lines: [{ text: "girocard", isBold: false, isCentred: true }],
  } as const;
  for (let count = 0; count < 8; count++) till.yes(slip);
  expect(till.no(slip)).toBe("command/out_of_range");
  expect(till.card(card.order).slips).toHaveLength(8);
});

test("a reader's day says what the journal counted beside what the reader did", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.approve(card);
  till.capture(card);
  const close = {
    type: "close_reader_day",
    reader: "r1",
    serial: card.serial,
    totals: [{ brand: "girocard", count: 1, amountMinor: minor(250) }],
  } as const;
  expect(till.yes(close)[0]).toMatchObject({ journalCount: 1, journalMinor: 250 });
  expect(till.yes({ ...close, totals: [] })[0]).toMatchObject({ journalCount: 0, journalMinor: 0 });
});

test("a report about a tender that nobody knows is refused", () => {
  const till = new CardTill();
  const order = till.sell("tea");
  expect(till.no({ type: "capture_tender", order, tender: order })).toBe("tender/not_known");
});

test("a reader that is still at work on a request that a start found is said to be asked", () => {
  const till = new CardTill();
  const card = till.ask(till.sell("tea"));
  till.settle(card, "in_progress");
  expect(till.card(card.order)).toMatchObject({ status: "unknown", code: "tender/asking", isManual: false });
});
