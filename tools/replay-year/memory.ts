/**
 * What processes and folders take. Memory is read where the system tells it (Linux); elsewhere it is
 * null and said to be unknown.
 */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const KIB_PER_MIB = 1024;

/** The most memory that a process has had resident, in MiB; null when it is gone or nobody knows. */
export function peakRssMib(pid: number | undefined): number | null {
  if (pid === undefined) return null;
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib === undefined ? null : Math.round(Number(kib) / KIB_PER_MIB);
  } catch {
    // It has ended, or this system tells nobody.
    return null;
  }
}

/** The bytes of all files below a folder, as far as they can be read. */
export function folderBytes(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.isFile() ? stat.size : 0;
  return readdirSync(path).reduce((sum, name) => sum + folderBytes(join(path, name)), 0);
}

/** The highest value seen under each name. */
export class Peaks {
  readonly #values = new Map<string, number>();

  see(name: string, value: number | null): void {
    if (value !== null) this.#values.set(name, Math.max(value, this.#values.get(name) ?? 0));
  }

  get(name: string): number | null {
    return this.#values.get(name) ?? null;
  }
}
