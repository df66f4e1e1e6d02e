/**
 * Records read back for checkers: from the world's memory of a journal, and from headquarters' store.
 * Nothing of what a terminal says about itself is asked.
 */
import type { Till } from "./cast.ts";
import { eventId, epochId } from "../../../core/ids.ts";
import type { EventId } from "../../../core/ids.ts";
import type { CheckClosed, Recorded } from "../../../core/types.ts";
import type { Link } from "../../../protocol/message.ts";
import { decodeRecord, splitRecords } from "../../../protocol/record.ts";
import { heldRecords } from "../../hq/held-records.ts";
import type { Store } from "../../hq/store/store.ts";
import type { WrittenBlock } from "./journal-memory.ts";

/** A record with its identity in one text. */
export interface NamedRecord extends Recorded {
  readonly id: EventId;
}

const decoded = new WeakMap<WrittenBlock, readonly NamedRecord[]>();

/** Every record of a terminal's present journal, in order. */
export function recordsOf(till: Till): readonly NamedRecord[] {
  return till.memory.lineage.flatMap((block) => recordsIn(till, block));
}

/** The records of one block. */
export function recordsIn(till: Till, block: WrittenBlock): readonly NamedRecord[] {
  const known = decoded.get(block) ?? decode(till, block);
  decoded.set(block, known);
  return known;
}

function decode(till: Till, block: WrittenBlock): readonly NamedRecord[] {
  const parts = splitRecords(block.recordBytes, block.recordCount);
  if (!parts.ok) throw new Error(`${till.name} record ${block.firstSeq}: ${parts.code}`);
  return parts.value.map((bytes, index) => {
    const record = decodeRecord(bytes, { terminal: till.name, epoch: epochId(block.epoch) });
    if (!record.ok) throw new Error(`${till.name} record ${block.firstSeq + index}: ${record.code}`);
    return { ...record.value, id: eventId(record.value) };
  });
}

/** The closings that headquarters holds of a terminal. Throws when one is there twice. */
export async function closingsIn(store: Store, link: Link): Promise<ReadonlyMap<EventId, CheckClosed>> {
  const closings = new Map<EventId, CheckClosed>();
  for await (const { epoch, seq, bytes } of heldRecords(store, link)) {
    const record = decodeRecord(bytes, { terminal: link.terminal, epoch });
    if (!record.ok || record.value.seq !== seq) throw new Error(`record ${epoch}/${seq} is not what it was`);
    const { event } = record.value;
    if (event.type !== "check_closed") continue;
    const id = eventId(record.value);
    if (closings.has(id)) throw new Error(`closing ${id} is held twice`);
    closings.set(id, event);
  }
  return closings;
}
