/**
 * Three terminals that share orders: random commands through the real `decide`, records that travel
 * late and in any interleaving (each writer's own in order), links that are cut and heal, restarts
 * with a new epoch. After every record that anyone folds the world holds what was promised:
 *
 * M1 A closing's facts are what they were at every moment, and a check's lines what its author froze
 *    at every moment from the one on at which all that its author held has arrived.
 * M2 Once all is delivered every terminal shows the same order, and a fold from scratch shows it too.
 * M3 An addition outside the frontier of a check or void is on no line that these hold: it is open, or
 *    on a later check; and when its author did not know of them, the order is marked.
 * M4 Every tender is on its check, and the sum of what was captured is the same everywhere.
 * What is expected is reckoned here from the events alone, without the fold's own helpers.
 */
import { strictEqual } from "node:assert";
import type { Command } from "../../core/command.ts";
import { isOrderEvent, orderOf } from "../../core/evolve.ts";
import { eventId } from "../../core/ids.ts";
import type { EventId, OrderId } from "../../core/ids.ts";
import { foldOrder, leftToPay } from "../../core/order/fold.ts";
import { compareRecorded } from "../../core/order/sort.ts";
import type { Check, Line, Order, RecordedOrderEvent } from "../../core/order/types.ts";
import { businessView } from "../../core/order/view.ts";
import type { Frontier } from "../../core/facts.ts";
import type { CheckClosed, CheckFrozen, OrderVoided, Recorded } from "../../core/types.ts";
import { Writer } from "./core-fixtures.ts";
import { Dice } from "./dice.ts";

const SKUS = ["tea", "bun", "plums", "sample"];
const QUANTITIES_MILLI = [1000, 1000, 1000, 2000, 500, 3000];
const STEP_COUNT_MIN = 14;
const STEP_COUNT_SPREAD = 18;

/** What a history came to, so that a test can see that the rare things happened. */
export interface MergeCounts {
  eventCount: number;
  checkCount: number;
  closingCount: number;
  lateAdditionCount: number;
  lateRemovalCount: number;
  heldTwiceCount: number;
}

type HoldEvent = Recorded<CheckFrozen | OrderVoided>;

/** Counts that start at nothing. */
export function noMergeCounts(): MergeCounts {
  return {
    eventCount: 0,
    checkCount: 0,
    closingCount: 0,
    lateAdditionCount: 0,
    lateRemovalCount: 0,
    heldTwiceCount: 0,
  };
}

/** Runs the history of this seed and adds what it came to to `counts`; throws at the first broken promise. */
export function runMergeHistory(seed: number, counts: MergeCounts): void {
  const dice = new Dice(seed);
  const world = new MergeWorld(dice);
  const stepCount = STEP_COUNT_MIN + dice.below(STEP_COUNT_SPREAD);
  for (let step = 0; step < stepCount; step += 1) world.step();
  world.settle(counts);
}

class MergeWorld {
  readonly #dice: Dice;
  readonly #writers = ["A", "B", "C"].map((name) => new Writer(name).signOn("boss"));
  /** How many of the records of each writer (inner) each writer (outer) has heard. */
  readonly #heardCounts = this.#writers.map(() => this.#writers.map(() => 0));
  readonly #cuts = this.#writers.map(() => this.#writers.map(() => false));
  readonly #heldLines = new Map<EventId, string>();
  readonly #frontiers = new Map<EventId, Frontier>();
  readonly #closedFacts = new Map<EventId, string>();
  /** The checks and voids that the author of an addition knew. */
  readonly #knownHolds = new Map<EventId, ReadonlySet<EventId>>();

  constructor(dice: Dice) {
    this.#dice = dice;
    for (let count = 1 + dice.below(2); count > 0; count -= 1) this.#act(dice.below(3), null);
    if (dice.chance(80)) this.#deliverAll();
  }

  step(): void {
    const dice = this.#dice;
    const index = dice.below(3);
    const roll = dice.below(100);
    if (roll < 62) this.#act(index, this.#someOrder(index));
    else if (roll < 94) this.#deliver(index, dice.below(3), 1 + dice.below(4));
    else if (roll < 98) this.#toggleLink(index, dice.below(3));
    else this.#writers[index]?.start();
  }

  settle(counts: MergeCounts): void {
    for (const cuts of this.#cuts) cuts.fill(false);
    this.#deliverAll();
    const events = this.#writers.flatMap((writer) => writer.records).filter(isOfOrder);
    const orders = Map.groupBy(events, (recorded) => orderOf(recorded.event, recorded));
    let capturedMinor = 0;
    for (const [id, its] of orders) {
      if (id === null) continue;
      const order = this.#settledOrder(id, its.toSorted(compareRecorded));
      capturedMinor += this.#checkTenders(order, its);
      this.#checkAdditions(order, its, counts);
      countUp(counts, order, its);
    }
    for (const writer of this.#writers) strictEqual(capturedOf(writer), capturedMinor, "M4: captured");
  }

  #someOrder(index: number): Order | null {
    const orders = [...(this.#writers[index]?.state.orders.values() ?? [])];
    return orders.length === 0 || this.#dice.chance(3) ? null : this.#dice.pick(orders).order;
  }

  #act(index: number, order: Order | null): void {
    const writer = this.#writers[index];
    if (writer === undefined) return;
    const before = writer.records.length;
    const known = holdIdsOf(writer, order?.id);
    writer.tap(order === null ? newOrder(this.#dice) : commandFor(this.#dice, order));
    const fresh = writer.records.slice(before);
    for (const recorded of fresh) this.#remember(writer, recorded, known);
    for (const recorded of fresh) this.#checkPromises(writer, recorded);
  }

  #remember(writer: Writer, recorded: Recorded, known: ReadonlySet<EventId>): void {
    const { event } = recorded;
    const eventKey = eventId(recorded);
    if (event.type === "line_added" || event.type === "units_added") this.#knownHolds.set(eventKey, known);
    if (event.type === "check_frozen") {
      const check = writer.order(event.order).checks.find((its) => its.id === eventKey);
      this.#heldLines.set(eventKey, linesText(check?.lines ?? []));
      this.#frontiers.set(eventKey, event.frontier);
      strictEqual(event.dueMinor, totalOf(check?.lines ?? []), "M1: due at the freeze");
    }
    if (event.type === "check_closed") this.#closedFacts.set(eventKey, factsText(event));
  }

  #deliver(toIndex: number, fromIndex: number, countMax: number): void {
    const to = this.#writers[toIndex];
    const from = this.#writers[fromIndex];
    const heard = this.#heardCounts[toIndex];
    if (to === undefined || from === undefined || heard === undefined || toIndex === fromIndex) return;
    if (this.#cuts[toIndex]?.[fromIndex] === true) return;
    const start = heard[fromIndex] ?? 0;
    for (const recorded of from.records.slice(start, start + countMax)) {
      to.hear(recorded);
      heard[fromIndex] = (heard[fromIndex] ?? 0) + 1;
      this.#checkPromises(to, recorded);
    }
  }

  // In any interleaving: one record of a random writer at a time until nothing is left.
  #deliverAll(): void {
    for (;;) {
      const open = this.#writers.flatMap((_, to) =>
        this.#writers.flatMap((from, index) => {
          const isDone = to === index || (this.#heardCounts[to]?.[index] ?? 0) >= from.records.length;
          return isDone || this.#cuts[to]?.[index] === true ? [] : [[to, index] as const];
        }),
      );
      if (open.length === 0) return;
      const [to, from] = this.#dice.pick(open);
      this.#deliver(to, from, 1 + this.#dice.below(3));
    }
  }

  #toggleLink(a: number, b: number): void {
    for (const [to, from] of [
      [a, b],
      [b, a],
    ] as const) {
      const cuts = this.#cuts[to];
      if (cuts !== undefined) cuts[from] = cuts[from] !== true;
    }
  }

  // M1
  #checkPromises(writer: Writer, recorded: Recorded): void {
    const id = orderOf(recorded.event, recorded);
    if (id === null) return;
    for (const check of writer.order(id).checks) {
      if (this.#holdsPastOf(writer, check))
        strictEqual(linesText(check.lines), this.#heldLines.get(check.id), `M1: lines of ${check.id}`);
      for (const closing of check.closings) {
        strictEqual(
          factsText(closing.facts),
          this.#closedFacts.get(closing.id),
          `M1: facts of ${closing.id}`,
        );
      }
    }
  }

  #holdsPastOf(writer: Writer, check: Check): boolean {
    const heardCounts = this.#heardCounts[this.#writers.indexOf(writer)];
    const frontier = this.#frontiers.get(check.id) ?? [];
    return frontier.every((entry) => {
      const index = this.#writers.findIndex((its) => its.terminal === entry.terminal);
      return this.#writers[index] === writer || (heardCounts?.[index] ?? 0) >= entry.seq;
    });
  }

  // M2
  #settledOrder(id: OrderId, sorted: readonly RecordedOrderEvent[]): Order {
    const folded = foldOrder(id, sorted);
    const expected = businessView(folded);
    for (const writer of this.#writers) {
      const order = writer.order(id);
      strictEqual(businessView(order), expected, `M2: ${id} at ${writer.terminal}`);
      strictEqual(order.marks.join(), folded.marks.join(), `M2: marks of ${id} at ${writer.terminal}`);
      strictEqual(order.openTotalMinor, totalOf(order.lines), "M2: open total");
    }
    return folded;
  }

  // M4
  #checkTenders(order: Order, events: readonly RecordedOrderEvent[]): number {
    let capturedMinor = 0;
    for (const { event } of events) {
      if (event.type === "tender_captured") capturedMinor += event.amountMinor;
    }
    const tenders = order.checks.flatMap((check) => check.tenders);
    strictEqual(sumOf(tenders), capturedMinor, "M4: a tender is on no check");
    for (const check of order.checks) {
      for (const { facts } of check.closings) {
        strictEqual(facts.totalMinor, totalOf(check.lines), "M4: total of lines");
        strictEqual(sumOf(facts.tenders), facts.totalMinor, "M4: tenders of a closed check");
        strictEqual(sumOf(check.tenders), facts.totalMinor, "M4: a tender after the closing");
      }
    }
    return capturedMinor;
  }

  // M3
  #checkAdditions(order: Order, events: readonly RecordedOrderEvent[], counts: MergeCounts): void {
    const holds = events.filter(isHold).filter((hold) => isActive(order, hold));
    const additions = events.filter(isAddition);
    for (const addition of additions) {
      const lateFor = holds.filter((hold) => !isHeldBack(hold, addition));
      for (const hold of lateFor) {
        if (this.#knownHolds.get(eventId(addition))?.has(eventId(hold)) === true) continue;
        const mark = hold.event.type === "check_frozen" ? "added_after_freeze" : "added_after_void";
        counts.lateAdditionCount += 1;
        strictEqual(order.marks.includes(mark), true, `M3: ${mark} for ${eventId(addition)}`);
      }
    }
    for (const [line, its] of Map.groupBy(additions, lineIdOf)) {
      checkLine(
        order,
        line,
        its,
        events.filter((recorded) => isRemovalOf(recorded, line)),
        holds,
      );
    }
  }
}

// M3 for one line: what no active hold covers is open, less what was removed; what one covers it holds.
function checkLine(
  order: Order,
  line: EventId,
  additions: readonly RecordedOrderEvent[],
  removals: readonly RecordedOrderEvent[],
  holds: readonly HoldEvent[],
): void {
  const entry = additions.find((addition) => eventId(addition) === line);
  const isFree = (recorded: RecordedOrderEvent): boolean =>
    holds.every((hold) => !isHeldBack(hold, recorded) || entry === undefined || !isHeldBack(hold, entry));
  const openMilli = order.lines.find((its) => its.id === line)?.quantityMilli ?? 0;
  const freeMilli = unitsOf(additions.filter(isFree));
  const removedMilli = unitsOf(removals.filter(isFree));
  strictEqual(openMilli, Math.max(0, freeMilli - removedMilli), `M3: open units of ${line}`);
  if (removals.length > 0 || freeMilli === unitsOf(additions)) return;
  // A void holds units too, but not on a check: then these are nowhere to be seen, as is right.
  const checks = order.checks.filter((check) => holds.some((hold) => eventId(hold) === check.id));
  const heldMilli = unitsOf(checks.flatMap((check) => check.lines.filter((its) => its.id === line)));
  const hasVoid = holds.some((hold) => hold.event.type === "order_voided");
  if (hasVoid) return;
  const coveredMilli = unitsOf(additions) - freeMilli;
  strictEqual(heldMilli, coveredMilli, `M3: held units of ${line}`);
}

function unitsOf(items: readonly (Line | RecordedOrderEvent)[]): number {
  let unitsMilli = 0;
  for (const its of items) {
    if ("sku" in its) unitsMilli += its.quantityMilli;
    else if ("quantityMilli" in its.event) unitsMilli += its.event.quantityMilli;
  }
  return unitsMilli;
}

function isHeldBack(hold: HoldEvent, recorded: RecordedOrderEvent): boolean {
  const entry = hold.event.frontier.find(
    (its) => its.terminal === recorded.terminal && its.epoch === recorded.epoch,
  );
  return entry !== undefined && recorded.seq <= entry.seq;
}

function isActive(order: Order, hold: HoldEvent): boolean {
  if (hold.event.type === "order_voided") return true;
  return order.checks.find((check) => check.id === eventId(hold))?.status !== "thawed";
}

function isOfOrder(recorded: Recorded): recorded is RecordedOrderEvent {
  return isOrderEvent(recorded.event);
}

function isHold(recorded: Recorded): recorded is HoldEvent {
  return recorded.event.type === "check_frozen" || recorded.event.type === "order_voided";
}

function isAddition(recorded: RecordedOrderEvent): boolean {
  return recorded.event.type === "line_added" || recorded.event.type === "units_added";
}

function isRemovalOf({ event }: RecordedOrderEvent, line: EventId): boolean {
  return event.type === "units_removed" && event.line === line;
}

function lineIdOf(recorded: RecordedOrderEvent): EventId {
  return recorded.event.type === "units_added" ? recorded.event.line : eventId(recorded);
}

function holdIdsOf(writer: Writer, id: OrderId | undefined): ReadonlySet<EventId> {
  const events = id === undefined ? [] : (writer.state.orders.get(id)?.events ?? []);
  return new Set(events.filter(isHold).map(eventId));
}

function totalOf(lines: readonly Line[]): number {
  let totalMinor = 0;
  for (const line of lines) totalMinor += Math.round((line.unitPriceMinor * line.quantityMilli) / 1000);
  return totalMinor;
}

function sumOf(tenders: readonly { readonly amountMinor: number }[]): number {
  return tenders.reduce((total, tender) => total + tender.amountMinor, 0);
}

function capturedOf(writer: Writer): number {
  const orders = [...writer.state.orders.values()];
  return sumOf(orders.flatMap(({ order }) => order.checks.flatMap((check) => check.tenders)));
}

function linesText(lines: readonly Line[]): string {
  let text = "";
  for (const its of lines) {
    text += `${its.id} ${its.sku} ${its.quantityMilli} ${its.unitPriceMinor} ${its.taxPpm} ${its.note};`;
  }
  return text;
}

function factsText(facts: CheckClosed): string {
  return JSON.stringify(facts);
}

function countUp(counts: MergeCounts, order: Order, events: readonly RecordedOrderEvent[]): void {
  counts.eventCount += events.length;
  counts.checkCount += order.checks.length;
  counts.closingCount += order.checks.filter((check) => check.closings.length > 0).length;
  if (order.marks.includes("removed_after_freeze")) counts.lateRemovalCount += 1;
  if (order.marks.includes("held_twice")) counts.heldTwiceCount += 1;
}

function newOrder(dice: Dice): Command {
  return { type: "add_item", order: null, sku: dice.pick(SKUS), quantityMilli: dice.pick(QUANTITIES_MILLI) };
}

function commandFor(dice: Dice, order: Order): Command {
  const roll = dice.below(100);
  const frozen = order.checks.find((check) => check.status === "frozen");
  const line = order.lines.length === 0 ? order.id : dice.pick(order.lines).id;
  const quantityMilli = dice.pick(QUANTITIES_MILLI);
  if (roll < 22) return { type: "add_item", order: order.id, sku: dice.pick(SKUS), quantityMilli };
  if (roll < 38) return { type: "add_units", order: order.id, line, quantityMilli };
  if (roll < 52) return { type: "remove_units", order: order.id, line, quantityMilli, reason: "" };
  if (roll < 57)
    return { type: "set_note", order: order.id, line: dice.chance(70) ? line : null, text: `note ${roll}` };
  if (roll < 62) return { type: "void_order", order: order.id, reason: "left" };
  if (roll < 74) return { type: "freeze_check", order: order.id };
  if (roll < 80) return { type: "thaw_check", order: order.id, check: frozen?.id ?? order.id };
  if (roll < 98)
    return {
      type: "take_cash",
      order: order.id,
      handedMinor: handedFor(dice, order, frozen),
      leftMinor: null,
    };
  return { type: "close_without_tender", order: order.id };
}

function handedFor(dice: Dice, order: Order, frozen: Check | undefined): number {
  const leftMinor = frozen === undefined ? order.openTotalMinor : leftToPay(frozen);
  const roll = dice.below(10);
  if (roll < 4) return Math.max(0, leftMinor);
  if (roll < 8) return Math.max(1, Math.floor(leftMinor / 2));
  return Math.max(0, leftMinor) + 1000;
}
