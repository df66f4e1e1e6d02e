/**
 * A shop that sells by pricing rules: a document in short form, items that are named by their price, and a
 * till that decides and folds without a disk. "c58.00" costs 58.00 and is of category "c".
 */
import type { Command } from "../../core/command.ts";
import type { Context, Item } from "../../core/context.ts";
import type { EventId, OrderId } from "../../core/ids.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import type { Minor } from "../../core/money.ts";
import type { Decided } from "../../core/order/decide-lines.ts";
import type { Check, Line, Order } from "../../core/order/types.ts";
import { priceOrder } from "../../core/price/order/price-order.ts";
import type { OrderPriced } from "../../core/price/order/price-order.ts";
import { readRules } from "../../core/price/rules/read.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import type { PricingRules } from "../../core/price/rules/types.ts";
import { wallMs } from "../../core/time.ts";
import { sha256 } from "../../protocol/hash.ts";
import { NO_EVENT } from "./attempts.ts";
import { CONTEXT, Writer } from "./core-fixtures.ts";

/** Friday 2026-11-20, 17:30 in UTC. */
export const FRIDAY_EVENING_MS = Date.UTC(2026, 10, 20, 17, 30);

/** The rules of a document; throws what is wrong with it. */
export function rulesFrom(document: object, version = 0, language: "en" | "zh" = "en"): PricingRules {
  const json = JSON.stringify({ currency: "CNY", ...document });
  const read = readRules(json, language);
  if (!read.ok) throw new Error(read.problems.map(({ code, path }) => `${code} ${path}`).join("; "));
  return { ...read.value, version, sha256: sha256(new TextEncoder().encode(json)) };
}

/** A source that holds these rules; the last of them is in force. */
export function sourceOf(...rules: readonly PricingRules[]): PricingSource {
  return {
    inForce: () => rules.at(-1) ?? null,
    of: (version) => rules.find((its) => its.version === version) ?? null,
    place: { store: "store-1", channel: "counter", zoneMinutes: 0 },
  };
}

/** The item that a name says: category letters, then its price; a rate in percent behind "@". */
export function itemNamed(name: string): Item {
  const [, category = "", price = "0", rate = "0"] =
    /^([a-z]*)([0-9.]+)(?:@([0-9.]+))?(?:#.*)?$/.exec(name) ?? [];
  return {
    sku: name,
    name,
    category,
    unitPriceMinor: minor(Math.round(Number(price) * 100)),
    taxPpm: ppm(Math.round(Number(rate) * 10_000)),
    isSoldOut: false,
    priceVersion: 0,
  };
}

/** One terminal that sells by rules. */
export class PricedTill {
  source: PricingSource;
  nowMs = FRIDAY_EVENING_MS;
  readonly writer: Writer;

  constructor(source: PricingSource, more: Partial<Context> = {}, name = "A") {
    this.source = source;
    const till = (): PricedTill => this;
    const context: Context = {
      ...CONTEXT,
      currency: "CNY",
      item: itemNamed,
      wall: () => wallMs(till().nowMs),
      ...more,
      get pricing() {
        return till().source;
      },
    };
    this.writer = new Writer(name, context).signOn("boss");
  }

  /** The newest order. */
  get order(): Order {
    const order = [...this.writer.state.orders.values()].at(-1)?.order;
    if (order === undefined) throw new Error("Nothing was sold");
    return order;
  }

  /** Sells these items on a new order: "58.00", or "food20.00@6 x3". */
  sell(...items: readonly string[]): this {
    let order: OrderId | null = null;
    for (const text of items) {
      const [sku = "", times = "1"] = text.split(" x");
      const quantityMilli = Math.round(Number(times) * 1000);
      this.must({ type: "add_item", order, sku, quantityMilli });
      order = this.order.id;
    }
    return this;
  }

  /** Taps; throws when it is refused. */
  must(command: Command): this {
    const decided = this.tap(command);
    if (!decided.ok) throw new Error(`${command.type}: ${decided.refusal.code} ${decided.refusal.about}`);
    return this;
  }

  /** Taps. */
  tap(command: Command, clerk = "boss"): Decided {
    return this.writer.tap(command, clerk);
  }

  /** The code with which a command is refused. */
  refusal(command: Command, clerk = "boss"): string {
    const decided = this.tap(command, clerk);
    return decided.ok ? "taken" : decided.refusal.code;
  }

  /** What is open, priced; null where it is plain. */
  priced(): OrderPriced | null {
    return priceOrder(this.order, this.source);
  }

  /** What is due for the open order. */
  due(): number {
    const priced = this.priced();
    if (priced === null) return this.order.openTotalMinor;
    if (!priced.ok) throw new Error(priced.code);
    return priced.pricing.totalMinor;
  }

  /** Pays the exact sum in cash, or hands `handedMinor`. */
  pay(handedMinor: number | null = null): this {
    const due = handedMinor ?? this.due();
    if (due === 0) return this.must({ type: "close_without_tender", order: this.order.id });
    return this.must({ type: "take_cash", order: this.order.id, handedMinor: due, leftMinor: null });
  }

  /** The closed check of the newest order. */
  get check(): Check {
    const check = this.order.checks.at(-1);
    if (check === undefined) throw new Error("There is no check");
    return check;
  }

  /** Shares of each line of the newest check, by the promotion's id. */
  shares(): readonly Readonly<Record<string, number>>[] {
    const { pricing } = this.check;
    return (pricing?.lines ?? []).map(({ shares }) =>
      Object.fromEntries(
        shares.map(({ promotionIndex, amountMinor }) => [
          pricing?.promotions[promotionIndex]?.id ?? "?",
          amountMinor,
        ]),
      ),
    );
  }

  /** Gives units of a closed order back; says what cash paid out, or the refusal. */
  refund(
    order: Order,
    units: readonly (readonly [lineIndex: number, quantityMilli: number])[],
  ): Minor | string {
    const check = order.checks.at(-1);
    const closing = check?.closings.at(-1)?.id ?? NO_EVENT;
    const lines = units.map(([lineIndex, quantityMilli]) => ({
      line: lineOf(check?.lines[lineIndex]),
      quantityMilli: milli(quantityMilli),
    }));
    const decided = this.tap({ type: "refund", closing, lines, reason: "" });
    if (!decided.ok) return decided.refusal.code;
    const closed = decided.events.find((event) => event.type === "check_closed");
    return minor(closed?.type === "check_closed" ? -(closed.totalMinor + closed.roundingMinor) : 0);
  }

  /** The order of this id as it stands now. */
  again(order: Order): Order {
    return this.writer.order(order.id);
  }
}

function lineOf(line: Line | undefined): EventId {
  return line?.id ?? NO_EVENT;
}
