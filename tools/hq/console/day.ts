/**
 * Days of the shop: a calendar date in its zone, and the span of instants that it is. A zone is a
 * number of minutes ahead of UTC, as terminals have it.
 */
import type { Span } from "../store/console.ts";
import type { Period } from "./api.ts";

const MINUTE_MS = 60_000;
/** 24 hours. */
export const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const MONDAY_OFFSET_DAYS = 3;

/** The date of an instant, "2026-11-22". */
export function dateOf(atMs: number, zoneMinutes: number): string {
  return new Date(atMs + zoneMinutes * MINUTE_MS).toISOString().slice(0, 10);
}

/** The date of a day counted from 1970. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Days from 1970 to a date, or null where the text is none. */
export function dayOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(atMs) || dateOfDay(atMs / DAY_MS) !== date ? null : atMs / DAY_MS;
}

/** From the first of these days up to the second, in the shop's zone. */
export function spanOfDays(fromDay: number, toDay: number, zoneMinutes: number): Span {
  const offsetMs = zoneMinutes * MINUTE_MS;
  return { fromMs: fromDay * DAY_MS - offsetMs, toMs: toDay * DAY_MS - offsetMs };
}

/** The first day of the period that `day` lies in, and the first after it. */
export function periodOf(period: Period, day: number): { readonly fromDay: number; readonly toDay: number } {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const firstOf = (ofYear: number, ofMonth: number): number => Date.UTC(ofYear, ofMonth, 1) / DAY_MS;
  switch (period) {
    case "day":
      return { fromDay: day, toDay: day + 1 };
    case "week": {
      const weekday = (day + MONDAY_OFFSET_DAYS) % WEEK_DAYS;
      return { fromDay: day - weekday, toDay: day - weekday + WEEK_DAYS };
    }
    case "month":
      return { fromDay: firstOf(year, month), toDay: firstOf(year, month + 1) };
    case "year":
      return { fromDay: firstOf(year, 0), toDay: firstOf(year + 1, 0) };
  }
}
