/**
 * The network between terminals and headquarters.
 *
 * "direct": the terminal's connection ends at headquarters' own front. Bytes keep their order and are
 * lost only with the connection; the broker's acknowledgement follows the commit.
 * "relay": a broker stands between, acknowledges by itself, and may then lose, double, delay or drop
 * what it took; headquarters answers through it.
 * Either way a connection can end at any moment, a partition can hold back bytes of one direction or
 * both, and a second client can push the first one out.
 */
import type { TerminalId } from "../../../core/ids.ts";
import type { Bus, BusHandlers } from "../../../runtime/bus.ts";
import { topicOf } from "../../../protocol/topics.ts";
import type { BusKind } from "./options.ts";
import type { Stream } from "./random.ts";
import { Life } from "./scheduler.ts";
import type { Scheduler } from "./scheduler.ts";

/** Which bytes do not come through. */
export type Blocked = "none" | "up" | "down" | "both";

/** What happens to messages; probabilities are for each. */
export interface BusTrouble {
  lost: number;
  twice: number;
  late: number;
  poison: number;
  /** Headquarters' side of the broker does not read. */
  isCapped: boolean;
}

/** A good network. */
export function noBusTrouble(): BusTrouble {
  return { lost: 0, twice: 0, late: 0, poison: 0, isCapped: false };
}

/** Headquarters as the network reaches it: one line for each terminal, or null while it is down. */
export interface HqEnd {
  /** A new connection; `send` takes bytes to the terminal and resolves when the line has taken them. */
  accept(terminal: TerminalId, send: (bytes: Uint8Array) => Promise<void>): HqLine | null;
}

/** One terminal's line at headquarters. "close": the connection is at fault and ends. */
export interface HqLine {
  take(bytes: Uint8Array): Promise<"ok" | "close">;
}

export interface BusHost {
  readonly kind: BusKind;
  readonly tenant: string;
  readonly scheduler: Scheduler;
  readonly stream: Stream;
  readonly trouble: BusTrouble;
  readonly hq: HqEnd;
  readonly onFault: (kind: string) => void;
  readonly note: (terminal: string, what: string) => void;
  /** Sees every payload of either direction. */
  readonly watch: (terminal: TerminalId, direction: "up" | "down", bytes: Uint8Array) => void;
  /** Sees what reaches a terminal, when it does. */
  readonly onDelivered: (terminal: TerminalId, bytes: Uint8Array) => void;
}

interface Connection {
  readonly life: Life;
  readonly terminal: TerminalId;
  readonly handlers: BusHandlers;
  readonly pending: Set<(reason: Error) => void>;
  isUp: boolean;
  isSubscribed: boolean;
  line: HqLine | null;
  /** Bytes keep their order: nothing arrives before this. */
  upUs: number;
  downUs: number;
  readonly heldUp: (() => void)[];
  readonly heldDown: (() => void)[];
}

const CONNECT_US: readonly [number, number] = [2000, 60_000];
const TRIP_US: readonly [number, number] = [300, 20_000];
const LATE_US = 3_000_000;
/** A connection through which nothing comes is given up after one and a half keep-alives. */
const KEEPALIVE_US = 45_000_000;
const QUEUE_COUNT_MAX = 100;
const REPLAYS_KEPT_COUNT = 16;

export class SimBus {
  readonly #host: BusHost;
  readonly #connections = new Map<string, Connection>();
  readonly #blocked = new Map<string, Blocked>();
  readonly #relayLines = new Map<string, HqLine>();
  readonly #seen: Uint8Array[] = [];
  #brokerLife = new Life();
  #queuedCount = 0;

  constructor(host: BusHost) {
    this.#host = host;
  }

  /** The Bus port for one life of a terminal. */
  port(terminal: TerminalId, owner: Life): Bus {
    const own = (): Connection | undefined => {
      const connection = this.#connections.get(terminal);
      return connection !== undefined && connection.isUp && owner.isAlive ? connection : undefined;
    };
    return {
      connect: (handlers) => this.#connect(terminal, handlers, owner),
      subscribe: (topic) => this.#subscribe(own(), topic),
      publish: (topic, bytes) => this.#publish(own(), topic, bytes),
      disconnect: () => {
        const connection = this.#connections.get(terminal);
        if (connection !== undefined && owner.isAlive) this.#endLater(connection, "disconnected");
      },
    };
  }

  /** The connection ends, with everything that is under way. */
  cut(terminal: TerminalId, reason: string): void {
    const connection = this.#connections.get(terminal);
    if (connection !== undefined) this.#end(connection, reason);
  }

  block(terminal: TerminalId, blocked: Blocked): void {
    this.#blocked.set(terminal, blocked);
    const connection = this.#connections.get(terminal);
    if (connection === undefined) return;
    if (blocked === "none") {
      for (const send of [...connection.heldUp.splice(0), ...connection.heldDown.splice(0)]) send();
      return;
    }
    const { scheduler } = this.#host;
    scheduler.after(KEEPALIVE_US, connection.life, () => {
      if (this.#isBlocked(terminal, "up") || this.#isBlocked(terminal, "down"))
        this.#end(connection, "keep-alive");
    });
  }

  heal(): void {
    for (const terminal of this.#connections.keys()) this.#blocked.set(terminal, "none");
    this.#blocked.clear();
    for (const { heldUp, heldDown } of this.#connections.values())
      for (const send of [...heldUp.splice(0), ...heldDown.splice(0)]) send();
  }

  /** Headquarters is gone: its own connections end, a broker's go on. */
  hqGone(): void {
    this.#relayLines.clear();
    if (this.#host.kind === "relay") return;
    for (const connection of this.#connections.values()) this.#endLater(connection, "headquarters is gone");
  }

  brokerCrash(): void {
    this.#brokerLife.end();
    this.#brokerLife = new Life();
    this.#queuedCount = 0;
    for (const connection of this.#connections.values()) this.#end(connection, "broker is gone");
  }

  /** Someone else connects under this terminal's name, says something, and goes. */
  takeover(terminal: TerminalId): void {
    this.cut(terminal, "taken over");
    const line = this.#host.hq.accept(terminal, () => Promise.resolve());
    if (line === null || this.#host.kind === "relay") return;
    void line.take(this.#noise()).catch(() => {});
  }

  #connect(terminal: TerminalId, handlers: BusHandlers, owner: Life): void {
    const { scheduler, stream, note } = this.#host;
    const known = this.#connections.get(terminal);
    // A process that died leaves its connection behind: the next one of that name pushes it out.
    if (known !== undefined) known.life.end();
    const connection: Connection = {
      life: new Life(owner),
      terminal,
      handlers,
      pending: new Set(),
      isUp: false,
      isSubscribed: false,
      line: null,
      upUs: 0,
      downUs: 0,
      heldUp: [],
      heldDown: [],
    };
    this.#connections.set(terminal, connection);
    scheduler.after(stream.between(...CONNECT_US), connection.life, () => {
      const isBlocked = this.#isBlocked(terminal, "up") || this.#isBlocked(terminal, "down");
      const isReached = !isBlocked && this.#open(connection);
      note(terminal, isReached ? "up" : "refused");
      if (!isReached) {
        this.#end(connection, "refused");
        return;
      }
      connection.isUp = true;
      handlers.onUp();
    });
  }

  #open(connection: Connection): boolean {
    if (this.#host.kind === "relay") return true;
    connection.line = this.#host.hq.accept(connection.terminal, (bytes) => this.#down(connection, bytes));
    return connection.line !== null;
  }

  #subscribe(connection: Connection | undefined, topic: string): Promise<void> {
    if (connection === undefined) return Promise.reject(new Error("bus: The connection is down"));
    return this.#asked(connection, (answer) => {
      this.#up(connection, () => {
        if (topic !== topicOf({ tenant: this.#host.tenant, terminal: connection.terminal }, "down")) {
          this.#end(connection, "not allowed");
          return;
        }
        connection.isSubscribed = true;
        this.#answer(connection, answer);
      });
    });
  }

  #publish(connection: Connection | undefined, topic: string, bytes: Uint8Array): Promise<void> {
    if (connection === undefined) return Promise.reject(new Error("bus: The connection is down"));
    const { terminal } = connection;
    const { tenant, watch } = this.#host;
    const copy = bytes.slice();
    watch(terminal, "up", copy);
    return this.#asked(connection, (answer) => {
      this.#up(connection, () => {
        if (topic !== topicOf({ tenant, terminal }, "up")) this.#end(connection, "not allowed");
        else if (this.#host.kind === "direct") this.#deliver(connection, copy, answer);
        else {
          // The broker's word, which is worth nothing.
          this.#relayUp(terminal, copy);
          this.#answer(connection, answer);
        }
      });
    });
  }

  #asked(connection: Connection, ask: (answer: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      connection.pending.add(reject);
      ask(() => {
        connection.pending.delete(reject);
        resolve();
      });
    });
  }

  #deliver(connection: Connection, bytes: Uint8Array, answer: () => void): void {
    const { line, life, terminal } = connection;
    if (line === null) return;
    if (this.#strikes("poison")) {
      const { scheduler, stream } = this.#host;
      scheduler.after(stream.between(...TRIP_US), life, () =>
        this.#taken(connection, line.take(this.#noise()), null),
      );
    }
    this.#remember(bytes);
    this.#host.note(terminal, `take ${bytes.length}`);
    this.#taken(connection, line.take(bytes), answer);
  }

  #taken(connection: Connection, taken: Promise<"ok" | "close">, answer: (() => void) | null): void {
    taken.then(
      (verdict) => {
        if (!connection.life.isAlive) return;
        if (verdict === "close") this.#endLater(connection, "closed by headquarters");
        else if (answer !== null) this.#answer(connection, answer);
      },
      () => this.#endLater(connection, "closed by headquarters"),
    );
  }

  // In order, and held back by a partition.
  #up(connection: Connection, arrive: () => void): void {
    const { scheduler, stream } = this.#host;
    const send = (): void => {
      connection.upUs = Math.max(connection.upUs, scheduler.nowUs) + stream.between(...TRIP_US);
      scheduler.after(connection.upUs - scheduler.nowUs, connection.life, arrive);
    };
    if (this.#isBlocked(connection.terminal, "up")) connection.heldUp.push(send);
    else send();
  }

  #answer(connection: Connection, answer: () => void): void {
    this.#downward(connection, answer);
  }

  #downward(connection: Connection, arrive: () => void): void {
    const { scheduler, stream } = this.#host;
    const send = (): void => {
      connection.downUs = Math.max(connection.downUs, scheduler.nowUs) + stream.between(...TRIP_US);
      scheduler.after(connection.downUs - scheduler.nowUs, connection.life, arrive);
    };
    if (this.#isBlocked(connection.terminal, "down")) connection.heldDown.push(send);
    else send();
  }

  /** From headquarters to one connection; resolves when the line has taken it. */
  #down(connection: Connection, bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    const { terminal, life, handlers } = connection;
    this.#host.watch(terminal, "down", copy);
    if (!life.isAlive || !connection.isSubscribed) return Promise.resolve();
    const topic = topicOf({ tenant: this.#host.tenant, terminal }, "down");
    this.#remember(copy);
    if (this.#strikes("poison")) this.#downward(connection, () => handlers.onMessage(topic, this.#noise()));
    this.#downward(connection, () => {
      this.#host.note(terminal, `down ${copy.length}`);
      this.#host.onDelivered(terminal, copy);
      handlers.onMessage(topic, copy);
    });
    return this.#host.scheduler.sleep(100, new Life());
  }

  #relayUp(terminal: TerminalId, bytes: Uint8Array): void {
    if (this.#strikes("poison")) this.#relayTrip(terminal, this.#noise(), "up");
    this.#remember(bytes);
    this.#relayTrip(terminal, bytes, "up");
  }

  /** Through the broker: loss, doubling, overtaking and the cap of its queue are its own. */
  #relayTrip(terminal: TerminalId, bytes: Uint8Array, direction: "up" | "down"): void {
    const { scheduler, stream, trouble, onFault } = this.#host;
    if (this.#strikes("lost")) return;
    if (direction === "up" && trouble.isCapped && this.#queuedCount >= QUEUE_COUNT_MAX) {
      onFault("queue_cap");
      return;
    }
    const copies = this.#strikes("twice") ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const lateUs = this.#strikes("late") ? stream.below(LATE_US) : 0;
      const capUs = trouble.isCapped && direction === "up" ? stream.below(20_000_000) : 0;
      this.#queuedCount += 1;
      scheduler.after(stream.between(...TRIP_US) + lateUs + capUs, this.#brokerLife, () => {
        this.#queuedCount -= 1;
        if (direction === "up") this.#relayArrived(terminal, bytes);
        else this.#relayReached(terminal, bytes);
      });
    }
  }

  #relayArrived(terminal: TerminalId, bytes: Uint8Array): void {
    const line = this.#relayLines.get(terminal) ?? this.#acceptRelay(terminal);
    if (line === null) return;
    this.#host.note(terminal, `take ${bytes.length}`);
    void line.take(bytes).catch(() => {});
  }

  #acceptRelay(terminal: TerminalId): HqLine | null {
    const line = this.#host.hq.accept(terminal, (bytes) => {
      const copy = bytes.slice();
      this.#host.watch(terminal, "down", copy);
      this.#remember(copy);
      if (this.#strikes("poison")) this.#relayTrip(terminal, this.#noise(), "down");
      this.#relayTrip(terminal, copy, "down");
      return this.#host.scheduler.sleep(100, new Life());
    });
    if (line !== null) this.#relayLines.set(terminal, line);
    return line;
  }

  #relayReached(terminal: TerminalId, bytes: Uint8Array): void {
    const connection = this.#connections.get(terminal);
    if (connection === undefined || !connection.isUp || !connection.isSubscribed) return;
    const topic = topicOf({ tenant: this.#host.tenant, terminal }, "down");
    this.#downward(connection, () => {
      this.#host.note(terminal, `down ${bytes.length}`);
      this.#host.onDelivered(terminal, bytes);
      connection.handlers.onMessage(topic, bytes);
    });
  }

  #strikes(what: "lost" | "twice" | "late" | "poison"): boolean {
    const { stream, trouble, onFault } = this.#host;
    if (!stream.chance(trouble[what])) return false;
    onFault(what === "poison" ? what : `message_${what}`);
    return true;
  }

  /** Random bytes, a cut message, a message with a changed byte, or one of anybody's from before. */
  #noise(): Uint8Array {
    const { stream } = this.#host;
    if (this.#seen.length === 0 || stream.chance(0.25)) return stream.bytes(stream.between(0, 200));
    const bytes = stream.pick(this.#seen).slice();
    const kind = stream.below(3);
    if (kind === 0) return bytes.subarray(0, stream.below(bytes.length + 1));
    const at = stream.below(bytes.length);
    if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << stream.below(8));
    return bytes;
  }

  #remember(bytes: Uint8Array): void {
    const { stream, trouble } = this.#host;
    if (trouble.poison === 0) return;
    if (this.#seen.length < REPLAYS_KEPT_COUNT) this.#seen.push(bytes);
    else if (stream.chance(0.1)) this.#seen[stream.below(REPLAYS_KEPT_COUNT)] = bytes;
  }

  #isBlocked(terminal: TerminalId, direction: "up" | "down"): boolean {
    const blocked = this.#blocked.get(terminal) ?? "none";
    return blocked === "both" || blocked === direction;
  }

  #endLater(connection: Connection, reason: string): void {
    const { scheduler, stream } = this.#host;
    scheduler.after(stream.between(...TRIP_US), connection.life, () => this.#end(connection, reason));
  }

  #end(connection: Connection, reason: string): void {
    if (!connection.life.isAlive) return;
    connection.life.end();
    connection.isUp = false;
    if (this.#connections.get(connection.terminal) === connection)
      this.#connections.delete(connection.terminal);
    for (const reject of connection.pending) reject(new Error("bus: Connection closed"));
    connection.pending.clear();
    this.#host.note(connection.terminal, `end ${reason}`);
    connection.handlers.onDown(reason);
  }
}
