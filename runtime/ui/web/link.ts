/**
 * The page's connection to the runtime: one WebSocket that comes back by itself, and the taps that
 * wait for an answer. After a reconnect it says hello and sends those again, in order and under
 * their numbers. Knows nothing of what is shown.
 */
import { PendingTaps } from "../pending.ts";
import { VIEW_NUMBER_MAX } from "../limits.ts";
import { readScreenMessage } from "../wire-view.ts";
import type { ClerkId } from "../../../core/ids.ts";
import type { Language, ListName, PageMessage, ScreenCommand, ScreenMessage } from "../wire.ts";

const RETRY_MS_MIN = 200;
const RETRY_MS_MAX = 4000;

type AnswerMessage = Extract<ScreenMessage, { kind: "answer" }>;

/** What the runtime says beside answers to taps. */
export type SaidMessage = Exclude<ScreenMessage, AnswerMessage>;

/** What the page does with what arrives. */
export interface LinkEvents {
  readonly onConnected: (isConnected: boolean) => void;
  readonly onMessage: (message: SaidMessage) => void;
  /** The answered command with its answer; not called twice for one tap. */
  readonly onAnswer: (command: ScreenCommand, answer: AnswerMessage) => void;
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
  #language: Language | null = null;
  #list: ListName = "none";
  #retryMs = RETRY_MS_MIN;

  constructor(url: string, events: LinkEvents) {
    this.#url = url;
    this.#events = events;
    this.#connect();
  }

  /** Sends a tap, now or after the reconnect; false when too many wait already. */
  command(clerk: ClerkId | "", command: ScreenCommand): boolean {
    const message = this.#pending.add(clerk, command);
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

  /** Keeps a list open, or none. */
  open(list: ListName): void {
    this.#list = list;
    this.#send({ kind: "open", list });
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#retryMs = RETRY_MS_MIN;
      this.#hello();
      if (this.#list !== "none") this.#send({ kind: "open", list: this.#list });
      for (const message of this.#pending.messages) this.#send(message);
      this.#events.onConnected(true);
    });
    socket.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data));
    socket.addEventListener("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#events.onConnected(false);
      setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
    });
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
    if (message.kind !== "answer") {
      this.#events.onMessage(message);
      return;
    }
    const command = this.#pending.settle(message.n);
    this.#events.onPending(this.#pending.count);
    if (command !== null) this.#events.onAnswer(command, message);
  }
}

// From 1 to 2^48 - 1: a number that no other page and no earlier load of this one has drawn.
function drawView(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return Math.max(1, (high & 0xffff) * 2 ** 32 + low) % (VIEW_NUMBER_MAX + 1);
}
