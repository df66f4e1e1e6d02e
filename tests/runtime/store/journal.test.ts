/** What a caller may rely on: seqs, group commit, roll-over, reading back, the latch, a full disk. */
import { expect, test } from "vitest";
import type { Block } from "../../../runtime/store/block.ts";
import type { JournalFault } from "../../../runtime/store/fault.ts";
import type { Journal } from "../../../runtime/store/journal.ts";
import { BLOCK_BYTES_MAX, BLOCK_RECORDS_MAX } from "../../../runtime/store/limits.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { epoch, MARK, open, readAll, record, records } from "./sample-journal.ts";

const LARGE = { segmentBytes: 1 << 20, firstSegmentBytes: 1 << 20 };

/** Waits until the journal has made its next segment and is idle. */
async function spareOf(disk: FakeDisk, journal: Journal): Promise<void> {
  const before = journal.room().bytesLeft;
  for (let turn = 0; turn < 1000 && journal.room().bytesLeft === before; turn += 1) await Promise.resolve();
  expect(disk.paths()).toContain("journal/spare.jnl");
}

test("records come back in order, byte for byte, with seqs from 1", async () => {
  const disk = new FakeDisk();
  const { journal, recovered } = await open(disk);
  expect(recovered).toMatchObject({ verdict: "new", parent: null, continuity: "kept" });
  expect(journal.head).toEqual({ epoch: epoch(1), seq: 0 });
  expect(journal.append(records(1, 3))).toEqual({ firstSeq: 1, lastSeq: 3 });
  expect(journal.append(records(4, 1))).toEqual({ firstSeq: 4, lastSeq: 4 });
  expect(journal.head).toEqual({ epoch: epoch(1), seq: 4 });
  expect(journal.durable).toBe(null);
  await journal.commit();
  expect(journal.durable).toMatchObject({ epoch: epoch(1), seq: 4 });
  await journal.close();
  const reading = await readAll(disk);
  expect(reading.bytes).toEqual(Buffer.concat(records(1, 4)));
  expect(reading.recovered.parent).toEqual(journal.durable);
});

test("commits of one turn share one block and one sync", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk, LARGE);
  journal.append([record(1)]);
  await journal.commit();
  await journal.close();
  const again = await open(disk, { ...LARGE, epoch: epoch(2) });
  again.journal.append([record(2)]);
  await again.journal.commit();
  const before = disk.syncCount;
  const waiting = [3, 4, 5, 6].map((seq) => {
    again.journal.append([record(seq)]);
    return again.journal.commit();
  });
  await Promise.all(waiting);
  expect(disk.syncCount - before).toBe(1);
  await again.journal.close();
  expect(await readAll(disk)).toMatchObject({ blockCount: 3, lastSeq: 6 });
});

test("what is appended while a write is under way goes into the next block, all of it", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk, LARGE);
  await spareOf(disk, journal);
  journal.append([record(1)]);
  const first = journal.commit();
  let later: Promise<unknown> = Promise.resolve();
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
  for (let seq = 2; seq <= 40; seq += 1) {
    journal.append([record(seq)]);
    later = journal.commit();
  }
  await first;
  await later;
  await journal.close();
  expect(await readAll(disk)).toMatchObject({ blockCount: 2, lastSeq: 40 });
});

test("a commit does not resolve with an earlier block than its own", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk, LARGE);
  await spareOf(disk, journal);
  journal.append([record(1)]);
  const first = journal.commit();
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
  journal.append([record(2)]);
  const order: number[] = [];
  const noted = [first, journal.commit()].map(async (each, index) => {
    await each;
    order.push(index);
    expect((await readAll(disk.crash("drop"))).lastSeq).toBeGreaterThan(index);
  });
  await Promise.all(noted);
  expect(order).toEqual([0, 1]);
  await journal.close();
});

test("a commit with nothing to write resolves without a sync", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk);
  journal.append([record(1)]);
  await journal.commit();
  const before = disk.syncCount;
  await journal.commit();
  expect(disk.syncCount).toBe(before);
  await journal.close();
});

test("a kick writes what waits though nobody waits for it", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk);
  journal.append([record(1)]);
  journal.kick();
  while (journal.durable === null) await Promise.resolve();
  expect(await readAll(disk.crash("drop"))).toMatchObject({ lastSeq: 1 });
  await journal.close();
});

test("an append is never split and several share a block up to its bounds", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk, LARGE);
  journal.append(records(1, 2, BLOCK_BYTES_MAX / 2));
  journal.append(records(3, BLOCK_RECORDS_MAX - 1, 1 << 5));
  journal.append([record(4)]);
  journal.append([record(5)]);
  await journal.close();
  const blocks: Block[] = [];
  await (
    await open(disk, { ...LARGE, epoch: epoch(2), onBlock: (block) => blocks.push(block) })
  ).journal.close();
  expect(blocks.map(({ recordCount }) => recordCount)).toEqual([2, BLOCK_RECORDS_MAX, 1]);
});

test.each([
  ["no record", []],
  ["an empty record", [new Uint8Array(0)]],
  ["too many records", records(1, BLOCK_RECORDS_MAX + 1, 4)],
  ["too many bytes", [new Uint8Array(BLOCK_BYTES_MAX + 1)]],
])("an append of %s is a Bug", async (_, wrong) => {
  const { journal } = await open(new FakeDisk(), LARGE);
  expect(() => journal.append(wrong)).toThrow(/^journal: /);
  expect(journal.head.seq).toBe(0);
  await journal.close();
});

test("a full segment is followed by one that begins with the checkpoint, and promised seqs stay", async () => {
  const disk = new FakeDisk();
  const checkpoints: number[] = [];
  const promised: number[] = [];
  const { journal } = await open(disk, {
    checkpoint: () => {
      checkpoints.push(journal.head.seq);
      return [records(9000, 2), records(9100, 1)];
    },
  });
  const expected = new Map<number, Uint8Array>();
  for (let turn = 0; turn < 12; turn += 1) {
    const before = checkpoints.length;
    const appended = [record(turn, 300)];
    const { firstSeq } = journal.append(appended);
    promised.push(firstSeq);
    if (checkpoints.length > before) {
      [...records(9000, 2), ...records(9100, 1)].forEach((each, index) =>
        expected.set(firstSeq - 3 + index, each),
      );
    }
    expected.set(firstSeq, appended[0] ?? new Uint8Array(0));
    if (turn % 2 === 0) await journal.commit();
  }
  await journal.close();
  expect(checkpoints.length).toBeGreaterThan(0);
  expect(promised).not.toContain((checkpoints[0] ?? 0) + 1);
  const all = [...expected].toSorted(([left], [right]) => left - right).map(([, bytes]) => bytes);
  const reading = await readAll(disk);
  expect(reading.bytes).toEqual(Buffer.concat(all));
  expect(reading.lastSeq).toBe(all.length);
});

test("a reservation names the seq that the next append gets, also where a new segment begins", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk, { checkpoint: () => [records(9000, 5)] });
  let rollOverCount = 0;
  for (let turn = 0; turn < 20; turn += 1) {
    const before = journal.head.seq;
    const seq = journal.reserve(400);
    if (seq !== before + 1) rollOverCount += 1;
    expect(journal.append([record(turn, 100 + turn)]).firstSeq).toBe(seq);
    await journal.commit();
  }
  expect(rollOverCount).toBeGreaterThan(0);
  await journal.close();
});

test("a checkpoint that appends is a Bug", async () => {
  const { journal } = await open(new FakeDisk(), {
    checkpoint: () => [[record(journal.append([record(1)]).firstSeq)]],
  });
  const fill = async (): Promise<void> => {
    for (;;) {
      journal.append([record(1, 400)]);
      await journal.commit();
    }
  };
  await expect(fill()).rejects.toMatchObject({ name: "Bug" });
});

test("reopening five times chains every start to the block before it", async () => {
  const disk = new FakeDisk();
  let previous = null;
  for (let start = 1; start <= 5; start += 1) {
    const { journal, recovered } = await open(disk, { epoch: epoch(start) });
    expect(recovered).toMatchObject({ verdict: start === 1 ? "new" : "clean", continuity: "kept" });
    expect(recovered.parent).toEqual(previous);
    expect(journal.append(records(start * 2 - 1, 2)).firstSeq).toBe(start * 2 - 1);
    await journal.commit();
    previous = journal.durable;
    await journal.close();
  }
  const reading = await readAll(disk);
  expect(reading.bytes).toEqual(Buffer.concat(records(1, 10)));
  expect(reading.epochs).toEqual([1, 2, 3, 4, 5].map(epoch));
});

test("a start that appends nothing leaves no segment and no gap", async () => {
  const disk = new FakeDisk();
  for (let start = 1; start <= 3; start += 1)
    await (await open(disk, { epoch: epoch(start) })).journal.close();
  expect(disk.paths().filter((path) => path.startsWith("journal/seg-"))).toEqual([]);
  expect((await readAll(disk)).recovered.verdict).toBe("new");
});

test("an epoch that was used before is a Bug", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk);
  journal.append([record(1)]);
  await journal.close();
  await expect(open(disk)).rejects.toMatchObject({ name: "Bug" });
});

test("reading gives the durable blocks from the one that holds a seq, equal to what was appended", async () => {
  const disk = new FakeDisk();
  for (const start of [1, 2]) {
    const { journal } = await open(disk, { epoch: epoch(start) });
    for (let block = 0; block < 8; block += 1) {
      journal.append(records(journal.head.seq + 1, 3, 100));
      await journal.commit();
    }
    await journal.close();
  }
  const { journal } = await open(disk, { epoch: epoch(3) });
  await spareOf(disk, journal);
  journal.append([record(49)]);
  const parts: Uint8Array[] = [];
  let previous: Uint8Array | null = null;
  for (let seq = 1; ;) {
    const blocks = await journal.read(seq, 1000);
    if (blocks.length === 0) break;
    expect(blocks.reduce((sum, block) => sum + block.recordBytes.length, 0)).toBeLessThanOrEqual(1000);
    for (const block of blocks) {
      expect(block.firstSeq).toBe(seq);
      if (previous !== null) expect(block.previousHash).toEqual(previous);
      previous = block.hash;
      parts.push(block.recordBytes);
      seq += block.recordCount;
      expect(await journal.hashAt(block.epoch, seq - 1)).toEqual(block.hash);
      expect(await journal.hashAt(block.epoch, seq - 2)).toBe(null);
    }
  }
  expect(Buffer.concat(parts)).toEqual(Buffer.concat(records(1, 48, 100)));
  expect((await journal.read(47, 1)).map(({ firstSeq }) => firstSeq)).toEqual([46]);
  expect((await journal.read(0, 1)).map(({ firstSeq }) => firstSeq)).toEqual([1]);
  expect(await journal.read(49, 1000)).toEqual([]);
  expect(await journal.hashAt(epoch(9), 48)).toBe(null);
  expect(await journal.hashAt(epoch(2), 0)).toBe(null);
  await journal.close();
});

test("reading a block that has rotted since is journal/rot with file and offset", async () => {
  const disk = new FakeDisk();
  const { journal } = await open(disk);
  for (const seq of [1, 2, 3]) {
    journal.append([record(seq)]);
    await journal.commit();
  }
  const path = disk.paths().find((each) => each.startsWith("journal/seg-")) ?? "";
  disk.flip(path, 1536 + 70);
  await expect(journal.read(1, 1000)).rejects.toMatchObject({ code: "journal/rot", place: `${path}@1536` });
  expect(await journal.read(1, 1)).toHaveLength(1);
  await expect(journal.hashAt(epoch(1), 2)).rejects.toMatchObject({ code: "journal/rot" });
  await journal.close();
});

test.each([
  ["write", 1],
  ["sync", 2],
])(
  "the first failed %s is final: what waits is rejected, nothing is retried, appends are refused",
  async (_, callCount) => {
    const disk = new FakeDisk();
    const faults: JournalFault[] = [];
    const { journal } = await open(disk, { ...LARGE, onFault: (fault) => faults.push(fault) });
    await spareOf(disk, journal);
    journal.append([record(1)]);
    await journal.commit();
    journal.append([record(2)]);
    const waiting = [journal.commit(), journal.commit()];
    const before = disk.syncCount;
    // The block's write is the next call, its sync the one behind it.
    disk.failAt(disk.callCount + callCount, "disk/io");
    for (const each of waiting)
      await expect(each).rejects.toMatchObject({ code: "journal/failed", retry: "never" });
    expect(journal.state).toBe("failed");
    expect(() => journal.append([record(3)])).toThrow("journal/failed");
    await expect(journal.commit()).rejects.toMatchObject({ code: "journal/failed" });
    expect(disk.syncCount).toBeLessThanOrEqual(before + 1);
    expect(faults.map(({ code }) => code)).toEqual(["journal/failed"]);
    expect(journal.durable).toMatchObject({ seq: 1 });
    await expect(journal.close()).rejects.toMatchObject({ code: "journal/failed" });
    expect(await readAll(disk.crash("keep"))).toMatchObject({ lastSeq: 1 });
  },
);

test("a mark that can be neither read nor written is told once and harms nothing", async () => {
  const disk = new FakeDisk();
  await disk.makeDirectory("mark");
  await disk.makeDirectory(MARK);
  const faults: string[] = [];
  const { journal } = await open(disk, { onFault: ({ code }) => faults.push(code) });
  journal.append([record(1)]);
  await journal.close();
  expect(faults).toEqual(["journal/mark_failed"]);
  expect(await readAll(disk)).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: 1 });
});

test("a full disk refuses early, lets the open sale be finished, and takes sales again when there is room", async () => {
  const disk = new FakeDisk();
  disk.limit(4096 + 8192);
  const { journal } = await open(disk);
  const states = new Set<string>();
  const appendUntilRefused = async (): Promise<string> => {
    for (;;) {
      states.add(journal.room().state);
      try {
        journal.append([record(1, 100)]);
      } catch (fault) {
        return String(fault);
      }
      await journal.commit();
    }
  };
  expect(await appendUntilRefused()).toContain("journal/full");
  expect([...states]).toEqual(["ok", "low", "full"]);
  expect(journal.state).toBe("full");
  const before = journal.head.seq;
  disk.limit(Infinity);
  journal.kick();
  while (journal.state === "full") await Promise.resolve();
  expect(journal.append([record(1, 100)]).firstSeq).toBe(before + 1);
  await journal.close();
  expect((await readAll(disk)).lastSeq).toBe(before + 1);
});

test("the spare segment of an earlier start is taken over, and one with other content is made anew", async () => {
  const disk = new FakeDisk();
  await (await open(disk)).journal.close();
  const { journal } = await open(disk, { epoch: epoch(2) });
  await spareOf(disk, journal);
  await journal.close();
  const writes = disk.changeCount;
  await (await open(disk, { epoch: epoch(3) })).journal.close();
  expect(disk.changeCount - writes).toBeLessThan(12);
  disk.flip("journal/first.jnl", 100);
  const last = await open(disk, { epoch: epoch(4) });
  expect(disk.bytesOf("journal/first.jnl")).toEqual(new Uint8Array(4096));
  await last.journal.close();
});

test("4096-byte sectors serve as well, and a reader needs not be told", async () => {
  const disk = new FakeDisk();
  const sizes = { segmentBytes: 1 << 15, firstSegmentBytes: 1 << 15 };
  const { journal } = await open(disk, { sectorBytes: 4096, ...sizes });
  for (let seq = 1; seq <= 9; seq += 1) {
    journal.append([record(seq)]);
    await journal.commit();
  }
  await journal.close();
  const path = disk.paths().find((each) => each.startsWith("journal/seg-")) ?? "";
  disk.flip(path, 3);
  const reading = await readAll(disk);
  expect(reading).toMatchObject({
    recovered: { verdict: "clean", details: { damagedHeaderPaths: [path] } },
    lastSeq: 9,
  });
  const next = await open(disk, { epoch: epoch(2) });
  expect((await next.journal.read(1, 1000)).length).toBeGreaterThan(0);
  await next.journal.close();
});
