/** One order, whole, from the state alone. */
import { expect, test } from "vitest";

import { eventId } from "../../../core/ids.ts";
import type { EventId, LineId, OrderId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import { TIMELINE_ROWS_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { orderDetail } from "../../../runtime/ui/view-order-detail.ts";
import type { OrderDetail } from "../../../runtime/ui/panels.ts";
import { seller } from "../../support/screen-seller.ts";
import type { Seller } from "../../support/screen-seller.ts";

function detail({ loop, status }: Seller, order: OrderId): OrderDetail {
  const content = orderDetail(loop.state, status, order, 0);
  if (content === null) throw new Error("The order is not here");
  return content;
}

/** Sells two coffees and a cake for 58.00, and gives the order, its lines and its closing. */
async function sold(terminal: Seller) {
  await terminal.add("101", 2000);
  await terminal.add("201");
  const { order, lines } = terminal.shown();
  await terminal.cash(10_000);
  const [closing] = detail(terminal, order).closings;
  const [coffee, cake] = lines.map(({ line }) => line);
  if (closing === undefined || coffee === undefined || cake === undefined)
    throw new Error("Nothing was sold");
  return { order, closing: closing.closing, coffee, cake };
}

function printJob({ effects }: Seller): { readonly order: OrderId; readonly job: EventId } {
  const print = effects.findLast((effect) => effect.type === "print_receipt");
  if (print?.type !== "print_receipt") throw new Error("Nothing was printed");
  return { order: print.order, job: print.job };
}

test("an order that is not here is null", async () => {
  const { loop, status } = await seller();
  const unknown = eventId({ terminal: loop.state.terminal, epoch: loop.state.epoch, seq: 99 });
  expect(orderDetail(loop.state, status, unknown, 0)).toBeNull();
});

test("an open order shows its open lines, and those that wait for money", async () => {
  const terminal = await seller();
  await terminal.tap({ type: "open_order", kind: "sale", label: "Table 4", reason: "" });
  await terminal.add("101", 2000);
  const { order } = terminal.shown();
  await terminal.tap({ type: "set_note", order, line: null, text: "birthday" });
  expect(detail(terminal, order)).toMatchObject({
    kind: "sale",
    phase: "open",
    isParked: false,
    label: "Table 4",
    note: "birthday",
    returnOf: "",
    openTotalMinor: 3600,
    openLines: [{ sku: "101", quantityMilli: 2000, amountMinor: 3600, returnedMilli: 0 }],
    closings: [],
    marks: [],
  });
  await terminal.tap({ type: "freeze_check", order });
  expect(detail(terminal, order)).toMatchObject({ phase: "frozen", openLines: [{ sku: "101" }] });
  await terminal.tap({ type: "thaw_check", order, check: terminal.shown().check ?? order });
  await terminal.tap({ type: "park_order", order, label: "Mr Wu" });
  expect(detail(terminal, order)).toMatchObject({ isParked: true, label: "Mr Wu" });
});

test("a closing shows its facts, its lines with what came back of them, and its paper", async () => {
  const terminal = await seller();
  const { order, closing, coffee } = await sold(terminal);
  const lines = [{ line: coffee, quantityMilli: 1000 }];
  await terminal.tap({ type: "refund", closing, lines, reason: "cold" });
  const view = detail(terminal, order);
  expect(view.openLines).toEqual([]);
  expect(view.closings).toMatchObject([
    {
      closing,
      receipt: "till-1-a1-1",
      timeText: "12:00",
      clerk: "ana",
      totalMinor: 5800,
      roundingMinor: 0,
      orderRoundingMinor: 0,
      handedMinor: 10_000,
      changeMinor: 4200,
      copyCount: 0,
      print: "pending",
      printMark: "none",
      lines: [
        { line: coffee, quantityMilli: 2000, amountMinor: 3600, returnedMilli: 1000 },
        { sku: "201", amountMinor: 2200, returnedMilli: 0 },
      ],
    },
  ]);
});

test("a return names the receipt that it pays back, and its money is below zero", async () => {
  const terminal = await seller();
  const { closing, coffee } = await sold(terminal);
  const lines = [{ line: coffee, quantityMilli: 2000 }];
  const [opened] = await terminal.tap({ type: "refund", closing, lines, reason: "cold" });
  if (opened === undefined) throw new Error("Nothing came back");
  expect(detail(terminal, eventId(opened))).toMatchObject({
    kind: "return",
    phase: "closed",
    reason: "cold",
    returnOf: "till-1-a1-1",
    closings: [{ totalMinor: -3600, handedMinor: -3600, changeMinor: 0 }],
  });
});

test("paper is that of the newest copy, with its mark", async () => {
  const terminal = await seller();
  const { order } = await sold(terminal);
  await terminal.tap({
    type: "finish_print",
    ...printJob(terminal),
    outcome: "printed",
    code: "",
    mark: "resumed",
  });
  const closingOf = () => detail(terminal, order).closings[0];
  expect(closingOf()).toMatchObject({ print: "printed", printMark: "resumed", copyCount: 0 });
  await terminal.tap({ type: "copy_receipt", order });
  expect(closingOf()).toMatchObject({ print: "pending", printMark: "none", copyCount: 1 });
  const code = "printer/paper_out";
  await terminal.tap({ type: "finish_print", ...printJob(terminal), outcome: "failed", code, mark: "none" });
  expect(closingOf()).toMatchObject({ print: "failed" });
});

test("the timeline tells what was done, to what, by whom, and where it is safe", async () => {
  const terminal = await seller();
  const { order, closing, coffee } = await sold(terminal);
  terminal.status.ackedSeq = terminal.journal.headSeq - 1;
  terminal.journal.isHeld = true;
  await terminal.tap({ type: "set_sold_out", sku: "101", isSoldOut: true });
  terminal.journal.release();
  const lines = [{ line: coffee, quantityMilli: 1000 }];
  await terminal.tap({ type: "refund", closing, lines, reason: "cold" });
  const { timeline } = detail(terminal, order);
  expect(
    timeline.map(({ type, clerk, detail: about, quantityMilli, amountMinor }) => [
      type,
      clerk,
      about,
      quantityMilli,
      amountMinor,
    ]),
  ).toEqual([
    ["order_opened", "ana", "", null, null],
    ["line_added", "", "Coffee", 2000, 1800],
    ["line_added", "ana", "Cake", 1000, 2200],
    ["check_frozen", "ana", "", null, 5800],
    ["tender_captured", "", "", null, 5800],
    ["check_closed", "ana", "till-1-a1-1", null, 5800],
    ["units_returned", "", "", 1000, null],
  ]);
  expect(timeline.map(({ isStored }) => isStored)).toEqual(timeline.map(() => true));
  expect(timeline.map(({ isSent }) => isSent)).toEqual([true, true, true, true, true, false, false]);
  expect(timeline[0]?.timeText).toBe("12:00");
});

test("what is not on disk yet says so in the timeline", async () => {
  const terminal = await seller();
  await terminal.add("101");
  const { order } = terminal.shown();
  terminal.journal.isHeld = true;
  await terminal.add("201");
  expect(detail(terminal, order).timeline.map(({ type, isStored }) => [type, isStored])).toEqual([
    ["order_opened", true],
    ["line_added", true],
    ["line_added", false],
  ]);
});

test("parking, undoing, notes, voids and roundings have their words", async () => {
  const rounding = { incrementMinor: minor(500), tie: "up" } as const;
  const terminal = await seller(undefined, { cashRounding: rounding });
  const { tap, add, shown } = terminal;
  await add("101");
  const { order, lines } = shown();
  const line = lines[0]?.line as LineId;
  await tap({ type: "set_note", order, line, text: "oat milk" });
  await tap({ type: "add_units", order, line, quantityMilli: 1000 });
  await tap({ type: "undo", order });
  await tap({ type: "park_order", order, label: "Mr Wu" });
  await tap({ type: "recall_order", order });
  await tap({ type: "take_cash", order, handedMinor: 2000, leftMinor: null });
  const told = detail(terminal, order).timeline.map(({ type, detail: about, amountMinor }) =>
    `${type} ${about} ${amountMinor ?? ""}`.trim(),
  );
  expect(told.slice(2)).toEqual([
    "note_set oat milk",
    "units_added Coffee",
    "units_removed Coffee",
    "edit_undone",
    "order_parked Mr Wu",
    "order_recalled",
    "check_frozen  1800",
    "cash_rounded  200",
    "tender_captured  2000",
    "check_closed till-1-a1-1 1800",
  ]);
  await add("201");
  const other = shown().order;
  await tap({ type: "void_order", order: other, reason: "left" });
  expect(detail(terminal, other).timeline.at(-1)).toMatchObject({
    type: "order_voided",
    detail: "left",
    clerk: "ana",
  });
});

test("a timeline beyond its bound keeps the newest", async () => {
  const terminal = await seller();
  await terminal.add("101");
  const { order, lines } = terminal.shown();
  const line = lines[0]?.line as LineId;
  for (let count = 0; count < TIMELINE_ROWS_COUNT_MAX; count += 1)
    await terminal.tap({ type: "add_units", order, line, quantityMilli: 1000 });
  const { timeline } = detail(terminal, order);
  expect(timeline).toHaveLength(TIMELINE_ROWS_COUNT_MAX);
  expect(timeline.every(({ type }) => type === "units_added")).toBe(true);
});
