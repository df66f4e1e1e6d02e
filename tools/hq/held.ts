/**
 * What is held of one terminal's journal: its epochs with their tips and parents, and the chain's
 * hash behind each held block. A picture for decisions (ingest.ts), kept up to date by `add`.
 * A store that keeps the truth elsewhere fills in only the part that a decision needs.
 */
import { assert } from "../../core/bug.ts";
import type { Epoch } from "../../core/ids.ts";
import type { Block } from "../../protocol/batch.ts";
import { sameBytes } from "../../protocol/batch.ts";
import type { Position } from "../../protocol/message.ts";

/** One epoch of a terminal as it is held. */
export interface HeldEpoch {
  readonly epoch: Epoch;
  /** Counts up in the order in which the epochs of a terminal first arrived. */
  readonly arrivalIndex: number;
  readonly fromSeq: number;
  /** Null where history begins. */
  readonly parent: { readonly epoch: Epoch; readonly seq: number } | null;
  readonly tip: Position;
}

/** What ingest may ask. Positions are ends of blocks. */
export interface Held {
  tip(epoch: Epoch): Position | null;
  /** The hash behind the block that ends here; null when no held block ends here. */
  hashAt(epoch: Epoch, seq: number): Uint8Array | null;
  /** A held position with this seq and hash, in whatever epoch. */
  find(seq: number, hash: Uint8Array): Position | null;
  /** Epochs that name this position as their parent; null asks for those that begin history. */
  childrenOf(parent: Pick<Position, "epoch" | "seq"> | null): readonly Epoch[];
}

/** The last seq of a block. */
export function lastSeq(block: Block): number {
  return block.fromSeq + block.recordCount - 1;
}

export class HeldTerminal implements Held {
  readonly #epochs = new Map<Epoch, HeldEpoch>();
  readonly #positions = new Map<number, Position[]>();
  #epochCount: number;

  /** `epochCount`: how many epochs the terminal has, those that are not filled in included. */
  constructor(epochCount = 0) {
    this.#epochCount = epochCount;
  }

  /** How many epochs of this terminal ever arrived. */
  get epochCount(): number {
    return this.#epochCount;
  }

  /** Fills in an epoch that is held already. */
  fillEpoch(epoch: HeldEpoch): void {
    this.#epochs.set(epoch.epoch, epoch);
    this.fillBlock(epoch.tip);
  }

  /** Fills in the end of a block that is held already. */
  fillBlock(position: Position): void {
    if (this.hashAt(position.epoch, position.seq) !== null) return;
    const others = this.#positions.get(position.seq) ?? [];
    this.#positions.set(position.seq, [...others, position]);
  }

  /** Every epoch filled in or added, newest arrival first. */
  epochs(): readonly HeldEpoch[] {
    return [...this.#epochs.values()].sort((a, b) => b.arrivalIndex - a.arrivalIndex);
  }

  tip(epoch: Epoch): Position | null {
    return this.#epochs.get(epoch)?.tip ?? null;
  }

  hashAt(epoch: Epoch, seq: number): Uint8Array | null {
    return this.#positions.get(seq)?.find((position) => position.epoch === epoch)?.hash ?? null;
  }

  find(seq: number, hash: Uint8Array): Position | null {
    return this.#positions.get(seq)?.find((position) => sameBytes(position.hash, hash)) ?? null;
  }

  childrenOf(parent: Pick<Position, "epoch" | "seq"> | null): readonly Epoch[] {
    return [...this.#epochs.values()]
      .filter((child) =>
        parent === null
          ? child.parent === null
          : child.parent?.epoch === parent.epoch && child.parent.seq === parent.seq,
      )
      .map((child) => child.epoch);
  }

  /** Adds blocks that follow the epoch's tip, or that begin it (with its parent); answers the epoch as it now is. */
  add(epoch: Epoch, parent: HeldEpoch["parent"], blocks: readonly Block[]): HeldEpoch {
    const first = blocks[0];
    const last = blocks.at(-1);
    assert(first !== undefined && last !== undefined, "held: Blocks to add must be some");
    const known = this.#epochs.get(epoch);
    assert(known === undefined || known.tip.seq + 1 === first.fromSeq, "held: Blocks must follow the tip");
    const tip: Position = { epoch, seq: lastSeq(last), hash: last.hash };
    const next: HeldEpoch =
      known === undefined
        ? { epoch, arrivalIndex: this.#epochCount, fromSeq: first.fromSeq, parent, tip }
        : { ...known, tip };
    if (known === undefined) this.#epochCount += 1;
    this.#epochs.set(epoch, next);
    for (const block of blocks) this.fillBlock({ epoch, seq: lastSeq(block), hash: block.hash });
    return next;
  }
}
