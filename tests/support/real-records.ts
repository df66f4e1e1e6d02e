/** The records of a journal and those that headquarters holds, in one form: what is missing, what is there twice. */
import { splitRecords } from "../../protocol/record.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";

/** A record's place and bytes on one line, so that two lists of them can be compared. */
export type RecordLine = string;

/** The line of one record. */
export function recordLine(epoch: string, seq: number, bytes: Uint8Array): RecordLine {
  return `${epoch} ${seq} ${Buffer.from(bytes).toString("hex")}`;
}

/** Every record of the journal in this data folder, in order. */
export async function journalLines(data: string, terminal: string): Promise<readonly RecordLine[]> {
  const lines: RecordLine[] = [];
  await inspectJournal(await openNodeDisk(data), terminal, (block) => {
    const parts = splitRecords(block.recordBytes.slice(), block.recordCount);
    if (!parts.ok) throw new Error(`${parts.code} at record ${block.firstSeq}`);
    parts.value.forEach((bytes, index) => lines.push(recordLine(block.epoch, block.firstSeq + index, bytes)));
  });
  return lines;
}

/** What headquarters holds against what the journal holds. */
export interface Comparison {
  readonly recordCount: number;
  readonly missingCount: number;
  /** Positions that are held twice. */
  readonly doubledCount: number;
  /** Held, and never written by this terminal. */
  readonly strangeCount: number;
}

/** Compares record by record, byte by byte. */
export function compare(journal: readonly RecordLine[], held: readonly RecordLine[]): Comparison {
  const [inJournal, atHq] = [new Set(journal), new Set(held)];
  const places = new Set(held.map((line) => line.slice(0, line.lastIndexOf(" "))));
  return {
    recordCount: journal.length,
    missingCount: journal.filter((line) => !atHq.has(line)).length,
    doubledCount: held.length - places.size,
    strangeCount: held.filter((line) => !inJournal.has(line)).length,
  };
}
