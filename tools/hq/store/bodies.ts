/**
 * Records out of stored bodies. A body was verified when it came; here it is read again, its chain
 * recomputed, and cut into records. Bytes that no longer read are a fault of the store.
 */
import { decodeBatch } from "../../../protocol/batch.ts";
import type { Batch, Block } from "../../../protocol/batch.ts";
import { readCose } from "../../../protocol/cose.ts";
import { splitRecords } from "../../../protocol/record.ts";
import { HqFault } from "../fault.ts";
import { lastSeq } from "../held.ts";
import type { PlacedRecord, WriterKey } from "./store.ts";

/** The writer's records in these bodies (in order, perhaps overlapping) with a seq above `seq`, each once. */
export function recordsAfter(
  writer: WriterKey,
  bodies: readonly Uint8Array[],
  seq: number,
): readonly PlacedRecord[] {
  const records: PlacedRecord[] = [];
  let doneSeq = seq;
  for (const body of bodies) {
    for (const block of blocksOf(writer, body)) {
      // Blocks are whole or not at all: what was stored before was stored by an earlier batch.
      if (lastSeq(block) <= doneSeq) continue;
      const parts = splitRecords(block.recordBytes, block.recordCount);
      if (!parts.ok) throw unreadable(writer, doneSeq, parts.code);
      if (doneSeq > 0 && block.fromSeq !== doneSeq + 1) throw unreadable(writer, doneSeq, "not contiguous");
      const { terminal, epoch } = writer;
      parts.value.forEach((bytes, index) => {
        records.push({ terminal, epoch, seq: block.fromSeq + index, bytes });
      });
      doneSeq = lastSeq(block);
    }
  }
  return records;
}

/** The blocks of a stored body of this writer. Throws hq/store_unreadable. */
export function blocksOf(writer: WriterKey, body: Uint8Array): readonly Block[] {
  return batchOf(writer, body).blocks;
}

/** The store that the writer of a stored body says it stands in. Throws hq/store_unreadable. */
export function storeNameIn(writer: WriterKey, body: Uint8Array): string {
  return batchOf(writer, body).store;
}

function batchOf(writer: WriterKey, body: Uint8Array): Batch {
  const cose = readCose(body);
  if (!cose.ok) throw unreadable(writer, 0, cose.code);
  const batch = decodeBatch(cose.value.payload);
  if (!batch.ok) throw unreadable(writer, 0, batch.code);
  if (batch.value.terminal !== writer.terminal || batch.value.epoch !== writer.epoch)
    throw unreadable(writer, 0, "another writer's batch");
  return batch.value;
}

function unreadable(writer: WriterKey, seq: number, why: string): HqFault {
  return new HqFault("hq/store_unreadable", `${writer.terminal}/${writer.epoch} after ${seq}: ${why}`);
}
