/**
 * Reads the whole journal once, in order, one segment in memory at a time: hands out every block that
 * stands, remembers where it stands, and asks the recovery table at the end of each segment.
 * `inspectJournal` changes nothing on disk; `settle` does what the decision asks for.
 *   I1  A block is handed out only when CRC, seq and chain hold from the first block of all up to it,
 *       so what was handed out stays right whatever is found later.
 *   I2  Where a next segment names its parent, nothing behind that parent is read as a block.
 */
import { assert } from "../../core/bug.ts";
import { CHAIN_START, chainHash } from "../../protocol/hash.ts";
import { DiskFault, type Disk } from "../disk.ts";
import { decodeBlock, sameBytes, type Block, type CommitBlock } from "./block.ts";
import { JournalFault } from "./fault.ts";
import { copyToQuarantine, isZero, moveToQuarantine, QUARANTINE_DIRECTORY, readWhole } from "./files.ts";
import { SEGMENT_BYTES_MAX, SEGMENT_READ_BYTES } from "./limits.ts";
import { leaveMark, readMark, type CountedMark } from "./mark.ts";
import { BlockIndex } from "./reader.ts";
import { decideRecovery, type Conditions, type Row } from "./recover.ts";
import {
  HEADER_COPIES,
  HEADER_READ_BYTES,
  JOURNAL_DIRECTORY,
  parseSegmentName,
  readHeader,
  type HeaderReading,
  type Position,
  type SegmentHeader,
} from "./segment.ts";

/** What the recovery found, for the caller's first record and for headquarters. */
export interface Recovered {
  readonly verdict: "new" | "clean" | "torn" | "rot";
  /** The last block that was recovered, and so the parent of what this start writes; null when there is none. */
  readonly parent: Position | null;
  /** "lost": durable records are missing now, or a start before found so and did not live to write it down. */
  readonly continuity: "kept" | "lost";
  readonly details: RecoveryDetails;
}

export interface RecoveryDetails {
  /** The row of the recovery table that ended the reading. */
  readonly row: string;
  /** The segment at which the reading ended; null when there is none. */
  readonly path: string | null;
  /** Where that segment's whole blocks end. */
  readonly endBytes: number;
  /** Segments of which one of the two header copies is damaged. */
  readonly damagedHeaderPaths: readonly string[];
  /** Where the broken segments were put. */
  readonly quarantinedPaths: readonly string[];
}

/** The journal as read, and what is to be done about it. */
export interface Inspection {
  readonly recovered: Recovered;
  readonly index: BlockIndex;
  readonly epochs: ReadonlySet<string>;
  readonly nextSegmentNumber: number;
  /** The highest counter that any mark or header names. */
  readonly markCounter: number;
  /** The segment at whose end the next one goes on; null when none is kept. */
  readonly lastPath: string | null;
  readonly copyPath: string | null;
  readonly movePaths: readonly string[];
}

interface Candidate {
  readonly path: string;
  readonly segmentNumber: number;
  readonly epoch: string;
  readonly reading: HeaderReading;
}

/** What has been read so far. */
interface Progress {
  readonly candidates: readonly Candidate[];
  readonly mark: CountedMark | null;
  readonly index: BlockIndex;
  readonly onBlock: (block: Block) => void;
  head: Position | null;
  endBytes: number;
  lost: boolean;
}

type HeaderConditions = Pick<Conditions, "present" | "readable" | "known" | "ours" | "named" | "chained">;
type BodyConditions = Omit<Conditions, keyof HeaderConditions>;

const BODY_UNSEEN: BodyConditions = {
  outrun: false,
  last: false,
  resumed: false,
  marked: false,
  zeros: false,
};

/** Reads and decides. `onBlock` gets every block in order; the bytes it sees are a view. Throws journal/other_terminal, journal/format_unknown and the Disk's faults. */
export async function inspectJournal(
  disk: Disk,
  terminal: string,
  onBlock: (block: Block) => void = () => {},
): Promise<Inspection> {
  const mark = await readMark(disk);
  const candidates = await listSegments(disk);
  const progress: Progress = {
    candidates,
    mark,
    index: new BlockIndex(),
    onBlock,
    head: null,
    endBytes: 0,
    lost: false,
  };
  for (const [at, candidate] of candidates.entries()) {
    const row = await inspectSegment(disk, terminal, progress, at, candidate);
    if (row.decision === "fault_format") throw new JournalFault("journal/format_unknown", candidate.path);
    if (row.decision === "fault_terminal") throw new JournalFault("journal/other_terminal", candidate.path);
    if (row.decision !== "next") return conclude(progress, row, at);
  }
  assert(candidates.length === 0, "inspect: The last segment must end the reading");
  // An emptied journal beside a full quarantine is no new terminal either.
  const marked = mark !== null || (await disk.list(QUARANTINE_DIRECTORY)).length > 0;
  return conclude(progress, decideRecovery({ ...NO_HEADER, ...BODY_UNSEEN, marked }), 0);
}

const NO_HEADER: HeaderConditions = {
  present: false,
  readable: false,
  known: false,
  ours: false,
  named: false,
  chained: false,
};

async function listSegments(disk: Disk): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const name of await disk.list(JOURNAL_DIRECTORY)) {
    const claim = parseSegmentName(name);
    if (claim === null) continue;
    const path = `${JOURNAL_DIRECTORY}/${name}`;
    const bytes = await readWhole(disk, path, HEADER_READ_BYTES);
    candidates.push({ path, ...claim, reading: readHeader(bytes) });
  }
  return candidates;
}

async function inspectSegment(
  disk: Disk,
  terminal: string,
  progress: Progress,
  at: number,
  candidate: Candidate,
): Promise<Row> {
  progress.endBytes = 0;
  const conditions = headerConditions(candidate, terminal, at + 1, progress.head);
  const { reading } = candidate;
  const fits = conditions.ours && conditions.named && conditions.chained;
  if (reading.kind !== "whole" || !fits) {
    return decideRecovery({ ...BODY_UNSEEN, ...conditions });
  }
  const next = progress.candidates[at + 1];
  const until = next === undefined ? null : parentNamedBy(next, terminal, at + 2);
  const last = next === undefined;
  // Most starts sell less than a segment holds: behind its last block only the last one's bytes matter.
  let bytes = await readWhole(disk, candidate.path, last ? SEGMENT_BYTES_MAX : SEGMENT_READ_BYTES);
  const blocks = beginBlocks(candidate.path, reading.header, progress);
  walk(bytes, blocks, until, progress);
  if (bytes.length === SEGMENT_READ_BYTES && !last && !isBehind(until, progress)) {
    bytes = await readWhole(disk, candidate.path, SEGMENT_BYTES_MAX);
    walk(bytes, blocks, until, progress);
  }
  const markStands = endBlocks(blocks, progress);
  return decideRecovery({
    ...conditions,
    outrun: until !== null && until.seq > (progress.head?.seq ?? 0),
    last,
    resumed: last && isResumed(bytes, reading.header, progress),
    marked: last && !markStands,
    zeros: last && bytes.length === reading.header.segmentBytes && isZero(bytes, progress.endBytes),
  });
}

function headerConditions(
  candidate: Candidate,
  terminal: string,
  segmentNumber: number,
  head: Position | null,
): HeaderConditions {
  const { reading } = candidate;
  if (reading.kind !== "whole") {
    return { ...NO_HEADER, present: true, readable: reading.kind === "unknown_format" };
  }
  const { header } = reading;
  return {
    present: true,
    readable: true,
    known: true,
    ours: header.terminal === terminal,
    named:
      candidate.segmentNumber === segmentNumber &&
      header.segmentNumber === segmentNumber &&
      header.epoch === candidate.epoch,
    chained: samePosition(header.parent, head) && header.firstSeq === (head?.seq ?? 0) + 1,
  };
}

function samePosition(left: Position | null, right: Position | null): boolean {
  if (left === null || right === null) return left === right;
  return left.epoch === right.epoch && left.seq === right.seq && sameBytes(left.hash, right.hash);
}

/** The parent that the following file names, if that file is what its name says: only then is it evidence. */
function parentNamedBy(next: Candidate, terminal: string, segmentNumber: number): Position | null {
  if (next.reading.kind !== "whole") return null;
  const { parent } = next.reading.header;
  return headerConditions(next, terminal, segmentNumber, parent).named ? parent : null;
}

/** A segment whose blocks are being handed out. */
interface Blocks {
  readonly header: SegmentHeader;
  readonly blockCountBefore: number;
  /** Whether the mark, as far as it speaks of this segment or a later one, is borne out. */
  markStands: boolean;
}

function beginBlocks(path: string, header: SegmentHeader, progress: Progress): Blocks {
  const { index, mark } = progress;
  const parentHash = progress.head?.hash ?? CHAIN_START;
  index.begin({ path, epoch: header.epoch, sectorBytes: header.sectorBytes, parentHash });
  progress.endBytes = HEADER_COPIES * header.sectorBytes;
  return {
    header,
    blockCountBefore: index.blockCount,
    markStands: mark === null || isOlder(mark, header),
  };
}

/** Hands out the whole blocks in the first bytes of a segment, from where the reading stands, and moves `progress` to their end. */
function walk(bytes: Uint8Array, blocks: Blocks, until: Position | null, progress: Progress): void {
  const { header } = blocks;
  const { index, mark } = progress;
  while (!isBehind(until, progress)) {
    const block = nextBlock(bytes, header.sectorBytes, progress);
    if (block === null) break;
    const previousHash = progress.head?.hash ?? CHAIN_START;
    index.add({ ...block, offset: progress.endBytes, recordBytes: block.recordBytes.length });
    const hash = block.hash.slice();
    progress.head = { epoch: header.epoch, seq: block.firstSeq + block.recordCount - 1, hash };
    progress.endBytes += block.blockBytes;
    blocks.markStands ||= mark !== null && speaksOf(mark, header, progress.head, progress.endBytes);
    progress.onBlock({
      epoch: header.epoch,
      firstSeq: block.firstSeq,
      recordCount: block.recordCount,
      recordBytes: block.recordBytes,
      previousHash,
      hash,
    });
  }
}

/** Answers whether the mark stands. */
function endBlocks({ header, blockCountBefore, markStands }: Blocks, progress: Progress): boolean {
  progress.lost = progress.index.blockCount === blockCountBefore && (progress.lost || header.lost);
  return markStands;
}

/** I2: whether everything is read that the next segment follows. */
function isBehind(until: Position | null, progress: Progress): boolean {
  return until !== null && (progress.head?.seq ?? 0) >= until.seq;
}

/** The block at the end of what stands, if it goes on where that ends. */
function nextBlock(bytes: Uint8Array, sectorBytes: number, progress: Progress): CommitBlock | null {
  const decoded = decodeBlock(bytes, progress.endBytes, sectorBytes);
  if (!decoded.ok || decoded.value.firstSeq !== (progress.head?.seq ?? 0) + 1) return null;
  if (decoded.value.syncedToBytes > progress.endBytes) return null;
  const hash = chainHash(progress.head?.hash ?? CHAIN_START, decoded.value.recordBytes);
  return sameBytes(hash, decoded.value.hash) ? decoded.value : null;
}

/** Written before the segment began, or about one that lies before it. */
function isOlder(mark: CountedMark, header: SegmentHeader): boolean {
  return mark.counter <= header.markCounter || mark.segmentNumber < header.segmentNumber;
}

function speaksOf(mark: CountedMark, header: SegmentHeader, end: Position, endBytes: number): boolean {
  const samePlace =
    mark.segmentNumber === header.segmentNumber && mark.epoch === header.epoch && mark.endBytes === endBytes;
  return samePlace && mark.seq === end.seq && sameBytes(mark.hash, end.hash.subarray(0, mark.hash.length));
}

/**
 * Whether a whole block stands where no cut write can have left one: at the end of what stands without
 * going on from there, or further on, written when bytes behind that end were durable.
 */
function isResumed(bytes: Uint8Array, header: SegmentHeader, progress: Progress): boolean {
  const { endBytes } = progress;
  for (let at = endBytes; at < bytes.length; at += header.sectorBytes) {
    const block = decodeBlock(bytes, at, header.sectorBytes);
    if (block.ok && (at === endBytes || block.value.syncedToBytes > endBytes)) return true;
  }
  return false;
}

function conclude(progress: Progress, row: Row, at: number): Inspection {
  const { candidates, mark, head, index } = progress;
  const candidate = candidates[at];
  const rotten = row.decision === "rot_inside" || row.decision === "rot_whole";
  const keptCount = row.decision === "rot_whole" || candidate === undefined ? at : at + 1;
  const headers = candidates.flatMap(({ reading }) => (reading.kind === "whole" ? [reading.header] : []));
  const damaged = candidates.filter(
    ({ reading }) => reading.kind === "whole" && reading.damagedCopyCount > 0,
  );
  return {
    recovered: {
      verdict: rotten ? "rot" : verdictOf(row),
      parent: head,
      continuity: rotten || progress.lost ? "lost" : "kept",
      details: {
        row: row.label,
        path: candidate?.path ?? null,
        endBytes: progress.endBytes,
        damagedHeaderPaths: damaged.map(({ path }) => path),
        quarantinedPaths: [],
      },
    },
    index,
    epochs: new Set(candidates.map(({ epoch }) => epoch)),
    nextSegmentNumber: keptCount + 1,
    markCounter: Math.max(mark?.counter ?? 0, ...headers.map(({ markCounter }) => markCounter)),
    lastPath: candidates[keptCount - 1]?.path ?? null,
    copyPath: row.decision === "rot_inside" ? (candidate?.path ?? null) : null,
    movePaths: candidates.slice(keptCount).map(({ path }) => path),
  };
}

function verdictOf(row: Row): "new" | "clean" | "torn" {
  const { decision } = row;
  assert(
    decision === "new" || decision === "clean" || decision === "torn",
    "inspect: The row must end a journal",
  );
  return decision;
}

/**
 * Says in the commit mark that more had been durable than is about to be left, so that a start which
 * is cut before it wrote down what it found leaves the finding to the next one. Gives the highest
 * counter of any mark.
 */
export async function keepEvidence(disk: Disk, inspection: Inspection): Promise<number> {
  const { movePaths, markCounter, nextSegmentNumber, recovered } = inspection;
  const claim = parseSegmentName(movePaths[0]?.slice(JOURNAL_DIRECTORY.length + 1) ?? "");
  // Where nothing is left, the quarantine itself is the evidence.
  if (claim === null || inspection.lastPath === null) return markCounter;
  await leaveMark(disk, {
    counter: markCounter + 1,
    epoch: claim.epoch,
    segmentNumber: nextSegmentNumber,
    endBytes: 0,
    seq: (recovered.parent?.seq ?? 0) + 1,
    hash: CHAIN_START,
  });
  return markCounter + 1;
}

/** Puts broken segments aside and makes what was read durable: a process that was killed may have left it in memory only. Gives where they were put. */
export async function settle(disk: Disk, inspection: Inspection): Promise<readonly string[]> {
  const quarantined: string[] = [];
  if (inspection.copyPath !== null) {
    try {
      quarantined.push(await copyToQuarantine(disk, inspection.copyPath));
    } catch (cause) {
      // The original stays and is never written again, so a full disk costs only the second copy.
      if (!(cause instanceof DiskFault) || cause.code !== "disk/full") throw cause;
    }
  }
  // Last to first: a power cut in between leaves the same finding, with fewer files.
  for (const path of inspection.movePaths.toReversed()) quarantined.push(await moveToQuarantine(disk, path));
  if (inspection.lastPath !== null) {
    const file = await disk.open(inspection.lastPath, "existing");
    await file.sync();
    await file.close();
  }
  return quarantined;
}
