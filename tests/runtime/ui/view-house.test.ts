/** The panels of stock and health, from the state alone. */
import { expect, test } from "vitest";

import { clerkId } from "../../../core/ids.ts";
import { PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import { wallMs } from "../../../core/time.ts";
import { healthPanel, stockPanel } from "../../../runtime/ui/view-house.ts";
import { NOON_MS, seller } from "../../support/screen-seller.ts";
import type { Seller } from "../../support/screen-seller.ts";

function health({ loop, status }: Seller, nowMs = NOON_MS) {
  return healthPanel(loop.state, status, "generic-80", wallMs(nowMs), 0);
}

test("stock lists every item, with what was set here before what the catalogue says", async () => {
  const terminal = await seller();
  const off = () =>
    stockPanel(terminal.loop.state, terminal.catalogue, terminal.status).items.flatMap((item) =>
      item.isSoldOut ? [item.sku] : [],
    );
  expect(off()).toEqual(["302"]);
  await terminal.tap({ type: "set_sold_out", sku: "101", isSoldOut: true });
  await terminal.tap({ type: "set_sold_out", sku: "302", isSoldOut: false });
  expect(off()).toEqual(["101"]);
});

test("what headquarters says runs low is told with its level", async () => {
  const terminal = await seller();
  const low = { sku: "101", levelMilli: -2000, targetMilli: 50_000 };
  terminal.status.lowItems = [low];
  expect(stockPanel(terminal.loop.state, terminal.catalogue, terminal.status).alerts).toEqual([low]);
});

test("health tells what waits, since when, and that the device may be swapped only when nothing does", async () => {
  const terminal = await seller();
  const { status, journal } = terminal;
  status.oldestUnsentAt = wallMs(NOON_MS - 61_500);
  const { headSeq } = journal;
  expect(health(terminal)).toEqual({
    terminal: "till-1",
    version: "test",
    unsentCount: headSeq,
    oldestUnsentSeconds: 61,
    ackedSeq: 0,
    headSeq,
    disk: "ok",
    printerCode: "ok",
    printerName: "generic-80",
    isPaperLow: false,
    clockFlag: "none",
    isSafeToSwap: false,
    lockedClerks: [],
    readerDays: [],
  });
  status.ackedSeq = headSeq;
  expect(health(terminal)).toMatchObject({ unsentCount: 0, oldestUnsentSeconds: null, isSafeToSwap: true });
  // Of another history: nothing of this one is known to be safe.
  status.ackedSeq = headSeq + 1;
  expect(health(terminal)).toMatchObject({ unsentCount: headSeq, ackedSeq: 0, isSafeToSwap: false });
});

test("a clock that went back does not make what waits younger than now", async () => {
  const terminal = await seller();
  terminal.status.oldestUnsentAt = wallMs(NOON_MS);
  expect(health(terminal, NOON_MS - 7_200_000)).toMatchObject({ oldestUnsentSeconds: 0 });
});

test("health names the clerks whom a second person has to unlock", async () => {
  const terminal = await seller();
  const li = clerkId("li");
  for (let count = 1; count < PIN_TRIES_COUNT_MAX; count += 1)
    await terminal.loop.submit({ type: "try_pin", clerk: li, purpose: "sign_on" });
  expect(health(terminal).lockedClerks).toEqual([]);
  await terminal.loop.submit({ type: "try_pin", clerk: li, purpose: "sign_on" });
  expect(health(terminal).lockedClerks).toEqual(["li"]);
});

test("a device whose disk lost something is not swapped as if all of it were at headquarters", async () => {
  const terminal = await seller();
  terminal.status.ackedSeq = terminal.journal.headSeq;
  Object.defineProperty(terminal.status, "health", { value: "damaged" });
  expect(health(terminal)).toMatchObject({ unsentCount: 0, disk: "damaged", isSafeToSwap: false });
});
