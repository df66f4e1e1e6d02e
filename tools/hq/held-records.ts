/**
 * Every record that headquarters holds of a terminal, byte for byte as the terminal wrote it.
 * Read from the signed batches themselves, never from what was folded.
 */
import type { Link } from "../../protocol/message.ts";
import { PROJECT_BATCHES_COUNT_MAX } from "./limits.ts";
import { recordsAfter } from "./store/bodies.ts";
import type { PlacedRecord, Store, WriterKey } from "./store/store.ts";

/** The terminal's records by epoch in order of arrival, then by seq; each held position once. */
export async function* heldRecords(store: Store, link: Link): AsyncGenerator<PlacedRecord> {
  for (const { epoch } of await store.epochs(link)) {
    yield* epochRecords(store, { ...link, epoch });
  }
}

async function* epochRecords(store: Store, writer: WriterKey): AsyncGenerator<PlacedRecord> {
  let seq = 0;
  for (;;) {
    const bodies = await store.batchesAfter(writer, seq, PROJECT_BATCHES_COUNT_MAX);
    if (bodies.length === 0) return;
    for (const record of recordsAfter(writer, bodies, seq)) {
      seq = record.seq;
      yield record;
    }
  }
}
