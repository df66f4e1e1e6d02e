/**
 * An uplink with its journal, bus and headquarters, all in memory: real messages and signatures, the
 * real rule of headquarters, time by hand. At every publish it is checked that only durable records go.
 */
import { expect } from "vitest";
import { sealMessage } from "../../protocol/message.ts";
import type { LowItem, Message, Position } from "../../protocol/message.ts";
import type { Signer } from "../../protocol/ed25519.ts";
import type { Squeezer } from "../../protocol/wrap.ts";
import { Uplink } from "../../runtime/uplink/uplink.ts";
import { epochAt } from "./core-fixtures.ts";
import { ChainJournal, FakeBus, FakeHeadquarters, keyPair } from "./fake-bus.ts";
import { seededRng, settle, TILL } from "./fake-world.ts";
import { ManualTimers } from "./manual-timers.ts";

/** Whose link it is. */
export const LINK = { tenant: "demo", terminal: TILL };
/** The terminal's own keys. */
export const TERMINAL_KEYS = keyPair(1);

/** One uplink and its world. */
export class UplinkWorld {
  readonly bus = new FakeBus();
  readonly hq: FakeHeadquarters;
  readonly timers = new ManualTimers();
  readonly logged: string[] = [];
  readonly rolledBack: string[] = [];
  readonly notices: (readonly LowItem[])[] = [];
  readonly states: string[] = [];
  readonly uplink: Uplink;
  readonly journal: ChainJournal;

  constructor(journal: ChainJournal, seed = 1, squeezer?: Squeezer) {
    this.journal = journal;
    this.hq = new FakeHeadquarters(this.bus, LINK, TERMINAL_KEYS.verifier);
    const publish = this.bus.onPublish;
    this.bus.onPublish = (topic, bytes) => {
      publish(topic, bytes);
      const seqs = this.hq.batches.at(-1)?.blocks.map((block) => block.fromSeq + block.recordCount - 1) ?? [];
      // U2, at the very moment of sending.
      expect(Math.max(0, ...seqs)).toBeLessThanOrEqual(journal.durableSeq);
    };
    this.uplink = new Uplink({
      ...LINK,
      store: "s1",
      signer: TERMINAL_KEYS.signer,
      hqKey: this.hq.verifier,
      journal,
      bus: this.bus,
      timers: this.timers,
      rng: seededRng(seed),
      onChange: () => this.states.push(`${this.uplink.state} ${this.uplink.acked?.seq ?? 0}`),
      isSeriesOf: () => false,
      onRolledBack: (detail) => this.rolledBack.push(detail),
      onNotice: (low) => this.notices.push(low),
      downlink: null,
      ...(squeezer === undefined ? {} : { squeezer }),
      log: (code) => this.logged.push(code),
    });
  }

  async start(): Promise<this> {
    this.uplink.start();
    await settle();
    return this;
  }

  async advance(delayMs: number): Promise<void> {
    this.timers.advance(delayMs);
    await settle();
  }

  /** Everything that is durable is there, each block once and in order, and the uplink knows. */
  expectAllThere(): void {
    const [there, here] = [this.hq.records, this.journal.durableRecords()];
    expect({ blocksThere: there.length }).toEqual({ blocksThere: here.length });
    expect(Buffer.compare(Buffer.concat(there), Buffer.concat(here))).toBe(0);
    expect(this.uplink.acked?.seq).toBe(this.journal.durableSeq);
    expect(this.uplink.state).toBe("sending");
  }

  /** Lets time run until all is there. */
  async finish(tryCountMax = 60): Promise<void> {
    for (let tryCount = 0; tryCount < tryCountMax; tryCount += 1) {
      await settle();
      if (this.uplink.state === "sending" && this.uplink.acked?.seq === this.journal.durableSeq) return;
      if (!this.timers.advanceToNext()) break;
    }
    await settle();
  }

  say(message: Message, signer: Signer = this.hq.signer, link = LINK): void {
    this.hq.sayBytes(sealMessage(message, link, signer, new Uint8Array(8)));
  }
}

/** One epoch of six records, which make one batch. */
export function small(): ChainJournal {
  return new ChainJournal().begin(epochAt(1)).add(5).sync();
}

/** Two epochs, and a dozen batches: most full of bytes, one cut where the count of records ends. */
const LARGE = new ChainJournal().begin(epochAt(1)).add(6, 48, 950).begin(epochAt(2));
LARGE.add(4, 48, 950).add(2, 300).sync();

/** Two epochs in a dozen batches: more than a window. */
export function large(): ChainJournal {
  return LARGE.copy();
}

const MEDIUM = new ChainJournal().begin(epochAt(1)).add(3, 300).begin(epochAt(2)).add(2, 300).sync();

/** Two epochs in five batches. */
export function medium(): ChainJournal {
  return MEDIUM.copy();
}

/** The end of the block with this number, from 1. */
export function positionAt(journal: ChainJournal, blockCount: number): Position {
  const block = journal.blocks[blockCount - 1] ?? expect.fail("No such block");
  return { epoch: block.epoch, seq: block.fromSeq + block.recordCount - 1, hash: block.hash };
}
