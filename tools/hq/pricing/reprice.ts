/**
 * A closed check priced once more, as if its lines had been entered under other rules: what it came to
 * and what it would have come to, line by line. Reads facts and folds; writes nothing.
 *
 * R1 What it came to is what was closed, without the rounding of cash; what it would come to is core's
 *    own price of the same lines, entered at the same instants, with the same discounts by hand, coupons,
 *    guests, tip and tier.
 * R2 A return pays back what was paid: it is left as it was, and so is what these rules cannot price.
 */
import { eventId, eventIdFrom } from "../../../core/ids.ts";
import type { EventId } from "../../../core/ids.ts";
import { minor, sum, sumWithin, ZERO } from "../../../core/money.ts";
import type { Minor } from "../../../core/money.ts";
import { lineAmount } from "../../../core/order/lines.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import type { Check, Line, Order, RecordedOrderEvent } from "../../../core/order/types.ts";
import { refuseCart } from "../../../core/price/cart/check.ts";
import { owedForLine, priceCart } from "../../../core/price/cart/price.ts";
import type { PricedCart } from "../../../core/price/cart/types.ts";
import { isPricingEvent, NO_ADJUSTMENTS } from "../../../core/price/order/adjustments.ts";
import type { Adjustments } from "../../../core/price/order/adjustments.ts";
import { cartLineId, cartOf } from "../../../core/price/order/cart-of.ts";
import { tabledRate } from "../../../core/price/order/entry.ts";
import { feesOfLine, paidForLine } from "../../../core/price/order/facts.ts";
import type { PricingRules } from "../../../core/price/rules/types.ts";
import type { Place } from "../../../core/price/rules/validity.ts";
import type { WallMs } from "../../../core/time.ts";

/** Under what it is priced once more. */
export interface Under {
  readonly rules: PricingRules;
  readonly place: Omit<Place, "tier">;
  /** Of items whose lines do not say it; empty where nobody knows. */
  readonly categoryOf: (sku: string) => string;
}

/** A line before and after. */
export interface RepricedLine {
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly beforeMinor: Minor;
  readonly afterMinor: Minor;
}

/** A promotion at work. */
export interface RepricedPromotion {
  readonly id: string;
  readonly givenMinor: Minor;
}

/** What became of a check. */
export type Repriced =
  | {
      readonly kind: "priced";
      readonly beforeMinor: Minor;
      readonly afterMinor: Minor;
      readonly lines: readonly RepricedLine[];
      /** Of tip and what is not on a line. */
      readonly restBeforeMinor: Minor;
      readonly restAfterMinor: Minor;
      readonly promotions: readonly RepricedPromotion[];
    }
  /** R2. `code`: "return", "currency", "unread", or core's refusal. */
  | { readonly kind: "left"; readonly code: string };

/** The check of this closing, with the order's events in their order. */
export function repriceCheck(
  order: Order,
  events: readonly RecordedOrderEvent[],
  closing: EventId,
  under: Under,
): Repriced {
  const check = order.checks.find(({ closings }) => closings.some(({ id }) => id === closing));
  const facts = check?.closings.find(({ id }) => id === closing)?.facts;
  // A check that was closed twice was sold once.
  if (check === undefined || facts === undefined || check.closings[0]?.id !== closing)
    return { kind: "left", code: "unread" };
  if (order.kind === "return") return { kind: "left", code: "return" };
  if (order.currency !== under.rules.currency) return { kind: "left", code: "currency" };
  const before = beforeOf(order, check, events);
  const lines = check.lines.map((line) => enteredUnder(line, enteredAt(line, events, order.openedAt), under));
  const wanted = { ...before, lines };
  const cart = cartOf(wanted, under.rules, under.place);
  const refusal = refuseCart(cart, null);
  if (refusal !== null) return { kind: "left", code: refusal.code };
  const priced = priceCart(cart);
  return compared(check, facts.totalMinor, priced);
}

/** The line as it is entered at `at` under these rules. */
export function enteredUnder(line: Line, at: WallMs, { rules, categoryOf }: Under): Line {
  const own = line.pricing?.category ?? "";
  const category = own === "" ? categoryOf(line.sku) : own;
  const taxPpm = tabledRate(rules, { sku: line.sku, category }, at) ?? line.taxPpm;
  const listPriceMinor = line.pricing?.listPriceMinor ?? null;
  const pricing = { rulesVersion: rules.version, at, category, listPriceMinor, priceList: "" };
  return { ...line, taxPpm, pricing };
}

type BeforeFreeze = Pick<Order, "kind" | "currency" | "checks"> & { readonly adjustments: Adjustments };

/** The order as its check found it: what a clerk gave, coupons, tip, guests. */
function beforeOf(order: Order, check: Check, events: readonly RecordedOrderEvent[]): BeforeFreeze {
  const { kind, currency } = order;
  const index = events.findIndex((its) => eventId(its) === check.id);
  const checks = order.checks.slice(0, order.checks.indexOf(check));
  const isAdjusted = events.some(({ event }) => isPricingEvent(event));
  if (!isAdjusted || index < 0) return { kind, currency, checks, adjustments: NO_ADJUSTMENTS };
  return { kind, currency, checks, adjustments: foldOrder(order.id, events.slice(0, index)).adjustments };
}

function enteredAt(line: Line, events: readonly RecordedOrderEvent[], openedAt: WallMs): WallMs {
  if (line.pricing !== null) return line.pricing.at;
  const key = eventIdFrom(line.id);
  return events.find((its) => eventId(its) === key)?.at ?? openedAt;
}

function compared(check: Check, beforeMinor: Minor, { cart, lines, applied, totals }: PricedCart): Repriced {
  const after = new Map<string, Minor>();
  for (const line of lines)
    after.set(line.source, sum([after.get(line.source) ?? ZERO, owedForLine(cart, line)]));
  const rows = check.lines.map((line, index): RepricedLine => ({
    sku: line.sku,
    name: line.name,
    quantityMilli: line.quantityMilli,
    beforeMinor: paidBefore(check, line, index),
    afterMinor: after.get(cartLineId(index)) ?? ZERO,
  }));
  const restOf = (totalMinor: Minor, key: "beforeMinor" | "afterMinor"): Minor =>
    minor(totalMinor - sumWithin(rows.map((row) => row[key])));
  return {
    kind: "priced",
    beforeMinor,
    afterMinor: totals.totalMinor,
    lines: rows,
    restBeforeMinor: restOf(beforeMinor, "beforeMinor"),
    restAfterMinor: restOf(totals.totalMinor, "afterMinor"),
    promotions: applied.map(({ promotion, givenMinor }) => ({ id: promotion, givenMinor })),
  };
}

function paidBefore({ pricing }: Check, line: Line, index: number): Minor {
  const fact = pricing?.lines[index];
  if (pricing === null || fact === undefined) return lineAmount(line);
  return sumWithin([paidForLine(pricing, fact), feesOfLine(pricing, fact)]);
}
