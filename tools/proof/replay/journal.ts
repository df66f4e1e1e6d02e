/**
 * A terminal's journal read from its data folder, nothing changed: every record in order with what the
 * terminal's own core made of it. The terminal may be running.
 */
import { evolveFromJournal } from "../../../runtime/checkpoint.ts";
import { emptyState } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { epochId, isEpoch, isTerminalId } from "../../../core/ids.ts";
import type { Epoch, TerminalId } from "../../../core/ids.ts";
import type { Event, Recorded } from "../../../core/types.ts";
import { decodeRecord, splitRecords } from "../../../protocol/record.ts";
import type { Disk } from "../../../runtime/disk.ts";
import { inspectJournal } from "../../../runtime/store/inspect.ts";
import type { Recovered } from "../../../runtime/store/inspect.ts";
import {
  HEADER_READ_BYTES,
  JOURNAL_DIRECTORY,
  parseSegmentName,
  readHeader,
} from "../../../runtime/store/segment.ts";
import { ReplayFault } from "./fault.ts";

/** A record as it stands in the journal. */
export interface Step {
  readonly epoch: Epoch;
  readonly seq: number;
  /** Null where this build cannot read it; `code` says why then. */
  readonly recorded: Recorded | null;
  readonly code: string;
}

/** How the reading ended, and the state behind the last record. */
export interface Replayed {
  readonly terminal: TerminalId;
  readonly recovered: {
    readonly verdict: Recovered["verdict"];
    readonly details: Pick<Recovered["details"], "row">;
  };
  readonly blockCount: number;
  readonly recordCount: number;
  readonly state: State;
}

/** Reads a journal from wherever it is; `onStep` hears of every record after it was folded. */
export type Replay = (onStep?: (step: Step, state: State) => void) => Promise<Replayed>;

const FIRST_EPOCH = epochId("0000000000000000");

/** Folds the journal on `disk`; `onStep` hears of every record after it was folded. Throws replay/no_journal and replay/not_readable. */
export async function replayJournal(
  disk: Disk,
  onStep: (step: Step, state: State) => void = () => {},
): Promise<Replayed> {
  const terminal = await terminalOf(disk);
  const fold = new JournalFold(terminal);
  let blockCount = 0;
  const { recovered } = await inspectJournal(disk, terminal, (block) => {
    blockCount += 1;
    const { epoch } = block;
    if (!isEpoch(epoch)) throw new ReplayFault("replay/not_readable", `epoch ${epoch}`);
    const parts = splitRecords(block.recordBytes, block.recordCount);
    if (!parts.ok)
      throw new ReplayFault("replay/not_readable", `block at record ${block.firstSeq}: ${parts.code}`);
    parts.value.forEach((bytes, index) =>
      onStep(fold.take(epoch, block.firstSeq + index, bytes), fold.state),
    );
  });
  return { terminal, recovered, blockCount, recordCount: fold.recordCount, state: fold.state };
}

/** Folds records one after the other, as the terminal that wrote them does at its start. */
export class JournalFold {
  readonly state: State;
  recordCount = 0;
  // A journal that begins in the middle stands on what the checkpoint at its head carries.
  #isAtHead = true;

  constructor(terminal: TerminalId) {
    this.state = emptyState(terminal, FIRST_EPOCH);
  }

  /** Folds the next record: its bytes, or the code for which they could not be read where they were. */
  take(epoch: Epoch, seq: number, record: Uint8Array | string): Step {
    this.recordCount += 1;
    const { state } = this;
    const decoded =
      typeof record === "string"
        ? { ok: false as const, code: record }
        : decodeRecord(record, { terminal: state.terminal, epoch });
    const type = decoded.ok ? decoded.value.event.type : null;
    const isPart = this.recordCount === 1 ? type === "checkpoint_opened" : isCheckpointPart(type);
    this.#isAtHead = this.#isAtHead && isPart;
    if (decoded.ok) evolveFromJournal(state, decoded.value, this.#isAtHead);
    else state.seq = seq;
    return { epoch, seq, recorded: decoded.ok ? decoded.value : null, code: decoded.ok ? "" : decoded.code };
  }
}

function isCheckpointPart(type: Event["type"] | null): boolean {
  return (
    type === "day_carried" ||
    type === "readers_carried" ||
    type === "hq_carried" ||
    type === "records_carried"
  );
}

async function terminalOf(disk: Disk): Promise<TerminalId> {
  const names = (await disk.exists(JOURNAL_DIRECTORY)) ? await disk.list(JOURNAL_DIRECTORY) : [];
  for (const name of [...names].sort()) {
    if (parseSegmentName(name) === null) continue;
    const file = await disk.open(`${JOURNAL_DIRECTORY}/${name}`, "existing");
    const reading = readHeader(await file.read(0, HEADER_READ_BYTES));
    await file.close();
    if (reading.kind === "whole" && isTerminalId(reading.header.terminal)) return reading.header.terminal;
  }
  throw new ReplayFault("replay/no_journal", "");
}
