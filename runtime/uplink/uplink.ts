/**
 * The uplink: sends the journal to headquarters until headquarters' signed acknowledgement names
 * its last durable record.
 *
 *     down --(backoff)--> connecting -> greeting -> sending <-> waiting for acks
 *                              \____________\__________\______-> down
 *
 * U1 The journal is the outbox: nothing is queued here that the journal does not hold.
 * U2 Only what is durable is sent, and only a signed ack of this session moves `acked`. A PUBACK
 *    moves nothing.
 * U3 At most WINDOW_BATCHES_COUNT_MAX batches wait for an ack. When acks stay out the window is
 *    sent again from `acked`, after 3 s doubling to 60 s.
 * U4 Nothing here stops the till: every fault ends in another try or in a state that is shown.
 * U5 A session is drawn for each hello and forgotten with its connection: whatever was begun under
 *    another one (an answer, a read of the disk, a publish that hangs) has no say any more.
 */
import type { Epoch, TerminalId } from "../../core/ids.ts";
import { sameBytes } from "../../protocol/batch.ts";
import type { Block } from "../../protocol/batch.ts";
import type { Signer, Verifier } from "../../protocol/ed25519.ts";
import { BATCH_BYTES_MAX, BLOCK_RECORDS_COUNT_MAX, WINDOW_BATCHES_COUNT_MAX } from "../../protocol/limits.ts";
import { NONCE_BYTES, openMessage, sealMessage } from "../../protocol/message.ts";
import type {
  Ack,
  BatchMessage,
  BatchRefusal,
  BlobPiece,
  BlobWant,
  Held,
  Hello,
  Link,
  LowItem,
  Position,
} from "../../protocol/message.ts";
import { topicOf } from "../../protocol/topics.ts";
import { wrap } from "../../protocol/wrap.ts";
import type { Squeezer } from "../../protocol/wrap.ts";
import type { Bus } from "../bus.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Rng } from "../clock.ts";
import { causeWords } from "../log.ts";
import { aimAt } from "./aim.ts";
import type { Compared } from "./aim.ts";
import { ACK_DELAY_MS_MIN, delayCeilingMs, jitteredDelayMs } from "./backoff.ts";

/** Record bytes of one batch: what is left of BATCH_BYTES_MAX goes to names, counts, hashes and signature. */
export const BATCH_RECORD_BYTES_MAX = BATCH_BYTES_MAX - 8192;
/** Records of one batch: what headquarters reads at once. A block alone never has more. */
export const BATCH_RECORDS_COUNT_MAX = BLOCK_RECORDS_COUNT_MAX;
/** Bytes of headquarters' messages that are looked at; larger ones are dropped unread. */
const DOWN_BYTES_MAX = BATCH_BYTES_MAX;

/** A durable block as the journal hands it out. */
export interface OutgoingBlock extends Block {
  readonly epoch: Epoch;
}

/** What the uplink needs of the journal. */
export interface OutgoingJournal {
  /** The chain's hash behind a durable record that ends a block, or null when no block ends there. */
  hashAt(epoch: Epoch, seq: number): Promise<Uint8Array | null>;
  /** The last durable position of an epoch, or null for an epoch that is not in this journal. */
  lastOf(epoch: Epoch): Position | null;
  /** Durable blocks from the one that holds `fromSeq` on: at least one if there is any, at most `bytesMax` of records. */
  read(fromSeq: number, bytesMax: number): Promise<readonly OutgoingBlock[]>;
  readonly durableSeq: number;
}

/** Where the link stands; the drawing above. "fork" waits for a person. */
export type LinkState = "down" | "connecting" | "greeting" | "sending" | "fork";

export interface UplinkOptions {
  readonly tenant: string;
  readonly store: string;
  readonly terminal: TerminalId;
  readonly signer: Signer;
  readonly hqKey: Verifier;
  readonly journal: OutgoingJournal;
  readonly bus: Bus;
  readonly timers: Timers;
  readonly rng: Rng;
  /** Called when `state` or `acked` changed. */
  readonly onChange: () => void;
  /** Whether the receipt series in use began in that epoch. */
  readonly isSeriesOf: (epoch: Epoch) => boolean;
  /** Headquarters went on from a later point of our past: this disk is an older image (A2, A4). */
  readonly onRolledBack: (detail: string) => void;
  /** Headquarters said which items run low; the newest list stands. */
  readonly onNotice: (low: readonly LowItem[]) => void;
  /** Takes headquarters' own journal; null where nothing comes down. */
  readonly downlink: DownlinkPort | null;
  /** Wraps batches where headquarters takes them so; absent where they are sent as they are signed. */
  readonly squeezer?: Squeezer;
  /** What an operator should read; never holds record bytes. */
  readonly log: (code: string, detail: string) => void;
}

/** What the uplink needs of the downlink, which hears of each session and of the messages that are for it. */
export interface DownlinkPort {
  /** The link stands. `send` rejects when it does not any more. */
  begin(session: Uint8Array, send: (message: Held | BlobWant) => Promise<void>): void;
  end(): void;
  take(message: BatchMessage | Held | BlobPiece): void;
}

interface Sent {
  readonly lastSeq: number;
}

/** Equal to no session that was ever drawn. */
const NO_SESSION = new Uint8Array(0);

export class Uplink {
  readonly #options: UplinkOptions;
  readonly #link: Link;
  readonly #kid: Uint8Array;
  #state: LinkState = "down";
  #acked: Position | null = null;
  #session: Uint8Array = NO_SESSION;
  /** The wrappings that headquarters takes in this session. */
  #offered: readonly number[] = [];
  #nextSeq = 1;
  #sent: readonly Sent[] = [];
  /** The session for which batches are being sent. */
  #pumping: Uint8Array | null = null;
  #isStopped = true;
  #tryCount = 0;
  #silentCount = 0;
  #cancelRetry: () => void = nothing;
  #cancelAckTimer: () => void = nothing;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#link = { tenant: options.tenant, terminal: options.terminal };
    this.#kid = options.signer.publicKey.slice(0, 8);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** The last position that headquarters is known to hold durably; null until it said so since the start. */
  get acked(): Position | null {
    return this.#acked;
  }

  /** Begins to connect and keeps at it. */
  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    // A connection that is still going down ends in another try by itself.
    if (this.#state === "down") this.#connect();
  }

  /** Drops the link and stays down. */
  stop(): void {
    this.#isStopped = true;
    this.#session = NO_SESSION;
    this.#options.downlink?.end();
    this.#cancelRetry();
    this.#cancelAckTimer();
    if (this.#state !== "down") this.#options.bus.disconnect();
  }

  /** Tells the uplink that more of the journal is durable. */
  poke(): void {
    void this.#pump();
  }

  #connect(): void {
    this.#become("connecting");
    this.#options.bus.connect({
      onUp: () => void this.#greet(),
      onDown: (reason) => this.#fellDown(reason),
      onMessage: (topic, bytes) => {
        if (topic === topicOf(this.#link, "down")) this.#receive(bytes);
      },
    });
  }

  #fellDown(reason: string): void {
    this.#options.downlink?.end();
    this.#cancelAckTimer();
    this.#session = NO_SESSION;
    this.#sent = [];
    this.#silentCount = 0;
    this.#become("down");
    if (this.#isStopped) return;
    const delayMs = jitteredDelayMs(this.#tryCount, this.#options.rng);
    this.#tryCount += 1;
    this.#options.log("link/down", `${reason}; next try in ${delayMs} ms`);
    this.#cancelRetry = this.#options.timers.after(delayMs, () => this.#connect());
  }

  async #greet(): Promise<void> {
    const { bus, rng, tenant, store, terminal, journal } = this.#options;
    if (this.#isStopped) return;
    const session = rng.bytes(NONCE_BYTES).slice();
    this.#session = session;
    this.#offered = [];
    this.#sent = [];
    this.#become("greeting");
    // Armed first: the answer to the subscription may stay out as well.
    this.#watchForAck();
    try {
      await bus.subscribe(topicOf(this.#link, "down"));
      if (session !== this.#session) return;
      const holds: readonly Position[] = this.#acked === null ? [] : [this.#acked];
      this.#options.log("link/up", `journal is durable up to ${journal.durableSeq}`);
      await this.#publish({ kind: "hello", tenant, store, terminal, session, incarnation: null, holds });
    } catch (cause) {
      this.#giveUp(cause, session);
    }
  }

  #publish(message: Hello | BatchMessage | Held | BlobWant): Promise<void> {
    const { signer, squeezer, bus } = this.#options;
    const sealed = sealMessage(message, this.#link, signer, this.#kid);
    const mayWrap = squeezer !== undefined && message.kind === "batch";
    return bus.publish(topicOf(this.#link, "up"), mayWrap ? wrap(sealed, this.#offered, squeezer) : sealed);
  }

  #sendOf(message: Held | BlobWant, session: Uint8Array): Promise<void> {
    // U5
    if (session !== this.#session) return Promise.reject(new Error("uplink: The session is over"));
    return this.#publish(message);
  }

  #receive(bytes: Uint8Array): void {
    if (bytes.length > DOWN_BYTES_MAX) {
      this.#options.log("message/too_long", `${bytes.length} bytes from headquarters were dropped`);
      return;
    }
    const opened = openMessage(bytes, this.#link, this.#options.hqKey);
    if (!opened.ok) {
      this.#options.log(opened.code, "a message from headquarters was dropped");
      return;
    }
    const message = opened.value;
    const session = this.#session;
    if (message.kind === "batch") {
      // Its place in the chain says what it is worth, whenever it was sent.
      this.#options.downlink?.take(message);
      return;
    }
    // U5
    if (!sameBytes(message.session, session)) return;
    switch (message.kind) {
      case "held":
      case "blob":
        this.#options.downlink?.take(message);
        break;
      case "blob_want":
        break;
      case "hello":
        void this.#aim(message, session).catch((cause: unknown) => this.#giveUp(cause, session));
        break;
      case "ack":
        void this.#acknowledged(message, session).catch((cause: unknown) => this.#giveUp(cause, session));
        break;
      case "refusal":
        this.#refused(message);
        break;
      case "notice":
        this.#options.onNotice(message.low);
        break;
      case "offer":
        this.#offered = message.wrappings;
        break;
    }
  }

  async #aim(hello: Hello, session: Uint8Array): Promise<void> {
    const compared = await this.#compare(hello.holds);
    if (session !== this.#session) return;
    const aim = aimAt(compared, this.#options.isSeriesOf);
    if (aim.kind === "fork") {
      const { seq, epoch } = aim.at;
      this.#options.log("history/fork", `headquarters holds another record ${seq} of epoch ${epoch}`);
      this.#fork();
      return;
    }
    this.#sent = [];
    this.#nextSeq = aim.fromSeq;
    this.#moveAcked(aim.common);
    const isBegun = this.#state === "sending";
    this.#become("sending");
    // After a gap headquarters says hello again in the same session.
    if (!isBegun) this.#options.downlink?.begin(session, (message) => this.#sendOf(message, session));
    // Nothing is out: the answer that was waited for is here.
    this.#watchForAck();
    if (aim.kind === "rolled_back") {
      this.#options.onRolledBack(
        `headquarters went on from record ${aim.common.seq} of epoch ${aim.common.epoch}`,
      );
    }
    void this.#pump();
  }

  async #compare(holds: readonly Position[]): Promise<readonly Compared[]> {
    const { journal } = this.#options;
    const compared: Compared[] = [];
    for (const hold of holds) {
      const hash = await journal.hashAt(hold.epoch, hold.seq);
      compared.push({ hold, last: journal.lastOf(hold.epoch), hash });
    }
    return compared;
  }

  // U2: the hash says that headquarters holds these very bytes.
  async #acknowledged(ack: Ack, session: Uint8Array): Promise<void> {
    const { position } = ack;
    const hash = await this.#options.journal.hashAt(position.epoch, position.seq);
    if (session !== this.#session) return;
    if (hash === null || !sameBytes(hash, position.hash)) {
      this.#options.log("ack/not_ours", `an ack names record ${position.seq} with another hash`);
      return;
    }
    if (this.#acked !== null && position.seq <= this.#acked.seq) return;
    this.#sent = this.#sent.filter((sent) => sent.lastSeq > position.seq);
    this.#moveAcked(position);
    this.#watchForAck();
    void this.#pump();
  }

  /** Only what moves on, or a journal that is all there, ends the growth of waits: a link that breaks at the same batch each time is no good link. */
  #moveAcked(position: Position | null): void {
    const beforeSeq = this.#acked?.seq ?? 0;
    const seq = position?.seq ?? 0;
    this.#acked = position;
    if (seq > beforeSeq) this.#silentCount = 0;
    if (seq > beforeSeq || seq >= this.#options.journal.durableSeq) this.#tryCount = 0;
    if (seq !== beforeSeq) this.#options.onChange();
  }

  #refused(refusal: BatchRefusal): void {
    this.#options.log(
      `refusal/${refusal.reason}`,
      `headquarters did not take the batch from ${refusal.fromSeq}`,
    );
    switch (refusal.reason) {
      case "fork":
        this.#fork();
        break;
      case "busy":
        // What is behind this batch would only be refused as a gap: wait as for a silent headquarters.
        this.#session = NO_SESSION;
        this.#sent = [];
        this.#become("greeting");
        this.#watchForAck();
        break;
      case "gap":
        // Headquarters says hello anew; the ack timer is there in case it does not.
        break;
    }
  }

  #fork(): void {
    this.#session = NO_SESSION;
    this.#options.downlink?.end();
    this.#cancelAckTimer();
    this.#become("fork");
  }

  async #pump(): Promise<void> {
    const session = this.#session;
    if (this.#pumping === session || !this.#mayCarryOn(session)) return;
    this.#pumping = session;
    try {
      while (this.#mayCarryOn(session)) {
        const fromSeq = this.#nextSeq;
        const blocks = await this.#options.journal.read(fromSeq, BATCH_RECORD_BYTES_MAX);
        if (!this.#mayCarryOn(session)) break;
        // Aimed anew while the disk was read.
        if (fromSeq !== this.#nextSeq) continue;
        const [first] = blocks;
        if (first === undefined) break;
        this.#send(first.epoch, blocks.slice(0, batchEnd(blocks)), session);
      }
    } catch (cause) {
      this.#giveUp(cause, session);
    } finally {
      if (this.#pumping === session) this.#pumping = null;
    }
  }

  /** Sends without waiting for the PUBACK: the window is what bounds batches under way, not the broker's answer. */
  #send(epoch: Epoch, blocks: readonly OutgoingBlock[], session: Uint8Array): void {
    const { tenant, store, terminal } = this.#options;
    const last = blocks.at(-1);
    const lastSeq = last === undefined ? 0 : last.fromSeq + last.recordCount - 1;
    this.#sent = [...this.#sent, { lastSeq }];
    this.#nextSeq = lastSeq + 1;
    if (this.#sent.length === 1) this.#watchForAck();
    const publishing = this.#publish({ kind: "batch", batch: { tenant, store, terminal, epoch, blocks } });
    publishing.catch((cause: unknown) => this.#giveUp(cause, session));
  }

  // U2, U3
  #mayCarryOn(session: Uint8Array): boolean {
    if (session !== this.#session || this.#state !== "sending") return false;
    const { durableSeq } = this.#options.journal;
    return this.#sent.length < WINDOW_BATCHES_COUNT_MAX && this.#nextSeq <= durableSeq;
  }

  // U3
  #watchForAck(): void {
    this.#cancelAckTimer();
    if (this.#sent.length === 0 && this.#state !== "greeting") return;
    const delayMs = delayCeilingMs(this.#silentCount, ACK_DELAY_MS_MIN);
    this.#cancelAckTimer = this.#options.timers.after(delayMs, () => {
      this.#silentCount += 1;
      this.#options.log("link/silent", `no ack for ${delayMs} ms; sending again`);
      void this.#greet();
    });
  }

  #giveUp(cause: unknown, session: Uint8Array): void {
    // U5: its connection is gone, or going, already.
    if (session !== this.#session) return;
    this.#options.log("link/fault", causeWords(cause));
    this.#session = NO_SESSION;
    this.#cancelAckTimer();
    this.#options.bus.disconnect();
  }

  #become(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onChange();
  }
}

/** How many of these blocks, at least one, make a batch: of one epoch, and not too many records. */
function batchEnd(blocks: readonly OutgoingBlock[]): number {
  const [first] = blocks;
  let recordCount = first?.recordCount ?? 0;
  for (const [index, block] of blocks.entries()) {
    if (index === 0) continue;
    recordCount += block.recordCount;
    if (block.epoch !== first?.epoch || recordCount > BATCH_RECORDS_COUNT_MAX) return index;
  }
  return blocks.length;
}

function nothing(): void {
  // Nothing is scheduled.
}
