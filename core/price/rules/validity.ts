/**
 * Whether something is in force: at a time, in a store, through a channel, for a member's tier; and
 * whether two of them can ever be in force together. Times of day and weekdays are the store's.
 */
import type { WallMs } from "../../time.ts";
import type { DayPart, Validity } from "./types.ts";

/** Where and for whom an order is sold. */
export interface Place {
  readonly store: string;
  readonly channel: string;
  /** The member's; empty without one. */
  readonly tier: string;
  /** The store's zone east of UTC. */
  readonly zoneMinutes: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS_OF_WEEK = 7;
/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_EPOCH = 4;

/** Whether it is in force at `at` in this place. */
export function isValidAt(validity: Validity, at: WallMs, place: Place): boolean {
  const { from, until } = validity;
  return (
    (from === null || at >= from) &&
    (until === null || at < until) &&
    admits(validity.stores, place.store) &&
    admits(validity.channels, place.channel) &&
    admits(validity.tiers, place.tier) &&
    isInWeek(validity, at + place.zoneMinutes * MINUTE_MS)
  );
}

function admits(names: readonly string[], name: string): boolean {
  return names.length === 0 || names.includes(name);
}

function isInWeek({ weekdays, dayParts }: Validity, localMs: number): boolean {
  const day = Math.floor(localMs / DAY_MS);
  const minute = Math.floor((localMs - day * DAY_MS) / MINUTE_MS);
  const isOn = (dayIndex: number): boolean => weekdays.length === 0 || weekdays.includes(weekdayOf(dayIndex));
  if (dayParts.length === 0) return isOn(day);
  return dayParts.some(({ fromMinute, untilMinute }) => {
    if (fromMinute < untilMinute) return isOn(day) && minute >= fromMinute && minute < untilMinute;
    // Over midnight: the day on which it began decides.
    return (minute >= fromMinute && isOn(day)) || (minute < untilMinute && isOn(day - 1));
  });
}

function weekdayOf(dayIndex: number): number {
  const place = (dayIndex + WEEKDAY_OF_EPOCH - 1) % DAYS_OF_WEEK;
  return ((place + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1;
}

/** Whether two may be in force together. It may say yes where only a calendar would say no, never the other way. */
export function canMeet(a: Validity, b: Validity): boolean {
  const startsBeforeEnd = (one: Validity, other: Validity): boolean =>
    one.from === null || other.until === null || one.from < other.until;
  return (
    startsBeforeEnd(a, b) &&
    startsBeforeEnd(b, a) &&
    share(a.stores, b.stores) &&
    share(a.channels, b.channels) &&
    share(a.tiers, b.tiers) &&
    weeksMeet(a, b)
  );
}

function share<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((its) => b.includes(its));
}

const MINUTES_OF_DAY = 1440;

/** By minutes of one week, Monday's first. */
function weeksMeet(a: Validity, b: Validity): boolean {
  const others = weekSpans(b);
  return weekSpans(a).some(([from, until]) =>
    others.some(([otherFrom, otherUntil]) => from < otherUntil && otherFrom < until),
  );
}

const WHOLE_DAY: DayPart = { fromMinute: 0, untilMinute: MINUTES_OF_DAY };
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function weekSpans({ weekdays, dayParts }: Validity): readonly (readonly [number, number])[] {
  const days = weekdays.length === 0 ? EVERY_DAY : weekdays;
  const parts = dayParts.length === 0 ? [WHOLE_DAY] : dayParts;
  const weekMinutes = DAYS_OF_WEEK * MINUTES_OF_DAY;
  return days.flatMap((day) =>
    parts.flatMap(({ fromMinute, untilMinute }) => {
      const start = (day - 1) * MINUTES_OF_DAY;
      const end = start + untilMinute + (fromMinute < untilMinute ? 0 : MINUTES_OF_DAY);
      const from = start + fromMinute;
      // Sunday's night is Monday's morning.
      return end <= weekMinutes
        ? [[from, end] as const]
        : [[from, weekMinutes] as const, [0, end - weekMinutes] as const];
    }),
  );
}
