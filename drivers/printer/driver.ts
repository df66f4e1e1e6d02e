/**
 * The printer as the runtime knows it: jobs in a queue, one connection at a time and for one job only,
 * since a receipt printer accepts a single client and several tills may share it.
 * D1  A job's promise resolves once and never rejects; every failure is an outcome.
 * D2  A job that waits or runs is not taken a second time: the same id gives the same promise. After
 *     its outcome the id is forgotten; whether to print again is the caller's decision, with its journal.
 * D3  Within a job, nothing is sent twice but below a mark (L1 in plan.ts), and only as its patience allows.
 * D4  The drawer does not wait for a receipt that waits for paper.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";
import type { PrinterFaultCode } from "../fault.ts";
import type { PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import { encodeDrawer, encodeMarks, encodeReceipt } from "./encode.ts";
import type { PrintMarkWords } from "./encode.ts";
import { drawerPulseRealtime } from "./escpos.ts";
import type { PrinterModel } from "./models.ts";
import { NO_PATIENCE } from "./plan.ts";
import type { PrintJob, PrintPatience } from "./plan.ts";
import { runPrintJob } from "./run.ts";
import type { PrintRun } from "./run.ts";
import type { PrintOutcome } from "./session.ts";

/** Jobs that may wait behind the running one; a till never has more unprinted than this without a clerk noticing. */
export const PRINTER_QUEUE_JOBS_MAX = 32;
/** Largest job; a receipt of 500 lines. */
export const PRINT_JOB_BYTES_MAX = 64 * 1024;

/** What became of receipts and pulses since the driver was made. */
export interface PrinterCounters {
  readonly printedCount: number;
  readonly failedCount: number;
  readonly unknownCount: number;
  /** Bytes from the printer that no status begins with. */
  readonly garbageByteCount: number;
}

/** A receipt printer with a drawer behind it. */
export interface Printer {
  /** Prints a receipt. `jobId` is the effect's id (D2). */
  print(jobId: string, blocks: readonly ReceiptBlock[]): Promise<PrintOutcome>;
  /** Opens the drawer, also when there is no paper. "printed" means that the pulse was given. */
  openDrawer(jobId: string): Promise<PrintOutcome>;
  counters(): PrinterCounters;
  /** Ends the running job and all that wait with printer/closed. May be called twice. */
  close(): void;
}

/** What people must know of a printer at this moment: for the status strip and the health page. */
export interface PrinterState {
  /** "waiting": a receipt has begun and cannot go on before somebody has done something about `problem`. */
  readonly activity: "idle" | "working" | "waiting";
  /** Whether it has ever answered since the driver was made. */
  readonly wasReached: boolean;
  /** The last word on why it cannot print; undefined when it could, or as long as it was not asked. */
  readonly problem: PrinterFaultCode | undefined;
  readonly paperLow: boolean;
  readonly waitingJobCount: number;
  /** Connections that broke in the middle of a job which then went on. */
  readonly lostLinkCount: number;
  readonly resumedCount: number;
  readonly reprintedCount: number;
}

/** A printer whose state can be followed. */
export interface WatchedPrinter extends Printer {
  state(): PrinterState;
  /** Calls `listener` after every change of the state. Returns how to stop that. */
  onState(listener: (state: PrinterState) => void): () => void;
  /** Asks the printer how it is, behind the jobs that wait. "printed" means that it could print now. */
  check(): Promise<PrintOutcome>;
}

/** How a printer is driven. */
export interface PrinterOptions {
  readonly patience: PrintPatience;
  readonly markWords: PrintMarkWords;
}

/** Ends in doubt at the first trouble, as a caller wants that decides everything by its journal. */
export const PRINTER_OPTIONS: PrinterOptions = {
  patience: NO_PATIENCE,
  markWords: { resumed: "CONTINUED", reprinted: "REPRINT" },
};

/** Ten minutes for a new roll, and a minute and a half for a cable or the power. */
export const SHOP_PATIENCE: PrintPatience = {
  blockedMs: 600_000,
  reconnectDelaysMs: [250, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000],
};

/** Makes a driver; nothing connects before the first job. */
export function createPrinter(
  openPort: PortFactory,
  timers: Timers,
  model: PrinterModel,
  options: PrinterOptions = PRINTER_OPTIONS,
): WatchedPrinter {
  return new QueuedPrinter(openPort, timers, model, options);
}

/** The one job that brings nothing to paper and is not counted. */
const CHECK_KEY = "check";

interface QueuedJob {
  readonly key: string;
  readonly job: PrintJob;
  readonly resolve: (outcome: PrintOutcome) => void;
}

/** Of a driver that has not been asked for anything. */
export const PRINTER_STATE_START: PrinterState = {
  activity: "idle",
  wasReached: false,
  problem: undefined,
  paperLow: false,
  waitingJobCount: 0,
  lostLinkCount: 0,
  resumedCount: 0,
  reprintedCount: 0,
};

class QueuedPrinter implements WatchedPrinter {
  readonly #openPort: PortFactory;
  readonly #timers: Timers;
  readonly #model: PrinterModel;
  readonly #options: PrinterOptions;
  #waiting: readonly QueuedJob[] = [];
  readonly #promises = new Map<string, Promise<PrintOutcome>>();
  readonly #counts = { printed: 0, failed: 0, unknown: 0, garbageBytes: 0 };
  #run: PrintRun | undefined;
  #isClosed = false;
  #state = PRINTER_STATE_START;
  readonly #stateListeners = new Set<(state: PrinterState) => void>();

  constructor(openPort: PortFactory, timers: Timers, model: PrinterModel, options: PrinterOptions) {
    this.#openPort = openPort;
    this.#timers = timers;
    this.#model = model;
    this.#options = options;
  }

  print(jobId: string, blocks: readonly ReceiptBlock[]): Promise<PrintOutcome> {
    return this.#enqueue(`print ${jobId}`, () => ({
      chunks: encodeReceipt(blocks, this.#model),
      whenBlocked: undefined,
      marks: encodeMarks(this.#options.markWords, this.#model),
      patience: this.#options.patience,
    }));
  }

  openDrawer(jobId: string): Promise<PrintOutcome> {
    return this.#enqueue(`drawer ${jobId}`, () => ({
      chunks: encodeDrawer(this.#model),
      whenBlocked: drawerPulseRealtime(this.#model.drawerPin),
      marks: undefined,
      patience: NO_PATIENCE,
    }));
  }

  check(): Promise<PrintOutcome> {
    return this.#enqueue(CHECK_KEY, () => ({
      chunks: [],
      whenBlocked: undefined,
      marks: undefined,
      patience: NO_PATIENCE,
    }));
  }

  counters(): PrinterCounters {
    const { printed, failed, unknown, garbageBytes } = this.#counts;
    return {
      printedCount: printed,
      failedCount: failed,
      unknownCount: unknown,
      garbageByteCount: garbageBytes,
    };
  }

  state(): PrinterState {
    return this.#state;
  }

  onState(listener: (state: PrinterState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve, key } of waiting) {
      this.#promises.delete(key);
      resolve(this.#refused("printer/closed"));
    }
    this.#run?.abort();
    this.#change({});
  }

  #enqueue(key: string, makeJob: () => PrintJob): Promise<PrintOutcome> {
    const known = this.#promises.get(key);
    if (known !== undefined) return known;
    if (this.#isClosed) return Promise.resolve(this.#refused("printer/closed"));
    if (this.#waiting.length >= PRINTER_QUEUE_JOBS_MAX) {
      return Promise.resolve(this.#refused("printer/queue_full"));
    }
    const job = makeJob();
    const jobBytes = job.chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
    if (jobBytes > PRINT_JOB_BYTES_MAX) return Promise.resolve(this.#refused("printer/job_too_large"));
    const { promise, resolve } = Promise.withResolvers<PrintOutcome>();
    this.#promises.set(key, promise);
    this.#waiting = [...this.#waiting, { key, job, resolve }];
    if (this.#run === undefined) this.#startNext();
    else this.#kickWaiting();
    this.#change({});
    return promise;
  }

  #startNext(): void {
    const [next, ...rest] = this.#waiting;
    if (next === undefined) {
      this.#change({ activity: "idle" });
      return;
    }
    this.#waiting = rest;
    this.#run = runPrintJob(next.job, this.#openPort, this.#timers, {
      onGarbage: (byteCount) => {
        this.#counts.garbageBytes += byteCount;
      },
      onCondition: ({ problem, paperLow }) => this.#change({ wasReached: true, problem, paperLow }),
      onBlocked: (code) => {
        if (code === undefined) this.#change({ activity: "working", problem: undefined });
        else this.#change({ activity: "waiting", problem: code });
        this.#kickWaiting();
      },
      onLost: () => this.#change({ lostLinkCount: this.#state.lostLinkCount + 1 }),
      onEnd: (outcome) => {
        this.#run = undefined;
        this.#note(outcome);
        this.#settle(next, outcome);
        this.#startNext();
      },
    });
    this.#change({ activity: "working" });
  }

  /** D4: one pulse at a time goes in between; the next one when that is done. */
  #kickWaiting(): void {
    const drawer = this.#waiting.find(({ job }) => job.whenBlocked !== undefined);
    if (drawer?.job.whenBlocked === undefined) return;
    const kicked = this.#run?.kick(drawer.job.whenBlocked);
    if (kicked === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== drawer);
    void this.#settleKicked(drawer, kicked);
  }

  async #settleKicked(drawer: QueuedJob, kicked: Promise<PrintOutcome>): Promise<void> {
    this.#settle(drawer, await kicked);
    this.#kickWaiting();
  }

  #settle({ key, resolve }: QueuedJob, outcome: PrintOutcome): void {
    this.#promises.delete(key);
    if (key !== CHECK_KEY) this.#counts[outcome.kind] += 1;
    resolve(outcome);
  }

  #note(outcome: PrintOutcome): void {
    if (outcome.kind !== "printed") {
      this.#change({ problem: outcome.code });
      return;
    }
    const { resumedCount, reprintedCount } = this.#state;
    this.#change({
      problem: undefined,
      resumedCount: resumedCount + (outcome.mark === "resumed" ? 1 : 0),
      reprintedCount: reprintedCount + (outcome.mark === "reprinted" ? 1 : 0),
    });
  }

  #refused(code: PrinterFaultCode): PrintOutcome {
    this.#counts.failed += 1;
    return { kind: "failed", code };
  }

  #change(change: Partial<PrinterState>): void {
    const next = { ...this.#state, ...change, waitingJobCount: this.#waiting.length };
    const isSame =
      next.activity === this.#state.activity &&
      next.wasReached === this.#state.wasReached &&
      next.problem === this.#state.problem &&
      next.paperLow === this.#state.paperLow &&
      next.waitingJobCount === this.#state.waitingJobCount &&
      next.lostLinkCount === this.#state.lostLinkCount &&
      next.resumedCount === this.#state.resumedCount &&
      next.reprintedCount === this.#state.reprintedCount;
    this.#state = next;
    if (!isSame) for (const listener of this.#stateListeners) listener(next);
  }
}
