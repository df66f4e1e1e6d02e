/**
 * A scale as the runtime knows it: the newest reading comes to a listener, a weighing is asked for and
 * answered once. The link mends itself. Owns the link and its timers, and lets go of all when closed.
 * Knows nothing of items and prices.
 *
 * D1  A weighing is answered by a question that was asked after it began, never by an older reading.
 */

import { DriverFault } from "../fault.ts";
import type { DriverFaultCode } from "../fault.ts";
import type { Port, PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import { orderText } from "./reading.ts";
import type { ScaleAnswer, ScaleOrder, ScaleReading } from "./reading.ts";
import { beginScale, stepScale, takesOrders } from "./session.ts";
import type { ScaleEffect, ScaleEvent, ScaleState } from "./session.ts";

/** What happened since the driver was made. */
export interface ScaleCounters {
  readonly askedCount: number;
  readonly stableCount: number;
  /** Answers that said nothing, or that nobody had asked for. */
  readonly droppedCount: number;
  readonly receivedBytes: number;
  readonly connectCount: number;
}

/** A scale that is being asked. */
export interface Scale {
  /**
   * Calls `listener` once: with the first reading that is not motion, or, when `patienceMs` are over,
   * with what there is. At most WEIGHINGS_COUNT_MAX wait; a further one is answered "motion" at once.
   */
  weigh(patienceMs: number, listener: (answer: ScaleAnswer) => void): void;
  /** False when it is not connected, too much waits already, or a tare is out of range. */
  order(order: ScaleOrder): boolean;
  counters(): ScaleCounters;
  /** Lets go of the link; no listener is called afterwards. May be called twice. */
  close(): void;
}

/** Weighings that wait at one time: one for each screen of a till. */
export const WEIGHINGS_COUNT_MAX = 8;
const QUESTION = "W";

/** Asks a Toledo 8217 on a line of bytes: serial (9600 7E1), TCP or memory. Connects at once, and again after each loss. */
export function createScale(
  openPort: PortFactory,
  timers: Timers,
  onAnswer: (answer: ScaleAnswer) => void,
): Scale {
  return new AskedScale(openPort, timers, onAnswer);
}

interface Weighing {
  /** The first question whose answer counts. D1 */
  readonly fromAsked: number;
  readonly listener: (answer: ScaleAnswer) => void;
  cancel: () => void;
}

class AskedScale implements Scale {
  readonly #openPort: PortFactory;
  readonly #timers: Timers;
  readonly #onAnswer: (answer: ScaleAnswer) => void;
  readonly #counts = { asked: 0, stable: 0, dropped: 0, receivedBytes: 0, connects: 0 };
  #state: ScaleState;
  #port: Port | undefined;
  #cancelTimer: () => void = () => {};
  #downCode: DriverFaultCode | null = null;
  #weighings: readonly Weighing[] = [];

  constructor(openPort: PortFactory, timers: Timers, onAnswer: (answer: ScaleAnswer) => void) {
    this.#openPort = openPort;
    this.#timers = timers;
    this.#onAnswer = onAnswer;
    const first = beginScale();
    this.#state = first.state;
    for (const effect of first.effects) this.#perform(effect);
  }

  weigh(patienceMs: number, listener: (answer: ScaleAnswer) => void): void {
    if (this.#state.kind === "closed") return listener({ kind: "down", code: "port/closed" });
    if (this.#downCode !== null) return listener({ kind: "down", code: this.#downCode });
    if (this.#weighings.length >= WEIGHINGS_COUNT_MAX) return listener({ kind: "motion" });
    let last: ScaleReading | null = null;
    const weighing: Weighing = {
      fromAsked: this.#counts.asked + 1,
      listener: (answer) => {
        if (answer.kind === "motion") last = answer;
        else this.#settle(weighing, answer, listener);
      },
      cancel: () => {},
    };
    weighing.cancel = this.#timers.after(patienceMs, () =>
      this.#settle(weighing, last ?? { kind: "down", code: "scale/silent" }, listener),
    );
    this.#weighings = [...this.#weighings, weighing];
  }

  order(order: ScaleOrder): boolean {
    if (orderText(order) === undefined || !takesOrders(this.#state)) return false;
    this.#dispatch({ kind: "order", order });
    return true;
  }

  counters(): ScaleCounters {
    const { asked, stable, dropped, receivedBytes, connects } = this.#counts;
    return {
      askedCount: asked,
      stableCount: stable,
      droppedCount: dropped,
      receivedBytes,
      connectCount: connects,
    };
  }

  close(): void {
    for (const { cancel } of this.#weighings) cancel();
    this.#weighings = [];
    this.#dispatch({ kind: "close" });
  }

  #settle(weighing: Weighing, answer: ScaleAnswer, listener: (answer: ScaleAnswer) => void): void {
    weighing.cancel();
    this.#weighings = this.#weighings.filter((other) => other !== weighing);
    listener(answer);
  }

  #dispatch(event: ScaleEvent): void {
    const step = stepScale(this.#state, event);
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
  }

  #perform(effect: ScaleEffect): void {
    switch (effect.kind) {
      case "open":
        return this.#open();
      case "arm":
        return this.#arm(effect.delayMs);
      case "send":
        return this.#send(effect.text);
      case "ask":
        this.#counts.asked += 1;
        return this.#send(QUESTION);
      case "up":
        this.#counts.connects += 1;
        this.#downCode = null;
        return;
      case "down":
        this.#downCode = effect.code;
        return this.#tell({ kind: "down", code: effect.code }, this.#weighings);
      case "reading": {
        if (effect.reading.kind === "stable") this.#counts.stable += 1;
        const asked = this.#counts.asked;
        return this.#tell(
          effect.reading,
          this.#weighings.filter(({ fromAsked }) => fromAsked <= asked),
        );
      }
      case "dropped":
        this.#counts.dropped += 1;
        return;
      case "close":
        this.#port?.close();
    }
  }

  /** A listener may close the scale while others are still to be told. */
  #tell(answer: ScaleAnswer, weighings: readonly Weighing[]): void {
    for (const { listener } of weighings) if (this.#state.kind !== "closed") listener(answer);
    if (this.#state.kind !== "closed") this.#onAnswer(answer);
  }

  #arm(delayMs: number | undefined): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (delayMs === undefined || this.#state.kind === "closed") return;
    this.#cancelTimer = this.#timers.after(delayMs, () => this.#dispatch({ kind: "timed_out" }));
  }

  #send(text: string): void {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    // A port that cannot write ends, and says so by its close listener; silence is noticed by the timer.
    this.#port?.write(bytes).catch(() => {});
  }

  #open(): void {
    const port = this.#openPort();
    this.#port = port;
    let isDown = false;
    // What a port says after the next one was opened is no longer of interest.
    const ifCurrent = (event: ScaleEvent): void => {
      if (this.#port === port) this.#dispatch(event);
    };
    const down = (error: unknown): void => {
      if (isDown) return;
      isDown = true;
      port.close();
      ifCurrent({ kind: "link_down", code: error instanceof DriverFault ? error.code : "port/closed" });
    };
    port.onData((bytes) => {
      this.#counts.receivedBytes += bytes.length;
      ifCurrent({ kind: "received", bytes });
    });
    port.onClose(down);
    port.open().then(() => ifCurrent({ kind: "opened" }), down);
  }
}
