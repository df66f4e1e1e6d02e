/** The screen's server over a whole terminal: a real journal, PIN gate, training room and scan desk. */
import { expect, test } from "vitest";

import { clerkId } from "../../core/ids.ts";
import type { PinHasher } from "../../runtime/staff/pin-gate.ts";
import { screenPorts } from "../../runtime/screen-ports.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import { ScreenServer } from "../../runtime/ui/server.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { seededRng, settle, shopConfig } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { TestPage } from "../support/screen-page.ts";
import { MemoryPrinter } from "../support/screen-terminal.ts";
import { partsOn, readJournal } from "../support/terminal-harness.ts";

const PIN = "86420975";
const BOSS = clerkId("boss");
const CONFIG = shopConfig({
  pins: new Map([[BOSS, { salt: new Uint8Array(16), hash: new TextEncoder().encode(PIN.padEnd(32)) }]]),
});
// In place of scrypt, which takes a tenth of a second for each PIN.
const hasher: PinHasher = {
  matches: (pin, kept) =>
    Promise.resolve(kept !== null && new TextDecoder().decode(kept.hash).trimEnd() === pin),
};

/** One start of the terminal on `disk` with its screen. */
async function start(disk: FakeDisk, ordinal: number) {
  const log: string[] = [];
  const rng = seededRng(ordinal);
  const timers = new ManualTimers();
  const parts = partsOn(disk, rng, {
    config: CONFIG,
    timers,
    log: (code, detail) => log.push(`${code} ${detail}`),
  });
  const terminal = await openTerminal(parts);
  const ports = screenPorts(parts, terminal, hasher);
  const { catalogue, config, clock } = parts;
  const printer = new MemoryPrinter();
  const bugs: unknown[] = [];
  const screen = { catalogue, config, clock, timers, rng, printer, scanner: null };
  const server = new ScreenServer({ ...ports, ...screen, onBug: (cause) => bugs.push(cause) });
  return { terminal, server, ports, log, bugs };
}

/** Sends a message and waits for its answer. */
async function answered(page: TestPage, sending: Promise<unknown>): Promise<void> {
  const count = page.all("answer").length;
  await sending;
  for (let turn = 0; turn < 100 && page.all("answer").length === count; turn += 1) await settle();
  expect(page.all("answer").length).toBe(count + 1);
}

const tea = { type: "add_item", order: null, sku: "tea", quantityMilli: 1000 };

test("a day at the screen: a PIN signs on, a sale is made, training leaves it alone, a start signs everybody off", async () => {
  const disk = new FakeDisk();
  const first = await start(disk, 1);
  const till = new TestPage(first.server, 1).hello();
  await answered(till, till.taps({ type: "sign_on", clerk: "boss" }));
  expect(till.refusal).toMatchObject({ code: "clerk/pin_needed" });
  await answered(till, till.pins("boss", PIN));
  expect(till.clerk).toBe("boss");
  await answered(till, till.taps(tea));
  const { order } = till.order ?? { order: "" };
  await answered(till, till.taps({ type: "take_cash", order, handedMinor: 500, leftMinor: 250 }));
  expect(till.last).toMatchObject({ totalMinor: 250, changeMinor: 250 });
  await answered(till, till.taps(tea));

  const before = first.terminal.loop.state.seq;
  await answered(till, till.pins("boss", PIN, "enter_training"));
  expect(till.status).toMatchObject({ isTraining: true });
  expect(till.clerk).toBe("boss");
  expect(till.last).toBeNull();
  const ofThePin = first.terminal.loop.state.seq - before;
  await answered(till, till.taps(tea));
  const trained = till.order?.order;
  await answered(till, till.taps({ type: "take_cash", order: trained, handedMinor: 250, leftMinor: 250 }));
  expect(till.last).toMatchObject({ totalMinor: 250, changeMinor: 0 });
  expect(first.terminal.loop.state.seq).toBe(before + ofThePin);
  await answered(till, till.pins("boss", PIN, "leave_training"));
  expect(till.status).toMatchObject({ isTraining: false });
  expect(till.clerk).toBe("boss");
  expect(till.order).toMatchObject({ totalMinor: 250 });
  expect(first.bugs).toEqual([]);
  first.server.close();
  await first.terminal.close();

  const second = await start(disk, 2);
  const again = new TestPage(second.server, 1).hello();
  expect(again.clerk).toBe("");
  expect(again.status).toMatchObject({ isTraining: false });
  expect(again.order).toMatchObject({ totalMinor: 250 });
  // The page comes back with what it believes, and a tap that had no effect yet.
  await answered(again, again.sends({ kind: "command", clerk: "boss", command: tea }, 99));
  expect(again.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  second.server.close();
  await second.terminal.close();

  const { records } = await readJournal(disk);
  const told = JSON.stringify([
    till.messages,
    again.messages,
    first.log,
    second.log,
    records.map(({ event }) => event),
  ]);
  expect(told).not.toContain(PIN);
  expect(records.filter(({ event }) => event.type === "check_closed")).toHaveLength(1);
});
