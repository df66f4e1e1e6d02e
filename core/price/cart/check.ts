/**
 * What a cart must be before it is priced, and what authoring refuses: names used twice, a bar below
 * its gift, a set that cannot be made, a rounding that the currency or the tax does not allow.
 * Ranges of single fields are their decoder's; the sums are looked at here.
 */
import { LINE_AMOUNT_MINOR_MAX, ORDER_TOTAL_MINOR_MAX } from "../../limits.ts";
import { currencyExponent, MILLI_ONE } from "../../money.ts";
import type { CashRule } from "./cash.ts";
import { ROUNDING_PROMOTION } from "./price.ts";
import type { CartRefusal, CartRefusalCode } from "./refusal.ts";
import type { Cart, CartLine, DiscountStage, Promotion, Rule } from "./types.ts";

/** The first reason against a cart and the cash rounding of its place, or null. */
export function refuseCart(cart: Cart, cash: CashRule | null): CartRefusal | null {
  return (
    repeated(cart.lines, "lines", "cart/line_repeated") ??
    repeated(cart.promotions, "promotions", "cart/promotion_repeated") ??
    repeated(cart.fees, "fees", "cart/fee_repeated") ??
    firstOf(cart.lines, "lines", refuseLine) ??
    refuseSum(cart) ??
    firstOf(cart.promotions, "promotions", promotionRefusal) ??
    refuseRounding(cart) ??
    (cart.rounding !== null && cash !== null ? refuse("cart/two_roundings", "cashRounding") : null)
  );
}

function refuse(code: CartRefusalCode, path: string): CartRefusal {
  return { ok: false, code, path };
}

function firstOf<T>(
  items: readonly T[],
  path: string,
  judge: (item: T, path: string) => CartRefusal | null,
): CartRefusal | null {
  for (const [index, item] of items.entries()) {
    const refusal = judge(item, `${path}[${index}]`);
    if (refusal !== null) return refusal;
  }
  return null;
}

function repeated(
  items: readonly { readonly id: string }[],
  path: string,
  code: CartRefusalCode,
): CartRefusal | null {
  const seen = new Set<string>();
  return firstOf(items, path, ({ id }, place) => {
    if (seen.has(id)) return refuse(code, `${place}.id`);
    seen.add(id);
    return null;
  });
}

function refuseLine(line: CartLine, path: string): CartRefusal | null {
  if (line.id.includes("/")) return refuse("cart/id_reserved", `${path}.id`);
  const again = repeated(line.modifiers, `${path}.modifiers`, "cart/line_repeated");
  if (again !== null) return again;
  const inside = line.modifiers
    .filter(({ taxPpm }) => taxPpm === null)
    .reduce((total, { unitPriceMinor }) => total + unitPriceMinor, 0);
  const price = Math.min(line.unitPriceMinor, line.overrideMinor ?? line.unitPriceMinor);
  const own = line.modifiers.findIndex((its) => its.taxPpm !== null && its.unitPriceMinor < 0);
  if (own >= 0) return refuse("cart/price_negative", `${path}.modifiers[${own}].unitPriceMinor`);
  return price + inside < 0 ? refuse("cart/price_negative", path) : null;
}

/** Sums stay far inside the safe integers: what counts here is only roughly right, and that is enough. */
function refuseSum({ lines, fees, tip }: Cart): CartRefusal | null {
  let total = tip?.kind === "fixed" ? tip.amountMinor : 0;
  for (const { charge } of fees) total += charge.kind === "fixed" ? charge.amountMinor : 0;
  for (const [index, line] of lines.entries()) {
    const units = line.modifiers.map(({ unitPriceMinor }) => unitPriceMinor);
    const unit = Math.max(line.unitPriceMinor, line.overrideMinor ?? 0);
    const highest = units.reduce((price, added) => price + Math.max(0, added), unit);
    const amount = (highest / MILLI_ONE) * line.quantityMilli;
    if (amount > LINE_AMOUNT_MINOR_MAX) return refuse("cart/amount_range", `lines[${index}]`);
    total += amount;
  }
  return total > ORDER_TOTAL_MINOR_MAX ? refuse("cart/amount_range", "lines") : null;
}

/** Why one promotion is refused, whatever the cart; `path` is where it stands. */
export function promotionRefusal({ id, stage, rule }: Promotion, path: string): CartRefusal | null {
  if (id === ROUNDING_PROMOTION) return refuse("cart/id_reserved", `${path}.id`);
  if (stage !== null && !STAGES_OF[rule.kind].includes(stage))
    return refuse("cart/stage_rule", `${path}.stage`);
  return refuseRule(rule, path);
}

const LINES: readonly DiscountStage[] = ["line_percent", "line_fixed"];
const ORDER: readonly DiscountStage[] = ["order_percent", "order_fixed", "coupons", "points"];

/** Stages at which a rule makes sense. */
const STAGES_OF: Readonly<Record<Rule["kind"], readonly DiscountStage[]>> = {
  line_percent: LINES,
  line_fixed: LINES,
  second_at: ["sets"],
  cheapest_free: ["sets"],
  n_for_price: ["sets"],
  bundle: ["sets"],
  order_percent: ORDER,
  spend_once: ORDER,
  spend_every: ORDER,
  spend_ladder: ORDER,
  points: ["points"],
};

function refuseRule(rule: Rule, path: string): CartRefusal | null {
  switch (rule.kind) {
    case "cheapest_free":
      return rule.freeCount < rule.takeCount ? null : refuse("cart/set_size", `${path}.freeCount`);
    case "bundle":
      return rule.parts.length > 0 ? null : refuse("cart/set_size", `${path}.parts`);
    case "spend_every":
      return rule.offMinor <= rule.barMinor ? null : refuse("cart/bar_below_gift", `${path}.barMinor`);
    case "spend_once":
      // A bar of 0 is an amount off the order, without a bar.
      return rule.barMinor === 0 || rule.offMinor <= rule.barMinor
        ? null
        : refuse("cart/bar_below_gift", `${path}.barMinor`);
    case "spend_ladder":
      return firstOf(rule.steps, `${path}.steps`, (step, place) => {
        if (step.offMinor > step.barMinor) return refuse("cart/bar_below_gift", `${place}.barMinor`);
        const former = rule.steps[rule.steps.indexOf(step) - 1];
        const isRising = former === undefined || former.barMinor < step.barMinor;
        return isRising ? null : refuse("cart/steps_order", `${place}.barMinor`);
      });
    default:
      return null;
  }
}

function refuseRounding({ currency, rounding, tax }: Cart): CartRefusal | null {
  if (rounding === null) return null;
  if (currencyExponent(currency) === 0) return refuse("cart/rounding_currency", "rounding.form");
  const isSplitFromTax = rounding.asDiscount && !tax.isInclusive;
  return isSplitFromTax ? refuse("cart/rounding_exclusive", "rounding.asDiscount") : null;
}
