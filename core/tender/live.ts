/**
 * What is under way at card readers, and why one of them may not be asked for anything now.
 *
 * D1 One request at a time for each reader, and none before its earlier ones are known: the newest
 *    payment is all that some readers can be asked about. A device under two names is one reader.
 */
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import type { State } from "../state.ts";
import type { TenderId } from "../ids.ts";
import { isLive, liveCode } from "./types.ts";
import type { CardTender } from "./types.ts";

/** Every card tender of this terminal's own orders that nothing final is known of. */
export function liveTenders(state: Pick<State, "orders" | "terminal">): readonly CardTender[] {
  const live: CardTender[] = [];
  for (const { order } of state.orders.values()) {
    if (order.owner !== state.terminal) continue;
    for (const check of order.checks) live.push(...check.cards.filter(isLive));
  }
  return live;
}

/** D1: why this reader takes no request now, or null. `ending` is the tender that ends with this command. */
export function readerRefused(
  state: State,
  { reader, serial }: Pick<CardTender, "reader" | "serial">,
  ending: TenderId | null = null,
): Refused | null {
  const isIts = (card: CardTender): boolean => card.reader === reader || card.serial === serial;
  const live = liveTenders(state).find((card) => isIts(card) && card.id !== ending);
  if (live === undefined) return null;
  return liveCode(live) === "tender/in_progress"
    ? refuse("tender/in_progress", live.id)
    : refuse("tender/reader_unresolved", live.id);
}
