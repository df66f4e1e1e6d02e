/**
 * A receipt printer at the end of a simulated pipe, behind the product's real driver. It answers status
 * questions, prints what it understands, and can stop at any byte. What came out of it on paper is
 * kept, since paper is the one thing that no restart takes back.
 */
import { DriverFault } from "../../../drivers/fault.ts";
import type { Port, PortFactory } from "../../../drivers/port/port.ts";
import { GOOD_CONDITION, paperSensorStatus, realtimeStatus } from "../printer/status.ts";
import type { PrinterCondition } from "../printer/status.ts";
import type { Stream } from "./random.ts";
import { Life } from "./scheduler.ts";
import type { Scheduler } from "./scheduler.ts";

/** One piece of paper. */
export interface Paper {
  /** The number that stands on it, or "" when it was cut off before. */
  readonly receipt: string;
  readonly isCopy: boolean;
  /** Whether it says that it is a second whole print, or holds the rest of one. */
  readonly isMarked: boolean;
  /** Whether it was printed to its cut. */
  readonly isWhole: boolean;
}

const DLE = 0x10;
const EOT = 0x04;
const GS = 0x1d;
const LINE_FEED = 0x0a;
const ANSWER_US: readonly [number, number] = [300, 4000];

export class SimPrinter {
  readonly papers: Paper[] = [];
  condition: PrinterCondition = GOOD_CONDITION;
  /** Answers as if it printed, and does not. */
  isLying = false;
  readonly #scheduler: Scheduler;
  readonly #stream: Stream;
  readonly #onPaper: (paper: Paper) => void;
  /** Bytes until the printer stops; Infinity for never. */
  #bytesLeft = Infinity;
  #onStop: (() => void) | null = null;
  #text: number[] = [];

  constructor(scheduler: Scheduler, stream: Stream, onPaper: (paper: Paper) => void) {
    this.#scheduler = scheduler;
    this.#stream = stream;
    this.#onPaper = onPaper;
  }

  /** The printer stops after so many bytes: it goes silent, or its link is lost. */
  stopAfter(byteCount: number): void {
    this.#bytesLeft = byteCount;
  }

  heal(): void {
    this.#bytesLeft = Infinity;
    this.isLying = false;
    this.condition = GOOD_CONDITION;
  }

  /** Ports to this printer for one life of a terminal. */
  ports(owner: Life): PortFactory {
    return () => this.#port(new Life(owner));
  }

  #port(life: Life): Port {
    let onData: (bytes: Uint8Array) => void = () => {};
    let onClose: (fault: DriverFault | undefined) => void = () => {};
    let isOpen = false;
    const end = (fault: DriverFault | undefined): void => {
      if (life.isOver) return;
      life.end();
      this.tearOff();
      if (isOpen) onClose(fault);
    };
    const answer = (byte: number | undefined): void => {
      if (byte === undefined) return;
      this.#scheduler.after(this.#stream.between(...ANSWER_US), life, () => onData(Uint8Array.of(byte)));
    };
    return {
      open: () =>
        this.#scheduler.later(this.#stream.between(500, 5000), life, () => {
          isOpen = true;
          this.#onStop = () => end(new DriverFault("port/lost", "later"));
        }),
      write: (bytes) => {
        if (life.isOver) return Promise.reject(new DriverFault("port/closed", "never"));
        if (!isOpen) return Promise.reject(new DriverFault("port/not_open", "never"));
        const copy = bytes.slice();
        return this.#scheduler.later(this.#stream.between(100, 1500), life, () => this.#take(copy, answer));
      },
      onData: (listener) => {
        onData = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => end(undefined),
    };
  }

  #take(bytes: Uint8Array, answer: (byte: number | undefined) => void): void {
    if (this.#bytesLeft <= 0) return;
    const taken = bytes.subarray(0, Math.min(bytes.length, this.#bytesLeft));
    this.#bytesLeft -= taken.length;
    for (let at = 0; at < taken.length; at += 1) {
      const [byte = 0, next, parameter = 0] = [taken[at], taken[at + 1], taken[at + 2]];
      if (byte === DLE && next === EOT) {
        answer(realtimeStatus(this.condition, parameter));
        at += 2;
      } else if (byte === GS && next === 0x72) {
        answer(paperSensorStatus(this.condition));
        at += 2;
      } else if (byte === GS && next === 0x56) {
        this.#finish(true);
        at += 3;
      } else this.#text.push(byte);
    }
    if (this.#bytesLeft > 0) return;
    // Half of the printers that stop drop their connection, the others keep it and say nothing.
    if (this.#stream.chance(0.5)) this.#onStop?.();
  }

  /** The client has gone: what it left half printed hangs out of the printer. */
  tearOff(): void {
    if (this.#text.includes(LINE_FEED)) this.#finish(false);
    this.#text = [];
  }

  #finish(isWhole: boolean): void {
    const text = Buffer.from(this.#text).toString("latin1");
    this.#text = [];
    const receipt = /([\w-]+-[0-9A-F]{4}-\d+)\n/.exec(text)?.[1] ?? "";
    const isCopy = /\*\*\* COPY \d+ \*\*\*/.test(text);
    const isMarked = /\*\*\* (REPRINT|CONTINUED) \*\*\*/.test(text);
    const paper: Paper = { receipt, isCopy, isMarked, isWhole };
    if (this.isLying) return;
    this.papers.push(paper);
    this.#onPaper(paper);
  }
}
