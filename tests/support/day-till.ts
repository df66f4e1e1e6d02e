/**
 * A terminal without a disk for tests of a shop's day: it decides, records and folds as the loop does,
 * by a clock on the wall that a test may set, and hears other terminals when a test says so.
 */
import type { Approval, Command } from "../../core/command.ts";
import type { Context } from "../../core/context.ts";
import { decide, OWN_VIEW } from "../../core/decide.ts";
import { evolve } from "../../core/evolve.ts";
import type { Cause } from "../../core/facts.ts";
import { clerkId, drawerId, eventId, terminalId } from "../../core/ids.ts";
import type { ClerkId, EventId, ShiftId, TerminalId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { Closing, Order } from "../../core/order/types.ts";
import type { CashMove, ShiftReport } from "../../core/shift/events.ts";
import type { Shift } from "../../core/shift/types.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { CONTEXT, epochAt, STAFF } from "./core-fixtures.ts";

/** 2026-11-22 10:00 UTC. */
export const MORNING_MS = Date.UTC(2026, 10, 22, 10);
export const HOUR_MS = 3_600_000;

const OWN_CAUSE: Cause = { view: OWN_VIEW, n: 0, clerk: "" };

export class Till {
  readonly terminal: TerminalId;
  readonly state: State;
  readonly records: Recorded[] = [];
  /** What the clock on the wall says; each record moves it on by a second. */
  nowMs = MORNING_MS;
  readonly context: Context;
  #tapCount = 0;
  #epochCount = 0;
  readonly #heardCounts = new Map<Till, number>();

  constructor(name: string, context: Partial<Context> = {}) {
    this.terminal = terminalId(name);
    this.context = { ...CONTEXT, wall: () => wallMs(this.nowMs), ...context };
    this.state = emptyState(this.terminal, epochAt(1));
    this.restart();
    for (const { clerk, name: text, rights } of STAFF)
      this.record([{ type: "clerk_signed_on", clerk, name: text, rights }], null);
  }

  /** Begins a new epoch, as each start of the runtime does. */
  restart(): void {
    this.#epochCount += 1;
    this.state.epoch = epochAt(this.#epochCount);
    const opening = this.records.length === 0 ? "new" : "clean";
    const facts = { parent: null, detail: "", series: "S1", runtimeVersion: "0.2.0" } as const;
    this.record([{ type: "epoch_started", opening, ...facts }], null);
  }

  /** Answers as short text: the refusal with what it is about, or the types of the events. */
  says(command: Command, clerk = "boss", approval: Approval | null = null): string {
    const decided = this.#tap(command, this.#cause(clerk), approval);
    if ("ok" in decided) return `${decided.refusal.code} ${decided.refusal.about}`.trim();
    return decided.map(({ event }) => event.type).join(" ");
  }

  /** What was recorded; throws when it is refused. */
  must(command: Command, clerk = "boss", approval: Approval | null = null): readonly Recorded[] {
    return this.#taken(command, this.#cause(clerk), approval);
  }

  /** As `must`, from the runtime itself. */
  own(command: Command): readonly Recorded[] {
    return this.#taken(command, OWN_CAUSE, null);
  }

  /** Records and folds events as the loop does. */
  record(events: readonly Event[], cause: Cause | null): readonly Recorded[] {
    const at = wallMs(this.nowMs);
    this.nowMs += 1000;
    return events.map((event, index) => {
      const { epoch, seq, lamport } = this.state;
      const place = { terminal: this.terminal, epoch, seq: seq + 1, lamport: lamport + 1, at };
      const recorded: Recorded = { ...place, cause: index === 0 ? cause : null, event };
      this.records.push(recorded);
      evolve(this.state, recorded);
      return recorded;
    });
  }

  /** Takes in the next records of another terminal: all that it has not heard, or so many. */
  hear(from: Till, countMax = Number.POSITIVE_INFINITY): void {
    const start = this.#heardCounts.get(from) ?? 0;
    const heard = from.records.slice(start, start + countMax);
    for (const recorded of heard) evolve(this.state, recorded);
    this.#heardCounts.set(from, start + heard.length);
  }

  /** How many records of another terminal this one has not heard. */
  unheardCount(from: Till): number {
    return from.records.length - (this.#heardCounts.get(from) ?? 0);
  }

  // Nobody's commands come from the runtime itself.
  #cause(clerk: string): Cause {
    if (clerk === "") return OWN_CAUSE;
    this.#tapCount += 1;
    return { view: 1, n: this.#tapCount, clerk: clerkId(clerk) };
  }

  #tap(command: Command, cause: Cause, approval: Approval | null): readonly Recorded[] | Refusal {
    const decided = decide(this.state, command, cause, this.context, approval);
    return decided.ok ? this.record(decided.events, cause.view === OWN_VIEW ? null : cause) : decided;
  }

  #taken(command: Command, cause: Cause, approval: Approval | null): readonly Recorded[] {
    const recorded = this.#tap(command, cause, approval);
    if ("ok" in recorded) throw new Error(`${command.type} is refused with ${recorded.refusal.code}`);
    return recorded;
  }

  // The day, in short: each throws when it is refused.

  openShift(floatMinor: number, drawer = "1", clerk = "boss"): ShiftId {
    const [opened] = this.must({ type: "open_shift", drawer: drawerId(drawer), floatMinor }, clerk);
    return idOf(opened);
  }

  /** Sells so many teas of 2.50, or another item, for cash; answers with the order that was opened. */
  sell(quantity: number, handedMinor: number, clerk = "boss", sku = "tea"): Order {
    const quantityMilli = quantity * 1000;
    const [opened] = this.must({ type: "add_item", order: null, sku, quantityMilli }, clerk);
    return this.pay(idOf(opened), handedMinor, clerk);
  }

  pay(order: EventId, handedMinor: number, clerk = "boss"): Order {
    this.must({ type: "take_cash", order, handedMinor, leftMinor: null }, clerk);
    return this.order(order);
  }

  /** Pays so many units of the lines of an order's newest receipt back, by line from the first; 0 leaves a line out. */
  refund(order: Order, ...quantitiesMilli: readonly number[]): Order {
    const [opened] = this.must(refundOf(order, ...quantitiesMilli));
    return this.order(idOf(opened));
  }

  move(kind: CashMove, amountMinor: number, clerk = "boss"): void {
    this.must({ type: "move_cash", kind, amountMinor, reason: "because" }, clerk);
  }

  /** Counts one heap of coins of one minor unit. */
  count(shift: ShiftId, countedMinor: number): void {
    const denominations = countedMinor === 0 ? [] : [{ valueMinor: countedMinor, count: 1 }];
    this.must({ type: "count_drawer", shift, denominations });
  }

  /** Counts what is expected and closes. */
  closeShift(shift: ShiftId): EventId {
    this.count(shift, this.report(shift).expectedMinor);
    return idOf(this.must({ type: "close_shift", shift, reason: "" })[0]);
  }

  /** A try of a PIN that is right. */
  pin(clerk: string, purpose: "sign_on" | "approve" | "training"): EventId {
    const attempt = idOf(this.own({ type: "try_pin", clerk: clerkId(clerk), purpose })[0]);
    this.own({ type: "pass_pin", clerk: clerkId(clerk), attempt });
    return attempt;
  }

  /** A try of a PIN that is wrong, or that the power was cut in. */
  wrongPin(clerk: string): EventId {
    return idOf(this.own({ type: "try_pin", clerk: clerkId(clerk), purpose: "sign_on" })[0]);
  }

  shift(id: ShiftId): Shift {
    const shift = this.state.shifts.get(id);
    if (shift === undefined) throw new Error(`${this.terminal} knows no shift ${id}`);
    return shift;
  }

  report(id: ShiftId): ShiftReport {
    return this.shift(id).report;
  }

  order(id: EventId): Order {
    const order = this.state.orders.get(id)?.order;
    if (order === undefined) throw new Error(`${this.terminal} holds no order ${id}`);
    return order;
  }
}

type Refusal = Extract<ReturnType<typeof decide>, { ok: false }>;

/** The id of a record; throws where there is none. */
export function idOf(recorded: Recorded | undefined): EventId {
  if (recorded === undefined) throw new Error("nothing was recorded");
  return eventId(recorded);
}

/** The newest closing of an order. */
export function closingOf(order: Order): Closing {
  const closing = order.checks.flatMap((check) => check.closings).at(-1);
  if (closing === undefined) throw new Error(`${order.id} is not closed`);
  return closing;
}

/** The refund of so many units of the lines of an order's newest receipt. */
export function refundOf(order: Order, ...quantitiesMilli: readonly number[]): Command {
  const closing = closingOf(order).id;
  const check = order.checks.find(({ closings }) => closings.some(({ id }) => id === closing));
  const lines = (check?.lines ?? []).flatMap(({ id }, index) => {
    const quantityMilli = quantitiesMilli[index] ?? 0;
    return quantityMilli === 0 ? [] : [{ line: id, quantityMilli }];
  });
  return { type: "refund", closing, lines, reason: "because" };
}

/** What a return paid back, positive. */
export function paidBackMinor(order: Order): number {
  const paid = order.checks.flatMap((check) => check.tenders).map(({ amountMinor }) => -amountMinor);
  return minor(paid.reduce((total, each) => total + each, 0));
}

/** A clerk's code. */
export function clerk(code: string): ClerkId {
  return clerkId(code);
}
