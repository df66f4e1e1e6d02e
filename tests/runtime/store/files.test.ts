/** File manners under power cuts, and the spare segment. */
import { expect, test } from "vitest";
import { copyToQuarantine, isZero, replaceFile, Spare } from "../../../runtime/store/files.ts";
import { FakeDisk, type CrashMode } from "../../../tools/sim/disk-fake.ts";

const MODES: readonly CrashMode[] = ["drop", "keep", "prefix", "torn"];

test("a file that is replaced under a power cut is the old or the new, whole", async () => {
  const old = new Uint8Array(700).fill(1);
  const fresh = new Uint8Array(1300).fill(2);
  const dry = new FakeDisk();
  await replaceFile(dry, "config", old);
  const image = dry.image();
  await replaceFile(dry, "config", fresh);
  const seen = new Set<number>();
  for (let at = 1; at <= dry.changeCount; at += 1) {
    for (const mode of MODES) {
      for (let seed = 0; seed < 8; seed += 1) {
        const disk = image.image();
        disk.cutAt(at);
        await replaceFile(disk, "config", fresh).catch(() => {});
        const bytes = disk.crash(mode, seed).bytesOf("config");
        seen.add(bytes.length);
        expect(bytes).toEqual(bytes.length === 700 ? old : fresh);
      }
    }
  }
  expect(seen).toEqual(new Set([700, 1300]));
});

test("a replacement that returned is durable, also over a temporary file of an earlier cut", async () => {
  const disk = new FakeDisk();
  disk.put("config.tmp", Uint8Array.of(9));
  await replaceFile(disk, "config", Uint8Array.of(1));
  expect(disk.crash("drop").bytesOf("config")).toEqual(Uint8Array.of(1));
  expect(disk.paths()).toEqual(["config"]);
});

test("the same finding is copied into quarantine once, another one beside it", async () => {
  const disk = new FakeDisk();
  await disk.makeDirectory("journal");
  disk.put("journal/seg.jnl", Uint8Array.of(1));
  const first = await copyToQuarantine(disk, "journal/seg.jnl");
  expect(await copyToQuarantine(disk, "journal/seg.jnl")).toBe(first);
  disk.flip("journal/seg.jnl", 0, 0xff);
  expect(await copyToQuarantine(disk, "journal/seg.jnl")).not.toBe(first);
  expect(await disk.list("quarantine")).toHaveLength(2);
});

async function ready(
  disk: FakeDisk,
  segmentBytes: number,
): Promise<{ readonly spare: Spare; readonly stepCount: number }> {
  await disk.makeDirectory("journal");
  await disk.syncDirectory("");
  const spare = new Spare(disk, "spare.jnl", segmentBytes);
  let stepCount = 0;
  for (; spare.unfinished; stepCount += 1) await spare.step();
  return { spare, stepCount };
}

test("a spare is made in steps and its zeros and its name are durable when it is ready", async () => {
  const disk = new FakeDisk();
  const { spare, stepCount } = await ready(disk, 600 * 1024);
  expect(stepCount).toBe(4);
  expect(spare.readyBytes).toBe(600 * 1024);
  const bytes = disk.crash("drop").bytesOf("journal/spare.jnl");
  expect(bytes).toHaveLength(600 * 1024);
  expect(isZero(bytes)).toBe(true);
});

test("a spare is handed out once and made again after it was released", async () => {
  const { spare } = await ready(new FakeDisk(), 4096);
  const claimed = spare.claim();
  expect(claimed).toMatchObject({ path: "journal/spare.jnl", segmentBytes: 4096 });
  expect(spare.claim()).toBe(null);
  expect(spare.readyBytes).toBe(0);
  spare.release();
  expect(spare.unfinished).toBe(true);
});

test.each([
  ["whole and zero", new Uint8Array(4096), true],
  ["too short", new Uint8Array(4095), false],
  ["written to", new Uint8Array(4096).fill(1, 4095), false],
])("a spare left behind that is %s is taken over: %s", async (_, left, isTaken) => {
  const disk = new FakeDisk();
  await disk.makeDirectory("journal");
  disk.put("journal/spare.jnl", left);
  const { stepCount } = await ready(disk, 4096);
  expect(stepCount).toBe(isTaken ? 1 : 2);
  expect(disk.crash("drop").bytesOf("journal/spare.jnl")).toEqual(new Uint8Array(4096));
});

test("a spare that the disk has no room for is refused, leaves nothing behind, and may be tried again", async () => {
  const disk = new FakeDisk();
  disk.limit(4000);
  const { spare } = await ready(disk, 4096);
  expect(spare).toMatchObject({ refused: true, unfinished: false, readyBytes: 0 });
  expect(disk.paths()).toEqual([]);
  disk.limit(5000);
  spare.retry();
  expect(spare.refused).toBe(true);
  while (spare.unfinished) await spare.step();
  expect(spare).toMatchObject({ refused: false, readyBytes: 4096 });
});

test("a disk that fills up while a spare is made gives the room back", async () => {
  const disk = new FakeDisk();
  await disk.makeDirectory("journal");
  const spare = new Spare(disk, "spare.jnl", 600 * 1024);
  await spare.step();
  await spare.step();
  disk.limit(300 * 1024);
  await spare.step();
  expect(spare.refused).toBe(true);
  expect(disk.paths()).toEqual([]);
});

test.each(["disk/io", "disk/denied", "disk/read_only"] as const)(
  "a spare that meets %s throws it on",
  async (code) => {
    const disk = new FakeDisk();
    await disk.makeDirectory("journal");
    const spare = new Spare(disk, "spare.jnl", 4096);
    await spare.step();
    disk.failAt(disk.callCount + 1, code);
    await expect(spare.step()).rejects.toMatchObject({ name: "DiskFault", code });
    expect(spare.refused).toBe(false);
  },
);
