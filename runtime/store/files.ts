/**
 * The file manners of the store: replace a file atomically, put a broken segment aside, make a
 * segment ahead of its use. All of them obey one order: bytes, sync of the file, name, sync of the
 * folder; only then is anything built upon the result.
 */
import { assert } from "../../core/bug.ts";
import { DiskFault, type Disk, type DiskFile } from "../disk.ts";
import { crc32 } from "./crc32.ts";
import { SEGMENT_BYTES_MAX, ZERO_STEP_BYTES } from "./limits.ts";
import { JOURNAL_DIRECTORY } from "./segment.ts";

/** The folder below the Disk's root that broken segments are put into. Nothing here ever deletes from it. */
export const QUARANTINE_DIRECTORY = "quarantine";

/** Gives `path` new content such that a power cut leaves the old or the new, whole. The folder must exist. Faults as the Disk does. */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  if (await disk.exists(temporary)) await disk.remove(temporary);
  const file = await disk.open(temporary, "create");
  try {
    await file.write(0, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.rename(temporary, path);
  await disk.syncDirectory(directoryOf(path));
}

/** Copies a segment into quarantine under its name and the CRC of its content, so that a second copy of the same finding costs nothing. Gives the copy's path. */
export async function copyToQuarantine(disk: Disk, path: string): Promise<string> {
  const bytes = await readWhole(disk, path);
  const name = baseName(path).replace(/\.jnl$/, `.${crc32(bytes).toString(16).padStart(8, "0")}.jnl`);
  const target = `${QUARANTINE_DIRECTORY}/${name}`;
  await makeQuarantine(disk);
  if (!(await disk.exists(target))) await replaceFile(disk, target, bytes);
  return target;
}

/** Moves a segment into quarantine; needs no room on disk. Gives its new path. */
export async function moveToQuarantine(disk: Disk, path: string): Promise<string> {
  const target = `${QUARANTINE_DIRECTORY}/${baseName(path)}`;
  await makeQuarantine(disk);
  await disk.rename(path, target);
  await disk.syncDirectory(QUARANTINE_DIRECTORY);
  await disk.syncDirectory(directoryOf(path));
  return target;
}

async function makeQuarantine(disk: Disk): Promise<void> {
  if (await disk.exists(QUARANTINE_DIRECTORY)) return;
  await disk.makeDirectory(QUARANTINE_DIRECTORY);
  await disk.syncDirectory("");
}

/** The bytes of a file, at most `bytesMax` of them. */
export async function readWhole(disk: Disk, path: string, bytesMax = SEGMENT_BYTES_MAX): Promise<Uint8Array> {
  const file = await disk.open(path, "existing");
  try {
    return await file.read(0, Math.min(await file.size(), bytesMax));
  } finally {
    await file.close();
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** A file of durable zeros under a durable name, ready to become a segment. */
export interface Prepared {
  readonly file: DiskFile;
  readonly path: string;
  readonly segmentBytes: number;
}

type SpareState =
  | { readonly kind: "absent" }
  | { readonly kind: "filling"; readonly file: DiskFile; readonly filledBytes: number }
  | { readonly kind: "ready"; readonly file: DiskFile }
  /** The disk has no room for it. */
  | { readonly kind: "refused" }
  /** Handed out: the name is in use until the new owner has renamed the file. */
  | { readonly kind: "claimed" };

/**
 * One file that is made ahead, step by step, so that no commit waits for more than a step. A spare
 * left by an earlier start is taken over when it is whole and holds nothing but zeros.
 * A full disk leaves it refused; any other fault is thrown.
 */
export class Spare {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #segmentBytes: number;
  #state: SpareState = { kind: "absent" };
  #refused = false;

  constructor(disk: Disk, name: string, segmentBytes: number) {
    this.#disk = disk;
    this.#path = `${JOURNAL_DIRECTORY}/${name}`;
    this.#segmentBytes = segmentBytes;
  }

  /** Bytes of the segment that can begin at once; 0 when the spare is not ready. */
  get readyBytes(): number {
    return this.#state.kind === "ready" ? this.#segmentBytes : 0;
  }

  /** Whether the disk had no room for it when it was last tried. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Whether `step` has something to do. */
  get unfinished(): boolean {
    return this.#state.kind === "absent" || this.#state.kind === "filling";
  }

  /** One step towards readiness. */
  async step(): Promise<void> {
    const state = this.#state;
    assert(
      state.kind === "absent" || state.kind === "filling",
      "files: A spare must be unfinished to be stepped",
    );
    try {
      this.#state = state.kind === "absent" ? await this.#begin() : await this.#fill(state);
    } catch (cause) {
      if (!(cause instanceof DiskFault) || cause.code !== "disk/full") throw cause;
      if (state.kind === "filling") await state.file.close();
      if (await this.#disk.exists(this.#path)) await this.#disk.remove(this.#path);
      this.#state = { kind: "refused" };
    }
    if (!this.unfinished) this.#refused = this.#state.kind === "refused";
  }

  /** Takes the file; null unless it is ready. The taker renames it and then calls `release`. */
  claim(): Prepared | null {
    if (this.#state.kind !== "ready") return null;
    const prepared = { file: this.#state.file, path: this.#path, segmentBytes: this.#segmentBytes };
    this.#state = { kind: "claimed" };
    return prepared;
  }

  /** The claimed file has its new name: the next one may be made. */
  release(): void {
    assert(this.#state.kind === "claimed", "files: Only a claimed spare can be released");
    this.#state = { kind: "absent" };
  }

  /** Lets a refused spare be tried again; nothing otherwise. */
  retry(): void {
    if (this.#state.kind === "refused") this.#state = { kind: "absent" };
  }

  /** Closes the file; what was made stays for the next start. */
  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { kind: "claimed" };
    if (state.kind === "filling" || state.kind === "ready") await state.file.close();
  }

  async #begin(): Promise<SpareState> {
    const adopted = await this.#adopt();
    if (adopted !== null) return adopted;
    if ((await this.#disk.freeBytes()) < this.#segmentBytes) return { kind: "refused" };
    return { kind: "filling", file: await this.#disk.open(this.#path, "create"), filledBytes: 0 };
  }

  async #adopt(): Promise<SpareState | null> {
    if (!(await this.#disk.exists(this.#path))) return null;
    const file = await this.#disk.open(this.#path, "existing");
    let isKept = false;
    try {
      isKept = await this.#isWhole(file);
    } finally {
      if (!isKept) await file.close();
    }
    if (isKept) return this.#finish(file);
    await this.#disk.remove(this.#path);
    return null;
  }

  /** Read in steps: the start before may have left megabytes. */
  async #isWhole(file: DiskFile): Promise<boolean> {
    if ((await file.size()) !== this.#segmentBytes) return false;
    for (let at = 0; at < this.#segmentBytes; at += ZERO_STEP_BYTES) {
      const stepBytes = Math.min(ZERO_STEP_BYTES, this.#segmentBytes - at);
      const bytes = await file.read(at, stepBytes);
      if (bytes.length !== stepBytes || !isZero(bytes)) return false;
    }
    return true;
  }

  async #fill(state: { readonly file: DiskFile; readonly filledBytes: number }): Promise<SpareState> {
    const stepBytes = Math.min(ZERO_STEP_BYTES, this.#segmentBytes - state.filledBytes);
    await state.file.write(state.filledBytes, new Uint8Array(stepBytes));
    const filledBytes = state.filledBytes + stepBytes;
    if (filledBytes === this.#segmentBytes) return this.#finish(state.file);
    await state.file.sync();
    return { kind: "filling", file: state.file, filledBytes };
  }

  /** Also for an adopted file: the start before may have been killed before its sync. */
  async #finish(file: DiskFile): Promise<SpareState> {
    await file.sync();
    await this.#disk.syncDirectory(JOURNAL_DIRECTORY);
    return { kind: "ready", file };
  }
}

const ZEROS = new Uint8Array(65_536);

/** Whether all bytes from `start` on are zero. Compared in runs: a start looks at megabytes of them. */
export function isZero(bytes: Uint8Array, start = 0): boolean {
  for (let at = start; at < bytes.length; at += ZEROS.length) {
    const run = bytes.subarray(at, at + ZEROS.length);
    if (Buffer.compare(run, ZEROS.subarray(0, run.length)) !== 0) return false;
  }
  return true;
}
