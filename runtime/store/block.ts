/**
 * The commit block: the unit in which records reach the disk. One block is written once, padded with
 * zeros to the sector, and synced once; it is whole or it is not there. Owns bytes <-> block only:
 * whether a block follows the one before it (seq, chain) is the walk's business.
 *
 *     0  magic  4  blockBytes  8  crc32 of all else, padding included  12  recordCount
 *    16  firstSeq (u64)  24  syncedToBytes  28  recordBytes  32  hash after the block  64  records, zeros
 *
 * Big-endian. `syncedToBytes` says how much of the segment was durable when the block was written: a
 * whole block behind broken bytes proves that they were durable once, so it is rot and no torn write.
 */
import { chainHash, HASH_BYTES } from "../../protocol/hash.ts";
import { crc32 } from "./crc32.ts";
import { BLOCK_BYTES_MAX, BLOCK_RECORDS_MAX } from "./limits.ts";

/** Bytes of framing before the records. */
export const BLOCK_HEADER_BYTES = 64;
const MAGIC = 0x54574231; // "TWB1"
const CRC_AT = 8;
const HASH_AT = 32;

/** A block as it stands in a segment. `recordBytes` and `hash` are views into the bytes it was read from. */
export interface CommitBlock {
  readonly blockBytes: number;
  readonly firstSeq: number;
  readonly recordCount: number;
  readonly syncedToBytes: number;
  readonly recordBytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** Why bytes are no block: length covers cut files, fields what no journal writes though the CRC is right. */
export type BlockCode = "block/magic" | "block/length" | "block/crc" | "block/fields";

/** A block as the journal hands it out: its records joined, and its place in the chain. */
export interface Block {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly recordCount: number;
  /** The records one after another. A view into a larger buffer: copy it to keep it. */
  readonly recordBytes: Uint8Array;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** Bytes on disk of a block with so many record bytes. */
export function paddedBlockBytes(recordBytes: number, sectorBytes: number): number {
  return Math.ceil((BLOCK_HEADER_BYTES + recordBytes) / sectorBytes) * sectorBytes;
}

/** The bytes to write, and the chain's hash after them. */
export function encodeBlock(
  records: readonly Uint8Array[],
  fields: { readonly firstSeq: number; readonly syncedToBytes: number; readonly recordBytes: number },
  previousHash: Uint8Array,
  sectorBytes: number,
): { readonly bytes: Uint8Array; readonly hash: Uint8Array } {
  const bytes = new Uint8Array(paddedBlockBytes(fields.recordBytes, sectorBytes));
  let at = BLOCK_HEADER_BYTES;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
  }
  const hash = chainHash(previousHash, bytes.subarray(BLOCK_HEADER_BYTES, at));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, bytes.length);
  view.setUint32(12, records.length);
  view.setBigUint64(16, BigInt(fields.firstSeq));
  view.setUint32(24, fields.syncedToBytes);
  view.setUint32(28, fields.recordBytes);
  bytes.set(hash, HASH_AT);
  view.setUint32(CRC_AT, blockCrc(bytes));
  return { bytes, hash };
}

/** The block that begins at `offset` of a segment's bytes. Says nothing about its place in the chain. */
export function decodeBlock(
  segment: Uint8Array,
  offset: number,
  sectorBytes: number,
):
  | { readonly ok: true; readonly value: CommitBlock }
  | { readonly ok: false; readonly code: BlockCode; readonly offset: number } {
  const failed = (code: BlockCode) => ({ ok: false, code, offset }) as const;
  if (segment.length - offset < BLOCK_HEADER_BYTES) return failed("block/length");
  const view = new DataView(segment.buffer, segment.byteOffset + offset, BLOCK_HEADER_BYTES);
  if (view.getUint32(0) !== MAGIC) return failed("block/magic");
  const blockBytes = view.getUint32(4);
  const recordBytes = view.getUint32(28);
  if (recordBytes === 0 || recordBytes > BLOCK_BYTES_MAX) return failed("block/length");
  if (blockBytes !== paddedBlockBytes(recordBytes, sectorBytes)) return failed("block/length");
  if (blockBytes > segment.length - offset) return failed("block/length");
  const bytes = segment.subarray(offset, offset + blockBytes);
  if (blockCrc(bytes) !== view.getUint32(CRC_AT)) return failed("block/crc");
  const value: CommitBlock = {
    blockBytes,
    firstSeq: Number(view.getBigUint64(16)),
    recordCount: view.getUint32(12),
    syncedToBytes: view.getUint32(24),
    recordBytes: bytes.subarray(BLOCK_HEADER_BYTES, BLOCK_HEADER_BYTES + recordBytes),
    hash: bytes.subarray(HASH_AT, HASH_AT + HASH_BYTES),
  };
  return fieldsStand(value) ? { ok: true, value } : failed("block/fields");
}

function fieldsStand(block: CommitBlock): boolean {
  const countStands = block.recordCount >= 1 && block.recordCount <= BLOCK_RECORDS_MAX;
  return countStands && block.firstSeq >= 1 && Number.isSafeInteger(block.firstSeq + block.recordCount);
}

function blockCrc(bytes: Uint8Array): number {
  return crc32(bytes.subarray(CRC_AT + 4), crc32(bytes.subarray(0, CRC_AT)));
}

/** Whether two byte strings are equal. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}
