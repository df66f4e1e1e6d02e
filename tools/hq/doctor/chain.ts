/**
 * Whether what is held of every writer is whole: each batch signed by its registered key, blocks without a
 * gap, each block's hash chained to the one before, every epoch ending where its row says. A sample looks
 * at the head and the tail of each epoch; all of it is read when that is asked for.
 */
import type { TerminalId } from "../../../core/ids.ts";
import type { Verifier } from "../../../protocol/ed25519.ts";
import { sameBytes } from "../../../protocol/batch.ts";
import type { Block } from "../../../protocol/batch.ts";
import { CHAIN_START } from "../../../protocol/hash.ts";
import { openMessage } from "../../../protocol/message.ts";
import type { Link } from "../../../protocol/message.ts";
import { lastSeq } from "../held.ts";
import type { HeldEpoch } from "../held.ts";
import { PROJECT_BATCHES_COUNT_MAX } from "../limits.ts";
import type { Store } from "../store/store.ts";

/** What was read, and what is wrong with it. */
export interface ChainCheck {
  readonly recordCount: number;
  readonly readCount: number;
  /** Records whose batches retention took; they are in backups. */
  readonly retiredCount: number;
  /** Each with its terminal, epoch and record. */
  readonly problems: readonly string[];
}

/** Records at either end of an epoch that a sample reads. */
const SAMPLE_RECORDS_COUNT = 1000;
const PROBLEMS_COUNT_MAX = 20;

type Held = Pick<Store, "epochs" | "batchesAfter">;

/** Reads the history of these terminals; `keyOf` gives a writer's key, null where none is registered. */
export async function checkChains(
  store: Held,
  tenant: string,
  terminals: readonly TerminalId[],
  keyOf: (link: Link) => Promise<Verifier | null>,
  isDeep: boolean,
): Promise<ChainCheck> {
  const sum = { recordCount: 0, readCount: 0, retiredCount: 0 };
  const problems: string[] = [];
  for (const terminal of terminals) {
    const link: Link = { tenant, terminal };
    const key = await keyOf(link);
    if (key === null) {
      problems.push(`${terminal}: its key is not registered`);
      continue;
    }
    const epochs = await store.epochs(link);
    for (const epoch of epochs) {
      sum.recordCount += epoch.tip.seq - epoch.fromSeq + 1;
      const walk = new Walk(store, link, key, epoch, parentHashOf(epoch, epochs));
      for (const [from, to] of rangesOf(epoch, isDeep)) await walk.read(from, to);
      sum.readCount += walk.readCount;
      sum.retiredCount += walk.retiredCount;
      problems.push(...walk.problems);
    }
  }
  return { ...sum, problems: problems.slice(0, PROBLEMS_COUNT_MAX) };
}

function rangesOf({ fromSeq, tip }: HeldEpoch, isDeep: boolean): readonly (readonly [number, number])[] {
  const [head, tail] = [fromSeq + SAMPLE_RECORDS_COUNT, tip.seq - SAMPLE_RECORDS_COUNT];
  if (isDeep || tail <= head) return [[fromSeq, tip.seq]];
  return [
    [fromSeq, head],
    [tail, tip.seq],
  ];
}

/** The hash that an epoch's first block continues; null where its parent ended inside a longer epoch. */
function parentHashOf({ parent }: HeldEpoch, epochs: readonly HeldEpoch[]): Uint8Array | null {
  if (parent === null) return CHAIN_START;
  const tip = epochs.find(({ epoch }) => epoch === parent.epoch)?.tip;
  return tip !== undefined && tip.seq === parent.seq ? tip.hash : null;
}

/** One epoch, read from place to place. */
class Walk {
  readonly problems: string[] = [];
  readCount = 0;
  retiredCount = 0;
  readonly #store: Held;
  readonly #link: Link;
  readonly #key: Verifier;
  readonly #epoch: HeldEpoch;
  readonly #parentHash: Uint8Array | null;

  constructor(store: Held, link: Link, key: Verifier, epoch: HeldEpoch, parentHash: Uint8Array | null) {
    this.#store = store;
    this.#link = link;
    this.#key = key;
    this.#epoch = epoch;
    this.#parentHash = parentHash;
  }

  /** The blocks that hold these records; what is wrong is noted. */
  async read(fromSeq: number, toSeq: number): Promise<void> {
    const { epoch, fromSeq: firstSeq, tip } = this.#epoch;
    const atStart = fromSeq === firstSeq;
    let last: { readonly seq: number; readonly hash: Uint8Array | null } | null = atStart
      ? { seq: fromSeq - 1, hash: this.#parentHash }
      : null;
    let seq = fromSeq - 1;
    while (seq < toSeq) {
      const writer = { ...this.#link, epoch };
      const bodies = await this.#store.batchesAfter(writer, seq, PROJECT_BATCHES_COUNT_MAX);
      const blocks = bodies.flatMap((body) => this.#blocksOf(body)).filter((its) => lastSeq(its) > seq);
      if (blocks.length === 0) break;
      for (const block of blocks) {
        this.#follows(block, last, atStart);
        last = { seq: lastSeq(block), hash: block.hash };
        this.readCount += block.recordCount;
      }
      seq = last?.seq ?? toSeq;
    }
    if (toSeq !== tip.seq) return;
    if (last === null || last.seq !== tip.seq) this.#say(tip.seq, "the records up to here are not held");
    else if (last.hash !== null && !sameBytes(last.hash, tip.hash))
      this.#say(tip.seq, "its hash is not the one that was acknowledged");
  }

  #blocksOf(body: Uint8Array): readonly Block[] {
    const opened = openMessage(body, this.#link, this.#key);
    if (opened.ok && opened.value.kind === "batch" && opened.value.batch.epoch === this.#epoch.epoch)
      return opened.value.batch.blocks;
    this.#say(0, `a batch cannot be believed: ${opened.ok ? "it is another's" : opened.code}`);
    return [];
  }

  #follows(
    block: Block,
    last: { readonly seq: number; readonly hash: Uint8Array | null } | null,
    atStart: boolean,
  ): void {
    if (last === null) return;
    const isFirst = atStart && last.seq === this.#epoch.fromSeq - 1;
    if (block.fromSeq > last.seq + 1 && isFirst) {
      // Nothing before it is held any more; the chain goes on from here.
      this.retiredCount += block.fromSeq - last.seq - 1;
      return;
    }
    if (block.fromSeq !== last.seq + 1) this.#say(block.fromSeq, `follows ${last.seq}`);
    else if (last.hash !== null && !sameBytes(block.previousHash, last.hash))
      this.#say(block.fromSeq, "does not continue the hash before it");
  }

  #say(seq: number, what: string): void {
    const { terminal } = this.#link;
    this.problems.push(`${terminal} epoch ${this.#epoch.epoch} record ${seq}: ${what}`);
  }
}
