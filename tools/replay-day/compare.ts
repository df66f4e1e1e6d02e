/**
 * What the terminal's journal holds against what headquarters holds: record by record as bytes, and
 * step by step by the taps that the records name. Reads only.
 *
 * M1 The journal is read by the runtime's own recovery, so what counts as written is what a terminal
 *    that starts again would find.
 * M2 A record may be nowhere twice; a step may have caused one command and no more, whatever its
 *    record is called.
 */
import { epochId, terminalId } from "../../core/ids.ts";
import { decodeRecord, splitRecords } from "../../protocol/record.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import { SELL_VIEW } from "../sell/seller.ts";
import { ReplayFault } from "./fault.ts";

/** A record by its place, and its bytes in hex. */
export interface ListedRecord {
  readonly epoch: string;
  readonly seq: number;
  readonly hex: string;
}

export interface Comparison {
  readonly writtenCount: number;
  readonly heldCount: number;
  /** Records of the journal that headquarters does not hold, and steps that no record at headquarters names. */
  readonly missingCount: number;
  /** Records that headquarters lists more than once, and steps that more than one record names. */
  readonly doubledCount: number;
  /** Records that both sides hold with other bytes, and records that headquarters holds and the journal does not. */
  readonly differentCount: number;
  /** The first few findings, for people. */
  readonly findings: readonly string[];
}

const FINDINGS_COUNT_MAX = 10;

/** Every record of the journal below `dataDir` (M1). No terminal may run on it. */
export async function journalRecords(dataDir: string, terminal: string): Promise<readonly ListedRecord[]> {
  const listed: ListedRecord[] = [];
  await inspectJournal(await openNodeDisk(dataDir), terminal, (block) => {
    const records = splitRecords(block.recordBytes, block.recordCount);
    if (!records.ok) {
      throw new ReplayFault("replay/report_failed", `the block at record ${block.firstSeq}: ${records.code}`);
    }
    records.value.forEach((bytes, index) => {
      listed.push({
        epoch: block.epoch,
        seq: block.firstSeq + index,
        hex: Buffer.from(bytes).toString("hex"),
      });
    });
  });
  return listed;
}

/** Reads the lines of tools/hq/records.ts. Throws replay/report_failed for a line of another shape. */
export function heldRecordsIn(lines: readonly string[]): readonly ListedRecord[] {
  return lines.map((line) => {
    const listed: unknown = JSON.parse(line);
    if (
      typeof listed === "object" &&
      listed !== null &&
      "epoch" in listed &&
      "seq" in listed &&
      "bytes" in listed
    ) {
      const { epoch, seq, bytes } = listed;
      if (typeof epoch === "string" && typeof seq === "number" && typeof bytes === "string") {
        return { epoch, seq, hex: bytes };
      }
    }
    throw new ReplayFault("replay/report_failed", `records.ts printed ${line.slice(0, 200)}`);
  });
}

/** Compares both sides. `stepCount`: the steps of the script, numbered from 1. */
export function compareRecords(
  written: readonly ListedRecord[],
  held: readonly ListedRecord[],
  terminal: string,
  stepCount: number,
): Comparison {
  const findings: string[] = [];
  const heldByPlace = Map.groupBy(held, placeOf);
  const writtenPlaces = new Set(written.map(placeOf));
  let missingCount = 0;
  let doubledCount = 0;
  let differentCount = 0;
  for (const record of written) {
    const there = heldByPlace.get(placeOf(record)) ?? [];
    if (there.length === 0) missingCount += note(findings, `record ${placeOf(record)} is missing`);
    if (there.length > 1)
      doubledCount += note(findings, `record ${placeOf(record)} is held ${there.length} times`);
    if (there.some(({ hex }) => hex !== record.hex)) {
      differentCount += note(findings, `record ${placeOf(record)} has other bytes`);
    }
  }
  for (const place of heldByPlace.keys()) {
    if (!writtenPlaces.has(place)) differentCount += note(findings, `record ${place} is not in the journal`);
  }
  const taps = tapCounts(
    [...heldByPlace.values()].flatMap(([first]) => first ?? []),
    terminal,
  );
  for (let n = 1; n <= stepCount; n += 1) {
    const count = taps.get(n) ?? 0;
    if (count === 0) missingCount += note(findings, `step ${n} is in no record`);
    if (count > 1) doubledCount += note(findings, `step ${n} is in ${count} records`);
  }
  const [writtenCount, heldCount] = [written.length, held.length];
  return { writtenCount, heldCount, missingCount, doubledCount, differentCount, findings };
}

/** How many records name each of the seller's taps. */
function tapCounts(records: readonly ListedRecord[], terminal: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { epoch, hex } of records) {
    const origin = { terminal: terminalId(terminal), epoch: epochId(epoch) };
    const decoded = decodeRecord(new Uint8Array(Buffer.from(hex, "hex")), origin);
    const cause = decoded.ok ? decoded.value.cause : null;
    if (cause?.view === SELL_VIEW) counts.set(cause.n, (counts.get(cause.n) ?? 0) + 1);
  }
  return counts;
}

function placeOf(record: ListedRecord): string {
  return `${record.epoch}/${record.seq}`;
}

function note(findings: string[], finding: string): 1 {
  if (findings.length < FINDINGS_COUNT_MAX) findings.push(finding);
  return 1;
}
