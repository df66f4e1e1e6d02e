/**
 * The journal: the one truth of a terminal. Owns the order of records, their seqs, and the word
 * "durable"; knows nothing of what a record means. Record bytes go in and come out unchanged.
 *   J1  `seq` counts records from 1 without gaps over all epochs; it is final when `append` returns.
 *   J2  One write is under way at a time: block, sync, mark; then waiting callers are told.
 *   J3  Nothing that was written is written again. A start begins a new segment of its own epoch.
 *   J4  The first failed write or sync is final: nothing is retried, what waits is rejected.
 *   J5  A new segment is only begun in a file whose zeros and name are durable already; when there is
 *       none, an append that needs it is refused and nothing of it is taken.
 * What waits in memory is bounded by the room that is made ahead: a rest of a segment and one more.
 */
import { assert } from "../../core/bug.ts";
import { isEpoch } from "../../core/ids.ts";
import { CHAIN_START } from "../../protocol/hash.ts";
import { DiskFault, type Disk, type DiskFile } from "../disk.ts";
import { encodeBlock, paddedBlockBytes, type Block } from "./block.ts";
import { JournalFault } from "./fault.ts";
import { Spare, type Prepared } from "./files.ts";
import { inspectJournal, keepEvidence, settle, type Inspection, type Recovered } from "./inspect.ts";
import {
  BLOCK_BYTES_MAX,
  FIRST_SEGMENT_BYTES_DEFAULT,
  SECTOR_BYTES_DEFAULT,
  SECTOR_BYTES_MAX,
  SEGMENT_BYTES_DEFAULT,
  SEGMENT_BYTES_MAX,
  SEGMENT_SECTORS_MIN,
} from "./limits.ts";
import { MarkWriter } from "./mark.ts";
import { appendBytes, Plan, type Appended, type PlannedBlock } from "./plan.ts";
import { readRun, type BlockIndex } from "./reader.ts";
import { encodeHeader, HEADER_COPIES, JOURNAL_DIRECTORY, segmentPath, type Position } from "./segment.ts";

/** Groups of records: each group is one append, so it is never split. */
export type Checkpoint = readonly (readonly Uint8Array[])[];

export interface JournalOptions {
  readonly disk: Disk;
  /** 1 to 32 ASCII letters, digits, "_" or "-". */
  readonly terminal: string;
  /** 16 hex digits, drawn for this start; never used before by this terminal. */
  readonly epoch: string;
  /**
   * What every segment but the first of an epoch begins with: the caller's state after the last append.
   * Called from within `append` or `reserve`, before the new records get their seqs; must not append.
   * Together with one append it must fit a segment.
   */
  readonly checkpoint: () => Checkpoint;
  /** Gets every recovered block in order while the journal is being opened. */
  readonly onBlock?: (block: Block) => void;
  /** Told after each block that became durable, before the commits that wait for it. */
  readonly onDurable?: () => void;
  /** Told once of journal/failed, and of journal/mark_failed, which is harmless. */
  readonly onFault?: (fault: JournalFault) => void;
  readonly segmentBytes?: number;
  readonly firstSegmentBytes?: number;
  /** 512 or 4096. */
  readonly sectorBytes?: number;
}

/** The journal, ready for appends, and what recovery found. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly recovered: Recovered;
}

/** "low": half of the last segment is used and the disk has no room for another, so only finish what was begun. "full": the next append may be refused. */
export interface Room {
  readonly bytesLeft: number;
  readonly state: "ok" | "low" | "full";
}

/** A caller of `commit`, waiting for its last seq. */
interface Commit {
  readonly seq: number;
  readonly resolve: () => void;
  readonly reject: (fault: JournalFault) => void;
}

interface JournalParts {
  readonly options: JournalOptions;
  readonly sectorBytes: number;
  readonly inspection: Inspection;
  readonly first: Spare;
  readonly spare: Spare;
  readonly mark: MarkWriter;
}

/**
 * Recovers what the disk holds and opens the journal for this start's epoch. Records are read once,
 * through `onBlock`. Nothing is written into older segments; a new one begins with the first commit.
 * Throws journal/other_terminal and journal/format_unknown with the disk unchanged, journal/failed and
 * journal/full when the disk refuses, and the Disk's own faults while reading.
 */
export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
  const { disk, terminal, epoch } = options;
  const sectorBytes = options.sectorBytes ?? SECTOR_BYTES_DEFAULT;
  const segmentBytes = options.segmentBytes ?? SEGMENT_BYTES_DEFAULT;
  const firstSegmentBytes = options.firstSegmentBytes ?? Math.min(FIRST_SEGMENT_BYTES_DEFAULT, segmentBytes);
  assert(isEpoch(epoch), "journal: An epoch must be 16 hex digits");
  assert(
    sectorBytes === SECTOR_BYTES_DEFAULT || sectorBytes === SECTOR_BYTES_MAX,
    "journal: A sector is 512 or 4096",
  );
  for (const bytes of [segmentBytes, firstSegmentBytes]) {
    const fits = bytes >= SEGMENT_SECTORS_MIN * sectorBytes && bytes <= SEGMENT_BYTES_MAX;
    assert(fits && bytes % sectorBytes === 0, "journal: A segment must be whole sectors within its bounds");
  }
  const inspection = await inspectJournal(disk, terminal, options.onBlock);
  assert(!inspection.epochs.has(epoch), "journal: An epoch must be new");
  try {
    await disk.makeDirectory(JOURNAL_DIRECTORY);
    await disk.syncDirectory("");
    const markCounter = await keepEvidence(disk, inspection);
    const quarantinedPaths = await settle(disk, inspection);
    const onFault = options.onFault ?? (() => {});
    const mark = await MarkWriter.open(disk, markCounter, onFault);
    const first = new Spare(disk, "first.jnl", firstSegmentBytes);
    const spare = new Spare(disk, "spare.jnl", segmentBytes);
    while (first.unfinished) await first.step();
    while (first.refused && spare.unfinished) await spare.step();
    const journal = new Journal({ options, sectorBytes, inspection, first, spare, mark });
    const details = { ...inspection.recovered.details, quarantinedPaths };
    return { journal, recovered: { ...inspection.recovered, details } };
  } catch (cause) {
    if (!(cause instanceof DiskFault)) throw cause;
    throw new JournalFault(cause.code === "disk/full" ? "journal/full" : "journal/failed", cause.path, cause);
  }
}

/** One terminal's journal in one epoch; made by `openJournal`, owned by one caller. */
export class Journal {
  readonly #options: JournalOptions;
  readonly #sectorBytes: number;
  readonly #first: Spare;
  readonly #spare: Spare;
  readonly #mark: MarkWriter;
  readonly #index: BlockIndex;
  readonly #plan: Plan;
  readonly #commits: Commit[] = [];
  readonly #lost: boolean;
  #durable: Position | null;
  #nextSegmentNumber: number;
  /** The next file, from the append that needs it until the writer has begun it. */
  #claimed: { readonly prepared: Prepared; readonly source: Spare } | null = null;
  #file: DiskFile | null = null;
  #begun = false;
  #checkpointing = false;
  #fault: JournalFault | null = null;
  #closing = false;
  #busy = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: JournalParts) {
    const { recovered, index, nextSegmentNumber } = parts.inspection;
    this.#options = parts.options;
    this.#sectorBytes = parts.sectorBytes;
    this.#first = parts.first;
    this.#spare = parts.spare;
    this.#mark = parts.mark;
    this.#index = index;
    this.#lost = recovered.continuity === "lost";
    this.#durable = recovered.parent;
    this.#nextSegmentNumber = nextSegmentNumber;
    this.#plan = new Plan(parts.sectorBytes, (recovered.parent?.seq ?? 0) + 1);
    this.kick();
  }

  get epoch(): string {
    return this.#options.epoch;
  }

  /** The last record that was appended; it has no hash until its block is written. `seq` is 0 before the first of all. */
  get head(): { readonly epoch: string; readonly seq: number } {
    const seq = this.#plan.nextSeq - 1;
    return {
      epoch: seq === (this.#durable?.seq ?? 0) ? (this.#durable?.epoch ?? this.epoch) : this.epoch,
      seq,
    };
  }

  /** The last block that is durable; null before the first of all. */
  get durable(): Position | null {
    return this.#durable;
  }

  /** "failed" is final (J4). "full" passes when the disk has room again. */
  get state(): "ok" | "failed" | "full" {
    if (this.#fault !== null) return "failed";
    return this.room().state === "full" ? "full" : "ok";
  }

  /** How much may still be appended, for refusing a new sale before an open one is in danger. */
  room(): Room {
    const bytesLeft = this.#plan.bytesLeft + this.#first.readyBytes + this.#spare.readyBytes;
    if (!this.#spare.refused) return { bytesLeft, state: "ok" };
    const size = this.#plan.segmentBytes + this.#first.readyBytes;
    const largestBytes = Math.min(paddedBlockBytes(BLOCK_BYTES_MAX, this.#sectorBytes), size / 4);
    if (bytesLeft < largestBytes) return { bytesLeft, state: "full" };
    return { bytesLeft, state: size === 0 ? "full" : bytesLeft < size / 2 ? "low" : "ok" };
  }

  /**
   * The seq that the next append's first record will get, provided that the append holds at most
   * `recordBytes` and is the next one made: a new segment that it needs is begun here, so that ids may
   * be derived from the seq before the records are encoded. Throws as `append` does.
   */
  reserve(recordBytes: number = BLOCK_BYTES_MAX): number {
    this.#makeRoom(recordBytes);
    return this.#plan.nextSeq;
  }

  /**
   * Takes the records of one command, whole or not at all, and gives them their seqs. Nothing is
   * written yet: `commit` or `kick` does that. The caller must have folded all earlier appends.
   * Throws journal/full (nothing taken) and journal/failed. A record is never empty, and all together
   * fit a block, or it is a Bug.
   */
  append(records: readonly Uint8Array[]): Appended {
    this.#makeRoom(appendBytes(records));
    return this.#plan.add(records);
  }

  /** Waits until everything appended so far is durable. Callers that wait at the same time share the sync. Rejects with journal/failed. */
  commit(): Promise<void> {
    const seq = this.#plan.nextSeq - 1;
    if (seq === (this.#durable?.seq ?? 0)) return Promise.resolve();
    if (this.#fault !== null) return Promise.reject(this.#failure());
    const waiting = new Promise<void>((resolve, reject) => this.#commits.push({ seq, resolve, reject }));
    this.kick();
    return waiting;
  }

  /** Starts writing what waits, and tries again to make room when there was none; does not wait. */
  kick(): void {
    if (this.#busy || this.#fault !== null || this.#closing) return;
    this.#spare.retry();
    this.#busy = true;
    this.#running = this.#run();
  }

  /** Durable blocks from the one that holds `fromSeq`: at least one, then as many as `bytesMax` record bytes allow, all of one segment and so of one epoch. Empty behind the durable end. Throws journal/rot and the Disk's faults. */
  async read(fromSeq: number, bytesMax: number): Promise<readonly Block[]> {
    const run = this.#index.run(fromSeq, bytesMax);
    return run === null ? [] : readRun(this.#options.disk, run);
  }

  /** The chain's hash after the durable block that ends with (epoch, seq), read from disk and checked; null when no block ends there. */
  async hashAt(epoch: string, seq: number): Promise<Uint8Array | null> {
    const run = this.#index.endingWith(epoch, seq);
    if (run === null) return null;
    const [block] = await readRun(this.#options.disk, run);
    return block?.hash ?? null;
  }

  /** Commits what waits and closes the files; nothing may be called afterwards. Rejects with journal/failed when something could not be committed. */
  async close(): Promise<void> {
    const committed = this.commit();
    await committed.catch(() => {});
    this.#closing = true;
    await this.#running;
    await this.#mark.close();
    for (const owner of [this.#first, this.#spare, this.#claimed?.prepared.file, this.#file])
      await owner?.close();
    await committed;
  }

  /**
   * The roll-over is decided here, when records get their seqs, and not when they are written: a
   * checkpoint that must come first takes its seqs first, and what was promised stays.
   */
  #makeRoom(recordBytes: number): void {
    assert(!this.#closing && !this.#checkpointing, "journal: Nothing may be appended now");
    if (this.#fault !== null) throw this.#failure();
    if (this.#plan.fits(recordBytes)) return;
    const source = this.#first.readyBytes > 0 ? this.#first : this.#spare;
    const prepared = this.#claimed === null ? source.claim() : null;
    if (prepared === null) throw new JournalFault("journal/full", JOURNAL_DIRECTORY);
    this.#claimed = { prepared, source };
    this.#plan.begin(prepared.segmentBytes);
    if (this.#begun) this.#addCheckpoint();
    this.#begun = true;
    assert(this.#plan.fits(recordBytes), "journal: A checkpoint and one append must fit a segment");
  }

  #addCheckpoint(): void {
    this.#checkpointing = true;
    for (const group of this.#options.checkpoint()) this.#plan.add(group);
    this.#checkpointing = false;
  }

  async #run(): Promise<void> {
    try {
      // All commands of this turn share the block.
      await Promise.resolve();
      for (;;) {
        const block = this.#plan.take();
        if (block !== null) await this.#write(block);
        else if (this.#spare.unfinished && !this.#closing) await this.#spare.step();
        else break;
      }
    } catch (cause) {
      this.#fail(cause);
    }
    this.#busy = false;
  }

  async #write(block: PlannedBlock): Promise<void> {
    if (block.begins) await this.#beginSegment();
    const previousHash = this.#durable?.hash ?? CHAIN_START;
    const fields = { firstSeq: block.firstSeq, syncedToBytes: block.offset, recordBytes: block.recordBytes };
    const { bytes, hash } = encodeBlock(block.records, fields, previousHash, this.#sectorBytes);
    assert(this.#file !== null, "journal: A block must have its segment");
    await this.#file.write(block.offset, bytes);
    await this.#file.sync();
    this.#noteDurable(block, bytes.length, hash);
    // In a burst without idle time the next segment is made before the room ends, at the burst's cost.
    this.#spare.retry();
    while (this.#plan.bytesLeft < this.#plan.segmentBytes / 2 && this.#spare.unfinished)
      await this.#spare.step();
  }

  #noteDurable(block: PlannedBlock, blockBytes: number, hash: Uint8Array): void {
    const { firstSeq, offset } = block;
    const recordCount = block.records.length;
    const seq = firstSeq + recordCount - 1;
    this.#durable = { epoch: this.epoch, seq, hash };
    this.#index.add({ offset, blockBytes, firstSeq, recordCount, recordBytes: block.recordBytes });
    const segmentNumber = this.#nextSegmentNumber - 1;
    this.#mark.note({ epoch: this.epoch, segmentNumber, endBytes: offset + blockBytes, seq, hash });
    this.#options.onDurable?.();
    while ((this.#commits[0]?.seq ?? Infinity) <= seq) this.#commits.shift()?.resolve();
  }

  /** J5: header, sync, name, sync; the first block comes after that. */
  async #beginSegment(): Promise<void> {
    assert(this.#claimed !== null, "journal: A segment must begin in a claimed file");
    const { prepared, source } = this.#claimed;
    const segmentNumber = this.#nextSegmentNumber;
    const path = segmentPath(segmentNumber, this.epoch);
    const header = encodeHeader({
      terminal: this.#options.terminal,
      epoch: this.epoch,
      segmentNumber,
      sectorBytes: this.#sectorBytes,
      segmentBytes: prepared.segmentBytes,
      firstSeq: (this.#durable?.seq ?? 0) + 1,
      parent: this.#durable,
      lost: this.#lost && this.#file === null,
      markCounter: this.#mark.counter,
    });
    assert(header.length === HEADER_COPIES * this.#sectorBytes, "journal: A header must fill its sectors");
    await prepared.file.write(0, header);
    await prepared.file.sync();
    await this.#options.disk.rename(prepared.path, path);
    await this.#options.disk.syncDirectory(JOURNAL_DIRECTORY);
    await this.#file?.close();
    this.#file = prepared.file;
    this.#claimed = null;
    this.#nextSegmentNumber += 1;
    if (source === this.#spare) source.release();
    const parentHash = this.#durable?.hash ?? CHAIN_START;
    this.#index.begin({ path, epoch: this.epoch, sectorBytes: this.#sectorBytes, parentHash });
  }

  /** J4. A Bug goes on to whoever watches for unhandled rejections. */
  #fail(cause: unknown): void {
    const place = cause instanceof DiskFault ? cause.path : JOURNAL_DIRECTORY;
    this.#fault = new JournalFault("journal/failed", place, cause);
    for (const commit of this.#commits.splice(0)) commit.reject(this.#failure());
    this.#options.onFault?.(this.#fault);
    if (!(cause instanceof DiskFault)) throw cause;
  }

  /** A fault of its own for each caller: stacks differ. */
  #failure(): JournalFault {
    return new JournalFault("journal/failed", this.#fault?.place ?? JOURNAL_DIRECTORY, this.#fault?.cause);
  }
}
