/**
 * The commit mark: a note in a second folder of how far the journal was durable, written after each
 * sync and never synced itself. It is what tells a torn write from rot in the very last block.
 *   M1  It is knowledge only: a damaged, old or missing mark takes knowledge away and breaks nothing.
 *   M2  A mark is written only about bytes whose sync has returned, so it never claims too much.
 *   M3  Counters rise over all marks of a terminal; two slots in two sectors are written in turn, so
 *       that a write which is cut leaves the mark before it.
 *
 * Slot: 0 magic  4 crc32 of all else  8 counter (u64)  16 epoch  24 segmentNumber  28 endBytes
 *       32 seq (u64)  40 first 24 bytes of the hash. Big-endian.
 */
import { DiskFault, type Disk, type DiskFile } from "../disk.ts";
import { crc32 } from "./crc32.ts";
import { JournalFault } from "./fault.ts";
import { readEpoch, writeEpoch } from "./segment.ts";

const DIRECTORY = "mark";
/** The mark's path below the Disk's root. */
export const MARK_PATH = `${DIRECTORY}/commit.mrk`;
export const SLOT_BYTES = 64;
/** Slots lie in different sectors at any sector size. */
export const SLOT_STRIDE_BYTES = 4096;
const SLOT_COUNT = 2;
const FILE_BYTES = SLOT_STRIDE_BYTES + SLOT_BYTES;
const HASH_PREFIX_BYTES = SLOT_BYTES - 40;
const MAGIC = 0x54574d31; // "TWM1"
const CRC_AT = 4;

/** What a mark claims: the block that ends at `endBytes` of that segment, with `seq`, was durable. */
export interface Mark {
  readonly epoch: string;
  readonly segmentNumber: number;
  readonly endBytes: number;
  readonly seq: number;
  /** The first bytes of the chain's hash after the block; what is longer is cut when it is written. */
  readonly hash: Uint8Array;
}

/** A mark as read back. `hash` holds HASH_PREFIX_BYTES. */
export interface CountedMark extends Mark {
  readonly counter: number;
}

/** One slot's bytes. */
export function encodeMark(mark: CountedMark): Uint8Array {
  const bytes = new Uint8Array(SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setBigUint64(8, BigInt(mark.counter));
  writeEpoch(view, 16, mark.epoch);
  view.setUint32(24, mark.segmentNumber);
  view.setUint32(28, mark.endBytes);
  view.setBigUint64(32, BigInt(mark.seq));
  bytes.set(mark.hash.subarray(0, HASH_PREFIX_BYTES), 40);
  view.setUint32(CRC_AT, slotCrc(bytes));
  return bytes;
}

/** The mark in a slot's bytes; null when the slot is empty, short or damaged. */
export function decodeMark(bytes: Uint8Array): CountedMark | null {
  if (bytes.length !== SLOT_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, SLOT_BYTES);
  if (view.getUint32(0) !== MAGIC || view.getUint32(CRC_AT) !== slotCrc(bytes)) return null;
  return {
    counter: Number(view.getBigUint64(8)),
    epoch: readEpoch(view, 16),
    segmentNumber: view.getUint32(24),
    endBytes: view.getUint32(28),
    seq: Number(view.getBigUint64(32)),
    hash: bytes.slice(40),
  };
}

function slotCrc(bytes: Uint8Array): number {
  return crc32(bytes.subarray(CRC_AT + 4), crc32(bytes.subarray(0, CRC_AT)));
}

/** The newest mark on disk; null when there is none that can be read (M1). */
export async function readMark(disk: Disk): Promise<CountedMark | null> {
  const bytes = await readSlots(disk);
  let newest: CountedMark | null = null;
  for (let slot = 0; slot < SLOT_COUNT; slot += 1) {
    const start = slot * SLOT_STRIDE_BYTES;
    const mark = decodeMark(bytes.subarray(start, start + SLOT_BYTES));
    if (mark !== null && (newest === null || mark.counter > newest.counter)) newest = mark;
  }
  return newest;
}

async function readSlots(disk: Disk): Promise<Uint8Array> {
  try {
    if (!(await disk.exists(MARK_PATH))) return new Uint8Array(0);
    const file = await disk.open(MARK_PATH, "existing");
    try {
      return await file.read(0, FILE_BYTES);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DiskFault) return new Uint8Array(0);
    throw cause;
  }
}

/** Writes marks one after another; while one is being written only the newest waits. */
export class MarkWriter {
  readonly #file: DiskFile | null;
  readonly #onFault: (fault: JournalFault) => void;
  #counter: number;
  #next: Mark | null = null;
  #broken: boolean;
  #writing: Promise<void> | null = null;

  private constructor(file: DiskFile | null, counter: number, onFault: (fault: JournalFault) => void) {
    this.#file = file;
    this.#broken = file === null;
    this.#counter = counter;
    this.#onFault = onFault;
  }

  /** Opens or makes the mark's file. `counter` is the highest known of this terminal. A disk that refuses leaves a writer that does nothing (M1). */
  static async open(
    disk: Disk,
    counter: number,
    onFault: (fault: JournalFault) => void,
  ): Promise<MarkWriter> {
    try {
      return new MarkWriter(await openFile(disk), counter, onFault);
    } catch (cause) {
      if (!(cause instanceof DiskFault)) throw cause;
      onFault(new JournalFault("journal/mark_failed", MARK_PATH, cause));
      return new MarkWriter(null, counter, onFault);
    }
  }

  /** The counter of the newest mark that was begun. */
  get counter(): number {
    return this.#counter;
  }

  /** Notes that a block is durable (M2). Returns at once; never fails. */
  note(mark: Mark): void {
    this.#next = mark;
    if (this.#writing === null && !this.#broken) this.#writing = this.#run();
  }

  /** Waits for the write under way and closes the file. */
  async close(): Promise<void> {
    if (this.#writing !== null) await this.#writing;
    this.#broken = true;
    await this.#file?.close();
  }

  async #run(): Promise<void> {
    while (this.#next !== null && this.#file !== null && !this.#broken) {
      const mark = { ...this.#next, counter: (this.#counter += 1) };
      this.#next = null;
      try {
        await this.#file.write((mark.counter % SLOT_COUNT) * SLOT_STRIDE_BYTES, encodeMark(mark));
      } catch (cause) {
        this.#broken = true;
        this.#onFault(new JournalFault("journal/mark_failed", MARK_PATH, cause));
      }
    }
    this.#writing = null;
  }
}

/**
 * Leaves a synced mark in place of whatever evidence is about to be moved away. Faults as the Disk
 * does; a disk without room for the file leaves none.
 */
export async function leaveMark(disk: Disk, mark: CountedMark): Promise<void> {
  try {
    const file = await openFile(disk);
    try {
      await file.write((mark.counter % SLOT_COUNT) * SLOT_STRIDE_BYTES, encodeMark(mark));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (!(cause instanceof DiskFault) || cause.code !== "disk/full") throw cause;
  }
}

async function openFile(disk: Disk): Promise<DiskFile> {
  if (await disk.exists(MARK_PATH)) return disk.open(MARK_PATH, "existing");
  await disk.makeDirectory(DIRECTORY);
  const file = await disk.open(MARK_PATH, "create");
  await file.write(0, new Uint8Array(FILE_BYTES));
  await file.sync();
  await disk.syncDirectory(DIRECTORY);
  await disk.syncDirectory("");
  return file;
}
