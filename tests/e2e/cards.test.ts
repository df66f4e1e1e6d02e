/**
 * Cards on the real screen: asked for, waited for, declined, not known, decided by a second person, given
 * back. Most readers here do what the test says; the last one speaks ZVT to a simulated terminal.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { receiptCode } from "../../core/receipt/layout.ts";
import type { ReaderResult } from "../../drivers/reader/reader.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { NEWER } from "../../tools/sim/reader/zvt/behaviour.ts";
import { startVirtualReader } from "../../tools/sim/reader/server.ts";
import { GUARD_PASSED_MS } from "../../tools/standard-day/hands.ts";
import { expectAccessible, expectReadable, expectTouchable, expectWhole } from "../support/screen-look.ts";
import { SIZES, take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";

useHands();

const PICTURES = process.env["PICTURES"];

async function look(hand: Hand, name: string): Promise<void> {
  await expectTouchable(hand.page);
  await expectWhole(hand.page);
  await expectReadable(hand.page);
  await expectAccessible(hand.page);
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await hand.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

function readers(reader: ScriptedReader): ReadonlyMap<string, ScriptedReader> {
  return new Map([["1", reader]]);
}

/** Money as asked for, taken and done. */
async function approve(reader: ScriptedReader, changes: Partial<ReaderResult> = {}): Promise<void> {
  await reader.desk.take(reader.result(changes));
  reader.end({ kind: "captured", reference: reader.result(changes).reference });
}

async function toReader(hand: Hand, item = "item-101"): Promise<void> {
  await hand.tap(item);
  await hand.tapSlowly("pay");
  await hand.tapSlowly("reader-1");
  await hand.shown("card-wait");
}

test.for(SIZES)(
  "a card is taken, declined, taken again and given back (%s, height %i)",
  async ([language, height], { skip }) => {
    const reader = new ScriptedReader();
    const hand = await take(skip, { language, height, terminal: { readers: readers(reader) } });
    await toReader(hand);
    reader.desk.show({ step: "present_card", text: "Card please", canCancel: true });
    await expect
      .poll(() => hand.page.locator('[data-id="card-wait"]').getAttribute("data-step"))
      .toBe("present_card");
    await look(hand, `card-wait.${language}.${height}`);
    reader.end({ kind: "declined", code: "reader/no_funds", text: "" });
    await hand.shown("card-failure");
    await look(hand, `card-declined.${language}.${height}`);
    await hand.tapSlowly("reader-1");
    await expect.poll(() => reader.requests.length).toBe(2);
    await approve(reader);
    await hand.shown("done");
    expect(hand.last()).toMatchObject({ totalMinor: 1800, changeMinor: 0 });

    const closing = [...hand.terminal.loop.state.orders.values()].flatMap(({ order }) =>
      order.checks.flatMap((its) => its.closings),
    )[0];
    if (closing === undefined) throw new Error("Nothing was sold");
    await hand.page.waitForTimeout(GUARD_PASSED_MS);
    await hand.scan(receiptCode(closing));
    await hand.shown("refund");
    await hand.tapSlowly("refund");
    await hand.shown("refund-amount");
    await hand.tap("reason-reason_damaged");
    await hand.tapSlowly("refund-confirm");
    await hand.shown("card-wait");
    expect(reader.requests.at(-1)).toMatchObject({ kind: "refund", amountMinor: 1800, original: "2:ref" });
    reader.end({ kind: "declined", code: "reader/unsupported", text: "" });
    await hand.shown("refund-again");
    await look(hand, `card-back-declined.${language}.${height}`);
    await hand.tapSlowly("refund-again");
    await expect.poll(() => reader.requests.length).toBe(4);
    await approve(reader);
    await expect.poll(() => hand.last()?.totalMinor).toBe(-1800);
    await hand.shown("done");
  },
);

test.for(["en", "zh"] as const)(
  "what nobody knows is checked, left for the next customer, and settled (%s)",
  async (language, { skip }) => {
    const reader = new ScriptedReader();
    const hand = await take(skip, { language, hasPins: true, terminal: { readers: readers(reader) } });
    await toReader(hand);
    const result = reader.result();
    reader.end({ kind: "unknown", code: "reader/link_lost" });
    await hand.shown("card-unknown");
    await look(hand, `card-unknown.${language}`);
    await hand.tapSlowly("card-check");
    await hand.tapSlowly("card-next");
    await hand.gone("card-unknown");
    expect(hand.order()).toBeNull();
    await expect
      .poll(() => hand.page.locator('[data-id="reader"]').first().getAttribute("data-unknown"))
      .toBe("1");
    // Cash for the next customer goes on beside it.
    await hand.tapSlowly("item-104", "cash-exact");
    await hand.shown("done");
    reader.inquiryAnswer = { kind: "found", result };
    reader.become({ link: "ready" });
    await expect
      .poll(() => hand.page.locator('[data-id="reader"]').first().getAttribute("data-unknown"))
      .toBe("0");
    const sums = [...hand.terminal.loop.state.orders.values()].map(({ order }) => order.phase);
    expect(sums).toEqual(["closed", "closed"]);
  },
);

test("a second person decides what no reader can tell, by PIN", async ({ skip }) => {
  const reader = new ScriptedReader();
  const hand = await take(skip, { clerk: "li", hasPins: true, terminal: { readers: readers(reader) } });
  await toReader(hand);
  reader.inquiryAnswer = { kind: "unanswerable", serial: "68001234" };
  reader.end({ kind: "unknown", code: "reader/link_lost" });
  await hand.shown("card-unknown");
  await hand.tapSlowly("card-manager");
  await hand.tap("case-not_charged", "reason-reason_bankAsked");
  await look(hand, "card-case.en");
  await hand.tapSlowly("card-case-confirm");
  await hand.shown("approval-what");
  await hand.tap("approver-ana");
  await hand.keyPin("1234");
  await hand.shown("card-failure");
  expect(hand.order()).toMatchObject({ leftMinor: 1800 });
});

test("a card needs one tap where the shop arms its reader, and a part by card leaves the rest to cash", async ({
  skip,
}) => {
  const reader = new ScriptedReader();
  const hand = await take(skip, { terminal: { readers: readers(reader) } });
  await hand.tap("item-101");
  await hand.tapSlowly("pay");
  await hand.tap("key-1", "key-0", "key-00");
  await hand.tapSlowly("reader-1");
  await expect.poll(() => reader.requests.at(-1)?.amountMinor).toBe(1000);
  await approve(reader);
  await expect.poll(() => hand.order()?.leftMinor).toBe(800);
  await hand.shown(
    "reverse-" + (hand.terminal.loop.state.orders.values().next().value?.order.checks[0]?.cards[0]?.id ?? ""),
  );
  await look(hand, "card-part.en");
  await hand.tapSlowly("note-1000");
  await hand.shown("done");
  expect(hand.last()).toMatchObject({ totalMinor: 1800, changeMinor: 200 });
});

test("a simulated ZVT terminal on a socket takes a card, and its ledger agrees", async ({ skip }) => {
  const virtual = await startVirtualReader({
    link: { kind: "tcp", tcpPort: 0 },
    httpPort: 0,
    behaviour: { ...NEWER, currency: "0156" },
    directory: null,
    faults: [],
  });
  const row = readerRow("zvt");
  if (row === undefined) throw new Error("no row for ZVT");
  const openPort = () =>
    createTcpPort(
      {
        host: "127.0.0.1",
        tcpPort: virtual.tcpPort,
        connectTimeoutMs: 5000,
        writeTimeoutMs: 5000,
        queueBytesMax: 16_384,
      },
      machineTimers,
    );
  const reader = row.make({
    timers: machineTimers,
    link: { kind: "tcp", openPort },
    password: "",
    currency: "CNY",
  });
  try {
    const hand = await take(skip, { terminal: { readers: new Map([["1", reader]]) } });
    await reader.ready();
    await toReader(hand);
    await expect
      .poll(() => hand.page.locator('[data-id="card-wait"]').getAttribute("data-step"))
      .toBe("present_card");
    virtual.unit.put({
      kind: "holder",
      act: { kind: "present", cardKey: "visa", technology: "contactless" },
    });
    await hand.shown("done");
    expect(virtual.acquirer.netMinor("CNY")).toBe(1800);
  } finally {
    reader.close();
    await virtual.close();
  }
});
