/**
 * The checkpoint as records: the core says what it holds, this file packs it into groups that each
 * fit a commit block, and unpacks carried records when a fold begins at a checkpoint.
 */
import { evolveCarried } from "../core/evolve.ts";
import type { HqCarried } from "../core/hq/events.ts";
import { hqCarried, restoreHq } from "../core/hq/fold.ts";
import { carriedEvents, checkpointOf, dayOf, restoreDay } from "../core/checkpoint.ts";
import type { State } from "../core/state.ts";
import { readersCarried, restoreReaders } from "../core/tender/readers.ts";
import type { DayCarried, Event, Recorded, RecordsCarried } from "../core/types.ts";
import { CARRIED_RECORDS_COUNT_MAX } from "../protocol/limits.ts";
import { decodeRecord, encodeRecord } from "../protocol/record.ts";
import { evolveOwn } from "./downlink/fold.ts";

/** Bytes of carried records in one event: with its frame it stays below the bound of a record. */
const CARRIED_BYTES_MAX = 14_000;
/** What one day_carried holds of each list beside one shift; a sold-out item may take 200 bytes. */
const DAY_PINS_COUNT_MAX = 32;
const DAY_SOLD_OUT_COUNT_MAX = 40;
/** What one hq_carried holds of each list; a price may take 230 bytes, a clerk 330. */
const HQ_CARRIED_PRICES_COUNT_MAX = 30;
const HQ_CARRIED_STAFF_COUNT_MAX = 20;

/** The events of a checkpoint, one group for each commit block. */
export function checkpointGroups(state: State): readonly (readonly Event[])[] {
  const carried = carriedOf(state);
  const events = [
    checkpointOf(state, carried.length),
    ...dayRecords(dayOf(state)),
    ...readersCarried(state),
    ...hqRecords(hqCarried(state)),
    ...carried,
  ];
  return events.map((event) => [event]);
}

/** A day in records that each fit their bound at their longest: lists go on in the next, all else is said in each. */
export function dayRecords(day: DayCarried): readonly DayCarried[] {
  const { shifts, pins, soldOut } = day;
  const count = Math.max(
    1,
    shifts.length,
    Math.ceil(pins.length / DAY_PINS_COUNT_MAX),
    Math.ceil(soldOut.length / DAY_SOLD_OUT_COUNT_MAX),
  );
  return Array.from({ length: count }, (_, index) => ({
    ...day,
    shifts: shifts.slice(index, index + 1),
    pins: part(pins, index, DAY_PINS_COUNT_MAX),
    soldOut: part(soldOut, index, DAY_SOLD_OUT_COUNT_MAX),
  }));
}

/** What headquarters has said in records that each fit their bound, as a day is cut. */
export function hqRecords(carried: HqCarried | null): readonly HqCarried[] {
  if (carried === null) return [];
  const { prices, staff } = carried;
  const count = Math.max(
    1,
    Math.ceil(prices.length / HQ_CARRIED_PRICES_COUNT_MAX),
    Math.ceil(staff.length / HQ_CARRIED_STAFF_COUNT_MAX),
  );
  return Array.from({ length: count }, (_, index) => ({
    ...carried,
    prices: part(prices, index, HQ_CARRIED_PRICES_COUNT_MAX),
    staff: part(staff, index, HQ_CARRIED_STAFF_COUNT_MAX),
  }));
}

function part<T>(items: readonly T[], index: number, countMax: number): readonly T[] {
  return items.slice(index * countMax, (index + 1) * countMax);
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
  if (isHead && event.type === "readers_carried") restoreReaders(state, event);
  if (isHead && event.type === "hq_carried") restoreHq(state, event);
  if (isHead && event.type === "records_carried") {
    for (const bytes of event.records) {
      const carried = decodeRecord(bytes, { terminal: event.terminal, epoch: event.epoch });
      if (carried.ok) evolveCarried(state, carried.value);
    }
  }
  return evolveOwn(state, recorded);
}
