/** What one machine knows of itself and of its orders after each record. */
import { expect, test } from "vitest";
import { evolve, evolveOrder, isOrderEvent, orderOf } from "../../core/evolve.ts";
import { clerkId, terminalId } from "../../core/ids.ts";
import { ORDERS_KEPT_COUNT_MAX, VIEWS_KEPT_COUNT_MAX } from "../../core/limits.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { CheckpointOpened, Event, Recorded } from "../../core/types.ts";
import { Shop } from "../support/attempts.ts";
import { epochAt, id, placed, Writer } from "../support/core-fixtures.ts";
import { closed, line, opened, ORDER, printed, voided } from "../support/order-events.ts";

function stateOf(...records: readonly Recorded[]): State {
  return records.reduce(evolve, emptyState(terminalId("A"), epochAt(9)));
}

const started: Event = {
  type: "epoch_started",
  parent: null,
  opening: "new",
  detail: "",
  series: "S1",
  runtimeVersion: "",
};
const checkpoint: CheckpointOpened = {
  type: "checkpoint_opened",
  series: "S7",
  nextReceiptNumber: 41,
  lamport: 900,
  clerks: [{ clerk: clerkId("anna"), name: "Anna", rights: ["sell"] }],
  views: [
    { view: 5, n: 3 },
    { view: 4, n: 8 },
  ],
  carriedCount: 0,
};

test("one's own records move epoch, seq and series; those of others only the Lamport time", () => {
  const state = stateOf(placed("A", 1, 1, started, 2), placed("B", 77, 50, started, 3));
  expect([state.epoch, state.seq, state.lamport, state.receiptSeries]).toEqual([epochAt(2), 1, 50, "S1"]);
});

test("a record of one's own that comes back is folded once and turns nothing back", () => {
  const records = [placed("A", 1, 1, started), placed("A", 2, 2, opened()), placed("A", 3, 3, line(1))];
  const again = stateOf(...records, ...records.slice(0, 2));
  expect(again.seq).toBe(3);
  expect(again).toEqual(stateOf(...records));
});

test("receipt numbers go on from the highest of the series, and from 1 in a new one", () => {
  const paid = (seq: number, series: string, number: number): Recorded => {
    return placed("A", seq, seq, { ...closed("A/3", 1), receipt: { series, number } } as Event);
  };
  const numbers = (...records: readonly Recorded[]): number =>
    stateOf(placed("A", 1, 1, started), ...records).nextReceiptNumber;
  expect(numbers(paid(2, "S1", 1), paid(3, "S1", 2))).toBe(3);
  expect(numbers(paid(2, "S1", 5), paid(3, "S1", 4))).toBe(6);
  expect(numbers(paid(2, "S0", 5))).toBe(1);
  expect(numbers(paid(2, "S1", 5), placed("A", 3, 3, { ...started, series: "S1" }, 2))).toBe(6);
  expect(
    numbers(paid(2, "S1", 5), placed("A", 3, 3, { type: "continuity_lost", series: "S2", detail: "" })),
  ).toBe(1);
  expect(numbers({ ...paid(2, "S1", 5), terminal: terminalId("B") })).toBe(1);
});

test("a checkpoint at the head of a history is all that is known, within one it says nothing new", () => {
  const head = stateOf(placed("A", 40, 41, checkpoint, 3));
  expect([head.epoch, head.seq, head.lamport]).toEqual([epochAt(3), 40, 900]);
  expect([head.receiptSeries, head.nextReceiptNumber]).toEqual(["S7", 41]);
  expect([...head.clerks.keys(), ...head.views]).toEqual(["anna", [5, 3], [4, 8]]);
  const within = stateOf(placed("A", 1, 1, started), placed("A", 2, 2, checkpoint));
  expect([within.receiptSeries, within.nextReceiptNumber, within.clerks.size, within.views.size]).toEqual([
    "S1",
    1,
    0,
    0,
  ]);
});

test("clerks are those who signed on here, with the newest rights", () => {
  const signed = { type: "clerk_signed_on", clerk: clerkId("anna"), name: "Anna", rights: ["sell"] } as const;
  const state = stateOf(
    placed("A", 1, 1, started),
    placed("A", 2, 2, signed),
    placed("A", 3, 3, { ...signed, rights: [] }),
    placed("B", 1, 4, { ...signed, clerk: clerkId("ben") }),
  );
  expect([...state.clerks.values()]).toEqual([{ clerk: "anna", name: "Anna", rights: [] }]);
});

test("the newest tap of each view is remembered, the longest unused view is forgotten first", () => {
  const tap = (seq: number, view: number, n: number): Recorded => {
    return { ...placed("A", seq, seq, opened()), cause: { view, n, clerk: "" } };
  };
  const taps = Array.from({ length: VIEWS_KEPT_COUNT_MAX }, (_, index) => tap(index + 1, index + 1, 9));
  const seq = VIEWS_KEPT_COUNT_MAX;
  const state = stateOf(...taps, tap(seq + 1, 1, 4), tap(seq + 2, 999, 1));
  expect(state.views.size).toBe(VIEWS_KEPT_COUNT_MAX);
  expect([state.views.get(1), state.views.get(2), state.views.get(999)]).toEqual([9, undefined, 1]);
});

test("finished orders leave first when there are too many, open ones never", () => {
  const state = stateOf(placed("A", 1, 1, opened()), placed("A", 2, 2, line(1)));
  for (let seq = 3; seq <= ORDERS_KEPT_COUNT_MAX + 12; seq += 1) {
    evolve(state, placed("A", seq, seq, opened()));
    if (seq < 5) evolve(state, placed("B", seq, seq, { ...voided(""), order: id(`A/${seq}`) } as Event));
  }
  expect(state.orders.has(ORDER)).toBe(true);
  expect([state.orders.has(id("A/3")), state.orders.has(id("A/4")), state.orders.has(id("A/5"))]).toEqual([
    false,
    false,
    true,
  ]);
});

test("an event belongs to the order that it opens or names, or to none", () => {
  expect(orderOf(opened(), placed("A", 5, 5, opened()))).toBe(id("A/5"));
  expect(orderOf(line(1), placed("B", 5, 5, line(1)))).toBe(ORDER);
  expect(orderOf(started, placed("A", 5, 5, started))).toBeNull();
  expect([isOrderEvent(opened()), isOrderEvent(printed("A/9", "printed")), isOrderEvent(started)]).toEqual([
    true,
    true,
    false,
  ]);
});

test("folding only orders leaves the rest of the state as it is", () => {
  const state = emptyState(terminalId("A"), epochAt(9));
  evolveOrder(state, placed("A", 1, 1, opened()));
  evolveOrder(state, placed("A", 2, 2, started));
  expect([state.seq, state.lamport, state.orders.size]).toEqual([0, 0, 1]);
});

test("a replay of the journal is the state that was left", () => {
  const shop = new Shop(
    "sell tea 2; add bun 1; cash 5; cash 2; sell tea 1; void left; open return torn; add tea 1; pay_out",
  );
  const { a, b } = shop;
  const replayed = new Writer("A").state;
  const heard = b.records.map((recorded) => recorded);
  const fresh = emptyState(a.terminal, replayed.epoch);
  for (const recorded of [...a.records, ...heard]) evolve(fresh, recorded);
  expect(fresh).toEqual({ ...a.state, orders: fresh.orders });
  expect(new Map(fresh.orders)).toEqual(new Map(a.state.orders));
});
