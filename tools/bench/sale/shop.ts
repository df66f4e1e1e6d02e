/**
 * The shop that the benches sell in: a catalogue of many items, one clerk who may all, and a writer
 * that decides, folds and hands effects out as the runtime's loop does, without a journal.
 */
import type { Command } from "../../../core/command.ts";
import { NO_TENDER_LIMITS } from "../../../core/context.ts";
import type { Context, Item } from "../../../core/context.ts";
import { decide } from "../../../core/decide.ts";
import { effects } from "../../../core/effect.ts";
import type { Effect } from "../../../core/effect.ts";
import { evolve } from "../../../core/evolve.ts";
import type { Right } from "../../../core/facts.ts";
import { clerkId, drawerId, epochId, terminalId } from "../../../core/ids.ts";
import { minor, ppm } from "../../../core/money.ts";
import { readRules } from "../../../core/price/rules/read.ts";
import { NO_PRICING } from "../../../core/price/rules/source.ts";
import { emptyState } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { wallMs } from "../../../core/time.ts";
import type { Event, Recorded } from "../../../core/types.ts";
import { sha256Text } from "../../../runtime/adapters/machine.ts";
import { ownPricing } from "../../../runtime/pricing-rules.ts";

/** The one terminal of the benches. */
export const TERMINAL = terminalId("till-1");
/** Its one epoch. */
export const EPOCH = epochId("00000000000000b1");
/** Who sells. */
export const CLERK = clerkId("may");
const AT = wallMs(1_767_600_000_000);
const RIGHTS: readonly Right[] = ["sell", "open_price", "void", "blind_return", "refund", "drawer"];
const ITEMS_COUNT = 400;

const items = new Map(
  Array.from({ length: ITEMS_COUNT }, (_, index): readonly [string, Item] => [
    `item-${index}`,
    {
      sku: `item-${index}`,
      name: `Item number ${index}`,
      unitPriceMinor: minor(105 + ((index * 37) % 900)),
      taxPpm: ppm(index % 3 === 0 ? 250_000 : 60_000),
      isSoldOut: false,
      category: "",
      priceVersion: 0,
    },
  ]),
);

/** The item of this ordinal, from 0; they repeat. */
export function itemAt(ordinal: number): Item {
  const item = items.get(`item-${ordinal % ITEMS_COUNT}`);
  if (item === undefined) throw new Error("bench: every ordinal has its item");
  return item;
}

/** The shop as `decide` sees it. */
export const CONTEXT: Context = {
  currency: "SEK",
  item: (sku) => items.get(sku) ?? null,
  staff: (clerk) => (clerk === CLERK ? { clerk, name: "May", rights: RIGHTS } : null),
  openItemTaxPpm: ppm(250_000),
  hasPin: () => false,
  drawers: [drawerId("1")],
  needsShift: false,
  cashRounding: null,
  limits: NO_TENDER_LIMITS,
  offlineCards: null,
  serialOf: () => null,
  pricing: NO_PRICING,
  wall: () => AT,
  zoneMinutes: 0,
  dayStartMinutes: 0,
  sha256: sha256Text,
};

/** What a shop with promotions, fees and a table of taxes sells by: four rules that every sale of the bench meets. */
const RULES = JSON.stringify({
  currency: "SEK",
  promotions: [
    { id: "tenth", kind: "line_percent", offPpm: 100_000, skus: ["item-1", "item-2", "item-3"] },
    { id: "second", kind: "second_at", payPpm: 500_000, categories: ["none"], group: "sets" },
    { id: "bar", kind: "spend_every", barMinor: 3000, offMinor: 200 },
    { id: "order", kind: "order_percent", offPpm: 50_000, barMinor: 2000, group: "order" },
  ],
  fees: [{ id: "bag", amountMinor: 5 }],
  taxes: [{ id: "food", skus: ["item-4"], rates: [{ ratePpm: 120_000 }] }],
});

/** The same shop with rules in force. */
export function contextWithRules(): Context {
  const read = readRules(RULES, "en");
  if (!read.ok) throw new Error("bench: the rules can be read");
  return {
    ...CONTEXT,
    pricing: ownPricing(read.value, RULES, { store: "s1", channel: "counter", zoneMinutes: 0 }),
  };
}

/** Decides and folds; keeps nothing but the state and counts. */
export class Till {
  readonly state: State;
  readonly #onRecorded: (recorded: Recorded) => void;
  readonly #onEffect: (effect: Effect) => void;
  readonly #context: Context;
  #tapCount = 0;

  constructor(
    onRecorded: (recorded: Recorded) => void = () => {},
    onEffect: (effect: Effect) => void = () => {},
    terminal = TERMINAL,
    context = CONTEXT,
  ) {
    this.#context = context;
    this.state = emptyState(terminal, EPOCH);
    this.#onRecorded = onRecorded;
    this.#onEffect = onEffect;
    this.#record([
      {
        type: "epoch_started",
        parent: null,
        opening: "new",
        detail: "",
        series: "S1",
        runtimeVersion: "0.0.0",
      },
    ]);
    this.tap({ type: "sign_on", clerk: CLERK, attempt: null });
  }

  /** Decides, records and folds a command. Throws when it is refused: the benches sell what can be sold. */
  tap(command: Command): void {
    this.#tapCount += 1;
    const cause = { view: 1, n: this.#tapCount, clerk: CLERK };
    const decided = decide(this.state, command, cause, this.#context, null);
    if (!decided.ok) throw new Error(`bench: ${command.type} is refused with ${decided.refusal.code}`);
    this.#record(decided.events, cause);
  }

  #record(events: readonly Event[], cause: Recorded["cause"] = null): void {
    const { state } = this;
    events.forEach((event, index) => {
      const recorded: Recorded = {
        terminal: state.terminal,
        epoch: state.epoch,
        seq: state.seq + 1,
        lamport: state.lamport + 1,
        at: AT,
        cause: index === 0 ? cause : null,
        event,
      };
      evolve(state, recorded);
      this.#onRecorded(recorded);
      for (const effect of effects(state, recorded)) this.#onEffect(effect);
    });
  }
}
