/**
 * A Disk in memory that knows what is durable and what is not: every write and every change of a name
 * is pending, in order, until its file or its folder is synced. A power cut is `cutAt` (the operation
 * at which the power goes) followed by `crash` (what of the pending operations the medium kept).
 * Stronger than real disks where that costs nothing: nothing pending lands by itself before a crash.
 * A rename into another folder is one operation that lands or not as a whole, as journaling file
 * systems do it; syncing either folder makes it durable.
 */
import { assert } from "../../core/bug.ts";
import { DiskFault, type Disk, type DiskFaultCode, type DiskFile } from "../../runtime/disk.ts";

const SECTOR_BYTES = 512;

/** What the medium kept: nothing, everything, the first operations in their order, or any sectors of any of them with garbage among them. */
export type CrashMode = "drop" | "keep" | "prefix" | "torn";

interface Inode {
  durable: Uint8Array;
  now: Uint8Array;
}
/** A name's target; a folder has no inode. */
type Names = Map<string, Inode | "folder">;
type Pending =
  | { readonly kind: "write"; readonly inode: Inode; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: "name"; readonly folders: readonly string[]; readonly apply: (names: Names) => void };

export class FakeDisk implements Disk {
  readonly #durable: Names = new Map([["", "folder"]]);
  #now: Names = new Map([["", "folder"]]);
  #pending: Pending[] = [];
  #cutAt = Infinity;
  #failing: { readonly at: number; readonly code: DiskFaultCode } | null = null;
  #bytesMax = Infinity;
  /** Calls so far, reads and questions included. */
  callCount = 0;
  /** Calls so far that change something or make it durable. */
  changeCount = 0;
  /** Syncs of files so far. */
  syncCount = 0;

  /** The power goes at the n-th changing call from the first of all: a write of it is pending, a sync did nothing. */
  cutAt(changeIndex: number): void {
    this.#cutAt = changeIndex;
  }
  /** The n-th call from the first of all faults, once. A failed sync drops what was pending on the file. */
  failAt(callIndex: number, code: DiskFaultCode): void {
    this.#failing = { at: callIndex, code };
  }
  /** All files together hold no more than this. A write that crosses the line lands up to it. */
  limit(bytes: number): void {
    this.#bytesMax = bytes;
  }

  /** The disk after the power came back. */
  crash(mode: CrashMode, seed = 0): FakeDisk {
    const random = randomOf(seed);
    const keptCount = { drop: 0, keep: Infinity, prefix: random(this.#pending.length + 1), torn: Infinity }[
      mode
    ];
    const kept = this.#pending.slice(0, keptCount);
    const inodes = new Map<Inode, Inode>();
    const copy = (inode: Inode): Inode => {
      const made = inodes.get(inode) ?? { durable: inode.durable.slice(), now: inode.durable };
      inodes.set(inode, made);
      return made;
    };
    const names: Names = new Map(this.#durable);
    for (const change of kept) {
      if (change.kind === "name") {
        if (mode !== "torn" || random(2) === 0) change.apply(names);
      } else {
        const inode = copy(change.inode);
        if (mode === "torn") tear(inode, change, random);
        else inode.durable = patched(inode.durable, change.offset, change.bytes);
      }
    }
    const disk = new FakeDisk();
    for (const [path, target] of names) {
      if (!isReachable(path, names)) continue;
      const made = target === "folder" ? target : copy(target);
      if (made !== "folder") made.now = made.durable.slice();
      disk.#durable.set(path, made);
    }
    disk.#now = new Map(disk.#durable);
    return disk;
  }

  /** The same content on another disk, all of it durable: an image to come back to. */
  image(): FakeDisk {
    return this.crash("keep");
  }
  paths(): readonly string[] {
    return [...this.#now].flatMap(([path, target]) => (target === "folder" ? [] : [path])).toSorted();
  }
  /** A file's content; changing it is rot. */
  bytesOf(path: string): Uint8Array {
    return this.#inode(path).now;
  }
  /** Flips bits of one byte, durably. */
  flip(path: string, offset: number, bits = 1): void {
    const { now, durable } = this.#inode(path);
    for (const bytes of [now, durable])
      if (offset < bytes.length) bytes[offset] = (bytes[offset] ?? 0) ^ bits;
  }
  /** Cuts or replaces a file's content, durably; makes the file when it is missing and its folder is there. */
  put(path: string, bytes: Uint8Array): void {
    const inode: Inode = { durable: bytes.slice(), now: bytes.slice() };
    for (const names of [this.#durable, this.#now]) names.set(path, inode);
  }
  /** Swaps the content of two files, durably. */
  swap(left: string, right: string): void {
    const bytes = this.bytesOf(left);
    this.put(left, this.bytesOf(right));
    this.put(right, bytes);
  }
  /** Makes a file disappear, durably. */
  lose(path: string): void {
    for (const names of [this.#durable, this.#now]) names.delete(path);
  }

  async list(directory: string): Promise<readonly string[]> {
    this.#call(directory);
    const names = [...this.#now.keys()].filter((path) => path !== "" && folderOf(path) === directory);
    return names.map((path) => path.slice(path.lastIndexOf("/") + 1)).toSorted();
  }
  async exists(path: string): Promise<boolean> {
    this.#call(path);
    return this.#now.has(path);
  }
  async freeBytes(): Promise<number> {
    this.#call("");
    return Math.min(this.#bytesMax - this.#usedBytes(), Number.MAX_SAFE_INTEGER);
  }
  async makeDirectory(directory: string): Promise<void> {
    this.#change(directory);
    if (!this.#now.has(directory))
      this.#name(directory, [directory], (names) => names.set(directory, "folder"));
  }
  async rename(source: string, target: string): Promise<void> {
    this.#change(source);
    const inode = this.#inode(source);
    this.#name(source, [source, target], (names) => {
      names.delete(source);
      names.set(target, inode);
    });
  }
  async remove(path: string): Promise<void> {
    this.#change(path);
    this.#inode(path);
    this.#name(path, [path], (names) => names.delete(path));
  }
  async syncDirectory(directory: string): Promise<void> {
    this.#change(directory);
    this.#settle((change) => change.kind === "name" && change.folders.includes(directory));
  }
  async open(path: string, mode: "existing" | "create"): Promise<DiskFile> {
    if (mode === "existing") {
      this.#call(path);
      return this.#file(path, this.#inode(path));
    }
    this.#change(path);
    if (this.#now.has(path)) throw new DiskFault("disk/exists", path, "never");
    const inode: Inode = { durable: new Uint8Array(0), now: new Uint8Array(0) };
    this.#name(path, [path], (names) => names.set(path, inode));
    return this.#file(path, inode);
  }

  #file(path: string, inode: Inode): DiskFile {
    return {
      path,
      size: async () => {
        this.#call(path);
        return inode.now.length;
      },
      read: async (offset, length) => {
        this.#call(path);
        return inode.now.slice(offset, offset + length);
      },
      write: async (offset, bytes) => this.#write(path, inode, offset, bytes),
      sync: async () => this.#sync(path, inode),
      close: async () => {},
    };
  }

  async #write(path: string, inode: Inode, offset: number, bytes: Uint8Array): Promise<void> {
    const land = (landed: Uint8Array): void => {
      inode.now = patched(inode.now, offset, landed);
      this.#pending.push({ kind: "write", inode, offset, bytes: landed.slice() });
    };
    this.#change(path, () => land(bytes));
    const growth = Math.max(offset + bytes.length - inode.now.length, 0);
    const missingBytes = Math.max(growth - (this.#bytesMax - this.#usedBytes()), 0);
    land(bytes.subarray(0, bytes.length - missingBytes));
    if (missingBytes > 0) throw new DiskFault("disk/full", path, "later");
  }

  async #sync(path: string, inode: Inode): Promise<void> {
    this.syncCount += 1;
    const mine = (change: Pending): boolean => change.kind === "write" && change.inode === inode;
    try {
      this.#change(path);
    } catch (cause) {
      if (this.#cutAt > this.changeCount) {
        this.#pending = this.#pending.filter((change) => !mine(change));
        inode.now = inode.durable.slice();
      }
      throw cause;
    }
    this.#settle(mine);
  }

  #settle(chosen: (change: Pending) => boolean): void {
    const rest: Pending[] = [];
    for (const change of this.#pending) {
      if (!chosen(change)) rest.push(change);
      else if (change.kind === "name") change.apply(this.#durable);
      else change.inode.durable = patched(change.inode.durable, change.offset, change.bytes);
    }
    this.#pending = rest;
  }

  #name(path: string, paths: readonly string[], apply: (names: Names) => void): void {
    for (const each of paths) {
      if (this.#now.get(folderOf(each)) !== "folder") throw new DiskFault("disk/missing", path, "never");
    }
    apply(this.#now);
    this.#pending.push({ kind: "name", folders: paths.map(folderOf), apply });
  }

  #inode(path: string): Inode {
    const target = this.#now.get(path);
    if (target === undefined || target === "folder") throw new DiskFault("disk/missing", path, "never");
    return target;
  }

  #usedBytes(): number {
    const inodes = new Set(this.#now.values());
    return [...inodes].reduce((sum, target) => sum + (target === "folder" ? 0 : target.now.length), 0);
  }

  #change(path: string, onCut: () => void = () => {}): void {
    this.changeCount += 1;
    if (this.changeCount === this.#cutAt) onCut();
    this.#call(path);
  }

  #call(path: string): void {
    assert(!path.startsWith("/") && !path.split("/").includes(".."), "disk: A path must stay below the root");
    this.callCount += 1;
    if (this.changeCount >= this.#cutAt) throw new DiskFault("disk/io", path, "never");
    if (this.callCount !== this.#failing?.at) return;
    throw new DiskFault(this.#failing.code, path, this.#failing.code === "disk/full" ? "later" : "never");
  }
}

/** Each sector of a write lands, is dropped or holds garbage. */
function tear(inode: Inode, write: Pending & { kind: "write" }, random: (below: number) => number): void {
  for (let from = 0; from < write.bytes.length; from += SECTOR_BYTES) {
    const sector = write.bytes.slice(from, from + SECTOR_BYTES);
    const fate = random(4);
    if (fate === 3) sector.forEach((_, index) => (sector[index] = random(256)));
    if (fate !== 2) inode.durable = patched(inode.durable, write.offset + from, sector);
  }
}

function patched(target: Uint8Array, offset: number, bytes: Uint8Array): Uint8Array {
  const end = offset + bytes.length;
  const result = end > target.length ? new Uint8Array(end) : target;
  if (result !== target) result.set(target);
  result.set(bytes, offset);
  return result;
}

function isReachable(path: string, names: Names): boolean {
  return path === "" || (names.get(folderOf(path)) === "folder" && isReachable(folderOf(path), names));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Whole numbers below a bound, from a seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
