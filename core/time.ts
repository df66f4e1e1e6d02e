/**
 * Instants as types. Wall time is what a clock on the wall says: shown, printed and stored, never
 * used to order events or to decide who owns what (RELIABILITY F9).
 */
import { assert } from "./bug.ts";

declare const brand: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z as the terminal believed them to be. */
export type WallMs = number & { readonly [brand]: "WallMs" };

/** `ms` as wall time; a Bug when it is not a safe integer of at least 0. */
export function wallMs(ms: number): WallMs {
  assert(Number.isSafeInteger(ms) && ms >= 0, "time: Wall time must be whole milliseconds from 1970 on");
  return ms as WallMs;
}

const DAY_MS = 86_400_000;

/** Date and time of day in a zone that is `zoneMinutes` east of UTC: "2010-12-01 08:26" (proleptic Gregorian). */
export function wallText(atMs: WallMs, zoneMinutes: number): string {
  const localMs = atMs + zoneMinutes * 60_000;
  const { year, month, day } = civilDate(Math.floor(localMs / DAY_MS));
  const minuteOfDay = Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const clock = `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
  return `${year}-${two(month)}-${two(day)} ${clock}`;
}

/** Howard Hinnant's days-to-civil algorithm: exact for every day a journal can name. */
function civilDate(dayCount: number): { year: number; month: number; day: number } {
  const shifted = dayCount + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}
