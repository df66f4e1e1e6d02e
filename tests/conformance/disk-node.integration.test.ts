/** The Disk port over the real file system, and the journal over it. Everything lies below a temporary folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { readMark } from "../../runtime/store/mark.ts";
import { epoch, expectPrefix, open, readAll, records } from "../runtime/store/sample-journal.ts";
import { diskConformance } from "./disk.ts";

diskConformance("node-disk", async () => {
  const root = await mkdtemp(join(tmpdir(), "disk-"));
  const dispose = (): Promise<void> => rm(root, { recursive: true });
  return { disk: await openNodeDisk(join(root, "deep", "er")), dispose };
});

test("the journal over real files keeps what was committed, over three starts and several segments", async () => {
  const root = await mkdtemp(join(tmpdir(), "journal-"));
  const disk = await openNodeDisk(root);
  for (let start = 1; start <= 3; start += 1) {
    const sizes = { segmentBytes: 16_384, firstSegmentBytes: 8192 };
    const { journal } = await open(disk, { epoch: epoch(start), ...sizes });
    for (let commit = 0; commit < 20; commit += 1) {
      journal.append(records(journal.head.seq + 1, 3, 100));
      await journal.commit();
    }
    expect(journal.durable).toMatchObject({ epoch: epoch(start), seq: start * 60 });
    await journal.close();
  }
  const reading = await readAll(disk);
  expect(reading).toMatchObject({ recovered: { verdict: "clean" }, lastSeq: 180 });
  expectPrefix(reading, records(1, 180, 100));
  expect(await readMark(disk)).toMatchObject({ epoch: epoch(3), seq: 180 });
  await rm(root, { recursive: true });
});

test("a root that cannot be made is a coded fault", async () => {
  await expect(openNodeDisk("/dev/null/root")).rejects.toMatchObject({ name: "DiskFault", code: "disk/io" });
});
