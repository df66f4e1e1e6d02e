/**
 * A card reader that does what a test says: each request waits until the test ends it, and an inquiry
 * is answered with what stands there.
 */
import type {
  Reader,
  ReaderCapabilities,
  ReaderCardRead,
  ReaderDayEnd,
  ReaderDesk,
  ReaderEnd,
  ReaderInquiry,
  ReaderInquiryAnswer,
  ReaderRequest,
  ReaderResult,
  ReaderState,
} from "../../drivers/reader/reader.ts";

/** What a newer ZVT terminal promises. */
export const ZVT_CAPABILITIES: ReaderCapabilities = {
  inquiry: "lastOnly",
  commit: "onAck",
  autoReversal: true,
  abort: "bestEffort",
  storeAndForward: false,
  printsItself: false,
  refund: true,
  reversal: true,
  readsMemberCards: true,
};

/** See the header. */
export class ScriptedReader implements Reader {
  readonly capabilities: ReaderCapabilities;
  /** Requests in the order in which they came. */
  readonly requests: ReaderRequest[] = [];
  readonly inquiries: ReaderInquiry[] = [];
  cancelCount = 0;
  /** How often it was asked whether it is ready. */
  readyCount = 0;
  isClosed = false;
  /** What the next inquiries are answered. */
  inquiryAnswer: ReaderInquiryAnswer = { kind: "unreachable", code: "reader/unreachable" };
  dayEnd: ReaderDayEnd = { kind: "failed", code: "reader/unreachable", text: "" };
  #state: ReaderState;
  readonly #listeners = new Set<(state: ReaderState) => void>();
  #desk: ReaderDesk | null = null;
  #end: ((end: ReaderEnd) => void) | null = null;

  constructor(serial = "68001234", capabilities: Partial<ReaderCapabilities> = {}) {
    this.capabilities = { ...ZVT_CAPABILITIES, ...capabilities };
    this.#state = { link: "ready", problem: null, identity: { model: "scripted", serial }, counters: {} };
  }

  /** Whether a request runs. */
  get isBusy(): boolean {
    return this.#end !== null;
  }

  state(): ReaderState {
    return this.#state;
  }

  /** The device changes: its link, or which one it is. */
  become(state: Partial<ReaderState>): void {
    this.#state = { ...this.#state, ...state };
    for (const listener of this.#listeners) listener(this.#state);
  }

  onState(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ready(): ReturnType<Reader["ready"]> {
    this.readyCount += 1;
    const { identity } = this.#state;
    return Promise.resolve(
      identity === null ? { ok: false, code: "reader/unreachable" } : { ok: true, identity },
    );
  }

  begin(request: ReaderRequest, desk: ReaderDesk): Promise<ReaderEnd> {
    this.requests.push(request);
    this.#desk = desk;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** The desk of the running request. */
  get desk(): ReaderDesk {
    if (this.#desk === null) throw new Error("reader: nothing was asked");
    return this.#desk;
  }

  /** The running request ends so. */
  end(end: ReaderEnd): void {
    const resolve = this.#end;
    this.#end = null;
    resolve?.(end);
  }

  /** What was asked for last, as money that moved. */
  result(changes: Partial<ReaderResult> = {}): ReaderResult {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error("reader: nothing was asked");
    return {
      reference: `${this.requests.length}:ref`,
      amountMinor: request.amountMinor,
      currency: request.currency,
      card: { brand: "girocard", lastFour: "1234", entry: "chip", verification: "pin" },
      authorisation: "A1",
      serial: this.#state.identity?.serial ?? "",
      isOffline: false,
      ...changes,
    };
  }

  cancel(): void {
    this.cancelCount += 1;
  }

  inquire(inquiry: ReaderInquiry): Promise<ReaderInquiryAnswer> {
    this.inquiries.push(inquiry);
    return Promise.resolve(this.inquiryAnswer);
  }

  /** What it does before its day is closed. */
  onDay: (desk: Pick<ReaderDesk, "slip" | "show">) => Promise<void> = () => Promise.resolve();

  async endOfDay(desk: Pick<ReaderDesk, "slip" | "show">): Promise<ReaderDayEnd> {
    await this.onDay(desk);
    return this.dayEnd;
  }

  readMemberCard(): Promise<ReaderCardRead> {
    return Promise.resolve({ kind: "none", code: "reader/unsupported_request" });
  }

  close(): void {
    this.isClosed = true;
    this.end({ kind: "unknown", code: "reader/closed" });
  }
}
