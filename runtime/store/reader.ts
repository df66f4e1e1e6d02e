/**
 * Where every durable block stands, and reading blocks back for the uplink. The index costs three
 * numbers a block; the bytes are read from disk each time and checked again (CRC, seq, chain), so
 * what is sent to headquarters is what the disk holds today, or a journal/rot that names the place.
 */
import { assert } from "../../core/bug.ts";
import { chainHash, HASH_BYTES } from "../../protocol/hash.ts";
import type { Disk } from "../disk.ts";
import { decodeBlock, sameBytes, type Block } from "./block.ts";
import { JournalFault } from "./fault.ts";

/** Where a block's hash stands within the block. */
const HASH_AT = 32;

/** What the index keeps of a segment; its three lists have one entry per block. */
interface IndexedSegment {
  readonly path: string;
  readonly epoch: string;
  readonly sectorBytes: number;
  readonly parentHash: Uint8Array;
  readonly firstSeqs: number[];
  readonly offsets: number[];
  readonly recordBytes: number[];
  /** Behind the last block. */
  endBytes: number;
  /** Of a segment without a block it is that of the segment before, so that it never falls. */
  endSeq: number;
}

/** One segment as `begin` wants it. */
export interface IndexedSegmentStart {
  readonly path: string;
  readonly epoch: string;
  readonly sectorBytes: number;
  readonly parentHash: Uint8Array;
}

/** One block as `add` wants it. */
export interface IndexedBlock {
  /** Where it stands in its segment. */
  readonly offset: number;
  readonly blockBytes: number;
  readonly firstSeq: number;
  readonly recordCount: number;
  readonly recordBytes: number;
}

/** A run of blocks within one segment: `first` and `count` count blocks. */
interface Run {
  readonly segment: IndexedSegment;
  readonly first: number;
  readonly count: number;
}

/** Grows at its end only, in the order of the chain. */
export class BlockIndex {
  readonly #segments: IndexedSegment[] = [];
  #blockCount = 0;

  get blockCount(): number {
    return this.#blockCount;
  }

  /** The blocks added from now on stand in this segment. */
  begin(start: IndexedSegmentStart): void {
    const endSeq = this.#segments.at(-1)?.endSeq ?? 0;
    this.#segments.push({ ...start, firstSeqs: [], offsets: [], recordBytes: [], endBytes: 0, endSeq });
  }

  /** The next block of the segment that was begun last. */
  add(block: IndexedBlock): void {
    const segment = this.#segments.at(-1);
    assert(segment !== undefined, "reader: A block must have its segment");
    segment.firstSeqs.push(block.firstSeq);
    segment.offsets.push(block.offset);
    segment.recordBytes.push(block.recordBytes);
    segment.endBytes = block.offset + block.blockBytes;
    segment.endSeq = block.firstSeq + block.recordCount;
    this.#blockCount += 1;
  }

  /** Blocks from the one that holds `fromSeq`, or from the first of all when that is later: at least one, and as many as hold `bytesMax` record bytes, of one segment. Null behind the end. */
  run(fromSeq: number, bytesMax: number): Run | null {
    const segment = this.#segments[firstIndex(this.#segments, (each) => each.endSeq > fromSeq)];
    if (segment === undefined) return null;
    const first = Math.max(firstIndex(segment.firstSeqs, (seq) => seq > fromSeq) - 1, 0);
    let bytes = 0;
    let count = 0;
    for (const size of segment.recordBytes.slice(first)) {
      bytes += size;
      if (count > 0 && bytes > bytesMax) break;
      count += 1;
    }
    return { segment, first, count };
  }

  /** The block of an epoch that ends with `seq`; null when no block does. */
  endingWith(epoch: string, seq: number): Run | null {
    const run = this.run(seq, 0);
    if (run === null || run.segment.epoch !== epoch || seq < 1) return null;
    const endSeq = run.segment.firstSeqs[run.first + 1] ?? run.segment.endSeq;
    return endSeq === seq + 1 ? run : null;
  }
}

/** The first index at which `test` holds (it must hold from there on); the length when it never does. */
function firstIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && test(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Reads a run from disk with one read and checks it again. Throws journal/rot, and the Disk's faults. */
export async function readRun(disk: Disk, run: Run): Promise<readonly Block[]> {
  const { segment, first, count } = run;
  const start = segment.offsets[first] ?? segment.endBytes;
  const end = segment.offsets[first + count] ?? segment.endBytes;
  const file = await disk.open(segment.path, "existing");
  try {
    const before = segment.offsets[first - 1];
    const previousHash =
      before === undefined ? segment.parentHash : await file.read(before + HASH_AT, HASH_BYTES);
    return checkBlocks(await file.read(start, end - start), start, previousHash, run);
  } finally {
    await file.close();
  }
}

function checkBlocks(bytes: Uint8Array, start: number, previousHash: Uint8Array, run: Run): readonly Block[] {
  const { segment, first, count } = run;
  const blocks: Block[] = [];
  let previous = previousHash;
  for (let index = first; index < first + count; index += 1) {
    const offset = segment.offsets[index] ?? 0;
    const rot = (): JournalFault => new JournalFault("journal/rot", `${segment.path}@${offset}`);
    if (previous.length !== HASH_BYTES) throw rot();
    const block = decodeBlock(bytes, offset - start, segment.sectorBytes);
    if (!block.ok || block.value.firstSeq !== segment.firstSeqs[index]) throw rot();
    const { firstSeq, recordCount, recordBytes, hash } = block.value;
    if (!sameBytes(chainHash(previous, recordBytes), hash)) throw rot();
    blocks.push({ epoch: segment.epoch, firstSeq, recordCount, recordBytes, previousHash: previous, hash });
    previous = hash;
  }
  return blocks;
}
