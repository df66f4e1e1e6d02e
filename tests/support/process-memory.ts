/**
 * Looks for byte sequences in the memory of another process, as a core dump of it would hold them: every
 * page that it can read and write. The process stands still meanwhile. Linux only, and only for processes
 * that this one may trace.
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/** Where a sequence was found. */
export interface MemoryFind {
  readonly name: string;
  readonly address: number;
  /** The mapping: "[heap]", or empty for what has no name. */
  readonly place: string;
}

/** What was looked at. */
export interface MemoryLook {
  readonly scannedBytes: number;
  readonly finds: readonly MemoryFind[];
}

const PIECE_BYTES = 1024 * 1024;
const ZEROS = Buffer.alloc(PIECE_BYTES * 2);
/** Of one sequence in one piece. */
const FINDS_COUNT_MAX = 8;

/** Why the memory of process `pid` cannot be read here, or null when it can. */
export function unreadable(pid: number): string | null {
  try {
    const source = openSync(`/proc/${pid}/mem`, "r");
    closeSync(source);
    return null;
  } catch {
    return "the memory of another process cannot be read here";
  }
}

/** Finds of every needle, by its name. Pages that cannot be read, such as the kernel's own, are left out. */
export function lookInto(pid: number, needles: ReadonlyMap<string, Uint8Array>): MemoryLook {
  process.kill(pid, "SIGSTOP");
  try {
    return lookThrough(pid, needles);
  } finally {
    process.kill(pid, "SIGCONT");
  }
}

function lookThrough(pid: number, needles: ReadonlyMap<string, Uint8Array>): MemoryLook {
  const overlapBytes = Math.max(...[...needles.values()].map(({ length }) => length));
  const source = openSync(`/proc/${pid}/mem`, "r");
  const piece = Buffer.alloc(PIECE_BYTES + overlapBytes);
  const finds: MemoryFind[] = [];
  let scannedBytes = 0;
  for (const { start, end, place } of mappings(pid)) {
    for (let at = start; at < end; at += PIECE_BYTES) {
      const length = readAt(source, piece, Math.min(piece.length, end - at), at);
      const read = piece.subarray(0, length);
      if (read.equals(ZEROS.subarray(0, length))) continue;
      scannedBytes += Math.min(length, PIECE_BYTES);
      for (const [name, needle] of needles)
        for (const index of placesOf(needle, read)) finds.push({ name, address: at + index, place });
    }
  }
  closeSync(source);
  return { scannedBytes, finds };
}

/** What it can read and write. */
function mappings(
  pid: number,
): readonly { readonly start: number; readonly end: number; readonly place: string }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, "utf8").split("\n");
  return lines.flatMap((line) => {
    const [, start = "", end = "", place = ""] =
      /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
    const isKernels = place.startsWith("[v");
    return start === "" || isKernels
      ? []
      : [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16), place }];
  });
}

/** Where it begins in a piece, the overlap with the next piece left out. */
function placesOf(needle: Uint8Array, read: Buffer): readonly number[] {
  const places: number[] = [];
  let index = read.indexOf(needle);
  while (index >= 0 && index < PIECE_BYTES && places.length < FINDS_COUNT_MAX) {
    places.push(index);
    index = read.indexOf(needle, index + needle.length);
  }
  return places;
}

/** Bytes that were read; 0 for what is reserved and not there. */
function readAt(source: number, piece: Buffer, byteCount: number, at: number): number {
  try {
    return readSync(source, piece, 0, byteCount, at);
  } catch {
    return 0;
  }
}

/** Digits of a number that must not be found together. */
const PART_DIGITS = 12;
/** Packed parts with fewer kinds of digits stand in any memory. */
const DIGIT_KINDS_COUNT_MIN = 4;

/**
 * The beginning and the end of a card number in every writing: as text in one and two bytes a character, as
 * hex of that text, and packed from either half of a byte on. The names do not repeat the number.
 */
export function needlesOf(name: string, pan: string): ReadonlyMap<string, Uint8Array> {
  const needles = new Map<string, Uint8Array>();
  const packed = (digits: string): Uint8Array => Buffer.from(digits.slice(0, digits.length & ~1), "hex");
  for (const [part, digits] of [
    ["begin", pan.slice(0, PART_DIGITS)],
    ["second", pan.slice(1, PART_DIGITS + 1)],
    ["end", pan.slice(-PART_DIGITS)],
  ] as const) {
    const text = Buffer.from(digits);
    if (part !== "second") {
      needles.set(`${name} ${part} ascii`, text);
      needles.set(`${name} ${part} utf16`, Buffer.from(digits, "utf16le"));
      needles.set(`${name} ${part} hex`, Buffer.from(text.toString("hex")));
    }
    if (new Set(digits).size >= DIGIT_KINDS_COUNT_MIN) needles.set(`${name} ${part} packed`, packed(digits));
  }
  if (new Set(pan.slice(4)).size > 1 || !pan.endsWith("0")) needles.set(`${name} whole packed`, packed(pan));
  return needles;
}
