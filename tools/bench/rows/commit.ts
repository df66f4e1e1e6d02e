/**
 * B4: one durable commit of a tap's record, against a bare write and fdatasync of as many bytes into a
 * preallocated file on the same disk.
 */
import { closeSync, fdatasync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openNodeDisk } from "../../../runtime/adapters/node-disk.ts";
import { openJournal } from "../../../runtime/store/journal.ts";
import { median } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { EPOCH, TERMINAL } from "../sale/shop.ts";

const COMMITS_COUNT = 400;
const WARM_UP_COUNT = 50;
const RECORD_BYTES = 120;
const BLOCK_BYTES = 512;
const FILE_BYTES = 4 * 1024 * 1024;

const sync = promisify(fdatasync);

/** The row: the middle latency on the wall, both sides in turn on the same disk. */
export async function benchCommit(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  const file = openSync(join(folder, "floor"), "w");
  try {
    writeSync(file, new Uint8Array(FILE_BYTES));
    fsyncSync(file);
    const { journal } = await openJournal({
      disk: await openNodeDisk(join(folder, "till")),
      terminal: TERMINAL,
      epoch: EPOCH,
      checkpoint: () => [],
    });
    const record = new Uint8Array(RECORD_BYTES).fill(7);
    const block = new Uint8Array(BLOCK_BYTES).fill(7);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let index = 0; index < WARM_UP_COUNT + COMMITS_COUNT; index += 1) {
      const commitMs = await msOf(async () => {
        journal.append([record]);
        await journal.commit();
      });
      // What the journal does after it has answered is not the floor's to wait for.
      await new Promise((resolve) => setTimeout(resolve, 1));
      const floorMs = await msOf(async () => {
        writeSync(file, block, 0, BLOCK_BYTES, index * BLOCK_BYTES);
        await sync(file);
      });
      if (index < WARM_UP_COUNT) continue;
      ours.push(commitMs);
      floor.push(floorMs);
    }
    await journal.close();
    return [
      rowOf({
        id: "B4",
        what: "middle latency of one commit",
        ours: median(ours),
        peer: median(floor),
        peerName: "bare write + fdatasync into a preallocated file",
        ratio: median(ours) / median(floor),
        judged: "ratio",
        better: "less",
        reach: 1.25,
        dream: 1.05,
        unit: "ms",
        note: `p99 ${at99(ours).toFixed(2)} ms, the floor's ${at99(floor).toFixed(2)} ms`,
      }),
    ];
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function msOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function at99(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}
