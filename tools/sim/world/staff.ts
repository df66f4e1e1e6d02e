/**
 * The person at a terminal: opens orders, changes them, takes money, and looks at the screen again
 * when the terminal comes back. Behaves as the screen does: a tap whose answer never came is sent
 * again under its number, or the page was loaded anew and the person looks at what is there.
 * Chooses by weights; what is bought and in which quantities comes from the mix of the world.
 */
import type { Person, Stage, Till } from "./cast.ts";
import type { Command } from "../../../core/command.ts";
import type { ClerkId, EventId, OrderId } from "../../../core/ids.ts";
import type { Order } from "../../../core/order/types.ts";
import { lineAmount } from "../../../core/order/lines.ts";
import type { Cause } from "../../../core/facts.ts";
import type { Answer } from "../../../runtime/loop.ts";
import { Stream } from "./random.ts";
import { Life } from "./scheduler.ts";
import { BOSS, SAM } from "./shop.ts";

/** Orders that one person keeps open at a time. */
const OPEN_ORDERS_COUNT_MAX = 4;
/** A terminal that refuses for want of a disk is switched off and on after a while. */
const RESTART_US: readonly [number, number] = [500_000, 5_000_000];
const LOOK_US = 500_000;

export class Staff implements Person {
  readonly #world: Stage;
  readonly #till: Till;
  readonly #stream: Stream;
  readonly #life = new Life();
  readonly #targets = new Map<OrderId, number>();
  #view: number;
  #n = 0;
  #goalCount: number;
  /** How often a tap without an answer is given up and the page loaded anew. */
  reloadChance = 0.3;
  /** How often a finger taps twice. */
  twinChance = 0.03;
  /** Closings and voids seen. */
  doneCount = 0;
  /** Closings that were shown as paid, by id, with their totals. */
  readonly seen = new Map<EventId, number>();

  constructor(world: Stage, till: Till, goalCount: number) {
    this.#world = world;
    this.#till = till;
    this.#goalCount = goalCount;
    this.#stream = new Stream(world.options.seed, `${till.name}/staff`);
    this.#view = 1 + this.#stream.next();
  }

  get isDone(): boolean {
    return this.doneCount >= this.#goalCount;
  }
  /** Orders that this person has on the screen or has just finished. */
  get orderIds(): Iterable<OrderId> {
    return this.#targets.keys();
  }
  /** Sells on until so many more orders are done. */
  sellOn(orderCount: number): void {
    this.#goalCount = this.doneCount + orderCount;
  }
  /** Goes home, done or not. */
  stop(): void {
    this.#life.end();
  }

  async work(): Promise<void> {
    const { scheduler, options } = this.#world;
    for (;;) {
      await scheduler.sleep(this.#stream.wait(options.thinkMs * 1000), this.#life);
      const terminal = this.#till.terminal;
      if (this.isDone || terminal === null) {
        await scheduler.sleep(LOOK_US, this.#life);
        continue;
      }
      if (terminal.loop.health === "failed") await this.#restart();
      else await this.#act();
    }
  }

  async #restart(): Promise<void> {
    const { scheduler } = this.#world;
    await scheduler.sleep(this.#stream.between(...RESTART_US), this.#life);
    if (this.#till.terminal?.loop.health !== "failed") return;
    if (this.#stream.chance(0.5)) {
      this.#till.restart();
      return;
    }
    this.#till.kill();
    this.#till.switchOn();
  }

  async #act(): Promise<void> {
    const open = this.#openOrders();
    const mayOpen = open.length < OPEN_ORDERS_COUNT_MAX;
    if (open.length === 0 || (mayOpen && this.#stream.chance(0.15))) return this.#begin();
    const order = this.#stream.pick(open);
    const target = this.#targetOf(order.id);
    if (order.phase === "frozen") return this.#onFrozen(order);
    if (order.lines.length < target && this.#stream.chance(0.9)) return this.#change(order);
    return this.#settle(order);
  }

  #openOrders(): readonly Order[] {
    const orders = this.#till.terminal?.loop.state.orders;
    if (orders === undefined) return [];
    return [...this.#targets.keys()].flatMap((id) => {
      const order = orders.get(id)?.order;
      return order !== undefined && (order.phase === "open" || order.phase === "frozen") ? [order] : [];
    });
  }

  #targetOf(id: OrderId): number {
    const target = this.#targets.get(id) ?? this.#stream.between(1, this.#world.options.linesMost);
    this.#targets.set(id, target);
    return target;
  }

  async #begin(): Promise<void> {
    const kind = this.#stream.weighted([
      ["scan", 70],
      ["open", 20],
      ["return", 10],
    ]);
    const command: Command =
      kind === "scan"
        ? this.#scan(null)
        : {
            type: "open_order",
            kind: kind === "return" ? "return" : "sale",
            label: this.#stream.chance(0.3) ? `table ${this.#stream.below(20)}` : "",
            reason: kind === "return" ? "brought back" : "",
          };
    const answer = await this.tap(command, kind === "return" ? BOSS : this.#clerk());
    if (answer?.ok !== true) return;
    for (const recorded of answer.events) {
      if (recorded.event.type === "order_opened") this.#lookForOrders();
    }
  }

  #clerk(): ClerkId {
    return this.#stream.chance(0.5) ? BOSS : SAM;
  }

  #scan(order: OrderId | null): Command {
    const { skus, quantityCounts } = this.#world.mix;
    const sku = this.#stream.pick(skus);
    const quantityMilli = this.#stream.chance(0.05)
      ? this.#stream.between(1, 3000)
      : this.#stream.pick(quantityCounts) * 1000;
    return { type: "add_item", order, sku, quantityMilli };
  }

  async #change(order: Order): Promise<void> {
    const line = order.lines.length === 0 ? null : this.#stream.pick(order.lines);
    const kind = this.#stream.weighted([
      ["add", 70],
      ["open_price", 6],
      ["more", 10],
      ["less", 8],
      ["note", 6],
    ]);
    if (line === null || kind === "add") {
      await this.tap(this.#scan(order.id), this.#clerk());
    } else if (kind === "open_price") {
      const unitPriceMinor = this.#stream.below(5000);
      const item = { sku: `open${this.#stream.below(9)}`, name: "By hand", reason: "no label" };
      const quantityMilli = 1000;
      await this.tap(
        { type: "add_open_item", order: order.id, ...item, quantityMilli, unitPriceMinor },
        BOSS,
      );
    } else if (kind === "more") {
      await this.tap({ type: "add_units", order: order.id, line: line.id, quantityMilli: 1000 }, SAM);
    } else if (kind === "less") {
      const quantityMilli = Math.min(line.quantityMilli, 1000);
      await this.tap(
        { type: "remove_units", order: order.id, line: line.id, quantityMilli, reason: "not wanted" },
        SAM,
      );
    } else {
      const where = this.#stream.chance(0.5) ? line.id : null;
      await this.tap({ type: "set_note", order: order.id, line: where, text: "no sugar" }, SAM);
    }
  }

  async #settle(order: Order): Promise<void> {
    const dueMinor = order.lines.reduce((sum, line) => sum + lineAmount(line), 0);
    if (order.lines.length === 0) return this.#change(order);
    if (this.#stream.chance(0.04)) {
      await this.#pay(order.id, { type: "void_order", order: order.id, reason: "changed their mind" });
    } else if (dueMinor === 0) {
      await this.#pay(order.id, { type: "close_without_tender", order: order.id });
    } else if (order.kind === "return") {
      await this.#pay(order.id, { type: "pay_out_cash", order: order.id });
    } else if (this.#stream.chance(0.08)) {
      await this.#pay(order.id, { type: "freeze_check", order: order.id });
    } else {
      await this.#pay(order.id, {
        type: "take_cash",
        order: order.id,
        handedMinor: this.#handed(dueMinor),
        leftMinor: null,
      });
    }
  }

  async #onFrozen(order: Order): Promise<void> {
    const check = order.checks.find((its) => its.status === "frozen");
    if (check === undefined) return;
    if (check.tenders.length === 0 && this.#stream.chance(0.3)) {
      await this.#pay(order.id, { type: "thaw_check", order: order.id, check: check.id });
      return;
    }
    const leftMinor = check.tenders.reduce(
      (left, tender) => left - tender.amountMinor,
      Number(check.dueMinor),
    );
    if (order.kind === "return") await this.#pay(order.id, { type: "pay_out_cash", order: order.id });
    else
      await this.#pay(order.id, {
        type: "take_cash",
        order: order.id,
        handedMinor: this.#handed(leftMinor),
        leftMinor: null,
      });
  }

  // Exact, with change, or a part of it.
  #handed(dueMinor: number): number {
    const kind = this.#stream.weighted([
      ["exact", 50],
      ["change", 35],
      ["part", 15],
    ]);
    if (kind === "exact" || dueMinor < 2) return dueMinor;
    if (kind === "part") return this.#stream.between(1, dueMinor - 1);
    return Math.ceil(dueMinor / 500) * 500 + this.#stream.pick([0, 500, 2000]);
  }

  async #pay(order: OrderId, command: Command): Promise<void> {
    const answer = await this.tap(command, BOSS);
    if (answer?.ok === true && this.#stream.chance(0.05)) {
      await this.tap({ type: "copy_receipt", order }, BOSS);
    }
  }

  /** The newest order that is open here and known to this person. */
  get order(): Order | null {
    this.#lookForOrders();
    return this.#openOrders().at(-1) ?? null;
  }

  /** One tap, to its end. Null when the answer never came and the page was loaded anew. */
  async tap(command: Command, clerk: ClerkId): Promise<Answer | null> {
    this.#n += 1;
    const cause: Cause = { view: this.#view, n: this.#n, clerk };
    // A finger that is too quick: the same tap, again, before there is an answer.
    const twin = this.#stream.chance(this.twinChance) ? this.#till.submit(command, cause) : null;
    let reply = await this.#till.submit(command, cause);
    if (twin !== null) await twin;
    while (reply === "died") {
      await this.#untilOpen();
      this.#lookForOrders();
      if (this.#stream.chance(this.reloadChance)) {
        this.#view = 1 + this.#stream.next();
        this.#n = 0;
        this.#lookAt();
        return null;
      }
      this.#world.count("tap_resent");
      reply = await this.#till.submit(command, cause);
    }
    if (reply.ok) this.#lookAt();
    else if (reply.refusal.code === "clerk/not_signed_on") await this.#signOn(clerk);
    else this.#world.countRefusal(reply.refusal.code);
    return reply;
  }

  async #signOn(clerk: ClerkId): Promise<void> {
    this.#n += 1;
    await this.#till.submit(
      { type: "sign_on", clerk, attempt: null },
      { view: this.#view, n: this.#n, clerk: "" },
    );
  }

  async #untilOpen(): Promise<void> {
    const { scheduler } = this.#world;
    while (this.#till.terminal === null) await scheduler.sleep(LOOK_US, this.#life);
  }

  #see(order: Order): void {
    for (const closing of order.checks.flatMap((check) => check.closings)) {
      if (this.seen.has(closing.id)) continue;
      this.seen.set(closing.id, closing.facts.totalMinor);
      this.#world.count("order");
    }
  }

  /** What the screen shows now: orders that were closed are done, and their money was seen. */
  #lookAt(): void {
    const loop = this.#till.terminal?.loop;
    if (loop === undefined || !loop.isShowable) return;
    // A refund opens and closes its return in one step: nobody ever had it open.
    for (const { order } of loop.state.orders.values()) if (order.returnOf !== null) this.#see(order);
    for (const id of this.#targets.keys()) {
      const order = loop.state.orders.get(id)?.order;
      if (order === undefined) {
        this.#targets.delete(id);
        continue;
      }
      this.#see(order);
      if (order.phase !== "closed" && order.phase !== "voided") continue;
      this.#targets.delete(id);
      this.doneCount += 1;
    }
  }

  #lookForOrders(): void {
    const state = this.#till.terminal?.loop.state;
    if (state === undefined) return;
    // The newest ones: a person does not go through the day's orders after each start.
    for (const [id, { order }] of state.orders) {
      const isOpen = order.phase === "open" || order.phase === "frozen";
      if (isOpen && order.owner === state.terminal) this.#targetOf(id);
    }
  }
}
