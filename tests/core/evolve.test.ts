/** What one machine knows of itself and of its orders after each record. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evolve, evolveOrder, isOrderEvent, orderOf } from "../../core/evolve.ts";
import { clerkId, drawerId, terminalId } from "../../core/ids.ts";
import {
  ORDERS_KEPT_COUNT_MAX,
  SHIFT_RATES_COUNT_MAX,
  SHIFT_WRITERS_COUNT_MAX,
  VIEWS_KEPT_COUNT_MAX,
} from "../../core/limits.ts";
import { carriedEvents } from "../../core/checkpoint.ts";
import type { Command } from "../../core/command.ts";
import { decide } from "../../core/decide.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import { emptyReport } from "../../core/shift/report.ts";
import { currentOrder, emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { CheckpointOpened, Event, Recorded } from "../../core/types.ts";
import { Shop } from "../support/attempts.ts";
import { wallMs } from "../../core/time.ts";
import { CONTEXT, epochAt, id, placed, STAFF, Writer } from "../support/core-fixtures.ts";
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

const HUGE = Number.MAX_SAFE_INTEGER;
const someId = fc.constantFrom("A/1", "A/2", "A/3", "A/4", "B/1", "B/2", "Z/9").map((its) => id(its));
const someMinor = fc.constantFrom(0, 1, 250, -250, HUGE, -HUGE).map((its) => minor(its));
const someClerk = fc.constantFrom("boss", "sam", "ghost").map((its) => clerkId(its));

/** Events of shifts, people and the machine, and the money that names a shift, with anything in them. */
const dayEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.tuple(someMinor, fc.constantFrom("1", "2")).map(([floatMinor, drawer]): Event => {
    const facts = { businessDate: "2026-11-22", currency: "SEK", floatMinor };
    return { type: "shift_opened", drawer: drawerId(drawer), ...facts };
  }),
  someId.map((shift): Event => ({ type: "shift_joined", shift })),
  fc
    .tuple(someId, fc.constantFrom("pay_in" as const, "pay_out" as const, "drop" as const), someMinor)
    .map(([shift, kind, amountMinor]): Event => ({
      type: "cash_moved",
      shift,
      kind,
      amountMinor,
      reason: "",
    })),
  fc.option(someId).map((shift): Event => ({ type: "drawer_opened", shift, reason: "" })),
  fc.tuple(someId, someMinor).map(([shift, countedMinor]): Event => ({
    type: "drawer_counted",
    shift,
    denominations: [],
    countedMinor,
  })),
  fc.tuple(someId, someMinor, fc.option(someId)).map(([check, amountMinor, shift]): Event => {
    const money = {
      method: "cash",
      amountMinor,
      handedMinor: amountMinor,
      changeMinor: amountMinor,
    } as const;
    return { type: "tender_captured", order: ORDER, check, ...money, shift, request: null };
  }),
  fc.tuple(someMinor, fc.nat(40), fc.option(someId)).map(([totalMinor, rate, shift]): Event => {
    const taxes = [{ ratePpm: ppm(rate), netMinor: totalMinor, taxMinor: totalMinor }];
    const money = { totalMinor, roundingMinor: totalMinor, taxes, shift };
    return { ...closed("A/3", 1), ...money };
  }),
  fc.tuple(someId, fc.nat(9), someMinor).map(([shift, zNumber, money]): Event => {
    const report = { ...emptyReport(OPENING), floatMinor: money, expectedMinor: money };
    const counts = { countedMinor: money, differenceMinor: money, reason: "" };
    return { type: "shift_closed", shift, zNumber, report, ...counts };
  }),
  someId.map((shift): Event => ({ type: "shift_reported", shift, report: emptyReport(OPENING) })),
  someId.map((closing): Event => ({ type: "report_copied", closing })),
  someId.map((job): Event => ({ type: "report_finished", job, outcome: "failed", code: "", mark: "none" })),
  someClerk.map((clerk): Event => ({ type: "pin_tried", clerk, purpose: "approve" })),
  fc.tuple(someClerk, someId).map(([clerk, attempt]): Event => ({ type: "pin_passed", clerk, attempt })),
  someClerk.map((clerk): Event => ({ type: "clerk_signed_off", clerk })),
  someClerk.map((clerk): Event => ({ type: "clerk_unlocked", clerk })),
  fc.tuple(someClerk, someClerk).map(([approver, requester]): Event => {
    const facts = { action: "refund", right: "refund", order: null, amountMinor: minor(0) } as const;
    return { type: "override_granted", approver, requester, ...facts };
  }),
  fc.boolean().map((isSoldOut): Event => ({ type: "item_availability_set", sku: "tea", isSoldOut })),
  fc.constant<Event>({ type: "training_started" }),
  fc.nat().map((byMs): Event => ({ type: "clock_flagged", flag: "behind", byMs })),
  fc.constant<Event>({ type: "clock_trusted" }),
  fc.constant<Event>(started),
  fc.constant<Event>(voided("A/9")),
  fc.constant<Event>(line(1)),
);

const OPENING = {
  drawer: drawerId("1"),
  businessDate: "2026-11-22",
  currency: "SEK",
  clerk: clerkId("boss"),
  openedAt: wallMs(0),
  floatMinor: minor(0),
};

test("any events of a day, of anybody and in any order, throw nothing and leave nothing that decide throws at", () => {
  const history = fc.array(fc.tuple(fc.constantFrom("A", "A", "B"), dayEvent, fc.boolean()), {
    maxLength: 40,
  });
  const property = fc.property(history, (steps) => {
    const seqs: Record<string, number> = {};
    const records = steps.map(([terminal, event, isTapped], index): Recorded => {
      const seq = (seqs[terminal] = (seqs[terminal] ?? 0) + 1);
      const cause = isTapped ? { view: 1, n: index + 1, clerk: clerkId("boss") } : null;
      return { ...placed(terminal, seq, index + 1, event), cause };
    });
    const state = stateOf(...records, ...records.slice(0, 5));
    for (const { clerk, name, rights } of STAFF) state.clerks.set(clerk, { clerk, name, rights });
    const tried: readonly Command[] = [...state.shifts.keys()].flatMap((shift) => [
      { type: "close_shift", shift, reason: "because" },
      { type: "count_drawer", shift, denominations: [{ valueMinor: 1, count: 1 }] },
      { type: "report_shift", shift },
      { type: "join_shift", shift },
    ]);
    for (const command of [
      ...tried,
      { type: "add_item", order: null, sku: "tea", quantityMilli: 1000 } as const,
    ]) {
      const cause = { view: 2, n: 1, clerk: clerkId("boss") };
      expect(decide(state, command, cause, CONTEXT)).toHaveProperty("ok");
    }
    for (const { report } of state.shifts.values()) {
      expect(report.taxes.length).toBeLessThanOrEqual(SHIFT_RATES_COUNT_MAX);
      expect(report.frontier.length).toBeLessThanOrEqual(SHIFT_WRITERS_COUNT_MAX);
      expect(Number.isSafeInteger(report.expectedMinor)).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 300 });
});

test("what is said of an own order that was let go of brings it back neither to the screen nor to a checkpoint", () => {
  const gone: Event = {
    ...{ type: "units_returned", order: id("A/77"), closing: id("A/80"), by: id("B/1") },
    lines: [{ line: id("A/78"), quantityMilli: milli(1000) }],
    money: null,
    tenders: null,
  };
  const state = stateOf(placed("A", 1, 1, started), placed("B", 9, 2, gone));
  expect([state.orders.size, state.working.size, currentOrder(state)]).toEqual([1, 0, null]);
  expect(carriedEvents(state)).toEqual([]);
});
