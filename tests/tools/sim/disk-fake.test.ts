/** The fake disk loses what it should and keeps what it must; tests of the journal rest on this. */
import { expect, test } from "vitest";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { diskConformance } from "../../conformance/disk.ts";

diskConformance("disk-fake", async () => ({ disk: new FakeDisk(), dispose: async () => {} }));

/** One durable sector of ones in "f", and over it and behind it unsynced twos. */
async function halfSynced(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const file = await disk.open("f", "create");
  await file.write(0, new Uint8Array(512).fill(1));
  await file.sync();
  await disk.syncDirectory("");
  await file.write(512, new Uint8Array(1024).fill(2));
  await file.write(0, Uint8Array.of(3));
  return disk;
}

test("a crash drops what was not synced", async () => {
  const after = (await halfSynced()).crash("drop");
  expect(after.bytesOf("f")).toEqual(new Uint8Array(512).fill(1));
});

test("a crash that keeps all keeps what was not synced", async () => {
  const after = (await halfSynced()).crash("keep");
  expect(after.bytesOf("f")).toHaveLength(1536);
  expect(after.bytesOf("f")[0]).toBe(3);
});

test("a prefix never holds a later write without the earlier", async () => {
  const disk = await halfSynced();
  const seen = new Set<string>();
  for (let seed = 0; seed < 32; seed += 1) {
    const bytes = disk.crash("prefix", seed).bytesOf("f");
    seen.add(`${bytes.length} ${bytes[0]}`);
  }
  expect([...seen].toSorted()).toEqual(["1536 1", "1536 3", "512 1"]);
});

test("a torn write lands sector by sector, with garbage among them, and spares what was synced and not rewritten", async () => {
  const disk = new FakeDisk();
  const file = await disk.open("f", "create");
  await file.write(0, new Uint8Array(512).fill(1));
  await file.sync();
  await disk.syncDirectory("");
  await file.write(512, new Uint8Array(1024).fill(2));
  const fates = new Set<string>();
  for (let seed = 0; seed < 64; seed += 1) {
    const bytes = disk.crash("torn", seed).bytesOf("f");
    expect(bytes.subarray(0, 512).every((byte) => byte === 1)).toBe(true);
    const fate = (from: number): string => {
      const sector = bytes.subarray(from, from + 512);
      if (sector.length > 0 && sector.every((byte) => byte === 2)) return "landed";
      return sector.every((byte) => byte === 0) ? "dropped" : "garbage";
    };
    fates.add(`${fate(512)} ${fate(1024)}`);
  }
  expect(fates).toHaveLength(9);
});

test("a name is durable only after its folder was synced", async () => {
  const disk = new FakeDisk();
  await disk.makeDirectory("d");
  const file = await disk.open("d/f", "create");
  await file.write(0, Uint8Array.of(1));
  await file.sync();
  expect(disk.crash("drop").paths()).toEqual([]);
  await disk.syncDirectory("d");
  expect(disk.crash("drop").paths()).toEqual([]);
  await disk.syncDirectory("");
  expect(disk.crash("drop").paths()).toEqual(["d/f"]);
});

test("a rename that was not synced may leave a name without its bytes", async () => {
  const disk = new FakeDisk();
  const file = await disk.open("tmp", "create");
  await file.write(0, Uint8Array.of(1));
  await disk.rename("tmp", "f");
  await disk.syncDirectory("");
  expect(disk.crash("drop").bytesOf("f")).toHaveLength(0);
});

test("a failed sync drops the pages, and the next one succeeds without them", async () => {
  const disk = await halfSynced();
  const file = await disk.open("f", "existing");
  disk.failAt(disk.callCount + 1, "disk/io");
  await expect(file.sync()).rejects.toMatchObject({ code: "disk/io", retry: "never" });
  await file.sync();
  expect(disk.bytesOf("f")).toEqual(new Uint8Array(512).fill(1));
});

test("a full disk takes a write up to the limit and then faults", async () => {
  const disk = new FakeDisk();
  disk.limit(10);
  const file = await disk.open("f", "create");
  await file.write(0, new Uint8Array(8));
  await expect(file.write(8, new Uint8Array(8))).rejects.toMatchObject({ code: "disk/full" });
  expect(await file.size()).toBe(10);
  expect(await disk.freeBytes()).toBe(0);
  await file.write(0, new Uint8Array(10));
});

test("after the power went every call faults", async () => {
  const disk = await halfSynced();
  disk.cutAt(disk.changeCount + 1);
  const file = await disk.open("f", "existing");
  await expect(file.sync()).rejects.toMatchObject({ code: "disk/io" });
  await expect(file.read(0, 1)).rejects.toMatchObject({ code: "disk/io" });
  expect(disk.crash("drop").bytesOf("f")).toHaveLength(512);
});

test("flipped, swapped, replaced and lost files survive a crash that drops the rest", async () => {
  const disk = await halfSynced();
  const image = disk.image();
  disk.put("g", Uint8Array.of(5));
  disk.flip("f", 1, 0xff);
  disk.swap("f", "g");
  const after = disk.crash("drop");
  expect(after.bytesOf("f")).toEqual(Uint8Array.of(5));
  expect(after.bytesOf("g")[1]).toBe(0xfe);
  disk.lose("g");
  expect(disk.paths()).toEqual(["f"]);
  expect(image.bytesOf("f")[1]).toBe(1);
});
