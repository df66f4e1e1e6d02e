/**
 * How much one way to pay may take: per payment, per check, and what waits for its host when cards
 * are taken without it. Counters are the journal's own facts, so that no restart forgets them.
 */
import type { OfflineCardLimits, TenderLimits } from "../context.ts";
import type { Minor } from "../money.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import type { State } from "../state.ts";
import type { WallMs } from "../time.ts";
import type { CardTender } from "./types.ts";

/** Why this payment is more than its method may take, or null. */
export function aboveLimit(
  limits: TenderLimits,
  amountMinor: Minor,
  paid: readonly { readonly amountMinor: number }[],
): Refused | null {
  const { tenderMinorMax, checkMinorMax } = limits;
  if (tenderMinorMax !== null && amountMinor > tenderMinorMax)
    return refuse("tender/above_payment_limit", String(tenderMinorMax));
  const sumMinor = paid.reduce((total, its) => total + its.amountMinor, amountMinor as number);
  if (checkMinorMax !== null && sumMinor > checkMinorMax)
    return refuse("tender/above_check_limit", String(checkMinorMax));
  return null;
}

/** Card tenders of this terminal that wait for their host. */
export function offlineQueue(state: Pick<State, "orders" | "terminal">): readonly CardTender[] {
  const waiting: CardTender[] = [];
  for (const { order } of state.orders.values()) {
    if (order.owner !== state.terminal) continue;
    for (const check of order.checks)
      waiting.push(...check.cards.filter(({ status, isOffline }) => isOffline && WAITS.has(status)));
  }
  return waiting;
}

const WAITS: ReadonlySet<CardTender["status"]> = new Set(["approved", "unknown", "accepted_offline"]);

/** Why a card may not be taken without its host now, or null; each limit has its own code (FEATURES T06). */
export function offlineRefused(
  limits: OfflineCardLimits | null,
  waiting: readonly CardTender[],
  amountMinor: Minor,
  now: WallMs,
): Refused | null {
  if (limits === null) return refuse("tender/offline_not_allowed");
  if (amountMinor > limits.tenderMinorMax)
    return refuse("tender/offline_payment_limit", String(limits.tenderMinorMax));
  if (waiting.length >= limits.cardsCountMax)
    return refuse("tender/offline_count_limit", String(limits.cardsCountMax));
  const sumMinor = waiting.reduce((total, its) => total + its.amountMinor, amountMinor as number);
  if (sumMinor > limits.sumMinorMax) return refuse("tender/offline_sum_limit", String(limits.sumMinorMax));
  const oldest = waiting.reduce<number>((at, its) => Math.min(at, its.at), now);
  if (now - oldest > limits.ageMsMax) return refuse("tender/offline_age_limit", String(limits.ageMsMax));
  return null;
}
