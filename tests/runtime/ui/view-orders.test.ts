/** The list of orders, from the state alone. */
import { expect, test } from "vitest";

import type { LineId, OrderId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import { ORDERS_LISTED_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { orderRows } from "../../../runtime/ui/view-orders.ts";
import { NOON_MS, seller } from "../../support/screen-seller.ts";
import type { Seller } from "../../support/screen-seller.ts";
import { SetClock } from "../../support/screen-terminal.ts";

function rows({ loop, status, clock }: Seller) {
  return orderRows(loop.state, status, clock.wall(), 0);
}

test("the list holds today in the store's zone, newest first, with what is not stored or not sent", async () => {
  const terminal = await seller(new SetClock(NOON_MS - 86_400_000));
  const { loop, status, journal, clock, add, cash } = terminal;
  await add("101");
  await cash(1800);
  clock.nowMs = NOON_MS;
  await add("101");
  await cash(2000);
  status.ackedSeq = journal.headSeq;
  await add("201", 3000);
  expect(rows(terminal)).toMatchObject([
    {
      phase: "open",
      receipt: "",
      totalMinor: 6600,
      itemCount: 3,
      isStored: true,
      isUnsent: true,
      timeText: "12:00",
    },
    {
      phase: "closed",
      receipt: "till-1-a1-2",
      totalMinor: 1800,
      itemCount: 1,
      isUnsent: false,
      print: "pending",
    },
  ]);
  // Yesterday's sale, and the order that is open whatever the day.
  expect(orderRows(loop.state, status, wallMs(NOON_MS - 86_400_000), 0).map(({ phase }) => phase)).toEqual([
    "open",
    "closed",
  ]);
  journal.isHeld = true;
  await add("101");
  expect(rows(terminal)[0]).toMatchObject({ isStored: false });
});

test("an order whose lines were all taken off again is not listed", async () => {
  const terminal = await seller();
  const { shown, add, tap } = terminal;
  await add("101");
  const { order, lines } = shown();
  await tap({ type: "remove_units", order, line: lines[0]?.line as LineId, quantityMilli: 1000, reason: "" });
  expect(rows(terminal)).toEqual([]);
  expect(shown()).toMatchObject({ order, lines: [], totalMinor: 0 });
});

test("a void order is listed as void with nothing to pay", async () => {
  const terminal = await seller();
  const { shown, add, tap } = terminal;
  await add("101");
  await tap({ type: "void_order", order: shown().order satisfies OrderId, reason: "left" });
  expect(rows(terminal)).toMatchObject([{ phase: "voided", totalMinor: 0, receipt: "" }]);
});

test("the list stops at its bound and keeps the newest", async () => {
  const terminal = await seller();
  const { add, cash } = terminal;
  for (let count = 0; count < ORDERS_LISTED_COUNT_MAX + 3; count += 1) {
    await add("101");
    await cash(1800);
  }
  expect(rows(terminal)).toHaveLength(ORDERS_LISTED_COUNT_MAX);
  expect(rows(terminal)[0]?.receipt).toBe(`till-1-a1-${ORDERS_LISTED_COUNT_MAX + 3}`);
});

test("a return is negative in the list, and the sale that it is of says that something came back", async () => {
  const terminal = await seller();
  const { add, cash, tap, shown } = terminal;
  await add("101");
  const line = shown().lines[0]?.line as LineId;
  await cash(1800);
  const closing = [...terminal.loop.state.orders.values()][0]?.order.checks[0]?.closings[0]?.id;
  if (closing === undefined) throw new Error("Nothing was closed");
  expect(rows(terminal)).toMatchObject([{ isReturned: false }]);
  await tap({ type: "refund", closing, lines: [{ line, quantityMilli: 1000 }], reason: "broken" });
  expect(rows(terminal)).toMatchObject([
    { kind: "return", phase: "closed", totalMinor: -1800, isReturned: false, markCount: 0 },
    { kind: "sale", phase: "closed", totalMinor: 1800, isReturned: true },
  ]);
});

test("what was parked yesterday is listed with its label until it is finished", async () => {
  const terminal = await seller(new SetClock(NOON_MS - 86_400_000));
  const { add, tap, shown, cash, clock } = terminal;
  await add("101");
  const { order } = shown();
  await tap({ type: "park_order", order, label: "Mr Wu" });
  clock.nowMs = NOON_MS;
  expect(rows(terminal)).toMatchObject([{ order, isParked: true, label: "Mr Wu", phase: "open" }]);
  await tap({ type: "recall_order", order });
  expect(rows(terminal)).toMatchObject([{ order, isParked: false }]);
  await cash(1800);
  expect(rows(terminal)).toMatchObject([{ order, phase: "closed", timeText: "12:00" }]);
  clock.nowMs = NOON_MS + 86_400_000;
  expect(rows(terminal)).toEqual([]);
});

test("an acknowledgement beyond the head is of another history: everything is unsent", async () => {
  const terminal = await seller();
  await terminal.add("101");
  terminal.status.ackedSeq = terminal.journal.headSeq + 1;
  expect(rows(terminal)).toMatchObject([{ isUnsent: true }]);
});
