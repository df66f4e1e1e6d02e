/**
 * The hand that breaks things. Every timed fault of a world has a stream of its own and strikes on its
 * own schedule; faults of single calls and messages are set once as probabilities of the ports.
 */
import type { Stage, Till } from "./cast.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { FAULT_KINDS, faultRow } from "./fault-kinds.ts";
import { expectedSeconds } from "./options.ts";
import { Stream } from "./random.ts";
import { HEADER_READ_BYTES, parseSegmentName, readHeader } from "../../../runtime/store/segment.ts";
import type { DamagedPlace } from "./journal-memory.ts";
import { Life } from "./scheduler.ts";
import { GOOD_CONDITION } from "../printer/status.ts";
import type { SimFs } from "./sim-fs.ts";

const OFF_US_MIN = 100_000;
const OFF_US_MAX = 30_000_000;
/** Spells of one kind that still may have their full length. */
const SPELLS_COUNT = 4;
const IMAGES_KEPT_COUNT = 4;
const TEN_YEARS_MS = 315_576_000_000;

export class Injector {
  readonly #world: Stage;
  #life = new Life();
  readonly #images = new Map<Till, SimFs[]>();
  readonly #backups: number[] = [];
  readonly #expectedUs: number;

  constructor(world: Stage) {
    this.#world = world;
    this.#expectedUs = expectedSeconds(world.options) * 1e6;
  }

  start(): void {
    const { rates, seed } = this.#world.options;
    for (const kind of FAULT_KINDS) {
      const rate = rates[kind];
      if (rate === undefined) continue;
      if (faultRow(kind).rate === "each") this.#set(kind, rate);
      else this.#schedule(kind, rate, new Stream(seed, `fault/${kind}`));
    }
    const chance = new Stream(seed, "fault/copies");
    if (rates.restored_image !== undefined) this.#every(6, chance, () => this.#takeImage(chance));
    if (rates.hq_restored !== undefined) this.#every(8, chance, () => this.backUp());
  }

  /** All faults end; what is broken is mended, what is off is switched on. */
  heal(): void {
    this.#life.end();
    this.#life = new Life();
    const { busTrouble, bus, medium, tills } = this.#world;
    Object.assign(busTrouble, { lost: 0, twice: 0, late: 0, poison: 0, isCapped: false });
    medium.slowness = 1;
    medium.failure = 0;
    bus.heal();
    for (const till of tills) {
      Object.assign(till.trouble, {
        readFault: 0,
        writeFault: 0,
        syncFault: 0,
        isReadOnly: false,
        slowness: 1,
      });
      till.fs.limitBytes = Infinity;
      till.printer.heal();
      // What found its disk failed or full needs a start to go on, and so does what has rot below it,
      // whether it has read it yet or not: an uplink that meets it cannot go on.
      const isWell = till.terminal?.loop.health === "ok" && till.terminal.status().link === "sending";
      if (!isWell || till.memory.isRobbed) till.kill();
      till.switchOn();
    }
  }

  /** A backup of headquarters as it is now. */
  backUp(): void {
    this.#backups.push(this.#world.medium.commitCount);
  }

  #set(kind: FaultKind, probability: number): void {
    const { busTrouble, tills, medium } = this.#world;
    if (kind === "hq_store_fails") medium.failure = probability;
    if (kind === "message_lost") busTrouble.lost = probability;
    if (kind === "message_twice") busTrouble.twice = probability;
    if (kind === "message_late") busTrouble.late = probability;
    if (kind === "poison") busTrouble.poison = probability;
    for (const { trouble } of tills) {
      if (kind === "disk_io") {
        trouble.readFault = probability;
        trouble.writeFault = probability;
      }
      if (kind === "sync_failed") trouble.syncFault = probability;
    }
  }

  #schedule(kind: FaultKind, strikeCount: number, stream: Stream): void {
    this.#every(strikeCount, stream, () => {
      this.strike(kind, stream, stream.pick(this.#world.tills));
    });
  }

  #every(strikeCount: number, stream: Stream, run: () => void): void {
    const life = this.#life;
    this.#world.scheduler.after(stream.wait(Math.round(this.#expectedUs / strikeCount)), life, () => {
      run();
      this.#every(strikeCount, stream, run);
    });
  }

  #spell(stream: Stream, kind: FaultKind, begin: () => void, end: () => void): void {
    begin();
    this.#world.scheduler.after(this.#spellUs(stream, kind), this.#life, end);
  }

  /** From a fiftieth to a fifth of the expected time, less where a fault comes often. */
  #spellUs(stream: Stream, kind: FaultKind): number {
    const share = Math.min(1, SPELLS_COUNT / (this.#world.options.rates[kind] ?? 1));
    const [least, most] = [(share * this.#expectedUs) / 50, (share * this.#expectedUs) / 5];
    return stream.between(Math.ceil(least), Math.ceil(most));
  }
  #offUs(stream: Stream): number {
    const most = Math.min(OFF_US_MAX, Math.max(OFF_US_MIN, Math.ceil(this.#expectedUs / 40)));
    return stream.between(OFF_US_MIN, most);
  }

  /** One stroke of a timed fault, at `till` where it is about one. */
  strike(kind: FaultKind, stream: Stream, till: Till): void {
    this.#world.count(kind);
    this.#world.note(till.name, `fault ${kind}`);
    switch (kind) {
      case "power_cut":
        this.#powerCut(till, stream);
        break;
      case "kill":
        till.kill();
        this.#on(till, stream);
        break;
      case "disk_full":
        this.#diskFull(till, stream);
        break;
      case "read_only":
        this.#spell(
          stream,
          kind,
          () => (till.trouble.isReadOnly = true),
          () => (till.trouble.isReadOnly = false),
        );
        break;
      case "disk_slow":
        this.#spell(
          stream,
          kind,
          () => (till.trouble.slowness = 10),
          () => (till.trouble.slowness = 1),
        );
        break;
      case "rot":
        this.#rot(till, stream);
        break;
      case "rot_alive":
        this.#rotAlive(till, stream);
        break;
      case "restart":
        till.restart();
        break;
      case "restored_image":
        this.#restoreImage(till, stream);
        break;
      case "clock_jump":
        till.clockOffsetMs = jumped(till.clockOffsetMs, stream);
        break;
      default:
        this.#strikeElsewhere(kind, stream, till);
    }
  }

  #strikeElsewhere(kind: FaultKind, stream: Stream, till: Till): void {
    const { bus, busTrouble, medium, hq } = this.#world;
    switch (kind) {
      case "link_cut":
        bus.cut(till.name, "cut");
        break;
      case "partition": {
        const blocked = stream.pick(["up", "down", "both"] as const);
        this.#spell(
          stream,
          kind,
          () => bus.block(till.name, blocked),
          () => bus.block(till.name, "none"),
        );
        break;
      }
      case "takeover":
        bus.takeover(till.name);
        break;
      case "queue_cap":
        this.#spell(
          stream,
          kind,
          () => (busTrouble.isCapped = true),
          () => (busTrouble.isCapped = false),
        );
        break;
      case "broker_crash":
        bus.brokerCrash();
        break;
      case "hq_crash":
        hq.crash();
        this.#hqOn(stream);
        break;
      case "hq_restored":
        this.restoreHq(stream.below(this.#backups.length + 1));
        this.#hqOn(stream);
        break;
      case "hq_slow":
        this.#spell(
          stream,
          kind,
          () => (medium.slowness = 400),
          () => (medium.slowness = 1),
        );
        break;
      default:
        this.#strikePrinter(kind, stream, till);
    }
  }

  #strikePrinter(kind: FaultKind, stream: Stream, till: Till): void {
    switch (kind) {
      case "printer_stops":
        till.printer.stopAfter(stream.below(2000));
        this.#spell(
          stream,
          kind,
          () => {},
          () => till.printer.heal(),
        );
        break;
      case "printer_lies":
        this.#spell(
          stream,
          kind,
          () => (till.printer.isLying = true),
          () => (till.printer.isLying = false),
        );
        break;
      case "paper_out":
        this.#spell(
          stream,
          kind,
          () => (till.printer.condition = { ...GOOD_CONDITION, paper: "out" }),
          () => till.printer.heal(),
        );
        break;
      default:
        break;
    }
  }

  // At any moment, or at a call of the disk soon: starts are short, and much happens in them.
  #powerCut(till: Till, stream: Stream): void {
    const cut = (): void => {
      till.cutPower(stream.pick(this.#world.options.crashModes));
      this.#on(till, stream);
    };
    if (stream.chance(0.5)) {
      cut();
      return;
    }
    const life = this.#life;
    const cutIndex = till.diskCallCount + stream.between(1, 120);
    till.onDiskCall = (_kind, callIndex) => {
      if (callIndex < cutIndex || !life.isAlive) return false;
      till.onDiskCall = () => false;
      cut();
      return true;
    };
  }

  #on(till: Till, stream: Stream): void {
    this.#world.scheduler.after(this.#offUs(stream), this.#life, () => till.switchOn());
  }
  #hqOn(stream: Stream): void {
    this.#world.scheduler.after(this.#offUs(stream), this.#life, () => this.#world.hq.start());
  }

  #diskFull(till: Till, stream: Stream): void {
    const { fs } = till;
    const roomBytes = stream.pick([0, 100, 5000, 50_000, 300_000]);
    this.#spell(
      stream,
      "disk_full",
      () => (fs.limitBytes = fs.usedBytes + stream.below(roomBytes + 1)),
      () => (fs.limitBytes = Infinity),
    );
  }

  /** Headquarters as it was at that backup, counted from the oldest; its other backups stay what they are. */
  restoreHq(backupIndex: number): void {
    const { hq, medium } = this.#world;
    const commitCount = Math.min(this.#backups[backupIndex] ?? 0, medium.commitCount);
    hq.crash();
    hq.restore(commitCount);
    this.#world.restoreCount += 1;
    this.#world.count("hq_put_back");
    for (const [index, count] of this.#backups.entries()) this.#backups[index] = Math.min(count, commitCount);
  }

  #takeImage(stream: Stream): void {
    const till = stream.pick(this.#world.tills);
    const images = this.#images.get(till) ?? [];
    images.push(till.fs.image());
    if (images.length > IMAGES_KEPT_COUNT) images.splice(stream.below(images.length), 1);
    this.#images.set(till, images);
  }

  #restoreImage(till: Till, stream: Stream): void {
    const images = this.#images.get(till) ?? [];
    if (images.length === 0) return;
    this.restoreImage(till, stream.pick(images));
    this.#on(till, stream);
  }

  /** The power goes, and the disk is that image when it comes back. */
  restoreImage(till: Till, image: SimFs): void {
    till.cutPower("keep");
    till.rob();
    till.memory.damaged(null);
    till.fs.restore(image);
    this.#world.count("image_restored");
  }

  // Seen by whoever reads next: the uplink, or the start that follows.
  #rotAlive(till: Till, stream: Stream): void {
    const paths = till.fs.paths().filter(isJournal);
    if (paths.length === 0) return;
    till.memory.rob(till.ackedSeq);
    const path = stream.pick(paths);
    const offset = stream.below(Math.max(1, till.fs.inode(path).sizeBytes));
    till.fs.flip(path, offset, 1 << stream.below(8));
    till.memory.damaged(placesOf(till.fs, path, [offset]));
  }

  #rot(till: Till, stream: Stream): void {
    const paths = till.fs.paths().filter(isJournal);
    if (paths.length === 0) return;
    till.cutPower(stream.pick(this.#world.options.crashModes));
    const here = paths.filter((path) => till.fs.has(path));
    if (here.length > 0) {
      till.rob();
      till.memory.damaged(damage(till.fs, here, stream));
    }
    this.#on(till, stream);
  }
}

function isJournal(path: string): boolean {
  return path.startsWith("journal/seg-") || path.startsWith("mark");
}

function damage(fs: SimFs, paths: readonly string[], stream: Stream): readonly DamagedPlace[] | null {
  const path = stream.pick(paths);
  const kind = stream.below(8);
  if (kind === 0) {
    fs.lose(path);
    return placesOf(fs, path, ["lost"]);
  }
  if (kind === 1) {
    const other = stream.pick(paths);
    fs.swap(path, other);
    return path === other ? [] : [...placesOf(fs, path, ["swapped"]), ...placesOf(fs, other, ["swapped"])];
  }
  const { sizeBytes } = fs.inode(path);
  const span = stream.chance(0.5) ? sizeBytes : Math.min(sizeBytes, 8192);
  // Each byte once: a second flip may mend it.
  const count = stream.pick([1, 1, 2, 8]);
  const offsets = new Set(Array.from({ length: count }, () => stream.below(Math.max(1, span))));
  for (const offset of offsets) fs.flip(path, offset, 1 << stream.below(8));
  return placesOf(fs, path, [...offsets]);
}

/**
 * Where that is in the journal; nowhere for the mark, which only adds knowledge. A header stands twice:
 * it is hit when neither copy can be read, whenever and by whatever the other one was lost.
 */
export function placesOf(
  fs: SimFs,
  path: string,
  offsets: readonly DamagedPlace["offset"][],
): readonly DamagedPlace[] {
  const claim = parseSegmentName(path.slice(path.lastIndexOf("/") + 1));
  if (claim === null) return [];
  const segment = `${claim.epoch}/${claim.segmentNumber}`;
  const places = offsets.map((offset) => ({ segment, offset }));
  const isHeaderHit = offsets.some((offset) => typeof offset === "number" && offset < HEADER_READ_BYTES);
  if (!isHeaderHit || readHeader(fs.read(fs.inode(path), 0, HEADER_READ_BYTES)).kind === "whole")
    return places;
  return [...places, { segment, offset: "headless" }];
}

function jumped(offsetMs: number, stream: Stream): number {
  const kind = stream.below(4);
  if (kind === 0) return 0;
  const spanMs = kind === 1 ? 5000 : kind === 2 ? 3_600_000 : TEN_YEARS_MS;
  return offsetMs + (stream.chance(0.5) ? spanMs : -spanMs);
}
