/** What a shift is after its events: a span of the journal, by nobody's clock, closed for good. */
import { expect, test } from "vitest";
import { carriedEvents, checkpointOf, dayOf, restoreDay } from "../../../core/checkpoint.ts";
import { evolve, evolveCarried } from "../../../core/evolve.ts";
import { drawerId } from "../../../core/ids.ts";
import { SHIFTS_KEPT_COUNT_MAX } from "../../../core/limits.ts";
import { minor } from "../../../core/money.ts";
import { reportBlocks } from "../../../core/receipt/report.ts";
import { currentOrder, emptyState } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { idleReceiptShop } from "../../support/day-report.ts";
import { HOUR_MS, idOf, MORNING_MS, Till } from "../../support/day-till.ts";

/** A day with everything that moves cash; answers with what the drawer must hold. */
function workedDay(till: Till): number {
  till.sell(2, 1000);
  till.move("pay_in", 300);
  const order = till.sell(3, 750);
  till.move("pay_out", 120);
  till.refund(order, 1000);
  till.move("drop", 500);
  till.must({ type: "open_drawer", reason: "change" });
  till.sell(1, 250, "boss", "bun");
  return 500 + 750 + 120 + 300 - 250 - 120 - 500;
}

test("T12: expected is float + cash in - change - cash refunds + pay-ins - pay-outs - drops", () => {
  const till = new Till("A");
  const shift = till.openShift(10_000);
  expect(till.report(shift).expectedMinor).toBe(10_000);
  const expectedMinor = 10_000 + workedDay(till);
  const report = till.report(shift);
  expect(report).toMatchObject({
    floatMinor: 10_000,
    cashInMinor: 1000 + 750 + 250,
    changeMinor: 500 + 130,
    cashRefundMinor: 250,
    payInMinor: 300,
    payOutMinor: 120,
    dropMinor: 500,
    saleCount: 3,
    salesMinor: 1370,
    returnCount: 1,
    returnsMinor: 250,
    noSaleCount: 1,
    methods: [{ method: "cash", count: 4, amountMinor: 1120 }],
    expectedMinor,
  });
  const { cashInMinor, changeMinor, cashRefundMinor, payInMinor, payOutMinor, dropMinor } = report;
  expect(10_000 + cashInMinor - changeMinor - cashRefundMinor + payInMinor - payOutMinor - dropMinor).toBe(
    expectedMinor,
  );
});

function dayWithClock(setBack: boolean): Till {
  const till = new Till("A");
  const shift = till.openShift(10_000);
  till.sell(1, 500);
  if (setBack) till.nowMs -= 2 * HOUR_MS;
  workedDay(till);
  if (setBack) till.own({ type: "flag_clock", flag: "behind", byMs: 2 * HOUR_MS });
  till.sell(2, 500);
  till.closeShift(shift);
  return till;
}

test("T12: a clock that is set back by two hours in a shift changes no figure of its Z", () => {
  const figures = [dayWithClock(false), dayWithClock(true)].map((till) => {
    const { event } = [...till.state.reports.values()].at(-1) ?? {};
    if (event?.type !== "shift_closed") throw new Error("no Z");
    const { frontier, ...report } = event.report;
    return { ...event, report, writerCount: frontier.length };
  });
  expect(figures[1]).toEqual(figures[0]);
  expect(figures[0]?.report.saleCount).toBe(5);
});

test("voids and copies count for the shift that their clerk works in", () => {
  const till = new Till("A");
  const [mine, theirs] = [till.openShift(0, "1"), till.openShift(0, "2", "may_shift")];
  const order = till.sell(1, 250);
  till.must({ type: "copy_receipt", order: order.id });
  const [opened] = till.must({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  till.must({ type: "void_order", order: idOf(opened), reason: "left" });
  expect(till.report(mine)).toMatchObject({ voidCount: 1, copyCount: 1 });
  expect(till.report(theirs)).toMatchObject({ voidCount: 0, copyCount: 0 });
});

test("with several drawers at one terminal each clerk's cash goes through the own one", () => {
  const till = new Till("A");
  const [first, second] = [till.openShift(100, "1"), till.openShift(200, "2", "may_shift")];
  till.sell(1, 250);
  till.sell(2, 500, "may_shift");
  expect(till.report(first)).toMatchObject({ saleCount: 1, expectedMinor: 350 });
  expect(till.report(second)).toMatchObject({ saleCount: 1, expectedMinor: 700 });
  const [opened] = till.must({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 }, "sam");
  const pay = { type: "take_cash", order: idOf(opened), handedMinor: 250, leftMinor: null } as const;
  expect(till.says(pay, "sam")).toBe("shift/ambiguous");
  till.closeShift(first);
  expect(till.says(pay, "sam")).toBe("check_frozen tender_captured check_closed");
  expect(till.report(second)).toMatchObject({ saleCount: 2, expectedMinor: 950 });
});

function sharedDrawer(): { a: Till; b: Till; shift: ReturnType<Till["openShift"]> } {
  const [a, b] = [new Till("A"), new Till("B", { needsShift: true })];
  const shift = a.openShift(1000);
  b.hear(a);
  b.must({ type: "join_shift", shift });
  return { a, b, shift };
}

test("one drawer for several terminals counts the cash of all, whenever it becomes known", () => {
  const { a, b, shift } = sharedDrawer();
  b.sell(1, 300);
  a.sell(2, 500);
  expect([a.report(shift).expectedMinor, b.report(shift).expectedMinor]).toEqual([1500, 1250]);
  a.count(shift, 1500);
  a.hear(b);
  expect(a.shift(shift).countedMinor).toBeNull();
  expect(a.report(shift)).toMatchObject({
    saleCount: 2,
    cashInMinor: 800,
    changeMinor: 50,
    expectedMinor: 1750,
  });
  b.hear(a);
  expect({ ...b.report(shift), frontier: [] }).toEqual({ ...a.report(shift), frontier: [] });
});

test("what another terminal did before it heard of the closing moves nothing of the Z", () => {
  const { a, b, shift } = sharedDrawer();
  b.sell(1, 250);
  a.hear(b);
  a.closeShift(shift);
  const closed = a.shift(shift);
  b.sell(3, 750);
  a.hear(b);
  expect(a.shift(shift)).toEqual(closed);
  b.hear(a);
  expect(b.report(shift)).toEqual(closed.report);
  const [opened] = b.must({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const pay = { type: "take_cash", order: idOf(opened), handedMinor: 250, leftMinor: null } as const;
  expect(b.says(pay)).toBe("shift/not_open");
});

test("only the terminal that opened a shift counts and closes it, whatever another one says", () => {
  const { a, b, shift } = sharedDrawer();
  const { report } = a.shift(shift);
  const rest = { countedMinor: minor(5), differenceMinor: minor(-995), reason: "mine now" };
  b.record([{ type: "drawer_counted", shift, denominations: [], countedMinor: minor(5) }], null);
  b.record([{ type: "shift_closed", shift, zNumber: 9, report, ...rest }], null);
  a.hear(b);
  expect(a.shift(shift)).toMatchObject({ countedMinor: null, closing: null });
  expect(a.state.nextZNumber).toBe(1);
});

test("records of one's own that come back count once and open nothing again", () => {
  const till = new Till("A");
  const shift = till.openShift(0);
  till.sell(1, 250);
  const open = structuredClone(till.report(shift));
  for (const recorded of till.records) evolve(till.state, recorded);
  expect(till.report(shift)).toEqual(open);
  till.closeShift(shift);
  till.state.shifts.clear();
  for (const recorded of till.records) evolve(till.state, recorded);
  expect(till.state.shifts.size).toBe(0);
});

test("a peer ends no print job of this terminal, and its figures are not kept here", () => {
  const { a, b, shift } = sharedDrawer();
  const [reported] = a.must({ type: "report_shift", shift });
  const job = idOf(reported);
  b.record([{ type: "report_finished", job, outcome: "printed", code: "", mark: "none" }], null);
  b.must({ type: "report_shift", shift });
  a.hear(b);
  expect([...a.state.reportJobs]).toEqual([job]);
  a.own({ type: "finish_report", job, outcome: "printed", code: "", mark: "none" });
  expect(a.state.reportJobs.size).toBe(0);
  expect(a.own({ type: "finish_report", job, outcome: "failed", code: "", mark: "none" })).toEqual([]);
});

test("Z numbers rise without gaps, and the Z printed again is the same document", () => {
  const till = new Till("A");
  const numbers = [1, 2, 3].map(() => {
    const closing = till.closeShift(till.openShift(0));
    const before = JSON.stringify(reportBlocks(reportOf(till, closing), idleReceiptShop));
    till.nowMs += HOUR_MS;
    till.must({ type: "print_report", closing });
    expect(JSON.stringify(reportBlocks(reportOf(till, closing), idleReceiptShop))).toBe(before);
    const { event } = reportOf(till, closing);
    return event.type === "shift_closed" ? event.zNumber : 0;
  });
  expect(numbers).toEqual([1, 2, 3]);
});

function reportOf(till: Till, closing: ReturnType<Till["closeShift"]>) {
  const report = till.state.reports.get(closing);
  if (report === undefined) throw new Error("no report");
  return report;
}

test("closed shifts and printed figures are kept up to their bound, open ones always", () => {
  const till = new Till("A", { drawers: ["1", "2"].map(drawerId) });
  const stays = till.openShift(0, "2");
  for (let n = 0; n < SHIFTS_KEPT_COUNT_MAX + 5; n += 1) till.closeShift(till.openShift(0, "1"));
  expect(till.state.shifts.has(stays)).toBe(true);
  expect(till.state.shifts.size).toBeLessThanOrEqual(SHIFTS_KEPT_COUNT_MAX);
  expect(till.state.reports.size).toBe(SHIFTS_KEPT_COUNT_MAX);
});

test("shifts that other terminals opened and nobody joined leave when there are too many", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const mine = a.openShift(0);
  for (let n = 0; n < 3 * SHIFTS_KEPT_COUNT_MAX; n += 1) {
    b.record(
      [
        {
          type: "shift_opened",
          drawer: drawerId("7"),
          businessDate: "",
          currency: "SEK",
          floatMinor: minor(0),
        },
      ],
      null,
    );
  }
  a.hear(b);
  expect(a.state.shifts.size).toBeLessThanOrEqual(SHIFTS_KEPT_COUNT_MAX);
  expect(a.state.shifts.has(mine)).toBe(true);
});

// As the runtime does where a fold begins at a checkpoint.
function fromCheckpoint(till: Till): State {
  const carried = carriedEvents(till.state);
  const [opening] = till.record([checkpointOf(till.state, carried.length)], null);
  const day = dayOf(till.state);
  const [carriedDay] = till.record([day], null);
  const fresh = emptyState(till.terminal, till.state.epoch);
  if (opening === undefined || carriedDay === undefined) throw new Error("no checkpoint");
  evolve(fresh, opening);
  restoreDay(fresh, day);
  evolve(fresh, carriedDay);
  for (const recorded of carried) evolveCarried(fresh, recorded);
  return fresh;
}

function dayView(state: State): unknown {
  const { seq, lamport, nextReceiptNumber, nextZNumber, businessDate, soldOut, isTraining } = state;
  // Whether a try under way was right is asked again after a start.
  const pins = [...state.pins].map(([clerk, { failureCount }]) => [clerk, failureCount]);
  const { clockHighWaterMs, clockFlag, reportJobs } = state;
  const shifts = [...state.shifts.values()].filter(({ closing }) => closing === null);
  return {
    ...{ seq, lamport, nextReceiptNumber, nextZNumber, businessDate, pins, soldOut, isTraining },
    ...{ clockHighWaterMs, clockFlag, reportJobs, shifts, current: currentOrder(state) },
  };
}

test("a fold from a checkpoint in mid-shift equals the fold from the start, then and at the Z", () => {
  const { a, b, shift } = sharedDrawer();
  a.must({ type: "set_sold_out", sku: "tea", isSoldOut: true });
  a.must({ type: "set_sold_out", sku: "tea", isSoldOut: false });
  a.wrongPin("sam");
  b.sell(1, 250);
  a.hear(b);
  const own = b.openShift(50, "2", "may_shift");
  a.hear(b);
  workedDay(a);
  a.count(shift, 4242);
  a.must({ type: "report_shift", shift });
  const fresh = fromCheckpoint(a);
  expect(dayView(fresh)).toEqual(dayView(a.state));
  expect(fresh.shifts.has(own)).toBe(true);
  expect(fresh.shifts.get(shift)).toMatchObject({ countedMinor: 4242, owner: "A" });

  const since = a.records.length;
  const heard = b.records.length;
  workedDay(a);
  b.sell(1, 250);
  a.hear(b);
  a.closeShift(shift);
  for (const recorded of b.records.slice(heard)) evolve(fresh, recorded);
  for (const recorded of a.records.slice(since)) evolve(fresh, recorded);
  expect(dayView(fresh)).toEqual(dayView(a.state));
  expect([...fresh.reports].at(-1)).toEqual([...a.state.reports].at(-1));
});

test("a clock that is off by years moves neither figures nor dates back", () => {
  const till = new Till("A");
  till.closeShift(till.openShift(0));
  till.nowMs = MORNING_MS - 20 * 365 * 24 * HOUR_MS;
  const shift = till.openShift(0);
  expect(till.report(shift).businessDate).toBe("2026-11-22");
  till.sell(1, 250);
  expect(till.report(shift).expectedMinor).toBe(250);
});
