/**
 * Where waiting records will stand. Pure book-keeping: every append gets its seq and its block the
 * moment it is made, long before anything is written, so a promised seq never moves.
 *   P1  An append is never split over two blocks; several may share one.
 *   P2  A block that was taken for writing takes no more records.
 *   P3  Whether an append fits is asked as if it needed a block of its own, so the answer for n bytes
 *       holds for fewer bytes too, and does not depend on what the writer has taken meanwhile.
 */
import { assert } from "../../core/bug.ts";
import { paddedBlockBytes } from "./block.ts";
import { BLOCK_BYTES_MAX, BLOCK_RECORDS_MAX } from "./limits.ts";
import { HEADER_COPIES } from "./segment.ts";

/** A block as it will be written. */
export interface PlannedBlock {
  /** Whether it is the first block of a segment that has yet to begin. */
  readonly begins: boolean;
  readonly offset: number;
  readonly firstSeq: number;
  readonly records: readonly Uint8Array[];
  readonly recordBytes: number;
}

/** The records of one append: first and last seq, without gaps. */
export interface Appended {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

interface OpenBlock {
  readonly begins: boolean;
  readonly offset: number;
  readonly firstSeq: number;
  readonly records: Uint8Array[];
  recordBytes: number;
}

/** Bytes of records, checked against the bounds of one append; a Bug beyond them. */
export function appendBytes(records: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const record of records) {
    assert(record.length > 0, "journal: A record must hold at least one byte");
    bytes += record.length;
  }
  assert(records.length > 0, "journal: An append must hold at least one record");
  assert(
    records.length <= BLOCK_RECORDS_MAX && bytes <= BLOCK_BYTES_MAX,
    "journal: An append must fit one block",
  );
  return bytes;
}

export class Plan {
  readonly #sectorBytes: number;
  readonly #waiting: OpenBlock[] = [];
  #nextSeq: number;
  #segmentBytes = 0;
  /** Where the next block would stand. */
  #endBytes = 0;
  #begins = false;

  /** Holds no segment yet: nothing fits until `begin`. */
  constructor(sectorBytes: number, nextSeq: number) {
    this.#sectorBytes = sectorBytes;
    this.#nextSeq = nextSeq;
  }

  /** The seq that the next record gets. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** Bytes of the segment that no planned block uses. */
  get bytesLeft(): number {
    return this.#segmentBytes - this.#endBytes;
  }

  get segmentBytes(): number {
    return this.#segmentBytes;
  }

  /** Whether an append of so many record bytes fits this segment (P3). */
  fits(recordBytes: number): boolean {
    return paddedBlockBytes(recordBytes, this.#sectorBytes) <= this.bytesLeft;
  }

  /** All further records go to a new segment of this size. */
  begin(segmentBytes: number): void {
    this.#segmentBytes = segmentBytes;
    this.#endBytes = HEADER_COPIES * this.#sectorBytes;
    this.#begins = true;
  }

  /** Gives records their seqs and their block. They must fit. */
  add(records: readonly Uint8Array[]): Appended {
    const bytes = appendBytes(records);
    assert(this.fits(bytes), "journal: Records must fit the segment they are planned into");
    const block = this.#blockFor(records.length, bytes);
    for (const record of records) block.records.push(record);
    block.recordBytes += bytes;
    this.#endBytes = block.offset + paddedBlockBytes(block.recordBytes, this.#sectorBytes);
    const firstSeq = this.#nextSeq;
    this.#nextSeq += records.length;
    return { firstSeq, lastSeq: this.#nextSeq - 1 };
  }

  /** The next block to write, which is closed by this (P2); null when nothing waits. */
  take(): PlannedBlock | null {
    return this.#waiting.shift() ?? null;
  }

  #blockFor(recordCount: number, bytes: number): OpenBlock {
    const last = this.#waiting.at(-1);
    const joins =
      last !== undefined &&
      !this.#begins &&
      last.recordBytes + bytes <= BLOCK_BYTES_MAX &&
      last.records.length + recordCount <= BLOCK_RECORDS_MAX;
    if (joins) return last;
    const block: OpenBlock = {
      begins: this.#begins,
      offset: this.#endBytes,
      firstSeq: this.#nextSeq,
      records: [],
      recordBytes: 0,
    };
    this.#begins = false;
    this.#waiting.push(block);
    return block;
  }
}
