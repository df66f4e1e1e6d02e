/**
 * A terminal's journal against what headquarters holds of it, for journals that are too long to be
 * held twice: each record of the journal is kept as a short digest of its place and its bytes, and
 * headquarters' list is compared with these as it comes, in the same order. Reads only.
 */
import { hash } from "node:crypto";
import { epochId, terminalId } from "../../core/ids.ts";
import { decodeRecord, splitRecords } from "../../protocol/record.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import { heldRecordsIn } from "../replay-day/compare.ts";
import { ReplayFault } from "../replay-day/fault.ts";
import { SELL_VIEW } from "../sell/seller.ts";
import { NAMED_DIFFERENCES_COUNT_MAX } from "./limits.ts";

/** What a journal holds, in order. */
export interface Written {
  /** 48 bits of SHA-256 for each record. */
  readonly digests: readonly number[];
  /** How often each step is named; step n at index n. */
  readonly stepCounts: Uint8Array;
}

export interface YearComparison {
  readonly writtenCount: number;
  readonly heldCount: number;
  readonly missingCount: number;
  readonly doubledCount: number;
  readonly differentCount: number;
  /** The first few findings, for people. */
  readonly findings: readonly string[];
}

const DIGEST_HEX_CHARS = 12;

/** Reads the journal below `dataDir`. No terminal may run on it. `stepCount`: the steps of its plan. */
export async function readWritten(dataDir: string, terminal: string, stepCount: number): Promise<Written> {
  const digests: number[] = [];
  const stepCounts = new Uint8Array(stepCount + 1);
  await inspectJournal(await openNodeDisk(dataDir), terminal, (block) => {
    const records = splitRecords(block.recordBytes, block.recordCount);
    if (!records.ok)
      throw new ReplayFault("replay/report_failed", `block ${block.firstSeq}: ${records.code}`);
    const origin = { terminal: terminalId(terminal), epoch: epochId(block.epoch) };
    records.value.forEach((bytes, index) => {
      digests.push(digestOf(block.epoch, block.firstSeq + index, Buffer.from(bytes).toString("hex")));
      const decoded = decodeRecord(bytes, origin);
      const cause = decoded.ok ? decoded.value.cause : null;
      if (cause?.view === SELL_VIEW && cause.n <= stepCount) {
        stepCounts[cause.n] = Math.min(255, (stepCounts[cause.n] ?? 0) + 1);
      }
    });
  });
  return { digests, stepCounts };
}

/** Takes headquarters' list line by line; `done` says what came of it. */
export class HeldCheck {
  readonly #written: Written;
  readonly #findings: string[] = [];
  #heldCount = 0;
  #differentCount = 0;

  constructor(written: Written) {
    this.#written = written;
  }

  /** A line of tools/hq/records.ts. Throws replay/report_failed for a line of another shape. */
  take(line: string): void {
    for (const { epoch, seq, hex } of heldRecordsIn([line])) {
      const expected = this.#written.digests[this.#heldCount];
      this.#heldCount += 1;
      if (expected === digestOf(epoch, seq, hex)) continue;
      this.#differentCount += 1;
      this.#find(`record ${epoch}/${seq} is not what stands there in the journal`);
    }
  }

  done(): YearComparison {
    const { digests, stepCounts } = this.#written;
    const writtenCount = digests.length;
    let missingCount = Math.max(0, writtenCount - this.#heldCount);
    let doubledCount = 0;
    for (let n = 1; n < stepCounts.length; n += 1) {
      const count = stepCounts[n] ?? 0;
      if (count === 0) missingCount += 1;
      if (count > 1) doubledCount += 1;
      if (count !== 1) this.#find(`step ${n} is in ${count} records`);
    }
    return {
      writtenCount,
      heldCount: this.#heldCount,
      missingCount,
      doubledCount,
      differentCount: this.#differentCount,
      findings: this.#findings,
    };
  }

  #find(finding: string): void {
    if (this.#findings.length < NAMED_DIFFERENCES_COUNT_MAX) this.#findings.push(finding);
  }
}

function digestOf(epoch: string, seq: number, hex: string): number {
  return Number.parseInt(hash("sha256", `${epoch}/${seq} ${hex}`).slice(0, DIGEST_HEX_CHARS), 16);
}
