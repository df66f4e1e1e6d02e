/**
 * The world's own memory of what a terminal wrote: every commit block as it went to the disk, whether
 * its sync returned, and which of them the journal must hold now. Filled by watching the disk, so that
 * nothing that the terminal believes or says about its journal is taken for true.
 */
import { decodeBlock } from "../../../runtime/store/block.ts";
import { HEADER_COPIES, readHeader } from "../../../runtime/store/segment.ts";
import { SECTOR_BYTES } from "./sim-fs.ts";
import type { Inode } from "./sim-fs.ts";

/** A block that reached the disk's cache. */
export interface WrittenBlock {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly recordCount: number;
  readonly recordBytes: Uint8Array;
  readonly hash: Uint8Array;
  /** Where it stands: epoch and number of its segment, and its first byte there. */
  readonly segment: string;
  readonly offset: number;
  readonly blockBytes: number;
  /** The start of the terminal that wrote it, counted from 1. */
  readonly startCount: number;
  /** Its sync returned. */
  isDurable: boolean;
}

interface OpenSegment {
  readonly epoch: string;
  readonly segment: string;
  readonly sectorBytes: number;
  readonly unsynced: WrittenBlock[];
}

/** A byte of a segment that is not what it was, or the file that is lost, under another name, or without a readable header. */
export interface DamagedPlace {
  readonly segment: string;
  readonly offset: number | "lost" | "swapped" | "headless";
}

export class JournalMemory {
  /** What the journal holds, in order; the tail may still be lost with the power. */
  lineage: WrittenBlock[] = [];
  /** Every block ever written, by epoch and last seq. */
  readonly #written = new Map<string, WrittenBlock>();
  readonly #segments = new Map<Inode, OpenSegment>();
  /** The highest seq of an answer that showed money; the journal must not end before it. */
  answeredSeq = 0;
  /** How often the disk was robbed of what it held. */
  lossCount = 0;
  /** Since the terminal was last open the disk was robbed: it may hold any past of this terminal. */
  isRobbed = false;
  /** It was robbed with its power off, and nothing was written since: all that is there is durable. */
  isSettled = false;
  /** The first block of `lineage` that was damaged while robbed; Infinity when none was, -1 when nobody can say. */
  firstDamaged = Infinity;
  /** Starts so far, and how many there had been when the disk was robbed. */
  startCount = 0;
  robbedStartCount = 0;
  readonly #lostSegments = new Set<string>();
  readonly #hitBlocks = new Set<WrittenBlock>();
  #isDamaged = false;
  #mustTell = false;
  /** Blocks that were acknowledged before their disk was robbed: headquarters must hold them. */
  readonly owed: WrittenBlock[] = [];

  /** Takes a write; answers what is wrong with it, or null. */
  wrote(inode: Inode, offset: number, bytes: Uint8Array): string | null {
    const segment = this.#segments.get(inode);
    if (segment === undefined || offset === 0) {
      if (offset === 0) this.#begin(inode, bytes);
      return null;
    }
    const block = decodeBlock(bytes, 0, segment.sectorBytes);
    if (!block.ok) return `a write into a segment is no block: ${block.code}`;
    const { firstSeq, recordCount, recordBytes, hash, blockBytes } = block.value;
    const isPadded = offset % SECTOR_BYTES === 0 && bytes.length % SECTOR_BYTES === 0;
    if (blockBytes !== bytes.length || !isPadded) return "a block is not padded to the sector";
    const lastSeq = firstSeq + recordCount - 1;
    const written: WrittenBlock = {
      epoch: segment.epoch,
      firstSeq,
      lastSeq,
      recordCount,
      recordBytes,
      hash,
      segment: segment.segment,
      offset,
      blockBytes,
      startCount: this.startCount,
      isDurable: false,
    };
    const tipSeq = this.lineage.at(-1)?.lastSeq ?? 0;
    this.lineage.push(written);
    this.#written.set(`${segment.epoch}/${lastSeq}`, written);
    segment.unsynced.push(written);
    return firstSeq === tipSeq + 1 ? null : `block ${firstSeq} follows record ${tipSeq}`;
  }

  synced(inode: Inode): void {
    const segment = this.#segments.get(inode);
    if (segment === undefined) return;
    for (const block of segment.unsynced) block.isDurable = true;
    segment.unsynced.length = 0;
  }

  #begin(inode: Inode, bytes: Uint8Array): void {
    const reading = readHeader(bytes);
    if (reading.kind !== "whole") return;
    const { epoch, sectorBytes, segmentNumber } = reading.header;
    if (bytes.length !== HEADER_COPIES * sectorBytes) return;
    this.#segments.set(inode, { epoch, segment: `${epoch}/${segmentNumber}`, sectorBytes, unsynced: [] });
  }

  block(epoch: string, lastSeq: number): WrittenBlock | null {
    return this.#written.get(`${epoch}/${lastSeq}`) ?? null;
  }

  /** The block of the present journal that ends with `seq`; null when none does. */
  ending(seq: number): WrittenBlock | null {
    let [low, high] = [0, this.lineage.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.lineage[middle]?.lastSeq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    const block = this.lineage[low];
    return block?.lastSeq === seq ? block : null;
  }

  /** Damage at these places; none given means that nobody can say which blocks it hit. */
  damaged(places: readonly DamagedPlace[] | null): void {
    for (const { segment, offset } of places ?? []) {
      if (offset === "lost") this.#lostSegments.add(segment);
    }
    // What a first disaster left as evidence may be what a second one took.
    if (places === null || this.#isDamaged) this.firstDamaged = -1;
    for (const place of places ?? []) {
      const index = this.#indexAt(place);
      const block = this.lineage[index];
      if (block !== undefined) this.#hitBlocks.add(block);
      if (index >= 0 && index < this.firstDamaged) this.firstDamaged = index;
    }
    this.#isDamaged = true;
  }

  /** The first block that hangs on a place. */
  #indexAt({ segment, offset }: DamagedPlace): number {
    return this.lineage.findIndex((block) => {
      // Without its file or its header a segment is not there, and those behind it hang in the air.
      if (typeof offset !== "number") return numberOf(block.segment) >= numberOf(segment);
      if (block.segment !== segment) return false;
      return block.offset <= offset && offset < block.offset + block.blockBytes;
    });
  }

  /** Damage hit durable records that others stand behind: for the very last ones only the mark can speak. */
  get mustTell(): boolean {
    const isHit = this.lineage[this.firstDamaged]?.isDurable === true;
    const isThere = (block: WrittenBlock): boolean =>
      block.isDurable && !this.#lostSegments.has(block.segment) && !this.#hitBlocks.has(block);
    return this.#mustTell || (isHit && this.lineage.slice(this.firstDamaged + 1).some(isThere));
  }

  /** The disk is about to lose what it held; what was acknowledged by `ackedSeq` is owed by headquarters. */
  rob(ackedSeq: number): void {
    for (const block of this.lineage) if (block.lastSeq <= ackedSeq) this.owed.push(block);
    this.isRobbed = true;
    this.robbedStartCount = this.startCount;
    this.lossCount += 1;
    this.answeredSeq = 0;
  }

  /** The terminal has started on what it found, and says so in its journal: that counts from now on. */
  trust(): void {
    this.isRobbed = false;
    this.firstDamaged = Infinity;
    this.#mustTell = false;
    this.#isDamaged = false;
    this.#lostSegments.clear();
    this.#hitBlocks.clear();
  }

  /** Files may have changed places: what is a segment is known again from the next header on. */
  forgetFiles(): void {
    this.#segments.clear();
  }

  /** The journal was read as these blocks: from now on it is they. */
  recovered(blocks: readonly WrittenBlock[]): void {
    this.startCount += 1;
    this.#mustTell = this.mustTell;
    this.lineage = [...blocks];
    if (this.isRobbed) this.answeredSeq = Math.min(this.answeredSeq, blocks.at(-1)?.lastSeq ?? 0);
  }
}

function numberOf(segment: string): number {
  return Number(segment.slice(segment.indexOf("/") + 1));
}
