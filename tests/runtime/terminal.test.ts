/** A whole terminal on a disk in memory, with a printer and headquarters that are fakes. */
import { expect, test } from "vitest";
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import { createSigner } from "../../protocol/sign.ts";
import { WINDOW_BATCHES_COUNT_MAX } from "../../protocol/limits.ts";
import { RUNTIME_VERSION } from "../../runtime/boot.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { TerminalParts } from "../../runtime/terminal.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { FakeBus, FakeHeadquarters, keyPair } from "../support/fake-bus.ts";
import { PaperTray, settle, TILL } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { openTill, readJournal, receiptsIn } from "../support/terminal-harness.ts";

const SIGNER_SEED = new Uint8Array(32).fill(1);

class Shop {
  readonly bus = new FakeBus();
  readonly timers = new ManualTimers();
  readonly hq = new FakeHeadquarters(this.bus, { tenant: "demo", terminal: TILL }, keyPair(1).verifier);
  readonly log: string[] = [];

  parts(): Partial<TerminalParts> {
    return {
      timers: this.timers,
      signer: createSigner(SIGNER_SEED),
      link: { bus: this.bus, hqKey: this.hq.verifier },
      log: (code) => this.log.push(code),
    };
  }

  async open(disk: FakeDisk, ordinal = 1) {
    const till = await openTill(disk, ordinal, this.parts());
    await settle();
    return till;
  }
}

async function recordBytes(disk: FakeDisk): Promise<number> {
  return (await readJournal(disk)).records.length;
}

test("what is sold is at headquarters as soon as it is durable, and the status says so", async () => {
  const shop = new Shop();
  const disk = new FakeDisk();
  const till = await shop.open(disk);
  const heard: string[] = [];
  till.terminal.onStatus(() => {
    const { durableSeq, ackedSeq } = till.terminal.status();
    heard.push(`${durableSeq}/${ackedSeq}`);
  });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.sell("tea");
  await settle();
  const status = till.terminal.status();
  expect(status).toMatchObject({ link: "sending", printer: "none", health: "ok" });
  expect(status.ackedSeq).toBe(status.headSeq);
  expect(shop.hq.lastSeq).toBe(status.headSeq);
  expect(await recordBytes(disk)).toBe(status.headSeq);
  expect(heard.length).toBeGreaterThan(2);
  expect(shop.hq.openCountMax).toBeLessThanOrEqual(WINDOW_BATCHES_COUNT_MAX);
  await till.terminal.close();
  await settle();
  expect(till.terminal.status().link).toBe("down");
});

test("a start after days without headquarters sends every epoch, each under its own name", async () => {
  const shop = new Shop();
  const disk = new FakeDisk();
  for (let day = 1; day <= 4; day += 1) {
    const till = await openTill(disk, day);
    await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
    await till.sell("tea", "bun");
    await till.terminal.close();
  }
  const till = await shop.open(disk, 5);
  const { headSeq, ackedSeq } = till.terminal.status();
  expect(ackedSeq).toBe(headSeq);
  expect(shop.hq.holds()).toHaveLength(5);
  expect(shop.log).toEqual(["link/up"]);
  await till.terminal.close();
});

test("an older image of the disk is told by headquarters: a new receipt series, said once in the journal", async () => {
  const shop = new Shop();
  const disk = new FakeDisk();
  const first = await shop.open(disk);
  await first.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await first.sell("tea");
  await first.terminal.close();
  await settle();
  const image = disk.image();
  const second = await shop.open(disk, 2);
  const given = receiptsIn(await second.sell("tea"));
  await settle();
  await second.terminal.close();
  await settle();
  // The backup of last night comes back.
  const restored = await shop.open(image, 3);
  await settle();
  const again = receiptsIn(await restored.sell("bun"));
  expect(again).not.toEqual(given);
  expect(again[0]).toMatch(/ 1$/);
  expect(shop.log).toContain("history/rolled_back");
  shop.bus.cut("cut");
  while (restored.terminal.status().link !== "sending") {
    shop.timers.advanceToNext();
    await settle();
  }
  await restored.terminal.close();
  const { records } = await readJournal(image);
  expect(records.filter((record) => record.event.type === "continuity_lost")).toHaveLength(1);
  await settle();
  // The next start goes on in that series.
  const next = await shop.open(image, 4);
  expect(receiptsIn(await next.sell("bun"))).toEqual([again[0]?.replace(/ 1$/, " 2")]);
  await next.terminal.close();
});

test("a receipt that is printed ends its job, and the printer's last word is the status", async () => {
  const printer = new PaperTray();
  const till = await openTill(new FakeDisk(), 1, { printer });
  // Nobody has reached it yet.
  expect(till.terminal.status().printer).toBe("untried");
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.sell("tea");
  await settle();
  expect(till.terminal.status().printer).toBe("ok");
  const [order] = [...till.state.orders.values()].map((entry) => entry.order);
  expect(order?.jobs).toMatchObject([{ outcome: "printed", code: "" }]);
  expect(printer.printed).toHaveLength(1);
  expect(printer.drawers).toHaveLength(1);
  printer.print = async () => ({ kind: "failed", code: "printer/cover_open" });
  await till.sell("tea");
  await settle();
  expect(till.terminal.status().printer).toBe("printer/cover_open");
  await till.terminal.close();
});

test("a printer that answers while the terminal closes is not heard, and is no Bug", async () => {
  const printer = new PaperTray();
  const answers: (() => void)[] = [];
  printer.print = () =>
    new Promise((resolve) => answers.push(() => resolve({ kind: "unknown", code: "printer/closed" })));
  printer.close = () => answers.forEach((answer) => answer());
  const disk = new FakeDisk();
  const till = await openTill(disk, 1, { printer });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.sell("tea");
  await till.terminal.close();
  await settle();
  const again = await openTill(disk, 2);
  const [order] = [...again.state.orders.values()].map((entry) => entry.order);
  expect(order?.jobs).toMatchObject([{ outcome: "unknown", code: "printer/restarted" }]);
  await again.terminal.close();
});

test("a report whose paper was on its way when the terminal ended is settled by the next start, once", async () => {
  const printer = new PaperTray();
  printer.print = () => new Promise(() => {});
  const disk = new FakeDisk();
  const till = await openTill(disk, 1, { printer });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  const [opened] = await till.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 0 });
  if (opened === undefined) throw new Error("terminal: A shift must open");
  await till.must({ type: "report_shift", shift: eventId(opened) });
  expect(till.state.reportJobs.size).toBe(1);
  await till.terminal.close();
  const again = await openTill(disk, 2);
  expect(again.state.reportJobs.size).toBe(0);
  await again.terminal.close();
  const { records } = await readJournal(disk);
  expect(records.filter(({ event }) => event.type === "report_finished")).toMatchObject([
    { event: { outcome: "unknown", code: "printer/restarted" } },
  ]);
});

test("a disk that fails is said at once, with its place, and nothing is sold any more", async () => {
  const disk = new FakeDisk();
  const log: string[] = [];
  const till = await openTill(disk, 1, { log: (code, detail) => log.push(`${code} ${detail}`) });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await settle();
  let heardCount = 0;
  till.terminal.onStatus(() => (heardCount += 1));
  disk.failAt(disk.callCount + 2, "disk/io");
  await till.add("tea");
  await settle();
  expect(till.terminal.status().health).toBe("failed");
  expect(log.join()).toMatch(/journal\/failed journal\//);
  expect(heardCount).toBeGreaterThan(0);
  expect(await till.tap({ type: "sign_on", clerk: clerkId("boss"), attempt: null })).toMatchObject({
    refusal: { code: "journal/failed" },
  });
  await expect(till.terminal.close()).rejects.toMatchObject({ code: "journal/failed" });
});

test("a start that found rot says so in the log and in the status, and the next one does not", async () => {
  const shop = new Shop();
  const disk = new FakeDisk();
  const first = await shop.open(disk);
  await first.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await first.sell("tea");
  expect(first.terminal.status().isDamaged).toBe(false);
  await first.terminal.close();
  const [segment = ""] = (await disk.list("journal")).filter((name) => name.startsWith("seg-"));
  disk.flip(`journal/${segment}`, 1100);
  const second = await shop.open(disk, 2);
  expect(shop.log).toContain("journal/rot");
  expect(second.terminal.status()).toMatchObject({ isDamaged: true, health: "ok" });
  await second.terminal.close();
  const third = await shop.open(disk, 3);
  expect(third.terminal.status().isDamaged).toBe(false);
  await third.terminal.close();
});

/** A clock on the wall that a test sets, beside a steady one. */
class Clocks implements Clock {
  nowMs: number;
  steadyMs = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  wall(): WallMs {
    return wallMs(this.nowMs);
  }

  monotonicMs(): number {
    return this.steadyMs;
  }

  pass(byMs: number): void {
    this.nowMs += byMs;
    this.steadyMs += byMs;
  }
}

const NOON_MS = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;

test("the status says for how long the oldest unsent record waits, over a start too", async () => {
  const shop = new Shop();
  const disk = new FakeDisk();
  const clock = new Clocks(NOON_MS);
  const first = await openTill(disk, 1, { clock });
  await first.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  // Without headquarters nothing waits for it.
  expect(first.terminal.status().oldestUnsentAt).toBe(null);
  await first.terminal.close();
  clock.pass(HOUR_MS);
  const second = await openTill(disk, 2, { ...shop.parts(), clock });
  expect(second.terminal.status()).toMatchObject({ ackedSeq: 0, oldestUnsentAt: NOON_MS });
  await settle();
  expect(second.terminal.status()).toMatchObject({ ackedSeq: 3, oldestUnsentAt: null });
  shop.bus.cut("cut");
  clock.pass(HOUR_MS);
  await second.add("tea");
  clock.pass(HOUR_MS);
  await second.add("bun");
  expect(second.terminal.status().oldestUnsentAt).toBe(NOON_MS + 2 * HOUR_MS);
  await second.terminal.close();
});

test("a clock that jumps is flagged before the next record, moves no business date, and is trusted when it is back", async () => {
  const clock = new Clocks(NOON_MS);
  const timers = new ManualTimers();
  const disk = new FakeDisk();
  const parts = { clock, timers, clockWatch: { releasedAt: wallMs(NOON_MS - 24 * HOUR_MS) } };
  const till = await openTill(disk, 1, parts);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 0 });
  expect(till.state.businessDate).toBe("2026-11-22");
  clock.nowMs += 3650 * 24 * HOUR_MS;
  await till.sell("tea");
  expect(till.terminal.status().clockFlag).toBe("jumped");
  const [shift] = [...till.state.shifts.keys()];
  const id = shift ?? expect.fail("no shift");
  await till.must({ type: "count_drawer", shift: id, denominations: [{ valueMinor: 250, count: 1 }] });
  await till.must({ type: "close_shift", shift: id, reason: "" });
  await till.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 0 });
  expect(till.state.businessDate).toBe("2026-11-22");
  // The power goes; the clock still says ten years later.
  await till.terminal.close();
  const again = await openTill(disk, 2, parts);
  expect(again.terminal.status().clockFlag).toBe("jumped");
  clock.nowMs -= 3650 * 24 * HOUR_MS;
  clock.pass(60_000);
  timers.advance(60_000);
  expect(again.terminal.status().clockFlag).toBe("none");
  await again.terminal.close();
  expect(timers.armedCount).toBe(0);
  const { records } = await readJournal(disk);
  const types = records.map(({ event }) => event.type);
  expect(types.filter((type) => type.startsWith("clock_"))).toEqual(["clock_flagged", "clock_trusted"]);
  // Said before the first record that was written by the wrong clock.
  expect(types[types.indexOf("line_added") - 2]).toBe("clock_flagged");
});

test("a start with a clock of 1970 or of yesterday is flagged and not obeyed, and says nothing of the right one", async () => {
  const disk = new FakeDisk();
  const clock = new Clocks(NOON_MS);
  const clockWatch = { releasedAt: wallMs(NOON_MS - 24 * HOUR_MS) };
  for (const [ordinal, nowMs, flag] of [
    [1, NOON_MS, "none"],
    [2, 0, "before_release"],
    [3, NOON_MS - HOUR_MS, "behind"],
    [4, NOON_MS + HOUR_MS, "none"],
    [5, NOON_MS + 5000 * 24 * HOUR_MS, "jumped"],
    // What a wrong clock wrote made nothing of it the newest.
    [6, NOON_MS + 2 * HOUR_MS, "none"],
  ] as const) {
    clock.nowMs = nowMs;
    const till = await openTill(disk, ordinal, { clock, clockWatch });
    expect(till.terminal.status().clockFlag, `start ${ordinal}`).toBe(flag);
    await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
    await till.terminal.close();
  }
});

test("the status names the release, the mode and what runs low", async () => {
  const till = await openTill(new FakeDisk());
  expect(till.terminal.status()).toMatchObject({
    version: RUNTIME_VERSION,
    isTraining: false,
    isPaperLow: false,
    clockFlag: "none",
    lowItems: [],
  });
  await till.terminal.close();
});
