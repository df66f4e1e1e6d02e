/**
 * The journal as the uplink reads it: durable blocks with their epochs, and where each epoch ends.
 * Reads only.
 */
import { epochId } from "../../core/ids.ts";
import type { Epoch } from "../../core/ids.ts";
import type { Position } from "../../protocol/message.ts";
import type { Journal } from "../store/journal.ts";
import type { OutgoingJournal } from "./uplink.ts";

/** What of this journal goes to headquarters; `tips` are the epochs before this start. */
export function outgoing(journal: Journal, tips: ReadonlyMap<Epoch, Position>): OutgoingJournal {
  return {
    get durableSeq() {
      return journal.durable?.seq ?? 0;
    },
    hashAt: (epoch, seq) => journal.hashAt(epoch, seq),
    lastOf: (epoch) => {
      const { durable } = journal;
      if (durable !== null && durable.epoch === epoch) return { ...durable, epoch };
      return tips.get(epoch) ?? null;
    },
    read: async (fromSeq, bytesMax) => {
      const blocks = await journal.read(fromSeq, bytesMax);
      return blocks.map((block) => ({
        epoch: epochId(block.epoch),
        fromSeq: block.firstSeq,
        recordCount: block.recordCount,
        recordBytes: block.recordBytes,
        previousHash: block.previousHash,
        hash: block.hash,
      }));
    },
  };
}
