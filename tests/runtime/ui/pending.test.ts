/** Taps that wait for their answer. */
import { expect, test } from "vitest";

import { clerkId } from "../../../core/ids.ts";
import { PENDING_TAPS_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { PendingTaps } from "../../../runtime/ui/pending.ts";
import type { ScreenCommand } from "../../../runtime/ui/wire.ts";

const ana = clerkId("ana");
const tap = (sku: string): ScreenCommand => ({ type: "add_item", order: null, sku, quantityMilli: 1000 });

test("taps are numbered from 1 and kept in order until each is answered", () => {
  const taps = new PendingTaps();
  for (const sku of ["a", "b", "c"]) taps.add(ana, tap(sku));
  expect(taps.settle(2)).toEqual(tap("b"));
  expect(taps.messages).toEqual([
    { kind: "command", n: 1, clerk: ana, command: tap("a") },
    { kind: "command", n: 3, clerk: ana, command: tap("c") },
  ]);
  expect(taps.count).toBe(2);
});

test("an answer that comes twice settles once", () => {
  const taps = new PendingTaps();
  taps.add(ana, tap("a"));
  expect(taps.settle(1)).toEqual(tap("a"));
  expect(taps.settle(1)).toBeNull();
  expect(taps.settle(99)).toBeNull();
});

test("a tap beyond the bound is not numbered, and numbers go on without a gap", () => {
  const taps = new PendingTaps();
  for (let count = 0; count < PENDING_TAPS_COUNT_MAX; count += 1) taps.add(ana, tap("a"));
  expect(taps.add(ana, tap("b"))).toBeNull();
  taps.settle(1);
  expect(taps.add(ana, tap("b"))?.n).toBe(PENDING_TAPS_COUNT_MAX + 1);
});
