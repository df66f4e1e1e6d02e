/**
 * The line to one ZVT terminal: a connection that mends itself, registered with whoever answers, and used
 * by one thing at a time. Knows which device answers and how it is; knows nothing of money.
 *
 * W1  A connection begins with a registration, and a device that does not say who it is is not used.
 * W2  Connecting again waits longer each time, up to a bound, until the line is closed.
 * W3  What is said of the state is said once for each change.
 */

import type { PortFactory } from "../../port/port.ts";
import type { Timers } from "../../port/timers.ts";
import type {
  ReaderCapabilities,
  ReaderDeclineCode,
  ReaderDesk,
  ReaderFaultCode,
  ReaderIdentity,
  ReaderState,
} from "../reader.ts";
import { bmpNumber, bmpText } from "./bmp.ts";
import { ZvtConnection } from "./connection.ts";
import type { ZvtLink } from "./connection.ts";
import { failureOf } from "./judge.ts";
import { abortCommand, registrationCommand } from "./requests.ts";
import type { ZvtGeneration, ZvtSetup } from "./requests.ts";
import { isBusy } from "./result-codes.ts";
import type { SessionConfig } from "./session.ts";

/** How a terminal is set up. */
export interface ZvtOptions {
  readonly link: ZvtLink;
  /** Six digits. */
  readonly password: string;
  /** Letters of each currency to its four digits, "EUR" to "0978". */
  readonly currencies: Readonly<Record<string, string>>;
  /** The currency of the registration, in letters. */
  readonly currency: string;
  readonly capabilities: ReaderCapabilities;
  readonly generation: ZvtGeneration;
  /** What the journal calls this kind of device. */
  readonly model: string;
  /** The name of a terminal that does not say its own; empty: one that does. */
  readonly serial: string;
}

/** Waits before connecting again (W2); the last one repeats. */
export const RECONNECT_DELAYS_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000];
/** Why something did not work. */
export type Failure = ReaderDeclineCode | ReaderFaultCode;

/** A registered connection, or why there is none. `isBusy`: it is there and at work on something. */
export type Found =
  | { readonly ok: true; readonly connection: ZvtConnection; readonly identity: ReaderIdentity }
  | { readonly ok: false; readonly code: Failure; readonly isBusy: boolean };

/** The desk of commands that need none. */
export const NO_DESK: ReaderDesk = {
  take: async () => await Promise.resolve("refuse" as const),
  slip: async () => await Promise.resolve(false),
  show: () => {},
};

/** What commands need to know. */
export function setupOf(options: ZvtOptions): ZvtSetup {
  const { password, currencies, currency, capabilities, generation } = options;
  return {
    password,
    currencies: new Map(Object.entries(currencies)),
    currency,
    printsItself: capabilities.printsItself,
    generation,
  };
}

/** A line; see W1 to W3. */
export class ZvtLine {
  readonly #openPort: PortFactory;
  readonly #timers: Timers;
  readonly #options: ZvtOptions;
  readonly #setup: ZvtSetup;
  readonly #counters = new Map<string, number>();
  readonly #listeners = new Set<(state: ReaderState) => void>();
  #connection: ZvtConnection | undefined;
  #connecting: Promise<Found> | undefined;
  /** Whom the present connection is registered with. */
  #registered: ReaderIdentity | undefined;
  #identity: ReaderIdentity | null = null;
  #needs = 0;
  #failureCount = 0;
  #cancelRetry: () => void = () => {};
  #isTaken = false;
  #isShownBusy = false;
  #isCancelled = false;
  #isClosed = false;
  /** A journal that is older than this driver may hold a request in doubt. */
  #isInDoubt = true;
  #problem: Failure | null = null;
  #state: ReaderState = { link: "down", problem: null, identity: null, counters: {} };

  constructor(openPort: PortFactory, timers: Timers, options: ZvtOptions) {
    this.#openPort = openPort;
    this.#timers = timers;
    this.#options = options;
    this.#setup = setupOf(options);
  }

  get isRegistered(): boolean {
    return this.#registered !== undefined;
  }

  /** Whoever uses the line was asked to end. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  state(): ReaderState {
    return { ...this.#state, counters: Object.fromEntries(this.#counters) };
  }

  onState(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks whoever uses the line to end. */
  cancel(): void {
    if (!this.#isTaken) return;
    this.#isCancelled = true;
    this.#connection?.cancel();
  }

  /** Asks a device that does not let us register, because it is at work, to end that. */
  async abortBusy(): Promise<void> {
    await this.#connection?.run(abortCommand(), NO_DESK);
  }

  /** Whether a request may be without its end. */
  doubt(isInDoubt: boolean): void {
    this.#isInDoubt = isInDoubt;
    if (this.#registered !== undefined) this.#connection?.configure(this.config(this.#registered.serial));
  }

  /** What the device asked for at registration; told once. */
  takeNeeds(): number {
    const needs = this.#needs;
    this.#needs = 0;
    return needs;
  }

  /** May be called twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelRetry();
    this.#connection?.close("reader/closed");
    this.tell(null);
  }

  /** The registered connection, made if there is none (W1). */
  async connect(): Promise<Found> {
    if (this.#isClosed) return { ok: false, code: "reader/closed", isBusy: false };
    const { connection, identity } = { connection: this.#connection, identity: this.#registered };
    if (connection?.isUp === true && identity !== undefined) return { ok: true, connection, identity };
    this.#cancelRetry();
    this.#connecting ??= this.#register();
    const found = await this.#connecting;
    this.#connecting = undefined;
    if (found.ok) this.#failureCount = 0;
    else this.#retryLater();
    return found;
  }

  async #register(): Promise<Found> {
    const connection = this.#connection?.isUp === true ? this.#connection : this.#newConnection();
    this.tell(this.#problem, "connecting");
    const refused = connection.isUp ? undefined : await connection.open();
    if (refused !== undefined) return this.#notFound(refused, false);
    const end = await connection.run(registrationCommand(this.#setup), NO_DESK);
    const code = failureOf(end);
    if (code !== undefined || end.kind !== "completed") {
      const isWaiting = (end.kind === "refused" || end.kind === "aborted") && isBusy(end.result);
      return this.#notFound(code ?? "reader/protocol", isWaiting);
    }
    const serial = bmpText(end.fields, "terminal") ?? this.#options.serial;
    if (serial === "") {
      connection.close("reader/protocol");
      return this.#notFound("reader/protocol", false);
    }
    const identity = { model: this.#options.model, serial };
    this.#needs = bmpNumber(end.fields, "kind") ?? 0;
    this.#registered = identity;
    this.#identity = identity;
    connection.configure(this.config(serial));
    this.tell(null);
    return { ok: true, connection, identity };
  }

  #notFound(code: Failure, isWaiting: boolean): Found {
    const told = this.#isClosed ? "reader/closed" : code;
    this.tell(told);
    return { ok: false, code: told, isBusy: isWaiting };
  }

  #newConnection(): ZvtConnection {
    const known = this.#connection?.known ?? "";
    this.#registered = undefined;
    const connection = new ZvtConnection(
      this.#openPort(),
      this.#timers,
      this.#options.link,
      { kind: "idle", known },
      this.config(this.#identity?.serial ?? ""),
      {
        count: (what, by) => this.#count(what, by),
        onDown: (code) => {
          if (this.#connection !== connection) return;
          this.#registered = undefined;
          this.#count("reconnect", 1);
          this.tell(code);
          this.#retryLater();
        },
      },
    );
    this.#connection = connection;
    return connection;
  }

  /** W2 */
  #retryLater(): void {
    this.#cancelRetry();
    if (this.#isClosed) return;
    const delayMs = RECONNECT_DELAYS_MS[Math.min(this.#failureCount, RECONNECT_DELAYS_MS.length - 1)] ?? 0;
    this.#failureCount += 1;
    this.#cancelRetry = this.#timers.after(delayMs, () => {
      if (!this.#isTaken)
        void this.alone(
          false,
          "reader/busy",
          async () => await this.connect(),
          () => undefined,
        );
    });
  }

  /** One thing at a time: `run`, unless something else runs or the driver is closed. */
  async alone<Answer>(
    isShownBusy: boolean,
    busy: ReaderFaultCode,
    run: () => Promise<Answer>,
    refused: (code: ReaderFaultCode) => Answer,
  ): Promise<Answer> {
    if (this.#isClosed) return refused("reader/closed");
    if (this.#isTaken) return refused(busy);
    this.#isTaken = true;
    this.#isCancelled = false;
    this.#isShownBusy = isShownBusy;
    if (isShownBusy) this.tell(this.#problem);
    try {
      return await run();
    } finally {
      this.#isTaken = false;
      this.#isShownBusy = false;
      this.tell(this.#problem);
    }
  }

  /** How results of this device are read. */
  config(serial: string): SessionConfig {
    const { currencies, currency, capabilities } = this.#options;
    const currencyOfDigits = new Map(
      Object.entries(currencies).map(([letters, digits]) => [digits, letters]),
    );
    return {
      currencyOfDigits,
      currency,
      serial,
      canAbort: capabilities.abort !== "none",
      isInDoubt: this.#isInDoubt,
    };
  }

  #count(what: string, by: number): void {
    this.#counters.set(what, (this.#counters.get(what) ?? 0) + by);
  }

  /** W3. Says what stands in the way, null for nothing. */
  tell(problem: Failure | null, connecting?: "connecting"): void {
    this.#problem = problem;
    const link = connecting ?? this.#linkWord();
    const { link: was, problem: wasProblem, identity: wasIdentity } = this.#state;
    this.#state = { link, problem, identity: this.#identity, counters: {} };
    if (was === link && wasProblem === problem && wasIdentity === this.#identity) return;
    const told = this.state();
    for (const listener of this.#listeners) listener(told);
  }

  #linkWord(): ReaderState["link"] {
    if (this.#isClosed) return "down";
    if (this.#isShownBusy) return "busy";
    if (this.#connection?.isUp !== true) return "down";
    if (this.#registered === undefined) return "needs_attention";
    return this.#problem === null ? "ready" : "needs_attention";
  }
}

/** A failure as the reason why nothing was sent, or nothing is known. */
export function faultOf(code: Failure): ReaderFaultCode {
  switch (code) {
    case "reader/closed":
    case "reader/link_lost":
    case "reader/no_answer":
    case "reader/protocol":
    case "reader/unknown_result":
      return code;
    default:
      return "reader/unreachable";
  }
}
