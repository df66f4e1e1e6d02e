/**
 * Headquarters' own journal: a writer like every terminal, in the same tables, under the name HQ.
 *
 * J1 Its epoch is the store's incarnation: a store that was restored goes on under a new one, whose first
 *    record names the record it goes on from. Processes that share a store share the epoch.
 * J2 What is written is decided on the view of everything before it: when another process wrote
 *    meanwhile, it is decided anew.
 * J3 A commit block is small enough to be one record at a terminal; one write is one transaction.
 * J4 What was written is in the store before anybody hears of it.
 */
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { evolveTaken } from "../../../core/hq/fold.ts";
import type { HqView } from "../../../core/hq/view.ts";
import { emptyState } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { wallMs } from "../../../core/time.ts";
import type { Event, Recorded } from "../../../core/types.ts";
import type { Block } from "../../../protocol/batch.ts";
import { sameBytes } from "../../../protocol/batch.ts";
import type { Signer } from "../../../protocol/ed25519.ts";
import { epochOfBytes } from "../../../protocol/field.ts";
import { CHAIN_START, chainHash } from "../../../protocol/hash.ts";
import { BATCH_BYTES_MAX, HQ_BLOCK_BYTES_MAX, HQ_BLOCK_RECORDS_COUNT_MAX } from "../../../protocol/limits.ts";
import { sealMessage } from "../../../protocol/message.ts";
import type { Link, Position } from "../../../protocol/message.ts";
import { encodeRecord, splitRecords } from "../../../protocol/record.ts";
import { RUNTIME_VERSION } from "../../../runtime/boot.ts";
import { recordsIn } from "../../../runtime/downlink/fold.ts";
import { HqFault } from "../fault.ts";
import { lastSeq } from "../held.ts";
import { blocksOf } from "../store/bodies.ts";
import type { Store } from "../store/store.ts";
import { addSaid, noteAvailability } from "./said.ts";
import type { AvailabilitySaid, Said } from "./said.ts";
import type { Epoch } from "../../../core/ids.ts";

/** The store that its batches name: they are for all stores of the tenant. */
const STORE_NAME = "hq";
/** Writes that lost against another process before the caller hears of it. */
const TRIES_COUNT_MAX = 8;
/** Batches read at once. */
const READ_BATCHES_COUNT = 16;
/** Record bytes of one batch, with room for names and signature. */
export const BATCH_RECORD_BYTES_MAX = BATCH_BYTES_MAX - 8192;

/** Whose journal it is, and what it is written with. */
export interface HqJournalOptions {
  readonly tenant: string;
  readonly store: Pick<Store, "incarnation" | "append" | "batchesAfter" | "epochs">;
  readonly signer: Signer;
  readonly kid: Uint8Array;
  readonly nowMs: () => number;
}

/** Blocks that follow each other within one epoch. */
export interface Run {
  readonly epoch: Epoch;
  readonly blocks: readonly Block[];
}

export class HqJournal {
  readonly #options: HqJournalOptions;
  readonly #link: Link;
  readonly #epoch: Epoch;
  /** The fold of everything read so far; a state, because availability and clerks are folded with it. */
  readonly #state: State;
  #last: Promise<unknown> = Promise.resolve();
  #said: readonly Said[] = [];
  readonly #availability = new Map<string, AvailabilitySaid>();
  readonly #listeners = new Set<() => void>();

  constructor(options: HqJournalOptions) {
    const epoch = epochOfBytes(options.store.incarnation);
    if (epoch === null) throw new HqFault("hq/store_unreadable", "incarnation");
    this.#options = options;
    this.#link = { tenant: options.tenant, terminal: HQ_WRITER };
    this.#epoch = epoch;
    this.#state = emptyState(HQ_WRITER, epoch);
  }

  /** Where it ends as far as this process has read; null before the first record. */
  get tip(): Position | null {
    return this.#state.hq.position;
  }

  /** What was said so far, up to `tip`. */
  get view(): HqView {
    return this.#state.hq;
  }

  /** What was said so far, one entry a publication, oldest first. */
  get said(): readonly Said[] {
    return this.#said;
  }

  /** What was said last of each item's availability. */
  get availability(): ReadonlyMap<string, AvailabilitySaid> {
    return this.#availability;
  }

  /** Calls back when `tip` moved. Returns how to stop that. */
  onGrow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads what other processes wrote since. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#readOn());
  }

  /**
   * Writes the events that `decide` answers with, all or none; decide throws nothing and may be asked
   * several times (J2). Answers with what decide answered and where the journal ends then. No events
   * write nothing.
   */
  write<T extends { readonly events: readonly Event[] }>(
    decide: (view: HqView) => T,
  ): Promise<{ readonly decided: T; readonly tip: Position | null }> {
    return this.#inTurn(async () => {
      for (let tryIndex = 0; tryIndex < TRIES_COUNT_MAX; tryIndex += 1) {
        await this.#readOn();
        const decided = decide(this.view);
        if (decided.events.length === 0) return { decided, tip: this.tip };
        if (await this.#append(decided.events)) {
          await this.#readOn();
          return { decided, tip: this.tip };
        }
      }
      throw new HqFault("hq/store_failed", "headquarters' journal is written elsewhere all the time");
    });
  }

  /** What follows `position` (null: from the beginning), up to so many bytes of records; null at the end. Where the position is none of this journal, from what its epoch's last record here leads to, else from the beginning. */
  async after(position: Position | null, bytesMax: number): Promise<Run | null> {
    const epochs = await this.#options.store.epochs(this.#link);
    const index = position === null ? -1 : epochs.findIndex(({ epoch }) => epoch === position.epoch);
    const known = epochs[index];
    const start =
      position === null || known === undefined ? null : { seq: Math.min(position.seq, known.tip.seq) };
    for (const { epoch, tip } of epochs.slice(Math.max(0, index))) {
      const fromSeq = start?.seq ?? 0;
      if (fromSeq >= tip.seq) continue;
      const blocks = await this.#blocksAfter(epoch, fromSeq, bytesMax);
      if (blocks.length > 0) return { epoch, blocks };
    }
    return null;
  }

  async #blocksAfter(epoch: Epoch, seq: number, bytesMax: number): Promise<readonly Block[]> {
    const writer = { ...this.#link, epoch };
    const bodies = await this.#options.store.batchesAfter(writer, seq, READ_BATCHES_COUNT);
    const blocks: Block[] = [];
    let bytes = 0;
    for (const block of bodies.flatMap((body) => blocksOf(writer, body))) {
      if (lastSeq(block) <= seq) continue;
      bytes += block.recordBytes.length;
      if (blocks.length > 0 && bytes > bytesMax) break;
      blocks.push(block);
    }
    return blocks;
  }

  async #readOn(): Promise<void> {
    const before = this.tip;
    for (;;) {
      const run = await this.after(this.tip, BATCH_RECORD_BYTES_MAX);
      if (run === null) break;
      for (const block of run.blocks) this.#fold(run.epoch, block);
    }
    if (this.tip !== before) for (const listener of this.#listeners) listener();
  }

  #fold(epoch: Epoch, block: Block): void {
    const parts = splitRecords(block.recordBytes, block.recordCount);
    if (!parts.ok) throw new HqFault("hq/store_unreadable", `HQ/${epoch} at ${block.fromSeq}`);
    const taken = {
      type: "hq_records_taken",
      epoch,
      fromSeq: block.fromSeq,
      hash: block.hash,
      records: parts.value,
    } as const;
    const records = recordsIn(taken);
    evolveTaken(this.#state, taken, records);
    for (const recorded of records) {
      this.#said = addSaid(this.#said, recorded);
      noteAvailability(this.#availability, recorded);
    }
  }

  /** False where another process was faster. */
  async #append(events: readonly Event[]): Promise<boolean> {
    const { store, tenant, signer, kid, nowMs } = this.#options;
    const { tip } = this;
    const blocks = this.#blocksOf(tip?.epoch === this.#epoch ? events : [this.#started(tip), ...events]);
    const arrivals = runsOf(blocks).map((its) => {
      const batch = { tenant, store: STORE_NAME, terminal: HQ_WRITER, epoch: this.#epoch, blocks: its };
      const body = sealMessage({ kind: "batch", batch }, this.#link, signer, kid);
      return { batch, body, receivedAtMs: nowMs() };
    });
    return (await store.append(arrivals, tip)) === "stored";
  }

  // J1
  #started(parent: Position | null): Event {
    const opening = parent === null ? "new" : "clean";
    const detail = parent === null ? "" : "another store goes on";
    return {
      type: "epoch_started",
      parent,
      opening,
      detail,
      series: "",
      runtimeVersion: RUNTIME_VERSION,
    };
  }

  // J3
  #blocksOf(events: readonly Event[]): readonly Block[] {
    const blocks: Block[] = [];
    let records: Uint8Array[] = [];
    let bytes = 0;
    let seq = (this.tip?.seq ?? 0) + 1;
    let previousHash: Uint8Array = this.tip?.hash ?? CHAIN_START;
    const at = wallMs(this.#options.nowMs());
    const flush = (): void => {
      if (records.length === 0) return;
      const recordBytes = new Uint8Array(Buffer.concat(records));
      const hash = chainHash(previousHash, recordBytes);
      const fromSeq = seq - records.length;
      blocks.push({ fromSeq, recordCount: records.length, recordBytes, previousHash, hash });
      previousHash = hash;
      records = [];
      bytes = 0;
    };
    for (const event of events) {
      const recorded: Recorded = {
        terminal: HQ_WRITER,
        epoch: this.#epoch,
        seq,
        lamport: seq,
        at,
        cause: null,
        event,
      };
      const record = encodeRecord(recorded);
      if (bytes + record.length > HQ_BLOCK_BYTES_MAX || records.length >= HQ_BLOCK_RECORDS_COUNT_MAX) flush();
      records.push(record);
      bytes += record.length;
      seq += 1;
    }
    flush();
    return blocks;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

/** Cut into what one batch holds. */
function runsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const runs: Block[][] = [];
  let bytes = Infinity;
  for (const block of blocks) {
    bytes += block.recordBytes.length;
    if (bytes > BATCH_RECORD_BYTES_MAX) {
      runs.push([]);
      bytes = block.recordBytes.length;
    }
    runs.at(-1)?.push(block);
  }
  return runs;
}

/** Whether `a` and `b` are one position. */
export function isSamePosition(a: Position | null, b: Position | null): boolean {
  if (a === null || b === null) return a === b;
  return a.epoch === b.epoch && a.seq === b.seq && sameBytes(a.hash, b.hash);
}
