/**
 * What becomes of a batch: a pure decision over what is held of its terminal.
 *
 * I1 seq has no gaps over the epochs of a terminal, and the chain's hash runs over them: the first
 *    record of an epoch names its parent, and its block continues the parent's hash.
 * I2 A block that is held with an equal hash is skipped, so batches may overlap and be cut anew.
 * I3 Another hash at a held position is a fork: nothing of the batch is stored as history.
 * I4 Two continuations of one position are both real money: both are stored, with an alarm.
 * I5 What records mean is not looked at, but for the parent in an epoch's first record. When that
 *    record is of a newer build, the parent is the held position with this seq and hash.
 */
import { parentIn } from "./parent.ts";
import type { ParentNamed } from "./parent.ts";
import type { Batch, Block } from "../../protocol/batch.ts";
import { sameBytes } from "../../protocol/batch.ts";
import { CHAIN_START } from "../../protocol/hash.ts";
import type { Position } from "../../protocol/message.ts";
import { lastSeq } from "./held.ts";
import type { Held, HeldEpoch } from "./held.ts";

export type Decision =
  | {
      readonly kind: "store";
      /** Those that are new, in order; at least one. */
      readonly blocks: readonly Block[];
      /** The new epoch's parent; null where history begins and where the epoch is held already. */
      readonly parent: HeldEpoch["parent"];
      /** The position had a continuation already, or was not the end of its epoch (I4). */
      readonly isSecondChild: boolean;
    }
  | { readonly kind: "known" }
  | { readonly kind: "gap" }
  | { readonly kind: "fork"; readonly code: "history/fork" | "history/parent_mismatch" };

const GAP: Decision = { kind: "gap" };
const FORK: Decision = { kind: "fork", code: "history/fork" };
const MISMATCH: Decision = { kind: "fork", code: "history/parent_mismatch" };

/** What to do with `batch`, whose signature and inner chain are right, when `held` is held of its terminal. */
export function ingest(held: Held, batch: Batch): Decision {
  const tip = held.tip(batch.epoch);
  return tip === null ? beginEpoch(held, batch) : continueEpoch(held, batch, tip);
}

function continueEpoch(held: Held, batch: Batch, tip: Position): Decision {
  const fresh: Block[] = [];
  for (const block of batch.blocks) {
    if (lastSeq(block) > tip.seq) {
      fresh.push(block);
      continue;
    }
    // I2, I3
    const hash = held.hashAt(batch.epoch, lastSeq(block));
    if (hash === null || !sameBytes(hash, block.hash)) return FORK;
  }
  const first = fresh[0];
  if (first === undefined) return { kind: "known" };
  if (first.fromSeq > tip.seq + 1) return GAP;
  // A block that begins inside what is held was cut from another history.
  if (first.fromSeq <= tip.seq || !sameBytes(first.previousHash, tip.hash)) return FORK;
  // I4
  const isSecondChild = held.childrenOf(tip).length > 0;
  return { kind: "store", blocks: fresh, parent: null, isSecondChild };
}

function beginEpoch(held: Held, batch: Batch): Decision {
  const first = batch.blocks[0];
  if (first === undefined) return GAP;
  const named = parentIn(batch.terminal, batch.epoch, first);
  const parent = named.kind === "unreadable" ? parentFound(held, first) : named;
  if (parent.kind === "not_a_start") return GAP;
  if (parent.kind === "start") {
    if (first.fromSeq !== 1 || !sameBytes(first.previousHash, CHAIN_START)) return MISMATCH;
    return begun(held, batch, null);
  }
  const { position } = parent;
  // I1
  if (first.fromSeq !== position.seq + 1 || !sameBytes(first.previousHash, position.hash)) return MISMATCH;
  const hash = held.hashAt(position.epoch, position.seq);
  if (hash === null) {
    const end = held.tip(position.epoch);
    // Held beyond it, and yet no block ends there: the parent was cut from another history.
    return end === null || end.seq < position.seq ? GAP : FORK;
  }
  return sameBytes(hash, position.hash) ? begun(held, batch, position) : FORK;
}

// I5
function parentFound(held: Held, first: Block): Exclude<ParentNamed, { kind: "unreadable" }> {
  if (first.fromSeq === 1) return { kind: "start" };
  const position = held.find(first.fromSeq - 1, first.previousHash);
  return position === null ? { kind: "not_a_start" } : { kind: "parent", position };
}

function begun(held: Held, batch: Batch, parent: Position | null): Decision {
  const isAtTip = parent === null || held.tip(parent.epoch)?.seq === parent.seq;
  const isSecondChild = !isAtTip || held.childrenOf(parent).length > 0;
  const named = parent === null ? null : { epoch: parent.epoch, seq: parent.seq };
  return { kind: "store", blocks: batch.blocks, parent: named, isSecondChild };
}
