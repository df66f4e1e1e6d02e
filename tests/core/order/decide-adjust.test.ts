/** Discounts, coupons, tips and the rest, through the real commands: what is taken, and every refusal. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import { businessView } from "../../../core/order/view.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import { FRIDAY_EVENING_MS, PricedTill, rulesFrom, sourceOf } from "../../support/priced-shop.ts";
import { NO_EVENT } from "../../support/attempts.ts";

const RULES = rulesFrom({
  promotions: [
    { id: "c10", kind: "spend_once", offMinor: 1000, couponCodes: ["AUTUMN10", "OTHER10"] },
    { id: "late", kind: "spend_once", offMinor: 100, couponCodes: ["LATE"], fromMs: FRIDAY_EVENING_MS + 1 },
  ],
  manual: { ratePpmMax: 300_000, amountMinorMax: 2000 },
});

function shop(): PricedTill {
  return new PricedTill(sourceOf(RULES)).sell("58.00", "42.00");
}

function discount(
  till: PricedTill,
  more: Partial<Extract<Command, { type: "give_discount" }>> = {},
): Command {
  const usual = { line: null, ratePpm: 100_000, amountMinor: 0, reason: "regular" };
  return { type: "give_discount", order: till.order.id, ...usual, ...more };
}

test("a rate and an amount, off a line and off the order, are shared and said by their reason", () => {
  const till = shop();
  const line = till.order.lines[1]?.id ?? null;
  till.must(discount(till, { line, ratePpm: 200_000, reason: "bruised" }));
  till.must(discount(till, { ratePpm: null, amountMinor: 500 }));
  expect(till.due()).toBe(5800 + 3360 - 500);
  till.pay();
  expect(till.check.pricing?.promotions.map(({ name, stageNumber }) => [name, stageNumber])).toEqual([
    ["bruised", 30],
    ["regular", 60],
  ]);
});

test("a discount that is more than its line is cut to it, and what was forfeited is said", () => {
  const till = new PricedTill(sourceOf(rulesFrom({}))).sell("3.00", "42.00");
  const line = till.order.lines[0]?.id ?? null;
  till.must(discount(till, { line, ratePpm: null, amountMinor: 500 })).pay();
  expect(till.check.pricing?.promotions[0]).toMatchObject({ forfeitedMinor: 200 });
  expect(till.check.dueMinor).toBe(4200);
});

test("without rules a clerk's own discount is priced as plain, under no version", () => {
  const till = new PricedTill(sourceOf()).sell("58.00@25");
  till.must(discount(till)).pay();
  expect(till.check.pricing).toMatchObject({ rules: null, totalMinor: 5220 });
  expect(till.check.closings[0]?.facts.taxes).toEqual([{ ratePpm: 250_000, netMinor: 4176, taxMinor: 1044 }]);
});

test.each<[string, string, (till: PricedTill) => Command, string?]>([
  ["no right", "clerk/right_missing", discount, "sam"],
  ["a bad reason", "command/out_of_range", (till) => discount(till, { reason: "bad\nline" })],
  ["a rate above 100 %", "command/out_of_range", (till) => discount(till, { ratePpm: 1_000_001 })],
  ["no rate and no amount", "command/out_of_range", (till) => discount(till, { ratePpm: null })],
  ["a rate and an amount", "command/out_of_range", (till) => discount(till, { amountMinor: 1 })],
  ["a line that is not there", "line/unknown", (till) => discount(till, { line: NO_EVENT })],
  ["no reason", "order/reason_missing", (till) => discount(till, { reason: " " })],
  ["more than the house allows", "discount/too_high", (till) => discount(till, { ratePpm: 300_001 })],
  [
    "a larger amount than it allows",
    "discount/too_high",
    (till) => discount(till, { ratePpm: null, amountMinor: 2001 }),
  ],
  ["a coupon of no code", "command/out_of_range", coupon(" ")],
  ["a coupon that nobody knows", "coupon/unknown", coupon("SPRING")],
  ["a coupon before its time", "coupon/not_valid", coupon("LATE")],
  [
    "what was never given",
    "discount/unknown",
    (till) => ({ type: "withdraw_adjustment", order: till.order.id, adjustment: NO_EVENT }),
  ],
  [
    "a tip below nothing",
    "command/out_of_range",
    (till) => ({ type: "set_tip", order: till.order.id, ratePpm: null, amountMinor: -1 }),
  ],
  [
    "half a guest",
    "command/out_of_range",
    (till) => ({ type: "set_guests", order: till.order.id, guestCount: 0.5 }),
  ],
  [
    "a tier that is too long",
    "command/out_of_range",
    (till) => ({ type: "set_tier", order: till.order.id, tier: "x".repeat(33) }),
  ],
  [
    "no tax without a reason",
    "order/reason_missing",
    (till) => ({ type: "set_tax_treatment", order: till.order.id, treatment: "tax_free", reason: "" }),
  ],
  [
    "no tax without the right",
    "clerk/right_missing",
    (till) => ({ type: "set_tax_treatment", order: till.order.id, treatment: "tax_free", reason: "x" }),
    "sam",
  ],
  [
    "rounding that the house does not give",
    "discount/no_rounding",
    (till) => ({ type: "round_order", order: till.order.id, isGiven: true }),
  ],
  [
    "rounding without the right",
    "clerk/right_missing",
    (till) => ({ type: "round_order", order: till.order.id, isGiven: true }),
    "sam",
  ],
])("%s is refused with %s", (_, code, command, clerk = "boss") => {
  const till = shop();
  till.must({ type: "sign_on", clerk: "sam" as never, attempt: null });
  expect(till.refusal(command(till), clerk)).toBe(code);
});

function coupon(code: string): (till: PricedTill) => Command {
  return (till) => ({ type: "enter_coupon", order: till.order.id, code });
}

test("a coupon counts once, however it is written, and can be taken back (coupon/entered)", () => {
  const till = shop();
  till.must(coupon(" autumn10 ")(till));
  expect(till.due()).toBe(9000);
  // Another code of the same coupon.
  expect(till.refusal(coupon("OTHER10")(till))).toBe("coupon/entered");
  const adjustment = till.order.adjustments.coupons[0]?.id ?? NO_EVENT;
  till.must({ type: "withdraw_adjustment", order: till.order.id, adjustment });
  expect(till.due()).toBe(10_000);
});

test("undo takes discounts back, and gives back what was taken back", () => {
  const till = shop();
  till.must(discount(till));
  const undo = { type: "undo", order: till.order.id } as const;
  till.must(undo);
  expect(till.due()).toBe(10_000);
  till.must(discount(till));
  const adjustment = till.order.adjustments.discounts[0]?.id ?? NO_EVENT;
  till.must({ type: "withdraw_adjustment", order: till.order.id, adjustment });
  till.must(undo);
  expect(till.due()).toBe(9000);
  till.must(undo);
  till.must(undo);
  // The lines were entered before.
  expect(till.order.lines).toHaveLength(1);
});

test("what adjusts a price waits while a check is frozen, and is open again when it is thawed", () => {
  const till = shop();
  till.must(discount(till));
  till.must({ type: "set_tip", order: till.order.id, ratePpm: null, amountMinor: 300 });
  till.must({ type: "freeze_check", order: till.order.id });
  expect([till.check.dueMinor, till.order.adjustments.discounts, till.order.adjustments.tip]).toEqual([
    9300,
    [],
    null,
  ]);
  expect(till.refusal(discount(till))).toBe("order/frozen");
  till.must({ type: "thaw_check", order: till.order.id, check: till.check.id });
  expect(till.due()).toBe(9300);
  till.must({ type: "park_order", order: till.order.id, label: "" });
  expect(till.refusal(discount(till))).toBe("order/parked");
  till.must({ type: "recall_order", order: till.order.id });
  till.must({ type: "void_order", order: till.order.id, reason: "left" });
  expect(till.order.adjustments.discounts).toEqual([]);
});

test("a return takes no adjustment (order/wrong_kind)", () => {
  const till = shop();
  till.must({ type: "open_order", kind: "return", label: "", reason: "broken" });
  expect(till.refusal(discount(till))).toBe("order/wrong_kind");
});

test("an order with adjustments has a business view of its own, the same in a fold from scratch", () => {
  const till = shop();
  const plain = businessView(till.order);
  expect(plain.startsWith('["order/1"')).toBe(true);
  till.must(discount(till));
  till.must({ type: "set_guests", order: till.order.id, guestCount: 4 });
  const entry = till.writer.state.orders.get(till.order.id);
  expect(businessView(till.order).startsWith('["order/3"')).toBe(true);
  expect(foldOrder(till.order.id, entry?.events ?? [])).toEqual(till.order);
  till.pay();
  const again = till.writer.state.orders.get(till.order.id);
  expect(foldOrder(till.order.id, again?.events ?? [])).toEqual(till.order);
});
