/**
 * The Disk port: the only door to files for journal, marks and keys. The adapter over node:fs and
 * the fakes that lose, tear and reorder pass one conformance suite.
 * Paths are relative to the root that the binding was made with, "/" between parts, no "..".
 * Nothing is durable before `sync` (bytes) and `syncDir` (names) have returned.
 */

/** One open file. Offsets and lengths are bytes. Calls on one file are made one at a time by its owner. */
export interface DiskFile {
  readonly path: string;
  size(): Promise<number>;
  /** Reads up to `length` bytes from `offset`; shorter only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Writes all of `bytes` at `offset`, growing the file where needed; all or a DiskFault. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** fdatasync: what was written before is durable when this returns. After a failure nothing may be assumed. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /** Names (not paths) of files and folders in a directory in ascending byte order; empty when the directory does not exist. */
  list(directory: string): Promise<readonly string[]>;
  /** Opens for reading and writing. "create" makes the file and faults with disk/exists if it is there; "existing" with disk/missing if it is not. */
  open(path: string, mode: "existing" | "create"): Promise<DiskFile>;
  exists(path: string): Promise<boolean>;
  /** Makes one folder below an existing one; nothing when it is there already. */
  makeDirectory(directory: string): Promise<void>;
  /** Moves a file, also to another folder; what `target` was before is replaced. Open files stay usable. */
  rename(source: string, target: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** fsync of the directory ("" is the root): creations, renames and removals in it are durable when this returns. */
  syncDirectory(directory: string): Promise<void>;
  /** Bytes that may still be written. */
  freeBytes(): Promise<number>;
}

/** What the disk can answer instead of working. */
export type DiskFaultCode =
  | "disk/full"
  | "disk/io"
  | "disk/read_only"
  | "disk/missing"
  | "disk/exists"
  | "disk/denied";

/** The disk refused or failed. `retry` is "never" after a failed sync: the pages may be gone though a second call succeeds. */
export class DiskFault extends Error {
  override readonly name = "DiskFault";
  readonly code: DiskFaultCode;
  readonly path: string;
  readonly retry: "later" | "never";
  constructor(code: DiskFaultCode, path: string, retry: "later" | "never", cause?: unknown) {
    super(`${code}: ${path}`, { cause });
    this.code = code;
    this.path = path;
    this.retry = retry;
  }
}
