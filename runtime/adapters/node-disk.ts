/**
 * The Disk port over node:fs, below one root folder. Adds nothing to what the system promises and
 * hides none of its failures: every errno becomes a DiskFault.
 * Small writes go to the page cache from this thread: that takes microseconds, while the way through
 * the thread pool and back would cost as much as a third of the sync that follows. Syncs, and all that
 * may wait for the device, go through the pool.
 */
import * as fs from "node:fs";
import { promisify } from "node:util";
import { assert } from "../../core/bug.ts";
import { DiskFault, type Disk, type DiskFaultCode, type DiskFile } from "../disk.ts";

/** Larger writes go through the thread pool. */
const WRITE_HERE_BYTES_MAX = 64 * 1024;

const CODES: Readonly<Record<string, DiskFaultCode>> = {
  ENOSPC: "disk/full",
  EDQUOT: "disk/full",
  EROFS: "disk/read_only",
  EBADF: "disk/read_only",
  ENOENT: "disk/missing",
  EEXIST: "disk/exists",
  EACCES: "disk/denied",
  EPERM: "disk/denied",
};

const open = promisify(fs.open);
const read = promisify(fs.read);
const write = promisify(fs.write);
const fdatasync = promisify(fs.fdatasync);
const fsync = promisify(fs.fsync);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);

/** A Disk below `root`, which is made, with its parents, when it is missing. */
export async function openNodeDisk(root: string): Promise<Disk> {
  await guard(root, () => fs.promises.mkdir(root, { recursive: true, mode: 0o700 }));
  return new NodeDisk(root);
}

class NodeDisk implements Disk {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async list(directory: string): Promise<readonly string[]> {
    const path = this.#resolve(directory);
    return guard(directory, async () => {
      const names = await fs.promises.readdir(path).catch((cause: unknown) => {
        if (errnoOf(cause) === "ENOENT") return [];
        throw cause;
      });
      return names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    });
  }

  async open(path: string, mode: "existing" | "create"): Promise<DiskFile> {
    const full = this.#resolve(path);
    const flags = mode === "create" ? "wx+" : "r+";
    const descriptor = await guard(path, async () =>
      open(full, flags, 0o600).catch((cause: unknown) => {
        // What was sold stays readable on a file system that went read-only; a write then faults.
        if (mode === "existing" && errnoOf(cause) === "EROFS") return open(full, "r");
        throw cause;
      }),
    );
    return new NodeFile(path, descriptor);
  }

  async exists(path: string): Promise<boolean> {
    const full = this.#resolve(path);
    return guard(path, async () =>
      fs.promises.stat(full).then(
        () => true,
        (cause: unknown) => {
          if (errnoOf(cause) === "ENOENT") return false;
          throw cause;
        },
      ),
    );
  }

  async makeDirectory(directory: string): Promise<void> {
    if (await this.exists(directory)) return;
    await guard(directory, () => fs.promises.mkdir(this.#resolve(directory), { mode: 0o700 }));
  }

  async rename(source: string, target: string): Promise<void> {
    await guard(source, () => fs.promises.rename(this.#resolve(source), this.#resolve(target)));
  }

  async remove(path: string): Promise<void> {
    await guard(path, () => fs.promises.unlink(this.#resolve(path)));
  }

  async syncDirectory(directory: string): Promise<void> {
    const full = this.#resolve(directory);
    await guard(directory, async () => {
      const descriptor = await open(full, "r");
      try {
        await fsync(descriptor);
      } finally {
        await close(descriptor);
      }
    });
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await guard(this.#root, () => fs.promises.statfs(this.#root));
    return bavail * bsize;
  }

  #resolve(path: string): string {
    const parts = path.split("/");
    assert(!path.startsWith("/") && !parts.includes(".."), "disk: A path must stay below the root");
    return path === "" ? this.#root : `${this.#root}/${path}`;
  }
}

class NodeFile implements DiskFile {
  readonly path: string;
  readonly #descriptor: number;

  constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
  }

  async size(): Promise<number> {
    return guard(this.path, async () => (await fstat(this.#descriptor)).size);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const from = filled;
      const { bytesRead } = await guard(this.path, () =>
        read(this.#descriptor, bytes, from, length - from, offset + from),
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const from = written;
      written += await guard(this.path, async () => this.#writeSome(bytes, from, offset + from));
    }
  }

  /** Bytes that the system took, which may be fewer than there are. */
  async #writeSome(bytes: Uint8Array, from: number, position: number): Promise<number> {
    const length = bytes.length - from;
    if (length <= WRITE_HERE_BYTES_MAX) return fs.writeSync(this.#descriptor, bytes, from, length, position);
    return (await write(this.#descriptor, bytes, from, length, position)).bytesWritten;
  }

  async sync(): Promise<void> {
    await guard(this.path, () => fdatasync(this.#descriptor), "never");
  }

  async close(): Promise<void> {
    await guard(this.path, () => close(this.#descriptor));
  }
}

/** Runs `work` and turns what the system says into a DiskFault. */
async function guard<T>(path: string, work: () => Promise<T>, retry?: "never"): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = CODES[errnoOf(cause)] ?? "disk/io";
    throw new DiskFault(code, path, retry ?? (code === "disk/full" ? "later" : "never"), cause);
  }
}

function errnoOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
}
