/**
 * One terminal's connection: what each message of it means and what is answered. Knows no MQTT.
 *
 * L1 Nothing is believed before its signature is right for this tenant and terminal.
 * L2 An ack is sent after the commit, never before; it is cumulative and names the epoch's tip.
 * L3 A row of batches behind one gap is answered by one hello: the terminal aims anew once.
 * L4 What runs low is said after a hello, and with the next ack after it changed.
 * L5 A well-signed message that this build does not understand is dropped with an alarm and leaves
 *    the connection as it is: a newer terminal goes on.
 * L6 A terminal that says what it holds of headquarters' own journal is sent what follows (journal/feed.ts).
 * L7 What headquarters can open is offered before each hello. A terminal that knows of no offer drops it
 *    and sends as ever; what is stored is the signed message, however it came.
 */
import { readCose } from "../../protocol/cose.ts";
import type { Signer, Verifier } from "../../protocol/ed25519.ts";
import { BATCH_BYTES_MAX, HELLO_HOLDS_COUNT_MAX } from "../../protocol/limits.ts";
import { openMessage, sealMessage } from "../../protocol/message.ts";
import type {
  BatchMessage,
  Hello,
  Link,
  LowItem,
  Message,
  MessageFaultCode,
  RefusalReason,
} from "../../protocol/message.ts";
import { isTenant } from "../../protocol/topics.ts";
import { unwrap, WRAPPINGS } from "../../protocol/wrap.ts";
import type { Squeezer } from "../../protocol/wrap.ts";
import type { AlarmCode } from "./alarm.ts";
import type { Committer } from "./committer.ts";
import { faultLine } from "./fault.ts";
import { TerminalFeed } from "./journal/feed.ts";
import type { Feed } from "./journal/feed.ts";
import type { Outcome, Store } from "./store/store.ts";

/** What a connection shares with all others. */
export interface LinkContext {
  readonly store: Store;
  readonly committer: Committer;
  readonly signer: Signer;
  /** Names headquarters' key in its messages. */
  readonly kid: Uint8Array;
  readonly nowMs: () => number;
  readonly alarm: (code: AlarmCode, terminal: string, detail: string) => void;
  /** What runs low now; a list that changed is another list. */
  readonly low: () => readonly LowItem[];
  /** New history of this link was stored. */
  readonly onStored: (batch: BatchMessage["batch"]) => void;
  /** Headquarters' own journal; null where it has none. */
  readonly feed: Feed | null;
  /** Opens wrapped batches; absent where they are taken as they are signed alone. */
  readonly squeezer?: Squeezer;
}

/** "close": the connection has shown that it cannot be served. */
export type LinkVerdict = "ok" | "close";

export class TerminalLink {
  readonly #context: LinkContext;
  readonly #link: Link;
  readonly #verifier: Verifier;
  readonly #send: (bytes: Uint8Array) => Promise<void>;
  /** L6 */
  readonly #down: TerminalFeed | null;
  #hello: Hello | null = null;
  /** L3 */
  #hasAnsweredGap = false;
  /** L4: the list that this session was told. */
  #toldLow: readonly LowItem[] | null = null;

  /** `send` brings bytes to the terminal and resolves when its connection has taken them. */
  constructor(
    context: LinkContext,
    link: Link,
    verifier: Verifier,
    send: (bytes: Uint8Array) => Promise<void>,
  ) {
    this.#context = context;
    this.#link = link;
    this.#verifier = verifier;
    this.#send = send;
    const { feed, alarm } = context;
    const failed = (error: unknown): void => alarm("store/failed", link.terminal, faultLine(error));
    this.#down =
      feed === null ? null : new TerminalFeed(feed, link.terminal, (message) => this.#seal(message), failed);
  }

  /** Handles one message; resolves when its answer is on the way. Rejects where the store failed. */
  async take(received: Uint8Array): Promise<LinkVerdict> {
    const { squeezer } = this.#context;
    const bytes = squeezer === undefined ? received : unwrap(received, squeezer, BATCH_BYTES_MAX);
    if (bytes === null) {
      this.#context.alarm("link/signature", this.#link.terminal, "wrap/frame");
      return "close";
    }
    const opened = openMessage(bytes, this.#link, this.#verifier);
    if (!opened.ok) return this.#refused(bytes, opened.code);
    const message = opened.value;
    switch (message.kind) {
      case "hello":
        return this.#takeHello(message);
      case "batch":
        return this.#takeBatch(message, bytes);
      case "held":
        if (this.#down !== null) await this.#down.take(message);
        else await this.#seal({ kind: "held", session: message.session, position: null });
        return "ok";
      case "blob_want":
        await this.#down?.piece(message);
        return "ok";
      case "ack":
      case "refusal":
      case "notice":
      case "blob":
      case "offer":
        // Nothing that a terminal has to say.
        return "ok";
    }
  }

  // L1, L5
  #refused(bytes: Uint8Array, code: MessageFaultCode): LinkVerdict {
    const isSigned = code !== "message/signature" && bytes.length <= BATCH_BYTES_MAX && readCose(bytes).ok;
    this.#context.alarm(isSigned ? "link/unreadable" : "link/signature", this.#link.terminal, code);
    return isSigned ? "ok" : "close";
  }

  async #takeHello(hello: Hello): Promise<LinkVerdict> {
    if (!this.#isOfLink(hello)) return "ok";
    this.#hello = hello;
    this.#hasAnsweredGap = false;
    this.#toldLow = null;
    this.#down?.reset();
    await this.#sendHello(hello);
    await this.#tellLow(hello);
    return "ok";
  }

  // L4
  async #tellLow({ session }: Hello): Promise<void> {
    const low = this.#context.low();
    const isNews = this.#toldLow === null ? low.length > 0 : low !== this.#toldLow;
    this.#toldLow = low;
    if (isNews) await this.#seal({ kind: "notice", session, low });
  }

  async #sendHello(theirs: Hello): Promise<void> {
    const holds = await this.#context.store.holds(this.#link, HELLO_HOLDS_COUNT_MAX);
    const { store, squeezer } = this.#context;
    const { session } = theirs;
    // L7
    if (squeezer !== undefined) await this.#seal({ kind: "offer", session, wrappings: WRAPPINGS });
    await this.#seal({ ...theirs, incarnation: store.incarnation, holds });
  }

  async #takeBatch(message: BatchMessage, body: Uint8Array): Promise<LinkVerdict> {
    const { batch } = message;
    if (!this.#isOfLink(batch)) return "ok";
    const hello = this.#hello;
    if (hello === null) {
      this.#context.alarm("link/no_hello", this.#link.terminal, "");
      return "close";
    }
    const outcome = await this.#context.committer.submit({
      batch,
      // The message's own buffer may be a view into a larger one.
      body: body.slice(),
      receivedAtMs: this.#context.nowMs(),
    });
    await this.#answer(hello, message, outcome);
    return "ok";
  }

  async #answer(hello: Hello, message: BatchMessage, outcome: Outcome | "busy"): Promise<void> {
    const { session } = hello;
    if (outcome === "busy") return this.#refuse(session, message, "busy");
    switch (outcome.kind) {
      case "stored":
      case "known": {
        this.#hasAnsweredGap = false;
        if (outcome.kind === "stored") this.#context.onStored(message.batch);
        const { incarnation } = this.#context.store;
        const { terminal } = this.#link;
        // L2
        await this.#seal({ kind: "ack", session, incarnation, terminal, position: outcome.position });
        return this.#tellLow(hello);
      }
      case "gap": {
        const isFirst = !this.#hasAnsweredGap;
        this.#hasAnsweredGap = true;
        await this.#refuse(session, message, "gap");
        return isFirst ? this.#sendHello(hello) : undefined;
      }
      case "fork":
        return this.#refuse(session, message, "fork");
    }
  }

  #refuse(session: Uint8Array, message: BatchMessage, reason: RefusalReason): Promise<void> {
    const { terminal, epoch, blocks } = message.batch;
    const fromSeq = blocks[0]?.fromSeq ?? 1;
    return this.#seal({ kind: "refusal", session, terminal, epoch, fromSeq, reason });
  }

  // The signature binds the link; names inside that say otherwise are the sender's own contradiction.
  #isOfLink(names: { readonly tenant: string; readonly store: string; readonly terminal: string }): boolean {
    const { tenant, terminal } = this.#link;
    const isOf = names.tenant === tenant && names.terminal === terminal && isTenant(names.store);
    if (!isOf) this.#context.alarm("link/unreadable", terminal, "names another tenant, store or terminal");
    return isOf;
  }

  #seal(message: Message): Promise<void> {
    return this.#send(sealMessage(message, this.#link, this.#context.signer, this.#context.kid));
  }
}
