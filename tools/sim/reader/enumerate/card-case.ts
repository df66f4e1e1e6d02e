/**
 * One card sale in one world: the product's terminal on its journal, the product's driver, a simulated
 * ZVT terminal with its acquirer, and headquarters, in virtual time. One misfortune strikes at one byte;
 * whoever died comes back; the till then does what it does by itself, and a person who finds the order
 * unpaid pays again. In the end acquirer, journal and headquarters must name the same money.
 */

import { recoveryRow } from "../../../../core/tender/recovery.ts";
import type { CardTender } from "../../../../core/tender/types.ts";
import type { Order } from "../../../../core/order/types.ts";
import type { ClerkId } from "../../../../core/ids.ts";
import type { PortFactory } from "../../../../drivers/port/port.ts";
import type { Timers } from "../../../../drivers/port/timers.ts";
import type { Reader, ReaderCapabilities } from "../../../../drivers/reader/reader.ts";
import { optionsOf } from "../../world/options.ts";
import type { WorldOptions } from "../../world/options.ts";
import { closingsIn } from "../../world/records.ts";
import { runWorld } from "../../world/run.ts";
import type { CrashMode } from "../../world/sim-fs.ts";
import { Life } from "../../world/scheduler.ts";
import { BOSS } from "../../world/shop.ts";
import type { Staff } from "../../world/staff.ts";
import type { TillActor } from "../../world/till-actor.ts";
import type { World } from "../../world/world.ts";
import { Acquirer, memoryLedgerStore } from "../acquirer.ts";
import type { Fault } from "../fault-plan.ts";
import { Cable } from "../sim-port.ts";
import type { Behaviour } from "../zvt/behaviour.ts";
import { volatileStore } from "../zvt/memory.ts";
import { promptOf } from "../zvt/state.ts";
import { ZvtUnit } from "../zvt/unit.ts";

/** Who dies, and how. "till_killed": its system lives and ends its connections; "till_power": nothing does. */
export type Victim = "till_power" | "till_killed" | "reader" | "link";

/** Where a case is cut. */
export type Cut =
  /** So many bytes pass that way; the next one does not, and the victim is gone. */
  | {
      readonly kind: "byte";
      readonly direction: "to_reader" | "to_till";
      readonly afterBytes: number;
      readonly victim: Victim;
    }
  /** The till's power goes at the n-th call of its disk. */
  | { readonly kind: "disk"; readonly callIndex: number; readonly mode: CrashMode }
  /** The reader's power goes with its n-th step: before anything of it is said, or after. */
  | { readonly kind: "step"; readonly step: number; readonly when: "before_outputs" | "after_outputs" };

/** How much happened: bytes each way, calls of the till's disk, steps of the reader. */
export interface Extent {
  readonly to_reader: number;
  readonly to_till: number;
  readonly diskCalls: number;
  readonly steps: number;
}

/** What a case is made of. */
export interface CaseSetup {
  readonly link: "tcp" | "serial";
  readonly behaviour: Behaviour;
  /** The driver under test, over these ports. */
  readonly reader: (ports: PortFactory, timers: Timers) => Reader;
  /** Null for the dry run. */
  readonly cut: Cut | null;
  /** A card sale has come to its good end before. */
  readonly isSecondSale: boolean;
  /** Other misfortunes besides. */
  readonly faults?: readonly Fault[];
}

/** How it came out. */
export interface CaseResult {
  readonly kind: "agree" | "manual" | "disagree";
  /** What was wrong, or why it is for a person. */
  readonly says: string;
  /** Before the sale began, and when it had ended. */
  readonly before: Extent;
  readonly after: Extent;
  readonly virtualSeconds: number;
}

const CALM: Partial<WorldOptions> = {
  tillCounts: [1],
  orderCount: 0,
  mix: "builtin",
  keys: "fast",
  bus: "direct",
  segmentBytes: 65_536,
  rates: {},
  hasPrinters: true,
  healSecondsMax: 300,
};

const READER = "1";
const LOOK_US = 100_000;
/** A person waits so long before the card is tried again. */
const AGAIN_US = 5_000_000;
const HOLDER_US = 500_000;
/** How long somebody is away. */
const OUTAGE_US = 3_000_000;
/** A sale is given up as hanging after that; a terminal waits 90 s for a card, and the till asks every 30 s. */
const SALE_SECONDS_MAX = 1_200;
/** How long the reader may still be busy with what nobody asked it for. */
const REST_SECONDS_MAX = 300;

/** Plays one case. */
export function playCase(setup: CaseSetup): Promise<CaseResult> {
  let result: CaseResult | null = null;
  return runWorld(optionsOf(1, CALM), async (world) => {
    const desk = new Desk(world, setup);
    result = await desk.play();
    return world.result();
  }).then((played) => {
    if (result === null) throw new Error("enumerate: A case has a result");
    // A reader that says what nobody asked for leaves its mark; every other law holds.
    const isExpected = (message: string): boolean =>
      setup.faults !== undefined && message.endsWith("is marked card_orphan");
    const violation = played.violations.find(({ message }) => !isExpected(message));
    if (violation === undefined) return result;
    return { ...result, kind: "disagree", says: `${violation.law}: ${violation.message}` };
  });
}

class Desk {
  readonly #world: World;
  readonly #setup: CaseSetup;
  readonly #till: TillActor;
  readonly #staff: Staff;
  readonly #acquirer = new Acquirer(memoryLedgerStore());
  readonly #unit: ZvtUnit;
  readonly #cable: Cable;
  #isHolderMoving = false;
  #notBeforeUs = 0;
  #capabilities: ReaderCapabilities | null = null;

  constructor(world: World, setup: CaseSetup) {
    const [till] = world.tills;
    const [staff] = world.staff;
    if (till === undefined || staff === undefined) throw new Error("enumerate: A world has a till");
    this.#world = world;
    this.#setup = setup;
    this.#till = till;
    this.#staff = staff;
    staff.reloadChance = 0;
    staff.twinChance = 0;
    const { scheduler } = world;
    this.#unit = new ZvtUnit({
      behaviour: setup.behaviour,
      store: volatileStore(),
      acquirer: this.#acquirer,
      timers: { after: (delayMs, run) => scheduler.after(delayMs * 1000, new Life(), run) },
      nowMs: () => till.wallMs(),
      hostMs: 200,
      faults: [...faultsOf(setup.cut), ...(setup.faults ?? [])],
      onStep: () => this.#watch(),
      onCut: (dies) => this.#strike(dies),
    });
    this.#cable = new Cable(setup.link, scheduler, () => this.#unit);
    till.readersOf = (life, timers) => {
      const reader = setup.reader(this.#cable.ports(life), timers);
      this.#capabilities = reader.capabilities;
      return new Map([[READER, reader]]);
    };
    if (setup.cut?.kind === "disk") this.#cutDisk(setup.cut);
  }

  async play(): Promise<CaseResult> {
    const { hq } = this.#world;
    hq.start();
    this.#unit.powerOn();
    this.#till.switchOn();
    if (this.#setup.isSecondSale) await this.#sell(1);
    const before = this.#extent();
    const saleCount = this.#setup.isSecondSale ? 2 : 1;
    const card = await this.#sell(saleCount);
    const end = {
      before,
      after: this.#extent(),
      virtualSeconds: Math.round(this.#world.scheduler.nowUs / 1e6),
    };
    if (card === "hangs")
      return { kind: "disagree", says: `the sale does not end: ${this.#words()}`, ...end };
    // Not knowing is allowed, taking more than was asked for is not.
    if (card === "manual")
      return { kind: this.#isTakenOnce() ? "manual" : "disagree", says: this.#whyManual(), ...end };
    const isAtRest = await this.#rest();
    if (!isAtRest) return { kind: "disagree", says: "the reader does not come to rest", ...end };
    const wrong = await this.#compare();
    return { kind: wrong === "" ? "agree" : "disagree", says: wrong, ...end };
  }

  #extent(): Extent {
    const { to_reader, to_till } = this.#unit.byteCounts;
    return { to_reader, to_till, diskCalls: this.#till.diskCallCount, steps: this.#unit.stepCount };
  }

  /** Sells until so many sales are closed. */
  async #sell(saleCount: number): Promise<"closed" | "manual" | "hangs"> {
    let end: "closed" | "manual" | null = null;
    const life = new Life();
    const work = async (): Promise<void> => {
      while (end === null) {
        await this.#world.scheduler.sleep(LOOK_US, life);
        end = await this.#step(saleCount);
      }
    };
    work().catch((cause: unknown) => this.#world.bug("desk", cause));
    await this.#world.runFor(SALE_SECONDS_MAX, () => end !== null);
    life.end();
    return end ?? "hangs";
  }

  /** What a person does who looks at the screen now. */
  async #step(saleCount: number): Promise<"closed" | "manual" | null> {
    const { terminal } = this.#till;
    if (terminal === null) return null;
    const orders = [...terminal.loop.state.orders.values()].map(({ order }) => order);
    const sales = orders.filter((order) => order.kind === "sale");
    if (sales.filter(({ phase }) => phase === "closed").length >= saleCount) return "closed";
    const { order } = this.#staff;
    if (order === null || (order.phase === "open" && order.lines.length === 0)) {
      await this.#tap({ type: "add_item", order: order?.id ?? null, sku: "coffee", quantityMilli: 1000 });
      return null;
    }
    const cards = cardsOf(order);
    const isOver = terminal.cards.stations()[0]?.running === null;
    if (cards.some(({ isManual, status }) => isManual && status === "unknown")) return "manual";
    if (isOver && cards.some(({ status }) => status === "orphaned")) return "manual";
    if (cards.some(({ status }) => isOpenStatus(status))) return null;
    if (this.#world.scheduler.nowUs < this.#notBeforeUs) return null;
    const serial = terminal.cards.serialOf(READER);
    if (serial === null || terminal.cards.stations()[0]?.state.link !== "ready") return null;
    this.#notBeforeUs = this.#world.scheduler.nowUs + AGAIN_US;
    await this.#tap({
      type: "request_card",
      order: order.id,
      amountMinor: null,
      leftMinor: null,
      reader: READER,
      serial,
    });
    return null;
  }

  #tap(command: Parameters<Staff["tap"]>[0], clerk: ClerkId = BOSS): Promise<unknown> {
    return this.#staff.tap(command, clerk);
  }

  /** The card holder, who taps when asked to. */
  #watch(): void {
    const { scheduler } = this.#world;
    if (promptOf(this.#unit.state) !== "present_card" || this.#isHolderMoving) return;
    this.#isHolderMoving = true;
    scheduler.after(HOLDER_US, new Life(), () => {
      this.#isHolderMoving = false;
      this.#unit.put({
        kind: "holder",
        act: { kind: "present", cardKey: "visa", technology: "contactless" },
      });
    });
  }

  /** The cut has come: somebody is gone, for a while. */
  #strike(dies: "till" | "reader" | "link"): void {
    const till = this.#till;
    if (dies === "reader") this.#later(() => this.#unit.powerOn());
    else if (dies === "link") {
      this.#cable.isIn = false;
      this.#later(() => {
        this.#cable.isIn = true;
      });
    } else {
      const { cut } = this.#setup;
      if (cut?.kind === "byte" && cut.victim === "till_killed") {
        till.kill();
        this.#cable.hangUp();
      } else till.cutPower("drop");
      this.#later(() => till.switchOn());
    }
  }

  #cutDisk(cut: Cut & { readonly kind: "disk" }): void {
    const till = this.#till;
    till.onDiskCall = (_kind, callIndex) => {
      if (callIndex !== cut.callIndex) return false;
      till.cutPower(cut.mode);
      this.#later(() => till.switchOn());
      return true;
    };
  }

  #later(run: () => void): void {
    this.#world.scheduler.after(OUTAGE_US, new Life(), run);
  }

  /** The reader ends what it still does, and takes back what it still must. */
  async #rest(): Promise<boolean> {
    const isAtRest = (): boolean =>
      promptOf(this.#unit.state) === "ready" && this.#unit.state.memory.toReverse.length === 0;
    await this.#world.runFor(REST_SECONDS_MAX, isAtRest);
    return isAtRest();
  }

  /** Why a person has to look: the row of the recovery table, and what there is to look at. */
  #whyManual(): string {
    const orders = [...(this.#till.terminal?.loop.state.orders.values() ?? [])];
    const card = orders.flatMap(({ order }) => cardsOf(order)).find(({ isManual }) => isManual);
    const capabilities = this.#capabilities;
    if (card === undefined || capabilities?.inquiry !== "none") return this.#words();
    const shows = card.result === null ? "intent" : "approval";
    const { because } = recoveryRow(shows, "unanswerable", true, capabilities);
    return `the journal shows the ${shows}: ${because}; ${this.#words()}`;
  }

  /** The card holder has paid each sale once at most. */
  #isTakenOnce(): boolean {
    const orders = [...(this.#till.terminal?.loop.state.orders.values() ?? [])];
    const askedMinor = orders.reduce((sum, { order }) => {
      const amounts = cardsOf(order).map(({ amountMinor }) => Number(amountMinor));
      return sum + Math.max(0, ...amounts);
    }, 0);
    return this.#acquirer.netMinor("GBP") <= askedMinor;
  }

  /** What acquirer, journal and headquarters say, when they do not say the same; empty when they do. */
  async #compare(): Promise<string> {
    void this.#staff.work().catch((cause: unknown) => this.#world.bug("staff", cause));
    await this.#world.heal();
    const { medium, tenant } = this.#world;
    const ledgerMinor = this.#acquirer.netMinor("GBP");
    const orders = [...(this.#till.terminal?.loop.state.orders.values() ?? [])];
    const journalMinor = orders
      .flatMap(({ order }) => cardsOf(order))
      .filter(({ status }) => status === "captured")
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const closings = await closingsIn(medium.memory, { tenant, terminal: this.#till.name });
    const hqMinor = [...closings.values()]
      .flatMap(({ tenders }) => tenders)
      .filter(({ method }) => method === "card")
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (ledgerMinor === journalMinor && journalMinor === hqMinor && ledgerMinor > 0) return "";
    return `acquirer ${ledgerMinor}, journal ${journalMinor}, headquarters ${hqMinor}; ${this.#words()}`;
  }

  /** What the tenders look like, for a report. */
  #words(): string {
    const orders = [...(this.#till.terminal?.loop.state.orders.values() ?? [])];
    const cards = orders.flatMap(({ order }) => cardsOf(order));
    const tenders = cards.map((card) => `${card.status}${card.isManual ? " (manual)" : ""} ${card.code}`);
    const ledger = this.#acquirer.list().map((its) => `${its.state} ${its.reason}`.trim());
    return `tenders [${tenders.join(", ")}], ledger [${ledger.join(", ")}]`;
  }
}

function cardsOf(order: Order): readonly CardTender[] {
  return order.checks.flatMap(({ cards }) => cards);
}

function isOpenStatus(status: CardTender["status"]): boolean {
  return status === "requested" || status === "approved" || status === "unknown" || status === "orphaned";
}

function faultsOf(cut: Cut | null): readonly Fault[] {
  if (cut === null || cut.kind === "disk") return [];
  if (cut.kind === "step") return [{ kind: "power", step: cut.step, when: cut.when }];
  const { direction, afterBytes, victim } = cut;
  const dies = victim === "till_power" || victim === "till_killed" ? "till" : victim;
  return [{ kind: "cut", direction, afterBytes, dies }];
}
