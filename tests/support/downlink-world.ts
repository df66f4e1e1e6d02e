/**
 * Headquarters with a journal of its own and terminals that take it: the product's store in memory, link,
 * feed and authoring, the product's terminals on disks in memory, and buses that a test may cut. Time
 * moves when a test moves it, for everybody.
 */
import { terminalId } from "../../core/ids.ts";
import { wallMs } from "../../core/time.ts";
import type { Recorded } from "../../core/types.ts";
import { topicOf } from "../../protocol/topics.ts";
import type { Disk } from "../../runtime/disk.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import { createAuthoring } from "../../tools/hq/authoring.ts";
import type { Authored, Authoring } from "../../tools/hq/authoring.ts";
import { Committer } from "../../tools/hq/committer.ts";
import { Feed } from "../../tools/hq/journal/feed.ts";
import { HqJournal } from "../../tools/hq/journal/journal.ts";
import { keyName } from "../../tools/hq/keys.ts";
import { TerminalLink } from "../../tools/hq/link.ts";
import { createMemoryStore } from "../../tools/hq/store/memory.ts";
import type { Store } from "../../tools/hq/store/store.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { FakeBus, keyPair } from "./fake-bus.ts";
import { CATALOGUE_JSON, seededRng, settle, shopConfig } from "./fake-world.ts";
import { ManualTimers } from "./manual-timers.ts";
import { partsOn, Till } from "./terminal-harness.ts";

/** 2026-11-23 11:00 UTC: terminals' release is older. */
export const ELEVEN_MS = 1_795_431_600_000;
/** An hour later. */
export const NOON_MS = ELEVEN_MS + 3_600_000;

const TENANT = "demo";
const HQ_KEYS = keyPair(200);

/** A catalogue file in which tea costs this much. */
export function catalogueFile(teaMinor: number, extra = ""): Uint8Array {
  const text = CATALOGUE_JSON.replace('"priceMinor":250', `"priceMinor":${teaMinor}`);
  return new TextEncoder().encode(text + extra);
}

/** What was published, or the test fails. */
export async function must(authored: Promise<Authored>): Promise<Extract<Authored, { ok: true }>> {
  const its = await authored;
  if (!its.ok) throw new Error(`${its.code}: ${its.message}`);
  return its;
}

/** One terminal with its bus and disk. */
export class Seat {
  readonly name: string;
  readonly disk: FakeDisk;
  readonly bus = new FakeBus();
  readonly logged: string[] = [];
  readonly till: Till;
  readonly #timers: ManualTimers;

  constructor(name: string, disk: FakeDisk, till: Till, timers: ManualTimers, bus: FakeBus) {
    this.name = name;
    this.disk = disk;
    this.till = till;
    this.#timers = timers;
    this.bus = bus;
  }

  /** The network is gone until `connect`. */
  cutOff(): void {
    this.bus.isRefusing = true;
    this.bus.cut("cut off");
  }

  /** It is back; the terminal tries within a minute. */
  async comeBack(): Promise<void> {
    this.bus.isRefusing = false;
    this.#timers.advance(60_000);
    await quiet();
  }

  get teaMinor(): number {
    return this.till.terminal.catalogue.bySku.get("tea")?.unitPriceMinor ?? -1;
  }
}

/** Everything that is under way has come to where it waits for time. */
export async function quiet(turnCount = 60): Promise<void> {
  for (let turn = 0; turn < turnCount; turn += 1) await settle();
}

export class DownlinkWorld {
  store: Store;
  journal: HqJournal;
  feed: Feed;
  authoring: Authoring;
  nowMs = ELEVEN_MS;
  readonly timers = new ManualTimers();
  readonly seats: Seat[] = [];
  /** Messages down that are lost. */
  loses: (bytes: Uint8Array) => boolean = () => false;

  constructor(store: Store = createMemoryStore(new Uint8Array(8).fill(7))) {
    this.store = store;
    [this.journal, this.feed, this.authoring] = this.#parts();
  }

  #parts(): [HqJournal, Feed, Authoring] {
    const { signer } = HQ_KEYS;
    const { store } = this;
    const nowMs = (): number => this.nowMs;
    const kid = keyName(signer.publicKey);
    const journal = new HqJournal({ tenant: TENANT, store, signer, kid, nowMs });
    const feed = new Feed(TENANT, journal, store, nowMs);
    return [journal, feed, createAuthoring({ tenant: TENANT, store, journal, nowMs })];
  }

  /** Headquarters goes on with another store; terminals stay cut off until they come back. */
  async moveTo(store: Store): Promise<void> {
    this.store = store;
    [this.journal, this.feed, this.authoring] = this.#parts();
    await this.journal.refresh();
    for (const seat of this.seats) this.#wire(seat.name, seat.bus, keyPair(this.seats.indexOf(seat) + 1));
  }

  /** Opens a terminal and connects it. */
  async open(
    name: string,
    disk = new FakeDisk(),
    changes: Parameters<typeof partsOn>[2] = {},
  ): Promise<Seat> {
    const keys = keyPair(this.seats.length + 1);
    const bus = new FakeBus();
    this.#wire(name, bus, keys);
    const logged: string[] = [];
    const till = await this.#till(name, disk, bus, keys, logged, changes);
    const seat = new Seat(name, disk, till, this.timers, bus);
    seat.logged.push(...logged);
    this.#collect(seat, logged);
    this.seats.push(seat);
    await quiet();
    return seat;
  }

  // What is logged from here on goes to the seat.
  #collect(seat: Seat, logged: string[]): void {
    logged.push = (...codes) => seat.logged.push(...codes);
  }

  async #till(
    name: string,
    disk: Disk,
    bus: FakeBus,
    keys: ReturnType<typeof keyPair>,
    logged: string[],
    changes: Parameters<typeof partsOn>[2] = {},
  ): Promise<Till> {
    const rng = seededRng(this.seats.length + 1 + this.nowMs);
    const parts = partsOn(disk, rng, {
      config: shopConfig({ terminal: terminalId(name) }),
      clock: { wall: () => wallMs(this.nowMs), monotonicMs: () => this.nowMs },
      timers: this.timers,
      signer: keys.signer,
      link: { bus, hqKey: HQ_KEYS.verifier },
      log: (code) => logged.push(code),
      segmentBytes: 256 * 1024,
      ...changes,
    });
    return new Till(await openTerminal(parts));
  }

  #wire(name: string, bus: FakeBus, keys: ReturnType<typeof keyPair>): void {
    const link = { tenant: TENANT, terminal: terminalId(name) };
    const { store, feed } = this;
    const committer = new Committer(store);
    const its = new TerminalLink(
      {
        store,
        committer,
        signer: HQ_KEYS.signer,
        kid: keyName(HQ_KEYS.signer.publicKey),
        nowMs: () => this.nowMs,
        alarm: () => {},
        low: () => [],
        onStored: () => {},
        feed,
      },
      link,
      keys.verifier,
      (bytes) => {
        if (!this.loses(bytes)) bus.deliver(topicOf(link, "down"), bytes.slice());
        return Promise.resolve();
      },
    );
    bus.onPublish = (_topic, bytes) => void its.take(bytes.slice());
  }

  /** Time passes for everybody. */
  async pass(ms: number): Promise<void> {
    this.nowMs += ms;
    this.timers.advance(ms);
    await quiet();
  }
}

/** [sku, unit price, version] of the lines in these records. */
export function linesOf(records: readonly Recorded[]): readonly (readonly [string, number, number])[] {
  return records.flatMap(({ event }) =>
    event.type === "line_added" ? [[event.sku, event.unitPriceMinor, event.priceVersion] as const] : [],
  );
}
