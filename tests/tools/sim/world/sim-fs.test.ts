/** What a medium keeps in each way to crash, and what images, forks and damage do. */
import { expect, test } from "vitest";
import { Stream } from "../../../../tools/sim/world/random.ts";
import { SimFs } from "../../../../tools/sim/world/sim-fs.ts";
import type { CrashMode } from "../../../../tools/sim/world/sim-fs.ts";

const chance = (seed = 1): Stream => new Stream(seed, "test");
const sector = (value: number): Uint8Array => new Uint8Array(512).fill(value);
const content = (fs: SimFs, path: string): Uint8Array => {
  const inode = fs.inode(path);
  return fs.read(inode, 0, inode.sizeBytes);
};

/** One durable sector of ones in "f"; over it and behind it unsynced twos. */
function halfSynced(): SimFs {
  const fs = new SimFs();
  const inode = fs.create("f");
  fs.write("f", inode, 0, sector(1));
  fs.sync(inode);
  fs.syncDirectory("");
  fs.write("f", inode, 512, new Uint8Array(1024).fill(2));
  fs.write("f", inode, 0, Uint8Array.of(3));
  return fs;
}

const ROWS: readonly (readonly [mode: CrashMode, sizeBytes: number, first: number, second: number])[] = [
  ["drop", 512, 1, 0],
  ["keep", 1536, 3, 2],
  ["data_first", 1536, 3, 2],
  ["metadata_first", 1536, 1, 0],
];

test.each(ROWS)("after a crash that keeps %s the file has %i bytes", (mode, sizeBytes, first, second) => {
  const fs = halfSynced();
  fs.crash(mode, chance());
  const bytes = content(fs, "f");
  expect([bytes.length, bytes[0], bytes[512] ?? 0]).toEqual([sizeBytes, first, second]);
  expect(fs.usedBytes).toBe(sizeBytes);
});

test("a prefix never holds a later write without the earlier", () => {
  for (let seed = 0; seed < 64; seed += 1) {
    const fs = halfSynced();
    fs.crash("prefix", chance(seed));
    const bytes = content(fs, "f");
    if (bytes[0] === 3) expect(bytes).toHaveLength(1536);
  }
});

test("subset keeps any sectors, garbage makes noise of some, and both spare what was synced", () => {
  const fates = new Map<CrashMode, Set<string>>([
    ["subset", new Set()],
    ["garbage", new Set()],
  ]);
  for (const [mode, seen] of fates) {
    for (let seed = 0; seed < 200; seed += 1) {
      const fs = new SimFs();
      const inode = fs.create("f");
      fs.write("f", inode, 0, sector(1));
      fs.sync(inode);
      fs.syncDirectory("");
      fs.write("f", inode, 512, new Uint8Array(1024).fill(2));
      fs.crash(mode, chance(seed));
      const bytes = content(fs, "f");
      expect(bytes.subarray(0, 512)).toEqual(sector(1));
      seen.add([512, 1024].map((from) => fateOf(bytes.subarray(from, from + 512))).join(" "));
    }
  }
  expect(fates.get("subset")?.size).toBe(4);
  expect(fates.get("garbage")?.size).toBe(9);
});

function fateOf(bytes: Uint8Array): string {
  if (bytes.length > 0 && bytes.every((byte) => byte === 2)) return "landed";
  return bytes.every((byte) => byte === 0) ? "dropped" : "garbage";
}

test("a name is durable with its folder, and a file without a folder is not there", () => {
  const fs = new SimFs();
  fs.makeDirectory("d");
  fs.sync(fs.create("d/f"));
  fs.syncDirectory("d");
  const before = fs.fork();
  before.crash("drop", chance());
  expect(before.paths()).toEqual([]);
  fs.syncDirectory("");
  fs.crash("drop", chance());
  expect(fs.paths()).toEqual(["d/f"]);
});

test("a rename that was not synced is undone or lands whole", () => {
  for (const [mode, paths] of [
    ["drop", ["a"]],
    ["keep", ["b"]],
  ] as const) {
    const fs = new SimFs();
    fs.sync(fs.create("a"));
    fs.syncDirectory("");
    fs.rename("a", "b");
    fs.crash(mode, chance());
    expect(fs.paths()).toEqual(paths);
  }
});

test("a fork crashes without its original", () => {
  const fs = halfSynced();
  const fork = fs.fork();
  fork.crash("drop", chance());
  expect(content(fork, "f")).toHaveLength(512);
  expect(content(fs, "f")).toHaveLength(1536);
  fs.crash("keep", chance());
  expect(content(fs, "f")[0]).toBe(3);
});

test("an image is the disk as it was read, and restoring it forgets what came after", () => {
  const fs = halfSynced();
  const image = fs.image();
  fs.remove("f");
  fs.create("g");
  fs.restore(image);
  expect(fs.paths()).toEqual(["f"]);
  expect(content(fs, "f")).toHaveLength(1536);
  fs.crash("drop", chance());
  expect(content(fs, "f")[0]).toBe(3);
});

test("a failed sync leaves what was durable", () => {
  const fs = halfSynced();
  fs.dropPages(fs.inode("f"));
  expect(content(fs, "f")).toEqual(sector(1));
});

test("write-back takes the oldest of many unsynced writes", () => {
  const fs = new SimFs();
  const inode = fs.create("f");
  fs.syncDirectory("");
  for (let count = 0; count < 200; count += 1) fs.write("f", inode, count * 512, sector(1));
  fs.crash("drop", chance());
  expect(content(fs, "f")).toHaveLength((200 - 64) * 512);
});

test("a full disk takes what fits and says so; a removed file gives its room back", () => {
  const fs = new SimFs();
  fs.limitBytes = 10;
  const inode = fs.create("f");
  fs.write("f", inode, 0, new Uint8Array(8));
  expect(() => fs.write("f", inode, 8, new Uint8Array(8))).toThrow("disk/full");
  expect([fs.usedBytes, fs.freeBytes]).toEqual([10, 0]);
  fs.remove("f");
  expect(fs.freeBytes).toBe(10);
});

test("flips, swaps and losses are durable", () => {
  const fs = halfSynced();
  fs.sync(fs.inode("f"));
  const other = fs.create("g");
  fs.write("g", other, 0, Uint8Array.of(9));
  fs.sync(other);
  fs.syncDirectory("");
  fs.flip("f", 1, 0xff);
  fs.swap("f", "g");
  fs.crash("drop", chance());
  expect(content(fs, "f")).toEqual(Uint8Array.of(9));
  expect(content(fs, "g")[1]).toBe(0xfe);
  fs.lose("g");
  expect(fs.paths()).toEqual(["f"]);
});
