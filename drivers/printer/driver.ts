/**
 * The printer as the runtime knows it: jobs in a queue, one connection at a time and for one job only,
 * since a receipt printer accepts a single client and several tills may share it.
 * D1  A job's promise resolves once and never rejects; every failure is an outcome.
 * D2  A job that waits or runs is not taken a second time: the same id gives the same promise. After
 *     its outcome the id is forgotten; whether to print again is the caller's decision, with its journal.
 * The driver does not retry.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";
import type { PrinterFaultCode } from "../fault.ts";
import type { PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import { encodeDrawer, encodeReceipt } from "./encode.ts";
import { drawerPulseRealtime } from "./escpos.ts";
import type { PrinterModel } from "./models.ts";
import { runPrintJob } from "./run.ts";
import type { PrintJob, PrintOutcome } from "./session.ts";

/** Jobs that may wait behind the running one; a till never has more unprinted than this without a clerk noticing. */
export const PRINTER_QUEUE_JOBS_MAX = 32;
/** Largest job; a receipt of 500 lines. */
export const PRINT_JOB_BYTES_MAX = 64 * 1024;

/** What happened since the driver was made. */
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

/** Makes a driver; nothing connects before the first job. */
export function createPrinter(openPort: PortFactory, timers: Timers, model: PrinterModel): Printer {
  return new QueuedPrinter(openPort, timers, model);
}

interface QueuedJob {
  readonly key: string;
  readonly job: PrintJob;
  readonly resolve: (outcome: PrintOutcome) => void;
}

class QueuedPrinter implements Printer {
  readonly #openPort: PortFactory;
  readonly #timers: Timers;
  readonly #model: PrinterModel;
  readonly #waiting: QueuedJob[] = [];
  readonly #promises = new Map<string, Promise<PrintOutcome>>();
  readonly #counts = { printed: 0, failed: 0, unknown: 0, garbageBytes: 0 };
  #abortRun: (() => void) | undefined;
  #isClosed = false;

  constructor(openPort: PortFactory, timers: Timers, model: PrinterModel) {
    this.#openPort = openPort;
    this.#timers = timers;
    this.#model = model;
  }

  print(jobId: string, blocks: readonly ReceiptBlock[]): Promise<PrintOutcome> {
    return this.#enqueue(`print ${jobId}`, () => ({
      chunks: encodeReceipt(blocks, this.#model),
      whenBlocked: undefined,
    }));
  }

  openDrawer(jobId: string): Promise<PrintOutcome> {
    return this.#enqueue(`drawer ${jobId}`, () => ({
      chunks: encodeDrawer(this.#model),
      whenBlocked: drawerPulseRealtime(this.#model.drawerPin),
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

  close(): void {
    this.#isClosed = true;
    for (const { resolve, key } of this.#waiting.splice(0)) {
      this.#promises.delete(key);
      resolve(this.#refused("printer/closed"));
    }
    this.#abortRun?.();
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
    this.#waiting.push({ key, job, resolve });
    this.#startNext();
    return promise;
  }

  #startNext(): void {
    if (this.#abortRun !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#abortRun = runPrintJob(next.job, this.#openPort, this.#timers, {
      onGarbage: (byteCount) => {
        this.#counts.garbageBytes += byteCount;
      },
      onEnd: (outcome) => {
        this.#abortRun = undefined;
        this.#promises.delete(next.key);
        this.#counts[outcome.kind] += 1;
        next.resolve(outcome);
        this.#startNext();
      },
    });
  }

  #refused(code: PrinterFaultCode): PrintOutcome {
    this.#counts.failed += 1;
    return { kind: "failed", code };
  }
}
