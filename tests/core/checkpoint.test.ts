/** A fold that begins at a checkpoint knows what goes on. */
import { expect, test } from "vitest";
import { carriedEvents, checkpointOf } from "../../core/checkpoint.ts";
import { evolve, evolveOrder } from "../../core/evolve.ts";
import { currentOrder, emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { Shop } from "../support/attempts.ts";
import { epochAt, placed } from "../support/core-fixtures.ts";

function resumed({ a }: Shop): State {
  const { state } = a;
  const checkpoint = placed("A", state.seq + 1, state.lamport + 1, checkpointOf(state, 0));
  const fresh = evolve(emptyState(a.terminal, epochAt(7)), checkpoint);
  for (const recorded of carriedEvents(state)) evolveOrder(fresh, recorded);
  return fresh;
}

test("counters, clerks and taps go on, and unfinished orders are what they were", () => {
  const shop = new Shop(
    "sell tea 1; cash 5; print printed; sell bun 1; B: sell tea 2; sell tea 1; freeze; cash 1",
  );
  const { state } = shop.a;
  const fresh = resumed(shop);
  expect([fresh.epoch, fresh.seq, fresh.receiptSeries, fresh.nextReceiptNumber]).toEqual([
    state.epoch,
    state.seq + 1,
    "S1",
    2,
  ]);
  expect(fresh.lamport).toBeGreaterThan(state.lamport);
  expect([fresh.clerks, fresh.views]).toEqual([state.clerks, state.views]);
  const orders = (of: typeof state): unknown =>
    [...of.orders].map(([id, { order, events }]) => [id, order, events]);
  expect(orders(fresh)).toEqual(
    [...state.orders].slice(1).map(([id, { order, events }]) => [id, order, events]),
  );
  expect(currentOrder(fresh)).toEqual(currentOrder(state));
});

test.each([
  ["an open order", "sell tea 1", 2],
  ["a frozen order", "sell tea 1; freeze", 3],
  ["a closed order whose receipt is not out yet", "sell tea 1; cash 5", 5],
  ["a closed order whose receipt is out", "sell tea 1; cash 5; print printed", 0],
  ["a closed order whose receipt failed", "sell tea 1; cash 5; print failed printer/silent", 0],
  ["a voided order", "sell tea 1; void left", 0],
])("of %s the checkpoint carries what is needed", (_, given, count) => {
  expect(carriedEvents(new Shop(given).a.state)).toHaveLength(count);
});
