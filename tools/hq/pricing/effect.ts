/**
 * What promotions gave in a span, from the facts of what was closed: how many orders each touched, what it
 * took off, and what such orders came to beside those that none touched. Nothing is priced anew.
 */
import { eventId } from "../../../core/ids.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import type { CheckPricing } from "../../../core/price/order/types.ts";
import { givenBy } from "../../../core/price/order/facts.ts";
import { closingPages } from "./closing-pages.ts";
import type { ClosingPagesOptions, ClosingWithEvents } from "./closing-pages.ts";

/** One promotion. */
export interface PromotionEffect {
  readonly id: string;
  /** As its newest receipt says it. */
  readonly name: string;
  readonly orderCount: number;
  readonly givenMinor: bigint;
  /** What those orders came to. */
  readonly turnoverMinor: bigint;
}

/** All of them so far; the most given first. */
export interface EffectTally {
  readonly closingCount: number;
  readonly effects: readonly PromotionEffect[];
  /** Sales that no promotion touched. */
  readonly plainCount: number;
  readonly plainMinor: bigint;
}

/** Page by page, in order of time. Returns are left out: they pay back what was paid. Faults of the store reject. */
export async function* promotionEffects(
  options: ClosingPagesOptions,
): AsyncGenerator<EffectTally, void, undefined> {
  const effects = new Map<string, PromotionEffect>();
  let [closingCount, plainCount, plainMinor] = [0, 0, 0n];
  for await (const page of closingPages(options)) {
    for (const closed of page) {
      closingCount += 1;
      if (closed.closing.kind === "return") continue;
      const pricing = pricingOf(closed);
      const given = pricing === null ? [] : givenOf(pricing);
      const totalMinor = BigInt(closed.closing.totalMinor);
      for (const each of given) add(effects, each, totalMinor);
      if (given.length > 0) continue;
      plainCount += 1;
      plainMinor += totalMinor;
    }
    const all = [...effects.values()].sort((a, b) => (a.givenMinor > b.givenMinor ? -1 : 1));
    yield { closingCount, effects: all, plainCount, plainMinor };
  }
}

interface Given {
  readonly id: string;
  readonly name: string;
  readonly amountMinor: number;
}

function givenOf(pricing: CheckPricing): readonly Given[] {
  const amounts = givenBy(pricing);
  return pricing.promotions.flatMap(({ id, name }, index) => {
    const amountMinor = amounts[index] ?? 0;
    return amountMinor === 0 ? [] : [{ id, name, amountMinor }];
  });
}

function add(
  effects: Map<string, PromotionEffect>,
  { id, name, amountMinor }: Given,
  totalMinor: bigint,
): void {
  const known = effects.get(id);
  effects.set(id, {
    id,
    name,
    orderCount: (known?.orderCount ?? 0) + 1,
    givenMinor: (known?.givenMinor ?? 0n) + BigInt(amountMinor),
    turnoverMinor: (known?.turnoverMinor ?? 0n) + totalMinor,
  });
}

/** The prices of the check that was closed; null where each line cost its price. */
function pricingOf({ closing, events }: ClosingWithEvents): CheckPricing | null {
  if (!events.some(({ event }) => event.type === "check_frozen" && event.pricing !== null)) return null;
  const id = eventId(closing);
  const { checks } = foldOrder(closing.order, events);
  return checks.find(({ closings }) => closings[0]?.id === id)?.pricing ?? null;
}
