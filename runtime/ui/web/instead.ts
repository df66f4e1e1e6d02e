/**
 * What the clerk wants in place of a card that a reader waits for: cash, a part, or back to the sale. The
 * reader is asked to end first; what was wanted is sent once it said that no money moved, and never
 * when it says anything else. Kept in the page alone: a reload forgets the wish, and takes no money.
 */
import { signal } from "@preact/signals";

import type { ClerkId, OrderId, TenderId } from "../../../core/ids.ts";
import type { CardView, LastView, ScreenCommand } from "../wire.ts";

/** One wish. */
export interface Instead {
  readonly tender: TenderId;
  readonly order: OrderId;
  readonly clerk: ClerkId | "";
  readonly command: ScreenCommand;
}

/** The wish that waits, or null. */
export const instead = signal<Instead | null>(null);

/** What became of the card: still at the reader, ended without money, paid, not known; or nothing to see of it. */
export type Became = "wait" | "free" | "paid" | "unknown" | "gone";

/** Judged by what the runtime says now; `last` is the newest sale. */
export function became(
  { tender, order }: Pick<Instead, "tender" | "order">,
  tenders: readonly Pick<CardView, "tender" | "status">[],
  last: Pick<LastView, "order"> | null,
): Became {
  const status = tenders.find((its) => its.tender === tender)?.status;
  switch (status) {
    case undefined:
      // The last of a check closes it, and its card is shown no longer.
      return last?.order === order ? "paid" : "gone";
    case "requested":
    case "approved":
      return "wait";
    case "declined":
    case "reversed":
      return "free";
    case "captured":
    case "accepted_offline":
    case "declined_later":
      return "paid";
    case "unknown":
    case "orphaned":
      return "unknown";
  }
}
