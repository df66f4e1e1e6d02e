/**
 * One connection to a ZVT terminal, from opening its port to its end: the host of the frame parsers, the
 * link, the numbering and the session. Owns the port and all timers; decides nothing.
 *
 * H1  What came is parsed and the chunk is zeroed at once: card data ends at the codec (R3 of reader.ts).
 * H2  Every write has a deadline; a failed one ends the connection.
 * H3  A command that ended in doubt ends the connection: the next one begins with a registration.
 * H4  A command's end is told once, and after the desk has spoken if it was being asked.
 */

import { assert } from "../../../core/bug.ts";
import { DriverFault } from "../../fault.ts";
import type { Port } from "../../port/port.ts";
import type { Timers } from "../../port/timers.ts";
import type { ReaderDesk, ReaderFaultCode } from "../reader.ts";
import { decodeApdu, encodeApdu, zvtMessage } from "./apdu.ts";
import type { ZvtMessage } from "./apdu.ts";
import { SerialFrameReader } from "./frame-serial.ts";
import type { SerialItem } from "./frame-serial.ts";
import { TcpFrameReader } from "./frame-tcp.ts";
import { LINK_START, T1_MS, T2_MS, stepLink } from "./link.ts";
import type { LinkEffect, LinkEvent } from "./link.ts";
import { SEQUENCE_START, hear, numberAnswer, numberCommand } from "./sequence.ts";
import { ANSWER } from "./session.ts";
import type {
  CommandEnd,
  SessionConfig,
  SessionEffect,
  SessionEvent,
  SessionState,
  ZvtCommand,
} from "./session.ts";
import { stepSession } from "./session-step.ts";

/** How the terminal is connected. */
export type ZvtLink = "serial" | "tcp";

/** Bytes that the system has not taken by then are not taken any more (H2). */
export const WRITE_MS = 10_000;

/** What is counted. */
export type ZvtCounter =
  | "garbageBytes"
  | "badBlock"
  | "nak"
  | "retry"
  | "duplicate"
  | "collision"
  | "strayAck"
  | "malformed"
  | "unknownField"
  | "late"
  | "stray"
  | "deskSlow"
  | "reconnect";

/** Who is told. */
export interface ConnectionListeners {
  count(what: ZvtCounter, by: number): void;
  /** The connection has ended, for this reason; called once, and not when it was closed by us. */
  onDown(code: ReaderFaultCode): void;
}

type TimerName = "t1" | "t2" | "t3" | "t4" | "answer";

interface Running {
  readonly desk: ReaderDesk;
  readonly resolve: (end: CommandEnd) => void;
  /** Writes of this command's bytes that may have left. */
  writeCount: number;
  isDeskAsked: boolean;
  end: CommandEnd | undefined;
}

/** A connection; see H1 to H4. */
export class ZvtConnection {
  readonly #port: Port;
  readonly #timers: Timers;
  readonly #link: ZvtLink;
  readonly #listeners: ConnectionListeners;
  readonly #serial = new SerialFrameReader();
  readonly #tcp = new TcpFrameReader();
  readonly #cancelTimer = new Map<TimerName, () => void>();
  readonly #events: SessionEvent[] = [];
  #isStepping = false;
  #linkState = LINK_START;
  #sequence = SEQUENCE_START;
  #session: SessionState;
  #config: SessionConfig;
  #running: Running | undefined;
  #phase: "new" | "up" | "down" = "new";

  constructor(
    port: Port,
    timers: Timers,
    link: ZvtLink,
    session: SessionState,
    config: SessionConfig,
    listeners: ConnectionListeners,
  ) {
    this.#port = port;
    this.#timers = timers;
    this.#link = link;
    this.#session = session;
    this.#config = config;
    this.#listeners = listeners;
  }

  get isUp(): boolean {
    return this.#phase === "up";
  }

  /** What the next connection begins with: the session at rest. */
  get known(): string {
    return this.#session.known;
  }

  /** Opens the port; why it did not, or undefined. Called once. */
  async open(): Promise<ReaderFaultCode | undefined> {
    this.#port.onData((bytes) => this.#received(bytes));
    this.#port.onClose(() => this.#down("reader/link_lost"));
    try {
      await this.#port.open();
    } catch {
      this.#phase = "down";
      return "reader/unreachable";
    }
    if (this.#phase !== "new") return "reader/closed";
    this.#phase = "up";
    return undefined;
  }

  /** From now on results are read like this. */
  configure(config: SessionConfig): void {
    this.#config = config;
  }

  /** Runs one command to its end; never rejects (H4). A Bug while another one runs. */
  run(command: ZvtCommand, desk: ReaderDesk): Promise<CommandEnd> {
    assert(this.#running === undefined, "zvt: One command at a time");
    if (!this.isUp) return Promise.resolve({ kind: "doubt", code: "reader/unreachable", hasLeft: false });
    return new Promise((resolve) => {
      this.#running = { desk, resolve, writeCount: 0, isDeskAsked: false, end: undefined };
      this.#dispatch({ kind: "start", command });
    });
  }

  cancel(): void {
    if (this.#running !== undefined) this.#dispatch({ kind: "cancel" });
  }

  /** Ends the connection; a running command ends with `code`. May be called twice. */
  close(code: ReaderFaultCode): void {
    this.#end(code);
  }

  // Bytes in.

  /** H1 */
  #received(bytes: Uint8Array): void {
    if (this.#phase !== "up") return void bytes.fill(0);
    if (this.#link === "tcp") {
      const items = this.#tcp.push(bytes);
      bytes.fill(0);
      for (const item of items) {
        if (item.kind === "too_long") this.#down("reader/protocol");
        else this.#apdu(item.bytes);
      }
      return;
    }
    this.#disarm("t1");
    const items = this.#serial.push(bytes);
    bytes.fill(0);
    for (const item of items) this.#item(item);
    if (this.#phase === "up" && this.#serial.isInBlock) {
      this.#arm("t1", T1_MS, () => {
        for (const item of this.#serial.cut()) this.#item(item);
      });
    }
  }

  #item(item: SerialItem): void {
    switch (item.kind) {
      case "apdu":
        this.#apdu(item.bytes);
        return;
      case "garbage":
        this.#listeners.count("garbageBytes", item.byteCount);
        return;
      case "bad_block":
        this.#listeners.count("badBlock", 1);
        this.#stepLink({ kind: "bad_block" });
        return;
      case "ack":
      case "nak":
        this.#stepLink({ kind: item.kind });
    }
  }

  #apdu(apdu: Uint8Array): void {
    if (this.#phase !== "up") return void apdu.fill(0);
    const isAnswer = apdu[0] === 0x80 || apdu[0] === 0x84;
    const result = decodeApdu(apdu);
    if (!result.ok) this.#listeners.count("malformed", 1);
    else if (result.value.dropped.unknown !== undefined) this.#listeners.count("unknownField", 1);
    if (result.ok && result.value.dropped.malformedCount > 0) {
      this.#listeners.count("malformed", result.value.dropped.malformedCount);
    }
    const message = result.ok ? result.value.message : undefined;
    const deliver = (): void => this.#deliver(message, isAnswer);
    if (this.#link === "tcp") {
      apdu.fill(0);
      deliver();
    } else this.#stepLink({ kind: "apdu", apdu, isAnswer }, deliver);
  }

  #deliver(message: ZvtMessage | undefined, isAnswer: boolean): void {
    if (message === undefined) {
      // What cannot be read is answered all the same: the terminal would wait in vain.
      if (!isAnswer) this.#say(zvtMessage("refused", [], { kind: "none" }, ANSWER.unknown), true);
      return;
    }
    const heard = hear(this.#sequence, message);
    if (heard.kind === "repeated") {
      this.#listeners.count("duplicate", 1);
      if (heard.answer !== undefined) this.#say(heard.answer, true);
      return;
    }
    this.#sequence = heard.state;
    this.#dispatch({ kind: "message", message });
  }

  // The session.

  #dispatch(event: SessionEvent): void {
    this.#events.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const step = stepSession(this.#session, next, this.#config);
      this.#session = step.state;
      for (const effect of step.effects) this.#perform(effect);
    }
    this.#isStepping = false;
  }

  #perform(effect: SessionEffect): void {
    switch (effect.kind) {
      case "send":
        this.#command(effect.message);
        return;
      case "answer": {
        const numbered = numberAnswer(this.#sequence, effect.message, effect.to);
        this.#sequence = numbered.state;
        this.#say(numbered.message, true);
        return;
      }
      case "leave":
        if (this.#link === "serial") this.#stepLink({ kind: "leave" });
        return;
      case "arm": {
        const { timer, delayMs } = effect;
        this.#arm(timer, delayMs, () => this.#dispatch({ kind: "timed_out", timer }));
        return;
      }
      case "disarm":
        this.#disarm(effect.timer);
        return;
      case "take":
        this.#ask(
          (desk) => desk.take(effect.result),
          (word) => ({ kind: "taken", word }),
          "refuse",
        );
        return;
      case "slip":
        this.#ask(
          (desk) => desk.slip(effect.slip),
          (isKept) => ({ kind: "slip_kept", isKept }),
          false,
        );
        return;
      case "show":
        this.#running?.desk.show(effect.prompt);
        return;
      case "count":
        this.#listeners.count(effect.what === "desk_slow" ? "deskSlow" : effect.what, 1);
        return;
      case "finish":
        this.#finish(effect.end);
    }
  }

  #command(message: ZvtMessage): void {
    if (message.name === "registration") this.#sequence = SEQUENCE_START;
    const numbered = numberCommand(this.#sequence, message);
    this.#sequence = numbered.state;
    this.#say(numbered.message, false);
    if (this.#link === "tcp") this.#dispatch({ kind: "arrived", isDoubled: false });
  }

  /** Asks the desk; whatever goes wrong there is a no. */
  #ask<Word>(
    question: (desk: ReaderDesk) => Promise<Word>,
    event: (word: Word) => SessionEvent,
    no: Word,
  ): void {
    const running = this.#running;
    if (running === undefined) return;
    running.isDeskAsked = true;
    const answered = (word: Word): void => {
      running.isDeskAsked = false;
      if (running.end !== undefined) this.#settle(running, running.end);
      else this.#dispatch(event(word));
    };
    question(running.desk).then(answered, () => answered(no));
  }

  #finish(end: CommandEnd): void {
    const running = this.#running;
    if (running === undefined) return;
    const isNotSent = end.kind === "doubt" && running.writeCount === 0;
    const told: CommandEnd = isNotSent ? { ...end, hasLeft: false } : end;
    running.end = told;
    this.#running = undefined;
    if (!running.isDeskAsked) this.#settle(running, told);
    // H3
    if (end.kind === "doubt") this.#down(end.code);
  }

  #settle(running: Running, end: CommandEnd): void {
    running.resolve(end);
  }

  // Bytes out.

  #say(message: ZvtMessage, isAnswer: boolean): void {
    if (this.#phase !== "up") return;
    const apdu = encodeApdu(message);
    if (this.#link === "tcp") this.#write(apdu, !isAnswer);
    else this.#stepLink({ kind: "send", apdu, isAnswer });
  }

  #stepLink(event: LinkEvent, deliver: () => void = () => {}): void {
    if (this.#phase !== "up") return;
    const step = stepLink(this.#linkState, event);
    this.#linkState = step.state;
    for (const effect of step.effects) this.#performLink(effect, deliver);
  }

  #performLink(effect: LinkEffect, deliver: () => void): void {
    if (this.#phase !== "up") return;
    switch (effect.kind) {
      case "write":
        // A block on its way that is no answer is a command's; a single byte is neither.
        this.#write(effect.bytes, effect.bytes.length > 1 && this.#linkState.onWay?.isAnswer === false);
        return;
      case "arm_t2":
        this.#arm("t2", T2_MS, () => this.#stepLink({ kind: "t2" }));
        return;
      case "disarm_t2":
        this.#disarm("t2");
        return;
      case "deliver":
        deliver();
        return;
      case "arrived":
        this.#dispatch({ kind: "arrived", isDoubled: effect.isDoubled });
        return;
      case "failed":
        this.#down("reader/no_answer");
        return;
      case "count":
        this.#listeners.count(effect.what === "stray_ack" ? "strayAck" : effect.what, 1);
    }
  }

  /** H2 */
  #write(bytes: Uint8Array, isOfCommand: boolean): void {
    const running = this.#running;
    if (isOfCommand && running !== undefined) running.writeCount += 1;
    const cancelDeadline = this.#timers.after(WRITE_MS, () => this.#down("reader/link_lost"));
    this.#port.write(bytes).then(
      () => cancelDeadline(),
      (error: unknown) => {
        cancelDeadline();
        const isNothingSent =
          error instanceof DriverFault &&
          (error.code === "port/queue_full" || error.code === "port/not_open");
        if (isNothingSent && isOfCommand && running !== undefined) running.writeCount -= 1;
        this.#down("reader/link_lost");
      },
    );
  }

  // The end.

  #down(code: ReaderFaultCode): void {
    if (this.#phase !== "up") return;
    this.#end(code);
    this.#listeners.onDown(code);
  }

  #end(code: ReaderFaultCode): void {
    const wasUp = this.#phase === "up";
    this.#phase = "down";
    for (const cancel of this.#cancelTimer.values()) cancel();
    this.#cancelTimer.clear();
    this.#port.close();
    const lostBytes = this.#tcp.cut();
    if (lostBytes > 0) this.#listeners.count("garbageBytes", lostBytes);
    this.#serial.cut();
    if (wasUp) this.#dispatch({ kind: "down", code });
  }

  #arm(timer: TimerName, delayMs: number, run: () => void): void {
    this.#disarm(timer);
    if (this.#phase !== "up") return;
    this.#cancelTimer.set(timer, this.#timers.after(delayMs, run));
  }

  #disarm(timer: TimerName): void {
    this.#cancelTimer.get(timer)?.();
    this.#cancelTimer.delete(timer);
  }
}
