/**
 * A bus and the headquarters at its other end, in memory. Messages, signatures and the rule of what
 * becomes of a batch are the real ones; what can go wrong on the way is a test's to say.
 *
 * Everything that happens on the connection counts as one step: connect, subscribe, each publish, each
 * message down. A test cuts the connection at a step, before it had its effect or right behind it.
 */
import type { Epoch } from "../../core/ids.ts";
import { wallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";
import { CHAIN_START, chainHash } from "../../protocol/hash.ts";
import { encodeRecord } from "../../protocol/record.ts";
import type { OutgoingBlock, OutgoingJournal } from "../../runtime/uplink/uplink.ts";
import { TILL } from "./fake-world.ts";
import { createSigner, createVerifier } from "../../protocol/sign.ts";
import type { Signer, Verifier } from "../../protocol/ed25519.ts";
import { openMessage, sealMessage } from "../../protocol/message.ts";
import type { Hello, Link, Message, Position, RefusalReason } from "../../protocol/message.ts";
import type { Batch } from "../../protocol/batch.ts";
import { BATCH_BYTES_MAX } from "../../protocol/limits.ts";
import { topicOf } from "../../protocol/topics.ts";
import { unwrap } from "../../protocol/wrap.ts";
import { zstd } from "../../runtime/adapters/zstd.ts";
import type { Bus, BusHandlers } from "../../runtime/bus.ts";
import { HeldTerminal } from "../../tools/hq/held.ts";
import { ingest } from "../../tools/hq/ingest.ts";

/** A key pair of this ordinal. */
export function keyPair(ordinal: number): { readonly signer: Signer; readonly verifier: Verifier } {
  const signer = createSigner(new Uint8Array(32).fill(ordinal));
  const verifier = createVerifier(signer.publicKey);
  if (!verifier.ok) throw new Error(verifier.code);
  return { signer, verifier: verifier.value };
}

type Cut = "before" | "behind";

/** One connection at a time; a test plays the network. */
export class FakeBus implements Bus {
  #handlers: BusHandlers | null = null;
  #isUp = false;
  #hanging: (() => void)[] = [];
  connectCount = 0;
  stepCount = 0;
  /** Cuts at these steps, counted over all connections. */
  readonly cuts = new Map<number, Cut>();
  /** Requests and messages that hang: no effect and no answer while the connection stands. To connect has an end in time. */
  readonly hangs = new Set<number>();
  /** Requests that have their effect and are never answered while the connection stands. */
  readonly mutes = new Set<number>();
  /** Refuses to connect. */
  isRefusing = false;
  /** What is published goes here, with its topic. */
  onPublish: (topic: string, bytes: Uint8Array) => void = () => {};

  get isUp(): boolean {
    return this.#isUp;
  }

  connect(handlers: BusHandlers): void {
    if (this.#handlers !== null) throw new Error("bus: A connection stands or is being made");
    this.#handlers = handlers;
    this.connectCount += 1;
    queueMicrotask(() => {
      if (this.#handlers !== handlers) return;
      if (this.isRefusing) {
        this.cut("refused");
        return;
      }
      this.hangs.delete(this.stepCount + 1);
      this.#step(() => {
        this.#isUp = true;
        handlers.onUp();
      });
    });
  }

  subscribe(topic: string): Promise<void> {
    return this.#request(() => {
      if (!topic.endsWith("/down")) throw new Error(`bus: ${topic} may not be read`);
    });
  }

  publish(topic: string, bytes: Uint8Array): Promise<void> {
    return this.#request(() => this.onPublish(topic, bytes));
  }

  /** A message from the other end; lost when nothing stands. */
  deliver(topic: string, bytes: Uint8Array): void {
    const handlers = this.#handlers;
    if (!this.#isUp) return;
    queueMicrotask(() => {
      if (this.#handlers !== handlers || handlers === null) return;
      this.#step(() => handlers.onMessage(topic, bytes));
    });
  }

  disconnect(): void {
    queueMicrotask(() => this.cut("disconnected"));
  }

  /** The connection is gone: what waits is rejected, and the owner hears of it. */
  cut(reason: string): void {
    const handlers = this.#handlers;
    if (handlers === null) return;
    this.#handlers = null;
    this.#isUp = false;
    for (const reject of this.#hanging.splice(0)) reject();
    handlers.onDown(reason);
  }

  #request(effect: () => void): Promise<void> {
    if (!this.#isUp) return Promise.reject(new Error("bus: The connection is down"));
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error("bus: Connection closed"));
      this.#hanging.push(fail);
      queueMicrotask(() => {
        if (!this.#hanging.includes(fail)) return;
        this.#step(effect, () => {
          this.#hanging = this.#hanging.filter((other) => other !== fail);
          resolve();
        });
      });
    });
  }

  #step(effect: () => void, done: () => void = () => {}): void {
    this.stepCount += 1;
    if (this.hangs.has(this.stepCount)) return;
    const cut = this.cuts.get(this.stepCount);
    if (cut === "before") {
      this.cut("cut");
      return;
    }
    const isMute = this.mutes.has(this.stepCount);
    effect();
    if (isMute) return;
    if (cut === "behind") this.cut("cut");
    else done();
  }
}

const INCARNATION = new Uint8Array(8).fill(9);

/** Headquarters of one terminal: what it holds, and what it is told to do wrong. */
export class FakeHeadquarters {
  readonly signer: Signer;
  readonly verifier: Verifier;
  held = new HeldTerminal();
  /** Record bytes in order of arrival. */
  records: Uint8Array[] = [];
  readonly log: string[] = [];
  readonly batches: Batch[] = [];
  readonly hellos: Hello[] = [];
  session = new Uint8Array(8);
  /** So many of the next acks are not sent. */
  lostAckCount = 0;
  /** So many of the next batches are answered with "busy". */
  busyCount = 0;
  /** Says nothing to a hello. */
  isDeaf = false;
  /** Offered before each hello; wrapped batches are opened by zstd. */
  offers: readonly number[] | null = null;
  /** Bytes of each batch as it came over the air. */
  readonly batchBytes: number[] = [];
  /** The most batches that were not answered at one time. */
  openCountMax = 0;
  #open: number[] = [];
  readonly #bus: FakeBus;
  readonly #link: Link;
  readonly #terminalKey: Verifier;

  constructor(bus: FakeBus, link: Link, terminalKey: Verifier) {
    const keys = keyPair(200);
    this.signer = keys.signer;
    this.verifier = keys.verifier;
    this.#bus = bus;
    this.#link = link;
    this.#terminalKey = terminalKey;
    bus.onPublish = (topic, bytes) => this.#take(topic, bytes);
  }

  /** The newest position of each epoch, newest arrival first. */
  holds(): readonly Position[] {
    return this.held.epochs().map((epoch) => epoch.tip);
  }

  get lastSeq(): number {
    return Math.max(0, ...this.holds().map((position) => position.seq));
  }

  /** Holds the first blocks of `journal` and nothing else: a store that came from a backup. */
  restore(journal: ChainJournal, blockCount: number): void {
    this.held = new HeldTerminal();
    this.records = [];
    let parent: Position | null = null;
    for (const block of journal.blocks.slice(0, blockCount)) {
      const isNew = this.held.tip(block.epoch) === null;
      const { tip }: { readonly tip: Position } = this.held.add(block.epoch, isNew ? parent : null, [block]);
      parent = tip;
      this.records.push(block.recordBytes.slice());
    }
  }

  /** Sends a message down, signed. */
  say(message: Message): void {
    this.sayBytes(sealMessage(message, this.#link, this.signer, this.signer.publicKey.slice(0, 8)));
  }

  sayBytes(bytes: Uint8Array): void {
    this.#bus.deliver(topicOf(this.#link, "down"), bytes);
  }

  sayHello(holds: readonly Position[] = this.holds()): void {
    const { tenant, terminal } = this.#link;
    this.say({
      kind: "hello",
      tenant,
      store: "s1",
      terminal,
      session: this.session,
      incarnation: INCARNATION,
      holds,
    });
  }

  ack(position: Position, session = this.session): void {
    this.#open = this.#open.filter((seq) => seq > position.seq);
    this.say({ kind: "ack", session, incarnation: INCARNATION, terminal: this.#link.terminal, position });
  }

  refuse(epoch: Epoch, fromSeq: number, reason: RefusalReason): void {
    const { terminal } = this.#link;
    this.say({ kind: "refusal", session: this.session, terminal, epoch, fromSeq, reason });
  }

  #take(topic: string, bytes: Uint8Array): void {
    if (topic !== topicOf(this.#link, "up")) throw new Error(`hq: Nothing may come on ${topic}`);
    const signed = this.offers === null ? bytes : unwrap(bytes, zstd, BATCH_BYTES_MAX);
    if (signed === null) throw new Error("hq: A frame must open");
    const opened = openMessage(signed, this.#link, this.#terminalKey);
    if (!opened.ok) throw new Error(`hq: ${opened.code}`);
    const message = opened.value;
    if (message.kind === "batch") this.batchBytes.push(bytes.length);
    if (message.kind === "hello") {
      this.hellos.push(message);
      this.log.push("hello");
      this.session = message.session.slice();
      this.#open = [];
      if (this.offers !== null) this.say({ kind: "offer", session: this.session, wrappings: this.offers });
      if (!this.isDeaf) this.sayHello();
    } else if (message.kind === "batch") this.#ingest(message.batch);
    // This headquarters has no journal of its own.
    else if (message.kind === "held")
      this.say({ kind: "held", session: message.session.slice(), position: null });
    else throw new Error(`hq: A terminal says no ${message.kind}`);
  }

  #ingest(batch: Batch): void {
    this.batches.push(batch);
    const fromSeq = batch.blocks[0]?.fromSeq ?? 0;
    const toSeq = fromSeq - 1 + batch.blocks.reduce((sum, block) => sum + block.recordCount, 0);
    this.log.push(`batch ${fromSeq}-${toSeq}`);
    this.#open.push(toSeq);
    this.openCountMax = Math.max(this.openCountMax, this.#open.length);
    if (this.busyCount > 0) {
      this.busyCount -= 1;
      this.refuse(batch.epoch, fromSeq, "busy");
      return;
    }
    const decision = ingest(this.held, batch);
    if (decision.kind === "store") {
      this.held.add(batch.epoch, decision.parent, decision.blocks);
      for (const block of decision.blocks) this.records.push(block.recordBytes.slice());
    }
    if (decision.kind === "gap" || decision.kind === "fork") {
      this.refuse(batch.epoch, fromSeq, decision.kind);
      if (decision.kind === "gap") this.sayHello();
      return;
    }
    const tip = this.held.tip(batch.epoch);
    if (tip === null) throw new Error("hq: What is held must have a tip");
    if (this.lostAckCount > 0) this.lostAckCount -= 1;
    else this.ack(tip);
  }
}

/** A journal of real records in memory. What is added is durable only once `sync` says so. */
export class ChainJournal implements OutgoingJournal {
  readonly blocks: OutgoingBlock[] = [];
  durableSeq = 0;
  /** Reads so far. */
  readCount = 0;
  /** Throws on the next read. */
  fault: Error | null = null;
  #epoch: Epoch | null = null;

  get headSeq(): number {
    const last = this.blocks.at(-1);
    return last === undefined ? 0 : last.fromSeq + last.recordCount - 1;
  }

  /** Another journal with the same content. */
  copy(): ChainJournal {
    const made = new ChainJournal();
    made.blocks.push(...this.blocks);
    made.durableSeq = this.durableSeq;
    made.#epoch = this.#epoch;
    return made;
  }

  /** Begins an epoch with the block that says so. */
  begin(epoch: Epoch): this {
    const last = this.blocks.at(-1);
    const parent = last === undefined ? null : { epoch: last.epoch, seq: this.headSeq, hash: last.hash };
    this.#epoch = epoch;
    const detail = "";
    const started = { type: "epoch_started", parent, opening: "clean", detail, series: "S1" } as const;
    return this.#add([{ ...started, runtimeVersion: "0.1.0" }]);
  }

  /** Adds `blockCount` blocks of `recordCount` records of about 60 bytes and `textLength` more. */
  add(blockCount: number, recordCount = 1, textLength = 0): this {
    const detail = "x".repeat(textLength);
    for (let block = 0; block < blockCount; block += 1) {
      this.#add(
        Array.from({ length: recordCount }, () => ({ type: "continuity_lost", series: "S1", detail })),
      );
    }
    return this;
  }

  /** All that was added is durable. */
  sync(): this {
    this.durableSeq = this.headSeq;
    return this;
  }

  /** Forgets everything behind this many blocks: an older image of the disk. */
  restore(blockCount: number): this {
    this.blocks.length = blockCount;
    return this.sync();
  }

  /** Record bytes of all durable blocks. */
  durableRecords(): readonly Uint8Array[] {
    return this.#durable().map((block) => block.recordBytes);
  }

  async hashAt(epoch: Epoch, seq: number): Promise<Uint8Array | null> {
    const ending = (block: OutgoingBlock): boolean => block.fromSeq + block.recordCount - 1 === seq;
    return this.#durable().find((block) => block.epoch === epoch && ending(block))?.hash ?? null;
  }

  lastOf(epoch: Epoch): Position | null {
    const last = this.#durable().findLast((block) => block.epoch === epoch);
    return last === undefined ? null : { epoch, seq: last.fromSeq + last.recordCount - 1, hash: last.hash };
  }

  async read(fromSeq: number, bytesMax: number): Promise<readonly OutgoingBlock[]> {
    this.readCount += 1;
    if (this.fault !== null) throw this.fault;
    const run: OutgoingBlock[] = [];
    let bytes = 0;
    for (const block of this.#durable()) {
      if (block.fromSeq + block.recordCount <= fromSeq) continue;
      bytes += block.recordBytes.length;
      // The port promises no end at an epoch's: cutting there is the sender's business.
      if (run.length > 0 && bytes > bytesMax) break;
      run.push(block);
    }
    return run;
  }

  #durable(): readonly OutgoingBlock[] {
    return this.blocks.filter((block) => block.fromSeq + block.recordCount - 1 <= this.durableSeq);
  }

  #add(events: readonly Event[]): this {
    const epoch = this.#epoch;
    if (epoch === null) throw new Error("journal: An epoch must begin first");
    const fromSeq = this.headSeq + 1;
    const parts = events.map((event, index) => {
      const seq = fromSeq + index;
      return encodeRecord({ terminal: TILL, epoch, seq, lamport: seq, at: wallMs(0), cause: null, event });
    });
    const recordBytes = new Uint8Array(Buffer.concat(parts));
    const previousHash = this.blocks.at(-1)?.hash ?? CHAIN_START;
    const hash = chainHash(previousHash, recordBytes);
    this.blocks.push({ epoch, fromSeq, recordCount: events.length, recordBytes, previousHash, hash });
    return this;
  }
}
