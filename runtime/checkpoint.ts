/**
 * The checkpoint as records: the core says what it holds, this file packs it into groups that each
 * fit a commit block, and unpacks carried records when a fold begins at a checkpoint.
 */
import { evolve, evolveOrder } from "../core/evolve.ts";
import { carriedEvents, checkpointOf, dayOf, restoreDay } from "../core/checkpoint.ts";
import type { State } from "../core/state.ts";
import type { Event, Recorded, RecordsCarried } from "../core/types.ts";
import { CARRIED_RECORDS_COUNT_MAX } from "../protocol/limits.ts";
import { decodeRecord, encodeRecord } from "../protocol/record.ts";

/** Bytes of carried records in one event: with its frame it stays below the bound of a record. */
const CARRIED_BYTES_MAX = 14_000;

/** The events of a checkpoint, one group for each commit block. */
export function checkpointGroups(state: State): readonly (readonly Event[])[] {
  const carried = carriedOf(state);
  return [[checkpointOf(state, carried.length)], [dayOf(state)], ...carried.map((event) => [event])];
}

function carriedOf(state: State): readonly RecordsCarried[] {
  const packs: RecordsCarried[] = [];
  let records: Uint8Array[] = [];
  let bytes = 0;
  let writer: Pick<Recorded, "terminal" | "epoch"> | null = null;
  const flush = (): void => {
    if (writer !== null && records.length > 0) {
      packs.push({ type: "records_carried", terminal: writer.terminal, epoch: writer.epoch, records });
    }
    records = [];
    bytes = 0;
  };
  for (const recorded of carriedEvents(state)) {
    // The codec is deterministic: these are the bytes that were journaled.
    const encoded = encodeRecord(recorded);
    const isOther = writer?.terminal !== recorded.terminal || writer.epoch !== recorded.epoch;
    const isFull = bytes + encoded.length > CARRIED_BYTES_MAX || records.length >= CARRIED_RECORDS_COUNT_MAX;
    if (isOther || isFull) flush();
    writer = recorded;
    records.push(encoded);
    bytes += encoded.length;
  }
  flush();
  return packs;
}

/** Folds a record of the journal into the state; `isHead` while the fold stands at the checkpoint it began with. */
export function evolveFromJournal(state: State, recorded: Recorded, isHead: boolean): State {
  const { event } = recorded;
  if (isHead && event.type === "day_carried") restoreDay(state, event);
  if (isHead && event.type === "records_carried") {
    for (const bytes of event.records) {
      const carried = decodeRecord(bytes, { terminal: event.terminal, epoch: event.epoch });
      if (carried.ok) evolveOrder(state, carried.value);
    }
  }
  return evolve(state, recorded);
}
