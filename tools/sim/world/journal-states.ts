/**
 * Crash states of a journal, as many as one likes: a random history of appends on a small journal is
 * stopped at a random call of its disk, and that moment is crashed in many ways. Each outcome is
 * recovered and must be a prefix of what was appended that holds everything that was durable.
 */
import { epochId } from "../../../core/ids.ts";
import type { Disk, DiskFile } from "../../../runtime/disk.ts";
import { inspectJournal } from "../../../runtime/store/inspect.ts";
import { openJournal } from "../../../runtime/store/journal.ts";
import type { Journal } from "../../../runtime/store/journal.ts";
import { MARK_PATH } from "../../../runtime/store/mark.ts";
import { instantDisk } from "./instant-disk.ts";
import { Stream } from "./random.ts";
import { CRASH_MODES, SimFs } from "./sim-fs.ts";

/** What came out of a run. */
export interface StatesResult {
  readonly stateCount: number;
  readonly historyCount: number;
  /** Outcomes by the recovery's verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
  readonly statesPerSecond: number;
}

const TERMINAL = "till-1";
const STATES_PER_HISTORY = 96;
const SEGMENT_BYTES = 8192;
const LIVES_COUNT_MAX = 4;
/** An append of this size needs no more room than this, a checkpoint included. */
const APPEND_BYTES_MAX = 4096;

interface History {
  readonly fs: SimFs;
  /** Hashes of all blocks whose sync returned, in order. */
  readonly durable: readonly string[];
}

/** Makes and checks `stateCount` states from `seed`. `nowMs` is a clock for the rate. */
export async function journalStates(
  seed: number,
  stateCount: number,
  nowMs: () => number,
  onProgress: (done: number) => void = () => {},
): Promise<StatesResult> {
  const startMs = nowMs();
  const verdicts: Record<string, number> = {};
  const violations: string[] = [];
  let [madeCount, historyCount] = [0, 0];
  while (madeCount < stateCount && violations.length < 20) {
    const stream = new Stream(seed + historyCount, "journal");
    historyCount += 1;
    const history = await makeHistory(stream);
    // A moment at which nothing is pending has one outcome only.
    const statesCount = history.fs.pendingBeside(MARK_PATH) === 0 ? 1 : STATES_PER_HISTORY;
    for (let state = 0; state < statesCount && madeCount < stateCount; state += 1) {
      const mode = stream.pick(CRASH_MODES);
      const fs = history.fs.fork();
      fs.crash(mode, stream);
      const [verdict, wrong] = await check(fs, history);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      if (wrong !== null)
        violations.push(`history ${seed + historyCount - 1} state ${state} (${mode}): ${wrong}`);
      madeCount += 1;
    }
    if (historyCount % 100 === 0) onProgress(madeCount);
  }
  const seconds = Math.max((nowMs() - startMs) / 1000, 1e-3);
  return {
    stateCount: madeCount,
    historyCount,
    verdicts,
    violations,
    statesPerSecond: Math.round(madeCount / seconds),
  };
}

/** A few lives of a journal, each stopped in the middle of something and crashed but the last, which is only stopped. */
async function makeHistory(stream: Stream): Promise<History> {
  const fs = new SimFs();
  let durable: string[] = [];
  for (let lives = stream.between(1, LIVES_COUNT_MAX); lives > 0; lives -= 1) {
    const gate = new Gate(stream.between(6, 90));
    const note = (hash: Uint8Array): void => void durable.push(hex(hash));
    await Promise.race([live(gated(instantDisk(fs), gate), stream, note), gate.closed]);
    // What was answered may still be on its way to whoever asked.
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    if (lives === 1) break;
    fs.crash(stream.pick(CRASH_MODES), stream);
    durable = await hashesIn(fs);
  }
  return { fs, durable };
}

async function hashesIn(fs: SimFs): Promise<string[]> {
  const hashes: string[] = [];
  await inspectJournal(instantDisk(fs, "views"), TERMINAL, (block) => hashes.push(hex(block.hash)));
  return hashes;
}

async function live(disk: Disk, stream: Stream, onDurable: (hash: Uint8Array) => void): Promise<void> {
  const opened: { journal: Journal | null } = { journal: null };
  const { journal } = await openJournal({
    disk,
    terminal: TERMINAL,
    epoch: epochId(hex(stream.bytes(8))),
    checkpoint: () => [[stream.bytes(40)]],
    onDurable: () => {
      const durable = opened.journal?.durable ?? null;
      if (durable !== null) onDurable(durable.hash);
    },
    segmentBytes: SEGMENT_BYTES,
  });
  opened.journal = journal;
  for (let count = stream.between(4, 24); count > 0; count -= 1) {
    const records = Array.from({ length: stream.between(1, 3) }, () => stream.bytes(stream.between(1, 600)));
    if (journal.room().bytesLeft < APPEND_BYTES_MAX) await journal.commit();
    journal.append(records);
    if (stream.chance(0.7)) await journal.commit();
    else journal.kick();
  }
  await journal.close();
}

async function check(fs: SimFs, history: History): Promise<readonly [verdict: string, wrong: string | null]> {
  const hashes: string[] = [];
  const { recovered } = await inspectJournal(instantDisk(fs, "views"), TERMINAL, (block) =>
    hashes.push(hex(block.hash)),
  );
  const { verdict } = recovered;
  const { durable } = history;
  const durableCount = durable.length;
  // One block more than was seen to be durable may stand: it was on its way.
  if (hashes.length < durableCount)
    return [verdict, `${hashes.length} blocks of ${durableCount} durable ones (${recovered.details.row})`];
  const other = hashes.slice(0, durableCount).findIndex((hash, index) => hash !== durable[index]);
  if (other >= 0) return [verdict, `block ${other} is another one`];
  if (hashes.length > durableCount + 1)
    return [verdict, `${hashes.length} blocks, ${durableCount} were synced`];
  if (verdict === "rot" || recovered.continuity === "lost")
    return [verdict, `found ${verdict} (${recovered.details.row})`];
  return [verdict, null];
}

/** Lets so many calls of a disk through; the rest never answers. */
class Gate {
  #leftCount: number;
  #close: () => void = () => {};
  readonly closed = new Promise<void>((resolve) => {
    this.#close = resolve;
  });

  constructor(callCount: number) {
    this.#leftCount = callCount;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    this.#leftCount -= 1;
    if (this.#leftCount >= 0) return work();
    this.#close();
    return new Promise<T>(() => {});
  }
}

function gated(disk: Disk, gate: Gate): Disk {
  const file = (inner: DiskFile): DiskFile => ({
    path: inner.path,
    size: () => gate.pass(() => inner.size()),
    read: (offset, length) => gate.pass(() => inner.read(offset, length)),
    write: (offset, bytes) => gate.pass(() => inner.write(offset, bytes)),
    sync: () => gate.pass(() => inner.sync()),
    close: () => gate.pass(() => inner.close()),
  });
  return {
    list: (directory) => gate.pass(() => disk.list(directory)),
    exists: (path) => gate.pass(() => disk.exists(path)),
    freeBytes: () => gate.pass(() => disk.freeBytes()),
    makeDirectory: (directory) => gate.pass(() => disk.makeDirectory(directory)),
    rename: (source, target) => gate.pass(() => disk.rename(source, target)),
    remove: (path) => gate.pass(() => disk.remove(path)),
    syncDirectory: (directory) => gate.pass(() => disk.syncDirectory(directory)),
    open: (path, mode) => gate.pass(async () => file(await disk.open(path, mode))),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
