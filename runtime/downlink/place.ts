/**
 * What becomes of a batch of headquarters' journal, against what this terminal holds of it. Pure.
 *
 * P1 Blocks that are held are skipped: batches may come twice and may overlap.
 * P2 The next block continues the seq and the chain's hash of the last one, also where an epoch begins.
 * P3 A batch of another epoch that goes on from elsewhere means that headquarters' store was restored from
 *    a backup that is older than what is held here: everything is taken anew, from its first record.
 * P4 The signature was checked before; what it cannot say is whether a batch is an old one.
 */
import type { Epoch } from "../../core/ids.ts";
import type { Batch, Block } from "../../protocol/batch.ts";
import { sameBytes } from "../../protocol/batch.ts";
import { CHAIN_START } from "../../protocol/hash.ts";
import { HQ_BLOCK_BYTES_MAX, HQ_BLOCK_RECORDS_COUNT_MAX } from "../../protocol/limits.ts";
import type { Position } from "../../protocol/message.ts";

export type Placed =
  | { readonly kind: "take"; readonly epoch: Epoch; readonly blocks: readonly Block[] }
  /** P1 */
  | { readonly kind: "known" }
  /** Something before it is missing. */
  | { readonly kind: "gap" }
  /** P3 */
  | { readonly kind: "elsewhere" }
  /** Nothing of it is taken. */
  | { readonly kind: "refused"; readonly code: PlaceCode };

/** Why nothing of a batch is taken. */
export type PlaceCode =
  /** It does not continue the chain of what is held. */
  | "downlink/chain"
  /** A block is larger than one record here may be. */
  | "downlink/block_too_long";

/** Where `batch` stands; `held` is null before the first record. */
export function placeBatch(held: Position | null, batch: Batch): Placed {
  if (batch.blocks.some(isTooLong)) return { kind: "refused", code: "downlink/block_too_long" };
  const { epoch } = batch;
  const heldSeq = held?.seq ?? 0;
  const blocks = batch.blocks.filter((block) => lastSeq(block) > heldSeq);
  const [first] = blocks;
  if (held !== null && epoch !== held.epoch) {
    if (first === undefined || first.fromSeq <= heldSeq) return { kind: "elsewhere" };
    if (first.fromSeq > heldSeq + 1) return { kind: "gap" };
    // P2, P3
    return sameBytes(first.previousHash, held.hash) ? { kind: "take", epoch, blocks } : { kind: "elsewhere" };
  }
  if (first === undefined) return { kind: "known" };
  if (first.fromSeq > heldSeq + 1) return { kind: "gap" };
  const follows = first.fromSeq === heldSeq + 1 && sameBytes(first.previousHash, held?.hash ?? CHAIN_START);
  return follows ? { kind: "take", epoch, blocks } : { kind: "refused", code: "downlink/chain" };
}

function isTooLong({ recordBytes, recordCount }: Block): boolean {
  return recordBytes.length > HQ_BLOCK_BYTES_MAX || recordCount > HQ_BLOCK_RECORDS_COUNT_MAX;
}

function lastSeq(block: Block): number {
  return block.fromSeq + block.recordCount - 1;
}
