/**
 * Records as JSON: each with its place and event, or the reason why this build cannot read it.
 * Shared by the kinds that hold records.
 */
import type { Epoch, TerminalId } from "../../../core/ids.ts";
import { decodeRecord, splitRecords } from "../../../protocol/record.ts";
import { jsonOf } from "./cose.ts";
import { hexOf } from "./inspector.ts";
import type { Json } from "./inspector.ts";

/** The records in these bytes; where they cannot be parted, the one reason. */
export function recordsJson(
  recordBytes: Uint8Array,
  recordCount: number,
  origin: { readonly terminal: TerminalId; readonly epoch: Epoch },
): Json {
  const parts = splitRecords(recordBytes, recordCount);
  if (!parts.ok) return [{ error: parts.code, offset: parts.offset }];
  return parts.value.map((bytes): Json => {
    const record = decodeRecord(bytes, origin);
    if (!record.ok) return { error: record.code, offset: record.offset, bytes: hexOf(bytes) };
    const { seq, lamport, at, cause, event } = record.value;
    return { seq, lamport, at, cause: jsonOf(cause), event: jsonOf(event) };
  });
}
