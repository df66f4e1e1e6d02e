/**
 * Headquarters behind a broker that is not its own: a client of any MQTT 3.1.1 broker that reads
 * every terminal's `up` and publishes to its `down`. The same link and committer as the front.
 *
 * G1 The broker is believed nothing. Who published is known by the signature alone; what the broker
 *    loses or doubles is sent again by its terminal until a signed ack names it.
 * G2 A terminal's messages are taken up in the order in which they came, and its key is read anew
 *    for each: one that was registered or taken away counts from the next message on.
 * G3 What is beyond a bound is dropped with an alarm; its terminal sends it again.
 * G4 A connection that is gone, or that may not read, is made again for ever.
 */
import type { Timers } from "../../drivers/port/timers.ts";
import { sameBytes } from "../../protocol/batch.ts";
import type { Link } from "../../protocol/message.ts";
import { parseTopic, topicOf } from "../../protocol/topics.ts";
import type { Bus } from "../../runtime/bus.ts";
import { causeFacts } from "../../runtime/log.ts";
import type { Log } from "../../runtime/log.ts";
import { faultLine } from "./fault.ts";
import { readTerminalKey } from "./keys.ts";
import { BRIDGE_PENDING_COUNT_MAX, BROKER_RETRY_MS, LINK_PENDING_COUNT_MAX } from "./limits.ts";
import { TerminalLink } from "./link.ts";
import type { LinkContext } from "./link.ts";

/** Where a broker listens. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

export interface BridgeOptions {
  readonly tenant: string;
  readonly keysDir: string;
  /** To the broker, under a client id that no other client has. */
  readonly bus: Bus;
  readonly timers: Timers;
  /** A line when the connection stands, and one when it is gone. */
  readonly log: Log;
}

export interface Bridge {
  /** Whether the broker is there and may be read. */
  isUp(): boolean;
  /** Leaves the broker; resolves when no message is being handled any more. */
  close(): Promise<void>;
}

/** Resolves when the first try to connect has ended, one way or the other (G4). */
export async function openBridge(options: BridgeOptions, context: LinkContext): Promise<Bridge> {
  const bridge = new BrokerBridge(options, context);
  await bridge.open();
  return bridge;
}

/** What is known of a terminal that was heard of. */
interface Seat {
  readonly link: Link;
  /** Ends with the key's look-up for the newest message. */
  looking: Promise<TerminalLink | null>;
  terminal: { readonly link: TerminalLink; readonly publicKey: Uint8Array } | null;
  pendingCount: number;
}

class BrokerBridge implements Bridge {
  readonly #options: BridgeOptions;
  readonly #context: LinkContext;
  readonly #seats = new Map<string, Seat>();
  readonly #handling = new Set<Promise<void>>();
  #isClosed = false;
  #isUp = false;
  #isDownTold = false;
  #cancelRetry: () => void = nothing;

  constructor(options: BridgeOptions, context: LinkContext) {
    this.#options = options;
    this.#context = context;
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.#connect(resolve));
  }

  isUp(): boolean {
    return this.#isUp;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#options.bus.disconnect();
    await Promise.all(this.#handling);
  }

  /** `onEnd` hears once when it stands or failed. */
  #connect(onEnd: () => void): void {
    this.#options.bus.connect({
      onUp: () => void this.#subscribe().then(onEnd),
      onDown: (reason) => {
        this.#fellDown(reason);
        onEnd();
      },
      onMessage: (topic, bytes) => this.#receive(topic, bytes),
    });
  }

  async #subscribe(): Promise<void> {
    const { bus, tenant, log } = this.#options;
    try {
      await bus.subscribe(`t/${tenant}/+/up`);
      this.#isUp = true;
      this.#isDownTold = false;
      log("broker/up");
    } catch (error) {
      log("broker/not_readable", causeFacts(error));
      bus.disconnect();
    }
  }

  // G4
  #fellDown(reason: string): void {
    if (this.#isClosed) return;
    const { timers, log } = this.#options;
    if (this.#isUp || !this.#isDownTold) log("broker/down", { detail: reason, delayMs: BROKER_RETRY_MS });
    this.#isUp = false;
    this.#isDownTold = true;
    this.#cancelRetry = timers.after(BROKER_RETRY_MS, () => this.#connect(nothing));
  }

  #receive(topic: string, bytes: Uint8Array): void {
    const parsed = parseTopic(topic);
    const isUp = parsed?.direction === "up" && parsed.link.tenant === this.#options.tenant;
    if (parsed === null || !isUp) {
      this.#context.alarm("link/unknown_terminal", "", "a topic that is no terminal's");
      return;
    }
    const { link } = parsed;
    const seat = this.#seats.get(link.terminal) ?? newSeat(link);
    const isFull = this.#handling.size >= BRIDGE_PENDING_COUNT_MAX;
    // G3
    if (isFull || seat.pendingCount >= LINK_PENDING_COUNT_MAX) {
      this.#context.alarm("link/flood", link.terminal, "");
      return;
    }
    this.#seats.set(link.terminal, seat);
    seat.pendingCount += 1;
    const handled = this.#handle(seat, bytes).finally(() => {
      this.#handling.delete(handled);
      seat.pendingCount -= 1;
      // Anyone may invent names: only those with a key are kept.
      if (seat.pendingCount === 0 && seat.terminal === null) this.#seats.delete(link.terminal);
    });
    this.#handling.add(handled);
  }

  async #handle(seat: Seat, bytes: Uint8Array): Promise<void> {
    const { terminal } = seat.link;
    try {
      // G2
      seat.looking = seat.looking.then(() => this.#look(seat));
      const link = await seat.looking;
      // Its alarm was counted; there is no connection of the terminal's own that could be closed.
      await link?.take(bytes);
    } catch (error) {
      this.#context.alarm("store/failed", terminal, faultLine(error));
    }
  }

  async #look(seat: Seat): Promise<TerminalLink | null> {
    const { link } = seat;
    const key = await readTerminalKey(this.#options.keysDir, link);
    if (key.kind !== "known") {
      seat.terminal = null;
      if (key.kind === "unknown") this.#context.alarm("link/unknown_terminal", "", link.terminal);
      else this.#context.alarm("link/key_unreadable", link.terminal, key.code);
      return null;
    }
    const { publicKey } = key.verifier;
    if (seat.terminal === null || !sameBytes(seat.terminal.publicKey, publicKey)) {
      const send = (bytes: Uint8Array): Promise<void> => this.#send(link, bytes);
      seat.terminal = { link: new TerminalLink(this.#context, link, key.verifier, send), publicKey };
    }
    return seat.terminal.link;
  }

  /** Resolves also when the connection is gone, for the terminal asks again. */
  async #send(link: Link, bytes: Uint8Array): Promise<void> {
    await this.#options.bus.publish(topicOf(link, "down"), bytes).catch(nothing);
  }
}

function newSeat(link: Link): Seat {
  return { link, looking: Promise.resolve(null), terminal: null, pendingCount: 0 };
}

function nothing(): void {
  // Nothing is scheduled, or nobody asks.
}
