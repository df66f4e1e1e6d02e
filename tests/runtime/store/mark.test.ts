/** The commit mark: golden bytes, two slots, and that losing it harms nothing. */
import { expect, test } from "vitest";
import {
  decodeMark,
  encodeMark,
  MARK_PATH,
  MarkWriter,
  readMark,
  SLOT_STRIDE_BYTES,
  type Mark,
} from "../../../runtime/store/mark.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { bitFlips, truncations } from "../../support/damage.ts";
import { toHex } from "../../support/hex.ts";

const HASH = new Uint8Array(32).fill(0xab);

function mark(seq: number): Mark {
  return { epoch: "0123456789abcdef", segmentNumber: 2, endBytes: 512 * seq, seq, hash: HASH };
}

function open(disk: FakeDisk, counter: number, told: string[] = []): Promise<MarkWriter> {
  return MarkWriter.open(disk, counter, ({ code }) => told.push(code));
}

test("a slot's bytes are these", () => {
  const bytes = encodeMark({ ...mark(3), counter: 5 });
  expect(toHex(bytes)).toMatch(
    /^54574d31[0-9a-f]{8}00000000000000050123456789abcdef00000002000006000000000000000003(ab){24}$/,
  );
});

test("a slot is read back, and every truncation and flipped bit of it is no mark", () => {
  const bytes = encodeMark({ ...mark(3), counter: 5 });
  expect(decodeMark(bytes)).toEqual({ ...mark(3), counter: 5, hash: HASH.subarray(0, 24) });
  for (const cut of truncations(bytes)) expect(decodeMark(cut)).toBe(null);
  for (const flipped of bitFlips(bytes)) expect(decodeMark(flipped)).toBe(null);
});

test("marks go into two slots in turn, so a torn write leaves the mark before it", async () => {
  const disk = new FakeDisk();
  const writer = await open(disk, 6);
  for (const seq of [1, 2, 3]) {
    writer.note(mark(seq));
    await Promise.resolve();
    await Promise.resolve();
  }
  await writer.close();
  expect(await readMark(disk)).toMatchObject({ seq: 3, counter: 9 });
  disk.bytesOf(MARK_PATH).fill(0xff, SLOT_STRIDE_BYTES);
  expect(await readMark(disk)).toMatchObject({ seq: 2, counter: 8 });
  disk.bytesOf(MARK_PATH).fill(0xff);
  expect(await readMark(disk)).toBe(null);
});

test("while one mark is written only the newest waits", async () => {
  const disk = new FakeDisk();
  const writer = await open(disk, 0);
  const before = disk.changeCount;
  for (let seq = 1; seq <= 50; seq += 1) writer.note(mark(seq));
  await writer.close();
  expect(disk.changeCount - before).toBe(2);
  expect(await readMark(disk)).toMatchObject({ seq: 50, counter: 2 });
  expect(writer.counter).toBe(2);
});

test("a mark is never synced after its file was made", async () => {
  const disk = new FakeDisk();
  const writer = await open(disk, 0);
  const before = disk.syncCount;
  writer.note(mark(1));
  await writer.close();
  expect(disk.syncCount).toBe(before);
  expect(await readMark(disk.crash("drop"))).toBe(null);
});

test("a write that fails is told once and ends the marks", async () => {
  const disk = new FakeDisk();
  const told: string[] = [];
  const writer = await open(disk, 0, told);
  disk.failAt(disk.callCount + 1, "disk/io");
  for (const seq of [1, 2]) writer.note(mark(seq));
  await Promise.resolve();
  await Promise.resolve();
  writer.note(mark(3));
  await writer.close();
  expect(told).toEqual(["journal/mark_failed"]);
  expect(await readMark(disk)).toBe(null);
});

test("a disk without a mark has none", async () => {
  expect(await readMark(new FakeDisk())).toBe(null);
});
