/** Recovery of damaged journals: every byte flipped, files cut, swapped, lost, restored. */
import { beforeEach, expect, test } from "vitest";
import { decodeBlock, encodeBlock } from "../../../runtime/store/block.ts";
import { crc32 } from "../../../runtime/store/crc32.ts";
import { inspectJournal } from "../../../runtime/store/inspect.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import {
  epoch,
  expectPrefix,
  MARK,
  open,
  readAll,
  record,
  records,
  TERMINAL,
  twoHundredRecords,
} from "./sample-journal.ts";

const SECTOR = 512;
const SEGMENT_BYTES = 3072;
const RECORDS_PER_BLOCK = 20;
const APPENDED = records(1, 200);
let sample: FakeDisk;
beforeEach(async () => {
  sample = await twoHundredRecords();
});

interface Place {
  readonly path: string;
  readonly blocks: readonly { readonly offset: number; readonly end: number; readonly lastSeq: number }[];
}

/** Where everything stands in a whole journal. */
function places(disk: FakeDisk): readonly Place[] {
  return segments(disk).map((path) => {
    const bytes = disk.bytesOf(path);
    const blocks = [];
    let offset = 2 * SECTOR;
    for (
      let block = decodeBlock(bytes, offset, SECTOR);
      block.ok;
      block = decodeBlock(bytes, offset, SECTOR)
    ) {
      const { blockBytes, firstSeq, recordCount } = block.value;
      blocks.push({ offset, end: offset + blockBytes, lastSeq: firstSeq + recordCount - 1 });
      offset += blockBytes;
    }
    return { path, blocks };
  });
}

function segments(disk: FakeDisk): readonly string[] {
  return disk.paths().filter((path) => path.startsWith("journal/seg-"));
}

function segment(disk: FakeDisk, index: number): string {
  return segments(disk)[index] ?? "";
}

/** What the table must say when one byte of a segment is flipped, and the last seq that then stands. */
function expectedAfterFlip(place: Place, offset: number, isLast: boolean): string {
  if (offset < 2 * SECTOR) return "clean 200";
  const block = place.blocks.find((each) => offset < each.end);
  if (block !== undefined) return `rot ${block.lastSeq - RECORDS_PER_BLOCK}`;
  return isLast ? "torn 200" : "clean 200";
}

async function afterFlip(path: string, offset: number): Promise<string> {
  const bits = 1 << (offset & 7);
  sample.flip(path, offset, bits);
  const { recovered, lastSeq } = await readAll(sample);
  sample.flip(path, offset, bits);
  return `${recovered.verdict} ${lastSeq}`;
}

test("flipping any byte of a 200-record journal is answered as the table says, and nothing sound is given up", async () => {
  const all = places(sample);
  expect(all.map(({ blocks }) => blocks.length)).toEqual([4, 3, 3]);
  for (const [index, place] of all.entries()) {
    const wrong: string[] = [];
    for (let offset = 0; offset < SEGMENT_BYTES; offset += 1) {
      const expected = expectedAfterFlip(place, offset, index === all.length - 1);
      const found = await afterFlip(place.path, offset);
      if (found !== expected) wrong.push(`${offset}: ${found}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
  }
  expect(await readAll(sample)).toMatchObject({
    recovered: { verdict: "clean", continuity: "kept" },
    lastSeq: 200,
  });
});

test("flipping any byte of the commit mark changes nothing that is recovered", async () => {
  const size = sample.bytesOf(MARK).length;
  const found = new Set<string>();
  for (let offset = 0; offset < size; offset += 1) found.add(await afterFlip(MARK, offset));
  expect([...found]).toEqual(["clean 200"]);
});

test("without the mark only the last block's own bytes are taken for a torn write; all before it is still rot", async () => {
  sample.lose(MARK);
  const last = places(sample).at(-1);
  const final = last?.blocks.at(-1);
  for (const block of last?.blocks ?? []) {
    for (let offset = block.offset; offset < block.end; offset += 7) {
      const verdict = block === final ? "torn" : "rot";
      expect(await afterFlip(last?.path ?? "", offset)).toBe(
        `${verdict} ${block.lastSeq - RECORDS_PER_BLOCK}`,
      );
    }
  }
});

test("truncating at every byte of the last block is rot by the mark, and torn without it", async () => {
  const path = segment(sample, 2);
  const whole = sample.bytesOf(path).slice();
  const block = places(sample).at(-1)?.blocks.at(-1);
  const mark = sample.bytesOf(MARK).slice();
  for (let end = block?.offset ?? 0; end < (block?.end ?? 0); end += 1) {
    sample.put(path, whole.subarray(0, end));
    expect((await readAll(sample)).recovered).toMatchObject({
      verdict: "rot",
      details: { row: "marked" },
      parent: { seq: 180 },
    });
    sample.lose(MARK);
    expect((await readAll(sample)).recovered).toMatchObject({
      verdict: "torn",
      continuity: "kept",
      parent: { seq: 180 },
    });
    sample.put(MARK, mark);
  }
  sample.put(path, whole.subarray(0, block?.end));
  expect((await readAll(sample)).recovered).toMatchObject({ verdict: "torn", parent: { seq: 200 } });
});

test.each([
  { what: "the last block", offset: 4 * SECTOR, row: "marked", parent: { epoch: epoch(2), seq: 180 } },
  { what: "a block before it", offset: 2 * SECTOR, row: "resumed", parent: { epoch: epoch(1), seq: 140 } },
])("rot of $what is put aside as a copy and the journal goes on from the block before", async (row) => {
  const path = segment(sample, 2);
  sample.flip(path, row.offset + 100);
  const rotten = sample.bytesOf(path).slice();
  const { journal, recovered } = await open(sample, { epoch: epoch(3) });
  expect(recovered).toMatchObject({ verdict: "rot", continuity: "lost", parent: row.parent });
  expect(recovered.details).toMatchObject({ row: row.row, path, endBytes: row.offset });
  expect(recovered.details.quarantinedPaths).toHaveLength(1);
  expect(sample.crash("drop").bytesOf(recovered.details.quarantinedPaths[0] ?? "")).toEqual(rotten);
  expect(sample.bytesOf(path)).toEqual(rotten);
  expect(journal.append([record(1)]).firstSeq).toBe(row.parent.seq + 1);
  await journal.close();
  const after = await readAll(sample);
  expect(after).toMatchObject({
    recovered: { verdict: "clean", continuity: "kept" },
    lastSeq: row.parent.seq + 1,
  });
});

test.each([40, 62, 63, 64, 130])(
  "a segment that others follow is read to the end of its blocks, %i KiB into it",
  async (kib) => {
    const disk = new FakeDisk();
    const sizes = { segmentBytes: 256 * 1024, firstSegmentBytes: 256 * 1024 };
    const appended = records(1, kib, 900);
    for (const part of [appended, records(kib + 1, 1)]) {
      const { journal } = await open(disk, { epoch: epoch(part.length), ...sizes });
      for (const each of part) {
        journal.append([each]);
        await journal.commit();
      }
      await journal.close();
    }
    const reading = await readAll(disk);
    expect(reading).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: kib + 1 });
    expectPrefix(reading, [...appended, ...records(kib + 1, 1)]);
  },
);

test("rot in an early segment puts all later ones aside, and they are there to be looked at", async () => {
  const [first, second, third] = segments(sample);
  const later = [second, third].map((path) => sample.bytesOf(path ?? "").slice());
  sample.flip(first ?? "", 2 * SECTOR + 1000);
  const { journal, recovered } = await open(sample, { epoch: epoch(3) });
  expect(recovered).toMatchObject({
    verdict: "rot",
    parent: { seq: 20 },
    details: { row: "outrun", endBytes: 3 * SECTOR },
  });
  expect(recovered.details.quarantinedPaths).toHaveLength(3);
  const kept = sample.crash("drop");
  expect(segments(kept)).toEqual([first]);
  expect(recovered.details.quarantinedPaths.slice(1).map((path) => kept.bytesOf(path))).toEqual(
    later.toReversed(),
  );
  await journal.close();
});

test("a finding is repeated until a block of a new epoch has told of it", async () => {
  sample.flip(segment(sample, 2), 2 * SECTOR + 100);
  for (const start of [3, 4]) {
    const { journal, recovered } = await open(sample, { epoch: epoch(start) });
    expect(recovered).toMatchObject({ verdict: "rot", continuity: "lost" });
    await journal.close();
  }
  expect(sample.paths().filter((path) => path.startsWith("quarantine/"))).toHaveLength(1);
  const { journal } = await open(sample, { epoch: epoch(5) });
  journal.append([record(1)]);
  await journal.close();
  expect((await readAll(sample)).recovered).toMatchObject({ verdict: "clean", continuity: "kept" });
});

test("a mark from before a finding does not raise it again, though no newer mark reached the disk", async () => {
  const mark = sample.bytesOf(MARK).slice();
  sample.flip(segment(sample, 0), 2 * SECTOR + 100);
  const { journal } = await open(sample, { epoch: epoch(3) });
  journal.append([record(1)]);
  await journal.close();
  sample.put(MARK, mark);
  expect(await readAll(sample)).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: 1 });
});

test("a block that was given up as torn stays given up when its bytes turn up again", async () => {
  const path = segment(sample, 2);
  const whole = sample.bytesOf(path).slice();
  sample.bytesOf(path).fill(0xee, 4 * SECTOR, 4 * SECTOR + 10);
  sample.lose(MARK);
  const { journal, recovered } = await open(sample, { epoch: epoch(3) });
  expect(recovered).toMatchObject({ verdict: "torn", parent: { seq: 180 } });
  journal.append([record(181)]);
  await journal.close();
  sample.put(path, whole);
  const reading = await readAll(sample);
  expect(reading).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: 181 });
  expectPrefix(reading, APPENDED);
});

test("a block with a right CRC that does not continue the chain is rot, not a torn write", async () => {
  sample.lose(MARK);
  const fields = { firstSeq: 181, syncedToBytes: 4 * SECTOR, recordBytes: 400 };
  const forged = encodeBlock(records(181, 20), fields, new Uint8Array(32), SECTOR);
  sample.bytesOf(segment(sample, 2)).set(forged.bytes, 4 * SECTOR);
  const { recovered } = await readAll(sample);
  expect(recovered).toMatchObject({ verdict: "rot", details: { row: "resumed" }, parent: { seq: 180 } });
});

test("a segment that began after a loss and holds no block passes the loss on", async () => {
  sample.flip(segment(sample, 2), 2 * SECTOR + 100);
  const { journal } = await open(sample, { epoch: epoch(3) });
  journal.append([record(1)]);
  await journal.close();
  const fourth = sample.bytesOf(segment(sample, 3));
  fourth.fill(0, 2 * SECTOR);
  sample.lose(MARK);
  expect((await readAll(sample)).recovered).toMatchObject({
    verdict: "clean",
    continuity: "lost",
    parent: { seq: 140 },
  });
});

test.each([
  ["swapped with another", "misnamed", 0, (disk: FakeDisk) => disk.swap(segment(disk, 0), segment(disk, 1))],
  ["missing in the middle", "misnamed", 80, (disk: FakeDisk) => disk.lose(segment(disk, 1))],
  ["missing at the beginning", "misnamed", 0, (disk: FakeDisk) => disk.lose(segment(disk, 0))],
  ["missing at the end", "marked", 140, (disk: FakeDisk) => disk.lose(segment(disk, 2))],
  [
    "without either header copy",
    "header_broken",
    80,
    (disk: FakeDisk) => disk.bytesOf(segment(disk, 1)).fill(0, 0, 2 * SECTOR),
  ],
  ["empty", "header_broken", 80, (disk: FakeDisk) => disk.put(segment(disk, 1), new Uint8Array(0))],
  [
    "all zeros but for its header",
    "outrun",
    80,
    (disk: FakeDisk) => disk.bytesOf(segment(disk, 1)).fill(0, 2 * SECTOR),
  ],
  [
    "deleted together with all others",
    "gone",
    0,
    (disk: FakeDisk) => segments(disk).forEach((path) => disk.lose(path)),
  ],
])("a segment %s is rot by the row %s", async (_, row, lastSeq, damage) => {
  damage(sample);
  const reading = await readAll(sample);
  expect(reading).toMatchObject({
    recovered: { verdict: "rot", continuity: "lost", details: { row } },
    lastSeq,
  });
  expectPrefix(reading, APPENDED);
  const { journal, recovered } = await open(sample, { epoch: epoch(3) });
  expect(recovered.parent?.seq ?? 0).toBe(lastSeq);
  journal.append([record(1)]);
  await journal.close();
  expect(await readAll(sample)).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: lastSeq + 1 });
});

test("an older image of one segment that its successor does not follow is rot", async () => {
  const older = new FakeDisk();
  const { journal } = await open(older, {
    epoch: epoch(1),
    segmentBytes: SEGMENT_BYTES,
    firstSegmentBytes: SEGMENT_BYTES,
  });
  for (let block = 0; block < 4; block += 1) {
    journal.append(records(500 + block * 20, 20));
    await journal.commit();
  }
  await journal.close();
  sample.put(segment(sample, 0), older.bytesOf(segment(older, 0)));
  expect((await readAll(sample)).recovered).toMatchObject({
    verdict: "rot",
    details: { row: "unchained" },
    parent: { seq: 80 },
  });
});

test("a whole image that is older than the mark beside it is rot, and with its own mark it is clean", async () => {
  const image = sample.image();
  const { journal } = await open(sample, { epoch: epoch(3) });
  journal.append([record(1)]);
  await journal.close();
  expect((await readAll(image)).recovered).toMatchObject({ verdict: "clean" });
  image.put(MARK, sample.bytesOf(MARK));
  expect((await readAll(image)).recovered).toMatchObject({
    verdict: "rot",
    details: { row: "marked" },
    parent: { seq: 200 },
  });
});

test("a journal with an emptied folder beside a quarantine is no new terminal", async () => {
  sample.bytesOf(segment(sample, 0)).fill(0, 0, 2 * SECTOR);
  await (await open(sample, { epoch: epoch(3) })).journal.close();
  sample.lose(MARK);
  expect((await readAll(sample)).recovered).toMatchObject({ verdict: "rot", details: { row: "gone" } });
});

test("a journal of another terminal is journal/other_terminal and stays as it is", async () => {
  const before = sample.paths().map((path) => sample.bytesOf(path).slice());
  const opening = open(sample, { terminal: "till-2", epoch: epoch(3) });
  await expect(opening).rejects.toMatchObject({ code: "journal/other_terminal", place: segment(sample, 0) });
  expect(sample.paths().map((path) => sample.bytesOf(path))).toEqual(before);
});

test("a segment of a newer format is journal/format_unknown and stays as it is", async () => {
  const path = segment(sample, 1);
  const bytes = sample.bytesOf(path);
  for (const copy of [bytes.subarray(0, SECTOR), bytes.subarray(SECTOR, 2 * SECTOR)]) {
    const view = new DataView(copy.buffer, copy.byteOffset);
    view.setUint16(12, 2);
    view.setUint32(8, crc32(copy.subarray(12), crc32(copy.subarray(0, 8))));
  }
  const before = sample.paths().map((each) => sample.bytesOf(each).slice());
  await expect(open(sample, { epoch: epoch(3) })).rejects.toMatchObject({
    code: "journal/format_unknown",
    place: path,
  });
  expect(sample.paths().map((each) => sample.bytesOf(each))).toEqual(before);
});

test("a full disk recovers from rot all the same, without the second copy", async () => {
  const [, second, third] = segments(sample);
  sample.flip(second ?? "", 2 * SECTOR + 100);
  sample.limit(0);
  const { journal, recovered } = await open(sample, { epoch: epoch(3) });
  expect(recovered).toMatchObject({ verdict: "rot", parent: { seq: 80 } });
  expect(recovered.details.quarantinedPaths).toEqual([third?.replace("journal", "quarantine")]);
  await journal.close();
});

test("a disk that cannot be read leaves everything as it is", async () => {
  const before = sample.paths();
  // The first three calls read the mark, which is knowledge only.
  for (let call = 4; call <= 16; call += 1) {
    sample.failAt(sample.callCount + call, "disk/io");
    await expect(inspectJournal(sample, TERMINAL)).rejects.toMatchObject({ code: "disk/io" });
  }
  expect(sample.paths()).toEqual(before);
});
