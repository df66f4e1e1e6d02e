/**
 * An ID TECH NEO 2 as the runtime knows it: performs the effects of the session, owns the HID port, the
 * one timer and the buffer in which messages are joined. Decides nothing.
 *
 * D1  A NEO 2 has no host and no memory of payments. Whether money moves is the word of the CardHost that is
 *     given; without one every payment is refused before the reader hears of it.
 * D2  Every report and every message is zeroed after it was read, and a cryptogram after the host's answer.
 * D3  After the first request the link mends itself.
 */

import type { HidPort, HidPortFactory } from "../../port/hid.ts";
import type { Timers } from "../../port/timers.ts";
import type {
  Reader,
  ReaderCapabilities,
  ReaderCardRead,
  ReaderDayEnd,
  ReaderDeclineCode,
  ReaderDesk,
  ReaderEnd,
  ReaderFaultCode,
  ReaderIdentity,
  ReaderInquiry,
  ReaderInquiryAnswer,
  ReaderRequest,
  ReaderState,
} from "../reader.ts";
import { ACTIVATE_SECONDS_MAX, AMOUNT_MINOR_MAX, activationData, commandMessage } from "./commands.ts";
import type { Cryptogram } from "./cryptogram.ts";
import type { CardHost, HostAnswer } from "./host.ts";
import { readMessage } from "./replies.ts";
import { ReportAssembler, reportsOf } from "./reports.ts";
import type { Errand, Outcome, Charge, SessionEffect, SessionEvent, SessionState } from "./session.ts";
import { SESSION_START, canStart, stepSession } from "./session-step.ts";
import { SESSION_TIMEOUTS, isFaultCode } from "./session-words.ts";

/** How a NEO 2 is used. */
export interface Neo2Options {
  /** The gateway; undefined where none is configured (D1). */
  readonly host: CardHost | undefined;
  /** How long the reader waits for a card, 1 to 255. */
  readonly waitSeconds: number;
  /** How long a member card is waited for. */
  readonly memberWaitMs: number;
  /** The three digits of an ISO 4217 code, or undefined for a currency that has none. */
  readonly currencyDigits: (currency: string) => string | undefined;
}

/** What a NEO 2 promises behind this host; see D1. */
export function neo2Capabilities(host: CardHost | undefined): ReaderCapabilities {
  return {
    inquiry: host?.inquire === undefined ? "none" : "byRef",
    commit: "onApproval",
    autoReversal: false,
    abort: "confirmed",
    storeAndForward: false,
    printsItself: false,
    refund: false,
    reversal: false,
    readsMemberCards: true,
  };
}

/** What a refused payment says when there is no host. */
export const NO_HOST_TEXT = "No payment host is configured for this reader";

/** Makes a driver; nothing connects before the first request. */
export function createNeo2Reader(openHid: HidPortFactory, timers: Timers, options: Neo2Options): Reader {
  return new Neo2Reader(openHid, timers, options);
}

type Desk = Pick<ReaderDesk, "show"> & Partial<Pick<ReaderDesk, "take">>;

/** The errand that runs, and who waits for its end. `number` tells late answers from those of today. */
interface Running {
  readonly number: number;
  readonly desk: Desk;
  readonly resolve: (outcome: Outcome) => void;
}

class Neo2Reader implements Reader {
  readonly capabilities: ReaderCapabilities;
  readonly #openHid: HidPortFactory;
  readonly #timers: Timers;
  readonly #options: Neo2Options;
  readonly #assembler = new ReportAssembler();
  readonly #listeners = new Set<(state: ReaderState) => void>();
  readonly #counts = {
    crc: 0,
    garbage: 0,
    stray: 0,
    unknownFields: 0,
    uiEvents: 0,
    clearCards: 0,
    connects: 0,
    reconnects: 0,
  };
  #session: SessionState = SESSION_START;
  readonly #events: SessionEvent[] = [];
  #isStepping = false;
  #port: HidPort | undefined;
  #cancelTimer: () => void = () => {};
  #running: Running | undefined;
  #runCount = 0;
  #identity: ReaderIdentity | null = null;
  #problem: ReaderDeclineCode | ReaderFaultCode | null;
  /** Who answered the last `ready`: the intent of the payment names it. */
  #readySerial: string | undefined;
  #told: ReaderState;

  constructor(openHid: HidPortFactory, timers: Timers, options: Neo2Options) {
    this.#openHid = openHid;
    this.#timers = timers;
    this.#options = options;
    this.capabilities = neo2Capabilities(options.host);
    this.#problem = "reader/unreachable";
    this.#told = this.state();
  }

  state(): ReaderState {
    const { host } = this.#options;
    const problem = this.#problem ?? (host === undefined ? "reader/host_unreachable" : null);
    return { link: this.#link(problem), problem, identity: this.#identity, counters: { ...this.#counts } };
  }

  onState(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ready(): ReturnType<Reader["ready"]> {
    // D1: a tender is not even begun that nobody could approve.
    if (this.#options.host === undefined) return { ok: false, code: "reader/host_unreachable" };
    const outcome = await this.#run({ kind: "ready" }, { show: () => {} });
    if (outcome?.kind === "ready") {
      this.#readySerial = outcome.identity.serial;
      return { ok: true, identity: outcome.identity };
    }
    return { ok: false, code: outcome?.kind === "not_ready" ? outcome.code : this.#busyCode() };
  }

  async begin(request: ReaderRequest, desk: ReaderDesk): Promise<ReaderEnd> {
    if (request.kind !== "pay") return { kind: "not_sent", code: "reader/unsupported_request" };
    if (this.#options.host === undefined) {
      return { kind: "declined", code: "reader/host_unreachable", text: NO_HOST_TEXT };
    }
    const charge = this.#charge(request);
    if (charge === undefined) return { kind: "not_sent", code: "reader/unsupported_request" };
    const outcome = await this.#run({ kind: "pay", charge }, desk);
    return outcome?.kind === "paid" ? outcome.end : { kind: "not_sent", code: this.#busyCode() };
  }

  cancel(): void {
    this.#dispatch({ kind: "cancel" });
  }

  /**
   * The reader knows nothing of it; the host may, and its word holds for whichever reader was asked. Without
   * such a host the answer says which reader is there, and that nobody knows.
   */
  async inquire({ request, serial }: ReaderInquiry): Promise<ReaderInquiryAnswer> {
    if (this.#running !== undefined) return { kind: "unreachable", code: "reader/busy" };
    const { host } = this.#options;
    if (host?.inquire === undefined) return this.#unanswerable();
    const record = await host.inquire(request.ref).catch(() => ({ kind: "unknown" }) as const);
    if (record.kind === "unknown") return { kind: "unreachable", code: "reader/no_answer" };
    if (record.kind === "absent") return { kind: "absent", serial };
    const { reference, amountMinor, currency, authorisation, brand, lastFour } = record;
    const card = { brand, lastFour, entry: "unknown", verification: "unknown" } as const;
    const result = { reference, amountMinor, currency, card, authorisation, serial, isOffline: false };
    const isSame = amountMinor === request.amountMinor && currency === request.currency;
    return isSame ? { kind: "found", result } : { kind: "other", result };
  }

  async #unanswerable(): Promise<ReaderInquiryAnswer> {
    const outcome = await this.#run({ kind: "ready" }, { show: () => {} });
    if (outcome?.kind === "ready") return { kind: "unanswerable", serial: outcome.identity.serial };
    const code = outcome?.kind === "not_ready" ? outcome.code : this.#busyCode();
    return { kind: "unreachable", code: isFaultCode(code) ? code : "reader/unreachable" };
  }

  /** There is nothing in a NEO 2 to close; the host has totals of its own. */
  async endOfDay(): Promise<ReaderDayEnd> {
    return { kind: "failed", code: "reader/unsupported", text: "" };
  }

  async readMemberCard(desk: Pick<ReaderDesk, "show">): Promise<ReaderCardRead> {
    const pollCount = Math.max(1, Math.ceil(this.#options.memberWaitMs / SESSION_TIMEOUTS.tokenMs));
    const outcome = await this.#run({ kind: "read_card", pollCount }, desk);
    return outcome?.kind === "card" ? outcome.read : { kind: "none", code: this.#busyCode() };
  }

  close(): void {
    this.#dispatch({ kind: "close" });
  }

  #link(problem: ReaderState["problem"]): ReaderState["link"] {
    switch (this.#session.kind) {
      case "down":
      case "resting":
      case "closed":
        return "down";
      case "opening":
      case "greeting":
        return "connecting";
      case "idle":
        return problem === null ? "ready" : "needs_attention";
      default:
        return "busy";
    }
  }

  #busyCode(): ReaderFaultCode {
    return this.#session.kind === "closed" ? "reader/closed" : "reader/busy";
  }

  #charge({ ref, amountMinor, currency }: ReaderRequest): Charge | undefined {
    const { waitSeconds, currencyDigits: digitsOf } = this.#options;
    const currencyDigits = digitsOf(currency);
    const isAmount = Number.isInteger(amountMinor) && amountMinor > 0 && amountMinor <= AMOUNT_MINOR_MAX;
    const isWait = Number.isInteger(waitSeconds) && waitSeconds >= 1 && waitSeconds <= ACTIVATE_SECONDS_MAX;
    if (!isAmount || !isWait || currencyDigits === undefined) return undefined;
    const activation = activationData({ waitSeconds, amountMinor, currencyDigits });
    const waitMs = waitSeconds * 1_000;
    return { ref, amountMinor, currency, activation, waitMs, serial: this.#readySerial };
  }

  /** Undefined when another errand runs. */
  #run(errand: Errand, desk: Desk): Promise<Outcome | undefined> {
    if (this.#running !== undefined || !canStart(this.#session)) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#runCount += 1;
    this.#running = { number: this.#runCount, desk, resolve };
    this.#dispatch({ kind: "start", errand });
    return promise;
  }

  /** One event after the other: what an effect causes waits until the effects before it are performed. */
  #dispatch(event: SessionEvent): void {
    this.#events.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const step = stepSession(this.#session, next);
      this.#session = step.state;
      if ("identity" in step.state) this.#identity = step.state.identity;
      for (const effect of step.effects) this.#perform(effect);
    }
    this.#isStepping = false;
    this.#tell();
  }

  #tell(): void {
    const [told, state] = [this.#told, this.state()];
    this.#told = state;
    const isSame =
      told.link === state.link && told.problem === state.problem && told.identity === state.identity;
    if (!isSame) for (const listener of this.#listeners) listener(state);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.kind) {
      case "open":
        return this.#open();
      case "drop":
        return this.#drop();
      case "send":
        return this.#send(commandMessage(effect.command, effect.data));
      case "arm":
        return this.#arm(effect.delayMs);
      case "show":
        return this.#running?.desk.show(effect.prompt);
      case "authorise":
        return void this.#authorise(effect);
      case "wipe":
        return effect.cryptogram.wipe();
      case "take":
        return void this.#take(effect);
      case "finish":
        return this.#finish(effect.outcome);
      case "note":
        this.#problem = effect.problem;
        return;
      case "stray":
        this.#counts.stray += 1;
    }
  }

  #arm(delayMs: number | undefined): void {
    this.#cancelTimer();
    this.#cancelTimer =
      delayMs === undefined
        ? () => {}
        : this.#timers.after(delayMs, () => this.#dispatch({ kind: "timed_out" }));
  }

  #open(): void {
    this.#drop();
    const port = this.#openHid();
    this.#port = port;
    // What a port says after the next one was opened is no longer of interest.
    const ifCurrent = (event: SessionEvent): void => {
      if (this.#port === port) this.#dispatch(event);
    };
    port.onReport((report) => {
      if (this.#port === port) this.#receive(report);
      report.fill(0);
    });
    port.onClose(() => ifCurrent({ kind: "link_down" }));
    port.open().then(
      () => {
        this.#counts.connects += 1;
        this.#counts.reconnects = this.#counts.connects - 1;
        ifCurrent({ kind: "opened" });
      },
      () => ifCurrent({ kind: "link_down" }),
    );
  }

  #drop(): void {
    const port = this.#port;
    this.#port = undefined;
    this.#assembler.wipe();
    port?.close();
  }

  #send(message: Uint8Array): void {
    const port = this.#port;
    const down = (): void => {
      if (this.#port === port) this.#dispatch({ kind: "link_down" });
    };
    // In order: a port takes reports in the order they are given.
    for (const report of reportsOf(message)) port?.write(report).catch(down);
  }

  /** D2 */
  #receive(report: Uint8Array): void {
    const pushed = this.#assembler.push(report);
    if (pushed.kind === "ignored") this.#counts.garbage += 1;
    if (pushed.kind !== "message") return;
    const message = readMessage(pushed.bytes);
    this.#assembler.wipe();
    switch (message.kind) {
      case "ui":
        this.#counts.uiEvents += message.eventCount;
        return;
      case "garbled":
        this.#counts[message.isCrc ? "crc" : "garbage"] += 1;
        return this.#dispatch({ kind: "garbled" });
      case "reply":
        this.#counts.unknownFields += message.droppedCount;
        this.#counts.clearCards += message.content.kind === "card" && message.content.isClear ? 1 : 0;
        return this.#dispatch(message);
    }
  }

  async #authorise(effect: {
    readonly charge: Charge;
    readonly serial: string;
    readonly cryptogram: Cryptogram;
  }): Promise<void> {
    const { cryptogram, serial: readerSerial } = effect;
    const { ref, amountMinor, currency } = effect.charge;
    const number = this.#running?.number;
    const answer = await this.#ask({ ref, amountMinor, currency, readerSerial, cryptogram });
    cryptogram.wipe();
    if (this.#running?.number === number) this.#dispatch({ kind: "host_answered", answer });
  }

  async #ask(question: Parameters<CardHost["authorise"]>[0]): Promise<HostAnswer> {
    try {
      return (await this.#options.host?.authorise(question)) ?? { kind: "unknown" };
    } catch {
      return { kind: "unknown" };
    }
  }

  async #take({ result }: { readonly result: Parameters<ReaderDesk["take"]>[0] }): Promise<void> {
    const running = this.#running;
    const verdict = (await running?.desk.take?.(result).catch(() => "refuse" as const)) ?? "refuse";
    if (this.#running === running) this.#dispatch({ kind: "taken", verdict });
  }

  #finish(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    running?.resolve(outcome);
  }
}
