/**
 * Which backups were made of a data folder, newest last: a note beside the data for the doctor. It proves
 * nothing: what is deleted on a backup's word is compared with that backup itself (retention/).
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One backup as it was made. */
export interface NotedBackup {
  readonly folder: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly recordCount: number;
}

const NOTE = "backups.json";
const NOTED_COUNT_MAX = 50;

/** Adds one; older ones beyond a bound are forgotten. */
export function noteBackup(dataDir: string, backup: NotedBackup): void {
  const path = join(dataDir, NOTE);
  const noted = [...notedBackups(dataDir), backup].slice(-NOTED_COUNT_MAX);
  writeFileSync(`${path}.new`, `${JSON.stringify(noted, null, 2)}\n`, { flush: true, mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Those that were noted, newest last; a note that cannot be read is none. */
export function notedBackups(dataDir: string): readonly NotedBackup[] {
  const path = join(dataDir, NOTE);
  if (!existsSync(path)) return [];
  try {
    const noted: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(noted) ? noted.filter(isNoted) : [];
  } catch {
    // The doctor then says that no backup is known, which is the safe side.
    return [];
  }
}

function isNoted(value: unknown): value is NotedBackup {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    typeof fields.get("folder") === "string" &&
    !Number.isNaN(Date.parse(String(fields.get("madeAt")))) &&
    typeof fields.get("recordCount") === "number"
  );
}
