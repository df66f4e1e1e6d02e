/** The panel of shifts, from the state alone. */
import { expect, test } from "vitest";

import { clerkId, drawerId, epochId, eventId, terminalId } from "../../../core/ids.ts";
import type { ClerkId } from "../../../core/ids.ts";
import { evolve } from "../../../core/evolve.ts";
import { minor } from "../../../core/money.ts";
import { shiftFacts, shiftPanel } from "../../../runtime/ui/view-shift.ts";
import type { ShiftPanel } from "../../../runtime/ui/panels.ts";
import { NOON_MS, seller } from "../../support/screen-seller.ts";
import type { Seller } from "../../support/screen-seller.ts";
import { wallMs } from "../../../core/time.ts";

const DRAWERS = [drawerId("A"), drawerId("B")];

function panel({ loop }: Seller, clerk: ClerkId = clerkId("ana")): ShiftPanel {
  return shiftPanel(shiftFacts(loop.state), {
    clerk,
    drawers: DRAWERS,
    denominationsMinor: [100, 50],
    unsentCount: 7,
    zoneMinutes: 480,
  });
}

async function opened(terminal: Seller, drawer: "A" | "B", floatMinor: number) {
  const [event] = await terminal.tap({ type: "open_shift", drawer: drawerId(drawer), floatMinor });
  if (event === undefined) throw new Error("No shift was opened");
  return eventId(event);
}

test("before the first shift every drawer is free", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  expect(panel(terminal)).toEqual({
    open: [],
    freeDrawers: ["A", "B"],
    joinable: [],
    closed: [],
    unsentCount: 7,
    denominationsMinor: [100, 50],
  });
});

test("an open shift shows who opened which drawer, and nothing of what is expected in it", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  const shift = await opened(terminal, "A", 10_000);
  await terminal.add("101");
  await terminal.cash(2000);
  await terminal.tap({ type: "open_drawer", reason: "change" });
  const shown = panel(terminal);
  expect(shown.freeDrawers).toEqual(["B"]);
  expect(shown.open).toEqual([
    {
      shift,
      drawer: "A",
      businessDate: "2010-12-01",
      openedText: "2010-12-01 20:00",
      clerk: "ana",
      isOwn: true,
      isMine: true,
      floatMinor: 10_000,
      saleCount: 1,
      returnCount: 0,
      noSaleCount: 1,
      counted: null,
    },
  ]);
  expect(JSON.stringify(shown)).not.toContain("11800");
});

test("what is expected is told once the drawer was counted, and not after cash moved again", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  const shift = await opened(terminal, "A", 10_000);
  await terminal.add("101");
  await terminal.cash(2000);
  const denominations = [{ valueMinor: 100, count: 117 }];
  await terminal.tap({ type: "count_drawer", shift, denominations });
  const counted = { countedMinor: 11_700, expectedMinor: 11_800, differenceMinor: -100 };
  expect(panel(terminal).open).toMatchObject([{ counted }]);
  await terminal.tap({ type: "move_cash", kind: "pay_in", amountMinor: 500, reason: "coins" });
  expect(panel(terminal).open).toMatchObject([{ counted: null }]);
});

test("of two shifts each clerk's own is theirs", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  await opened(terminal, "A", 0);
  const newest = await opened(terminal, "B", 0);
  expect(panel(terminal).open.filter(({ isMine }) => isMine)).toMatchObject([{ shift: newest }]);
  expect(panel(terminal, clerkId("li")).open.filter(({ isMine }) => isMine)).toEqual([]);
});

test("closed shifts are listed as Z reports, newest first, and their drawers are free again", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  for (const differenceMinor of [0, -100]) {
    const shift = await opened(terminal, "A", 1000);
    await terminal.tap({ type: "report_shift", shift });
    const denominations = [{ valueMinor: 100, count: (1000 + differenceMinor) / 100 }];
    await terminal.tap({ type: "count_drawer", shift, denominations });
    await terminal.tap({ type: "close_shift", shift, reason: "lost" });
  }
  const shown = panel(terminal);
  expect(shown).toMatchObject({ open: [], freeDrawers: ["A", "B"] });
  expect(shown.closed).toMatchObject([
    { zNumber: 2, drawer: "A", businessDate: "2010-12-01", differenceMinor: -100 },
    { zNumber: 1, closedText: "2010-12-01 20:00", differenceMinor: 0 },
  ]);
});

test("a shift of another terminal can be joined, is counted there, and is listed as open once joined", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  const place = { terminal: terminalId("till-2"), epoch: epochId("00000000000000b2"), seq: 4 };
  evolve(terminal.loop.state, {
    ...place,
    lamport: 50,
    at: wallMs(NOON_MS),
    cause: { view: 3, n: 1, clerk: clerkId("li") },
    event: {
      type: "shift_opened",
      drawer: drawerId("A"),
      businessDate: "2010-12-01",
      currency: "CNY",
      floatMinor: minor(0),
    },
  });
  const shift = eventId(place);
  const shown = panel(terminal);
  expect(shown.open).toEqual([]);
  expect(shown.joinable).toEqual([{ shift, drawer: "A", terminal: "till-2", clerk: "li" }]);
  await terminal.tap({ type: "join_shift", shift });
  expect(panel(terminal)).toMatchObject({ open: [{ shift, isOwn: false, isMine: true }], joinable: [] });
});

test("facts that were kept do not change with the state", async () => {
  const terminal = await seller(undefined, { drawers: DRAWERS });
  const kept = shiftFacts(terminal.loop.state);
  await opened(terminal, "A", 0);
  expect(kept.shifts.size).toBe(0);
});
