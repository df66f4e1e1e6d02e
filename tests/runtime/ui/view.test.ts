/** What a screen shows, from the state alone. */
import { expect, test } from "vitest";

import { clerkId, drawerId, eventId } from "../../../core/ids.ts";
import type { LineId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import { wallMs } from "../../../core/time.ts";
import {
  availabilityView,
  lastView,
  lightOf,
  orderView,
  printerState,
  statusView,
} from "../../../runtime/ui/view.ts";
import { NOON_MS, seller } from "../../support/screen-seller.ts";
import type { Seller } from "../../support/screen-seller.ts";
import { table } from "../../support/table.ts";

function strip({ loop, status, clock }: Seller) {
  return statusView(loop.state, status, clerkId("ana"), clock.wall(), 0);
}

test("before the first item there is no order and no last sale", async () => {
  const { loop } = await seller();
  expect(orderView(loop.state, null)).toBeNull();
  expect(lastView(loop.state)).toBeNull();
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
  expect(orderView(loop.state, null)).toBeNull();
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

test("a return shows what is to be paid out as an amount", async () => {
  const { loop, shown, add, tap } = await seller();
  await tap({ type: "open_order", kind: "return", label: "", reason: "broken" });
  await add("101");
  expect(shown()).toMatchObject({ kind: "return", totalMinor: 1800, leftMinor: 1800 });
  await tap({ type: "pay_out_cash", order: shown().order });
  expect(lastView(loop.state)).toMatchObject({ totalMinor: -1800, changeMinor: 0 });
});

test("a free order is open with nothing to pay", async () => {
  const { shown, add } = await seller();
  await add("301");
  expect(shown()).toMatchObject({ totalMinor: 0, leftMinor: 0, itemCount: 1 });
});

test("the unsent count is the journal's head less what headquarters acknowledged, whatever the link is", async () => {
  const terminal = await seller();
  const { status, journal, add, cash } = terminal;
  await add("101");
  await cash(1800);
  for (const link of ["up", "down", "none"] as const) {
    status.link = link;
    expect(strip(terminal)).toMatchObject({
      link,
      unsentCount: journal.headSeq,
      unsentSalesCount: 1,
      light: "amber",
    });
  }
  status.ackedSeq = journal.headSeq - 1;
  expect(strip(terminal)).toMatchObject({ unsentCount: 1, unsentSalesCount: 1 });
  status.ackedSeq = journal.headSeq;
  expect(strip(terminal)).toMatchObject({ unsentCount: 0, unsentSalesCount: 0, light: "green" });
  // Headquarters holds more than this terminal ever wrote: its image was restored.
  status.ackedSeq = journal.headSeq + 1;
  expect(strip(terminal)).toMatchObject({
    unsentCount: journal.headSeq,
    unsentSalesCount: 1,
    light: "amber",
  });
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
  expect(statusView(loop.state, status, "", wallMs(NOON_MS), 480).timeText).toBe("20:00");
});

const PRINTERS = table(
  ["code", "state"],
  `
  code                    | state
                          | ready
  ok                      | ready
  none                    | none
  untried                 | unknown
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

test("the order says its label, its note, and whether an edit can be taken back", async () => {
  const { shown, add, tap } = await seller();
  await tap({ type: "open_order", kind: "sale", label: "Table 4", reason: "" });
  expect(shown()).toMatchObject({ label: "Table 4", note: "", canUndo: false });
  await add("101");
  await tap({ type: "set_note", order: shown().order, line: null, text: "birthday" });
  expect(shown()).toMatchObject({ note: "birthday", canUndo: true, itemCount: 1 });
  await tap({ type: "undo", order: shown().order });
  expect(shown()).toMatchObject({ canUndo: false, itemCount: 0 });
  await add("101");
  await tap({ type: "freeze_check", order: shown().order });
  expect(shown()).toMatchObject({ phase: "frozen", canUndo: false });
});

test("what is left is told exactly, and as cash settles it", async () => {
  const rounding = { incrementMinor: minor(100), tie: "up" } as const;
  const { shown, tap } = await seller(undefined, { cashRounding: rounding });
  const open = { type: "add_open_item", order: null, sku: "x", name: "Jug", quantityMilli: 1000 } as const;
  await tap({ ...open, unitPriceMinor: 1851, reason: "chipped" });
  expect(shown()).toMatchObject({ leftMinor: 1851, cashLeftMinor: 1900 });
  await tap({ type: "take_cash", order: shown().order, handedMinor: 1000, leftMinor: 1851 });
  expect(shown()).toMatchObject({ leftMinor: 851, cashLeftMinor: 900 });
});

test("the strip counts what is parked and names the shift of the page's clerk", async () => {
  const terminal = await seller(undefined, { drawers: [drawerId("A"), drawerId("B")] });
  const { add, tap, shown, loop, status, clock } = terminal;
  expect(strip(terminal)).toMatchObject({ parkedCount: 0, shift: null });
  await add("101");
  await tap({ type: "park_order", order: shown().order, label: "" });
  const [opened] = await tap({ type: "open_shift", drawer: drawerId("A"), floatMinor: 0 });
  if (opened === undefined) throw new Error("No shift was opened");
  const shift = { shift: eventId(opened), drawer: "A" };
  expect(strip(terminal)).toMatchObject({ parkedCount: 1, shift });
  // The only shift there is takes everybody's cash; of two none takes a stranger's.
  const ofLi = () => statusView(loop.state, status, clerkId("li"), clock.wall(), 0).shift;
  expect(ofLi()).toEqual(shift);
  await tap({ type: "open_shift", drawer: drawerId("B"), floatMinor: 0 });
  expect(ofLi()).toBeNull();
  expect(JSON.stringify(strip(terminal))).not.toContain("expected");
});

test("the strip says that the clock is not believed, that paper runs low, and that this is training", async () => {
  const terminal = await seller();
  expect(strip(terminal)).toMatchObject({ clockFlag: "none", isPaperLow: false, isTraining: false });
  await terminal.loop.submit({ type: "flag_clock", flag: "behind", byMs: 7_200_000 });
  await terminal.loop.record([{ type: "training_started" }]);
  terminal.status.isPaperLow = true;
  expect(strip(terminal)).toMatchObject({ clockFlag: "behind", isPaperLow: true, isTraining: true });
});

test("what was set on this terminal is told item by item, off sale and on sale again", async () => {
  const { loop, tap } = await seller();
  expect(availabilityView(loop.state)).toEqual([]);
  await tap({ type: "set_sold_out", sku: "101", isSoldOut: true });
  await tap({ type: "set_sold_out", sku: "302", isSoldOut: false });
  expect(availabilityView(loop.state)).toEqual([
    { sku: "101", isSoldOut: true },
    { sku: "302", isSoldOut: false },
  ]);
});
