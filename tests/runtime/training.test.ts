/**
 * Training beside the real terminal: what is trained is in no total, no drawer and no record of the
 * shop; it is off after a start, and its own journal is kept.
 */
import { expect, test } from "vitest";
import { clerkId, drawerId, epochId } from "../../core/ids.ts";
import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { currentOrder } from "../../core/state.ts";
import type { Recorded } from "../../core/types.ts";
import { TRAINING_DIRECTORY, Training } from "../../runtime/training.ts";
import type { TrainingRoom } from "../../runtime/training.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import type { TerminalParts } from "../../runtime/terminal.ts";
import { openSubDisk } from "../../runtime/sub-disk.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { FakeBus, FakeHeadquarters, keyPair } from "../support/fake-bus.ts";
import { PaperTray, seededRng, settle, shopConfig, TILL } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";
import { openTill, partsOn, readJournal, receiptsIn, Till } from "../support/terminal-harness.ts";

const BOSS = clerkId("boss");
const PINS = new Map([[BOSS, { salt: new Uint8Array(16), hash: new Uint8Array(32) }]]);

/** A shop with headquarters, a printer and a drawer. */
class Shop {
  disk = new FakeDisk();
  readonly printer = new PaperTray();
  readonly reader = new ScriptedReader();
  readonly blocks: (readonly ReceiptBlock[])[] = [];
  readonly bus = new FakeBus();
  readonly log: string[] = [];
  readonly hq = new FakeHeadquarters(this.bus, { tenant: "demo", terminal: TILL }, keyPair(1).verifier);
  #startCount = 0;
  #parts: TerminalParts | null = null;

  constructor() {
    const print = this.printer.print.bind(this.printer);
    this.printer.print = (jobId, blocks) => {
      this.blocks.push(blocks);
      return print(jobId, blocks);
    };
  }

  async start(): Promise<{ readonly live: Till; readonly training: Training }> {
    this.#startCount += 1;
    // Each start draws other numbers, and so does the training beside it.
    const rng = seededRng(this.#startCount);
    this.#parts = partsOn(this.disk, rng, {
      printer: this.printer,
      readers: new Map([["1", this.reader]]),
      timers: new ManualTimers(),
      signer: keyPair(1).signer,
      link: { bus: this.bus, hqKey: this.hq.verifier },
      log: (code, detail) => this.log.push(`${code} ${detail}`),
    });
    const terminal = await openTerminal(this.#parts);
    await settle();
    return { live: new Till(terminal), training: new Training(this.#parts, terminal) };
  }

  /** The power goes and comes back. */
  async cutPower(): Promise<void> {
    this.disk = this.disk.crash("drop");
    this.bus.cut("power");
    await settle();
  }

  /** Every file outside of the training's folder, with its bytes. */
  files(): ReadonlyMap<string, string> {
    const paths = this.disk.paths().filter((path) => !path.startsWith(`${TRAINING_DIRECTORY}/`));
    return new Map(paths.map((path) => [path, Buffer.from(this.disk.bytesOf(path)).toString("hex")]));
  }

  async trained(): Promise<readonly Recorded[]> {
    const { records } = await readJournal(
      await openSubDisk(this.disk, TRAINING_DIRECTORY),
      trainee(this.#parts),
    );
    return records;
  }
}

function trainee(parts: TerminalParts | null): typeof TILL {
  if (parts === null) return expect.fail("not started");
  return `${parts.config.terminal}-T` as typeof TILL;
}

async function entered(training: Training): Promise<TrainingRoom> {
  const answer = await training.enter();
  return answer.ok ? answer.room : expect.fail(answer.refusal.code);
}

/** A day as a shop has it: a float, a sale, a return of it, a no-sale, a count and a Z. */
async function day(till: Till): Promise<void> {
  await till.must({ type: "sign_on", clerk: BOSS, attempt: null });
  await till.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 1000 });
  const sold = await till.sell("tea", "bun");
  const closing = sold.find(({ event }) => event.type === "check_closed") ?? expect.fail("not closed");
  await till.must({ type: "open_drawer", reason: "change" });
  await till.must({ type: "move_cash", kind: "pay_in", amountMinor: 500, reason: "coins" });
  const order = closing.event.type === "check_closed" ? closing.event.order : expect.fail("not closed");
  const [line] = till.state.orders.get(order)?.order.checks[0]?.lines ?? [];
  await till.must({
    type: "refund",
    closing: `${closing.terminal}/${closing.epoch}/${closing.seq}` as never,
    lines: [{ line: line?.id ?? expect.fail("no line"), quantityMilli: 1000 }],
    reason: "cold",
  });
  const [shift] = [...till.state.shifts.values()];
  const id = shift?.id ?? expect.fail("no shift");
  const expectedMinor = till.state.shifts.get(id)?.report.expectedMinor ?? 0;
  await till.must({
    type: "count_drawer",
    shift: id,
    denominations: [{ valueMinor: 1, count: expectedMinor }],
  });
  await till.must({ type: "close_shift", shift: id, reason: "" });
  await settle();
}

test("a day of training leaves the shop's journal, drawer and headquarters as they were, byte for byte", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  await live.must({ type: "sign_on", clerk: BOSS, attempt: null });
  await live.sell("tea");
  await settle();
  const before = shop.files();
  const atHq = shop.hq.lastSeq;
  const { drawers } = shop.printer;
  const pulseCount = drawers.length;
  const paperCount = shop.blocks.length;

  const room = await entered(training);
  await day(new Till(room.terminal));
  await training.leave();
  await settle();

  expect(shop.files()).toEqual(before);
  expect(shop.hq.lastSeq).toBe(atHq);
  expect(drawers).toHaveLength(pulseCount);
  // Sale, return and Z came out on the shared printer, and each says what it is.
  const papers = shop.blocks.slice(paperCount);
  expect(papers).toHaveLength(3);
  for (const blocks of papers) expect(JSON.stringify(blocks)).toMatch(/TRAINING/);
  expect(JSON.stringify(shop.blocks.slice(0, paperCount))).not.toMatch(/TRAINING/);
  // The real terminal goes on with its own numbers.
  const [first, second] = receiptsIn((await live.sell("bun"), (await readJournal(shop.disk)).records));
  expect([first, second].map((receipt) => receipt?.split(" ")[1])).toEqual(["1", "2"]);
  await live.terminal.close();
});

test("training has a series, a terminal's name and an epoch of its own", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  const room = await entered(training);
  expect(room.terminal.status()).toMatchObject({ isTraining: true, link: "none", oldestUnsentAt: null });
  expect(live.terminal.status().isTraining).toBe(false);
  expect(room.loop.state.terminal).toBe("till-1-T");
  expect(room.loop.state.epoch).not.toBe(live.state.epoch);
  expect(room.loop.state.receiptSeries).toMatch(/^T[0-9A-F]{4}$/);
  await training.leave();
  await live.terminal.close();
  // The one journal is not taken for the other.
  const swapped = new FakeDisk();
  await swapped.makeDirectory("journal");
  for (const path of shop.disk.paths().filter((its) => its.startsWith("training/journal/seg-")))
    swapped.put(path.replace("training/", ""), shop.disk.bytesOf(path));
  await expect(openTill(swapped, 9)).rejects.toMatchObject({ code: "journal/other_terminal" });
});

test("after a start the mode is off, and what was trained is there again when it is entered", async () => {
  const shop = new Shop();
  const first = await shop.start();
  const room = await entered(first.training);
  const till = new Till(room.terminal);
  await till.must({ type: "sign_on", clerk: BOSS, attempt: null });
  await till.sell("tea");
  await till.add("bun");
  const waiting = currentOrder(till.state)?.id;
  await settle();
  // The power goes while somebody trains.
  await shop.cutPower();
  const second = await shop.start();
  expect(second.training.room).toBe(null);
  expect(second.live.terminal.status().isTraining).toBe(false);
  const again = await entered(second.training);
  expect(again.terminal.status().isTraining).toBe(true);
  expect(receiptsIn(await shop.trained())).toHaveLength(1);
  const trained = new Till(again.terminal);
  expect(trained.order?.id).toBe(waiting ?? expect.fail("nothing waits"));
  expect(receiptsIn(await trained.sell("tea"))).toEqual([expect.stringMatching(/^T[0-9A-F]{4} 2$/)]);
  await second.training.leave();
  await second.live.terminal.close();
});

test("the shop's card readers know nothing of a training, and are there when it ends", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  const { terminal } = await entered(training);
  expect(terminal.cards.stations()).toEqual([]);
  await training.leave();
  expect(shop.reader.isClosed).toBe(false);
  expect(live.terminal.cards.stations()).toHaveLength(1);
});

test("entering twice is one room, leaving twice is harmless, and each change is told once", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  let toldCount = 0;
  const stop = training.onChange(() => (toldCount += 1));
  const [first, again] = await Promise.all([entered(training), entered(training)]);
  expect(again).toBe(first);
  await Promise.all([training.leave(), training.leave()]);
  expect(training.room).toBe(null);
  expect(toldCount).toBe(2);
  stop();
  await entered(training);
  await training.leave();
  expect(toldCount).toBe(2);
  // The shared printer is not closed with the training.
  expect(shop.printer.isSilent).toBe(false);
  await live.terminal.close();
});

test("no PIN is compared in training: any is taken, also for a name that has one, and the shop's journal knows of none", async () => {
  const shop = new Shop();
  const parts = partsOn(shop.disk, seededRng(1), { config: shopConfig({ pins: PINS }) });
  const terminal = await openTerminal(parts);
  const training = new Training(parts, terminal);
  const room = await entered(training);
  const before = terminal.loop.state.seq;
  const till = new Till(room.terminal);
  await till.must({ type: "sign_on", clerk: BOSS, attempt: null });
  await till.must({ type: "sign_on", clerk: clerkId("sam"), attempt: null }, "sam");
  await till.sell("tea");
  // Somebody lends a right, as it is done for real.
  const approved = await room.pins.check(BOSS, "0000", "approve");
  const attempt = approved.ok ? approved.attempt : expect.fail(approved.refusal.code);
  const answer = await room.loop.submit(
    { type: "open_drawer", reason: "change" },
    { view: 1, n: 99, clerk: clerkId("sam") },
    { approver: BOSS, attempt },
  );
  expect(answer).toMatchObject({ ok: true });
  expect(terminal.loop.state.seq).toBe(before);
  await training.leave();
  await terminal.close();
});

test("a terminal without room for sales has none for training", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  shop.disk.failAt(shop.disk.callCount + 1, "disk/full");
  expect(await training.enter()).toMatchObject({ ok: false, refusal: { code: "journal/full" } });
  expect(shop.log.at(-1)).toMatch(/^disk\/full training/);
  expect(training.room).toBe(null);
  // It passes, and the real terminal is as well as before.
  await entered(training);
  await training.leave();
  shop.disk.failAt(shop.disk.callCount + 1, "disk/io");
  await live.must({ type: "sign_on", clerk: BOSS, attempt: null });
  await live.add("tea");
  await settle();
  expect(live.terminal.loop.health).toBe("failed");
  expect(await training.enter()).toMatchObject({ refusal: { code: "journal/failed" } });
  await expect(live.terminal.close()).rejects.toMatchObject({ code: "journal/failed" });
});

test("a training whose disk fails ends all the same, and the log says it", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  const room = await entered(training);
  await new Till(room.terminal).must({ type: "sign_on", clerk: BOSS, attempt: null });
  await settle();
  shop.disk.failAt(shop.disk.callCount + 1, "disk/io");
  const sold = await new Till(room.terminal).tap({ type: "open_order", kind: "sale", label: "", reason: "" });
  await settle();
  expect(sold.ok).toBe(true);
  await training.leave();
  expect(shop.log.join("\n")).toMatch(/journal\/failed training/);
  await live.must({ type: "sign_on", clerk: BOSS, attempt: null });
  expect(receiptsIn(await live.sell("tea"))).toHaveLength(1);
  await live.terminal.close();
});

test("the epochs of a training are its journal's alone", async () => {
  const shop = new Shop();
  const { live, training } = await shop.start();
  for (let lesson = 0; lesson < 3; lesson += 1) {
    await entered(training);
    await training.leave();
  }
  const started = (await shop.trained()).filter(({ event }) => event.type === "training_started");
  expect(new Set(started.map(({ epoch }) => epochId(epoch))).size).toBe(3);
  await live.terminal.close();
  const { records } = await readJournal(shop.disk);
  expect(records.map(({ event }) => event.type)).toEqual(["epoch_started"]);
});
