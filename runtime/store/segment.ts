/**
 * The segment file: its name and its header. The header stands twice, in the first and the second
 * sector, and is never written again; blocks begin in the third. It names what precedes the segment
 * (the parent), which is what ties files to each other: a file that was swapped, restored or copied
 * from elsewhere does not fit its name or its parent.
 *
 *     0  magic "TILLJRNL"  8  crc32 of all else of the sector  12  format version (u16)  16  sectorBytes
 *    20  segmentNumber  24  epoch  32  firstSeq (u64)  40  parent epoch  48  parent seq (u64)
 *    56  parent hash  88  segmentBytes  92  lost (u8)  93  terminal's length (u8)  94  terminal
 *   128  markCounter (u64)
 *
 * Big-endian. Magic, crc, version and sectorBytes keep their places in every format to come, so that
 * a newer file is known as newer and not taken for a damaged one.
 */
import { HASH_BYTES } from "../../protocol/hash.ts";
import { crc32 } from "./crc32.ts";
import { SECTOR_BYTES_DEFAULT, SECTOR_BYTES_MAX } from "./limits.ts";

/** The folder of the segments below the Disk's root. */
export const JOURNAL_DIRECTORY = "journal";
/** The header stands in this many sectors. */
export const HEADER_COPIES = 2;
/** Enough of a file to hold both header copies at the largest sector. */
export const HEADER_READ_BYTES = HEADER_COPIES * SECTOR_BYTES_MAX;

const MAGIC = new TextEncoder().encode("TILLJRNL");
const FORMAT_VERSION = 1;
const CRC_AT = 8;
const TERMINAL_AT = 94;
const TERMINAL_BYTES_MAX = 32;
const EPOCH_NONE = "0000000000000000";

/** The end of a block: the place in the chain that an acknowledgement or a parent names. */
export interface Position {
  /** 16 hex digits. */
  readonly epoch: string;
  readonly seq: number;
  /** 32 bytes; the chain's hash after the block that ends with `seq`. */
  readonly hash: Uint8Array;
}

export interface SegmentHeader {
  readonly terminal: string;
  readonly epoch: string;
  /** Counts from 1 over all epochs, without gaps. */
  readonly segmentNumber: number;
  readonly sectorBytes: number;
  readonly segmentBytes: number;
  readonly firstSeq: number;
  /** The last block before this segment; null in the first segment of a terminal. */
  readonly parent: Position | null;
  /** Whether the epoch began after records had been lost. Stands in the first segment of an epoch only. */
  readonly lost: boolean;
  /** Commit marks up to this counter are older than the segment and claim nothing about it. */
  readonly markCounter: number;
}

export type HeaderReading =
  | { readonly kind: "whole"; readonly header: SegmentHeader; readonly damagedCopyCount: number }
  /** Whole, but in a format of a newer release. */
  | { readonly kind: "unknown_format" }
  | { readonly kind: "damaged" };

const NAME = /^seg-(\d{8})-([0-9a-f]{16})\.jnl$/;

/** The file's path below the Disk's root. */
export function segmentPath(segmentNumber: number, epoch: string): string {
  return `${JOURNAL_DIRECTORY}/seg-${String(segmentNumber).padStart(8, "0")}-${epoch}.jnl`;
}

/** Number and epoch that a name in the journal's folder claims; null for a file that is no segment. */
export function parseSegmentName(
  name: string,
): { readonly segmentNumber: number; readonly epoch: string } | null {
  const match = NAME.exec(name);
  return match === null ? null : { segmentNumber: Number(match[1]), epoch: match[2] ?? "" };
}

/** The first sectors of a segment: the header, twice. */
export function encodeHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(header.sectorBytes * HEADER_COPIES);
  const copy = bytes.subarray(0, header.sectorBytes);
  const view = new DataView(bytes.buffer);
  const terminal = new TextEncoder().encode(header.terminal);
  copy.set(MAGIC, 0);
  view.setUint16(12, FORMAT_VERSION);
  view.setUint32(16, header.sectorBytes);
  view.setUint32(20, header.segmentNumber);
  writeEpoch(view, 24, header.epoch);
  view.setBigUint64(32, BigInt(header.firstSeq));
  writeEpoch(view, 40, header.parent?.epoch ?? EPOCH_NONE);
  view.setBigUint64(48, BigInt(header.parent?.seq ?? 0));
  if (header.parent !== null) copy.set(header.parent.hash, 56);
  view.setUint32(88, header.segmentBytes);
  copy[92] = header.lost ? 1 : 0;
  copy[93] = terminal.length;
  copy.set(terminal, TERMINAL_AT);
  view.setBigUint64(128, BigInt(header.markCounter));
  view.setUint32(CRC_AT, headerCrc(copy));
  bytes.set(copy, header.sectorBytes);
  return bytes;
}

/** Reads the header from the first HEADER_READ_BYTES of a file (fewer when the file is shorter): either copy will do. */
export function readHeader(bytes: Uint8Array): HeaderReading {
  const first = readCopy(bytes, 0, null);
  const sectorSizes =
    typeof first === "object" ? [first.sectorBytes] : [SECTOR_BYTES_DEFAULT, SECTOR_BYTES_MAX];
  const others = sectorSizes.map((sectorBytes) => readCopy(bytes, sectorBytes, sectorBytes));
  const second = others.find((copy) => copy !== "damaged") ?? "damaged";
  const header = typeof first === "object" ? first : second;
  if (typeof header === "object") {
    const damagedCopyCount = [first, second].filter((copy) => typeof copy !== "object").length;
    return { kind: "whole", header, damagedCopyCount };
  }
  return { kind: first === "unknown_format" || second === "unknown_format" ? "unknown_format" : "damaged" };
}

/** `expected` is the sector size that the copy's place implies; null for the first copy. */
function readCopy(
  bytes: Uint8Array,
  offset: number,
  expected: number | null,
): SegmentHeader | "damaged" | "unknown_format" {
  if (bytes.length < offset + SECTOR_BYTES_DEFAULT) return "damaged";
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const sectorBytes = view.getUint32(16);
  if (sectorBytes !== SECTOR_BYTES_DEFAULT && sectorBytes !== SECTOR_BYTES_MAX) return "damaged";
  if (expected !== null && sectorBytes !== expected) return "damaged";
  const copy = bytes.subarray(offset, offset + sectorBytes);
  const magicStands = MAGIC.every((byte, index) => copy[index] === byte);
  if (!magicStands || headerCrc(copy) !== view.getUint32(CRC_AT)) return "damaged";
  if (view.getUint16(12) !== FORMAT_VERSION) return "unknown_format";
  const parentSeq = Number(view.getBigUint64(48));
  return {
    terminal: new TextDecoder().decode(
      copy.subarray(TERMINAL_AT, TERMINAL_AT + Math.min(copy[93] ?? 0, TERMINAL_BYTES_MAX)),
    ),
    epoch: readEpoch(view, 24),
    segmentNumber: view.getUint32(20),
    sectorBytes,
    segmentBytes: view.getUint32(88),
    firstSeq: Number(view.getBigUint64(32)),
    parent:
      parentSeq === 0
        ? null
        : { epoch: readEpoch(view, 40), seq: parentSeq, hash: copy.slice(56, 56 + HASH_BYTES) },
    lost: copy[92] === 1,
    markCounter: Number(view.getBigUint64(128)),
  };
}

function headerCrc(copy: Uint8Array): number {
  return crc32(copy.subarray(CRC_AT + 4), crc32(copy.subarray(0, CRC_AT)));
}

/** Writes 16 hex digits as 8 bytes. */
export function writeEpoch(view: DataView, offset: number, epoch: string): void {
  view.setBigUint64(offset, BigInt(`0x${epoch}`));
}

/** 8 bytes as 16 hex digits. */
export function readEpoch(view: DataView, offset: number): string {
  return view.getBigUint64(offset).toString(16).padStart(16, "0");
}
