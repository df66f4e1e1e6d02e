/**
 * How far a terminal's clock is behind headquarters': a batch is received after its last record was
 * made, so the least delay of the newest batches is the most that the clock can be behind by, and what
 * stands below zero is surely ahead.
 */
import { decodeRecord } from "../../../protocol/record.ts";
import { recordsAfter } from "./bodies.ts";
import type { WriterKey } from "./store.ts";

/** How many of a terminal's newest batches are looked at. */
export const CLOCK_BATCHES_COUNT_MAX = 4;

/** Milliseconds, or null where no record of these batches can be read. */
export function clockBehindMs(
  writer: WriterKey,
  batches: readonly { readonly body: Uint8Array; readonly receivedAtMs: number }[],
): number | null {
  const delaysMs = batches.flatMap(({ body, receivedAtMs }) => {
    const last = recordsAfter(writer, [body], 0).at(-1);
    const record = last === undefined ? null : decodeRecord(last.bytes, last);
    return record?.ok === true ? [receivedAtMs - record.value.at] : [];
  });
  return delaysMs.length === 0 ? null : Math.min(...delaysMs);
}
