/**
 * A terminal in the world: the product's terminal over simulated ports, its disk and its printer, and
 * the lives and deaths it goes through. Everything that is under way dies with a life; the disk stays.
 */
import { RECEIPT_WORDS } from "../../../core/receipt/words.ts";
import type { Reply, Stage, Till } from "./cast.ts";
import type { Command } from "../../../core/command.ts";
import type { TerminalId } from "../../../core/ids.ts";
import type { Cause } from "../../../core/facts.ts";
import { wallMs } from "../../../core/time.ts";
import { SHOP_PATIENCE, createPrinter } from "../../../drivers/printer/driver.ts";
import type { PrinterOptions } from "../../../drivers/printer/driver.ts";
import type { Timers } from "../../../drivers/port/timers.ts";
import type { Reader } from "../../../drivers/reader/reader.ts";
import { PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import { sha256Text } from "../../../runtime/adapters/machine.ts";
import { inspectJournal } from "../../../runtime/store/inspect.ts";
import { readMark } from "../../../runtime/store/mark.ts";
import type { DiskFaultCode } from "../../../runtime/disk.ts";
import { openTerminal } from "../../../runtime/terminal.ts";
import type { Terminal, TerminalParts } from "../../../runtime/terminal.ts";
import { instantDisk } from "./instant-disk.ts";
import { JournalMemory } from "./journal-memory.ts";
import type { WrittenBlock } from "./journal-memory.ts";
import type { KeyPair } from "./keys.ts";
import { Stream } from "./random.ts";
import { Life } from "./scheduler.ts";
import { tillConfig } from "./shop.ts";
import { noTrouble, simDisk } from "./sim-disk.ts";
import type { DiskTrouble } from "./sim-disk.ts";
import { SimFs } from "./sim-fs.ts";
import type { CrashMode } from "./sim-fs.ts";
import { SimPrinter } from "./sim-printer.ts";

/** 2026-01-05 08:00 UTC. */
const OPENING_MS = 1_767_600_000_000;
const BOOT_US: readonly [number, number] = [50_000, 1_500_000];
const REBOOT_US = 5_000_000;
const CLOSE_US_MAX = 5_000_000;
/** How long an answer may take on a good disk. */
export const ANSWER_US_MAX = 1_000_000;

/** As runtime/adapters/devices.ts drives it, for receipts in English. */
const SHOP_PRINTER: PrinterOptions = {
  patience: SHOP_PATIENCE,
  markWords: { resumed: RECEIPT_WORDS.en.continued, reprinted: RECEIPT_WORDS.en.reprint },
};

export class TillActor implements Till {
  readonly name: TerminalId;
  readonly store: string;
  readonly fs = new SimFs();
  readonly trouble: DiskTrouble = noTrouble();
  readonly memory = new JournalMemory();
  readonly printer: SimPrinter;
  readonly keys: KeyPair;
  readonly #world: Stage;
  readonly #stream: Stream;
  readonly #rng: Stream;
  readonly #disk: Stream;
  readonly #counter = { callCount: 0 };
  #life: Life | null = null;
  #terminal: Terminal | null = null;
  readonly #mourners = new Set<() => void>();
  #seenAckedSeq = 0;
  /** How far the clock on the wall is off. */
  clockOffsetMs = 0;
  /** The card readers of one life; none unless a world brings some. */
  readersOf: (life: Life, timers: Timers) => ReadonlyMap<string, Reader> = () => new Map();
  /** Called before each call of the disk; true when it has cut the power at it. */
  onDiskCall: (kind: string, callIndex: number) => boolean = () => false;
  /** Asked before each call of the disk what it answers instead of working. */
  diskFault: (kind: string, callIndex: number) => DiskFaultCode | null = () => null;

  constructor(world: Stage, name: TerminalId, store: string, keys: KeyPair) {
    const { seed } = world.options;
    this.#world = world;
    this.name = name;
    this.store = store;
    this.keys = keys;
    this.#stream = new Stream(seed, `${name}/life`);
    this.#rng = new Stream(seed, `${name}/rng`);
    this.#disk = new Stream(seed, `${name}/disk`);
    this.printer = new SimPrinter(world.scheduler, new Stream(seed, `${name}/printer`), (paper) =>
      world.each("printed", this, paper),
    );
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }
  /** On, though perhaps not ready yet. */
  get isOn(): boolean {
    return this.#life !== null;
  }
  /** The last record that this terminal believes headquarters to hold. */
  get ackedSeq(): number {
    return this.#seenAckedSeq;
  }
  get diskCallCount(): number {
    return this.#counter.callCount;
  }
  /** The wall as this terminal sees it. */
  wallMs(): number {
    return Math.max(0, OPENING_MS + this.clockOffsetMs + Math.floor(this.#world.scheduler.nowUs / 1000));
  }

  /** Switches on after a while; does nothing when it is on. */
  switchOn(): void {
    if (this.isOn) return;
    const life = new Life();
    this.#life = life;
    const { scheduler } = this.#world;
    scheduler.after(this.#stream.between(...BOOT_US), life, () => void this.#boot(life));
  }

  /** The process dies; the page cache lives. */
  kill(): void {
    this.#die();
    this.#world.note(this.name, "kill");
  }

  /** The power goes. */
  cutPower(mode: CrashMode): void {
    this.#die();
    this.fs.crash(mode, this.#disk);
    this.#world.note(this.name, `power ${mode}`);
  }

  /** The power is off: the disk may be changed by whoever calls this. */
  rob(): void {
    this.memory.rob(this.#seenAckedSeq);
    this.memory.isSettled = true;
    this.memory.forgetFiles();
    this.#seenAckedSeq = 0;
  }

  /** Switched off in order, and on again. What hangs for long is cut off. */
  restart(): void {
    const terminal = this.#terminal;
    const life = this.#life;
    if (terminal === null || life === null) return;
    this.#terminal = null;
    const off = (): void => {
      if (!life.isAlive) return;
      this.kill();
      this.switchOn();
    };
    this.#world.scheduler.after(CLOSE_US_MAX, life, off);
    terminal.close().then(off, off);
  }

  #die(): void {
    this.#life?.end();
    this.printer.tearOff();
    this.#life = null;
    this.#terminal = null;
    const mourners = [...this.#mourners];
    this.#mourners.clear();
    for (const mourn of mourners) mourn();
  }

  /** A tap. Resolves with its answer, or with "died" when the terminal does before. */
  submit(command: Command, cause: Cause): Promise<Reply> {
    const terminal = this.#terminal;
    const life = this.#life;
    if (terminal === null || life === null) return Promise.resolve("died");
    const { scheduler } = this.#world;
    const startUs = scheduler.nowUs;
    return new Promise((resolve) => {
      const limitUs = ANSWER_US_MAX * this.trouble.slowness;
      const cancel = scheduler.after(limitUs, life, () => {
        // A disk that became slow meanwhile has its own limit.
        if (this.trouble.slowness > 1) return;
        this.#world.violate(
          "answers_in_time",
          this.name,
          `${command.type} has no answer after ${limitUs / 1e6} s`,
        );
      });
      const mourn = (): void => resolve("died");
      this.#mourners.add(mourn);
      terminal.loop.submit(command, cause).then(
        (answer) => {
          cancel();
          if (!life.isAlive) return;
          this.#mourners.delete(mourn);
          const word = answer.ok ? `ok ${answer.events.length}` : answer.refusal.code;
          this.#world.note(this.name, `${command.type} ${word}`);
          this.#world.each("answered", this, { command, cause, answer, waitUs: scheduler.nowUs - startUs });
          resolve(answer);
        },
        (cause_: unknown) => this.#world.bug(this.name, cause_),
      );
    });
  }

  async #boot(life: Life): Promise<void> {
    const { lossCount } = this.memory;
    try {
      await this.#look();
      const terminal = await openTerminal(this.#parts(life));
      if (!life.isAlive) return;
      this.#terminal = terminal;
      // Unless it happened behind the back of this start.
      if (this.memory.lossCount === lossCount) this.memory.trust();
      this.#world.note(this.name, `open ${terminal.loop.state.seq}`);
      terminal.onStatus(() => this.#onStatus(terminal, life));
      terminal.loop.onChange(() => {
        if (life.isAlive) this.#world.each("shown", this, terminal.loop.state, terminal.status().durableSeq);
      });
      this.#onStatus(terminal, life);
      this.#world.each("opened", this);
    } catch (cause) {
      if (!life.isAlive) return;
      const isExpected =
        cause instanceof Error && (cause.name === "JournalFault" || cause.name === "DiskFault");
      if (!isExpected) this.#world.bug(this.name, cause);
      this.#world.log(this.name, `boot failed: ${String(cause)}`);
      this.#world.scheduler.after(REBOOT_US, life, () => void this.#boot(life));
    }
  }

  /** Reads the disk as the start is about to find it. */
  async #look(): Promise<void> {
    const blocks: WrittenBlock[] = [];
    let unknownCount = 0;
    const { isRobbed } = this.memory;
    const disk = instantDisk(this.fs, "views");
    const mark = await readMark(disk);
    const marked = mark === null ? null : this.memory.block(mark.epoch, mark.seq);
    const { recovered } = await inspectJournal(disk, this.name, (block) => {
      const lastSeq = block.firstSeq + block.recordCount - 1;
      const written = this.memory.block(block.epoch, lastSeq);
      if (written !== null && Buffer.compare(written.hash, block.hash) === 0) blocks.push(written);
      else unknownCount += 1;
    });
    this.#world.each("found", this, { recovered, blocks, unknownCount, isRobbed, marked });
    this.memory.recovered(blocks);
    if (this.memory.isSettled) for (const block of blocks) block.isDurable = true;
    this.memory.isSettled = false;
  }

  #onStatus(terminal: Terminal, life: Life): void {
    if (!life.isAlive) return;
    const { ackedSeq } = terminal.status();
    if (ackedSeq === this.#seenAckedSeq) return;
    this.#seenAckedSeq = ackedSeq;
    this.#world.each("acked", this, ackedSeq);
  }

  #parts(life: Life): TerminalParts {
    const { scheduler, options, bus, hqKeys } = this.#world;
    const log = (code: string, detail: string): void => this.#world.log(this.name, `${code} ${detail}`);
    const timers = {
      after: (delayMs: number, run: () => void) => scheduler.after(delayMs * 1000, life, run),
    };
    return {
      config: tillConfig(this.name, this.store, this.#world.tenant),
      catalogue: this.#world.mix.catalogue,
      disk: simDisk({
        scheduler,
        life,
        stream: this.#disk,
        fs: this.fs,
        trouble: this.trouble,
        counter: this.#counter,
        onFault: (kind) => this.#world.count(kind),
        tap: {
          wrote: (inode, offset, bytes) => {
            const wrong = this.memory.wrote(inode, offset, bytes);
            if (wrong !== null) this.#world.violate("journal_form", this.name, wrong);
          },
          synced: (inode) => this.memory.synced(inode),
          call: (kind, callIndex) => this.onDiskCall(kind, callIndex),
          fault: (kind, callIndex) => this.diskFault(kind, callIndex),
        },
      }),
      clock: { wall: () => wallMs(this.wallMs()), monotonicMs: () => scheduler.nowUs / 1000 },
      timers,
      rng: { bytes: (count) => this.#rng.bytes(count) },
      sha256: sha256Text,
      signer: this.keys.signer,
      printer: options.hasPrinters
        ? createPrinter(this.printer.ports(life), timers, PRINTER_MODELS.gbk_80mm, SHOP_PRINTER)
        : null,
      readers: this.readersOf(life, timers),
      link: { bus: bus.port(this.name, life), hqKey: hqKeys.verifier },
      log,
      segmentBytes: options.segmentBytes,
    };
  }
}
