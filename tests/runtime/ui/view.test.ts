/** What a screen shows, from the state alone. */
import { expect, test } from "vitest";

import type { Command } from "../../../core/command.ts";
import { clerkId } from "../../../core/ids.ts";
import type { LineId, OrderId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import { ORDERS_LISTED_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import {
  lastView,
  lightOf,
  orderRows,
  orderView,
  printerState,
  statusView,
} from "../../../runtime/ui/view.ts";
import type { OrderView } from "../../../runtime/ui/wire.ts";
import { memoryTerminal, SetClock } from "../../support/screen-terminal.ts";
import { table } from "../../support/table.ts";

const NOON_MS = Date.UTC(2010, 11, 1, 12, 0);

/** A terminal with Ana signed on, and short ways to sell. */
async function seller(clock = new SetClock(NOON_MS)) {
  const terminal = await memoryTerminal({ clock });
  let n = 0;
  const tap = async (command: Command): Promise<void> => {
    n += 1;
    const answer = await terminal.loop.submit(command, { view: 9, n, clerk: clerkId("ana") });
    expect(answer).toMatchObject({ ok: true });
  };
  await tap({ type: "sign_on", clerk: clerkId("ana"), attempt: null });
  const shown = (): OrderView => {
    const view = orderView(terminal.loop.state);
    if (view === null) throw new Error("No order is shown");
    return view;
  };
  const add = (sku: string, quantityMilli = 1000): Promise<void> =>
    tap({ type: "add_item", order: orderView(terminal.loop.state)?.order ?? null, sku, quantityMilli });
  const cash = (handedMinor: number): Promise<void> =>
    tap({ type: "take_cash", order: shown().order, handedMinor, leftMinor: null });
  const rows = () => orderRows(terminal.loop.state, terminal.status, clock.wall(), 0);
  const strip = () => statusView(terminal.loop.state, terminal.status, clock.wall(), 0);
  return { ...terminal, clock, tap, shown, add, cash, rows, strip };
}

test("before the first item there is no order and no last sale", async () => {
  const { loop, rows } = await seller();
  expect(orderView(loop.state)).toBeNull();
  expect(lastView(loop.state)).toBeNull();
  expect(rows()).toEqual([]);
});

test("the order shows its lines, notes and total; a weighed line counts as one item", async () => {
  const { shown, add, tap } = await seller();
  await add("101", 2000);
  await add("201", 500);
  const line = shown().lines[0]?.line as LineId;
  await tap({ type: "set_note", order: shown().order, line, text: "no sugar" });
  expect(shown()).toMatchObject({
    kind: "sale",
    phase: "open",
    check: null,
    itemCount: 3,
    totalMinor: 4700,
    takenMinor: 0,
    leftMinor: 4700,
    lines: [
      {
        sku: "101",
        name: "Coffee",
        quantityMilli: 2000,
        unitPriceMinor: 1800,
        amountMinor: 3600,
        note: "no sugar",
      },
      { sku: "201", quantityMilli: 500, amountMinor: 1100, note: "" },
    ],
  });
});

test("a part payment leaves the frozen check with what is left", async () => {
  const { shown, add, cash } = await seller();
  await add("101");
  await cash(1000);
  expect(shown()).toMatchObject({ phase: "frozen", totalMinor: 1800, takenMinor: 1000, leftMinor: 800 });
  expect(shown().check).not.toBeNull();
  expect(shown().lines).toHaveLength(1);
});

test("the last sale shows what was handed over and the change, over all of its tenders", async () => {
  const { loop, add, cash } = await seller();
  await add("101");
  await cash(1000);
  await cash(2000);
  expect(orderView(loop.state)).toBeNull();
  expect(lastView(loop.state)).toMatchObject({
    receipt: "till-1-a1-1",
    totalMinor: 1800,
    handedMinor: 3000,
    changeMinor: 1200,
    print: "pending",
  });
});

test("the newest closing is the last sale, and its print outcome follows the printer", async () => {
  const { loop, effects, add, cash, tap } = await seller();
  await add("101");
  await cash(1800);
  await add("201");
  await cash(2200);
  const print = effects.findLast((effect) => effect.type === "print_receipt");
  if (print?.type !== "print_receipt") throw new Error("Nothing was printed");
  const { order, job } = print;
  await tap({ type: "finish_print", order, job, outcome: "failed", code: "printer/paper_out", mark: "none" });
  expect(lastView(loop.state)).toMatchObject({
    receipt: "till-1-a1-2",
    totalMinor: 2200,
    print: "failed",
    printCode: "printer/paper_out",
    printer: "paper_out",
  });
});

test("a terminal without a printer says nothing of receipts", async () => {
  const { loop, effects, add, cash, tap } = await seller();
  await add("101");
  await cash(1800);
  const print = effects.find((effect) => effect.type === "print_receipt");
  if (print?.type !== "print_receipt") throw new Error("Nothing was printed");
  const { order, job } = print;
  await tap({ type: "finish_print", order, job, outcome: "failed", code: "printer/none", mark: "none" });
  expect(lastView(loop.state)?.print).toBe("none");
});

test("a return shows what is to be paid out as an amount, and is negative in the list", async () => {
  const { loop, shown, add, tap, rows } = await seller();
  await tap({ type: "open_order", kind: "return", label: "", reason: "broken" });
  await add("101");
  expect(shown()).toMatchObject({ kind: "return", totalMinor: 1800, leftMinor: 1800 });
  await tap({ type: "pay_out_cash", order: shown().order });
  expect(lastView(loop.state)).toMatchObject({ totalMinor: -1800, changeMinor: 0 });
  expect(rows()).toMatchObject([{ kind: "return", phase: "closed", totalMinor: -1800 }]);
});

test("a free order is open with nothing to pay", async () => {
  const { shown, add } = await seller();
  await add("301");
  expect(shown()).toMatchObject({ totalMinor: 0, leftMinor: 0, itemCount: 1 });
});

test("the unsent count is the journal's head less what headquarters acknowledged, whatever the link is", async () => {
  const { status, journal, add, cash, strip } = await seller();
  await add("101");
  await cash(1800);
  for (const link of ["up", "down", "none"] as const) {
    status.link = link;
    expect(strip()).toMatchObject({
      link,
      unsentCount: journal.headSeq,
      unsentSalesCount: 1,
      light: "amber",
    });
  }
  status.ackedSeq = journal.headSeq - 1;
  expect(strip()).toMatchObject({ unsentCount: 1, unsentSalesCount: 1 });
  status.ackedSeq = journal.headSeq;
  expect(strip()).toMatchObject({ unsentCount: 0, unsentSalesCount: 0, light: "green" });
  // Headquarters holds more than this terminal ever wrote: its image was restored.
  status.ackedSeq = journal.headSeq + 1;
  expect(strip()).toMatchObject({ unsentCount: journal.headSeq, unsentSalesCount: 1, light: "amber" });
});

const LIGHTS = table(
  ["head", "durable", "acked", "light"],
  `
  head | durable | acked | light
  0    | 0       | 0     | green
  5    | 5       | 5     | green
  5    | 5       | 4     | amber
  5    | 4       | 4     | red
  5    | 4       | 0     | red
  `,
);

test.each(LIGHTS)("$title", ({ head, durable, acked, light }) => {
  expect(lightOf(Number(head), Number(durable), Number(acked))).toBe(light);
});

test("the strip shows the time of the store's zone", async () => {
  const { loop, status } = await seller();
  expect(statusView(loop.state, status, wallMs(NOON_MS), 480).timeText).toBe("20:00");
});

test("the list holds today in the store's zone, newest first, with what is not stored or not sent", async () => {
  const { loop, status, journal, clock, add, cash, rows } = await seller(new SetClock(NOON_MS - 86_400_000));
  await add("101");
  await cash(1800);
  clock.nowMs = NOON_MS;
  await add("101");
  await cash(2000);
  status.ackedSeq = journal.headSeq;
  await add("201", 3000);
  expect(rows()).toMatchObject([
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
  expect(orderRows(loop.state, status, wallMs(NOON_MS - 86_400_000), 0)).toHaveLength(1);
  journal.isHeld = true;
  await add("101");
  expect(rows()[0]).toMatchObject({ isStored: false });
});

test("an order whose lines were all taken off again is not listed", async () => {
  const { shown, add, tap, rows } = await seller();
  await add("101");
  const { order, lines } = shown();
  await tap({ type: "remove_units", order, line: lines[0]?.line as LineId, quantityMilli: 1000, reason: "" });
  expect(rows()).toEqual([]);
  expect(shown()).toMatchObject({ order, lines: [], totalMinor: 0 });
});

test("a void order is listed as void with nothing to pay", async () => {
  const { shown, add, tap, rows } = await seller();
  await add("101");
  await tap({ type: "void_order", order: shown().order satisfies OrderId, reason: "left" });
  expect(rows()).toMatchObject([{ phase: "voided", totalMinor: 0, receipt: "" }]);
});

test("the list stops at its bound and keeps the newest", async () => {
  const { add, cash, rows } = await seller();
  for (let count = 0; count < ORDERS_LISTED_COUNT_MAX + 3; count += 1) {
    await add("101");
    await cash(1800);
  }
  expect(rows()).toHaveLength(ORDERS_LISTED_COUNT_MAX);
  expect(rows()[0]?.receipt).toBe(`till-1-a1-${ORDERS_LISTED_COUNT_MAX + 3}`);
});

const PRINTERS = table(
  ["code", "state"],
  `
  code                    | state
                          | ready
  ok                      | ready
  none                    | none
  printer/none            | none
  printer/unreachable     | unreachable
  printer/timeout         | unreachable
  printer/lost_connection | unreachable
  printer/paper_out       | paper_out
  printer/cover_open      | cover_open
  printer/error           | fault
  printer/restarted       | fault
  `,
);

test.each(PRINTERS)("$title", ({ code, state }) => {
  expect(printerState(code)).toBe(state);
});
