/**
 * The place where a terminal's printer is: the one that is paired now, or none. Whoever prints holds the
 * slot and not the printer, so that pairing another one needs no restart. Asks the printer how it is at
 * the start and while it rests, so that the status strip knows of an empty roll before the next sale.
 *
 * T1  A job that was given to a printer ends at that printer, though another was paired meanwhile.
 * T2  No printer in it is a printer that fails every job with printer/none.
 */
import type { ReceiptBlock } from "../core/receipt/block.ts";
import { PRINTER_STATE_START } from "../drivers/printer/driver.ts";
import type { PrinterCounters, PrinterState, WatchedPrinter } from "../drivers/printer/driver.ts";
import type { PrintOutcome } from "../drivers/printer/session.ts";
import type { Timers } from "../drivers/port/timers.ts";
import type { PairedPrinter } from "./ui/panels.ts";

/** How often a printer that rests is asked how it is. */
export const PRINTER_LOOK_MS = 30_000;

/** Makes the driver of a paired printer; null when its model is not known. */
export type PrinterFactory = (paired: PairedPrinter) => WatchedPrinter | null;

/** See the header. */
export class PrinterSlot implements WatchedPrinter {
  readonly #make: PrinterFactory;
  readonly #timers: Timers;
  readonly #listeners = new Set<(state: PrinterState) => void>();
  #paired: PairedPrinter | null = null;
  #printer: WatchedPrinter = NO_PRINTER;
  #isClosed = false;
  #endWatch = (): void => {};

  constructor(make: PrinterFactory, timers: Timers) {
    this.#make = make;
    this.#timers = timers;
  }

  /** What is paired, null for nothing. */
  get paired(): PairedPrinter | null {
    return this.#paired;
  }

  /**
   * Takes another printer, or none; false when its model is not known, and then nothing has changed.
   * Jobs of the one before end as printer/closed (T1).
   */
  pair(paired: PairedPrinter | null): boolean {
    const printer = paired === null ? NO_PRINTER : this.#make(paired);
    if (printer === null) return false;
    const before = this.#printer;
    this.#endWatch();
    this.#paired = paired;
    this.#printer = printer;
    before.close();
    if (this.#isClosed) printer.close();
    else this.#watch(printer);
    this.#tell(printer.state());
    return true;
  }

  print(jobId: string, blocks: readonly ReceiptBlock[]): Promise<PrintOutcome> {
    return this.#printer.print(jobId, blocks);
  }

  openDrawer(jobId: string): Promise<PrintOutcome> {
    return this.#printer.openDrawer(jobId);
  }

  check(): Promise<PrintOutcome> {
    return this.#printer.check();
  }

  counters(): PrinterCounters {
    return this.#printer.counters();
  }

  state(): PrinterState {
    return this.#printer.state();
  }

  onState(listener: (state: PrinterState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#endWatch();
    this.#printer.close();
  }

  #watch(printer: WatchedPrinter): void {
    const endState = printer.onState((state) => this.#tell(state));
    let endTimer = (): void => {};
    let isOver = false;
    const look = (): void => {
      // One that works tells of itself; one that is away is asked anew after as long a rest.
      const looked = printer.state().activity === "idle" ? printer.check() : Promise.resolve(null);
      void looked.then(() => {
        if (!isOver) endTimer = this.#timers.after(PRINTER_LOOK_MS, look);
      });
    };
    this.#endWatch = () => {
      isOver = true;
      endState();
      endTimer();
    };
    if (this.#paired !== null) look();
  }

  #tell(state: PrinterState): void {
    for (const listener of this.#listeners) listener(state);
  }
}

const NONE: PrintOutcome = { kind: "failed", code: "printer/none" };

/** T2 */
const NO_PRINTER: WatchedPrinter = {
  print: () => Promise.resolve(NONE),
  openDrawer: () => Promise.resolve(NONE),
  check: () => Promise.resolve(NONE),
  counters: () => ({ printedCount: 0, failedCount: 0, unknownCount: 0, garbageByteCount: 0 }),
  state: () => ({ ...PRINTER_STATE_START, problem: "printer/none" }),
  onState: () => () => {},
  close: () => {},
};
