/**
 * A nexo reader on a simulated terminal without a network: the same bytes, the same faults, in memory,
 * with a clock that a test moves. And a desk that writes down what it is told.
 */

import type { NexoExchange, NexoPosted } from "../../drivers/reader/nexo/exchange.ts";
import { createNexoReader } from "../../drivers/reader/nexo/driver.ts";
import type { NexoReaderOptions } from "../../drivers/reader/nexo/driver.ts";
import type {
  Reader,
  ReaderDesk,
  ReaderEnd,
  ReaderPrompt,
  ReaderRequest,
  ReaderResult,
  ReaderSlip,
} from "../../drivers/reader/reader.ts";
import { nexoCrypto } from "../../runtime/adapters/nexo-crypto.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";
import { FaultPlan } from "../../tools/sim/reader/nexo/faults.ts";
import type { NexoFault, PlannedFault } from "../../tools/sim/reader/nexo/faults.ts";
import { memoryTransactionStore } from "../../tools/sim/reader/nexo/memory.ts";
import { NexoTerminal } from "../../tools/sim/reader/nexo/terminal.ts";
import type { Holder, NexoTerminalConfig } from "../../tools/sim/reader/nexo/terminal.ts";
import { ManualTimers } from "./manual-timers.ts";

/** What both sides call the terminal. */
export const POI_ID = "SIM100-100000001";
/** The shared key of most tests. */
export const KEY = { identifier: "shop-key", version: 3, passphrase: "p@ssw0rd123456" } as const;

/** A desk that accepts, and remembers. */
export class FakeDesk implements ReaderDesk {
  readonly results: ReaderResult[] = [];
  readonly slips: ReaderSlip[] = [];
  readonly prompts: ReaderPrompt[] = [];
  decision: "accept" | "refuse" = "accept";
  hasPrinter = true;

  take(result: ReaderResult): Promise<"accept" | "refuse"> {
    this.results.push(result);
    return Promise.resolve(this.decision);
  }

  slip(slip: ReaderSlip): Promise<boolean> {
    this.slips.push(slip);
    return Promise.resolve(this.hasPrinter);
  }

  show(prompt: ReaderPrompt): void {
    this.prompts.push(prompt);
  }
}

/** A request over 13.40 EUR. */
export function requestOf(wish: Partial<ReaderRequest> = {}): ReaderRequest {
  const asked = {
    kind: "pay",
    ref: "till-1/00000000000000a1/7",
    amountMinor: 1340,
    currency: "EUR",
  } as const;
  return { ...asked, watermark: "", original: "", ...wish };
}

/** A holder who taps the card with `key`, or does nothing until `wait` says so. */
export function taps(key: string, wait: Promise<void> = Promise.resolve()): Holder {
  return async () => {
    await wait;
    const card = CARDS.find((its) => its.key === key);
    return card === undefined ? { kind: "walks_away" } : { kind: "card", card, entry: "Tapped" };
  };
}

/** What a test may choose. */
export interface NexoWorldWish {
  readonly holder?: Holder;
  readonly isPlain?: boolean;
  readonly faults?: readonly PlannedFault[];
  readonly options?: Partial<NexoReaderOptions>;
}

/** A reader, its terminal, the acquirer behind it and the time. */
export class NexoWorld {
  readonly acquirer = new Acquirer(memoryLedgerStore());
  readonly timers = new ManualTimers();
  readonly desk = new FakeDesk();
  readonly faults: FaultPlan;
  readonly reader: Reader;
  /** Everything that the terminal sent, before anybody wiped it. */
  readonly sent: string[] = [];
  readonly asked: string[] = [];
  terminal: NexoTerminal;
  isOn = true;
  isClosed = false;
  /** Another device stands in its place. */
  isSwapped = false;
  /** Takes what comes and says nothing. */
  isSilent = false;
  readonly #config: NexoTerminalConfig;
  readonly #options: NexoReaderOptions;

  constructor({ holder = taps("visa"), isPlain = false, faults = [], options = {} }: NexoWorldWish = {}) {
    this.faults = new FaultPlan(faults);
    this.#config = {
      poiId: POI_ID,
      key: isPlain ? null : KEY,
      acquirer: this.acquirer,
      store: memoryTransactionStore(),
      holder,
      exponentOf,
      nowIso: () => "2026-11-22T16:00:00.000Z",
    };
    this.terminal = new NexoTerminal(this.#config);
    this.#options = {
      ends: { saleId: "till-1", poiId: POI_ID },
      key: isPlain ? null : KEY,
      softwareVersion: "0.2.0",
      exponentOf,
      nowIso: () => "2026-11-22T16:00:00.000Z",
      storeAndForward: false,
      printsItself: false,
      ...options,
    };
    this.reader = this.restarted();
  }

  /** Another driver on the same terminal, as after a restart of the till. */
  restarted(): Reader {
    const exchange: NexoExchange = {
      post: (body, timeoutMs) => this.#withTimeLimit(this.#post(body), timeoutMs),
      close: () => {
        this.isClosed = true;
      },
    };
    return createNexoReader(exchange, nexoCrypto, this.timers, this.#options);
  }

  /** Power comes again, with what the terminal remembers. */
  switchOn(): void {
    this.terminal = new NexoTerminal(this.#config);
    this.isOn = true;
  }

  /** Runs a request to its end, whatever pauses it makes. */
  async run(request: ReaderRequest = requestOf()): Promise<ReaderEnd> {
    return this.settle(this.reader.begin(request, this.desk));
  }

  /** Lets `promise` come to its end, moving time to the next timer whenever nothing else moves. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const over = promise.finally(() => {
      isOver = true;
    });
    for (let turn = 0; turn < 2000; turn += 1) {
      await turns();
      if (isOver) return over;
      this.timers.advanceToNext();
    }
    throw new Error("it never ended");
  }

  /** Requests for money that the terminal has heard. */
  get requestCount(): number {
    return this.asked.filter((category) => category === "Payment" || category === "Reversal").length;
  }

  #withTimeLimit(posting: Promise<NexoPosted>, timeoutMs: number): Promise<NexoPosted> {
    return new Promise((resolve) => {
      const cancel = this.timers.after(timeoutMs, () =>
        resolve({ kind: "broken", code: "reader/no_answer" }),
      );
      void posting.then((posted) => {
        cancel();
        resolve(posted);
      });
    });
  }

  async #post(body: Uint8Array): Promise<NexoPosted> {
    if (this.isClosed) return { kind: "not_sent", code: "reader/closed" };
    if (!this.isOn) return { kind: "not_sent", code: "reader/unreachable" };
    const text = new TextDecoder().decode(body);
    const category = this.terminal.categoryOf(text);
    this.asked.push(category);
    const fault = this.isSwapped ? ({ kind: "other_serial" } as const) : this.faults.next(category);
    if (this.isSilent) return new Promise(() => {});
    if (fault?.kind === "cut_request") return { kind: "broken", code: "reader/link_lost" };
    if (fault?.kind === "http_error")
      return { kind: "answered", status: fault.status, body: new Uint8Array(2) };
    const answer = await this.terminal.take(text, fault);
    if (answer.kind === "power_off") this.isOn = false;
    if (answer.kind !== "answer")
      return category === "Abort"
        ? { kind: "answered", status: 200, body: new Uint8Array() }
        : { kind: "broken", code: "reader/link_lost" };
    this.sent.push(answer.text);
    return answered(answer.text, fault);
  }
}

function answered(text: string, fault: NexoFault | undefined): NexoPosted {
  if (fault?.kind === "cut_answer" || fault?.kind === "late")
    return { kind: "broken", code: fault.kind === "late" ? "reader/no_answer" : "reader/link_lost" };
  const whole = new TextEncoder().encode(fault?.kind === "twice" ? text + text : text);
  const bytes = fault?.kind === "truncate" ? whole.slice(0, fault.atByte) : whole;
  if (fault?.kind === "flip_bit") {
    const at = fault.atByte % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  }
  return { kind: "answered", status: 200, body: bytes };
}

function exponentOf(currency: string): number {
  return currency === "JPY" ? 0 : currency === "BHD" ? 3 : 2;
}

/** Enough turns of the event loop for a chain of promises. */
async function turns(): Promise<void> {
  for (let count = 0; count < 30; count += 1) await Promise.resolve();
}
