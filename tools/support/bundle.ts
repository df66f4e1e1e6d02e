/**
 * A support bundle: one file that shows what happened on a terminal and nobody's name.
 *
 *     manifest.json   format, what it is of, the SHA-256 of every other file, what its hashes mean
 *     journal.jsonl   a line a commit block: its place, the original chain's hashes, redacted records
 *     expected.json   what the original journal comes to (summary.ts); the redacted one must come to the same
 *     config.json, log-N.jsonl, versions.json, doctor.json, ...   where they were given
 *
 * B1 A redacted record has another hash than the one that was recorded. The hashes in a line are those of
 *    the originals: they name the history that headquarters acknowledged and chain from line to line, and
 *    nobody can check them against these records. The chain of the originals was checked where they are.
 * B2 A closing's view hash is made anew where names are in the view and the original was right; one that
 *    was wrong stays wrong.
 * B3 Nothing is written before the redacted journal was replayed and came to the same.
 */
import { createHash } from "node:crypto";
import { assert } from "../../core/bug.ts";
import { isEpoch, isTerminalId } from "../../core/ids.ts";
import type { Epoch, TerminalId } from "../../core/ids.ts";
import type { Disk } from "../../runtime/disk.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import { viewHashOf } from "../proof/replay/check.ts";
import { JournalFold, replayJournal } from "../proof/replay/journal.ts";
import type { Replay, Replayed, Step } from "../proof/replay/journal.ts";
import { archiveOf, filesIn } from "./archive.ts";
import type { ArchivedFile } from "./archive.ts";
import { SupportFault } from "./fault.ts";
import type { Redactor } from "./redact.ts";
import { differencesOf, summaryOf } from "./summary.ts";
import type { JournalSummary } from "./summary.ts";

/** What a manifest of this format begins with. */
const FORMAT = "tillwright-support/1";
const CHAIN_WORDS =
  "Records are redacted, so their own hashes are others. previousHash and hash are those of the original blocks, whose chain was whole up to the opening named in expected.json.";

/** A commit block as the bundle holds it: a record, or the code for which it could not be read. */
interface BundledBlock {
  readonly epoch: Epoch;
  readonly firstSeq: number;
  /** Of the originals, hex (B1). */
  readonly previousHash: string;
  readonly hash: string;
  readonly records: readonly (Uint8Array | string)[];
}

/** A bundle as it was read. */
export interface Bundle {
  readonly terminal: TerminalId;
  readonly opening: Replayed["recovered"];
  readonly blocks: readonly BundledBlock[];
  readonly expected: JournalSummary;
  /** Every file, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The bytes of the bundle of the journal on `disk`, with `others` beside it. Throws support/not_redactable and the replay's faults. */
export async function makeBundle(
  disk: Disk,
  redactor: Redactor,
  others: readonly ArchivedFile[],
  madeAt: string,
): Promise<{ readonly bytes: Uint8Array; readonly expected: JournalSummary }> {
  // One reading for both, for the terminal may be writing on.
  const { end, expected, records } = await redacted(disk, redactor);
  const blocks = await blocksOf(disk, end, records);
  const { terminal, recovered } = end;
  const bundle: Omit<Bundle, "files" | "expected"> = { terminal, opening: recovered, blocks };
  const differences = differencesOf(expected, await summaryOf(replayOfBundle(bundle)));
  // B3
  if (differences.length > 0)
    throw new SupportFault("support/not_redactable", `it would differ in ${differences.join(", ")}`);
  const files = [
    { path: "journal.jsonl", bytes: utf8(blocks.map(lineOf).join("")) },
    { path: "expected.json", bytes: utf8(`${JSON.stringify(expected, null, 2)}\n`) },
    ...others,
  ];
  const manifest = {
    format: FORMAT,
    madeAt,
    terminal,
    opening: recovered,
    chain: CHAIN_WORDS,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: digestOf(bytes) })),
  };
  const first = { path: "manifest.json", bytes: utf8(`${JSON.stringify(manifest, null, 2)}\n`) };
  return { bytes: archiveOf([first, ...files]), expected };
}

/** Every record redacted, with what the originals come to. */
async function redacted(
  disk: Disk,
  redactor: Redactor,
): Promise<{
  readonly end: Replayed;
  readonly expected: JournalSummary;
  readonly records: readonly (Uint8Array | string)[];
}> {
  const records: (Uint8Array | string)[] = [];
  const ends: Replayed[] = [];
  let fold: JournalFold | null = null;
  const take = (step: Step, state: Replayed["state"]): void => {
    fold ??= new JournalFold(state.terminal);
    const record = redactedStep(step, redactor);
    const after = fold.take(step.epoch, step.seq, record);
    const view = isViewRight(step, state) ? viewOf(after, fold.state) : null;
    if (step.recorded?.event.type === "check_closed" && view !== null) {
      // B2
      redactor.replaceView(step.recorded.event.viewHash, view);
      records.push(redactor.record(step.recorded));
    } else records.push(record);
  };
  const expected = await summaryOf(async (onStep = () => {}) => {
    const end = await replayJournal(disk, (step, state) => {
      take(step, state);
      onStep(step, state);
    });
    ends.push(end);
    return end;
  });
  const [end] = ends;
  assert(end !== undefined, "support: A summary replays");
  return { end, expected, records };
}

async function blocksOf(
  disk: Disk,
  { terminal, blockCount }: Replayed,
  redactedRecords: readonly (Uint8Array | string)[],
): Promise<readonly BundledBlock[]> {
  const blocks: BundledBlock[] = [];
  let index = 0;
  await inspectJournal(disk, terminal, ({ epoch, firstSeq, recordCount, previousHash, hash }) => {
    // What was written since is of the next bundle.
    if (blocks.length === blockCount) return;
    if (!isEpoch(epoch)) throw new SupportFault("support/not_redactable", `epoch ${epoch}`);
    const records = redactedRecords.slice(index, index + recordCount);
    index += recordCount;
    blocks.push({ epoch, firstSeq, previousHash: hexOf(previousHash), hash: hexOf(hash), records });
  });
  return blocks;
}

function redactedStep({ recorded, code }: Step, redactor: Redactor): Uint8Array | string {
  return recorded === null ? code : redactor.record(recorded);
}

/** The view hash of a closing as a journal folds it; null for everything else. */
function viewOf({ recorded }: Step, state: Replayed["state"]): Uint8Array | null {
  return recorded?.event.type === "check_closed" ? viewHashOf(recorded, recorded.event, state) : null;
}

function isViewRight(step: Step, state: Replayed["state"]): boolean {
  const view = viewOf(step, state);
  const stated = step.recorded?.event.type === "check_closed" ? step.recorded.event.viewHash : null;
  return view !== null && stated !== null && hexOf(view) === hexOf(stated);
}

/** Replays a bundle as replayJournal replays a folder. */
export function replayOfBundle(bundle: Pick<Bundle, "terminal" | "opening" | "blocks">): Replay {
  return (onStep = () => {}) => {
    const fold = new JournalFold(bundle.terminal);
    for (const { epoch, firstSeq, records } of bundle.blocks) {
      records.forEach((record, index) => onStep(fold.take(epoch, firstSeq + index, record), fold.state));
    }
    const { terminal, opening, blocks } = bundle;
    const { recordCount, state } = fold;
    return Promise.resolve({ terminal, recovered: opening, blockCount: blocks.length, recordCount, state });
  };
}

/** Reads a bundle's bytes; every file is held to the manifest. Throws support/unreadable. */
export function readBundle(bytes: Uint8Array): Bundle {
  const files = filesIn(bytes);
  const manifest = fieldsOf(jsonIn(files, "manifest.json"));
  const terminal = manifest.get("terminal");
  const listed = manifest.get("files");
  if (manifest.get("format") !== FORMAT || typeof terminal !== "string" || !isTerminalId(terminal))
    throw new SupportFault("support/unreadable", "it is of another format");
  for (const its of Array.isArray(listed) ? listed : []) {
    const file = fieldsOf(its);
    const path = String(file.get("path"));
    const held = files.get(path);
    if (held === undefined || digestOf(held) !== file.get("sha256"))
      throw new SupportFault("support/unreadable", path);
  }
  const lines = Buffer.from(files.get("journal.jsonl") ?? [])
    .toString("utf8")
    .split("\n");
  const blocks = lines.filter((line) => line !== "").map((line) => blockOf(fieldsOf(JSON.parse(line))));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by makeBundle, under the manifest's sum; only compared
  const expected = jsonIn(files, "expected.json") as JournalSummary;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  const opening = manifest.get("opening") as Bundle["opening"];
  return { terminal, opening, blocks, expected, files };
}

function lineOf({ records, ...place }: BundledBlock): string {
  const written = records.map((record) =>
    typeof record === "string" ? { unread: record } : Buffer.from(record).toString("base64"),
  );
  return `${JSON.stringify({ ...place, records: written })}\n`;
}

function blockOf(fields: ReadonlyMap<string, unknown>): BundledBlock {
  const [epoch, firstSeq, records] = [fields.get("epoch"), fields.get("firstSeq"), fields.get("records")];
  const isPlaced = typeof epoch === "string" && isEpoch(epoch) && typeof firstSeq === "number";
  if (!isPlaced || !Array.isArray(records)) throw new SupportFault("support/unreadable", "journal.jsonl");
  return {
    epoch,
    firstSeq,
    previousHash: String(fields.get("previousHash")),
    hash: String(fields.get("hash")),
    records: records.map((record: unknown) =>
      typeof record === "string"
        ? new Uint8Array(Buffer.from(record, "base64"))
        : String(fieldsOf(record).get("unread")),
    ),
  };
}

function jsonIn(files: ReadonlyMap<string, Uint8Array>, path: string): unknown {
  const bytes = files.get(path);
  if (bytes === undefined) throw new SupportFault("support/unreadable", `${path} is missing`);
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (cause) {
    throw new SupportFault("support/unreadable", path, cause);
  }
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
