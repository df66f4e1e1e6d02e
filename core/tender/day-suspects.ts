/**
 * What this terminal's orders know that could explain a difference at a reader's end of day: tenders of
 * the device that nobody knows of, that a person decided about, that moved other money, or wait for a host.
 * Of orders that are held: those that were let go of are finished, and what they counted is in the sums.
 */
import { parseEventId } from "../ids.ts";
import type { EventId } from "../ids.ts";
import type { State } from "../state.ts";
import type { DayTender, DaySuspect } from "./day-cases.ts";
import { isLive, takenBack } from "./types.ts";
import type { CardTender } from "./types.ts";

/** Suspects of one day, the newest; more do not explain, they confuse. */
const SUSPECTS_COUNT_MAX = 12;

/** See the header: since the newest day close of the device. */
export function daySuspects(
  state: Pick<State, "orders" | "terminal" | "readerDays">,
  serial: string,
): { readonly suspects: readonly DaySuspect[]; readonly tenders: readonly DayTender[] } {
  const sinceSeq = state.readerDays.get(serial)?.seq ?? 0;
  const isOfDay = (id: EventId): boolean => (parseEventId(id)?.seq ?? 0) > sinceSeq;
  const suspects: DaySuspect[] = [];
  const tenders: DayTender[] = [];
  for (const { order } of state.orders.values()) {
    if (order.owner !== state.terminal) continue;
    for (const { cards } of order.checks) {
      const backs = takenBack(cards);
      const here = cards.filter((card) => card.serial === serial);
      suspects.push(...here.flatMap((card) => suspectsOf(card, isOfDay)));
      tenders.push(
        ...here.filter((card) => !backs.has(card.id) && isOfDay(card.id)).flatMap((card) => tendersOf(card)),
      );
    }
  }
  return { suspects: suspects.slice(-SUSPECTS_COUNT_MAX), tenders };
}

function suspectsOf(card: CardTender, isOfDay: (id: EventId) => boolean): readonly DaySuspect[] {
  const orphans = card.orphans
    .filter(({ id, isSettled }) => !isSettled || isOfDay(id))
    .map((orphan): DaySuspect => {
      const amountMinor = card.kind === "pay" ? orphan.amountMinor : -orphan.amountMinor;
      return suspect(card, "orphan", amountMinor, 1, orphan.result.brand, !orphan.isSettled);
    });
  const own = ownSuspect(card, isOfDay(card.id));
  return own === null ? orphans : [...orphans, own];
}

function ownSuspect(card: CardTender, isOfDay: boolean): DaySuspect | null {
  const { status, result, amountMinor, code } = card;
  const brand = result?.brand ?? "";
  if (isLive(card) && status !== "orphaned") return suspect(card, "unknown", amountMinor, 1, brand, true);
  if (!isOfDay) return null;
  if (code === "tender/judged_failed")
    return suspect(card, "judged_not_charged", amountMinor, 1, brand, false);
  if (status === "captured" && result === null)
    return suspect(card, "judged_charged", -amountMinor, -1, brand, false);
  const isOffline = status === "accepted_offline" || status === "declined_later";
  return isOffline ? suspect(card, "offline", -amountMinor, -1, brand, false) : null;
}

function suspect(
  { order, id }: CardTender,
  kind: DaySuspect["kind"],
  amountMinor: number,
  count: 1 | -1,
  brand: string,
  isAlwaysNamed: boolean,
): DaySuspect {
  return { kind, order, tender: id, brand, count, amountMinor, isAlwaysNamed };
}

function tendersOf({ order, id, status, result, amountMinor, code }: CardTender): readonly DayTender[] {
  const alone = { order, tender: id, brand: result?.brand ?? "", amountMinor };
  if (status === "captured" && result !== null) return [{ ...alone, isCaptured: true }];
  const isDeclined = (status === "declined" && code !== "tender/judged_failed") || status === "reversed";
  return isDeclined ? [{ ...alone, isCaptured: false }] : [];
}
