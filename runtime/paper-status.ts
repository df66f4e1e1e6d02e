/**
 * What the terminal says of its printer: the newest word from its jobs and from the printer itself.
 * A printer is not called ready before it was reached once.
 */
import type { Printer, PrinterState, WatchedPrinter } from "../drivers/printer/driver.ts";

/** The printer's word and whether its paper ends soon. */
export class PaperStatus {
  #word: string;
  #isLow = false;
  readonly #isWatched: boolean;
  readonly #onChange: () => void;

  constructor(printer: Printer | WatchedPrinter | null, onChange: () => void) {
    this.#onChange = onChange;
    this.#word = printer === null ? "none" : "untried";
    this.#isWatched = printer !== null && isWatched(printer);
    if (printer === null || !isWatched(printer)) return;
    this.#take(printer.state());
    printer.onState((state) => {
      this.#take(state);
      this.#onChange();
    });
  }

  /** "ok", "none", "untried", or the printer's last printer/… code. */
  get word(): string {
    return this.#word;
  }

  /** Whether the roll is nearly used up. */
  get isLow(): boolean {
    return this.#isLow;
  }

  /** The outcome of a job: "ok" or a printer/… code. */
  hear(word: string): void {
    // One that is watched has said it by itself, and perhaps something newer.
    if (this.#isWatched) return;
    this.#word = word;
    this.#onChange();
  }

  #take(state: PrinterState): void {
    this.#isLow = state.paperLow;
    this.#word = printerWord(state);
  }
}

/** "ok", "none", "untried" for one that has never answered, or a printer/… code. */
export function printerWord({ problem, wasReached }: PrinterState): string {
  if (problem === "printer/none") return "none";
  if (problem !== undefined) return problem;
  return wasReached ? "ok" : "untried";
}

/** Whether a printer tells of itself. */
export function isWatched(printer: Printer | WatchedPrinter): printer is WatchedPrinter {
  return "onState" in printer;
}
