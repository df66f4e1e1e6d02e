/**
 * Several files as one: a tar (POSIX.1-1988 ustar, "pax" interchange page) in gzip, so that a bundle opens
 * with what every machine has. Owns the bytes; writes and reads no disk. Reading believes nothing: sizes,
 * names and sums are checked, and what unpacks to more than a bound is refused.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { SupportFault } from "./fault.ts";

/** One file of an archive. */
export interface ArchivedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK_BYTES = 512;
const NAME_BYTES_MAX = 100;
const SIZE_AT = 124;
const SUM_AT = 148;
const SUM_LENGTH = 8;
/** What an archive may hold when it is open. */
export const ARCHIVE_BYTES_MAX = 1_073_741_824;
const PATH = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** The archive of these files, the same bytes for the same files. */
export function archiveOf(files: readonly ArchivedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { path, bytes } of files) {
    if (!PATH.test(path) || path.length > NAME_BYTES_MAX) throw new SupportFault("support/arguments", path);
    const padding = (BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES;
    parts.push(headerOf(path, bytes.length), bytes, new Uint8Array(padding));
  }
  parts.push(new Uint8Array(2 * BLOCK_BYTES));
  return new Uint8Array(gzipSync(Buffer.concat(parts)));
}

/** The files in an archive. Throws support/unreadable. */
export function filesIn(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = unpacked(archive);
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  while (offset + BLOCK_BYTES <= bytes.length) {
    const header = bytes.subarray(offset, offset + BLOCK_BYTES);
    if (header.every((byte) => byte === 0)) return files;
    const path = textAt(header, 0, NAME_BYTES_MAX);
    const size = Number.parseInt(textAt(header, SIZE_AT, 12), 8);
    const end = offset + BLOCK_BYTES + size;
    const isNamed = PATH.test(path) && Number.isSafeInteger(size) && end <= bytes.length;
    // Only what archiveOf writes is read: one header for one name and size.
    if (!isNamed || Buffer.compare(headerOf(path, size), header) !== 0)
      throw new SupportFault("support/unreadable", `the entry at byte ${offset}`);
    files.set(path, bytes.subarray(offset + BLOCK_BYTES, end));
    offset = offset + BLOCK_BYTES + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  throw new SupportFault("support/unreadable", "it ends before its end");
}

function unpacked(archive: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(archive, { maxOutputLength: ARCHIVE_BYTES_MAX }));
  } catch (cause) {
    throw new SupportFault("support/unreadable", "it does not unpack", cause);
  }
}

function headerOf(path: string, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK_BYTES);
  const put = (offset: number, text: string): void => header.set(Buffer.from(text, "latin1"), offset);
  put(0, path);
  put(100, "0000600\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(SIZE_AT, `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(156, "0");
  put(257, "ustar\u000000");
  put(SUM_AT, `${sumOf(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** The sum of a header with its own place taken as blanks. */
function sumOf(header: Uint8Array): number {
  const blanks = SUM_LENGTH * 0x20;
  const others = header.reduce(
    (sum, byte, index) => (index >= SUM_AT && index < SUM_AT + SUM_LENGTH ? sum : sum + byte),
    0,
  );
  return others + blanks;
}

function textAt(header: Uint8Array, offset: number, length: number): string {
  const text = Buffer.from(header.subarray(offset, offset + length)).toString("latin1");
  return text.split("\0")[0]?.trim() ?? "";
}
