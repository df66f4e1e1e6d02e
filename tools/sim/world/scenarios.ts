/**
 * The canned nasties: worlds whose course is written down, because chance would take long to find it.
 * Each ends as every world does, healed and with its books compared.
 */
import type { WorldOptions } from "./options.ts";
import { FIRST_SEGMENT_BYTES_DEFAULT, SEGMENT_BYTES_DEFAULT } from "../../../runtime/store/limits.ts";
import { closingsIn } from "./records.ts";
import { Stream } from "./random.ts";
import { Life } from "./scheduler.ts";
import { CRASH_MODES } from "./sim-fs.ts";
import type { TillActor } from "./till-actor.ts";
import type { World } from "./world.ts";

/** A written course. `play` runs the safety phase; healing and the books follow by themselves. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  readonly plays: readonly string[];
  readonly options: Partial<WorldOptions>;
  readonly play: (world: World) => Promise<void>;
}

const DAY_SECONDS = 86_400;
const OFFLINE_SEGMENT_BYTES = SEGMENT_BYTES_DEFAULT;
const CALM: Partial<WorldOptions> = { rates: {}, keys: "fast", bus: "direct" };

/**
 * So many days without a network and with a start every morning; then everything goes up while the
 * person sells on. What a terminal keeps on disk is what it wrote, and a rest of two segments for
 * each start: more than that is a violation.
 */
export function thirtyDaysOffline(dayCount: number, ordersOfDayCount: number): Scenario {
  return {
    name: "thirty_days_offline",
    says: `${ordersOfDayCount} orders a day for ${dayCount} days without a network, then all of it at once`,
    plays: ["F19"],
    options: {
      ...CALM,
      tillCounts: [1],
      orderCount: 0,
      thinkMs: 30_000,
      linesMost: 4,
      hasPrinters: false,
      segmentBytes: OFFLINE_SEGMENT_BYTES,
      healSecondsMax: dayCount * 600,
    },
    play: async (world) => {
      const [till] = world.tills;
      if (till === undefined) return;
      world.bus.block(till.name, "both");
      for (let day = 1; day <= dayCount; day += 1) {
        await sellDay(world, ordersOfDayCount);
        if (world.staff.some((staff) => !staff.isDone))
          world.violate(
            "outbox_empty",
            till.name,
            `day ${day} without a network did not sell all its orders`,
          );
        await startAnew(world, till);
      }
      boundStorage(world, till, dayCount + 1);
      world.counts.set("virtual_days_offline", Math.round(world.scheduler.nowUs / 1e6 / DAY_SECONDS));
      world.counts.set("unsent_records", till.terminal?.status().headSeq ?? 0);
      world.bus.block(till.name, "none");
      for (const staff of world.staff) staff.sellOn(10);
      const beganUs = world.scheduler.nowUs;
      await world.runFor(dayCount * 600, () => isAllSent(till));
      world.counts.set("catch_up_seconds", Math.round((world.scheduler.nowUs - beganUs) / 1e6));
    },
  };
}

/** All of them, by name. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "hq_restored_while_three_resend",
    says: "headquarters is restored to yesterday's backup while three terminals resend and sell on",
    plays: ["F21"],
    options: {
      ...CALM,
      tillCounts: [3],
      orderCount: 0,
      thinkMs: 20_000,
      linesMost: 4,
      segmentBytes: 1_048_576,
    },
    play: async (world) => {
      await sellDay(world, 150);
      world.injector.backUp();
      const yesterdayCount = await heldCount(world);
      await sellDay(world, 150);
      for (const staff of world.staff) staff.sellOn(150);
      await world.runFor(3600);
      world.hq.crash();
      await world.runFor(3600);
      world.hq.start();
      // In the middle of their resending.
      await world.runFor(60, () => world.tills.every(isSending));
      world.counts.set("orders_put_back", (await heldCount(world)) - yesterdayCount);
      world.injector.restoreHq(0);
      await world.runFor(300);
      world.hq.start();
      await untilDone(world, DAY_SECONDS);
    },
  },
  thirtyDaysOffline(30, 300),
  {
    name: "cut_between_commit_and_ack",
    says: "the power of a terminal goes at the very moment at which headquarters has committed its batch",
    plays: ["F1", "F17"],
    options: { ...CALM, tillCounts: [2], orderCount: 40, thinkMs: 1000 },
    play: async (world) => {
      const stream = new Stream(world.options.seed, "scenario");
      world.onCommitted = (terminal) => {
        const till = world.tills.find((its) => its.name === terminal);
        if (till === undefined || stream.chance(0.8)) return;
        world.count("power_cut");
        world.scheduler.after(0, new Life(), () => {
          till.cutPower(stream.pick(CRASH_MODES));
          till.switchOn();
        });
      };
      await untilDone(world, 7200);
      world.onCommitted = () => {};
    },
  },
  {
    name: "disk_full_in_mid_sale",
    says: "the disk is full at another byte of each sale, and has room again a while later",
    plays: ["F5"],
    options: { ...CALM, tillCounts: [2], orderCount: 150, thinkMs: 1000, segmentBytes: 65_536 },
    play: async (world) => {
      const stream = new Stream(world.options.seed, "scenario");
      for (let round = 0; round < 200 && !isDone(world); round += 1) {
        for (const till of world.tills) {
          till.fs.limitBytes = till.fs.usedBytes + stream.pick([0, 0, 1, stream.below(140_000)]);
          world.count("disk_full");
          if (stream.chance(0.3)) reboot(till);
        }
        await world.runFor(stream.between(5, 60), () => isDone(world));
        for (const till of world.tills) till.fs.limitBytes = Infinity;
        await world.runFor(stream.between(1, 20), () => isDone(world));
      }
      await untilDone(world, 7200);
    },
  },
  {
    name: "restored_image_while_others_sell",
    says: "one terminal comes back from an older image of its disk while two others sell, and again",
    plays: ["F8"],
    options: { ...CALM, tillCounts: [3], orderCount: 60, thinkMs: 1000 },
    play: async (world) => {
      const stream = new Stream(world.options.seed, "scenario");
      const [till] = world.tills;
      if (till === undefined) return;
      for (let round = 0; round < 4; round += 1) {
        const image = till.fs.image();
        await world.runFor(stream.between(10, 60));
        world.injector.restoreImage(till, image);
        till.switchOn();
        await world.runFor(stream.between(5, 40));
      }
      await untilDone(world, 7200);
    },
  },
  {
    name: "clocks_jump_ten_years",
    says: "the clocks of all terminals jump by ten years, to and fro, through restarts",
    plays: ["F9"],
    options: { ...CALM, tillCounts: [3], orderCount: 30, thinkMs: 1000 },
    play: async (world) => {
      const stream = new Stream(world.options.seed, "scenario");
      while (!isDone(world)) {
        for (const till of world.tills) {
          till.clockOffsetMs += stream.pick([-1, 0, 1]) * 315_576_000_000;
          world.count("clock_jump");
          if (stream.chance(0.3)) reboot(till);
        }
        await world.runFor(10, () => isDone(world));
      }
    },
  },
  {
    name: "swizzle_clog",
    says: "connections are stopped one by one in some order and let go in another, over and over",
    plays: ["F18", "F19"],
    options: { ...CALM, tillCounts: [3, 3], orderCount: 40, thinkMs: 1000, bus: "relay" },
    play: async (world) => {
      const stream = new Stream(world.options.seed, "scenario");
      while (!isDone(world)) {
        const clogged = world.tills.filter(() => stream.chance(0.6));
        for (const till of clogged) {
          world.bus.block(till.name, stream.pick(["up", "down", "both"] as const));
          world.count("partition");
          await world.runFor(stream.between(0, 4));
        }
        const rest = [...clogged];
        while (rest.length > 0) {
          const [till] = rest.splice(stream.below(rest.length), 1);
          if (till !== undefined) world.bus.block(till.name, "none");
          await world.runFor(stream.between(0, 4));
        }
      }
    },
  },
];

/** Everybody sells so many orders, and then it is midnight. */
async function sellDay(world: World, orderCount: number): Promise<void> {
  const endUs = (Math.floor(world.scheduler.nowUs / 1e6 / DAY_SECONDS) + 1) * DAY_SECONDS * 1e6;
  for (const staff of world.staff) staff.sellOn(orderCount);
  await world.runFor((endUs - world.scheduler.nowUs) / 1e6);
}

async function startAnew(world: World, till: TillActor): Promise<void> {
  till.restart();
  await world.runFor(60, () => till.terminal === null);
  await world.runFor(60, () => till.terminal !== null);
}

function boundStorage(world: World, till: TillActor, startCount: number): void {
  const writtenBytes = till.memory.lineage.reduce((sum, block) => sum + block.blockBytes, 0);
  const boundBytes = writtenBytes + (startCount + 1) * (FIRST_SEGMENT_BYTES_DEFAULT + OFFLINE_SEGMENT_BYTES);
  world.counts.set("written_bytes", writtenBytes);
  world.counts.set("storage_bytes", till.fs.usedBytes);
  world.counts.set("storage_bound_bytes", boundBytes);
  if (till.fs.usedBytes > boundBytes)
    world.violate(
      "outbox_empty",
      till.name,
      `the disk holds ${till.fs.usedBytes} bytes, its bound is ${boundBytes}`,
    );
}

function isAllSent(till: TillActor): boolean {
  const status = till.terminal?.status();
  return status !== undefined && status.ackedSeq === status.headSeq;
}

/** Closings that headquarters holds of all terminals. */
async function heldCount(world: World): Promise<number> {
  let count = 0;
  for (const till of world.tills)
    count += (await closingsIn(world.medium.memory, { tenant: world.tenant, terminal: till.name })).size;
  return count;
}

function isSending(till: TillActor): boolean {
  return till.terminal?.status().link === "sending";
}

function isDone(world: World): boolean {
  return world.staff.every((staff) => staff.isDone);
}

async function untilDone(world: World, seconds: number): Promise<void> {
  await world.runFor(seconds, () => isDone(world));
}

function reboot(till: TillActor): void {
  till.kill();
  till.switchOn();
}
