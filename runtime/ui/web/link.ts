/**
 * The page's connection to the runtime: one WebSocket that comes back by itself, and the messages that
 * wait for an answer. After a reconnect it says hello and sends those again that may be, in order and
 * under their numbers. Knows nothing of what is shown.
 */
import { VIEW_NUMBER_MAX } from "../limits.ts";
import type { Panel } from "../panels.ts";
import { PendingTaps } from "../pending.ts";
import { readScreenMessage } from "../wire-view.ts";
import type { Language, NumberedMessage, PageMessage, ScreenMessage } from "../wire.ts";

const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 4000;

type AnswerMessage = Extract<ScreenMessage, { kind: "answer" | "scanned" }>;

/** What the runtime says beside answers to this page's messages. */
export type SaidMessage = Exclude<ScreenMessage, { kind: "answer" }>;

/** What the page does with what arrives. */
export interface LinkEvents {
  readonly onConnected: (isConnected: boolean) => void;
  readonly onMessage: (message: SaidMessage) => void;
  /** The message that was answered with its answer; not called twice for one message. */
  readonly onAnswer: (asked: NumberedMessage, answer: AnswerMessage) => void;
  /** A PIN, a pairing or a test whose answer will not come. */
  readonly onGivenUp: (asked: NumberedMessage) => void;
  readonly onPending: (count: number) => void;
  /** The runtime said something that this page cannot read. */
  readonly onUnreadable: (code: string) => void;
}

/** A connection that lives as long as its page. */
export class Link {
  readonly #url: string;
  readonly #events: LinkEvents;
  readonly #pending = new PendingTaps();
  readonly #view = drawView();
  #socket: WebSocket | null = null;
  #language: Language | null;
  #panel: Panel = { panel: "none" };
  #retryMs = RETRY_MS_MIN;

  /** `language` null asks for the one that the runtime spoke last. */
  constructor(url: string, language: Language | null, events: LinkEvents) {
    this.#url = url;
    this.#language = language;
    this.#events = events;
    this.#connect();
  }

  /** Numbers and sends a message, now or after the reconnect; false when too many wait already. */
  ask(make: (n: number) => NumberedMessage): boolean {
    const message = this.#pending.add(make);
    if (message === null) return false;
    this.#events.onPending(this.#pending.count);
    this.#send(message);
    return true;
  }

  /** Asks for another language. */
  speak(language: Language): void {
    this.#language = language;
    this.#hello();
  }

  /** Keeps a panel open, or none. */
  open(panel: Panel): void {
    this.#panel = panel;
    this.#send({ kind: "open", panel });
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#retryMs = RETRY_MS_MIN;
      this.#hello();
      if (this.#panel.panel !== "none") this.#send({ kind: "open", panel: this.#panel });
      for (const message of this.#pending.messages) this.#send(message);
      this.#events.onConnected(true);
    });
    socket.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data));
    socket.addEventListener("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#giveUp();
      this.#events.onConnected(false);
      setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
    });
  }

  #giveUp(): void {
    for (const message of this.#pending.drop()) this.#events.onGivenUp(message);
    this.#events.onPending(this.#pending.count);
  }

  #hello(): void {
    this.#send({ kind: "hello", view: this.#view, language: this.#language });
  }

  #send(message: PageMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(data: unknown): void {
    const read = readScreenMessage(typeof data === "string" ? data : "");
    if (!read.ok) {
      this.#events.onUnreadable(`${read.code} ${read.field}`.trim());
      return;
    }
    const message = read.value;
    // A scan numbered 0 is of a scanner of the terminal's own: nobody here asked.
    if (message.kind !== "answer" && (message.kind !== "scanned" || message.n === 0)) {
      this.#events.onMessage(message);
      return;
    }
    const asked = this.#pending.settle(message.n);
    this.#events.onPending(this.#pending.count);
    if (asked !== null) this.#events.onAnswer(asked, message);
  }
}

// From 1 to 2^48 - 1: a number that no other page and no earlier load of this one has drawn.
function drawView(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return Math.max(1, (high & 0xffff) * 2 ** 32 + low) % (VIEW_NUMBER_MAX + 1);
}
