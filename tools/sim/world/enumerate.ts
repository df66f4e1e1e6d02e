/**
 * Every canonical sale, crashed at every call of its disk in every way that a disk can crash: a dry
 * run counts the calls, then each is a power cut of its own. After each the terminal starts again, the
 * person taps on, headquarters takes everything in, and all laws are held to.
 */
import { optionsOf } from "./options.ts";
import type { WorldOptions } from "./options.ts";
import { runWorld } from "./run.ts";
import { Life } from "./scheduler.ts";
import type { Script } from "./scripts.ts";
import { SCRIPTS } from "./scripts.ts";
import { BOSS, OWNER } from "./shop.ts";
import type { DiskFaultCode } from "../../../runtime/disk.ts";
import { MARK_PATH } from "../../../runtime/store/mark.ts";
import { placesOf } from "./injector.ts";
import type { DamagedPlace } from "./journal-memory.ts";
import { CRASH_MODES } from "./sim-fs.ts";
import type { CrashMode, SimFs } from "./sim-fs.ts";
import type { TillActor } from "./till-actor.ts";
import type { Violation } from "./cast.ts";
import type { World, WorldResult } from "./world.ts";

/** What the enumeration of one sale came to. */
export interface Enumerated {
  readonly script: string;
  /** Calls of the disk from the first start to the last receipt. */
  readonly callCount: number;
  readonly runCount: number;
  readonly violations: readonly Violation[];
}

interface Cut {
  readonly callIndex: number;
  readonly mode: CrashMode;
  /** A second cut so many calls behind the first, in the start that follows it; 0 for none. */
  readonly againAfterCount: number;
}

/** Ways to rob a journal of several segments; each names the byte places that it takes. */
const DAMAGES: readonly (readonly [
  name: string,
  damage: (fs: SimFs, segments: readonly string[]) => Robbed,
])[] = [
  ["last_block_broken", (fs, segments) => flip(fs, segments.at(-1) ?? "", [1024 + 70])],
  ["first_segment_lost", (fs, [first = ""]) => lose(fs, first)],
  ["middle_segment_lost", (fs, [, middle = ""]) => lose(fs, middle)],
  ["last_segment_lost", (fs, segments) => lose(fs, segments.at(-1) ?? "")],
  ["middle_header_broken", (fs, [, middle = ""]) => flip(fs, middle, [100, 612])],
  ["last_header_broken", (fs, segments) => flip(fs, segments.at(-1) ?? "", [100, 612])],
  ["one_header_copy_broken", (fs, [, middle = ""]) => flip(fs, middle, [100])],
  ["first_block_broken", (fs, [first = ""]) => flip(fs, first, [1024 + 70])],
  ["middle_block_broken", (fs, [, middle = ""]) => flip(fs, middle, [1024 + 70])],
  [
    "segments_swapped",
    (fs, [first = "", middle = ""]) => {
      fs.swap(first, middle);
      return [...placesOf(fs, first, ["swapped"]), ...placesOf(fs, middle, ["swapped"])];
    },
  ],
];
type Robbed = readonly DamagedPlace[];

/** Their names, in the order in which they are played. */
export const DAMAGE_NAMES: readonly string[] = DAMAGES.map(([name]) => name);

function lose(fs: SimFs, path: string): Robbed {
  fs.lose(path);
  return placesOf(fs, path, ["lost"]);
}

function flip(fs: SimFs, path: string, offsets: readonly number[]): Robbed {
  for (const offset of offsets) fs.flip(path, offset, 4);
  return placesOf(fs, path, offsets);
}

const SECONDS_MAX = 120;
const REST_US = 50_000;

/** Enumerates the scripts; `every` leaves out all but each n-th call, for a quick look. */
export async function enumerate(
  every: number,
  onProgress: (line: string) => void = () => {},
): Promise<readonly Enumerated[]> {
  const all: Enumerated[] = [];
  for (const script of SCRIPTS) {
    const dry = await play(script, null);
    const callCount = dry.counts.get("disk_calls") ?? 0;
    const violations = [...dry.violations];
    let runCount = 1;
    for (let callIndex = 1; callIndex <= callCount; callIndex += every) {
      for (const mode of CRASH_MODES) {
        // The recovery is crashed as well, at one place for each first cut.
        for (const againAfterCount of [0, 1 + ((callIndex * 7) % 60)]) {
          const result = await play(script, { callIndex, mode, againAfterCount });
          runCount += 1;
          violations.push(
            ...result.violations.map((its) => named(its, script, callIndex, mode, againAfterCount)),
          );
        }
      }
      if (callIndex % 16 === 1)
        onProgress(`${script.name}: call ${callIndex} of ${callCount}, ${runCount} runs`);
    }
    all.push({ script: script.name, callCount, runCount, violations });
  }
  return all;
}

const CODES: readonly DiskFaultCode[] = ["disk/io", "disk/full", "disk/read_only"];

/** Every canonical sale with each call of the disk failing once, in each way in which a disk refuses. */
export async function enumerateFaults(
  every: number,
  onProgress: (line: string) => void = () => {},
): Promise<readonly Enumerated[]> {
  const all: Enumerated[] = [];
  for (const script of SCRIPTS) {
    const callCount = (await play(script, null)).counts.get("disk_calls") ?? 0;
    const violations: Violation[] = [];
    let runCount = 0;
    for (let callIndex = 1; callIndex <= callCount; callIndex += every) {
      for (const code of CODES) {
        const result = await runWorld(optionsOf(1, CALM), async (world) => {
          for (const till of world.tills) till.diskFault = (_kind, its) => (its === callIndex ? code : null);
          await playIn(world, script, null);
          return world.result();
        });
        runCount += 1;
        for (const its of result.violations)
          violations.push({ ...its, message: `${script.name} call ${callIndex} is ${code}: ${its.message}` });
      }
    }
    onProgress(`${script.name}: ${runCount} faults`);
    all.push({ script: `fault/${script.name}`, callCount, runCount, violations });
  }
  return all;
}

/**
 * A journal of several segments is robbed in each of these ways, with its mark or without, and the
 * start that finds it is crashed at each call of the disk.
 */
export async function enumerateRot(
  every: number,
  names: readonly string[] = DAMAGE_NAMES,
  onProgress: (line: string) => void = () => {},
): Promise<readonly Enumerated[]> {
  const all: Enumerated[] = [];
  for (const [name, damage] of DAMAGES.filter(([its]) => names.includes(its))) {
    const violations: Violation[] = [];
    let [runCount, callCount] = [0, 0];
    for (const hasMark of [true, false]) {
      for (let callIndex = 0; callIndex <= callCount; callIndex += every) {
        for (const mode of callIndex === 0 ? (["drop"] as const) : CRASH_MODES) {
          const result = await playRot(damage, hasMark, { callIndex, mode, againAfterCount: 0 });
          callCount = Math.max(callCount, result.counts.get("disk_calls") ?? 0);
          runCount += 1;
          const where = `${name}${hasMark ? "" : " without the mark"}, cut at call ${callIndex} (${mode})`;
          violations.push(
            ...result.violations.map((its) => ({ ...its, message: `${where}: ${its.message}` })),
          );
        }
      }
    }
    onProgress(`${name}: ${runCount} runs`);
    all.push({ script: `rot/${name}`, callCount, runCount, violations });
  }
  return all;
}

function playRot(damage: (typeof DAMAGES)[number][1], hasMark: boolean, cut: Cut): Promise<WorldResult> {
  return runWorld(optionsOf(1, CALM), async (world) => {
    const [till] = world.tills;
    const [script] = SCRIPTS;
    if (till === undefined || script === undefined) return world.result();
    world.hq.start();
    till.switchOn();
    for (let day = 1; day <= 3; day += 1) {
      await sellIn(world, {
        ...script,
        next: (order, doneCount, _restartCount, state) =>
          script.next(order, doneCount < day ? 0 : 1, 0, state),
      });
      till.cutPower("keep");
      if (day < 3) till.switchOn();
    }
    const segments = till.fs.paths().filter((path) => path.startsWith("journal/seg-"));
    till.rob();
    till.memory.damaged(damage(till.fs, segments));
    if (!hasMark) till.fs.lose(MARK_PATH);
    const before = till.diskCallCount;
    cutAt(world, till, { ...cut, callIndex: cut.callIndex === 0 ? Infinity : before + cut.callIndex });
    till.switchOn();
    await world.runFor(SECONDS_MAX, () => till.terminal !== null);
    world.counts.set("disk_calls", till.diskCallCount - before);
    for (const each of world.staff) void each.work().catch((cause: unknown) => world.bug("staff", cause));
    await world.heal();
    return world.result();
  });
}

function named(its: Violation, script: Script, callIndex: number, mode: CrashMode, again: number): Violation {
  return {
    ...its,
    message: `${script.name} cut at call ${callIndex} (${mode}, again after ${again}): ${its.message}`,
  };
}

const CALM: Partial<WorldOptions> = {
  tillCounts: [1],
  orderCount: 0,
  mix: "builtin",
  keys: "fast",
  bus: "direct",
  segmentBytes: 65_536,
  rates: {},
  hasPrinters: true,
  healSecondsMax: 300,
};

function play(script: Script, cut: Cut | null): Promise<WorldResult> {
  return runWorld(optionsOf(1, CALM), async (world) => {
    await playIn(world, script, cut);
    return world.result();
  });
}

async function playIn(world: World, script: Script, cut: Cut | null): Promise<void> {
  const [till] = world.tills;
  const [staff] = world.staff;
  if (till === undefined || staff === undefined) return;
  staff.reloadChance = 0;
  staff.twinChance = 0;
  if (cut !== null) cutAt(world, till, cut);
  world.hq.start();
  till.switchOn();
  await sellIn(world, script);
  for (const each of world.staff) void each.work().catch((cause: unknown) => world.bug("staff", cause));
  await world.heal();
}

function cutAt(world: World, till: TillActor, cut: Cut): void {
  till.onDiskCall = (_kind, callIndex) => {
    const isSecond = cut.againAfterCount > 0 && callIndex === cut.callIndex + cut.againAfterCount;
    if (callIndex !== cut.callIndex && !isSecond) return false;
    till.cutPower(cut.mode);
    world.count("power_cut");
    world.scheduler.after(REST_US, new Life(), () => till.switchOn());
    return true;
  };
}

async function sellIn(world: World, script: Script): Promise<void> {
  let isDone = false;
  const sale = sell(world, script).then(() => {
    isDone = true;
    world.counts.set("disk_calls", world.tills[0]?.diskCallCount ?? 0);
  });
  sale.catch((cause: unknown) => world.bug("script", cause));
  await world.runFor(SECONDS_MAX, () => isDone);
  if (!isDone) world.violate("answers_in_time", "script", `${script.name} does not come to its end`);
}

const OF_THE_OWNER: ReadonlySet<string> = new Set(["refund", "open_shift", "count_drawer", "close_shift"]);

async function sell(world: World, script: Script): Promise<void> {
  const [till] = world.tills;
  const [staff] = world.staff;
  if (till === undefined || staff === undefined) return;
  let restartCount = 0;
  for (;;) {
    while (till.terminal === null) await world.scheduler.sleep(REST_US, new Life());
    if (till.terminal.loop.health === "failed") {
      till.kill();
      till.switchOn();
      continue;
    }
    const step = script.next(staff.order, staff.seen.size, restartCount, till.terminal.loop.state);
    if (step === "done") return;
    if (step === "restart") {
      restartCount += 1;
      till.kill();
      till.switchOn();
      continue;
    }
    await staff.tap(step, OF_THE_OWNER.has(step.type) ? OWNER : BOSS);
    await world.scheduler.sleep(REST_US, new Life());
  }
}
