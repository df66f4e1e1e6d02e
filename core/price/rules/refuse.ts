/**
 * What is wrong with pricing rules as a whole: names used twice, a bar below its gift, a validity that ends
 * before it starts, promotions of one group among which nothing but their names would decide. Ranges of
 * single fields are the reader's.
 */
import { currencyExponent } from "../../money.ts";
import { promotionRefusal } from "../cart/check.ts";
import type { CartRefusalCode } from "../cart/refusal.ts";
import type { Selection } from "../cart/types.ts";
import type { PublishedPromotion, RulesDocument, TaxRow, Validity } from "./types.ts";
import { canMeet } from "./validity.ts";

/** Why rules are refused as a whole. */
export type RulesRefusalCode =
  | "rules/repeated"
  | "rules/id_reserved"
  | "rules/stage_rule"
  | "rules/set_size"
  | "rules/bar_below_gift"
  | "rules/steps_order"
  | "rules/validity_order"
  | "rules/validity_never"
  | "rules/exclusive_overlap"
  | "rules/coupon_repeated"
  | "rules/rates_order"
  | "rules/rates_missing"
  | "rules/rounding_currency"
  | "rules/rounding_exclusive"
  | "rules/pipeline";

/** A refusal with its place and a sentence. */
export interface RulesRefusal {
  readonly code: RulesRefusalCode;
  /** "promotions[2].steps[0].barMinor"; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with these rules; nothing when they may be sold by. */
export function refuseRules(rules: RulesDocument): readonly RulesRefusal[] {
  const { promotions, priceLists, fees, taxes } = rules;
  return [
    ...repeated("promotions", promotions),
    ...repeated("priceLists", priceLists),
    ...repeated("fees", fees),
    ...repeated("taxes", taxes),
    ...promotions.flatMap((its, index) => refusePromotion(its, `promotions[${index}]`)),
    ...refuseValidities("promotions", promotions),
    ...refuseValidities("priceLists", priceLists),
    ...refuseValidities("fees", fees),
    ...refuseCodes(promotions),
    ...refuseOverlaps(rules),
    ...taxes.flatMap((its, index) => refuseTaxRow(its, `taxes[${index}]`)),
    ...refuseRounding(rules),
    ...refusePipeline(rules),
  ];
}

/** Pairs of promotions that may be in force together for the same goods, as indexes: for whoever plans them. */
export function overlapsIn({
  promotions,
}: Pick<RulesDocument, "promotions">): readonly (readonly [number, number])[] {
  return promotions.flatMap((a, index) =>
    promotions
      .slice(index + 1)
      .flatMap((b, offset) => (overlap(a, b) ? [[index, index + 1 + offset] as const] : [])),
  );
}

function overlap(a: PublishedPromotion, b: PublishedPromotion): boolean {
  return canMeet(a.validity, b.validity) && mayShare(a.selection, b.selection);
}

/** Whether two selections may fit one item; what only a catalogue knows counts as yes. */
function mayShare(a: Selection, b: Selection): boolean {
  const meet = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === 0 || other.length === 0 || one.some((its) => other.includes(its));
  const isLeft = (one: Selection, other: Selection): boolean =>
    one.categories.length === 0 || one.categories.some((its) => !other.excludedCategories.includes(its));
  return meet(a.skus, b.skus) && meet(a.categories, b.categories) && isLeft(a, b) && isLeft(b, a);
}

function repeated(name: string, items: readonly { readonly id: string }[]): readonly RulesRefusal[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [refuse("rules/repeated", `${name}[${index}].id`, `"${id}" is there twice`)];
  });
}

const CODE_OF_CART: Readonly<Partial<Record<CartRefusalCode, readonly [RulesRefusalCode, string]>>> = {
  "cart/id_reserved": ["rules/id_reserved", "This name is the house's own"],
  "cart/stage_rule": ["rules/stage_rule", "A rule of this kind makes no sense at this stage"],
  "cart/set_size": ["rules/set_size", "A set cannot be made of this: as many free as taken, or no parts"],
  "cart/bar_below_gift": ["rules/bar_below_gift", "It gives more than its bar"],
  "cart/steps_order": ["rules/steps_order", "The bars of a ladder must rise"],
};

function refusePromotion(promotion: PublishedPromotion, path: string): readonly RulesRefusal[] {
  const refusal = promotionRefusal(promotion, path);
  const known = refusal === null ? undefined : CODE_OF_CART[refusal.code];
  return refusal === null || known === undefined ? [] : [refuse(known[0], refusal.path, known[1])];
}

function refuseValidities(
  name: string,
  items: readonly { readonly validity: Validity }[],
): readonly RulesRefusal[] {
  return items.flatMap(({ validity: { from, until, dayParts } }, index) => {
    const path = `${name}[${index}]`;
    if (from !== null && until !== null && until <= from)
      return [refuse("rules/validity_order", `${path}.untilMs`, "It ends before it starts")];
    const empty = dayParts.findIndex(({ fromMinute, untilMinute }) => fromMinute === untilMinute);
    return empty < 0
      ? []
      : [refuse("rules/validity_never", `${path}.dayParts[${empty}]`, "It lasts no time")];
  });
}

function refuseCodes(promotions: readonly PublishedPromotion[]): readonly RulesRefusal[] {
  const seen = new Set<string>();
  return promotions.flatMap(({ couponCodes }, index) =>
    couponCodes.flatMap((code, place) => {
      if (!seen.has(code)) {
        seen.add(code);
        return [];
      }
      const path = `promotions[${index}].couponCodes[${place}]`;
      return [refuse("rules/coupon_repeated", path, `"${code}" names two coupons`)];
    }),
  );
}

/** Of one group one promotion wins: by what it gives, or by its priority; never by its name alone. */
function refuseOverlaps(rules: RulesDocument): readonly RulesRefusal[] {
  if (rules.choice !== "priority") return [];
  return overlapsIn(rules).flatMap(([first, second]) => {
    const [a, b] = [rules.promotions[first], rules.promotions[second]];
    const isExclusive =
      a !== undefined &&
      b !== undefined &&
      a.group !== "" &&
      a.group === b.group &&
      a.priorityIndex === b.priorityIndex;
    if (!isExclusive) return [];
    const message = `"${a.id}" and "${b.id}" exclude each other, overlap and have one priority`;
    return [refuse("rules/exclusive_overlap", `promotions[${second}].priorityIndex`, message)];
  });
}

function refuseTaxRow({ rates }: TaxRow, path: string): readonly RulesRefusal[] {
  if (rates.length === 0) return [refuse("rules/rates_missing", `${path}.rates`, "A row needs a rate")];
  const index = rates.findIndex(({ from }, place) => {
    const before = rates[place - 1];
    return before !== undefined && (from ?? 0) <= (before.from ?? -1);
  });
  if (index < 0) return [];
  return [refuse("rules/rates_order", `${path}.rates[${index}].fromMs`, "Rates begin one after the other")];
}

function refuseRounding({ rounding, currency, tax }: RulesDocument): readonly RulesRefusal[] {
  if (rounding === null) return [];
  if (currencyExponent(currency) === 0)
    return [refuse("rules/rounding_currency", "rounding.form", "This currency has nothing to round")];
  if (!rounding.asDiscount || tax.isInclusive) return [];
  return [refuse("rules/rounding_exclusive", "rounding.asDiscount", "Only where tax is inside the prices")];
}

function refusePipeline({ pipeline: { stages } }: RulesDocument): readonly RulesRefusal[] {
  const names = new Set(stages.map(({ stage }) => stage));
  const isRising = stages.every(({ number }, index) => number > (stages[index - 1]?.number ?? 0));
  if (names.size === stages.length && isRising) return [];
  return [refuse("rules/pipeline", "stages", "Each stage once, by rising numbers")];
}

function refuse(code: RulesRefusalCode, path: string, message: string): RulesRefusal {
  return { code, path, message };
}
