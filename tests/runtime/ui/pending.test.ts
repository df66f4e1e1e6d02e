/** Numbered messages that wait for their answer. */
import { expect, test } from "vitest";

import { clerkId } from "../../../core/ids.ts";
import { PENDING_TAPS_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { PendingTaps } from "../../../runtime/ui/pending.ts";
import type { CommandMessage, NumberedMessage, PinMessage } from "../../../runtime/ui/wire.ts";

const ana = clerkId("ana");

function tap(sku: string): (n: number) => CommandMessage {
  return (n) => ({
    kind: "command",
    n,
    clerk: ana,
    command: { type: "add_item", order: null, sku, quantityMilli: 1000 },
  });
}

const pin = (n: number): PinMessage => ({
  kind: "pin",
  n,
  clerk: "",
  who: ana,
  pin: "86420975",
  purpose: "sign_on",
  command: null,
});

test("messages are numbered from 1 and kept in order until each is answered", () => {
  const taps = new PendingTaps();
  for (const sku of ["a", "b", "c"]) taps.add(tap(sku));
  expect(taps.settle(2)).toEqual(tap("b")(2));
  expect(taps.messages).toEqual([tap("a")(1), tap("c")(3)]);
  expect(taps.count).toBe(2);
});

test("an answer that comes twice settles once", () => {
  const taps = new PendingTaps();
  taps.add(tap("a"));
  expect(taps.settle(1)).toEqual(tap("a")(1));
  expect(taps.settle(1)).toBeNull();
  expect(taps.settle(99)).toBeNull();
});

test("a message beyond the bound is not numbered, and numbers go on without a gap", () => {
  const taps = new PendingTaps();
  for (let count = 0; count < PENDING_TAPS_COUNT_MAX; count += 1) taps.add(tap("a"));
  expect(taps.add(tap("b"))).toBeNull();
  taps.settle(1);
  expect(taps.add(tap("b"))?.n).toBe(PENDING_TAPS_COUNT_MAX + 1);
});

test("a PIN is in the message that is sent and in nothing that is kept", () => {
  const taps = new PendingTaps();
  expect(taps.add(pin)).toMatchObject({ pin: "86420975" });
  expect(JSON.stringify(taps.settle(1))).not.toContain("86420975");
});

test("commands and scans are sent again after a reconnect; a PIN, a pairing and a test never", () => {
  const taps = new PendingTaps();
  const made: ((n: number) => NumberedMessage)[] = [
    tap("a"),
    pin,
    (n) => ({ kind: "scan", n, clerk: ana, text: "4006381333931" }),
    (n) => ({ kind: "test_print", n, clerk: ana }),
    (n) => ({
      kind: "pair_printer",
      n,
      clerk: ana,
      printer: { address: { kind: "tcp", host: "10.0.0.9", port: 9100 }, model: "generic-80" },
    }),
  ];
  for (const make of made) taps.add(make);
  expect(taps.messages.map(({ n }) => n)).toEqual([1, 3]);
  expect(taps.drop().map(({ kind }) => kind)).toEqual(["pin", "test_print", "pair_printer"]);
  expect(taps.count).toBe(2);
  expect(taps.drop()).toEqual([]);
  expect(taps.settle(2)).toBeNull();
});
