/**
 * A batch: whole commit blocks of one writer, in order, as the payload of a COSE_Sign1 message.
 *
 *     [tenant, store, terminal, epoch, fromSeq, previousHash, lastHash, [records per block], record bytes]
 *
 * B1 The record bytes are the journal's, never re-encoded; hashing them block by block from
 *    previousHash must end at lastHash.
 * B2 The external data of the signature names tenant and terminal, so that a batch cannot be
 *    replayed under another name.
 */
import type { Epoch, TerminalId } from "../core/ids.ts";
import { isTerminalId } from "../core/ids.ts";
import { decodeCbor } from "./cbor-decode.ts";
import { encodeCbor } from "./cbor-encode.ts";
import type { CborFaultCode, CborValue } from "./cbor-value.ts";
import { bytesOfEpoch, epochOfBytes } from "./field.ts";
import { chainHash, HASH_BYTES } from "./hash.ts";
import { BATCH_BYTES_MAX, BLOCK_RECORDS_COUNT_MAX } from "./limits.ts";
import { splitRecords } from "./record.ts";

/** One commit block as it travels: its records, and the chain before and after them. */
export interface Block {
  readonly fromSeq: number;
  readonly recordCount: number;
  readonly recordBytes: Uint8Array;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** What one signed batch says. */
export interface Batch {
  readonly tenant: string;
  readonly store: string;
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  /** At least one; contiguous. */
  readonly blocks: readonly Block[];
}

/** Why bytes are not a batch. */
export type BatchFaultCode =
  | CborFaultCode
  /** Longer than BATCH_BYTES_MAX. */
  | "batch/too_long"
  /** Not an array of nine of the right kinds. */
  | "batch/shape"
  /** The record bytes are not as many records as the counts say. */
  | "batch/records"
  /** The records do not hash from previousHash to lastHash. */
  | "batch/chain";

/** A batch, or the first reason against it. */
export type BatchResult =
  | { readonly ok: true; readonly value: Batch }
  | { readonly ok: false; readonly code: BatchFaultCode; readonly offset: number };

/** The payload of a batch. The blocks are of one epoch and follow each other. */
export function encodeBatch(batch: Batch): Uint8Array {
  const first = batch.blocks[0];
  const last = batch.blocks.at(-1);
  return encodeCbor([
    batch.tenant,
    batch.store,
    batch.terminal,
    bytesOfEpoch(batch.epoch),
    first?.fromSeq ?? 0,
    first?.previousHash ?? null,
    last?.hash ?? null,
    batch.blocks.map((block) => block.recordCount),
    joined(batch.blocks.map((block) => block.recordBytes)),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Reads a payload and checks its chain (B1). What the records mean is not looked at. */
export function decodeBatch(payload: Uint8Array): BatchResult {
  if (payload.length > BATCH_BYTES_MAX) return { ok: false, code: "batch/too_long", offset: 0 };
  const decoded = decodeCbor(payload);
  if (!decoded.ok) return { ok: false, code: decoded.code, offset: decoded.offset };
  const shape = { ok: false, code: "batch/shape", offset: 0 } as const;
  const value = decoded.value;
  if (!Array.isArray(value) || value.length !== 9) return shape;
  const [
    tenant,
    store,
    terminal,
    epochBytes,
    fromSeq,
    previousHash,
    lastHash,
    counts,
    records,
  ]: readonly CborValue[] = value;
  if (typeof tenant !== "string" || typeof store !== "string") return shape;
  if (typeof terminal !== "string" || !isTerminalId(terminal)) return shape;
  const epoch = epochBytes instanceof Uint8Array ? epochOfBytes(epochBytes) : null;
  if (epoch === null || typeof fromSeq !== "number" || fromSeq < 1) return shape;
  if (!isHash(previousHash) || !isHash(lastHash) || !(records instanceof Uint8Array)) return shape;
  if (!isCounts(counts)) return shape;
  const blocks = cutBlocks(records, counts, fromSeq, previousHash);
  if (blocks === null) return { ok: false, code: "batch/records", offset: 0 };
  const end = blocks.at(-1)?.hash;
  if (end === undefined || !sameBytes(end, lastHash)) return { ok: false, code: "batch/chain", offset: 0 };
  return { ok: true, value: { tenant, store, terminal, epoch, blocks } };
}

function isHash(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH_BYTES;
}

function isCounts(value: CborValue | undefined): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const items: readonly CborValue[] = value;
  return items.every((count) => typeof count === "number" && count >= 1 && count <= BLOCK_RECORDS_COUNT_MAX);
}

function cutBlocks(
  records: Uint8Array,
  counts: readonly number[],
  fromSeq: number,
  previousHash: Uint8Array,
): readonly Block[] | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const items = splitRecords(records, total);
  if (!items.ok) return null;
  const blocks: Block[] = [];
  let index = 0;
  let offset = 0;
  let hash = previousHash;
  for (const recordCount of counts) {
    const its = items.value.slice(index, index + recordCount);
    const lengthBytes = its.reduce((length, item) => length + item.length, 0);
    const recordBytes = records.subarray(offset, offset + lengthBytes);
    const previous = hash;
    hash = chainHash(previous, recordBytes);
    blocks.push({ fromSeq: fromSeq + index, recordCount, recordBytes, previousHash: previous, hash });
    index += recordCount;
    offset += lengthBytes;
  }
  return blocks;
}

/** Whether two byte strings are equal. Not constant-time: hashes here are public. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
