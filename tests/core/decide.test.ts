/** Who may tap at all, taps that are sent again, and commands that are not about an order's lines. */
import { expect, test } from "vitest";
import { decide, isRepeat, OWN_VIEW } from "../../core/decide.ts";
import { clerkId } from "../../core/ids.ts";
import { CLERKS_COUNT_MAX, CODE_TEXT_LENGTH_MAX } from "../../core/limits.ts";
import type { Cause } from "../../core/facts.ts";
import { attempt, NO_EVENT, Shop } from "../support/attempts.ts";
import { CONTEXT, placed, STAFF, Writer } from "../support/core-fixtures.ts";
import { table } from "../support/table.ts";

const attempts = table(
  ["given", "command", "answer"],
  `
  given          | command            | answer
                 | nobody> sell wine 0 | clerk/not_signed_on
                 | stranger> sell wine 0 | clerk/not_signed_on
                 | stranger> freeze   | clerk/not_signed_on
                 | idle> sell wine 0  | clerk/right_missing sell
                 | idle> freeze       | clerk/right_missing sell
                 | sam> freeze        | order/unknown
                 | nobody> sign_on ghost | clerk/unknown ghost
                 | nobody> sign_on sam | signed on sam
  sign_on sam    | sam> sign_on sam   | signed on sam
  sell tea 1; cash 2.50 | nobody> print printed | printed
  `,
);

test.each(attempts)("$title", ({ given, command, answer }) => {
  expect(attempt(given, command)).toBe(answer);
});

test("signing on copies name and rights from the staff list into the event", () => {
  const decided = new Shop().tap("nobody> sign_on sam");
  expect(decided).toEqual({
    ok: true,
    events: [{ type: "clerk_signed_on", clerk: "sam", name: "Sam", rights: ["sell"] }],
  });
});

test("of more clerks than the bound the earliest sign-on leaves, and may sign on again", () => {
  const writer = new Writer("A").signOn("sam").signOn("boss").signOn("sam");
  for (let count = 1; count < CLERKS_COUNT_MAX; count += 1) {
    const clerk = clerkId(`c${count}`);
    writer.record([{ type: "clerk_signed_on", clerk, name: "", rights: [] }], null);
  }
  expect(writer.state.clerks.size).toBe(CLERKS_COUNT_MAX);
  expect(writer.state.clerks.has(clerkId("boss"))).toBe(false);
  expect(writer.state.clerks.has(clerkId("sam"))).toBe(true);
  writer.signOn("boss");
  expect(writer.state.clerks.has(clerkId("boss"))).toBe(true);
  expect(writer.state.clerks.has(clerkId("sam"))).toBe(false);
});

test("a tap that is sent again has no second effect, whatever it says", () => {
  const shop = new Shop("sell tea 1");
  const cause: Cause = { view: 7, n: 1, clerk: clerkId("boss") };
  const pay = shop.commandOf("cash 1");
  const first = decide(shop.a.state, pay, cause, CONTEXT);
  expect(first.ok && first.events.length).toBe(2);
  shop.a.record(first.ok ? first.events : [], cause);
  expect(isRepeat(shop.a.state, cause)).toBe(true);
  expect(decide(shop.a.state, pay, cause, CONTEXT)).toEqual({ ok: true, events: [] });
  expect(decide(shop.a.state, shop.commandOf("thaw"), { ...cause, clerk: "" }, CONTEXT)).toEqual({
    ok: true,
    events: [],
  });
  expect(shop.textOf(decide(shop.a.state, pay, { ...cause, n: 2 }, CONTEXT))).toContain("cash 1.00");
  expect(shop.textOf(decide(shop.a.state, pay, { ...cause, view: 8 }, CONTEXT))).toContain("cash 1.00");
});

test("a refused tap leaves nothing, so that it is judged anew when it is sent again", () => {
  const shop = new Shop();
  const cause: Cause = { view: 7, n: 1, clerk: clerkId("boss") };
  const add = shop.commandOf("sell cake 1");
  expect(decide(shop.a.state, add, cause, CONTEXT)).toMatchObject({ refusal: { code: "item/sold_out" } });
  expect(isRepeat(shop.a.state, cause)).toBe(false);
});

test("the runtime's own view is never taken for a repeat", () => {
  const shop = new Shop("sell tea 1; cash 2.50");
  const own: Cause = { view: OWN_VIEW, n: 0, clerk: "" };
  const decided = decide(shop.a.state, shop.commandOf("print printed"), own, CONTEXT);
  expect(shop.textOf(decided)).toBe("printed");
});

test("a code of a print job that no record could carry is refused", () => {
  const shop = new Shop("sell tea 1; cash 2.50");
  const decided = shop.tap(`print failed printer/${"x".repeat(CODE_TEXT_LENGTH_MAX)}`);
  expect(shop.textOf(decided)).toBe("command/out_of_range code");
});

test("an order whose opening is not held is not worked on, but its print jobs end", () => {
  const shop = new Shop();
  // Of an order of C that A never heard the opening of.
  const facts = { sku: "tea", name: "Tea", quantityMilli: 1000, unitPriceMinor: 250, taxPpm: 250_000 };
  const line = {
    ...facts,
    priceSource: "list",
    reason: "",
    checksSeenCount: 0,
    returnOf: null,
    priceVersion: 0,
    pricing: null,
  } as const;
  shop.a.hear(placed("C", 9, 9, { type: "line_added", order: NO_EVENT, ...line } as never));
  shop.a.hear(
    placed("C", 10, 10, { type: "receipt_copied", order: NO_EVENT, closing: NO_EVENT, copyNumber: 1 }),
  );
  expect(shop.order?.marks).toContain("order_unknown");
  for (const command of [
    "add tea 1",
    "price gift 1 5.00 no label",
    "more 1 1",
    "void left",
    "freeze",
    "cash 5",
  ]) {
    expect(shop.textOf(shop.tap(command)), command).toBe("order/unknown");
  }
  expect(shop.textOf(shop.tap("print printed"))).toBe("printed");
});

test("everyone in the staff list can sign on with the rights that it names", () => {
  const shop = new Shop();
  expect([...shop.a.state.clerks.values()].map(({ clerk, rights }) => [clerk, rights])).toEqual(
    STAFF.map(({ clerk, rights }) => [clerk, rights]),
  );
});
