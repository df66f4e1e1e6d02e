/**
 * A record: one event with its place and circumstances as the bytes that the journal keeps, the
 * hash chain covers and batches carry:
 *
 *     [seq, lamport, at, cause / null, [type, version, fields...]]    cause = [view, n, clerk]
 *
 * Who wrote it (terminal, epoch) is named once by the segment or the batch around it.
 * R1 Encoded once, when it is recorded; never re-encoded.
 * R2 A record whose event is unknown (a newer runtime wrote it) is told from a broken one: it is
 *    kept and acknowledged, and folded once a version that knows it runs.
 */
import { assert } from "../core/bug.ts";
import { wallMs } from "../core/time.ts";
import type { Cause } from "../core/facts.ts";
import type { Event, Recorded } from "../core/types.ts";
import { decodeCbor, decodeCborSequence } from "./cbor-decode.ts";
import { encodeCbor } from "./cbor-encode.ts";
import type { CborFaultCode, CborValue } from "./cbor-value.ts";
import { EVENT_ROWS, rowToRead, rowToWrite } from "./event-table.ts";
import { actorField, group, uint, UNREAD, WALL_MS_MAX } from "./field.ts";
import type { Origin } from "./field.ts";
import { RECORD_BYTES_MAX } from "./limits.ts";

/** Why bytes are not a record that can be folded. */
export type RecordFaultCode =
  | CborFaultCode
  /** Not an array of seq, lamport, time, cause and event in their ranges. */
  | "record/shape"
  /** Longer than RECORD_BYTES_MAX. */
  | "record/too_long"
  /** An event type or version that this build does not know (R2). */
  | "event/unknown"
  /** A known event with fields that its row would not have written. */
  | "event/fields";

/** A refused record. */
export interface RecordFault {
  readonly ok: false;
  readonly code: RecordFaultCode;
  /** The first byte at fault; the start of the record where its meaning is at fault. */
  readonly offset: number;
}
/** A decoded value, or the first reason against it. */
export type RecordResult<T> = { readonly ok: true; readonly value: T } | RecordFault;

const causeField = group<Cause>("cause", { view: uint(), n: uint(), clerk: actorField });

/** The record's bytes. A Bug for a value that no row can write, or that its row would not read again. */
export function encodeRecord(recorded: Recorded): Uint8Array {
  const { seq, lamport, at, cause, event } = recorded;
  const row = rowToWrite(event);
  assert(row !== undefined, "record: Every event type has a row");
  const value: CborValue = [
    seq,
    lamport,
    at,
    cause === null ? null : causeField.write(cause, recorded),
    row.write(event, recorded),
  ];
  // What could not be read again would be lost with everything behind it.
  assert(recordOf(value, recorded).ok, "record: A record must be readable");
  const bytes = encodeCbor(value);
  assert(bytes.length <= RECORD_BYTES_MAX, "record: A record must fit its bound");
  return bytes;
}

/** The record in `bytes`, written by `origin`. Strict: bytes that decode are the bytes it would be encoded as. */
export function decodeRecord(bytes: Uint8Array, origin: Origin): RecordResult<Recorded> {
  if (bytes.length > RECORD_BYTES_MAX) return { ok: false, code: "record/too_long", offset: 0 };
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return { ok: false, code: decoded.code, offset: decoded.offset };
  return recordOf(decoded.value, origin);
}

function recordOf(value: CborValue, origin: Origin): RecordResult<Recorded> {
  const shape = { ok: false, code: "record/shape", offset: 0 } as const;
  if (!Array.isArray(value) || value.length !== 5) return shape;
  const [seq, lamport, at, causeValue, eventValue]: readonly CborValue[] = value;
  if (typeof seq !== "number" || seq < 1 || typeof lamport !== "number" || lamport < 0) return shape;
  if (typeof at !== "number" || at < 0 || at > WALL_MS_MAX) return shape;
  const cause = causeValue === null ? null : causeField.read(causeValue, origin);
  if (cause === UNREAD) return shape;
  const event = eventOf(eventValue, origin);
  if (typeof event === "string") return { ok: false, code: event, offset: 0 };
  const { terminal, epoch } = origin;
  return { ok: true, value: { terminal, epoch, seq, lamport, at: wallMs(at), cause, event } };
}

function eventOf(
  value: CborValue | undefined,
  origin: Origin,
): Event | "event/unknown" | "event/fields" | "record/shape" {
  if (!Array.isArray(value)) return "record/shape";
  const values: readonly CborValue[] = value;
  const [number, version] = values;
  if (typeof number !== "number" || typeof version !== "number") return "record/shape";
  const row = rowToRead(number, version);
  if (row === undefined) return "event/unknown";
  const event = row.read(values, origin);
  return event === UNREAD ? "event/fields" : event;
}

/** Concatenated record bytes, of a block or of a batch, cut into items that are not yet decoded as events. */
export function splitRecords(
  blockBytes: Uint8Array,
  recordCount: number,
): RecordResult<readonly Uint8Array[]> {
  const items = decodeCborSequence(blockBytes, recordCount);
  if (!items.ok) return { ok: false, code: items.code, offset: items.offset };
  if (items.value.length !== recordCount)
    return { ok: false, code: "record/shape", offset: blockBytes.length };
  return { ok: true, value: items.value.map((item) => blockBytes.subarray(item.start, item.end)) };
}

/** Concatenated record bytes decoded, each record or its fault in its place: what splitRecords and decodeRecord say together, read once. */
export function decodeRecords(
  blockBytes: Uint8Array,
  recordCount: number,
  origin: Origin,
): RecordResult<readonly RecordResult<Recorded>[]> {
  const items = decodeCborSequence(blockBytes, recordCount);
  if (!items.ok) return { ok: false, code: items.code, offset: items.offset };
  if (items.value.length !== recordCount)
    return { ok: false, code: "record/shape", offset: blockBytes.length };
  const records = items.value.map(({ value, start, end }): RecordResult<Recorded> => {
    if (end - start > RECORD_BYTES_MAX) return { ok: false, code: "record/too_long", offset: 0 };
    return recordOf(value, origin);
  });
  return { ok: true, value: records };
}

/** The rules of schema.cddl for all events, one a line: `line-added = [11, 1, ...]`. */
export function eventRules(): readonly string[] {
  return EVENT_ROWS.map((row) => {
    const name = row.type.replaceAll("_", "-");
    return `${name}${row.version === 1 ? "" : `-${row.version}`} = ${row.cddl}`;
  });
}
