/**
 * Which tenders of a sale a refund goes back to, and how much to each (ARITHMETIC section 10). The right
 * of a tender is what it captured less what it gave back; of cash it is the part that was due, before
 * coins rounded it.
 *
 * P1 No tender gives back more than it captured; what is planned sums to what is paid back.
 */
import type { EventId, TenderId } from "../ids.ts";
import { minor, negate, subtract, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import { fillRights } from "../price/cart/tenders.ts";
import type { FillOrder } from "../price/cart/tenders.ts";
import { takenBack } from "../tender/types.ts";
import type { CardTender } from "../tender/types.ts";
import type { TenderMethod } from "../facts.ts";
import type { RefundedTender } from "../types.ts";
import type { SoldClosing } from "./returns.ts";
import type { Order, RecordedOrderEvent, RefundedTenderTally } from "./types.ts";

/** What goes back to one tender of the sale. */
export interface RefundPart {
  /** Of the sale; a cash tender stands for all its cash. */
  readonly tender: TenderId;
  readonly method: TenderMethod;
  /** Above 0; of cash before rounding. */
  readonly amountMinor: Minor;
  /** Null for cash. */
  readonly card: CardTender | null;
}

/** What a tender of the sale captured, and what is left of it. */
export interface TenderRight {
  readonly tender: TenderId;
  readonly method: TenderMethod;
  readonly capturedMinor: Minor;
  readonly leftMinor: Minor;
  readonly card: CardTender | null;
}

/** The rights of a closing's tenders, in order of capture; all its cash is one. */
export function tenderRights({ order, check, closing }: SoldClosing): readonly TenderRight[] {
  const { tenders, roundingMinor } = closing.facts;
  const back = takenBack(check.cards);
  const standing = tenders.filter(({ tender }) => !back.has(tender));
  const firstCash = standing.find(({ method }) => method === "cash");
  return standing.flatMap((fact): readonly TenderRight[] => {
    const { tender, method } = fact;
    if (method === "cash" && fact !== firstCash) return [];
    const cash = standing.filter((its) => its.method === "cash").map((its) => its.amountMinor);
    // What coins added or took is no right: it is rounded anew at each refund.
    const capturedMinor = method === "cash" ? sumWithin([...cash, negate(roundingMinor)]) : fact.amountMinor;
    const leftMinor = minor(Math.max(0, capturedMinor - goneTo(order, closing.id, tender)));
    const card = check.cards.find(({ id }) => id === tender) ?? null;
    return [{ tender, method, capturedMinor, leftMinor, card }];
  });
}

/** What went back to a tender of a closing so far; of cash before rounding. */
export function goneTo({ refundedTenders }: Order, closing: EventId, tender: TenderId): number {
  const its = refundedTenders.find((tally) => tally.closing === closing && tally.tender === tender);
  return its?.amountMinor ?? 0;
}

/** Whether any of a closing's tenders was a card's: then each refund says which tenders it goes back to. */
export function hasCards(sold: SoldClosing): boolean {
  return tenderRights(sold).some(({ method }) => method === "card");
}

/** P1: the parts of a refund of this much, in order of filling; null when the rights are too small. */
export function refundPlan(
  sold: SoldClosing,
  amountMinor: Minor,
  order: FillOrder = "capture_order",
): readonly RefundPart[] | null {
  const rights = tenderRights(sold);
  const amounts = fillRights(
    amountMinor,
    rights.map(({ leftMinor }) => leftMinor),
    order,
    [],
  );
  if (amounts === null) return null;
  return rights.flatMap(({ tender, method, card }, index): readonly RefundPart[] => {
    const partMinor = amounts[index] ?? ZERO;
    return partMinor === 0 ? [] : [{ tender, method, amountMinor: partMinor, card }];
  });
}

/** Parts of a plan that a return's tenders have not paid back yet. A card's part in cash counts for its tender. */
export function partsLeft(plan: readonly RefundPart[], cards: readonly CardTender[]): readonly RefundPart[] {
  return plan.flatMap((part): readonly RefundPart[] => {
    if (part.card === null) return [part];
    const paid = cards.filter(({ original, status }) => original === part.tender && status === "captured");
    const paidMinor = negate(sumWithin(paid.map(({ amountMinor }) => amountMinor)));
    const amountMinor = subtract(part.amountMinor, paidMinor);
    return amountMinor <= 0 ? [] : [{ ...part, amountMinor }];
  });
}

/** What went back to each tender, as it is recorded on the sale. */
export function refundedTenders(plan: readonly RefundPart[]): readonly RefundedTender[] {
  return plan.map(({ tender, amountMinor }) => ({ tender, amountMinor }));
}

/** What went back to each tender of an order's closings, by all returns that are known. */
export function refundedTendersOf(events: readonly RecordedOrderEvent[]): readonly RefundedTenderTally[] {
  const tallies = new Map<string, RefundedTenderTally>();
  for (const { event } of events) {
    if (event.type !== "units_returned" || event.tenders === null) continue;
    for (const { tender, amountMinor } of event.tenders) {
      const key = `${event.closing} ${tender}`;
      const before = tallies.get(key)?.amountMinor ?? ZERO;
      tallies.set(key, { closing: event.closing, tender, amountMinor: sumWithin([before, amountMinor]) });
    }
  }
  return [...tallies.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
}
