/** What a start finds, says and goes on with: new, clean, torn, rot, receipts under way, a newer release. */
import { expect, test } from "vitest";
import { clerkId, epochId } from "../../core/ids.ts";
import { emptyState } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { boot, drawEpoch, RUNTIME_VERSION, seriesOf } from "../../runtime/boot.ts";
import type { Booted } from "../../runtime/boot.ts";
import { openJournal } from "../../runtime/store/journal.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { epochAt } from "../support/core-fixtures.ts";
import { PaperTray, seededRng, settle, TILL } from "../support/fake-world.ts";
import { openTill, readJournal, receiptsIn, SMALL_SEGMENT_BYTES } from "../support/terminal-harness.ts";

/** A journal of three sales, receipts 1 to 3, closed in order. */
async function sold(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const till = await openTill(disk);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let sale = 0; sale < 3; sale += 1) await till.sell("tea");
  await till.terminal.close();
  return disk;
}

async function startedOn(disk: FakeDisk): Promise<Recorded["event"]> {
  const { records } = await readJournal(disk);
  return (
    records.findLast((record) => record.event.type === "epoch_started")?.event ?? expect.fail("No start")
  );
}

function segmentsOf(disk: FakeDisk): readonly string[] {
  return disk.paths().filter((path) => path.startsWith("journal/seg-"));
}

test("a first start says new, has no parent and begins a receipt series of its own", async () => {
  const disk = new FakeDisk();
  const till = await openTill(disk);
  const { epoch } = till.state;
  await till.terminal.close();
  expect(await startedOn(disk)).toEqual({
    type: "epoch_started",
    parent: null,
    opening: "new",
    detail: "",
    series: seriesOf(epoch),
    runtimeVersion: RUNTIME_VERSION,
  });
});

test("a clean start names its parent, keeps the series, and receipts go on", async () => {
  const disk = await sold();
  const { recovered, records } = await readJournal(disk);
  const till = await openTill(disk, 2);
  expect(till.state.nextReceiptNumber).toBe(4);
  await till.sell("bun");
  await till.terminal.close();
  const after = await readJournal(disk);
  expect(await startedOn(disk)).toMatchObject({ opening: "clean", detail: "", parent: recovered.parent });
  expect(after.epochs).toHaveLength(2);
  const [series] = receiptsIn(records)[0]?.split(" ") ?? [];
  expect(receiptsIn(after.records)).toEqual([1, 2, 3, 4].map((number) => `${series} ${number}`));
});

/** `disk` after a power cut that tore the next sale's block. */
async function tornDisk(disk: FakeDisk): Promise<FakeDisk> {
  for (let seed = 0; seed < 40; seed += 1) {
    const image = disk.image();
    const till = await openTill(image, 2);
    image.cutAt(image.changeCount + 1);
    await till.sell("bun").catch(() => {});
    const after = image.crash("torn", seed);
    if ((await readJournal(after)).recovered.verdict === "torn") return after;
  }
  throw new Error("No seed tore the block");
}

test("a torn tail is said with its place, the series is kept, and receipts go on", async () => {
  const after = await tornDisk(await sold());
  const again = await openTill(after, 3);
  const { nextReceiptNumber } = again.state;
  const [receipt] = receiptsIn(await again.sell("bun"));
  await again.terminal.close();
  const opened = await startedOn(after);
  expect(opened).toMatchObject({ opening: "torn", series: again.state.receiptSeries });
  expect(opened.type === "epoch_started" ? opened.detail : "").toMatch(
    /^torn at journal\/seg-\d{8}-[0-9a-f]{16}\.jnl byte \d+$/,
  );
  expect(receipt).toBe(`${again.state.receiptSeries} ${nextReceiptNumber}`);
  expect(nextReceiptNumber).toBe(4);
  const { records } = await readJournal(after);
  expect(new Set(receiptsIn(records)).size).toBe(receiptsIn(records).length);
});

test("rot is said with what was set aside, and receipts begin a new series", async () => {
  const disk = await sold();
  const [first = ""] = segmentsOf(disk);
  disk.flip(first, 5 * 512 + 100);
  const till = await openTill(disk, 2);
  const [receipt] = receiptsIn(await till.sell("bun"));
  await till.terminal.close();
  const opened = await startedOn(disk);
  expect(opened).toMatchObject({ opening: "rot", series: seriesOf(till.state.epoch) });
  expect(opened.type === "epoch_started" ? opened.detail : "").toMatch(/set aside: quarantine\//);
  expect(receipt).toBe(`${seriesOf(till.state.epoch)} 1`);
  // A clean start after it keeps that series.
  const next = await openTill(disk, 3);
  expect(receiptsIn(await next.sell("tea"))).toEqual([`${seriesOf(till.state.epoch)} 2`]);
  await next.terminal.close();
});

test("a start that was cut before it said that records were lost leaves that to the next one", async () => {
  const disk = await sold();
  const [lost = ""] = receiptsIn((await readJournal(disk)).records)[0]?.split(" ") ?? [];
  const [first = ""] = segmentsOf(disk);
  disk.flip(first, 5 * 512 + 100);
  const image = disk.image();
  const dry = image.image();
  await openTill(dry, 2);
  for (let at = 1; at <= dry.changeCount; at += 1) {
    const cut = image.image();
    cut.cutAt(at);
    await openTill(cut, 2).catch(() => {});
    const till = await openTill(cut.crash("torn", at), 3);
    // Whichever start said it: the numbers of the lost records are never given again.
    expect(till.state.receiptSeries).not.toBe(lost);
    expect(till.state.nextReceiptNumber).toBe(1);
    await till.terminal.close();
  }
});

test("receipts that were under way are marked as unknown and are not printed again", async () => {
  const disk = new FakeDisk();
  const printer = new PaperTray();
  const till = await openTill(disk, 1, { printer });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await till.sell("tea");
  await settle();
  printer.isSilent = true;
  await till.sell("bun");
  await settle();
  expect(printer.printed).toHaveLength(2);
  // The power goes here.
  const after = disk.crash("keep");
  const second = new PaperTray();
  const again = await openTill(after, 2, { printer: second });
  const orders = [...again.state.orders.values()].map((entry) => entry.order);
  expect(orders.map((order) => order.jobs.map((job) => `${job.outcome} ${job.code}`))).toEqual([
    ["printed "],
    ["unknown printer/restarted"],
  ]);
  expect(orders.map((order) => order.marks)).toEqual([[], ["receipt_not_confirmed"]]);
  await settle();
  expect(second.printed).toEqual([]);
  expect(second.drawers).toEqual([]);
  // A clerk decides on a copy.
  await again.must({ type: "copy_receipt", order: orders[1]?.id ?? expect.fail("No order") });
  await settle();
  expect(second.printed).toHaveLength(1);
  await again.terminal.close();
  const third = await openTill(after, 3);
  const jobs = [...third.state.orders.values()].flatMap((entry) =>
    entry.order.jobs.map((job) => job.outcome),
  );
  expect(jobs).toEqual(["printed", "unknown", "printed"]);
});

async function bootOn(disk: FakeDisk, ordinal: number, log: string[]): Promise<Booted> {
  return boot({
    disk,
    terminal: TILL,
    rng: seededRng(ordinal),
    checkpoint: () => [],
    onDurable: () => {},
    onFault: () => {},
    log: (code, detail) => log.push(`${code}: ${detail}`),
    segmentBytes: SMALL_SEGMENT_BYTES,
  });
}

function record(seq: number, event: Event): Uint8Array {
  return encodeRecord({
    terminal: TILL,
    epoch: epochAt(1),
    seq,
    lamport: seq,
    at: wallMs(0),
    cause: { view: 1, n: seq, clerk: clerkId("boss") },
    event,
  });
}

const SIGN_ON: Event = { type: "clerk_signed_on", clerk: clerkId("boss"), name: "Boss", rights: ["sell"] };

test("an event of a newer release is kept and logged, does not stop the start, and sorts before what follows", async () => {
  const disk = new FakeDisk();
  const { journal } = await openJournal({
    disk,
    terminal: TILL,
    epoch: epochAt(1),
    checkpoint: () => [],
    segmentBytes: SMALL_SEGMENT_BYTES,
  });
  journal.append([
    record(1, SIGN_ON),
    encodeCbor([2, 2, 0, null, [999, 1, "from the future"]]),
    encodeCbor([3, 3, 0, null, [11, 77, "a line of another kind"]]),
    record(4, { ...SIGN_ON, name: "Later" }),
    encodeCbor([5, 5, 0, null, [999, 2]]),
  ]);
  await journal.close();
  const log: string[] = [];
  const booted = await bootOn(disk, 2, log);
  expect(log).toEqual([
    "event/unknown: record 2 is not folded",
    "event/unknown: record 3 is not folded",
    "event/unknown: record 5 is not folded",
  ]);
  expect([...booted.state.clerks.values()]).toMatchObject([{ name: "Later" }]);
  expect([booted.state.seq, booted.state.lamport]).toEqual([5, 5]);
  const kept = await booted.journal.read(1, 100_000);
  expect(kept).toMatchObject([{ firstSeq: 1, recordCount: 5 }]);
  expect(booted.tips.get(epochAt(1))).toMatchObject({ seq: 5 });
  await booted.journal.close();
});

test("a block whose bytes are no records is logged and passed over; its seqs are not given again", async () => {
  const disk = new FakeDisk();
  const { journal } = await openJournal({
    disk,
    terminal: TILL,
    epoch: epochAt(1),
    checkpoint: () => [],
    segmentBytes: SMALL_SEGMENT_BYTES,
  });
  journal.append([Uint8Array.from([0xff, 0xff]), Uint8Array.from([0x00])]);
  await journal.close();
  const log: string[] = [];
  const booted = await bootOn(disk, 2, log);
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(/^cbor\/\w+: block at record 1 cannot be read$/);
  expect(booted.state.seq).toBe(2);
  expect(booted.journal.reserve()).toBe(3);
  await booted.journal.close();
});

test("an epoch is eight random bytes, and a series is the first four of its digits", () => {
  expect(drawEpoch({ bytes: () => Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 0xab]) })).toBe("01020304050607ab");
  expect(seriesOf(epochId("0a0b030405060708"))).toBe("0A0B");
  expect(seriesOf(epochId("ffff030405060708"))).toBe("FFFF");
});

test("a journal of another terminal, or of a newer format, stops the start with the disk unchanged", async () => {
  const disk = await sold();
  const before = disk.paths();
  const options = {
    rng: seededRng(2),
    checkpoint: () => [],
    onDurable: () => {},
    onFault: () => {},
    log: () => {},
  };
  const { terminal } = emptyState("till-2" as typeof TILL, epochAt(1));
  await expect(boot({ ...options, disk, terminal })).rejects.toMatchObject({
    code: "journal/other_terminal",
  });
  expect(disk.paths()).toEqual(before);
});
