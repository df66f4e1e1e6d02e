/**
 * Months of UTC, counted from the year 0: what lines are summed by. UTC and not the shop's zone: rows
 * are summed before anybody says for which shop.
 */
import type { Span } from "./console.ts";

const YEAR_MONTHS = 12;

/** The month that an instant lies in. */
export function monthOf(atMs: number): number {
  const date = new Date(atMs);
  return date.getUTCFullYear() * YEAR_MONTHS + date.getUTCMonth();
}

/** When a month begins. */
export function startOfMonth(month: number): Date {
  return new Date(Date.UTC(Math.floor(month / YEAR_MONTHS), month % YEAR_MONTHS, 1));
}

/** The months that lie wholly in a span, from the first up to the second; none where they are equal or crossed. */
export function monthsWithin({ fromMs, toMs }: Span): {
  readonly fromMonth: number;
  readonly toMonth: number;
} {
  const month = monthOf(fromMs);
  const fromMonth = startOfMonth(month).getTime() === fromMs ? month : month + 1;
  return { fromMonth, toMonth: monthOf(toMs) };
}
