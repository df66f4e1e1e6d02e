/**
 * The database's own note of itself, postmaster.pid (PostgreSQL documentation, "Database File
 * Layout"): line 1 its process, line 2 its data folder, line 5 its socket folder, line 8 its state.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A database server that runs. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
  readonly isReady: boolean;
}

/** The database that runs on this data folder, or null; also when a note was left by one that is gone. */
export function runningPostmaster(dataDir: string): Postmaster | null {
  const lines = readLines(join(dataDir, "postmaster.pid"));
  const pid = Number(lines[0] ?? "");
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  // A process of that number may be anything by now: it has to work in this folder.
  if (!isAlive(pid) || !readArguments(pid).includes(dataDir)) return null;
  return { pid, socketDir: lines[4] ?? "", isReady: (lines[7] ?? "").trim() === "ready" };
}

/** Whether a process of this number exists and has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  // One that ended and was not yet waited for answers to signals all the same.
  return !/^State:\s+Z/m.test(readLines(`/proc/${pid}/status`).join("\n"));
}

function readArguments(pid: number): readonly string[] {
  return readLines(`/proc/${pid}/cmdline`).join("\n").split("\0");
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}
