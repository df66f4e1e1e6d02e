/**
 * What was looked at while tests ran: one report a line in the files of a folder, as one report. A line
 * that cannot be read counts as something that was not looked at.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { joined, NOTHING } from "./files.ts";
import type { LeakReport } from "./files.ts";

/** All reports of the `.jsonl` files in `directory` together. */
export function readCollected(directory: string): LeakReport {
  const names = readdirSync(directory).filter((name) => name.endsWith(".jsonl"));
  const lines = names.flatMap((name) =>
    readFileSync(join(directory, name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line, index) => reportOf(line) ?? { ...NOTHING, skipped: [`${name}:${index + 1}`] }),
  );
  return lines.reduce(joined, NOTHING);
}

function reportOf(line: string): LeakReport | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isReport(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is LeakReport {
  return (
    typeof value === "object" &&
    value !== null &&
    "finds" in value &&
    Array.isArray(value.finds) &&
    "skipped" in value &&
    Array.isArray(value.skipped) &&
    "fileCount" in value &&
    "scannedBytes" in value
  );
}
