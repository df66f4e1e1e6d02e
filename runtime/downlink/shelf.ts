/**
 * Files from headquarters on this terminal's disk, each under the SHA-256 of its bytes:
 *
 *     blobs/<64 hex digits>         whole and as named
 *     blobs/<64 hex digits>.part    what has come of it so far
 *     blobs/in-use                  which catalogue was sold from last: version, start, size and name
 *     blobs/in-use-pricing          which pricing rules were
 *
 * B1 A name without .part is given only after the bytes are synced and hash to it; it is read back
 *    through the same check, so rot on the disk is a missing file and nothing worse.
 * B2 What has come is gone on with after a start, at a whole piece. Pieces are not synced one by one: what
 *    a power cut garbled is found by the hash at the end, and all of it comes again.
 * B3 Room that sales may need is left alone.
 */
import { sha256 } from "../../protocol/hash.ts";
import { BLOB_CHUNK_BYTES_MAX } from "../../protocol/limits.ts";
import type { CatalogueStart } from "../../core/hq/events.ts";
import { wallMs } from "../../core/time.ts";
import type { Disk } from "../disk.ts";

/** Beside the journal. */
export const BLOBS_DIRECTORY = "blobs";
/** Files of one kind that are kept: one in force, one to come, and one that was in force. */
export const BLOBS_KEPT_COUNT_MAX = 3;
/** B3: four segments of the journal. */
export const BLOB_RESERVE_BYTES = 16 * 1024 * 1024;

const PART = ".part";
/** The notes of what was sold from last, by kind. */
export type InUse = "in-use" | "in-use-pricing";
const IN_USE: readonly InUse[] = ["in-use", "in-use-pricing"];
const IN_USE_BYTES_MAX = 200;

/** What became of a piece. */
export type PieceOutcome = "more" | "whole" | "wrong_hash" | "misplaced";

export class Shelf {
  readonly #disk: Disk;
  #names: ReadonlySet<string> = new Set();
  #isOpen = false;

  /** Knows of nothing until it is opened. */
  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Looks what is there, the first time. The Disk's faults pass through. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#names = new Set(await this.#disk.list(BLOBS_DIRECTORY));
    this.#isOpen = true;
  }

  /** Whether the whole file is here, as far as its name says. */
  has(hash: Uint8Array): boolean {
    return this.#names.has(nameOf(hash));
  }

  /** The file's bytes, or null when they are not here or not what they were (B1). */
  async read(hash: Uint8Array): Promise<Uint8Array | null> {
    if (!this.has(hash)) return null;
    const bytes = await this.#bytesOf(nameOf(hash));
    if (nameOf(sha256(bytes)) === nameOf(hash)) return bytes;
    await this.#remove(nameOf(hash));
    return null;
  }

  /** Where to go on with a file that is not whole, at a whole piece (B2). */
  async resumeAt(hash: Uint8Array, byteCount: number): Promise<number> {
    const part = nameOf(hash) + PART;
    if (!this.#names.has(part)) return 0;
    const file = await this.#disk.open(this.#path(part), "existing");
    const size = await file.size();
    await file.close();
    return Math.min(pieceStart(size), pieceStart(byteCount - 1));
  }

  /** Whether a file of so many bytes may be begun or gone on with (B3). */
  async hasRoom(byteCount: number): Promise<boolean> {
    return (await this.#disk.freeBytes()) >= byteCount + BLOB_RESERVE_BYTES;
  }

  /** Writes a piece; the last one is followed by sync, check and rename (B1). The Disk's faults pass through. */
  async put(hash: Uint8Array, byteCount: number, offset: number, bytes: Uint8Array): Promise<PieceOutcome> {
    const end = offset + bytes.length;
    const isLast = end === byteCount;
    if (end > byteCount || offset !== pieceStart(offset)) return "misplaced";
    if (!isLast && bytes.length !== BLOB_CHUNK_BYTES_MAX) return "misplaced";
    const part = nameOf(hash) + PART;
    await this.#write(part, offset, bytes, isLast);
    if (!isLast) return "more";
    const whole = await this.#bytesOf(part);
    if (nameOf(sha256(whole.subarray(0, byteCount))) !== nameOf(hash) || whole.length !== byteCount) {
      await this.#remove(part);
      return "wrong_hash";
    }
    await this.#disk.rename(this.#path(part), this.#path(nameOf(hash)));
    await this.#disk.syncDirectory(BLOBS_DIRECTORY);
    this.#names = new Set([...this.#names].filter((name) => name !== part)).add(nameOf(hash));
    return "whole";
  }

  /** The file that was sold from last, or null. */
  async inUse(note: InUse): Promise<CatalogueStart | null> {
    if (!this.#names.has(note)) return null;
    const bytes = await this.#bytesOf(note);
    return bytes.length > IN_USE_BYTES_MAX ? null : startIn(new TextDecoder().decode(bytes));
  }

  /** Notes the file that is sold from, durably. */
  async setInUse({ version, startsAt, byteCount, sha256: hash }: CatalogueStart, note: InUse): Promise<void> {
    const bytes = new TextEncoder().encode(`${version} ${startsAt} ${byteCount} ${nameOf(hash)}\n`);
    const part = note + PART;
    if (this.#names.has(part)) await this.#remove(part);
    await this.#write(part, 0, bytes, true);
    await this.#disk.rename(this.#path(part), this.#path(note));
    await this.#disk.syncDirectory(BLOBS_DIRECTORY);
    this.#names = new Set([...this.#names].filter((name) => name !== part)).add(note);
  }

  /** Removes whatever is none of these. */
  async keepOnly(hashes: readonly Uint8Array[]): Promise<void> {
    const files = hashes
      .slice(0, IN_USE.length * BLOBS_KEPT_COUNT_MAX)
      .flatMap((hash) => [nameOf(hash), nameOf(hash) + PART]);
    const kept = new Set<string>([...IN_USE, ...files]);
    for (const name of this.#names) if (!kept.has(name)) await this.#remove(name);
  }

  async #write(name: string, offset: number, bytes: Uint8Array, isLast: boolean): Promise<void> {
    if (this.#names.size === 0) {
      await this.#disk.makeDirectory(BLOBS_DIRECTORY);
      await this.#disk.syncDirectory("");
    }
    const mode = this.#names.has(name) ? "existing" : "create";
    const file = await this.#disk.open(this.#path(name), mode);
    this.#names = new Set(this.#names).add(name);
    try {
      await file.write(offset, bytes);
      if (isLast) await file.sync();
    } finally {
      await file.close();
    }
  }

  async #bytesOf(name: string): Promise<Uint8Array> {
    const file = await this.#disk.open(this.#path(name), "existing");
    try {
      return await file.read(0, await file.size());
    } finally {
      await file.close();
    }
  }

  async #remove(name: string): Promise<void> {
    this.#names = new Set([...this.#names].filter((its) => its !== name));
    await this.#disk.remove(this.#path(name));
  }

  #path(name: string): string {
    return `${BLOBS_DIRECTORY}/${name}`;
  }
}

function pieceStart(offset: number): number {
  return Math.floor(offset / BLOB_CHUNK_BYTES_MAX) * BLOB_CHUNK_BYTES_MAX;
}

/** A file's name: its hash in hex. */
export function nameOf(hash: Uint8Array): string {
  let digits = "";
  for (const byte of hash) digits += byte.toString(16).padStart(2, "0");
  return digits;
}

function startIn(text: string): CatalogueStart | null {
  const match = /^([1-9][0-9]{0,14}) ([0-9]{1,15}) ([1-9][0-9]{0,8}) ([0-9a-f]{64})\n$/.exec(text);
  if (match === null) return null;
  const [, version, startsAt, byteCount, name = ""] = match;
  const sha256 = Uint8Array.from(name.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return {
    version: Number(version),
    startsAt: wallMs(Number(startsAt)),
    byteCount: Number(byteCount),
    sha256,
  };
}
