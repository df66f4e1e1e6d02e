/**
 * Files and folders for scan.ts: walks, reads large files piece by piece, unpacks gzip, and turns a
 * journal into the names and values of its records first, so that an article number is known by its
 * field. Follows no link, looks into no program (ELF) and changes nothing.
 */

import { closeSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { journalInspector } from "../inspect/journal.ts";
import { scanBytes } from "./scan.ts";
import type { LeakFind, LeakWish } from "./scan.ts";

/** A find and its file. */
export interface FileFind extends LeakFind {
  readonly path: string;
}

/** What was looked at, and what was found. */
export interface LeakReport {
  readonly fileCount: number;
  readonly scannedBytes: number;
  /** Files that could not be read, or only in part. */
  readonly skipped: readonly string[];
  readonly finds: readonly FileFind[];
}

/** A folder with a file of this name holds numbers on purpose, and is not looked at. */
export const PLANTED = ".card-numbers-planted";

/** Finds that a report names at most. */
const ALL_FINDS_COUNT_MAX = 1000;
/** Files of somebody's installation that are copied whole, by name: tables of numbers, and no data of ours. */
const INSTALLED: ReadonlySet<string> = new Set(["postgres.bki"]);
const PIECE_BYTES = 4 * 1024 * 1024;
/** Longer than any number in any writing, base64 of UTF-16 included. */
const OVERLAP_BYTES = 256;
const JOURNAL_BYTES_MAX = 64 * 1024 * 1024;
const ZEROS = Buffer.alloc(PIECE_BYTES);

/** A report of nothing. */
export const NOTHING: LeakReport = { fileCount: 0, scannedBytes: 0, skipped: [], finds: [] };

/** Looks at a file, or at every file of a folder. A path that is not there is nothing. */
export function scanPath(path: string, wish: LeakWish = {}): LeakReport {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return NOTHING;
  if (stat.isFile()) return scanFile(path, stat.size, wish);
  if (!stat.isDirectory()) return NOTHING;
  try {
    const names = readdirSync(path);
    if (names.includes(PLANTED)) return NOTHING;
    const own = names.filter((name) => !INSTALLED.has(name));
    return own.map((name) => scanPath(join(path, name), wish)).reduce(joined, NOTHING);
  } catch {
    // A folder that went away, or that is not ours to read.
    return { ...NOTHING, skipped: [path] };
  }
}

/** Two reports as one. */
export function joined(one: LeakReport, other: LeakReport): LeakReport {
  return {
    fileCount: one.fileCount + other.fileCount,
    scannedBytes: one.scannedBytes + other.scannedBytes,
    skipped: [...one.skipped, ...other.skipped],
    finds: [...one.finds, ...other.finds].slice(0, ALL_FINDS_COUNT_MAX),
  };
}

function scanFile(path: string, sizeBytes: number, wish: LeakWish): LeakReport {
  const finds: FileFind[] = [];
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return { ...NOTHING, skipped: [path] };
  }
  const isTable = /\.(csv|tsv)(\.gz)?$/i.test(path);
  try {
    const pieceBytes = isTable || isSegment(path) || path.endsWith(".gz") ? sizeBytes : PIECE_BYTES;
    const buffer = Buffer.alloc(
      Math.max(1, Math.min(sizeBytes, Math.max(pieceBytes, PIECE_BYTES)) + OVERLAP_BYTES),
    );
    for (let offset = 0; offset < sizeBytes; offset += PIECE_BYTES) {
      const length = readSync(file, buffer, 0, buffer.length, offset);
      if (length <= 0) break;
      const piece = buffer.subarray(0, length);
      if (offset === 0 && isProgram(piece)) return NOTHING;
      const inPiece = isZero(piece) ? [] : findsIn(path, piece, { ...wish, isTable });
      for (const find of inPiece) finds.push({ ...find, offset: find.offset + offset, path });
      if (length >= sizeBytes - offset) break;
    }
  } catch {
    return { fileCount: 1, scannedBytes: sizeBytes, skipped: [path], finds };
  } finally {
    closeSync(file);
  }
  return { fileCount: 1, scannedBytes: sizeBytes, skipped: [], finds: unique(finds) };
}

function isZero(piece: Buffer): boolean {
  return piece.length <= ZEROS.length && piece.equals(ZEROS.subarray(0, piece.length));
}

/** A program holds constants of its makers and no data of ours; a core dump, type 4, is not one. */
function isProgram(piece: Buffer): boolean {
  const isElf = piece.length > 18 && piece.readUInt32BE(0) === 0x7f454c46;
  return isElf && piece.readUInt16LE(16) !== 4;
}

function isSegment(path: string): boolean {
  return path.endsWith(".jnl");
}

function findsIn(path: string, piece: Buffer, wish: LeakWish): readonly LeakFind[] {
  if (path.endsWith(".gz")) return scanBytes(gunzipSync(piece, { maxOutputLength: JOURNAL_BYTES_MAX }), wish);
  if (isSegment(path) && piece.length <= JOURNAL_BYTES_MAX) {
    const read = journalInspector.inspect(piece, {});
    // Names first; then the bytes behind the last block, which belong to no field.
    if (read.ok) return scanBytes(Buffer.from(JSON.stringify(read.value)), wish);
  }
  if (!/\.(html|svg|xml)$/.test(path)) return scanBytes(piece, wish);
  // Letters of one number may be parted by tags of one kind.
  const joinedUp = piece.toString("latin1").replaceAll(/<\/([\w-]+)>\s*<\1(?:\s[^<>]*)?>/g, "");
  return scanBytes(Buffer.from(joinedUp, "latin1"), wish);
}

/** Pieces overlap, so a find at a seam is seen twice. */
function unique(finds: readonly FileFind[]): readonly FileFind[] {
  return [
    ...new Map(finds.map((find) => [`${find.encoding} ${find.offset} ${find.lastFour}`, find])).values(),
  ];
}
