/** A fold may begin at any checkpoint: nothing that is unfinished is missing from it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { restoreDay } from "../../core/checkpoint.ts";
import { clerkId, drawerId, eventId, terminalId } from "../../core/ids.ts";
import {
  SHIFT_WRITERS_COUNT_MAX,
  SHIFTS_OPEN_COUNT_MAX,
  SKU_TEXT_LENGTH_MAX,
  SOLD_OUT_COUNT_MAX,
} from "../../core/limits.ts";
import { minor, ppm } from "../../core/money.ts";
import type { Order } from "../../core/order/types.ts";
import { emptyState } from "../../core/state.ts";
import type { ShiftReport } from "../../core/shift/events.ts";
import type { State } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { DayCarried } from "../../core/types.ts";
import { BLOCK_BYTES_MAX, CARRIED_RECORDS_COUNT_MAX, RECORD_BYTES_MAX } from "../../protocol/limits.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { JournalFold } from "../../runtime/boot.ts";
import { checkpointGroups, dayRecords } from "../../runtime/checkpoint.ts";
import type { Disk } from "../../runtime/disk.ts";
import type { Block } from "../../runtime/store/block.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { epochAt, Writer } from "../support/core-fixtures.ts";
import { Dice } from "../support/dice.ts";
import { settle, TILL } from "../support/fake-world.ts";
import { businessState, openTill } from "../support/terminal-harness.ts";
import type { Till } from "../support/terminal-harness.ts";

function isUnfinished(order: Order): boolean {
  const isOver = order.phase === "closed" || order.phase === "voided";
  return !isOver || order.jobs.some((job) => job.outcome === "pending");
}

/** Blocks of the journal, copied; `heads` are the indexes of those that begin with a checkpoint. */
async function blocksOf(
  disk: Disk,
): Promise<{ readonly blocks: readonly Block[]; readonly heads: readonly number[] }> {
  const blocks: Block[] = [];
  await inspectJournal(disk, TILL, (block) => {
    blocks.push({ ...block, recordBytes: block.recordBytes.slice() });
  });
  const heads = blocks.flatMap((block, index) => (isHead(block) ? [index] : []));
  return { blocks, heads };
}

// A record is [seq, lamport, at, cause, [type, ...]] and the checkpoint's is the runtime's own: its
// event begins behind a null with an array and the number 2.
function isHead(block: Block): boolean {
  return (
    Buffer.from(block.recordBytes.subarray(0, 40))
      .toString("hex")
      .match(/f68802(01|02)/) !== null
  );
}

function foldFrom(blocks: readonly Block[], index: number): State {
  const fold = new JournalFold(emptyState(TILL, epochAt(0)), (code, detail) =>
    expect.fail(`${code} ${detail}`),
  );
  for (const block of blocks.slice(index)) fold.block(block);
  return fold.state;
}

/** From any checkpoint on, the same is known of everything that is not finished. */
async function expectCheckpointsEqual(disk: Disk, live: State): Promise<number> {
  const { blocks, heads } = await blocksOf(disk);
  for (const index of [0, ...heads]) {
    const folded = foldFrom(blocks, index);
    expect(businessState(folded, isUnfinished)).toEqual(businessState(live, isUnfinished));
    expect(unfinishedOrders(folded)).toEqual(unfinishedOrders(live));
    expect([folded.seq, folded.lamport, folded.epoch]).toEqual([live.seq, live.lamport, live.epoch]);
  }
  return heads.length;
}

function unfinishedOrders(state: State): readonly Order[] {
  return [...state.orders.values()].flatMap(({ order }) => (isUnfinished(order) ? [order] : []));
}

async function randomTap(till: Till, dice: Dice): Promise<void> {
  const orders = [...till.state.orders.values()].map((entry) => entry.order);
  const order = orders.length === 0 || dice.chance(10) ? null : dice.pick(orders.slice(-6));
  const id = order?.id ?? null;
  const line = order?.lines.at(-1)?.id ?? null;
  const quantityMilli = 1000 * (1 + dice.below(3));
  const clerk = dice.chance(80) ? "boss" : "sam";
  const die = dice.below(100);
  if (die < 45)
    await till.tap({ type: "add_item", order: id, sku: dice.pick(["tea", "bun"]), quantityMilli }, clerk);
  else if (die < 50) await till.tap({ type: "sign_on", clerk: clerkId(clerk), attempt: null }, clerk);
  else if (order === null)
    await till.tap({ type: "open_order", kind: "sale", label: `t${die}`, reason: "" }, clerk);
  else if (die < 60 && line !== null) {
    await till.tap({ type: "remove_units", order: order.id, line, quantityMilli, reason: "" }, clerk);
  } else if (die < 65 && line !== null)
    await till.tap({ type: "add_units", order: order.id, line, quantityMilli }, clerk);
  else if (die < 72) await till.tap({ type: "set_note", order: order.id, line, text: `note ${die}` }, clerk);
  else if (die < 78) await till.tap({ type: "freeze_check", order: order.id }, clerk);
  else if (die < 82) {
    const check = order.checks.at(-1)?.id;
    if (check !== undefined) await till.tap({ type: "thaw_check", order: order.id, check }, clerk);
  } else if (die < 86) await till.tap({ type: "void_order", order: order.id, reason: "mistake" }, clerk);
  else
    await till.tap(
      { type: "take_cash", order: order.id, handedMinor: 100 + dice.below(2000), leftMinor: null },
      clerk,
    );
}

test("a fold from any checkpoint knows of unfinished orders, receipts, clerks and taps what a fold from the start knows", async () => {
  let headCount = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const dice = new Dice(seed);
      const disk = new FakeDisk();
      let live: State | null = null;
      for (let start = 1; start <= 2; start += 1) {
        const till = await openTill(disk, seed + start);
        await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
        await till.must({ type: "sign_on", clerk: clerkId("sam"), attempt: null });
        for (let tap = 0; tap < 60; tap += 1) {
          await randomTap(till, dice);
          // Each tap a block of its own: many roll-overs.
          await settle();
        }
        await till.terminal.close();
        live = till.state;
      }
      headCount += await expectCheckpointsEqual(disk, live ?? expect.fail("Nothing ran"));
    }),
    { numRuns: 15 },
  );
  // Some begin at a checkpoint, whatever the days were: else the property is about nothing.
  expect(headCount).toBeGreaterThan(5);
});

test("an order of 1,500 lines is carried in several records, and goes on from any checkpoint", async () => {
  const disk = new FakeDisk();
  let headCount = 0;
  const till = await openTill(disk, 1, { segmentBytes: 256 * 1024 });
  const checkpoint = till.terminal.loop.checkpoint.bind(till.terminal.loop);
  till.terminal.loop.checkpoint = () => {
    headCount += 1;
    return checkpoint();
  };
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let line = 0; line < 1500; line += 1) await till.add(line % 3 === 0 ? "bun" : "tea");
  await till.must({
    type: "set_note",
    order: till.order?.id ?? expect.fail("No order"),
    line: null,
    text: "big",
  });
  headCount = 0;
  // The order is the oldest open one from here on, while the segments roll over it.
  for (let sale = 0; headCount < 2; sale += 1) {
    expect(sale).toBeLessThan(2000);
    await till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
    await till.sell("bun");
  }
  await till.add("bun");
  await till.terminal.close();
  const { blocks, heads } = await blocksOf(disk);
  const whole = foldFrom(blocks, 0);
  expect(foldFrom(blocks, heads.at(-1) ?? 0).orders.size).toBeLessThan(whole.orders.size);
  expect(await expectCheckpointsEqual(disk, till.state)).toBeGreaterThan(1);
  const again = await openTill(disk, 2, { segmentBytes: 256 * 1024 });
  expect(businessState(again.state)).toEqual(businessState(till.state));
  await again.terminal.close();
});

test("each group of a checkpoint fits a commit block, each record its bound, and each pack has one writer", () => {
  const other = new Writer("till-2").signOn("boss");
  const own = new Writer("till-1").signOn("boss");
  own.tap({ type: "open_order", kind: "sale", label: "big", reason: "" });
  const [order] = own.state.orders.keys();
  for (let line = 0; line < 1500; line += 1) {
    own.tap({ type: "add_item", order: order ?? null, sku: "tea", quantityMilli: 1000 });
  }
  other.tap({ type: "add_item", order: null, sku: "bun", quantityMilli: 1000 });
  for (const recorded of other.records) own.hear(recorded);
  const groups = checkpointGroups(own.state);
  expect(groups.length).toBeGreaterThan(6);
  const [head, day, ...rest] = groups.flat();
  expect(head).toMatchObject({ type: "checkpoint_opened", carriedCount: rest.length });
  expect(day?.type).toBe("day_carried");
  for (const event of rest) {
    expect(event.type).toBe("records_carried");
    const bytes = encodeRecord({
      terminal: own.terminal,
      epoch: own.state.epoch,
      seq: 1,
      lamport: 1,
      at: own.records[0]?.at ?? expect.fail("No record"),
      cause: null,
      event,
    });
    expect(bytes.length).toBeLessThan(BLOCK_BYTES_MAX);
    if (event.type === "records_carried") {
      expect(event.records.length).toBeLessThanOrEqual(CARRIED_RECORDS_COUNT_MAX);
    }
  }
  const writers = rest.map((event) => (event.type === "records_carried" ? event.terminal : ""));
  expect(new Set(writers)).toEqual(new Set(["till-1", "till-2"]));
});

test("finished orders are not carried, but one with a receipt under way is", async () => {
  const disk = new FakeDisk();
  const till = await openTill(disk);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.sell("tea");
  const typesOf = (): readonly string[] =>
    checkpointGroups(till.state)
      .flat()
      .map((event) => event.type);
  expect(typesOf()).toEqual(["checkpoint_opened", "day_carried"]);
  await till.add("tea");
  expect(typesOf()).toEqual(["checkpoint_opened", "day_carried", "records_carried"]);
  await till.terminal.close();
});

/** A day at every bound of core/limits.ts, with the longest names and texts. */
function fullDay(): DayCarried {
  const terminal = "T".repeat(32);
  const clerk = clerkId("c".repeat(16));
  const most = minor(-Number.MAX_SAFE_INTEGER);
  const report: ShiftReport = {
    drawer: drawerId("d".repeat(16)),
    businessDate: "2026-11-22",
    currency: "SEK",
    clerk,
    openedAt: wallMs(253_402_300_799_999),
    frontier: Array.from({ length: SHIFT_WRITERS_COUNT_MAX }, (_, index) => ({
      terminal: terminalId(terminal),
      epoch: epochAt(index),
      seq: Number.MAX_SAFE_INTEGER,
    })),
    floatMinor: most,
    saleCount: Number.MAX_SAFE_INTEGER,
    salesMinor: most,
    returnCount: Number.MAX_SAFE_INTEGER,
    returnsMinor: most,
    taxes: Array.from({ length: 64 }, (_, index) => ({
      ratePpm: ppm(Number.MAX_SAFE_INTEGER - index),
      netMinor: most,
      taxMinor: most,
    })),
    methods: [{ method: "cash", count: Number.MAX_SAFE_INTEGER, amountMinor: most }],
    cashInMinor: most,
    changeMinor: most,
    cashRefundMinor: most,
    roundingMinor: most,
    payInMinor: most,
    payOutMinor: most,
    dropMinor: most,
    noSaleCount: Number.MAX_SAFE_INTEGER,
    voidCount: Number.MAX_SAFE_INTEGER,
    copyCount: Number.MAX_SAFE_INTEGER,
    expectedMinor: most,
  };
  return {
    type: "day_carried",
    businessDate: "2026-11-22",
    nextZNumber: Number.MAX_SAFE_INTEGER,
    shifts: Array.from({ length: SHIFTS_OPEN_COUNT_MAX }, (_, index) => ({
      shift: eventId({ terminal: terminalId(terminal), epoch: epochAt(index), seq: Number.MAX_SAFE_INTEGER }),
      report,
      isJoined: true,
      countedMinor: most,
    })),
    pins: Array.from({ length: 256 }, () => ({ clerk, failureCount: 10 })),
    soldOut: Array.from({ length: SOLD_OUT_COUNT_MAX }, (_, index) => ({
      sku: `${index}`.padEnd(SKU_TEXT_LENGTH_MAX, "茶"),
      isSoldOut: true,
    })),
    isTraining: true,
    clock: { highWaterMs: wallMs(253_402_300_799_999), flag: "before_release" },
  };
}

test("a day at all of its bounds is carried whole, in records that each fit theirs", () => {
  const day = fullDay();
  const records = dayRecords(day);
  for (const event of records) {
    const place = { terminal: TILL, epoch: epochAt(1), seq: Number.MAX_SAFE_INTEGER, lamport: 1 };
    const bytes = encodeRecord({ ...place, at: wallMs(0), cause: null, event });
    expect(bytes.length).toBeLessThan(RECORD_BYTES_MAX);
  }
  expect(records.flatMap((event) => event.shifts)).toEqual(day.shifts);
  expect(records.flatMap((event) => event.pins)).toEqual(day.pins);
  expect(records.flatMap((event) => event.soldOut)).toEqual(day.soldOut);
  const state = emptyState(TILL, epochAt(1));
  for (const event of records) restoreDay(state, event);
  expect([...state.soldOut.keys()]).toEqual(day.soldOut.map(({ sku }) => sku));
  expect([...state.shifts.keys()]).toEqual(day.shifts.map(({ shift }) => shift));
  expect([state.businessDate, state.nextZNumber, state.isTraining, state.clockFlag]).toEqual([
    day.businessDate,
    day.nextZNumber,
    true,
    "before_release",
  ]);
});

test("a quiet day is carried in one record", () => {
  const { shifts, pins, soldOut } = fullDay();
  const day = {
    ...fullDay(),
    shifts: shifts.slice(0, 1),
    pins: pins.slice(0, 32),
    soldOut: soldOut.slice(0, 40),
  };
  expect(dayRecords(day)).toEqual([day]);
  expect(dayRecords({ ...day, shifts: [], pins: [], soldOut: [] })).toHaveLength(1);
});
