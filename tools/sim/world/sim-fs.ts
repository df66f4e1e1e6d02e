/**
 * A file system of which it is known what is durable: every write and every change of a name is
 * pending, in order, until its file or folder is synced. What the medium kept of the pending ones is
 * decided by `crash`. Reads see everything that was written, as a page cache shows it.
 *
 * F1 A pending write holds what it replaced, so that undoing the pending ones newest first gives the
 *    durable image, and a sync costs nothing but forgetting.
 * F2 Old writes of a file that nobody syncs reach the medium by themselves, oldest first, as
 *    write-back does; otherwise nothing pending lands before a crash.
 * F3 A rename into another folder lands whole or not at all.
 */
import { assert } from "../../../core/bug.ts";
import { DiskFault } from "../../../runtime/disk.ts";
import type { Stream } from "./random.ts";

/** The unit that a medium keeps, loses or garbles. */
export const SECTOR_BYTES = 512;
/** Unsynced writes of one file before write-back takes the oldest (F2). */
const UNSYNCED_WRITES_COUNT_MAX = 64;

/** What the medium kept of what was pending when the power went. */
export const CRASH_MODES = [
  /** Nothing. */
  "drop",
  /** Everything: a killed process, or luck. */
  "keep",
  /** The first of them in their order, the last of these perhaps in part. */
  "prefix",
  /** Any sectors of any of them, in any order. */
  "subset",
  /** As subset, with sectors of noise or zeros among them. */
  "garbage",
  /** Names and sizes, but no content. */
  "metadata_first",
  /** Content, but no names. */
  "data_first",
] as const;
/** One of them. */
export type CrashMode = (typeof CRASH_MODES)[number];

/** A file's content; names point at it. */
export interface Inode {
  readonly id: number;
  bytes: Uint8Array;
  sizeBytes: number;
  readonly pending: PendingWrite[];
}
type Names = Map<string, Inode | "folder">;

interface PendingWrite {
  readonly order: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly before: Uint8Array;
  readonly sizeBefore: number;
}
interface PendingName {
  readonly order: number;
  readonly folders: readonly string[];
  /** What each name points at afterwards; null for nothing. */
  readonly changes: readonly NameChange[];
}
type NameChange = readonly [path: string, target: Inode | "folder" | null];

export class SimFs {
  #durable: Names = new Map([["", "folder"]]);
  #now: Names = new Map([["", "folder"]]);
  #names: PendingName[] = [];
  /** Inodes with pending writes. */
  readonly #dirty = new Set<Inode>();
  #order = 0;
  #inodeCount = 0;
  #usedBytes = 0;
  /** All files together hold no more than this. */
  limitBytes = Infinity;

  get usedBytes(): number {
    return this.#usedBytes;
  }
  get freeBytes(): number {
    return Math.min(this.limitBytes - this.#usedBytes, Number.MAX_SAFE_INTEGER);
  }
  /** Writes and changes of names that are not durable, but for those of one file. */
  pendingBeside(path: string): number {
    const passed = this.#now.get(path);
    let count = this.#names.length;
    for (const inode of this.#dirty) if (inode !== passed) count += inode.pending.length;
    return count;
  }
  paths(): readonly string[] {
    return [...this.#now].flatMap(([path, target]) => (target === "folder" ? [] : [path])).toSorted();
  }

  list(directory: string): readonly string[] {
    const start = directory === "" ? "" : `${directory}/`;
    const names: string[] = [];
    for (const path of this.#now.keys()) {
      if (path !== "" && path.startsWith(start) && !path.includes("/", start.length))
        names.push(path.slice(start.length));
    }
    return names
      .map((name) => Buffer.from(name))
      .sort((a, b) => Buffer.compare(a, b))
      .map(String);
  }
  has(path: string): boolean {
    return this.#now.has(path);
  }
  inode(path: string): Inode {
    const target = this.#now.get(path);
    if (target === undefined || target === "folder") throw new DiskFault("disk/missing", path, "never");
    return target;
  }

  create(path: string): Inode {
    if (this.#now.has(path)) throw new DiskFault("disk/exists", path, "never");
    const inode = this.#make(new Uint8Array(0), 0);
    this.#name(path, [[path, inode]]);
    return inode;
  }
  makeDirectory(directory: string): void {
    if (this.#now.has(directory)) return;
    this.#name(directory, [[directory, "folder"]]);
  }
  rename(source: string, target: string): void {
    const inode = this.inode(source);
    const replaced = this.#now.get(target);
    this.#name(source, [
      [source, null],
      [target, inode],
    ]);
    if (replaced !== undefined && replaced !== "folder" && replaced !== inode)
      this.#usedBytes -= replaced.sizeBytes;
  }
  remove(path: string): void {
    const inode = this.inode(path);
    this.#name(path, [[path, null]]);
    this.#usedBytes -= inode.sizeBytes;
  }

  read(inode: Inode, offset: number, length: number): Uint8Array {
    return this.view(inode, offset, length).slice();
  }

  /** As `read`, without a copy: good until the next write. */
  view(inode: Inode, offset: number, length: number): Uint8Array {
    return inode.bytes.subarray(offset, Math.max(offset, Math.min(inode.sizeBytes, offset + length)));
  }

  /** Writes what fits; disk/full when that is not all. */
  write(path: string, inode: Inode, offset: number, bytes: Uint8Array): void {
    const growthBytes = Math.max(offset + bytes.length - inode.sizeBytes, 0);
    const missingBytes = Math.min(Math.max(growthBytes - this.freeBytes, 0), bytes.length);
    this.#land(inode, offset, bytes.subarray(0, bytes.length - missingBytes));
    if (missingBytes > 0) throw new DiskFault("disk/full", path, "later");
  }

  /** A write that ends early: only so much of it is there. */
  writePart(inode: Inode, offset: number, bytes: Uint8Array): void {
    this.#land(inode, offset, bytes);
  }

  sync(inode: Inode): void {
    inode.pending.length = 0;
    this.#dirty.delete(inode);
  }
  /** The sync failed and the pages are gone: the file is what was durable. */
  dropPages(inode: Inode): void {
    this.#undo(inode);
    inode.pending.length = 0;
    this.#dirty.delete(inode);
  }
  syncDirectory(directory: string): void {
    const rest: PendingName[] = [];
    for (const change of this.#names) {
      if (change.folders.includes(directory)) apply(this.#durable, change.changes);
      else rest.push(change);
    }
    this.#names = rest;
  }

  /** The power went and came back: only what the medium kept is there, and all of it is durable. */
  crash(mode: CrashMode, stream: Stream): void {
    const writes = [...this.#dirty]
      .flatMap((inode) => inode.pending.map((write) => ({ inode, write, order: write.order })))
      .sort((a, b) => a.order - b.order);
    for (const inode of this.#dirty) this.#undo(inode);
    const keptOrder = prefixEnd(mode, [...writes, ...this.#names], stream);
    for (const { inode, write } of writes) {
      inode.pending.length = 0;
      landAfterCrash(inode, write, mode, keptOrder, stream);
    }
    this.#dirty.clear();
    for (const change of this.#names) {
      if (isNameKept(change, mode, keptOrder, stream)) apply(this.#durable, change.changes);
    }
    this.#settleNames();
  }

  #settleNames(): void {
    this.#names = [];
    const names = this.#durable;
    for (const path of [...names.keys()]) if (!isReachable(path, names)) names.delete(path);
    this.#now = new Map(names);
    this.#countUsed();
  }

  /** A copy as the disk would be if everything pending landed. */
  image(): SimFs {
    const copy = new SimFs();
    const inodes = new Map<Inode, Inode>();
    for (const [path, target] of this.#now) {
      if (target === "folder") copy.#durable.set(path, target);
      else {
        const made =
          inodes.get(target) ?? copy.#make(target.bytes.slice(0, target.sizeBytes), target.sizeBytes);
        inodes.set(target, made);
        copy.#durable.set(path, made);
      }
    }
    copy.#settleNames();
    return copy;
  }
  /** A copy with everything that is pending: the same moment, to be crashed in another way. */
  fork(): SimFs {
    const copy = new SimFs();
    const inodes = new Map<Inode, Inode>();
    const copied = (target: Inode | "folder"): Inode | "folder" => {
      if (target === "folder") return target;
      const known = inodes.get(target);
      if (known !== undefined) return known;
      const made = copy.#make(target.bytes.slice(), target.sizeBytes);
      made.pending.push(...target.pending);
      if (made.pending.length > 0) copy.#dirty.add(made);
      inodes.set(target, made);
      return made;
    };
    for (const [path, target] of this.#durable) copy.#durable.set(path, copied(target));
    for (const [path, target] of this.#now) copy.#now.set(path, copied(target));
    copy.#names = this.#names.map(({ order, folders, changes }) => ({
      order,
      folders,
      changes: changes.map(([path, target]) => [path, target === null ? null : copied(target)] as const),
    }));
    copy.#order = this.#order;
    copy.#usedBytes = this.#usedBytes;
    return copy;
  }

  /** Becomes that image; what was here is gone. */
  restore(image: SimFs): void {
    const copy = image.image();
    this.#durable = copy.#durable;
    this.#dirty.clear();
    this.#settleNames();
  }

  /** Flips bits of one byte on the medium. */
  flip(path: string, offset: number, bits: number): void {
    const inode = this.inode(path);
    if (offset < inode.sizeBytes) inode.bytes[offset] = (inode.bytes[offset] ?? 0) ^ bits;
  }
  /** Two files have each other's content. */
  swap(left: string, right: string): void {
    const [a, b] = [this.inode(left), this.inode(right)];
    for (const names of [this.#now, this.#durable]) {
      names.set(left, b);
      names.set(right, a);
    }
  }
  /** A file is not there any more. */
  lose(path: string): void {
    this.#usedBytes -= this.inode(path).sizeBytes;
    this.#now.delete(path);
    this.#durable.delete(path);
  }

  #make(bytes: Uint8Array, sizeBytes: number): Inode {
    this.#inodeCount += 1;
    return { id: this.#inodeCount, bytes, sizeBytes, pending: [] };
  }

  #land(inode: Inode, offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const endBytes = offset + bytes.length;
    const before = inode.bytes.slice(offset, Math.max(offset, Math.min(endBytes, inode.sizeBytes)));
    const sizeBefore = inode.sizeBytes;
    put(inode, offset, bytes);
    this.#usedBytes += inode.sizeBytes - sizeBefore;
    inode.pending.push({ order: (this.#order += 1), offset, bytes: bytes.slice(), before, sizeBefore });
    if (inode.pending.length > UNSYNCED_WRITES_COUNT_MAX) inode.pending.shift();
    this.#dirty.add(inode);
  }

  // F1
  #undo(inode: Inode): void {
    for (const write of inode.pending.toReversed()) {
      inode.bytes.fill(0, write.offset, Math.min(inode.bytes.length, write.offset + write.bytes.length));
      inode.bytes.set(write.before, write.offset);
      this.#usedBytes += write.sizeBefore - inode.sizeBytes;
      inode.sizeBytes = write.sizeBefore;
    }
  }

  #name(path: string, changes: readonly NameChange[]): void {
    for (const [each] of changes) {
      assert(
        !each.startsWith("/") && !each.split("/").includes(".."),
        "disk: A path must stay below the root",
      );
      if (this.#now.get(folderOf(each)) !== "folder") throw new DiskFault("disk/missing", path, "never");
    }
    apply(this.#now, changes);
    const folders = changes.map(([each]) => folderOf(each));
    this.#names.push({ order: (this.#order += 1), folders, changes });
  }

  #countUsed(): void {
    const inodes = new Set(this.#now.values());
    this.#usedBytes = 0;
    for (const target of inodes) if (target !== "folder") this.#usedBytes += target.sizeBytes;
  }
}

function apply(names: Names, changes: readonly NameChange[]): void {
  for (const [path, target] of changes) {
    if (target === null) names.delete(path);
    else names.set(path, target);
  }
}

function prefixEnd(mode: CrashMode, changes: readonly { readonly order: number }[], stream: Stream): number {
  if (mode !== "prefix") return mode === "drop" ? 0 : Infinity;
  const orders = changes.map(({ order }) => order).sort((a, b) => a - b);
  return orders[stream.below(orders.length + 1)] ?? Infinity;
}

function isNameKept(change: PendingName, mode: CrashMode, keptOrder: number, stream: Stream): boolean {
  switch (mode) {
    case "drop":
    case "data_first":
      return false;
    case "keep":
    case "metadata_first":
      return true;
    case "prefix":
      return change.order < keptOrder;
    case "subset":
    case "garbage":
      return stream.chance(0.5);
  }
}

function landAfterCrash(
  inode: Inode,
  write: PendingWrite,
  mode: CrashMode,
  keptOrder: number,
  stream: Stream,
): void {
  const { offset, bytes, order } = write;
  switch (mode) {
    case "drop":
      return;
    case "keep":
    case "data_first":
      put(inode, offset, bytes);
      return;
    case "prefix":
      if (order < keptOrder) put(inode, offset, bytes);
      else if (order === keptOrder) {
        const keptBytes = SECTOR_BYTES * stream.below(Math.ceil(bytes.length / SECTOR_BYTES));
        put(inode, offset, bytes.subarray(0, keptBytes));
      }
      return;
    case "metadata_first":
      put(inode, Math.max(offset + bytes.length, inode.sizeBytes), new Uint8Array(0));
      return;
    case "subset":
    case "garbage":
      tear(inode, write, mode === "garbage", stream);
  }
}

// Sectors of the medium, not of the write: bytes that share a sector share its fate.
function tear(inode: Inode, write: PendingWrite, withGarbage: boolean, stream: Stream): void {
  const endBytes = write.offset + write.bytes.length;
  let from = write.offset;
  while (from < endBytes) {
    const until = Math.min(endBytes, (Math.floor(from / SECTOR_BYTES) + 1) * SECTOR_BYTES);
    const fate = stream.below(withGarbage ? 4 : 2);
    if (fate === 0) put(inode, from, write.bytes.subarray(from - write.offset, until - write.offset));
    else if (fate === 2) put(inode, from, stream.bytes(until - from));
    else if (fate === 3) put(inode, from, new Uint8Array(until - from));
    from = until;
  }
}

function put(inode: Inode, offset: number, bytes: Uint8Array): void {
  const endBytes = offset + bytes.length;
  if (endBytes > inode.bytes.length) {
    const roomy = new Uint8Array(
      inode.bytes.length === 0 ? endBytes : Math.max(endBytes, 2 * inode.bytes.length),
    );
    roomy.set(inode.bytes.subarray(0, inode.sizeBytes));
    inode.bytes = roomy;
  }
  inode.bytes.set(bytes, offset);
  inode.sizeBytes = Math.max(inode.sizeBytes, endBytes);
}

function isReachable(path: string, names: Names): boolean {
  return path === "" || (names.get(folderOf(path)) === "folder" && isReachable(folderOf(path), names));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
