/**
 * How far a run is: a bar with its rate on a terminal, a plain line every few seconds elsewhere.
 * Writes to one stream and knows nothing of what is counted.
 */
import { PROGRESS_BAR_MS, PROGRESS_PLAIN_MS } from "./limits.ts";

/** Where progress goes; what process.stderr is. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_CHARS = 30;

export class Progress {
  readonly #stream: ProgressStream;
  readonly #nowMs: () => number;
  readonly #isBar: boolean;
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #isBarShown = false;

  constructor(stream: ProgressStream, nowMs: () => number) {
    this.#stream = stream;
    this.#nowMs = nowMs;
    this.#isBar = stream.isTTY === true;
  }

  /** Shows where things stand, unless that was done a moment ago. `perSecond` is of what is counted. */
  show(what: string, doneCount: number, wholeCount: number, perSecond: number): void {
    const nowMs = this.#nowMs();
    const isOver = doneCount >= wholeCount;
    const waitMs = this.#isBar ? PROGRESS_BAR_MS : PROGRESS_PLAIN_MS;
    if (nowMs - this.#shownAtMs < waitMs && !(isOver && this.#isBar)) return;
    this.#shownAtMs = nowMs;
    const percent = wholeCount === 0 ? 100 : Math.floor((100 * doneCount) / wholeCount);
    const text = `${what} ${doneCount}/${wholeCount} ${percent} % ${Math.round(perSecond)}/s`;
    if (!this.#isBar) {
      this.#stream.write(`${text}\n`);
      return;
    }
    const filledCount = wholeCount === 0 ? BAR_CHARS : Math.floor((BAR_CHARS * doneCount) / wholeCount);
    const bar = "#".repeat(filledCount).padEnd(BAR_CHARS, ".");
    this.#stream.write(`\r\u001B[K[${bar}] ${text}`);
    this.#isBarShown = true;
  }

  /** Writes a line of its own; a bar is drawn anew below it. */
  say(line: string): void {
    this.#stream.write(`${this.#isBarShown ? "\r\u001B[K" : ""}${line}\n`);
    this.#isBarShown = false;
  }
}
