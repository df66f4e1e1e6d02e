/**
 * A4: after every start the journal is a beginning of what was written to it, and holds all that was
 * durable and all that was answered as paid. A disk that was robbed may hold any past of its own.
 */
import type { Recovered } from "../../../../runtime/store/inspect.ts";
import type { Checker, FoundJournal, Till } from "../cast.ts";
import { recordsIn } from "../records.ts";

/** See the header. */
export const journalPrefix: Checker = {
  name: "journal_prefix",
  laws: ["A4", "A5", "I12"],
  shows: ["F1", "F2", "F3", "F4", "F5", "F6", "F26", "F32"],
  promise:
    "what a start recovers is a prefix of what was written, with everything durable and everything shown as paid",
  watch: (world) => {
    const findings = new Map<Till, Finding>();
    return {
      found: (till, journal) => {
        const wrong = wrongIn(till, journal);
        if (wrong !== null) world.violate("journal_prefix", till.name, wrong);
        findings.set(till, { verdict: journal.recovered.verdict, lossCount: till.memory.lossCount });
      },
      opened: (till) => {
        const wrong = wrongWord(till, findings.get(till));
        if (wrong !== null) world.violate("journal_prefix", till.name, wrong);
      },
    };
  },
};

/** What the disk held when a start began. */
interface Finding {
  readonly verdict: Recovered["verdict"];
  readonly lossCount: number;
}

/** The first record of a start says what it found; a disk that does not read may hide the mark from it. */
function wrongWord(till: Till, finding: Finding | undefined): string | null {
  const { lineage, lossCount } = till.memory;
  if (finding === undefined || finding.lossCount !== lossCount || till.trouble.readFault > 0) return null;
  const epoch = till.terminal?.loop.state.epoch;
  const before = lineage.findLastIndex((block) => block.epoch !== epoch);
  const block = lineage[before + 1];
  if (block === undefined) return null;
  const [first] = recordsIn(till, block);
  const opening = first?.event.type === "epoch_started" ? first.event.opening : "nothing";
  return opening === finding.verdict ? null : `a start that found ${finding.verdict} says ${opening}`;
}

function wrongIn(till: Till, journal: FoundJournal): string | null {
  const { blocks, unknownCount, recovered, isRobbed } = journal;
  if (unknownCount > 0) return `recovered ${unknownCount} blocks that were never written`;
  let seq = 0;
  for (const block of blocks) {
    if (block.firstSeq !== seq + 1) return `record ${block.firstSeq} follows record ${seq}`;
    seq = block.lastSeq;
  }
  if ((recovered.parent?.seq ?? 0) !== seq)
    return `the parent is record ${recovered.parent?.seq}, the last one ${seq}`;
  const { lineage, answeredSeq } = till.memory;
  if (isRobbed) return wrongInRobbed(till, journal);
  if (blocks.length > lineage.length) return `recovered ${blocks.length} of ${lineage.length} blocks`;
  const other = blocks.find((block, index) => lineage[index] !== block);
  if (other !== undefined) return `record ${other.firstSeq} is not the one that stood there`;
  const lost = lineage.slice(blocks.length).find((block) => block.isDurable);
  if (lost !== undefined)
    return `records ${lost.firstSeq} to ${lost.lastSeq} were synced and are gone (${recovered.details.row})`;
  if (seq < answeredSeq) return `record ${answeredSeq} was answered as paid, the journal ends at ${seq}`;
  const { verdict, continuity } = recovered;
  if (verdict === "rot" || continuity === "lost")
    return `a clean disk was found ${verdict} (${recovered.details.row})`;
  return null;
}

/**
 * Rot costs what it hit and what came after it, and no more. It is told, at every start until one
 * lived to write it down, wherever the disk still shows it: by whole records behind it, or by the mark.
 * Without either, what is gone looks as if it had never been finished, and nobody can tell.
 */
function wrongInRobbed(till: Till, { blocks, recovered, marked }: FoundJournal): string | null {
  const { lineage, firstDamaged, mustTell, robbedStartCount } = till.memory;
  const isFound = recovered.verdict === "rot" || recovered.continuity === "lost";
  const found = `is found ${recovered.verdict} (${recovered.details.row})`;
  // A later start that stands knew of the loss when it began; the mark is from before it.
  const isNamed = marked?.isDurable === true && !blocks.includes(marked);
  if (isNamed && !isFound && !blocks.some((block) => block.startCount > marked.startCount))
    return `record ${marked.lastSeq} is gone, the mark names it, and the journal ${found}`;
  if (firstDamaged < 0) return null;
  const lost = lineage.slice(blocks.length, firstDamaged).find((block) => block.isDurable);
  if (lost !== undefined)
    return `records ${lost.firstSeq} to ${lost.lastSeq} are gone though the damage lies behind them (${recovered.details.row})`;
  // The first record of a start that found the damage says so.
  const isWritten = blocks.some((block) => block.startCount > robbedStartCount);
  if (mustTell && !isWritten && !isFound) return `damage to durable records ${found}`;
  return null;
}
