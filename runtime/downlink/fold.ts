/**
 * Folds what this journal says it took of headquarters' journal: its records are decoded here, the core
 * says what they mean. A record that this build cannot read is left out; it stays in the journal.
 */
import { evolve } from "../../core/evolve.ts";
import { HQ_WRITER } from "../../core/hq/events.ts";
import type { HqRecordsTaken } from "../../core/hq/events.ts";
import { evolveTaken } from "../../core/hq/fold.ts";
import type { State } from "../../core/state.ts";
import type { Recorded } from "../../core/types.ts";
import { decodeRecord } from "../../protocol/record.ts";

/** The records of a block that can be read, in order. */
export function recordsIn(taken: HqRecordsTaken): readonly Recorded[] {
  const origin = { terminal: HQ_WRITER, epoch: taken.epoch };
  return taken.records.flatMap((bytes) => {
    const decoded = decodeRecord(bytes, origin);
    return decoded.ok ? [decoded.value] : [];
  });
}

/** Folds a record of this terminal's journal, and what it carries of headquarters'. */
export function evolveOwn(state: State, recorded: Recorded): State {
  const { event, seq, terminal } = recorded;
  const isFresh = terminal === state.terminal && seq > state.seq;
  evolve(state, recorded);
  if (isFresh && event.type === "hq_records_taken") evolveTaken(state, event, recordsIn(event));
  return state;
}
