/**
 * The start of a terminal's memory: opens the journal, folds what it holds, and says in the first
 * record of the new epoch what was found. Everything known before the start comes from the journal
 * and nothing else.
 */
import type { Epoch, TerminalId } from "../core/ids.ts";
import { epochId } from "../core/ids.ts";
import { emptyState } from "../core/state.ts";
import type { State } from "../core/state.ts";
import { wallMs } from "../core/time.ts";
import type { EpochStarted, Event, Recorded } from "../core/types.ts";
import { bytesOfEpoch, epochOfBytes } from "../protocol/field.ts";
import type { Position } from "../protocol/message.ts";
import { decodeRecords } from "../protocol/record.ts";
import type { RecordResult } from "../protocol/record.ts";
import { evolveFromJournal } from "./checkpoint.ts";
import type { Rng } from "./clock.ts";
import type { Disk } from "./disk.ts";
import { RecordTimes } from "./record-times.ts";
import type { Block } from "./store/block.ts";
import type { JournalFault } from "./store/fault.ts";
import type { Recovered } from "./store/inspect.ts";
import { openJournal } from "./store/journal.ts";
import type { Checkpoint, Journal } from "./store/journal.ts";

/** What a start needs; the callbacks stay in use as long as the journal is open. */
export interface BootOptions {
  readonly disk: Disk;
  readonly terminal: TerminalId;
  readonly rng: Rng;
  readonly checkpoint: () => Checkpoint;
  readonly onDurable: () => void;
  readonly onFault: (fault: JournalFault) => void;
  readonly log: (code: string, detail: string) => void;
  readonly segmentBytes?: number;
  /** Receipts of training are numbered in a series that tells them apart. */
  readonly isTraining?: boolean;
}

/** A journal that is open for the new epoch, and what it holds. */
export interface Booted {
  readonly journal: Journal;
  readonly state: State;
  /** The last position of each epoch that the journal held at the start. */
  readonly tips: Map<Epoch, Position>;
  /** What the new epoch's first record says. */
  readonly started: EpochStarted;
  /** When its records were written, for how long they wait. */
  readonly times: RecordTimes;
}

/** The release that runs, for the record. */
export const RUNTIME_VERSION = "0.3.0";

/** When this release was made, 2026-11-01: a clock on the wall that says less is wrong. */
export const RUNTIME_RELEASED_AT = wallMs(1_793_491_200_000);

/** Opens the journal for a new epoch and folds it. Faults of disk and journal pass through. */
export async function boot(options: BootOptions): Promise<Booted> {
  const { disk, terminal, rng, log } = options;
  const epoch = drawEpoch(rng);
  const fold = new JournalFold(emptyState(terminal, epoch), log);
  const { journal, recovered } = await openJournal({
    disk,
    terminal,
    epoch,
    checkpoint: options.checkpoint,
    onBlock: (block) => fold.block(block),
    onDurable: options.onDurable,
    onFault: options.onFault,
    ...(options.segmentBytes === undefined ? {} : { segmentBytes: options.segmentBytes }),
  });
  fold.state.epoch = epoch;
  const { state, tips, times } = fold;
  const freshSeries = `${options.isTraining === true ? TRAINING_SERIES : ""}${seriesOf(epoch)}`;
  return { journal, state, tips, times, started: startedEvent(recovered, state, freshSeries) };
}

const TRAINING_SERIES = "T";

/** 64 random bits. */
export function drawEpoch(rng: Rng): Epoch {
  const epoch = epochOfBytes(rng.bytes(8));
  return epoch ?? epochId("0000000000000000");
}

/** A receipt series of this epoch: its first four hex digits. */
export function seriesOf(epoch: Epoch): string {
  return [...bytesOfEpoch(epoch).slice(0, 2)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

function startedEvent(recovered: Recovered, state: State, freshSeries: string): EpochStarted {
  const { verdict, parent, continuity, details } = recovered;
  const isContinued = continuity === "kept" && state.receiptSeries !== "";
  const place = details.path === null ? "" : ` at ${details.path} byte ${details.endBytes}`;
  const quarantined =
    details.quarantinedPaths.length === 0 ? "" : `; set aside: ${details.quarantinedPaths.join(", ")}`;
  return {
    type: "epoch_started",
    parent: parent === null ? null : { ...parent, epoch: epochId(parent.epoch) },
    opening: verdict,
    detail:
      verdict === "new" || verdict === "clean" ? "" : `${details.row}${place}${quarantined}`.slice(0, 1000),
    series: isContinued ? state.receiptSeries : freshSeries,
    runtimeVersion: RUNTIME_VERSION,
  };
}

/** Folds a journal's blocks in order, from the first of all or from one that begins with a checkpoint. */
export class JournalFold {
  readonly state: State;
  /** The last position of each epoch so far. */
  readonly tips = new Map<Epoch, Position>();
  readonly times = new RecordTimes();
  readonly #log: BootOptions["log"];
  /** Whether only a checkpoint was seen so far: what it carries is all there is of older orders. */
  #isHead = true;
  #beganAtCheckpoint = false;

  constructor(state: State, log: BootOptions["log"]) {
    this.state = state;
    this.#log = log;
  }

  /** Takes the next block; what cannot be read is logged and kept out of the state. */
  block(block: Block): void {
    const epoch = epochId(block.epoch);
    this.tips.set(epoch, { epoch, seq: block.firstSeq + block.recordCount - 1, hash: block.hash.slice() });
    const origin = { terminal: this.state.terminal, epoch };
    const records = decodeRecords(block.recordBytes, block.recordCount, origin);
    if (!records.ok) {
      this.#log(records.code, `block at record ${block.firstSeq} cannot be read`);
      this.state.seq = block.firstSeq + block.recordCount - 1;
      this.state.lamport += block.recordCount;
      return;
    }
    records.value.forEach((decoded, index) => this.#record(decoded, block.firstSeq + index));
  }

  #record(decoded: RecordResult<Recorded>, seq: number): void {
    if (!decoded.ok) {
      // A newer release wrote it: it stays in the journal and travels on, and is not folded here.
      this.#log(decoded.code, `record ${seq} is not folded`);
      this.state.seq = seq;
      // What is written next must sort behind it once it can be folded.
      this.state.lamport += 1;
      return;
    }
    const recorded = decoded.value;
    this.times.note(seq, recorded.at);
    const { type } = recorded.event;
    if (this.state.seq === 0) this.#beganAtCheckpoint = type === "checkpoint_opened";
    if (!isCheckpointPart(type)) this.#isHead = false;
    evolveFromJournal(this.state, recorded, this.#isHead && this.#beganAtCheckpoint);
  }
}

function isCheckpointPart(type: Event["type"]): boolean {
  return (
    type === "checkpoint_opened" ||
    type === "day_carried" ||
    type === "readers_carried" ||
    type === "hq_carried" ||
    type === "records_carried"
  );
}
