/**
 * A NEO 2 that behaves as the guide says a NEO 2 does: takes reports, waits for a card that a card holder
 * presents, answers with reports. Knows nothing of how reports travel (attach.ts) and of money (host.ts).
 *
 * Y1  One command at a time: while it waits for a card, 05-01 ends the wait; any other command does as well,
 *     and the till that sent it has broken the protocol. Each is counted.
 * Y2  A key number serves one card, also across a power cut: it is in the store before the card is told of.
 */

import type { Timers } from "../../../drivers/port/timers.ts";
import { SIM_CARDS, cardData, failureData } from "./cards.ts";
import type { MemberCard, SimEntry, SimProtection } from "./cards.ts";
import type { Neo2Memory, Neo2Store } from "./memory.ts";
import { Joiner, commandOf, cut, replyBytes, uiBytes, valuesOf } from "./wire.ts";
import type { Command } from "./wire.ts";

/** What the card holder does at the next wait for a card. */
export type Gesture =
  | { readonly kind: "present"; readonly card: string; readonly entry: SimEntry }
  /** The card fails with this error (20 to 30 hex, 62, 73). */
  | { readonly kind: "error"; readonly error: number }
  | { readonly kind: "member"; readonly member: MemberCard }
  /** Nobody comes. */
  | { readonly kind: "nothing" };

/** How a reader is made. */
export interface Neo2Settings {
  readonly protection: SimProtection;
  /** Between the wait's begin and the card, and between the card and the answer. */
  readonly handMs: number;
  readonly cardMs: number;
  /** Shows what it shows on its own display as bursts of events. */
  readonly tellsUi: boolean;
}

/** As shops have them. */
export const NEO2_SETTINGS: Neo2Settings = {
  protection: "encrypted",
  handMs: 300,
  cardMs: 400,
  tellsUi: false,
};

/** What happened, for tests and for the page of the command line. */
export interface Neo2Counters {
  readonly commandCount: number;
  /** Commands that came while it waited for a card and were not 05-01 (Y1). */
  readonly intrusionCount: number;
  readonly cardCount: number;
  /** Payments that it waited for a card for. */
  readonly waitCount: number;
  readonly cancelCount: number;
}

interface Wait {
  readonly kind: "card" | "token";
  readonly amountMinor: number;
  readonly currency: string;
  readonly stop: () => void;
}

const GESTURES_COUNT_MAX = 100;
const KEY_NUMBER_PREFIX = "62994900AB0008";
const AMOUNT_MINOR_MAX = 999_999_999_999;

/** One reader. */
export class Neo2Device {
  readonly #store: Neo2Store;
  readonly #timers: Timers;
  readonly #settings: Neo2Settings;
  readonly #counts = { command: 0, intrusion: 0, card: 0, cancel: 0, wait: 0 };
  #memory: Neo2Memory;
  #joiner = new Joiner();
  #gestures: readonly Gesture[] = [];
  #isPassingThrough = false;
  #wait: Wait | undefined;
  #send: (report: Uint8Array) => void = () => {};

  constructor(store: Neo2Store, timers: Timers, settings: Neo2Settings = NEO2_SETTINGS) {
    this.#store = store;
    this.#timers = timers;
    this.#settings = settings;
    this.#memory = store.load();
  }

  /** Sets where its reports go. */
  onSend(send: (report: Uint8Array) => void): void {
    this.#send = send;
  }

  /** Adds to what the card holder will do, one gesture for each wait for a card. */
  script(...gestures: readonly Gesture[]): void {
    this.#gestures = [...this.#gestures, ...gestures].slice(0, GESTURES_COUNT_MAX);
  }

  /** What the card holder does now; false when nobody waits for it. */
  gesture(gesture: Gesture): boolean {
    const wait = this.#wait;
    if (wait === undefined) return false;
    this.#play(wait, gesture, 0);
    return true;
  }

  /** True while a card is waited for. */
  get isWaiting(): boolean {
    return this.#wait !== undefined;
  }

  counters(): Neo2Counters {
    const { command, intrusion, card, cancel, wait } = this.#counts;
    return {
      commandCount: command,
      intrusionCount: intrusion,
      cardCount: card,
      waitCount: wait,
      cancelCount: cancel,
    };
  }

  memory(): Neo2Memory {
    return this.#memory;
  }

  /** Loses all that is not in its store; what it waited for is forgotten without a word. */
  powerCycle(): void {
    this.#endWait();
    this.#isPassingThrough = false;
    this.#joiner = new Joiner();
    this.#memory = this.#store.load();
  }

  /** One report from the till, its id in front. */
  receive(report: Uint8Array): void {
    const message = this.#joiner.push(report);
    if (message === undefined) return;
    const command = commandOf(message);
    this.#counts.command += 1;
    if ("status" in command) return this.#reply(command.command, command.status);
    if (this.#wait !== undefined) {
      const isCancel = command.command === 0x05 && command.sub === 0x01;
      this.#counts[isCancel ? "cancel" : "intrusion"] += 1;
      this.#endWait();
    }
    this.#obey(command);
  }

  #obey(command: Command): void {
    const key = `${hex(command.command)}-${hex(command.sub)}`;
    switch (key) {
      case "18-01":
      case "05-01":
      case "01-02":
        return this.#reply(command.command, 0x00);
      case "29-00":
        return this.#reply(0x29, 0x00, Buffer.from(`${this.#memory.firmware}\0`, "latin1"));
      case "12-01": {
        const serial = Buffer.from(this.#memory.serial, "latin1");
        if (serial.length === 0) return this.#reply(0x12, 0x0b);
        return this.#reply(0x12, 0x00, [...serial, ...Array.from({ length: 15 - serial.length }, () => 0)]);
      }
      case "01-01":
        this.#keep({ pollsOnDemand: command.data[0] === 0x01 });
        return this.#reply(0x01, 0x00);
      case "03-02":
        return this.#reply(0x03, 0x00, configBytes(this.#memory.config));
      case "04-00": {
        const values = [...valuesOf(command.data)].map(([tag, value]) => [
          tag,
          Buffer.from(value).toString("hex"),
        ]);
        this.#keep({ config: { ...this.#memory.config, ...Object.fromEntries(values) } });
        return this.#reply(0x04, 0x00);
      }
      case "02-40":
        return this.#activate(command.data);
      case "2C-01":
        this.#isPassingThrough = command.data[0] === 0x01;
        return this.#reply(0x2c, 0x00);
      case "2C-02":
        return this.#pollForToken(command.data);
      default:
        return this.#reply(command.command, 0x02);
    }
  }

  #activate(data: Uint8Array): void {
    const [waitSeconds = 0, ...rest] = data;
    const values = valuesOf(Uint8Array.from(rest));
    const amountMinor = Number(Buffer.from(values.get("9F02") ?? []).toString("hex") || "x");
    const currency = Buffer.from(values.get("5F2A") ?? [])
      .toString("hex")
      .slice(1);
    const isUsable = amountMinor <= AMOUNT_MINOR_MAX && /^\d{3}$/.test(currency) && waitSeconds > 0;
    // Readers with a secure part take no date from a till.
    if (!isUsable || values.has("9A")) return this.#reply(0x02, 0x05);
    if (!this.#memory.pollsOnDemand) return this.#reply(0x02, 0x0b);
    this.#counts.wait += 1;
    this.#show([3, 3]);
    this.#begin("card", waitSeconds * 1_000, { amountMinor, currency });
  }

  #pollForToken(data: Uint8Array): void {
    const [seconds = 0, steps = 0] = data;
    if (!this.#isPassingThrough) return this.#reply(0x2c, 0x0b);
    if (seconds === 0 && steps === 0) return this.#reply(0x2c, 0x05);
    this.#begin("token", seconds * 1_000 + steps * 10, { amountMinor: 0, currency: "" });
  }

  #begin(kind: Wait["kind"], waitMs: number, what: { amountMinor: number; currency: string }): void {
    const stopTimeout = this.#timers.after(waitMs, () => {
      this.#endWait();
      this.#reply(kind === "card" ? 0x02 : 0x2c, 0x08);
    });
    const wait: Wait = { kind, ...what, stop: stopTimeout };
    this.#wait = wait;
    const [gesture, ...later] = this.#gestures;
    // A member card is nothing for a payment, and the other way round: the holder waits for the right moment.
    if (gesture === undefined || (gesture.kind === "member") !== (kind === "token")) return;
    this.#gestures = later;
    this.#play(wait, gesture, this.#settings.handMs);
  }

  #play(wait: Wait, gesture: Gesture, afterMs: number): void {
    if (gesture.kind === "nothing") return;
    this.#later(wait, afterMs, () => {
      if (wait.kind === "token") return this.#presentMember(gesture);
      this.#reply(0x02, 0x0e, [0x01]);
      this.#show([1, 0x11], [2, 0x20]);
      this.#later(wait, this.#settings.cardMs, () => this.#presentCard(wait, gesture));
    });
  }

  /** Runs unless the wait has ended by then. */
  #later(wait: Wait, afterMs: number, run: () => void): void {
    this.#timers.after(afterMs, () => {
      if (this.#wait === wait) run();
    });
  }

  #presentMember(gesture: Gesture): void {
    this.#endWait();
    if (gesture.kind !== "member") return this.#reply(0x2c, 0x00, [0x00]);
    const { kind, uid } = gesture.member;
    this.#reply(0x2c, 0x00, [kind, ...Buffer.from(uid, "hex")]);
  }

  #presentCard(wait: Wait, gesture: Gesture): void {
    const { amountMinor, currency } = wait;
    this.#endWait();
    const card = gesture.kind === "present" ? SIM_CARDS.get(gesture.card) : undefined;
    if (gesture.kind !== "present" || card === undefined) {
      const error = gesture.kind === "error" ? gesture.error : 0x27;
      return this.#reply(0x02, 0x0a, failureData(error));
    }
    // Y2
    this.#keep({ keyCount: this.#memory.keyCount + 1 });
    const keyNumber = KEY_NUMBER_PREFIX + this.#memory.keyCount.toString(16).padStart(6, "0").toUpperCase();
    this.#counts.card += 1;
    const status = gesture.entry === "swipe" ? 0x00 : 0x23;
    const presented = { card, entry: gesture.entry, amountMinor, currency };
    this.#reply(0x02, status, cardData(presented, keyNumber, this.#settings.protection));
    this.#show([3, 4]);
  }

  #endWait(): void {
    this.#wait?.stop();
    this.#wait = undefined;
  }

  #keep(change: Partial<Neo2Memory>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#store.save(this.#memory);
  }

  #show(...events: readonly (readonly [number, number])[]): void {
    if (this.#settings.tellsUi) this.#emit(uiBytes(events));
  }

  #reply(command: number, status: number, data: Iterable<number> = []): void {
    this.#emit(replyBytes(command, status, data));
  }

  #emit(message: Uint8Array): void {
    for (const report of cut(message)) this.#send(report);
  }
}

function configBytes(config: Readonly<Record<string, string>>): readonly number[] {
  return Object.entries(config).flatMap(([tag, value]) => {
    const bytes = Buffer.from(value, "hex");
    return [...Buffer.from(tag, "hex"), bytes.length, ...bytes];
  });
}

function hex(value: number): string {
  return value.toString(16).padStart(2, "0").toUpperCase();
}
