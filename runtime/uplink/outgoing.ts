/**
 * The journal as the uplink reads it: durable blocks with their epochs, and where each epoch ends.
 * Reads only.
 */
import { epochId } from "../../core/ids.ts";
import type { Epoch } from "../../core/ids.ts";
import type { Position } from "../../protocol/message.ts";
import { JournalFault } from "../store/fault.ts";
import type { Journal } from "../store/journal.ts";
import type { OutgoingJournal } from "./uplink.ts";

/**
 * What of this journal goes to headquarters; `tips` are the epochs before this start. `onRot` hears of
 * durable bytes that are not what they were, before the reader does: the next start sets them aside.
 */
export function outgoing(
  journal: Pick<Journal, "durable" | "hashAt" | "read">,
  tips: ReadonlyMap<Epoch, Position>,
  onRot: (fault: JournalFault) => void,
): OutgoingJournal {
  const watched = async <T>(reading: Promise<T>): Promise<T> => {
    try {
      return await reading;
    } catch (cause) {
      if (cause instanceof JournalFault && cause.code === "journal/rot") onRot(cause);
      throw cause;
    }
  };
  return {
    get durableSeq() {
      return journal.durable?.seq ?? 0;
    },
    hashAt: (epoch, seq) => watched(journal.hashAt(epoch, seq)),
    lastOf: (epoch) => {
      const { durable } = journal;
      if (durable !== null && durable.epoch === epoch) return { ...durable, epoch };
      return tips.get(epoch) ?? null;
    },
    read: async (fromSeq, bytesMax) => {
      const blocks = await watched(journal.read(fromSeq, bytesMax));
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
