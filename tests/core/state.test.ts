/** Positions in one's own journal, and the order that a screen works on. */
import { expect, test } from "vitest";
import { currentOrder, emptyState, idAhead } from "../../core/state.ts";
import { terminalId } from "../../core/ids.ts";
import { Shop } from "../support/attempts.ts";
import { epochAt } from "../support/core-fixtures.ts";

test("the id ahead is the one that the next event gets", () => {
  const state = emptyState(terminalId("A"), epochAt(3));
  expect([idAhead(state, 0), idAhead(state, 2)]).toEqual(["A/0000000000000003/1", "A/0000000000000003/3"]);
  const shop = new Shop();
  const ahead = idAhead(shop.a.state, 0);
  shop.tap("sell tea 1");
  expect(shop.order?.id).toBe(ahead);
});

test.each([
  ["nothing", "", null],
  ["an order of another terminal", "B: sell tea 1", null],
  ["a closed order", "sell tea 1; cash 5", null],
  ["a voided order", "sell tea 1; void left", null],
  ["an open order", "sell tea 1", 0],
  ["a frozen order", "sell tea 1; freeze", 0],
  ["two open orders", "sell tea 1; sell bun 1", 1],
  ["an open order before a closed one", "sell tea 1; sell bun 1; cash 5", 0],
])("with %s the screen's order is %s %s", (_, given, index) => {
  const { state } = new Shop(given).a;
  const ids = [...state.orders.keys()];
  expect(currentOrder(state)?.id ?? null).toBe(index === null ? null : ids[index]);
});
