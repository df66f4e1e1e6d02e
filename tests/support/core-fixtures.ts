/**
 * A small shop for the rules' tests: a catalogue, a staff list, writers that decide and record as
 * the loop does but without a journal, and short names for ids.
 */
import type { Approval, Command } from "../../core/command.ts";
import { NO_TENDER_LIMITS } from "../../core/context.ts";
import type { Context, Item } from "../../core/context.ts";
import { decide } from "../../core/decide.ts";
import { evolve } from "../../core/evolve.ts";
import { clerkId, drawerId, epochId, eventId, terminalId } from "../../core/ids.ts";
import type { ClerkId, Epoch, EventId, OrderId, TerminalId } from "../../core/ids.ts";
import { minor, ppm } from "../../core/money.ts";
import { NO_PRICING } from "../../core/price/rules/source.ts";
import type { Decided } from "../../core/order/decide-lines.ts";
import type { Order } from "../../core/order/types.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { Cause, ClerkGrant, Right } from "../../core/facts.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { sha256 } from "../../protocol/hash.ts";

const ALL_RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
  "discount",
];

function grant(clerk: string, name: string, rights: readonly Right[]): ClerkGrant {
  return { clerk: clerkId(clerk), name, rights };
}

/** Everyone who may sign on: "boss" may do all, "sam" only sell, "idle" nothing. */
export const STAFF: readonly ClerkGrant[] = [
  grant("boss", "The Boss", ALL_RIGHTS),
  grant("sam", "Sam", ["sell"]),
  grant("idle", "Idle", []),
  ...ALL_RIGHTS.filter((right) => right !== "sell").map((right) =>
    grant(`may_${right}`, right, ["sell", right]),
  ),
];

function item(sku: string, name: string, priceMinor: number, taxPpm: number, isSoldOut = false): Item {
  return {
    sku,
    name,
    unitPriceMinor: minor(priceMinor),
    taxPpm: ppm(taxPpm),
    isSoldOut,
    category: "",
    priceVersion: 0,
  };
}

/** What the shop sells: tea 2.50 at 25 %, bun 1.20 at 12 %, plums by weight 29.99, a free sample, no cake left. */
export const ITEMS: readonly Item[] = [
  item("tea", "Tea", 250, 250_000),
  item("bun", "Bun", 120, 120_000),
  item("plums", "Plums", 2999, 60_000),
  item("sample", "Sample", 0, 0),
  item("cake", "Cake", 400, 120_000, true),
  item("gold", "Gold bar", 90_000_000_000, 0),
];

const ITEM_BY_SKU: ReadonlyMap<string, Item> = new Map(ITEMS.map((each) => [each.sku, each]));
const GRANT_BY_CLERK: ReadonlyMap<ClerkId, ClerkGrant> = new Map(STAFF.map((each) => [each.clerk, each]));

/** UTF-8 without Node's globals in the way of speed: the views are short. */
const utf8 = new TextEncoder();

/** The shop as `decide` sees it. */
export const CONTEXT: Context = {
  currency: "SEK",
  item: (sku) => ITEM_BY_SKU.get(sku) ?? null,
  staff: (clerk) => GRANT_BY_CLERK.get(clerk) ?? null,
  openItemTaxPpm: ppm(250_000),
  hasPin: () => false,
  drawers: [drawerId("1"), drawerId("2")],
  needsShift: false,
  cashRounding: null,
  limits: NO_TENDER_LIMITS,
  offlineCards: null,
  serialOf: () => null,
  pricing: NO_PRICING,
  wall: () => wallMs(1_291_191_960_000),
  zoneMinutes: 0,
  dayStartMinutes: 0,
  sha256: (text) => sha256(utf8.encode(text)),
};

/** The epoch of this ordinal: epochAt(1) is "0000000000000001". */
export function epochAt(ordinal: number): Epoch {
  return epochId(ordinal.toString(16).padStart(16, "0"));
}

/** "A/3" is event 3 of terminal A in epoch 1, "A/3@2" in epoch 2. */
export function id(short: string): EventId {
  const [terminal = "", position = ""] = short.split("/");
  const [seq, ordinal = "1"] = position.split("@");
  return eventId({ terminal: terminalId(terminal), epoch: epochAt(Number(ordinal)), seq: Number(seq) });
}

/** An event placed by hand; Lamport time and seq are what a test is about. */
export function placed<E extends Event>(
  terminal: string,
  seq: number,
  lamport: number,
  event: E,
  epochOrdinal = 1,
): Recorded<E> {
  return {
    terminal: terminalId(terminal),
    epoch: epochAt(epochOrdinal),
    seq,
    lamport,
    at: wallMs(1_291_191_960_000 + lamport * 1000),
    cause: null,
    event,
  };
}

/** One terminal without a disk: what it decides is recorded and folded at once. */
export class Writer {
  readonly terminal: TerminalId;
  readonly state: State;
  /** Its own records, in order. */
  readonly records: Recorded[] = [];
  readonly #context: Context;
  #tapCount = 0;
  #epochCount = 0;

  constructor(name: string, context: Context = CONTEXT) {
    this.#context = context;
    this.terminal = terminalId(name);
    this.state = emptyState(this.terminal, epochAt(1));
    this.start();
  }

  /** Begins a new epoch, as each start of the runtime does. */
  start(): void {
    this.#epochCount += 1;
    this.state.epoch = epochAt(this.#epochCount);
    const opening = this.records.length === 0 ? "new" : "clean";
    const event: Event = {
      type: "epoch_started",
      parent: null,
      opening,
      detail: "",
      series: "S1",
      runtimeVersion: "0.1.0",
    };
    this.record([event], null);
  }

  /** Signs a clerk on. */
  signOn(clerk: string): this {
    this.tap({ type: "sign_on", clerk: clerkId(clerk), attempt: null }, clerk);
    return this;
  }

  /** The cause of this writer's next tap. */
  nextCause(clerk = "boss"): Cause {
    this.#tapCount += 1;
    return { view: 1, n: this.#tapCount, clerk: clerk === "" ? "" : clerkId(clerk) };
  }

  /** Decides and, when the answer is yes, records and folds. */
  tap(command: Command, clerk = "boss", approval: Approval | null = null): Decided {
    const cause = this.nextCause(clerk);
    const decided = decide(this.state, command, cause, this.#context, approval);
    if (decided.ok) this.record(decided.events, cause);
    return decided;
  }

  /** Records and folds events as the loop does. */
  record(events: readonly Event[], cause: Cause | null): readonly Recorded[] {
    return events.map((event, index) => {
      const recorded: Recorded = {
        terminal: this.terminal,
        epoch: this.state.epoch,
        seq: this.state.seq + 1,
        lamport: this.state.lamport + 1,
        at: wallMs(1_291_191_960_000 + this.state.seq * 1000),
        cause: index === 0 ? cause : null,
        event,
      };
      this.records.push(recorded);
      evolve(this.state, recorded);
      return recorded;
    });
  }

  /** Takes in a record of another writer. */
  hear(recorded: Recorded): void {
    evolve(this.state, recorded);
  }

  /** The order of this id; throws when this writer does not hold it. */
  order(orderId: OrderId): Order {
    const order = this.state.orders.get(orderId)?.order;
    if (order === undefined) throw new Error(`${this.terminal} holds no order ${orderId}`);
    return order;
  }
}
