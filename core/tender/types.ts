/**
 * What a card tender is once its events are folded. All of it is derived: nothing here is stored or
 * sent, and none of it is ever the truth.
 */
import type { CheckId, ClerkId, EventId, OrderId, ShiftId, TenderId } from "../ids.ts";
import { sumWithin } from "../money.ts";
import type { Minor } from "../money.ts";
import type { WallMs } from "../time.ts";
import type { CardRequestKind, CardResult, SlipReceived } from "./events.ts";

/** All of them, for whoever reads one. */
export const CARD_TENDER_STATUSES = [
  "requested",
  "approved",
  "unknown",
  "orphaned",
  "captured",
  "accepted_offline",
  "declined",
  "declined_later",
  "reversed",
] as const;

/**
 * "requested" the reader has it, "approved" it moved the money and was not yet told that we know,
 * "unknown" nobody knows, "orphaned" it moved something else: these four hold their amount.
 * "captured", "declined" and "reversed" are final, "accepted_offline" waits for its host and counts as paid.
 */
export type CardTenderStatus = (typeof CARD_TENDER_STATUSES)[number];

/** A reader's approval of something that was not asked for. */
export interface Orphan {
  readonly id: EventId;
  readonly amountMinor: Minor;
  readonly currency: string;
  readonly result: CardResult;
  readonly isSettled: boolean;
}

/** One request to a reader with all that is known of it. */
export interface CardTender {
  readonly id: TenderId;
  readonly order: OrderId;
  readonly check: CheckId;
  readonly kind: CardRequestKind;
  readonly reader: string;
  readonly serial: string;
  /** Above 0 taken, below 0 given back. */
  readonly amountMinor: Minor;
  readonly watermark: string;
  readonly original: TenderId | null;
  readonly originalReference: string;
  readonly shift: ShiftId | null;
  readonly clerk: ClerkId;
  readonly at: WallMs;
  readonly status: CardTenderStatus;
  /** Why it was declined, reversed or is not known; empty otherwise. */
  readonly code: string;
  readonly text: string;
  /** Null before an approval. */
  readonly result: CardResult | null;
  readonly isOffline: boolean;
  /** Asking again cannot tell. */
  readonly isManual: boolean;
  /** A second person let the order go on without knowing. */
  readonly isOverridden: boolean;
  readonly orphans: readonly Orphan[];
  readonly slips: readonly { readonly id: EventId; readonly slip: SlipReceived }[];
}

/** Whether nothing final is known: its amount is held and its reader takes no other request. */
export function isLive({ status }: Pick<CardTender, "status">): boolean {
  return status === "requested" || status === "approved" || status === "unknown" || status === "orphaned";
}

/** Whether its amount may not be paid in another way yet. */
export function holdsAmount(tender: Pick<CardTender, "status" | "isOverridden">): boolean {
  return isLive(tender) && !tender.isOverridden;
}

/** Captured payments that were wholly taken back, and what took them back: together they are nothing. */
export function takenBack(cards: readonly CardTender[]): ReadonlySet<TenderId> {
  const ids = new Set<TenderId>();
  for (const card of cards) {
    if (card.kind !== "reverse" || card.original === null || card.status !== "captured") continue;
    ids.add(card.id).add(card.original);
  }
  return ids;
}

/**
 * A payment that may be taken back at this moment, or undefined: what is left to pay is not known, and no
 * override makes it known. Nothing is paid before a reader or a person has told.
 */
export function goingBack(cards: readonly CardTender[]): CardTender | undefined {
  return cards.find((card) => card.kind === "reverse" && isLive(card));
}

/** Whether more may still be said of it than of a finished sale: it is live, waits for its host, or has a case. */
export function isOpenEnded(tender: Pick<CardTender, "status" | "orphans">): boolean {
  const hasCase = tender.orphans.some(({ isSettled }) => !isSettled);
  return isLive(tender) || tender.status === "accepted_offline" || hasCase;
}

/** What these tenders hold: it may not be paid in another way yet. */
export function heldMinor(cards: readonly CardTender[]): Minor {
  return sumWithin(cards.filter(holdsAmount).map(({ amountMinor }) => amountMinor));
}

/** Why something has to wait for a live tender. */
export function liveCode({ status }: Pick<CardTender, "status">): "tender/in_progress" | "tender/unknown" {
  return status === "requested" || status === "approved" ? "tender/in_progress" : "tender/unknown";
}
