/**
 * A test cart: goods that a planner names, priced by core under rules that nobody sells by yet, with the
 * tree of rules behind every amount.
 */
import { eventId, epochId, terminalId } from "../../../core/ids.ts";
import { milli } from "../../../core/money.ts";
import type { Line } from "../../../core/order/types.ts";
import { refuseCart } from "../../../core/price/cart/check.ts";
import { explainTotal } from "../../../core/price/cart/explain.ts";
import type { Explained } from "../../../core/price/cart/explain.ts";
import { priceCart } from "../../../core/price/cart/price.ts";
import type { PricedCart } from "../../../core/price/cart/types.ts";
import { NO_ADJUSTMENTS } from "../../../core/price/order/adjustments.ts";
import { cartOf } from "../../../core/price/order/cart-of.ts";
import type { PricingRules } from "../../../core/price/rules/types.ts";
import type { WallMs } from "../../../core/time.ts";
import type { CatalogueItem } from "../../../runtime/catalogue.ts";
import { enteredUnder } from "./reprice.ts";

/** What is in it, and where and when it would be sold. */
export interface TestCart {
  readonly lines: readonly { readonly item: CatalogueItem; readonly quantityMilli: number }[];
  readonly at: WallMs;
  readonly store: string;
  readonly channel: string;
  readonly tier: string;
  readonly guestCount: number;
  readonly coupons: readonly string[];
  readonly zoneMinutes: number;
}

/** What it comes to, or why it comes to nothing. */
export type TestPriced =
  | { readonly ok: true; readonly priced: PricedCart; readonly explained: Explained }
  | { readonly ok: false; readonly code: string; readonly path: string };

const NOBODY = { terminal: terminalId("HQ"), epoch: epochId("0000000000000000") };

/** Prices it. */
export function priceTestCart(cart: TestCart, rules: PricingRules): TestPriced {
  const { store, channel, tier, zoneMinutes, guestCount, at } = cart;
  const place = { store, channel, zoneMinutes };
  const lines = cart.lines.map(({ item, quantityMilli }, index) => {
    const categoryOf = (): string => item.category;
    return enteredUnder(lineOf(item, quantityMilli, index), at, { rules, place, categoryOf });
  });
  const coupons = cart.coupons.map((code, index) => ({ id: eventId({ ...NOBODY, seq: index + 1 }), code }));
  const adjustments = { ...NO_ADJUSTMENTS, tier, guestCount, coupons };
  const order = { kind: "sale", currency: rules.currency, checks: [], lines, adjustments } as const;
  const wanted = cartOf(order, rules, place);
  const refusal = refuseCart(wanted, null);
  if (refusal !== null) return { ok: false, code: refusal.code, path: refusal.path };
  const priced = priceCart(wanted);
  return { ok: true, priced, explained: explainTotal(priced) };
}

function lineOf(item: CatalogueItem, quantityMilli: number, index: number): Line {
  return {
    id: eventId({ ...NOBODY, seq: index + 1 }),
    sku: item.sku,
    name: item.name,
    quantityMilli: milli(quantityMilli),
    unitPriceMinor: item.unitPriceMinor,
    taxPpm: item.taxPpm,
    priceSource: "list",
    note: "",
    returnOf: null,
    pricing: null,
  };
}
