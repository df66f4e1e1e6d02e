/**
 * Which promotions count (ARITHMETIC section 7): those without a group always; of a group one; of
 * several groups all that stack. "best" is the combination of at most 8 candidates that is the
 * cheapest for the customer; a tie goes to the fewer, then to the lower ids: the same everywhere.
 */
import { cheapest } from "./best.ts";
import { discounted } from "./discounts.ts";
import type { Discounted } from "./discounts.ts";
import { byPriority } from "./pipeline.ts";
import type { Cart, Promotion } from "./types.ts";
import { isSelected, workLines } from "./working.ts";

/** Candidates that "best" looks at. Those of lower priority do not count. */
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
  const candidates = grouped.slice(0, CANDIDATES_COUNT_MAX);
  const chosen = cheapest(cart, always, candidates, (some) => stacks(cart, some));
  return discounted(cart, [...always, ...chosen]);
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
