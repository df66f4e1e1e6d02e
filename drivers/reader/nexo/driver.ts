/**
 * A nexo terminal as the runtime's Reader (reader.ts, R1 to R4): performs the effects of session.ts, asks
 * what became of a request by its ServiceID, and knows that this terminal commits when it approves.
 * Owns one request at a time and one timer. A reversal here is the terminal's acceptance of it; the
 * acquirer carries it out afterwards, as the acquirer's own reports say.
 */

import { ask, tell } from "./talk.ts";
import type { NexoLine, Told } from "./talk.ts";
import { deriveKey } from "./envelope.ts";
import type { NexoCrypto, NexoKeyConfig } from "./envelope.ts";
import type { NexoExchange } from "./exchange.ts";
import {
  abortRequest,
  diagnosisRequest,
  loginRequest,
  statusRequest,
  tenderRequest,
  totalsRequest,
} from "./requests.ts";
import type { NexoEnds } from "./requests.ts";
import { at, textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import { drawServiceId, serviceIdOf } from "./service-id.ts";
import { beginSession, stepSession } from "./session.ts";
import type { NexoEffect, NexoEvent, NexoState } from "./session.ts";
import { statusOf } from "./status.ts";
import { totalsOf } from "./totals.ts";
import { verdictOf } from "./verdict.ts";
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
  ReaderInquiry,
  ReaderInquiryAnswer,
  ReaderRequest,
  ReaderState,
} from "../reader.ts";

/** How a terminal is set up. */
export interface NexoReaderOptions {
  readonly ends: NexoEnds;
  /** Null only while nothing is encrypted yet; then envelopes are refused. */
  readonly key: NexoKeyConfig | null;
  readonly softwareVersion: string;
  /** Decimal places of a currency, as ISO 4217 has them; undefined for one that is not asked for. */
  readonly exponentOf: (currency: string) => number | undefined;
  /** Now, ISO 8601 in UTC. */
  readonly nowIso: () => string;
  /** It approves offline and forwards later; set where its owner allowed that. */
  readonly storeAndForward: boolean;
  /** It has a printer of its own and uses it. */
  readonly printsItself: boolean;
}

/** What every terminal of this dialect promises. */
export const NEXO_CAPABILITIES: ReaderCapabilities = {
  inquiry: "byRef",
  commit: "onApproval",
  autoReversal: false,
  abort: "bestEffort",
  storeAndForward: false,
  printsItself: false,
  refund: true,
  reversal: true,
  readsMemberCards: false,
};

/** The terminal ends a request by itself after 120 s (Terminal API, time-outs). */
const REQUEST_TIMEOUT_MS = 150_000;
const QUESTION_TIMEOUT_MS = 15_000;
/** "Not found" counts when it is still so after a request that was under way would have come in. */
const NOT_FOUND_AGAIN_MS = 3000;
const SERVICE_ID_RANDOM_BYTES = 8;

/** A reader on `exchange`. Nothing is sent before it is asked for. */
export function createNexoReader(
  exchange: NexoExchange,
  crypto: NexoCrypto,
  timers: Timers,
  options: NexoReaderOptions,
): Reader {
  return new NexoReader(exchange, crypto, timers, options);
}

interface Run {
  readonly request: ReaderRequest;
  readonly desk: ReaderDesk;
  readonly serviceId: string;
  readonly end: (how: ReaderEnd) => void;
}

type Problem = ReaderDeclineCode | ReaderFaultCode;

class NexoReader implements Reader {
  readonly capabilities: ReaderCapabilities;
  readonly #line: NexoLine;
  readonly #timers: Timers;
  readonly #options: NexoReaderOptions;
  readonly #isKeyUsable: boolean;
  readonly #counters: Record<string, number> = {};
  readonly #listeners = new Set<(state: ReaderState) => void>();
  #link: ReaderState["link"] = "down";
  #problem: Problem | null = null;
  #session: NexoState = beginSession();
  #run: Run | undefined;
  #isAsking = false;
  #isAborting = false;
  #isLoggedIn = false;
  #cancelPause: () => void = () => {};

  constructor(exchange: NexoExchange, crypto: NexoCrypto, timers: Timers, options: NexoReaderOptions) {
    const key = options.key === null ? undefined : deriveKey(options.key, crypto);
    this.#isKeyUsable = options.key === null || key !== undefined;
    const count = (name: string): void => {
      this.#counters[name] = (this.#counters[name] ?? 0) + 1;
    };
    this.#line = { exchange, crypto, ends: options.ends, key, count };
    this.#timers = timers;
    this.#options = options;
    const { storeAndForward, printsItself } = options;
    this.capabilities = { ...NEXO_CAPABILITIES, storeAndForward, printsItself };
    if (!this.#isKeyUsable) this.#tell("needs_attention", "reader/unsupported_request");
  }

  state(): ReaderState {
    const { poiId } = this.#options.ends;
    const identity = { model: poiId.slice(0, Math.max(0, poiId.lastIndexOf("-"))) || poiId, serial: poiId };
    return { link: this.#link, problem: this.#problem, identity, counters: { ...this.#counters } };
  }

  onState(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ready(): ReturnType<Reader["ready"]> {
    const hindrance = this.#hindrance();
    if (hindrance !== undefined) return { ok: false, code: hindrance };
    const problem = await this.#alone(() => this.#findProblem());
    if (problem !== null) {
      this.#isLoggedIn = false;
      const isDown = problem === "reader/unreachable" || problem === "reader/no_answer";
      this.#tell(isDown ? "down" : "needs_attention", problem);
      return { ok: false, code: problem };
    }
    this.#tell("ready", null);
    const { identity } = this.state();
    return identity === null ? { ok: false, code: "reader/protocol" } : { ok: true, identity };
  }

  begin(request: ReaderRequest, desk: ReaderDesk): Promise<ReaderEnd> {
    const hindrance =
      this.#hindrance() ?? (this.#isAnswerable(request) ? undefined : "reader/unsupported_request");
    if (hindrance !== undefined) return Promise.resolve({ kind: "not_sent", code: hindrance });
    return new Promise((resolve) => {
      this.#run = { request, desk, serviceId: serviceIdOf(request.ref), end: resolve };
      this.#tell("busy", null);
      this.#dispatch({ kind: "begin" });
    });
  }

  cancel(): void {
    this.#dispatch({ kind: "cancel" });
  }

  async inquire(inquiry: ReaderInquiry): Promise<ReaderInquiryAnswer> {
    const hindrance = this.#hindrance();
    if (hindrance !== undefined) return { kind: "unreachable", code: hindrance };
    return this.#alone(async () => {
      const first = await this.#askStatus(inquiry.request);
      if (first.kind !== "not_found") return this.#answerOf(first);
      await this.#pause(NOT_FOUND_AGAIN_MS);
      return this.#answerOf(await this.#askStatus(inquiry.request));
    });
  }

  async endOfDay(): Promise<ReaderDayEnd> {
    const hindrance = this.#hindrance();
    if (hindrance !== undefined) return { kind: "failed", code: hindrance, text: "" };
    const { exponentOf, ends } = this.#options;
    const told = await this.#alone(() =>
      ask(this.#line, totalsRequest(this.#serviceId()), QUESTION_TIMEOUT_MS),
    );
    if (told.kind !== "told") return { kind: "failed", code: told.code, text: "" };
    return totalsOf(told.message.body, ends.poiId, exponentOf);
  }

  readMemberCard(): Promise<ReaderCardRead> {
    return Promise.resolve({ kind: "none", code: "reader/unsupported" });
  }

  close(): void {
    this.#cancelPause();
    this.#line.exchange.close();
    this.#dispatch({ kind: "close" });
    this.#tell("down", "reader/closed");
    this.#listeners.clear();
  }

  /** Why nothing may be sent now (R4). */
  #hindrance(): ReaderFaultCode | undefined {
    if (this.#session.kind === "closed") return "reader/closed";
    if (!this.#isKeyUsable) return "reader/unsupported_request";
    return this.#run !== undefined || this.#isAsking ? "reader/busy" : undefined;
  }

  #isAnswerable(request: ReaderRequest): boolean {
    const { amountMinor, currency } = request;
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return false;
    if (this.#options.exponentOf(currency) === undefined) return false;
    return tenderRequest(request, "", { exponent: 0, nowIso: "" }) !== undefined;
  }

  #exponentOf(request: ReaderRequest): number {
    return this.#options.exponentOf(request.currency) ?? 0;
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#isAsking = true;
    try {
      return await work();
    } finally {
      this.#isAsking = false;
    }
  }

  /** Logs in where that was not done yet, then asks how the terminal is. A terminal without log-in says so, and works. */
  async #findProblem(): Promise<Problem | null> {
    if (!this.#isLoggedIn) {
      this.#tell("connecting", null);
      const { nowIso, softwareVersion } = this.#options;
      const login = loginRequest(this.#serviceId(), nowIso(), softwareVersion);
      const told = await ask(this.#line, login, QUESTION_TIMEOUT_MS);
      if (told.kind !== "told") return told.code;
      this.#isLoggedIn = true;
    }
    const told = await ask(this.#line, diagnosisRequest(this.#serviceId()), QUESTION_TIMEOUT_MS);
    return told.kind === "told" ? problemOf(told.message.body) : told.code;
  }

  #dispatch(event: NexoEvent): void {
    const { state, effects } = stepSession(this.#session, event);
    this.#session = state;
    const run = this.#run;
    if (run !== undefined) void this.#perform(run, effects);
  }

  async #perform(run: Run, effects: readonly NexoEffect[]): Promise<void> {
    for (const effect of effects) {
      // A slip is durable before the next one and before the end is told.
      if (effect.kind === "slip") await run.desk.slip(effect.slip).catch(() => false);
      else this.#performOne(run, effect);
    }
  }

  #performOne(run: Run, effect: Exclude<NexoEffect, { kind: "slip" }>): void {
    switch (effect.kind) {
      case "send":
        return void this.#send(run);
      case "ask":
        return void this.#askStatus(run.request).then((event) => this.#ifRunning(run, event));
      case "pause":
        return void this.#pause(effect.delayMs).then(() => this.#ifRunning(run, { kind: "pause_over" }));
      case "abort":
        return void this.#abort(run);
      case "take":
        return void run.desk
          .take(effect.result)
          .catch((): "refuse" => "refuse")
          .then((decision) => this.#ifRunning(run, { kind: "taken", decision }));
      case "show":
        return run.desk.show(effect.prompt);
      case "end":
        return this.#end(run, effect.end);
    }
  }

  async #send(run: Run): Promise<void> {
    const facts = {
      exponent: this.#exponentOf(run.request),
      nowIso: this.#options.nowIso(),
    };
    const request = tenderRequest(run.request, run.serviceId, facts);
    if (request === undefined)
      return this.#ifRunning(run, { kind: "not_sent", code: "reader/unsupported_request" });
    const told = await ask(this.#line, request, REQUEST_TIMEOUT_MS);
    this.#ifRunning(run, told.kind === "told" ? this.#verdict(run.request, told.message.body) : told);
  }

  async #askStatus(request: ReaderRequest): Promise<NexoEvent> {
    this.#line.count("inquiries");
    const { ends } = this.#options;
    const question = statusRequest(request, serviceIdOf(request.ref), ends, this.#serviceId());
    const told: Told = await ask(this.#line, question, QUESTION_TIMEOUT_MS);
    if (told.kind !== "told") return told;
    const facts = { request, serial: ends.poiId, exponent: this.#exponentOf(request) };
    return statusOf(told.message.body, serviceIdOf(request.ref), ends, facts);
  }

  #verdict(request: ReaderRequest, body: Scanned | undefined): NexoEvent {
    const { ends } = this.#options;
    const facts = { request, serial: ends.poiId, exponent: this.#exponentOf(request) };
    return { kind: "verdict", verdict: verdictOf(body, facts) };
  }

  async #abort(run: Run): Promise<void> {
    if (this.#isAborting) return;
    this.#isAborting = true;
    this.#line.count("aborts");
    const request = abortRequest(run.request, run.serviceId, this.#options.ends, this.#serviceId());
    await tell(this.#line, request, QUESTION_TIMEOUT_MS);
    this.#isAborting = false;
  }

  #answerOf(event: NexoEvent): ReaderInquiryAnswer {
    const serial = this.#options.ends.poiId;
    if (event.kind === "not_found") return { kind: "absent", serial };
    if (event.kind === "not_sent" || event.kind === "broken")
      return { kind: "unreachable", code: event.code };
    if (event.kind !== "verdict") return { kind: "unreachable", code: "reader/protocol" };
    const { verdict } = event;
    switch (verdict.kind) {
      case "approved":
        return { kind: "found", result: verdict.result };
      case "refused":
        return { kind: "absent", serial };
      case "in_progress":
        return { kind: "in_progress", serial };
      case "not_understood":
        return { kind: "unreachable", code: "reader/unknown_result" };
    }
  }

  /** What comes back for a request that has ended meanwhile is of no interest. */
  #ifRunning(run: Run, event: NexoEvent): void {
    if (this.#run === run) this.#dispatch(event);
  }

  #end(run: Run, how: ReaderEnd): void {
    this.#run = undefined;
    if (this.#session.kind !== "closed") {
      const code = how.kind === "unknown" || how.kind === "not_sent" ? how.code : null;
      this.#tell(code === null ? "ready" : code === "reader/unreachable" ? "down" : "needs_attention", code);
    }
    run.end(how);
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(delayMs, resolve);
      // A pause that is broken off goes on at once, to find everything closed.
      this.#cancelPause = () => {
        cancel();
        resolve();
      };
    });
  }

  #serviceId(): string {
    return drawServiceId(this.#line.crypto.random(SERVICE_ID_RANDOM_BYTES));
  }

  #tell(link: ReaderState["link"], problem: Problem | null): void {
    if (link === this.#link && problem === this.#problem) return;
    this.#link = link;
    this.#problem = problem;
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }
}

/** GlobalStatus of a diagnosis; what is not in the table is not ready. */
function problemOf(body: Scanned | undefined): Problem | null {
  const status = textAt(body, "POIStatus", "GlobalStatus");
  if (at(body, "Response") !== undefined && textAt(body, "Response", "Result") !== "Success")
    return textAt(body, "Response", "ErrorCondition") === "Busy" ? "reader/busy" : "reader/not_ready";
  if (status === "OK") return null;
  if (status === "Busy") return "reader/busy";
  if (status === "Maintenance") return "reader/maintenance";
  return status === "Unreachable" ? "reader/host_unreachable" : "reader/not_ready";
}
