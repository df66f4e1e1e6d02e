/** The journal under power cuts, kills, failing and full disks, at every operation of one scripted session. */
import { expect, test } from "vitest";
import type { Disk } from "../../runtime/disk.ts";
import { FakeDisk, type CrashMode } from "../../tools/sim/disk-fake.ts";
import { epoch, expectPrefix, open, readAll, record, records } from "./store/sample-journal.ts";

/** What the outside saw: everything that got a seq, and how much of it was said to be safe. */
interface World {
  readonly appended: Uint8Array[];
  ackedSeq: number;
  /** The fault that ended the session; null when it ran to its end. */
  fault: Error | null;
}

const CRASHES: readonly (readonly [CrashMode, number])[] = [
  ["drop", 0],
  ["keep", 0],
  ...[1, 2, 3].map((seed) => ["prefix", seed] as const),
  ...[1, 2, 3, 4, 5].map((seed) => ["torn", seed] as const),
];

/** One start: single commits, group commits, blocks of several sectors, a roll-over with a checkpoint, a restart. */
async function start(disk: Disk, world: World, startNumber: number): Promise<void> {
  const { journal } = await open(disk, {
    epoch: epoch(startNumber),
    segmentBytes: 6144,
    firstSegmentBytes: 4096,
    checkpoint: () => {
      const groups = [records(world.appended.length + 1, 2, 40), records(world.appended.length + 3, 1, 600)];
      world.appended.push(...groups.flat());
      return groups;
    },
  });
  world.appended.length = journal.head.seq;
  const append = (count: number, size: number): void => {
    journal.reserve(count * size);
    const made = records(world.appended.length + 1, count, size);
    world.appended.push(...made);
    journal.append(made);
  };
  const commit = async (): Promise<void> => {
    const seq = journal.head.seq;
    await journal.commit();
    world.ackedSeq = Math.max(world.ackedSeq, seq);
  };
  append(1, 30);
  await commit();
  append(3, 200);
  append(2, 90);
  const first = commit();
  append(1, 25);
  await Promise.all([first, commit()]);
  append(4, 300);
  await commit();
  append(1, 10);
  journal.kick();
  append(2, 400);
  append(1, 500);
  await commit();
  append(1, 33);
  await journal.close();
  world.ackedSeq = world.appended.length;
}

/** Two starts on one disk. Bugs are thrown; faults end the session. */
async function session(disk: Disk): Promise<World> {
  const world: World = { appended: [], ackedSeq: 0, fault: null };
  try {
    await start(disk, world, 1);
    await start(disk, world, 2);
  } catch (fault) {
    if (!(fault instanceof Error) || !["JournalFault", "DiskFault"].includes(fault.name)) throw fault;
    world.fault = fault;
  }
  return world;
}

/** The promise of the journal: a prefix of what was appended, all of what was acknowledged, and no false alarm. */
async function expectPromise(disk: FakeDisk, world: World, where: string): Promise<number> {
  const reading = await readAll(disk);
  if (reading.recovered.verdict === "rot" || reading.lastSeq < world.ackedSeq) {
    expect({ where, ...reading.recovered, lastSeq: reading.lastSeq }).toEqual({ ackedSeq: world.ackedSeq });
  }
  expect(reading.recovered.continuity).toBe("kept");
  expectPrefix(reading, world.appended);
  return reading.lastSeq;
}

/** What survived carries on: a new start appends behind it and a third one reads both. */
async function expectGoesOn(disk: FakeDisk, lastSeq: number): Promise<void> {
  const { journal } = await open(disk, { epoch: epoch(99) });
  expect(journal.append([record(lastSeq + 1)]).firstSeq).toBe(lastSeq + 1);
  await journal.close();
  const reading = await readAll(disk.crash("drop"));
  expect(reading).toMatchObject({
    recovered: { verdict: "clean", continuity: "kept" },
    lastSeq: lastSeq + 1,
  });
}

test("a session without a fault ends with everything durable", async () => {
  const disk = new FakeDisk();
  const world = await session(disk);
  expect(world.fault).toBe(null);
  const after = disk.crash("drop");
  expect(await expectPromise(after, world, "end")).toBe(world.appended.length);
  expect(after.paths().filter((path) => path.startsWith("journal/seg-")).length).toBeGreaterThan(3);
});

test("a power cut at any write, sync or name leaves a prefix that holds all that was acknowledged", async () => {
  const dry = new FakeDisk();
  await session(dry);
  const seen = new Set<string>();
  for (let at = 1; at <= dry.changeCount; at += 1) {
    const disk = new FakeDisk();
    disk.cutAt(at);
    const world = await session(disk);
    // The very last changes are marks, whose loss is no fault.
    expect(world.fault !== null || at > dry.changeCount - 2).toBe(true);
    for (const [mode, seed] of CRASHES) {
      const after = disk.crash(mode, seed * 1000 + at);
      const lastSeq = await expectPromise(after, world, `change ${at}, ${mode} ${seed}`);
      await expectGoesOn(after, lastSeq);
      seen.add((await readAll(disk.crash(mode, seed * 1000 + at))).recovered.verdict);
    }
  }
  expect([...seen].toSorted()).toEqual(["clean", "new", "torn"]);
});

test("a second power cut while the first is being recovered from loses nothing either", async () => {
  const dry = new FakeDisk();
  await session(dry);
  for (let at = 5; at <= dry.changeCount; at += 11) {
    const disk = new FakeDisk();
    disk.cutAt(at);
    const world = await session(disk);
    for (let second = 1; second <= 12; second += 1) {
      const after = disk.crash("torn", at);
      after.cutAt(second);
      const next: World = { appended: world.appended.slice(), ackedSeq: world.ackedSeq, fault: null };
      await start(after, next, 7).catch(() => {});
      for (const [mode, seed] of CRASHES)
        await expectPromise(after.crash(mode, seed), next, `${at}, ${second}, ${mode}`);
    }
  }
});

test("after a kill the next start makes durable what it builds upon, so a later power cut is no rot", async () => {
  const dry = new FakeDisk();
  await session(dry);
  for (let at = 1; at <= dry.changeCount; at += 1) {
    const disk = new FakeDisk();
    disk.cutAt(at);
    const world = await session(disk);
    // The process is gone, the machine is not: all pending writes are still seen.
    disk.cutAt(Infinity);
    await start(disk, world, 3);
    expect(await expectPromise(disk.crash("drop"), world, `kill at ${at}`)).toBe(world.appended.length);
  }
});

test("a disk that fails at any one call loses nothing that was acknowledged", async () => {
  const dry = new FakeDisk();
  await session(dry);
  let endedCount = 0;
  for (let at = 1; at <= dry.callCount; at += 1) {
    const disk = new FakeDisk();
    disk.failAt(at, at % 2 === 0 ? "disk/io" : "disk/read_only");
    const world = await session(disk);
    if (world.fault !== null) endedCount += 1;
    for (const mode of ["drop", "keep"] as const)
      await expectPromise(disk.crash(mode), world, `call ${at}, ${mode}`);
  }
  expect(endedCount).toBeGreaterThan(dry.callCount / 2);
});

test("a disk that is full at any byte refuses whole appends and keeps all that was acknowledged", async () => {
  const dry = new FakeDisk();
  await session(dry);
  const totalBytes = dry.paths().reduce((sum, path) => sum + dry.bytesOf(path).length, 0);
  const codes = new Set<string>();
  for (let bytes = 0; bytes <= totalBytes; bytes += 61) {
    const disk = new FakeDisk();
    disk.limit(bytes);
    const world = await session(disk);
    codes.add(world.fault === null ? "none" : world.fault.message.replace(/: .*/, ""));
    const lastSeq = await expectPromise(disk.crash("drop"), world, `limit ${bytes}`);
    disk.limit(Infinity);
    await expectGoesOn(disk, lastSeq);
  }
  expect([...codes].toSorted()).toEqual(["journal/full", "none"]);
});
