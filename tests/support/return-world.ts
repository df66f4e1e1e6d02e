/**
 * Three terminals that sell and pay back: random refunds against random receipts through the real
 * `decide`, records that travel late and in any interleaving, restarts with a new epoch. One world
 * holds many sequences, each a sale with what becomes of it, and promises of each:
 *
 * R1 A unit that was paid back more than once leaves its mark on the sale at all three terminals once
 *    the events have met, and no mark stands where none was.
 * R2 A terminal that has heard all that the others did pays no unit back again.
 * R3 Once all is delivered the three show the same sale, the same returns and the same marks, and so
 *    does a fold from scratch.
 * R4 Where all units came back once, what was paid out is what was taken.
 * What is expected is reckoned here from the commands that were accepted, without the fold's helpers.
 */
import { strictEqual } from "node:assert";
import type { Command } from "../../core/command.ts";
import { isOrderEvent, orderOf } from "../../core/evolve.ts";
import type { EventId, LineId, OrderId } from "../../core/ids.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { compareRecorded } from "../../core/order/sort.ts";
import type { Order, RecordedOrderEvent } from "../../core/order/types.ts";
import { businessView } from "../../core/order/view.ts";
import type { Recorded } from "../../core/types.ts";
import { Writer } from "./core-fixtures.ts";
import { Dice } from "./dice.ts";

const SKUS = ["tea", "bun", "plums", "sample"];
const QUANTITIES_MILLI = [1000, 2000, 3000, 755, 1255];

/** What the sequences came to, so that a test can see that the rare things happened. */
export interface ReturnCounts {
  refundCount: number;
  refusedCount: number;
  notHereCount: number;
  informedCount: number;
  twiceCount: number;
  wholeCount: number;
  restartCount: number;
}

/** Counts that start at nothing. */
export function noReturnCounts(): ReturnCounts {
  return {
    refundCount: 0,
    refusedCount: 0,
    notHereCount: 0,
    informedCount: 0,
    twiceCount: 0,
    wholeCount: 0,
    restartCount: 0,
  };
}

/** Runs so many sequences of this seed and adds what they came to to `counts`; throws at the first broken promise. */
export function runReturnSequences(seed: number, sequenceCount: number, counts: ReturnCounts): void {
  const world = new ReturnWorld(new Dice(seed), counts);
  for (let n = 0; n < sequenceCount; n += 1) world.sequence();
}

interface Sale {
  readonly order: OrderId;
  readonly closing: EventId;
  /** Units that were sold and that came back, by line. */
  readonly soldMilli: ReadonlyMap<LineId, number>;
  readonly backMilli: Map<LineId, number>;
  readonly takenMinor: number;
  readonly returns: OrderId[];
}

class ReturnWorld {
  readonly #dice: Dice;
  readonly #counts: ReturnCounts;
  readonly #writers = ["A", "B", "C"].map((name) => new Writer(name).signOn("boss"));
  /** How many of the records of each writer (inner) each writer (outer) has heard. */
  readonly #heardCounts = this.#writers.map(() => this.#writers.map(() => 0));

  constructor(dice: Dice, counts: ReturnCounts) {
    this.#dice = dice;
    this.#counts = counts;
  }

  sequence(): void {
    const dice = this.#dice;
    const seller = dice.below(3);
    const start = this.#writers.map((writer) => writer.records.length);
    const sale = this.#sell(seller);
    const areConnected = dice.chance(30);
    if (areConnected || dice.chance(80)) this.#deliverAll();
    for (let tries = 2 + dice.below(2); tries > 0; tries -= 1) {
      this.#refund(dice.below(3), sale);
      if (areConnected) this.#deliverAll();
      else if (dice.chance(60)) this.#deliver(dice.below(3), dice.below(3), 1 + dice.below(9));
      if (dice.chance(2)) this.#restart(dice.below(3));
    }
    this.#deliverAll();
    this.#check(sale, areConnected);
    this.#checkFolds(this.#writers.flatMap((writer, index) => writer.records.slice(start[index])));
  }

  #sell(index: number): Sale {
    const writer = this.#writer(index);
    const first = writer.state.seq + 1;
    const add = (order: OrderId | null): void => {
      const quantityMilli = this.#dice.pick(QUANTITIES_MILLI);
      must(writer, { type: "add_item", order, sku: this.#dice.pick(SKUS), quantityMilli });
    };
    add(null);
    const order: OrderId = `${writer.terminal}/${writer.state.epoch}/${first}` as OrderId;
    for (let more = this.#dice.below(2); more > 0; more -= 1) add(order);
    const handedMinor = writer.order(order).openTotalMinor + this.#dice.below(100);
    const pay: Command =
      writer.order(order).openTotalMinor === 0
        ? { type: "close_without_tender", order }
        : { type: "take_cash", order, handedMinor, leftMinor: null };
    must(writer, pay);
    const [check] = writer.order(order).checks;
    const closing = check?.closings[0];
    if (check === undefined || closing === undefined) throw new Error("the sale is not closed");
    const soldMilli = new Map(check.lines.map((line) => [line.id, line.quantityMilli]));
    const takenMinor = paidMinor(writer.order(order));
    return { order, closing: closing.id, soldMilli, backMilli: new Map(), takenMinor, returns: [] };
  }

  #refund(index: number, sale: Sale): void {
    const writer = this.#writer(index);
    const lines = [...sale.soldMilli]
      .filter(() => this.#dice.chance(60))
      .map(([line, soldMilli]) => ({
        line,
        quantityMilli: this.#units(soldMilli, sale.backMilli.get(line) ?? 0),
      }));
    if (lines.length === 0) return;
    const isInformed = this.#hasHeardAll(index);
    const first = writer.state.seq + 1;
    const decided = writer.tap({ type: "refund", closing: sale.closing, lines, reason: "" });
    if (!decided.ok) {
      if (decided.refusal.code === "receipt/not_here") this.#counts.notHereCount += 1;
      else this.#counts.refusedCount += 1;
      return;
    }
    this.#counts.refundCount += 1;
    sale.returns.push(`${writer.terminal}/${writer.state.epoch}/${first}` as OrderId);
    for (const { line, quantityMilli } of lines) {
      const backMilli = (sale.backMilli.get(line) ?? 0) + quantityMilli;
      sale.backMilli.set(line, backMilli);
      // R2
      if (isInformed) strictEqual(backMilli <= (sale.soldMilli.get(line) ?? 0), true, `R2: ${line}`);
    }
    if (isInformed) this.#counts.informedCount += 1;
  }

  // What is left as well, so that many receipts come back whole and in uneven parts.
  #units(soldMilli: number, backMilli: number): number {
    const parts = [soldMilli, Math.ceil(soldMilli / 2), Math.ceil(soldMilli / 3), Math.min(soldMilli, 1000)];
    const leftMilli = soldMilli - backMilli;
    return this.#dice.pick(leftMilli > 0 ? [...parts, leftMilli, leftMilli] : parts);
  }

  #check(sale: Sale, areConnected: boolean): void {
    const lines = [...sale.soldMilli];
    const isTwice = lines.some(([line, soldMilli]) => (sale.backMilli.get(line) ?? 0) > soldMilli);
    const isWhole = lines.every(([line, soldMilli]) => sale.backMilli.get(line) === soldMilli);
    strictEqual(isTwice && areConnected, false, "R2: among connected terminals");
    for (const writer of this.#writers) {
      // R1
      const marks = writer.order(sale.order).marks.join();
      strictEqual(marks, isTwice ? "returned_twice" : "", `R1: marks at ${writer.terminal}`);
      if (!isWhole) continue;
      // R4
      const paid = sale.returns.map((id) => -paidMinor(writer.order(id)));
      const isApart = paid.reduce((total, each) => total + each, 0) !== sale.takenMinor;
      strictEqual(isApart && areConnected, false, "R4: paid back");
    }
    if (isTwice) this.#counts.twiceCount += 1;
    if (isWhole) this.#counts.wholeCount += 1;
  }

  // R3
  #checkFolds(records: readonly Recorded[]): void {
    const byOrder = Map.groupBy(records.filter(isOfOrder), (each) => orderOf(each.event, each));
    for (const [id, events] of byOrder) {
      if (id === null) continue;
      const expected = foldOrder(id, events.toSorted(compareRecorded));
      const view = businessView(expected);
      for (const writer of this.#writers) {
        const order = writer.order(id);
        strictEqual(businessView(order), view, `R3: ${id} at ${writer.terminal}`);
        strictEqual(order.marks.join(), expected.marks.join(), `R3: marks of ${id} at ${writer.terminal}`);
      }
    }
  }

  #restart(index: number): void {
    this.#writer(index).start();
    this.#counts.restartCount += 1;
  }

  #writer(index: number): Writer {
    const writer = this.#writers[index];
    if (writer === undefined) throw new Error(`no writer ${index}`);
    return writer;
  }

  #hasHeardAll(index: number): boolean {
    const heard = this.#heardCounts[index] ?? [];
    return this.#writers.every((writer, from) => from === index || heard[from] === writer.records.length);
  }

  #deliver(toIndex: number, fromIndex: number, countMax: number): void {
    const heard = this.#heardCounts[toIndex];
    if (heard === undefined || toIndex === fromIndex) return;
    const start = heard[fromIndex] ?? 0;
    const fresh = this.#writer(fromIndex).records.slice(start, start + countMax);
    for (const recorded of fresh) this.#writer(toIndex).hear(recorded);
    heard[fromIndex] = start + fresh.length;
  }

  // In any interleaving: some records of a random writer at a time until nothing is left.
  #deliverAll(): void {
    for (;;) {
      const open = this.#writers.flatMap((_, to) =>
        this.#writers.flatMap((from, index) => {
          const isDone = to === index || (this.#heardCounts[to]?.[index] ?? 0) >= from.records.length;
          return isDone ? [] : [[to, index] as const];
        }),
      );
      if (open.length === 0) return;
      const [to, from] = this.#dice.pick(open);
      this.#deliver(to, from, 1 + this.#dice.below(12));
    }
  }
}

function must(writer: Writer, command: Command): void {
  const decided = writer.tap(command);
  if (!decided.ok) throw new Error(`${command.type} is refused with ${decided.refusal.code}`);
}

function isOfOrder(recorded: Recorded): recorded is RecordedOrderEvent {
  return isOrderEvent(recorded.event);
}

function paidMinor(order: Order): number {
  const tenders = order.checks.flatMap((check) => check.tenders);
  return tenders.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
