/** Journals for tests: small segments, records that say their own number, and a reader that checks all it reads. */
import { expect } from "vitest";
import { inspectJournal, type Recovered } from "../../../runtime/store/inspect.ts";
import { openJournal, type JournalOptions, type OpenedJournal } from "../../../runtime/store/journal.ts";
import type { Disk } from "../../../runtime/disk.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";

/** The terminal that writes all samples. */
export const TERMINAL = "till-1";
/** The commit mark's path. */
export const MARK = "mark/commit.mrk";

/** 16 hex digits for the n-th start. */
export function epoch(n: number): string {
  return n.toString(16).padStart(16, "e");
}

/** A record of `size` bytes that begins with its own number. */
export function record(seq: number, size = 20): Uint8Array {
  const bytes = new Uint8Array(size).fill(0xa5);
  new DataView(bytes.buffer).setUint32(0, seq);
  return bytes;
}

/** `count` records with the numbers from `first` on. */
export function records(first: number, count: number, size = 20): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => record(first + index, size));
}

/** Opens with small segments and without a checkpoint, unless told. */
export function open(disk: Disk, options: Partial<JournalOptions> = {}): Promise<OpenedJournal> {
  return openJournal({
    disk,
    terminal: TERMINAL,
    epoch: epoch(1),
    checkpoint: () => [],
    segmentBytes: 4096,
    firstSegmentBytes: 4096,
    ...options,
  });
}

/** What a reading of the disk gave. */
export interface Reading {
  readonly recovered: Recovered;
  readonly bytes: Uint8Array;
  readonly lastSeq: number;
  readonly epochs: readonly string[];
  readonly blockCount: number;
}

/** Reads all and expects seqs without gaps. */
export async function readAll(disk: Disk): Promise<Reading> {
  const parts: Uint8Array[] = [];
  const epochs = new Set<string>();
  let lastSeq = 0;
  const { recovered } = await inspectJournal(disk, TERMINAL, (block) => {
    if (block.firstSeq !== lastSeq + 1) throw new Error(`A gap before ${block.firstSeq}`);
    lastSeq += block.recordCount;
    parts.push(block.recordBytes.slice());
    epochs.add(block.epoch);
  });
  if ((recovered.parent?.seq ?? 0) !== lastSeq) throw new Error("The parent is not the last block");
  const blockCount = parts.length;
  return { recovered, bytes: Buffer.concat(parts), lastSeq, epochs: [...epochs], blockCount };
}

/** Expects the records 1 to `lastSeq` of `appended`, byte for byte. */
export function expectPrefix(reading: Reading, appended: readonly Uint8Array[]): void {
  expect(reading.lastSeq).toBeLessThanOrEqual(appended.length);
  const wanted = Buffer.concat(appended.slice(0, reading.lastSeq));
  expect(Buffer.compare(reading.bytes, wanted)).toBe(0);
}

/** 200 records of 20 bytes in ten blocks, over three segments of two epochs; closed in order. */
export async function twoHundredRecords(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  for (const [start, blockCount] of [7, 3].entries()) {
    const sizes = { segmentBytes: 3072, firstSegmentBytes: 3072 };
    const { journal } = await open(disk, { epoch: epoch(start + 1), ...sizes });
    for (let block = 0; block < blockCount; block += 1) {
      journal.append(records(journal.head.seq + 1, 20));
      await journal.commit();
    }
    await journal.close();
  }
  return disk.image();
}
