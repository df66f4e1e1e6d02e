/**
 * A world: terminals, their staff, the network and headquarters under one virtual clock, made from a
 * seed. First everything may fail (the safety phase); then all faults are off and all that was sold
 * must arrive (the liveness phase); then the books are compared.
 */
import { terminalId } from "../../../core/ids.ts";
import type { TerminalId } from "../../../core/ids.ts";
import { CHECKERS } from "./checkers.ts";
import type { Hooks, Moments, Stage, Violation } from "./cast.ts";
import { HqActor } from "./hq-actor.ts";
import { HqMedium } from "./hq-store.ts";
import { Injector } from "./injector.ts";
import { keyPair } from "./keys.ts";
import type { KeyPair } from "./keys.ts";
import { mixOf } from "./mix.ts";
import type { Mix } from "./mix.ts";
import { safetySeconds } from "./options.ts";
import type { WorldOptions } from "./options.ts";
import { Stream } from "./random.ts";
import { Life, Scheduler } from "./scheduler.ts";
import { noBusTrouble, SimBus } from "./sim-bus.ts";
import type { BusTrouble } from "./sim-bus.ts";
import { Staff } from "./staff.ts";
import { TillActor } from "./till-actor.ts";
import { Trace } from "./trace.ts";

/** Orders that each terminal sells in the healed world, to show that it can. */
const HEALED_ORDERS_COUNT = 1;
/** Nothing is under way for longer than this. */
const LATEST_SECONDS = 25;
const VIOLATIONS_KEPT_COUNT = 20;
const TICK_US = 1_000_000;
const HQ_OPENING_MS = 1_767_600_000_000;

/** How a world came out. */
export interface WorldResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly traceHash: string;
  readonly orderCount: number;
  readonly eventCount: number;
  readonly virtualSeconds: number;
  readonly counts: ReadonlyMap<string, number>;
}

type Hearer = readonly [law: string, hooks: Hooks];

export class World implements Stage {
  readonly options: WorldOptions;
  readonly tenant = "world";
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly mix: Mix;
  readonly hqKeys: KeyPair;
  readonly medium: HqMedium;
  readonly hq: HqActor;
  readonly bus: SimBus;
  readonly busTrouble: BusTrouble = noBusTrouble();
  readonly tills: readonly TillActor[];
  readonly staff: readonly Staff[];
  readonly injector: Injector;
  readonly counts = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly violations: Violation[] = [];
  readonly #hooks: readonly Hearer[];
  /** Who hears of a moment, made when it comes for the first time. */
  readonly #heard = new Map<keyof Moments, readonly Hearer[]>();
  /** How often headquarters came back from a backup. */
  restoreCount = 0;
  /** For scenarios: headquarters has just committed something of this terminal. */
  onCommitted: (terminal: TerminalId) => void = () => {};

  constructor(options: WorldOptions, traceLinesCount = 0) {
    const { seed } = options;
    this.options = options;
    this.trace = new Trace(traceLinesCount);
    this.scheduler = new Scheduler(new Stream(seed, "ties"));
    this.mix = mixOf(options.mix);
    const chance = new Stream(seed, "keys");
    this.hqKeys = keyPair(options.keys, chance.bytes(32));
    this.medium = new HqMedium({
      scheduler: this.scheduler,
      stream: new Stream(seed, "hq/store"),
      acksEarly: options.acksEarly,
      onCommitted: (arrivals, outcomes) => {
        this.each("committed", arrivals, outcomes);
        for (const { batch } of arrivals) this.onCommitted(batch.terminal);
      },
      onFault: (kind) => this.count(kind),
    });
    const names = options.tillCounts.flatMap((count, store) =>
      Array.from({ length: count }, (_, till) => [`s${store + 1}`, `s${store + 1}-t${till + 1}`] as const),
    );
    const keys = new Map<TerminalId, KeyPair>(
      names.map(([, name]) => [terminalId(name), keyPair(options.keys, chance.bytes(32))]),
    );
    this.hq = this.#makeHq(keys);
    this.bus = this.#makeBus();
    this.#hooks = CHECKERS.map((checker) => [checker.name, checker.watch(this)]);
    this.tills = names.map(([store, name]) => {
      const id = terminalId(name);
      return new TillActor(this, id, store, keys.get(id) ?? keyPair(options.keys, chance.bytes(32)));
    });
    this.staff = this.tills.map((till) => new Staff(this, till, options.orderCount));
    this.injector = new Injector(this);
  }

  #makeHq(terminalKeys: ReadonlyMap<TerminalId, KeyPair>): HqActor {
    return new HqActor({
      tenant: this.tenant,
      scheduler: this.scheduler,
      medium: this.medium,
      keys: this.hqKeys,
      terminalKeys,
      wallMs: () => HQ_OPENING_MS + Math.floor(this.scheduler.nowUs / 1000),
      log: (line) => this.log("hq", line),
      onGone: () => this.bus.hqGone(),
    });
  }

  #makeBus(): SimBus {
    return new SimBus({
      kind: this.options.bus,
      tenant: this.tenant,
      scheduler: this.scheduler,
      stream: new Stream(this.options.seed, "bus"),
      trouble: this.busTrouble,
      hq: { accept: (terminal, send) => this.hq.accept(terminal, send) },
      onFault: (kind) => this.count(kind),
      note: (terminal, what) => this.note(terminal, what),
      watch: (terminal, direction, bytes) => this.each("travelled", terminal, direction, bytes),
      onDelivered: (terminal, bytes) => this.each("delivered", terminal, bytes),
    });
  }

  /** Lives through all phases; `play` is the course of the safety phase, chance by itself unless said. */
  async live(play: (world: World) => Promise<void> = (world) => world.#suffer()): Promise<WorldResult> {
    this.hq.start();
    for (const till of this.tills) till.switchOn();
    for (const staff of this.staff) void staff.work().catch((cause: unknown) => this.bug("staff", cause));
    await play(this);
    await this.heal();
    return this.result();
  }

  async #suffer(): Promise<void> {
    this.injector.start();
    await this.#run(safetySeconds(this.options), () => this.staff.every((staff) => staff.isDone));
  }

  /** Ends all faults, lets everything arrive, and compares the books. */
  async heal(): Promise<void> {
    const { healSecondsMax } = this.options;
    this.injector.heal();
    this.note("world", "healed");
    this.hq.start();
    for (const staff of this.staff) staff.sellOn(HEALED_ORDERS_COUNT);
    const endSeconds = this.scheduler.nowUs / 1e6 + healSecondsMax;
    await this.#run(endSeconds, () => this.staff.every((staff) => staff.isDone));
    for (const staff of this.staff) staff.stop();
    // What a broker still held back has arrived by now; then each says hello once more and is told.
    await this.runFor(LATEST_SECONDS);
    for (const till of this.tills) this.bus.cut(till.name, "healed");
    let isQuiet = false;
    this.#everyTick(async () => {
      isQuiet = await this.isQuiet();
    });
    await this.#run(endSeconds, () => isQuiet);
    for (const [law, hooks] of this.#hooks) {
      try {
        await hooks.inTheEnd?.();
      } catch (cause) {
        this.violate(law, "checker", String(cause));
      }
    }
  }

  /** A slice of time, for scenarios. */
  runFor(seconds: number, isDone: () => boolean = () => false): Promise<void> {
    return this.#run(this.scheduler.nowUs / 1e6 + seconds, isDone);
  }

  /** Every journal is written, acknowledged and projected, and no paper is on its way. */
  async isQuiet(): Promise<boolean> {
    if (!this.staff.every((staff) => staff.isDone)) return false;
    for (const till of this.tills) {
      const status = till.terminal?.status();
      if (status === undefined || status.headSeq !== status.durableSeq) return false;
      // What it believes acknowledged may be from before its last greeting.
      if (status.link !== "sending") return false;
      if (status.ackedSeq !== status.headSeq) return false;
      const orders = till.terminal?.loop.state.orders.values() ?? [];
      for (const { order } of orders) if (order.jobs.some((job) => job.outcome === "pending")) return false;
    }
    return (await this.medium.memory.lagCount(this.tenant)) === 0;
  }

  #everyTick(look: () => Promise<void>): void {
    const tick = (): void => {
      void look().catch((cause: unknown) => this.bug("world", cause));
      this.scheduler.after(TICK_US, new Life(), tick);
    };
    this.scheduler.after(TICK_US, new Life(), tick);
  }

  async #run(endSeconds: number, isDone: () => boolean): Promise<void> {
    try {
      await this.scheduler.run(
        endSeconds * 1e6,
        () => this.violations.length >= VIOLATIONS_KEPT_COUNT || isDone(),
      );
    } catch (cause) {
      this.bug("world", cause);
    }
  }

  result(): WorldResult {
    return {
      seed: this.options.seed,
      violations: this.violations,
      traceHash: this.trace.hash(),
      orderCount: this.counts.get("order") ?? 0,
      eventCount: this.scheduler.eventCount,
      virtualSeconds: Math.round(this.scheduler.nowUs / 1e6),
      counts: this.counts,
    };
  }

  /** Tells every checker. What a checker throws is a violation of its law. */
  each<K extends keyof Moments>(name: K, ...facts: Moments[K]): void {
    for (const [law, hooks] of this.#whoHears(name)) {
      const listeners: { readonly [N in keyof Moments]?: (...its: Moments[N]) => void } = hooks;
      const hook = listeners[name];
      if (hook === undefined) continue;
      try {
        hook(...facts);
      } catch (cause) {
        this.violate(law, "checker", String(cause));
      }
    }
  }

  #whoHears(name: keyof Moments): readonly Hearer[] {
    const known = this.#heard.get(name);
    if (known !== undefined) return known;
    const made = this.#hooks.filter(([, hooks]) => hooks[name] !== undefined);
    this.#heard.set(name, made);
    return made;
  }

  violate(law: string, actor: string, message: string): void {
    const atSeconds = this.scheduler.nowUs / 1e6;
    this.note(actor, `violation ${law}`);
    if (this.violations.length < VIOLATIONS_KEPT_COUNT)
      this.violations.push({ law, actor, message, atSeconds });
  }

  /** Our own mistake surfaced: never allowed, whatever was injected. */
  bug(actor: string, cause: unknown): void {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.violate("no_bugs", actor, text);
  }

  note(actor: string, what: string): void {
    this.trace.note(this.scheduler.nowUs, actor, what);
  }

  log(actor: string, line: string): void {
    this.note(actor, line);
    this.each("logged", actor, line);
  }

  count(kind: string, by = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + by);
  }
  countRefusal(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    if (code.startsWith("journal/")) this.count(`refused_${code.slice(8)}`);
  }
}
