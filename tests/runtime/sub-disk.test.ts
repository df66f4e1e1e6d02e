/** A folder as a disk: it keeps every promise of a disk, and nothing of it leaves the folder. */
import { expect, test } from "vitest";
import { openSubDisk } from "../../runtime/sub-disk.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { diskConformance } from "../conformance/disk.ts";

diskConformance("sub-disk", async () => ({
  disk: await openSubDisk(new FakeDisk(), "inner"),
  dispose: () => Promise.resolve(),
}));

test("what is written lies below the folder, which is durable before anything is in it", async () => {
  const disk = new FakeDisk();
  const inner = await openSubDisk(disk, "inner");
  expect(await disk.crash("drop").exists("inner")).toBe(true);
  const file = await inner.open("f", "create");
  await file.write(0, Uint8Array.of(1));
  await file.sync();
  await inner.syncDirectory("");
  expect(disk.crash("drop").paths()).toEqual(["inner/f"]);
  await openSubDisk(disk, "inner");
  expect(await inner.list("")).toEqual(["f"]);
});
