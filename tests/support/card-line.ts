/**
 * A till with the product's terminal and driver on a real serial line, a simulated card terminal at its
 * other end, and the lives and deaths of both and of the cable. Time is the machine's, and the drivers'
 * and the reader's run faster.
 */

import { setTimeout as pause } from "node:timers/promises";
import { clerkId } from "../../core/ids.ts";
import type { CardTender } from "../../core/tender/types.ts";
import type { Order } from "../../core/order/types.ts";
import { createSerialPort } from "../../drivers/port/serial.ts";
import type { Port } from "../../drivers/port/port.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import type { Disk, DiskFile } from "../../runtime/disk.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import type { Fault } from "../../tools/sim/reader/fault-plan.ts";
import { startPtyLink } from "../../tools/sim/reader/link.ts";
import type { ReaderLink } from "../../tools/sim/reader/link.ts";
import { NEWER, OLDER } from "../../tools/sim/reader/zvt/behaviour.ts";
import { volatileStore } from "../../tools/sim/reader/zvt/memory.ts";
import { promptOf } from "../../tools/sim/reader/zvt/state.ts";
import { ZvtUnit } from "../../tools/sim/reader/zvt/unit.ts";
import { PaperTray } from "./fake-world.ts";
import { openTill } from "./terminal-harness.ts";
import type { Till } from "./terminal-harness.ts";

/** The drivers' and the reader's seconds in one of the clock's. */
export const SPEED_UP = 10;

const LOOK_MS = 20;
/** A person waits so long before the card is tried again. */
const AGAIN_MS = 500;
const OUTAGE_MS = 400;
const HOLDER_MS = 100;

/** Timers of one life: when it is over they do not fire. */
class Life implements Timers {
  isOver = false;

  after(delayMs: number, run: () => void): () => void {
    const handle = setTimeout(() => {
      if (!this.isOver) run();
    }, delayMs / SPEED_UP);
    return () => clearTimeout(handle);
  }
}

/** The system's own time: it closes what a dead process had open. */
const SYSTEM = new Life();

const NOWHERE: Port = {
  open: () => new Promise(() => {}),
  write: () => new Promise(() => {}),
  onData: () => {},
  onClose: () => {},
  close: () => {},
};

/** Who is taken away by the cut of a plan. */
export type LineVictim = "till" | "reader" | "link";

/** What a line is made of. */
export interface CardLineOptions {
  readonly path: string;
  readonly model: "zvt" | "zvt-newer";
  readonly faults: readonly Fault[];
}

/** The desk; `start` before anything else, `close` in the end. */
export class CardLine {
  readonly unit: ZvtUnit;
  readonly acquirer = new Acquirer(memoryLedgerStore());
  readonly #options: CardLineOptions;
  #disk = new FakeDisk();
  #life = new Life();
  #link: ReaderLink | null = null;
  #till: Till | null = null;
  readonly #ports: Port[] = [];
  #startCount = 0;
  #isHolderMoving = false;
  #notBeforeMs = 0;
  #work: Promise<unknown> = Promise.resolve();
  /** The cut of the plan has come. */
  isStruck = false;
  /** Requests for money that left the till. */
  requestCount = 0;

  constructor(options: CardLineOptions) {
    this.#options = options;
    const timers = new Life();
    this.unit = new ZvtUnit({
      behaviour: { ...(options.model === "zvt" ? OLDER : NEWER), currency: "0826" },
      store: volatileStore(),
      acquirer: this.acquirer,
      timers,
      nowMs: () => 1_795_363_509_000,
      hostMs: 20,
      faults: options.faults,
      onStep: () => this.#hold(),
      onCut: (dies) => {
        this.isStruck = true;
        this.#work = this.#work.then(() => this.#strike(dies));
      },
    });
  }

  async start(): Promise<void> {
    this.unit.powerOn();
    this.#link = await startPtyLink(this.unit, this.#options.path);
    await this.#boot();
  }

  /** How many card tenders are in which state, such as "captured declined". */
  get tenders(): string {
    return this.#cards()
      .map(({ status, isManual }) => (isManual ? `${status}!` : status))
      .join(" ");
  }

  /** What is captured according to the journal. */
  get capturedMinor(): number {
    return this.#cards()
      .filter(({ status }) => status === "captured")
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }

  get readerState(): ReturnType<Reader["state"]> | undefined {
    return this.#till?.terminal.cards.stations()[0]?.state;
  }

  /** Sells for card, and again when it was not paid, until so many sales are closed; false when it hangs. */
  async sell(saleCount: number, limitMs: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += LOOK_MS) {
      if (await this.#step(saleCount)) return true;
      await pause(LOOK_MS);
    }
    return false;
  }

  /** Waits until the reader has nothing under way and nothing to take back. */
  async rest(limitMs: number): Promise<boolean> {
    const isAtRest = (): boolean =>
      promptOf(this.unit.state) === "ready" && this.unit.state.memory.toReverse.length === 0;
    for (let waitedMs = 0; !isAtRest() && waitedMs < limitMs; waitedMs += LOOK_MS) await pause(LOOK_MS);
    return isAtRest();
  }

  /** Pulls the cable for `awayMs` and puts it in again. */
  async replug(awayMs: number): Promise<void> {
    await this.#link?.setCable(false);
    await pause(awayMs);
    await this.#link?.setCable(true);
  }

  async close(): Promise<void> {
    await this.#work;
    await this.#till?.terminal.close();
    this.#life.isOver = true;
    this.unit.powerOff();
    await this.#link?.close();
  }

  async #step(saleCount: number): Promise<boolean> {
    const till = this.#till;
    if (till === null) return false;
    const sales = [...till.state.orders.values()].map(({ order }) => order);
    if (sales.filter(({ phase }) => phase === "closed").length >= saleCount) return true;
    const order = sales.find(({ phase }) => phase === "open" || phase === "frozen");
    if (order === undefined) {
      await this.#tap(till, { type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
      return false;
    }
    const isLive = cardsOf(order).some(({ status }) => !/captured|declined|reversed/.test(status));
    const serial = till.terminal.cards.serialOf("1");
    if (isLive || serial === null || this.readerState?.link !== "ready") return false;
    if (performance.now() < this.#notBeforeMs) return false;
    this.#notBeforeMs = performance.now() + AGAIN_MS;
    const amounts = { amountMinor: null, leftMinor: null };
    this.requestCount += 1;
    await this.#tap(till, { type: "request_card", order: order.id, ...amounts, reader: "1", serial });
    return false;
  }

  /** A tap of a till that dies has no answer. */
  async #tap(till: Till, command: Parameters<Till["tap"]>[0]): Promise<void> {
    const answer = await Promise.race([till.tap(command), pause(1_000)]);
    if (answer?.ok === false && answer.refusal.code === "clerk/not_signed_on")
      await till.tap({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  }

  async #boot(): Promise<void> {
    this.#startCount += 1;
    const life = new Life();
    this.#life = life;
    const reader = readerRow(this.#options.model)?.make({
      timers: life,
      link: { kind: "serial", openPort: () => this.#port(life) },
      password: "123456",
      currency: "GBP",
    });
    if (reader === undefined) throw new Error("The registry has no such model");
    this.#till = await openTill(gated(this.#disk, life), this.#startCount, {
      timers: life,
      printer: new PaperTray(),
      readers: new Map([["1", reader]]),
    });
  }

  #port(life: Life): Port {
    // A dead process opens nothing: its driver, which does not know that it is dead, waits for ever.
    if (life.isOver) return NOWHERE;
    const line = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 2, rtscts: false } as const;
    const limits = { writeTimeoutMs: 10_000, queueBytesMax: 16_384 };
    const port = createSerialPort({ path: this.#options.path, ...line, ...limits }, SYSTEM);
    this.#ports.push(port);
    return port;
  }

  async #strike(dies: LineVictim): Promise<void> {
    if (dies === "reader") {
      await pause(OUTAGE_MS);
      this.unit.powerOn();
    } else if (dies === "link") await this.replug(OUTAGE_MS);
    else {
      this.#life.isOver = true;
      this.#till = null;
      for (const port of this.#ports.splice(0)) port.close();
      this.#disk = this.#disk.crash("drop");
      await pause(OUTAGE_MS);
      await this.#boot();
    }
  }

  #hold(): void {
    if (promptOf(this.unit.state) !== "present_card" || this.#isHolderMoving) return;
    this.#isHolderMoving = true;
    setTimeout(() => {
      this.#isHolderMoving = false;
      const act = { kind: "present", cardKey: "visa", technology: "contactless" } as const;
      this.unit.put({ kind: "holder", act });
    }, HOLDER_MS).unref();
  }

  #cards(): readonly CardTender[] {
    return [...(this.#till?.state.orders.values() ?? [])].flatMap(({ order }) => cardsOf(order));
  }
}

function cardsOf(order: Order): readonly CardTender[] {
  return order.checks.flatMap(({ cards }) => cards);
}

/** A disk whose process may die: what it asks then is never answered, and changes nothing. */
function gated(disk: Disk, life: Life): Disk {
  const alive = <T>(work: () => Promise<T>): Promise<T> => {
    if (life.isOver) return new Promise(() => {});
    return work().then((value) => (life.isOver ? new Promise<T>(() => {}) : value));
  };
  const file = (its: DiskFile): DiskFile => ({
    path: its.path,
    size: () => alive(() => its.size()),
    read: (offset, length) => alive(() => its.read(offset, length)),
    write: (offset, bytes) => alive(() => its.write(offset, bytes)),
    sync: () => alive(() => its.sync()),
    close: () => alive(() => its.close()),
  });
  return {
    list: (directory) => alive(() => disk.list(directory)),
    exists: (path) => alive(() => disk.exists(path)),
    freeBytes: () => alive(() => disk.freeBytes()),
    makeDirectory: (directory) => alive(() => disk.makeDirectory(directory)),
    rename: (source, target) => alive(() => disk.rename(source, target)),
    remove: (path) => alive(() => disk.remove(path)),
    syncDirectory: (directory) => alive(() => disk.syncDirectory(directory)),
    open: (path, mode) => alive(async () => file(await disk.open(path, mode))),
  };
}
