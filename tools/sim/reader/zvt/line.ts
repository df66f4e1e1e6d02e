/**
 * The terminal's end of one connection: APDUs to bytes and back. Over TCP they go bare; on a serial line
 * each is a block that is acknowledged, repeated and told apart from its own repetition (PA00P016 2).
 *
 * L1  One block is on its way at a time; what is said meanwhile waits.
 * L2  An answer of the till stands for the acknowledgement of what it answers.
 * L3  The same command again, while our answer to it is not acknowledged, is a repetition: it is
 *     acknowledged and answered again, and not told to the terminal.
 */

import type { Timers } from "../../../../drivers/port/timers.ts";
import {
  encodeSerialBlock,
  SerialFrameReader,
  ZVT_ACK,
  ZVT_NAK,
} from "../../../../drivers/reader/zvt/frame-serial.ts";
import { TcpFrameReader } from "../../../../drivers/reader/zvt/frame-tcp.ts";

/** Silence inside a block after which it is thrown away. */
const T1_MS = 200;
/** Wait for an acknowledgement. */
const T2_MS = 5_000;
/** A block leaves three times at most. */
const SENDS_MAX = 3;
/** Blocks that may wait; a terminal never has more than an answer and a message. */
const QUEUE_LEN_MAX = 16;

/** What a line does with bytes and tells. */
export interface LineEvents {
  readonly write: (bytes: Uint8Array) => void;
  readonly apdu: (bytes: Uint8Array) => void;
  /** A command of ours reached the till. */
  readonly delivered: () => void;
  /** It did not, after all repetitions. */
  readonly undelivered: () => void;
  /** The stream cannot be read any more; close it. */
  readonly broken: () => void;
}

/** One connection. */
export interface Line {
  send(apdu: Uint8Array): void;
  receive(bytes: Uint8Array): void;
  /** Forgets timers; nothing is told any more. */
  close(): void;
}

/** Bare APDUs. */
export function createTcpLine(events: LineEvents): Line {
  const frames = new TcpFrameReader();
  let isOpen = true;
  return {
    send: (apdu) => {
      events.write(apdu);
      if (!isAnswer(apdu)) events.delivered();
    },
    receive: (bytes) => {
      for (const item of frames.push(bytes)) {
        if (!isOpen) return;
        if (item.kind === "apdu") events.apdu(item.bytes);
        else events.broken();
      }
    },
    close: () => {
      isOpen = false;
    },
  };
}

/** Blocks with acknowledgements. */
export function createSerialLine(events: LineEvents, timers: Timers): Line {
  return new SerialLine(events, timers);
}

class SerialLine implements Line {
  readonly #events: LineEvents;
  readonly #timers: Timers;
  readonly #frames = new SerialFrameReader();
  readonly #queue: Uint8Array[] = [];
  #onWay: Uint8Array | null = null;
  #sendCount = 0;
  #cancelT1: () => void = () => {};
  #cancelT2: () => void = () => {};
  #isOpen = true;
  /** The command that is being answered (L3). */
  #lastCommand: Uint8Array | null = null;

  constructor(events: LineEvents, timers: Timers) {
    this.#events = events;
    this.#timers = timers;
  }

  send(apdu: Uint8Array): void {
    if (!this.#isOpen) return;
    if (this.#queue.length < QUEUE_LEN_MAX) this.#queue.push(apdu);
    if (this.#onWay === null) this.#sendNext();
  }

  receive(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    this.#cancelT1();
    for (const item of this.#frames.push(bytes)) {
      if (item.kind === "apdu") this.#apdu(item.bytes);
      else if (item.kind === "ack") this.#acknowledged();
      else if (item.kind === "nak") this.#again();
      else if (item.kind === "bad_block") this.#events.write(Uint8Array.of(ZVT_NAK));
    }
    if (!this.#frames.isInBlock) return;
    this.#cancelT1 = this.#timers.after(T1_MS, () => {
      for (const item of this.#frames.cut())
        if (item.kind === "bad_block") this.#events.write(Uint8Array.of(ZVT_NAK));
    });
  }

  close(): void {
    this.#isOpen = false;
    this.#cancelT1();
    this.#cancelT2();
  }

  #apdu(apdu: Uint8Array): void {
    this.#events.write(Uint8Array.of(ZVT_ACK));
    const { command, onWay } = { command: this.#lastCommand, onWay: this.#onWay };
    if (isAnswer(apdu)) {
      if (onWay !== null && !isAnswer(onWay)) this.#acknowledged();
    } else if (onWay !== null && isAnswer(onWay) && command !== null && isEqual(command, apdu)) {
      this.#write(onWay);
      return;
    } else this.#lastCommand = apdu;
    this.#events.apdu(apdu);
  }

  #acknowledged(): void {
    const { onWay } = { onWay: this.#onWay };
    if (onWay === null) return;
    this.#cancelT2();
    this.#onWay = null;
    if (isAnswer(onWay)) this.#lastCommand = null;
    else this.#events.delivered();
    if (this.#onWay === null) this.#sendNext();
  }

  #sendNext(): void {
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#onWay = next;
    this.#sendCount = 0;
    this.#write(next);
  }

  #write(apdu: Uint8Array): void {
    this.#cancelT2();
    this.#sendCount += 1;
    this.#cancelT2 = this.#timers.after(T2_MS, () => this.#again());
    this.#events.write(encodeSerialBlock(apdu));
  }

  #again(): void {
    const { onWay } = { onWay: this.#onWay };
    if (onWay === null) return;
    if (this.#sendCount < SENDS_MAX) {
      this.#write(onWay);
      return;
    }
    this.#cancelT2();
    this.#onWay = null;
    const wasCommand = !isAnswer(onWay) || this.#queue.some((apdu) => !isAnswer(apdu));
    this.#queue.length = 0;
    if (wasCommand) this.#events.undelivered();
  }
}

function isAnswer(apdu: Uint8Array): boolean {
  return apdu[0] === 0x80 || apdu[0] === 0x84;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
