/**
 * Which orders a list shows: by their state, and by what is typed of their number, label or amount.
 * Pure: knows no page and no currency but the text that it is given.
 */
import type { OrderRow } from "../wire.ts";

/** The filters, in the order of their chips. */
export const ORDER_FILTERS = ["all", "open", "paid", "returned", "unsent", "parked"] as const;

/** One of them. */
export type OrderFilter = (typeof ORDER_FILTERS)[number];

/** Whether a row passes; `amountText` is its amount as it is shown. */
export function isListed(row: OrderRow, filter: OrderFilter, query: string, amountText: string): boolean {
  if (!hasState(row, filter)) return false;
  const wanted = query.normalize("NFKC").toLowerCase().trim();
  if (wanted === "") return true;
  const plainAmount = amountText.replace(/[^\d.]/g, "");
  return [row.receipt, row.label, amountText, plainAmount].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function hasState(row: OrderRow, filter: OrderFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "open":
      return row.phase === "open" || row.phase === "frozen";
    case "paid":
      return row.phase === "closed" && row.kind === "sale";
    case "returned":
      return row.kind === "return" || row.isReturned;
    case "unsent":
      return row.isUnsent;
    case "parked":
      return row.isParked;
  }
}
