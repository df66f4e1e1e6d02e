/**
 * What the virtual printer remembers, its bound, and who hears of it.
 * The page and the list read from it.
 */

import { expect, test } from "vitest";
import { TRAY_RECEIPTS_MAX, Tray } from "../../../../tools/sim/printer/tray.ts";

test("the newest receipt is first and the oldest is forgotten", () => {
  const tray = new Tray();
  for (let number = 1; number <= TRAY_RECEIPTS_MAX + 1; number += 1) {
    tray.addReceipt({ number, columnCount: 48, lines: [], endedBy: "cut", notShown: [] });
  }
  expect(tray.receipts).toHaveLength(TRAY_RECEIPTS_MAX);
  expect(tray.receipts[0]?.number).toBe(TRAY_RECEIPTS_MAX + 1);
  expect(tray.receipts.at(-1)?.number).toBe(2);
});

test("listeners hear of receipts and of the drawer until they stop listening", () => {
  const tray = new Tray();
  let heardCount = 0;
  const stop = tray.onChange(() => {
    heardCount += 1;
  });
  tray.openDrawer();
  tray.addReceipt({ number: 1, columnCount: 48, lines: [], endedBy: "cut", notShown: [] });
  stop();
  tray.openDrawer();
  expect([heardCount, tray.drawerCount]).toEqual([2, 2]);
});
