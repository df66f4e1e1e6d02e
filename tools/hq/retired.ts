/**
 * Which records headquarters holds only by their hashes, because retention gave their batches to backups:
 * always a head of an epoch. Asked by whoever would need the batches themselves.
 */
import type { Link } from "../../protocol/message.ts";
import { blocksOf } from "./store/bodies.ts";
import type { Store, WriterKey } from "./store/store.ts";

/** The first record of an epoch whose batch is still held; the epoch's first where all are. */
export async function firstHeldSeq(
  store: Pick<Store, "batchesAfter">,
  writer: WriterKey,
  epochFromSeq: number,
): Promise<number> {
  const [body] = await store.batchesAfter(writer, epochFromSeq - 1, 1);
  const first = body === undefined ? undefined : blocksOf(writer, body)[0];
  return first === undefined ? epochFromSeq : Math.max(epochFromSeq, first.fromSeq);
}

/** Writers of these terminals whose head is retired, as "terminal/epoch". */
export async function retiredWriters(
  store: Pick<Store, "batchesAfter" | "epochs">,
  links: readonly Link[],
): Promise<readonly string[]> {
  const retired: string[] = [];
  for (const link of links) {
    for (const { epoch, fromSeq } of await store.epochs(link)) {
      if ((await firstHeldSeq(store, { ...link, epoch }, fromSeq)) > fromSeq)
        retired.push(`${link.terminal}/${epoch}`);
    }
  }
  return retired;
}
