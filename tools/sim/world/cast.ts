/**
 * Who is on the stage of a world, as the others see them, and what a checker may listen to. Actors
 * know each other through these types alone. A checker is one file with one row in checkers.ts: it
 * makes hooks for a world and keeps whatever memory it needs of its own.
 */
import type { Command } from "../../../core/command.ts";
import type { EventId, OrderId, TerminalId } from "../../../core/ids.ts";
import type { State } from "../../../core/state.ts";
import type { Cause } from "../../../core/facts.ts";
import type { Answer } from "../../../runtime/loop.ts";
import type { Recovered } from "../../../runtime/store/inspect.ts";
import type { Arrival, Outcome } from "../../hq/store/store.ts";
import type { Terminal } from "../../../runtime/terminal.ts";
import type { HqActor } from "./hq-actor.ts";
import type { HqMedium } from "./hq-store.ts";
import type { JournalMemory, WrittenBlock } from "./journal-memory.ts";
import type { KeyPair } from "./keys.ts";
import type { Mix } from "./mix.ts";
import type { WorldOptions } from "./options.ts";
import type { Scheduler } from "./scheduler.ts";
import type { BusTrouble, SimBus } from "./sim-bus.ts";
import type { DiskTrouble } from "./sim-disk.ts";
import type { CrashMode, SimFs } from "./sim-fs.ts";
import type { Paper, SimPrinter } from "./sim-printer.ts";

/** "died": the terminal is gone and so is the answer. */
export type Reply = Answer | "died";

/** A terminal with its disk and its printer. */
export interface Till {
  readonly name: TerminalId;
  readonly store: string;
  readonly fs: SimFs;
  readonly trouble: DiskTrouble;
  readonly memory: JournalMemory;
  readonly printer: SimPrinter;
  readonly keys: KeyPair;
  /** Null while it is off or starts. */
  readonly terminal: Terminal | null;
  /** The last record that this terminal believes headquarters to hold. */
  readonly ackedSeq: number;
  /** Calls of the disk so far, over all lives. */
  readonly diskCallCount: number;
  /** Called before each call of the disk; true when it has cut the power at it. */
  onDiskCall: (kind: string, callIndex: number) => boolean;
  /** How far the clock on the wall is off. */
  clockOffsetMs: number;
  /** Switches on after a while; does nothing when it is on. */
  switchOn(): void;
  /** The process dies; the page cache lives. */
  kill(): void;
  cutPower(mode: CrashMode): void;
  /** Switched off in order, and on again. */
  restart(): void;
  /** The power is off: the disk may be changed by whoever calls this. */
  rob(): void;
  /** A tap. Resolves with its answer, or with "died" when the terminal does before. */
  submit(command: Command, cause: Cause): Promise<Reply>;
}

/** Somebody who sells. */
export interface Person {
  readonly isDone: boolean;
  /** Closings that were shown as paid, by id, with their totals. */
  readonly seen: ReadonlyMap<EventId, number>;
  /** Orders on the screen or just finished. */
  readonly orderIds: Iterable<OrderId>;
}

/** The world, as actors, the injector and checkers see it. */
export interface Stage {
  readonly options: WorldOptions;
  readonly tenant: string;
  readonly scheduler: Scheduler;
  readonly mix: Mix;
  readonly hqKeys: KeyPair;
  readonly medium: HqMedium;
  readonly hq: HqActor;
  readonly bus: SimBus;
  readonly busTrouble: BusTrouble;
  readonly tills: readonly Till[];
  readonly staff: readonly Person[];
  readonly counts: Map<string, number>;
  readonly refusals: ReadonlyMap<string, number>;
  readonly violations: readonly Violation[];
  /** How often headquarters came back from a backup. */
  restoreCount: number;
  /** Every journal is written, acknowledged and projected, and no paper is on its way. */
  isQuiet(): Promise<boolean>;
  /** Tells every checker. */
  each<K extends keyof Moments>(name: K, ...facts: Moments[K]): void;
  violate(law: string, actor: string, message: string): void;
  /** Our own mistake surfaced. */
  bug(actor: string, cause: unknown): void;
  note(actor: string, what: string): void;
  log(actor: string, line: string): void;
  count(kind: string, by?: number): void;
  countRefusal(code: string): void;
}

/** A law that did not hold. */
export interface Violation {
  /** The checker's name. */
  readonly law: string;
  readonly actor: string;
  readonly message: string;
  readonly atSeconds: number;
}

/** An answer to a tap, with how long it took. */
export interface Answered {
  readonly command: Command;
  readonly cause: Cause;
  readonly answer: Answer;
  readonly waitUs: number;
}

/** What a start of a terminal found on its disk, read by the world itself. */
export interface FoundJournal {
  readonly recovered: Recovered;
  /** In order; those that the terminal never wrote are missing. */
  readonly blocks: readonly WrittenBlock[];
  readonly unknownCount: number;
  /** The journal had been robbed since the last start. */
  readonly isRobbed: boolean;
  /** The block that the commit mark names; null when the mark cannot be read or names none that was written. */
  readonly marked: WrittenBlock | null;
}

/** All moments of a world at which something may be checked, with the facts of each. */
export interface Moments {
  readonly answered: readonly [till: Till, answered: Answered];
  /** Before the terminal opens: the disk as it is. */
  readonly found: readonly [till: Till, journal: FoundJournal];
  /** The terminal is open and can sell. */
  readonly opened: readonly [till: Till];
  /** The terminal believes that headquarters holds everything up to this. */
  readonly acked: readonly [till: Till, seq: number];
  /** A screen may show this state now. */
  readonly shown: readonly [till: Till, state: State, durableSeq: number];
  readonly committed: readonly [arrivals: readonly Arrival[], outcomes: readonly Outcome[]];
  readonly printed: readonly [till: Till, paper: Paper];
  readonly travelled: readonly [terminal: TerminalId, direction: "up" | "down", bytes: Uint8Array];
  /** A message from headquarters is about to reach its terminal. */
  readonly delivered: readonly [terminal: TerminalId, bytes: Uint8Array];
  readonly logged: readonly [actor: string, line: string];
}
type Listeners = { readonly [K in keyof Moments]?: (...facts: Moments[K]) => void };

/** What a checker listens to. `inTheEnd`: faults are off, everything has arrived or had its time. */
export interface Hooks extends Listeners {
  readonly inTheEnd?: () => Promise<void> | void;
}

/** One law: what it promises and how it is watched. */
export interface Checker {
  readonly name: string;
  /** Names of the laws of the design that it holds. */
  readonly laws: readonly string[];
  /** Rows of the fault table whose promise it shows. */
  readonly shows: readonly string[];
  readonly promise: string;
  readonly watch: (world: Stage) => Hooks;
}
