/**
 * Which promotions count (ARITHMETIC section 7): those without a group always; of a group one; of
 * several groups all that stack. "best" tries every combination of at most 8 candidates and takes
 * the cheapest for the customer; a tie goes to the fewer, then to the lower ids: the same everywhere.
 */
import { sum } from "../../money.ts";
import { discounted } from "./discounts.ts";
import type { Discounted } from "./discounts.ts";
import { byPriority } from "./pipeline.ts";
import { lineTaxes } from "./tax.ts";
import type { Cart, Promotion } from "./types.ts";
import { isSelected, leftOf, workLines } from "./working.ts";

/** Candidates that "best" tries; 256 pricings. Those of lower priority do not count. */
export const CANDIDATES_COUNT_MAX = 8;

/** The cart's lines with the discounts of the promotions that count. */
export function discountedByChoice(cart: Cart): Discounted {
  const always = cart.promotions.filter(({ group }) => group === "");
  const grouped = groupedIn(cart);
  if (grouped.length === 0) return discounted(cart, always);
  return cart.choice === "best" ? best(cart, always, grouped) : byRank(cart, always, grouped);
}

/** Promotions of groups that are for anything in the cart. */
function groupedIn(cart: Cart): readonly Promotion[] {
  if (cart.promotions.every(({ group }) => group === "")) return [];
  const lines = workLines(cart.lines);
  return cart.promotions
    .filter(({ group, selection }) => group !== "" && lines.some((line) => isSelected(line, selection)))
    .sort(byPriority);
}

function best(cart: Cart, always: readonly Promotion[], grouped: readonly Promotion[]): Discounted {
  let winner: Tried = tryOut(cart, always, []);
  for (const chosen of combinations(cart, grouped.slice(0, CANDIDATES_COUNT_MAX))) {
    const tried = tryOut(cart, always, chosen);
    if (isBetter(tried, winner)) winner = tried;
  }
  return winner.priced;
}

interface Tried {
  readonly priced: Discounted;
  readonly costMinor: number;
  readonly ids: readonly string[];
}

function tryOut(cart: Cart, always: readonly Promotion[], chosen: readonly Promotion[]): Tried {
  const priced = discounted(cart, [...always, ...chosen]);
  const netMinor = sum(priced.lines.map(leftOf));
  const taxMinor = cart.tax.isInclusive ? 0 : sum(lineTaxes(cart.tax, priced.lines));
  return { priced, costMinor: netMinor + taxMinor, ids: chosen.map(({ id }) => id).sort() };
}

function isBetter(a: Tried, b: Tried): boolean {
  if (a.costMinor !== b.costMinor) return a.costMinor < b.costMinor;
  if (a.ids.length !== b.ids.length) return a.ids.length < b.ids.length;
  const index = a.ids.findIndex((id, place) => id !== b.ids[place]);
  return index >= 0 && (a.ids[index] ?? "") < (b.ids[index] ?? "");
}

/** Every combination of one promotion or more that may count together. */
function combinations(cart: Cart, candidates: readonly Promotion[]): readonly (readonly Promotion[])[] {
  let found: readonly (readonly Promotion[])[] = [[]];
  for (const candidate of candidates) {
    const longer = found.map((chosen) => [...chosen, candidate]);
    found = [...found, ...longer.filter((chosen) => stacks(cart, chosen))];
  }
  return found.slice(1);
}

function stacks({ stackableGroups }: Cart, chosen: readonly Promotion[]): boolean {
  const groups = new Set(chosen.map(({ group }) => group));
  if (groups.size < chosen.length) return false;
  return (
    chosen.length < 2 || stackableGroups === null || [...groups].every((its) => stackableGroups.includes(its))
  );
}

/** By priority: each in its turn, when it stacks with those before it and gives something. */
function byRank(cart: Cart, always: readonly Promotion[], grouped: readonly Promotion[]): Discounted {
  let chosen: readonly Promotion[] = [];
  let priced = discounted(cart, always);
  for (const promotion of grouped) {
    if (!stacks(cart, [...chosen, promotion])) continue;
    const tried = discounted(cart, [...always, ...chosen, promotion]);
    if (!tried.applied.some((its) => its.promotion === promotion.id && its.givenMinor > 0)) continue;
    chosen = [...chosen, promotion];
    priced = tried;
  }
  return priced;
}
