/**
 * Training: a second terminal beside the real one, with a journal, receipt numbers and shifts of its
 * own, for somebody who learns. It knows no headquarters, shares the printer and never the drawer.
 *
 * T1 Nothing of it reaches the real journal: it lives on a disk of its own folder under another name.
 * T2 No PIN is compared here. Any that is typed is taken, so nobody can guess a real one by training;
 *    who may enter and leave is asked at the real terminal's gate, with the purpose "training".
 * T3 It is off after each start; what was trained is kept.
 */
import { terminalId } from "../core/ids.ts";
import type { TerminalId } from "../core/ids.ts";
import { refuse } from "../core/refusal.ts";
import type { Refused } from "../core/refusal.ts";
import type { Printer, WatchedPrinter } from "../drivers/printer/driver.ts";
import { DiskFault } from "./disk.ts";
import type { Loop } from "./loop.ts";
import { isWatched } from "./paper-status.ts";
import { PinGate } from "./staff/pin-gate.ts";
import { statusOf } from "./status.ts";
import { JournalFault } from "./store/fault.ts";
import { openSubDisk } from "./sub-disk.ts";
import { openTerminal } from "./terminal.ts";
import type { Terminal, TerminalParts } from "./terminal.ts";
import type { StatusSource } from "./ui/view.ts";

/** The folder of the training journal, in the terminal's data directory. */
export const TRAINING_DIRECTORY = "training";
/** A training journal is small: the room belongs to sales. */
export const TRAINING_SEGMENT_BYTES = 1024 * 1024;

const NAME_SUFFIX = "-T";
const TERMINAL_LENGTH_MAX = 32;

/** What is trained on, as a screen works on it; its gate lets every PIN through (T2). */
export interface TrainingRoom {
  readonly terminal: Terminal;
  readonly loop: Loop;
  readonly status: StatusSource;
  readonly pins: PinGate;
}

/** The answer to entering. */
export type TrainingAnswer = { readonly ok: true; readonly room: TrainingRoom } | Refused;

/** The mode of one terminal: training or not. Who may change it is asked before (T2). */
export class Training {
  readonly #parts: TerminalParts;
  readonly #live: Terminal;
  readonly #listeners = new Set<() => void>();
  #room: TrainingRoom | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: TerminalParts, live: Terminal) {
    this.#parts = parts;
    this.#live = live;
  }

  /** What is trained on; null while the terminal sells for real. */
  get room(): TrainingRoom | null {
    return this.#room;
  }

  /** Opens the training journal, or answers with the room that is open. Refuses with journal/full and journal/failed. */
  enter(): Promise<TrainingAnswer> {
    return this.#inTurn(async () => {
      if (this.#room !== null) return { ok: true, room: this.#room };
      const { health } = this.#live.loop;
      if (health !== "ok") return refuse(health === "failed" ? "journal/failed" : "journal/full");
      try {
        const terminal = await openTerminal(await trainingParts(this.#parts, this.#live));
        const { loop } = terminal;
        this.#room = { terminal, loop, status: statusOf(terminal), pins: this.#openGate(loop) };
      } catch (fault) {
        return this.#refuseFault(fault);
      }
      this.#tell();
      return { ok: true, room: this.#room };
    });
  }

  /** Back to the real terminal; nothing when it is not left. What was trained is kept. */
  leave(): Promise<void> {
    return this.#inTurn(async () => {
      const room = this.#room;
      if (room === null) return;
      this.#room = null;
      this.#tell();
      try {
        await room.terminal.close();
      } catch (fault) {
        // What was trained is no sale: the real terminal meets its own disk.
        this.#refuseFault(fault);
      }
    });
  }

  /** Calls `listener` when training began or ended. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #openGate(loop: Loop): PinGate {
    const { clock, timers, log } = this.#parts;
    const hasher = { matches: () => Promise.resolve(true) };
    return new PinGate({ loop, pins: new Map(), hasher, clock, timers, log });
  }

  #refuseFault(fault: unknown): Refused {
    const isDisk = fault instanceof JournalFault || fault instanceof DiskFault;
    if (!isDisk) throw fault;
    this.#parts.log(fault.code, fault instanceof DiskFault ? fault.path : fault.place);
    const isFull = fault.code === "journal/full" || fault.code === "disk/full";
    return refuse(isFull ? "journal/full" : "journal/failed");
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const running = this.#last.then(run);
    this.#last = running.catch(() => {});
    return running;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

// T1
async function trainingParts(live: TerminalParts, terminal: Terminal): Promise<TerminalParts> {
  const { printer, log } = live;
  const { catalogue, pricing, config } = terminal;
  return {
    ...live,
    // What is learned is what is sold.
    catalogue,
    pricing,
    config: { ...config, terminal: trainingId(config.terminal), hq: null, pins: new Map() },
    disk: await openSubDisk(live.disk, TRAINING_DIRECTORY),
    printer: printer === null ? null : paperOnly(printer),
    // No money is real here, and what closes with it must not close the shop's readers.
    readers: new Map(),
    link: null,
    log: (code, detail) => log(code, `${TRAINING_DIRECTORY}: ${detail}`),
    segmentBytes: TRAINING_SEGMENT_BYTES,
    isTraining: true,
  };
}

/** The name of the journal's owner: files of the one journal are refused by the other. */
function trainingId(terminal: TerminalId): TerminalId {
  return terminalId(`${terminal.slice(0, TERMINAL_LENGTH_MAX - NAME_SUFFIX.length)}${NAME_SUFFIX}`);
}

/** The shared printer without its drawer, and without its end: the real terminal closes it. */
function paperOnly(printer: Printer | WatchedPrinter): Printer | WatchedPrinter {
  const paper: Printer = {
    print: (jobId, blocks) => printer.print(jobId, blocks),
    openDrawer: () => Promise.resolve({ kind: "failed", code: "printer/closed" }),
    counters: () => printer.counters(),
    close: () => {},
  };
  if (!isWatched(printer)) return paper;
  const ends: (() => void)[] = [];
  return {
    ...paper,
    state: () => printer.state(),
    onState: (listener) => {
      const end = printer.onState(listener);
      ends.push(end);
      return end;
    },
    check: () => printer.check(),
    close: () => ends.forEach((end) => end()),
  };
}
