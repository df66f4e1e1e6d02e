/**
 * The Disk port of a simulated terminal: a SimFs behind latencies and faults. What is written is in
 * the page cache at once; a sync and a change of a name have their effect when they answer. A disk
 * whose terminal died answers no more.
 */
import { assert } from "../../../core/bug.ts";
import { DiskFault } from "../../../runtime/disk.ts";
import type { Disk, DiskFaultCode, DiskFile } from "../../../runtime/disk.ts";
import type { Stream } from "./random.ts";
import type { Life, Scheduler } from "./scheduler.ts";
import type { Inode, SimFs } from "./sim-fs.ts";

/** What is wrong with a disk at the moment; probabilities are for each call. */
export interface DiskTrouble {
  readFault: number;
  writeFault: number;
  syncFault: number;
  isReadOnly: boolean;
  /** 1 for a good disk. */
  slowness: number;
}

/** A good disk. */
export function noTrouble(): DiskTrouble {
  return { readFault: 0, writeFault: 0, syncFault: 0, isReadOnly: false, slowness: 1 };
}

/** Who watches what reaches the disk: the world's own memory of it. */
export interface DiskTap {
  wrote(inode: Inode, offset: number, bytes: Uint8Array): void;
  synced(inode: Inode): void;
  /** Before each call has its effect, counted over all lives of the disk. True: the power goes now. */
  call(kind: string, callIndex: number): boolean;
  /** What that call answers instead of working; null for nothing. */
  fault(kind: string, callIndex: number): DiskFaultCode | null;
}

/** Everything that a disk needs of its world. */
export interface DiskHost {
  readonly scheduler: Scheduler;
  readonly life: Life;
  readonly stream: Stream;
  readonly fs: SimFs;
  readonly trouble: DiskTrouble;
  readonly tap: DiskTap;
  /** Shared by all lives of the disk. */
  readonly counter: { callCount: number };
  readonly onFault: (kind: string) => void;
}

type Kind = "look" | "read" | "write" | "sync" | "name";

/** Microseconds from, to, by kind; one sync in 64 takes 16 times as long. */
const LATENCY_US: Readonly<Record<Kind, readonly [number, number]>> = {
  look: [10, 40],
  read: [40, 200],
  write: [20, 120],
  sync: [200, 2500],
  name: [30, 150],
};

/** The disk of one life of a terminal. */
export function simDisk(host: DiskHost): Disk {
  return new SimDisk(host);
}

class SimDisk implements Disk {
  readonly #host: DiskHost;

  constructor(host: DiskHost) {
    this.#host = host;
  }

  list(directory: string): Promise<readonly string[]> {
    return this.#do("look", directory, () => this.#host.fs.list(directory));
  }
  exists(path: string): Promise<boolean> {
    return this.#do("look", path, () => this.#host.fs.has(path));
  }
  freeBytes(): Promise<number> {
    return this.#do("look", "", () => this.#host.fs.freeBytes);
  }
  makeDirectory(directory: string): Promise<void> {
    return this.#do("name", directory, () => this.#host.fs.makeDirectory(directory));
  }
  rename(source: string, target: string): Promise<void> {
    return this.#do("name", source, () => this.#host.fs.rename(source, target));
  }
  remove(path: string): Promise<void> {
    return this.#do("name", path, () => this.#host.fs.remove(path));
  }
  syncDirectory(directory: string): Promise<void> {
    const fault = this.#faultOf("sync", directory, this.#host.counter.callCount + 1);
    return this.#do("sync", directory, () => {
      if (fault !== null) throw fault;
      this.#host.fs.syncDirectory(directory);
    });
  }
  open(path: string, mode: "existing" | "create"): Promise<DiskFile> {
    const { fs } = this.#host;
    if (mode === "create") return this.#do("name", path, () => this.#file(path, fs.create(path)));
    return this.#do("look", path, () => this.#file(path, fs.inode(path)));
  }

  #file(path: string, inode: Inode): DiskFile {
    const { fs } = this.#host;
    return {
      path,
      size: () => this.#do("look", path, () => inode.sizeBytes),
      read: (offset, length) => this.#do("read", path, () => fs.read(inode, offset, length)),
      write: (offset, bytes) => this.#write(path, inode, offset, bytes),
      sync: () => this.#sync(path, inode),
      close: () => this.#do("look", path, () => {}),
    };
  }

  // In the page cache at once: a cut while the call runs may keep any part of it.
  #write(path: string, inode: Inode, offset: number, bytes: Uint8Array): Promise<void> {
    const { fs, tap } = this.#host;
    const fault = this.#faultOf("write", path, this.#host.counter.callCount + 1);
    let outcome: DiskFault | null = fault;
    // Also what fails may be there in the end, whole.
    if (fault === null || fault.code === "disk/io") tap.wrote(inode, offset, bytes);
    if (fault === null) {
      try {
        fs.write(path, inode, offset, bytes);
      } catch (cause) {
        if (!(cause instanceof DiskFault)) throw cause;
        outcome = cause;
        this.#host.onFault("full");
      }
    } else if (fault.code === "disk/io") {
      fs.writePart(inode, offset, bytes.subarray(0, this.#host.stream.below(bytes.length + 1)));
    }
    return this.#do("write", path, () => {
      if (outcome !== null) throw outcome;
    });
  }

  #sync(path: string, inode: Inode): Promise<void> {
    const fault = this.#faultOf("sync", path, this.#host.counter.callCount + 1);
    return this.#do("sync", path, () => {
      const { fs, tap } = this.#host;
      if (fault !== null) {
        fs.dropPages(inode);
        throw fault;
      }
      fs.sync(inode);
      tap.synced(inode);
    });
  }

  #faultOf(kind: Kind, path: string, callIndex: number): DiskFault | null {
    const { trouble, stream, onFault, tap } = this.#host;
    const code = tap.fault(kind, callIndex);
    if (code !== null) {
      onFault(code);
      return new DiskFault(code, path, code === "disk/full" ? "later" : "never");
    }
    if (trouble.isReadOnly && kind !== "read" && kind !== "look") {
      onFault("read_only");
      return new DiskFault("disk/read_only", path, "never");
    }
    const probability =
      kind === "sync" ? trouble.syncFault : kind === "read" ? trouble.readFault : trouble.writeFault;
    if (kind === "look" || !stream.chance(probability)) return null;
    onFault(kind === "sync" ? "sync_failed" : "io_error");
    return new DiskFault("disk/io", path, "never");
  }

  #do<T>(kind: Kind, path: string, work: () => T): Promise<T> {
    const { scheduler, life, tap, counter } = this.#host;
    assert(!path.startsWith("/") && !path.split("/").includes(".."), "disk: A path must stay below the root");
    // Who is dead does nothing any more, whatever was still queued when it died.
    if (!life.isAlive) return new Promise(() => {});
    counter.callCount += 1;
    if (tap.call(kind, counter.callCount)) return new Promise(() => {});
    const isSeparate = kind === "write" || kind === "sync";
    const fault = isSeparate ? null : this.#faultOf(kind, path, counter.callCount);
    return scheduler.later(this.#latencyUs(kind), life, () => {
      if (fault !== null) throw fault;
      return work();
    });
  }

  #latencyUs(kind: Kind): number {
    const { stream, trouble } = this.#host;
    const [least, most] = LATENCY_US[kind];
    const latencyUs = stream.between(least, most) * trouble.slowness;
    return kind === "sync" && stream.below(64) === 0 ? latencyUs * 16 : latencyUs;
  }
}
